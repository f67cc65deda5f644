"""Quotations that a verb and a person's name stand right behind, whatever the verb: `“Which Friday?” deadpanned Moss`.

The network that finds cues has learned from news, where people mostly say things; a rare verb it may miss. Of 1,937
annotated quotations with a verb and a name behind them one is of somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...lexicon.source_nouns import WEEKDAYS
from ...lexicon.titles import HONORIFICS
from ...records import Span
from ..attribution import Attribution, Part
from ..language.marks import DOUBLE, SINGLE
from ..word_table import WordTable
from .pieces import Piece

_VERBS = frozenset({"VBD", "VBZ"})
_NO_CUES = frozenset("was is were are had has did does 's ’s".split())
_PARTICLES = frozenset("up in back out on".split())
"""`piped up Moss`, `chimed in Moss`."""
_BEFORE_CUE = ",?!…"
_ENDS = frozenset({",", ".", ";", ":"})


@dataclass(frozen=True, slots=True)
class _Behind:
    """What stands behind a quotation, in words: a verb, a name, and where both end."""

    verb: int
    name: tuple[int, int]
    last: int


def with_names(
    table: WordTable, pieces: Sequence[Piece], attributions: Sequence[Attribution]
) -> tuple[list[Piece], list[Attribution]]:
    """Return pieces and attributions, with new ones for the quotations whose speaker stands right behind them."""
    found: list[Piece] = []
    every = [*attributions]
    until, own, new = len(table), None, -1
    for piece in pieces:
        first, last = table.covered(piece.span)
        behind = _behind(table, piece.span, first, last) if piece.kind == "direct" else None
        if behind and not _is_source(piece, attributions, table.span(*behind.name)):
            own, new = piece.attribution, len(every)
            cue, source = table.span(behind.verb, behind.verb + 1), Part(table.span(*behind.name), 1.0)
            every.append(Attribution(cue, (source,), (Part(piece.span, 1.0),), 1.0))
            piece, until = replace(piece, attribution=new), behind.last
        elif behind is None and piece.kind == "direct" and piece.attribution == own and 0 <= first - until <= 1:
            piece, until = replace(piece, attribution=new), len(table)  # `“B,” chimed in Moss, “C.”`
        found.append(piece)
    return found, every


def _is_source(piece: Piece, attributions: Sequence[Attribution], name: Span) -> bool:
    sources = () if piece.attribution is None else attributions[piece.attribution].sources
    return any(part.span[0] < name[1] and name[0] < part.span[1] for part in sources)


def _behind(table: WordTable, span: Span, first: int, last: int) -> _Behind | None:
    """Return the verb and the name behind a quotation of some words, None if something else stands there."""
    text, end = table.text, span[1]
    if text[end - 1] not in DOUBLE + SINGLE:
        return None
    place = last + (table.lower[last : last + 1] == [","])
    name = _name(table, place)
    if name:
        verb, behind = name[1], _past_verb(table, name[1])
        is_cue = behind > verb and text[end - 2] == "," and (behind == len(table) or table.lower[behind] in _ENDS)
    else:
        verb, behind = place, _past_verb(table, place)
        name = _name(table, behind) if behind > verb else None
        behind = name[1] if name else behind
        is_cue = (place > last or text[end - 2] in _BEFORE_CUE) and not _is_modifier(table, behind)
    if name is None or not is_cue or table.paragraph[behind - 1] != table.paragraph[first]:
        return None
    return _Behind(verb, name, behind)


def _past_verb(table: WordTable, verb: int) -> int:
    """Return the word behind a verb and its particle; the verb's place if nobody says things by that."""
    if verb >= len(table) or table.tags[verb] not in _VERBS or table.lower[verb] in _NO_CUES:
        return verb
    behind = verb + 1
    return behind + (behind < len(table) and table.lower[behind] in _PARTICLES)


def _name(table: WordTable, place: int) -> tuple[int, int] | None:
    """Return the words of a person's name that begins at a word, with its title."""
    first = place + (place < len(table) and table.lower[place].rstrip(".") in HONORIFICS)
    n = table.entity[first] if first < len(table) else -1
    if n < 0 or table.entities[n][2] != "PERSON" or table.entities[n][0] not in (place, first):
        return None
    return place, table.entities[n][1]


def _is_modifier(table: WordTable, place: int) -> bool:
    """Whether a name before a word only belongs to what stands there: `Moss’s lawyer`, `Moss spokesman Bo Lind`."""
    if place >= len(table) or table.lower[place] in WEEKDAYS:
        return False
    return table.tags[place].startswith("NN") or table.tags[place] == "POS"
