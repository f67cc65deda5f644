"""The component `assembler`: builds each quote of an article, once, of what the components before it found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat

from spacy.language import Language
from spacy.tokens import Doc

from ..lexicon.cues import act_of
from ..records import Mention, Quote, Span
from .annotations import records_on_doc
from .provenance import Carriers, citing
from .quotation.statements import Statement
from .speakers.resolution import Resolved
from .word_table import WordTable

CALIBRATION = (-0.49, 1.08)
"""What is added to, and what multiplies, the log-odds of statement and speaker both being right.

Fitted out of fold: `python -m quotes.training speakers` and `speech` print it.
"""
_SURE = 1e-4
_NOBODY = Resolved(None, "none", 0.5)
"""Where the resolver failed: what was said is kept."""


@Language.factory("assembler", assigns=["doc._.quotes"], requires=["doc._.statements"])
def make_assembler(nlp: Language, name: str) -> Assembler:
    """Return the component."""
    return Assembler()


class Assembler:
    """Sets `doc._.quotes`: a tuple of `Quote`, in the order of the text."""

    def __init__(self) -> None:
        records_on_doc("quotes")
        records_on_doc("subjects")
        records_on_doc("resolved", record=Resolved)

    def __call__(self, doc: Doc) -> Doc:
        """Build the quotes of `doc` and return it."""
        statements: Sequence[Statement] = doc._.statements
        if not statements:
            doc._.quotes = ()
            return doc
        table = WordTable.of(doc)
        carriers = Carriers(table, doc._.article)
        quotes: list[Quote] = []
        for statement, resolved in zip(statements, doc._.resolved or repeat(_NOBODY), strict=False):
            quotes.append(_quote(table, carriers, statement, resolved, quotes[-1] if quotes else None))
        doc._.quotes = tuple(quotes)
        return doc


def _quote(
    table: WordTable, carriers: Carriers, statement: Statement, resolved: Resolved, before: Quote | None
) -> Quote:
    text, cue = table.text, _mention(table.text, statement.cue)
    speaker = resolved.speaker
    at = statement.cue or (statement.spans[-1][1] - 1, statement.spans[-1][1])
    via = carriers.via(at, statement.source, statement.spans, speaker.name if speaker else None)
    if via is None and before and before.speaker == speaker and _is_one_paragraph(table, before.end, statement):
        via = before.via  # 17 of 21 in the annotated articles
    return Quote(
        kind=statement.kind,
        spans=statement.spans,
        text=" ".join(text[start:end] for start, end in statement.spans),
        cue=cue,
        mention=_mention(text, statement.source),
        mention_kind=resolved.mention_kind,
        speaker=speaker,
        via=via,
        citing=citing(table, statement.cue) if statement.cue else None,
        act=act_of(cue.text) if cue else "say",
        confidence=confidence(statement.likelihood, resolved.likelihood),
        method="turns" if statement.turn else "attribution" if cue else "quotation",
    )


def _is_one_paragraph(table: WordTable, end: int, statement: Statement) -> bool:
    """Return whether a statement begins in the paragraph where the one before it ends."""
    words = (table.covered((place - 1, place))[0] for place in (end, statement.spans[0][0] + 1))
    first, last = (min(word, len(table) - 1) for word in words)
    return bool(table.paragraph[first] == table.paragraph[last])


def _mention(text: str, span: Span | None) -> Mention | None:
    return Mention(text[slice(*span)], *span) if span else None


def confidence(said: float, by_whom: float) -> float:
    """Return how likely both are right, of how likely each is by itself."""
    both = min(max(said * by_whom, _SURE), 1 - _SURE)
    more, times = CALIBRATION
    return round(1 / (1 + math.exp(-more - times * math.log(both / (1 - both)))), 4)
