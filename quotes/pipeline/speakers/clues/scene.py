"""An utterance, and what is asked again and again of its source."""

from __future__ import annotations

from dataclasses import dataclass

from ...word_table import WordTable
from ..candidates import Candidate, Phrase
from .contents import Content
from .descriptions import Description


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said, in words of the article.

    first, last (int): Its first word, and one past its last.
    mention (Phrase | None): Its source as it stands there.
    """

    first: int
    last: int
    mention: Phrase | None


@dataclass(frozen=True, slots=True)
class Scene:
    """An utterance with what is asked again and again of its mention.

    mention, kind (Phrase | None, str): Its source, and which of `MENTIONS` that is.
    place (int): Where the source begins, or what is said.
    phrase, words (str, set[str]): The source in lower case without article, and its words without small ones.
    head (int | None): The word that heads the mention.
    head_word (str): The same in lower case, empty if there is none.
    description (Description): What the mention tells by itself.
    content (Content): What is said.
    told, told_before (list[int]): Words for those to whom this is said, and what was said before it.
    """

    table: WordTable
    said: Utterance
    mention: Phrase | None
    kind: str
    place: int
    phrase: str
    words: set[str]
    head: int | None
    head_word: str
    description: Description
    content: Content
    told: list[int]
    told_before: list[int]


def last_apart(candidate: Candidate, place: int, mention: Phrase | None) -> int:
    """Return where a candidate is told of last before a place, of its `told`; the source itself does not count."""
    last = candidate.last_before(place)
    while last >= 0 and mention and overlap(candidate.told[last], mention):
        last -= 1
    return last


def overlap(one: Phrase, other: Phrase) -> bool:
    """Return whether two phrases have a word in common."""
    return one[0] < other[1] and other[0] < one[1]
