"""What is said tells who says it: hardly somebody whom it names, `I` no body, and `said she knew` a woman."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from ...word_table import WordTable
from ..candidates import Candidate, Phrase
from ..gender import PRONOUNS

_OPENING = 4
"""Words of a reported clause in which that may stand: `that by then she`."""
_MOST = 400
"""Words of a content that are looked at."""
_SINGULAR = frozenset({"i", "me", "my", "myself", "mine"})
_PLURAL = frozenset({"we", "our", "us", "ours"})
_BODIES = frozenset({"it", "its", "they", "their"})
_OBJECTS = frozenset({"obj", "iobj", "obl"})
_NEAR = 12
"""Words from a verb to whom it is said to, one less behind it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, and to whom.

    first, last (int): Its words.
    marked (bool): Whether it begins in quotation marks.
    begins (str): The pronoun of a third person that a reported clause begins with (`that his wife left`), else empty.
    singular, plural (bool): Whether somebody speaks of himself, or of several, in it.
    """

    first: int
    last: int
    marked: bool
    begins: str
    singular: bool
    plural: bool

    @staticmethod
    def of(table: WordTable, first: int, last: int) -> Content:
        """Return what is said in these words."""
        last = min(last, first + _MOST)
        words = table.lower[first:last]
        marked = bool(table.marked[first])
        opening = [] if marked else [word for word in words[:_OPENING] if word in PRONOUNS or word in _BODIES]
        said = {word for place, word in enumerate(words, first) if table.marked[place]}
        return Content(first, last, marked, (opening or [""])[0], bool(said & _SINGULAR), bool(said & _PLURAL))


def told_to(table: WordTable, mention: Phrase | None) -> list[int]:
    """Return the words for those to whom a source says something: `reporters` of `She told reporters`."""
    if mention is None:
        return []
    head = table.head_of(*mention)
    verb = int(table.heads[head])
    if verb == head or not table.is_subject(head):
        return []
    near = range(max(0, verb - _NEAR), min(len(table), verb + _NEAR))
    return [word for word in near if table.heads[word] == verb and table.deps[word] in _OBJECTS]


def content_clues(content: Content, candidate: Candidate, mention: Phrase | None) -> list[float]:
    """Return what a content tells of a candidate, `CONTENT_CLUES` numbers.

    mention (Phrase | None): The source, which may stand within what it says.
    """
    starts = candidate.starts
    names = candidate.mentions[bisect_left(starts, content.first) : bisect_left(starts, content.last)]
    inside = sum(1 for first, last in names if mention is None or last <= mention[0] or first >= mention[1])
    signs = [*candidate.signs.values(), *candidate.pronouns.values()]
    gender = PRONOUNS.get(content.begins)
    body, person = candidate.kind in ("organization", "place"), candidate.kind == "person"
    described, of_body = candidate.kind == "description", content.begins in _BODIES
    return [
        float(clue)
        for clue in (
            inside > 0,
            inside > 1,
            inside > 0 and content.marked,
            inside > 0 and described,
            gender is not None and gender in signs,
            gender is not None and bool(signs) and gender not in signs,
            gender is not None and body,
            *(of_body and body, of_body and person),
            *(content.singular and body, content.singular and person),
            *(content.plural and body, content.plural and person, content.plural and described),
        )
    ]


def is_told(candidate: Candidate, words: list[int]) -> bool:
    """Return whether a candidate is among those to whom something is said."""
    return any(first <= word < last for word in words for first, last in candidate.mentions_near((word, word + 1)))


CONTENT_CLUES = 14
