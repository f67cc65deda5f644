"""The component `quotation`: what was said, each with its cue and source, before it is known by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ..records import QuoteKind, Span
from .annotations import records_on_doc
from .attribution import Attribution, Part, Passage
from .marks import Quotation
from .pieces import Piece, inner_speech, pieces_of
from .words import text_of

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_BETWEEN_SENTENCES = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that was said: what will be a quote once its speaker is known.

    kind, spans: As those of `Quote`.
    cue, source (Span | None): Where they stand.
    likelihood (float): 0 to 1, that it was said, and these words of it.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    likelihood: float


@Language.factory("quotation", assigns=["doc._.statements"], requires=["doc._.attributions", "doc._.marks"])
def make_quotation(nlp: Language, name: str) -> QuotationFinder:
    """Return the component."""
    return QuotationFinder()


class QuotationFinder:
    """Sets `doc._.statements`, in the order of the text; furniture of `doc._.article` holds none."""

    def __init__(self) -> None:
        for name, record in (
            ("attributions", Attribution), ("passages", Passage), ("parts", Part), ("statements", Statement),
        ):  # fmt: skip
            records_on_doc(name, record=record)
        if not Doc.has_extension("article"):
            Doc.set_extension("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find what was said in `doc` and return it."""
        text = text_of(doc)
        furniture: Any = doc._.article.furniture if doc._.article else ()
        marks: Sequence[Quotation] = doc._.marks
        attributions = (*doc._.attributions, *inner_speech(text, marks, partial(_subject, doc)))
        pieces = pieces_of(text, attributions, doc._.passages, marks, furniture)
        doc._.statements = tuple(statements_of(text, pieces, attributions, marks))
        return doc


def _subject(doc: Doc, cue: Span) -> Span | None:
    """Return the subject of a verb, its own or that of the verb that it goes with: `people come and say`."""
    words = doc.char_span(*cue, alignment_mode="expand")
    if words is None or not doc.has_annotation("DEP"):
        return None
    for verb in (words.root, words.root.head):
        for child in verb.lefts:
            if child.dep_ in _SUBJECTS and child.right_edge.i < words.start:
                subject = doc[child.left_edge.i : child.right_edge.i + 1]
                return subject.start_char, subject.end_char
    return None


def statements_of(
    text: str, pieces: Sequence[Piece], attributions: Sequence[Attribution], marks: Sequence[Quotation]
) -> list[Statement]:
    """Return pieces put together: those of one cue, and quotations that go on in the next paragraph."""
    found: list[Statement] = []

    def owner(piece: Piece) -> tuple[int, bool]:
        return (-1 if piece.attribution is None else piece.attribution, piece.kind == "direct")

    for (attribution, direct), group in groupby(sorted(pieces, key=owner), key=owner):
        several = list(group)
        if attribution < 0:
            found += [Statement(piece.kind, (piece.span,), None, None, piece.likelihood) for piece in several]
            continue
        its = attributions[attribution]
        kind: QuoteKind = "direct" if direct else "mixed" if any(p.kind == "mixed" for p in several) else "indirect"
        source = its.sources[0].span if its.sources else None
        spans = tuple(piece.span for piece in several)
        found.append(Statement(kind, spans, its.cue, source, max(piece.likelihood for piece in several)))
    found.sort(key=lambda statement: statement.spans)
    return _joined(text, found, {mark.end for mark in marks if mark.continues})


def _joined(text: str, statements: Sequence[Statement], open_ends: set[int]) -> list[Statement]:
    """Return statements with those that only go on with the one before joined to it."""
    found: list[Statement] = []
    for statement in statements:
        before = found[-1] if found else None
        if before and statement.kind == before.kind == "direct" and _goes_on(text, before, statement, open_ends):
            cue, source = (before.cue, before.source) if before.cue else (statement.cue, statement.source)
            found[-1] = replace(before, spans=(*before.spans, *statement.spans), cue=cue, source=source)
        else:
            found.append(statement)
    return found


def _goes_on(text: str, before: Statement, statement: Statement, open_ends: set[int]) -> bool:
    """Whether a quote only goes on with the one before: reopened by the next paragraph, or `... she said. "B."`."""
    if before.cue and statement.cue:
        return False
    if before.spans[-1][1] in open_ends:
        return True
    between = text[before.spans[-1][1] : statement.spans[0][0]]
    return (
        statement.cue is None
        and before.cue is not None
        and before.spans[-1][1] <= before.cue[0]
        and "\n" not in between
        and between.rstrip()[-1:] in _BETWEEN_SENTENCES
        and not any(sign in between.rstrip()[:-1] for sign in ".!?")
    )
