"""Noun chunks of Universal Dependencies: `doc.noun_chunks`.

spaCy's own for English know the labels of its stock models (`dobj`, `pobj`), which are others.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from .spacy_compat import NO_PARSE

_BEFORE = frozenset("det det:predet amod nummod compound nmod:poss nmod:desc nmod:unmarked flat advmod".split())
_AFTER = frozenset("flat fixed compound goeswith nummod".split())


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield first token, one past the last, and label of every base noun phrase: a noun with what describes it before.

    RAISES (ValueError): If there is no parse.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(NO_PARSE)
    label = doc.vocab.strings.add("NP")
    end = 0
    for token in doclike:
        if token.pos_ not in ("NOUN", "PROPN", "PRON") or token.i < end or token.dep_ in _AFTER:
            continue
        if token.dep_ in ("compound", "nmod:poss", "nmod:desc", "nmod:unmarked") and token.head.i > token.i:
            continue  # it is in the chunk of its head
        start = _start(token)
        last = token.i
        while (right := _next(doc, last)) is not None and right.dep_ in _AFTER and token.is_ancestor(right):
            last = right.i
        yield max(start, end), last + 1, label
        end = last + 1


def _start(token: Token) -> int:
    """Return the first token of what stands before a noun without a gap and describes it."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in _BEFORE or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    return start


def _next(doc: Doc, i: int) -> Token | None:
    return doc[i + 1] if i + 1 < len(doc) else None
