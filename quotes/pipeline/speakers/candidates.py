"""Somebody or something that may be a speaker, and what names are without titles and articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...lexicon.source_nouns import ROLES, WEEKDAYS
from ...lexicon.titles import AFTER_NAME, HONORIFICS
from ...records import Gender

Phrase = tuple[int, int]
"""First word of a phrase, and one past the last."""
CandidateKind = Literal["person", "organization", "place", "other", "description"]
SMALL = frozenset("the a an of in at for from and to by with on its his her their this that who 's ’s".split())
MOST_MENTIONS = 6
"""Whose vectors are averaged for a candidate: its first ones."""
TITLES = HONORIFICS | ROLES | frozenset({"prime", "vice", "former", "ex", "the"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
"""Words that say that the one before owns what follows."""
_WORD = re.compile(r"[^\W_][\w’'\-]*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(eq=False)
class Candidate:
    """Somebody or something that may be a speaker.

    name (str): The fullest name, or the description as it stands.
    mentions (list[Phrase]): In the order of the text.
    words (set[str]): Of all its names, in lower case.
    forms (set[str]): Its names, in lower case.
    head (int | None): Of a description, the word that heads it.
    joint (bool): It is several that speak together.
    has_relatives (bool): Somebody else has the same surname.
    kin (set[str]): What it may be called by that, and by its age: `wife`, `girl`.
    shared (set[Phrase]): Its mentions by a surname that others of the cast have too.
    described (set[Phrase]): Descriptions that end with its name: `the brokerage Lumetra`.
    signs (dict[int, Gender]): Titles and nouns that show its gender (`Mrs`, `spokesman`), by their places.
    pronouns (dict[int, Gender]): `he` and `she` in the story that can mean nobody else, by their places.
    pronouns_beside (set[Gender]): What those of them show that stand behind its name in one sentence.
    roles (set[str]): What it is called: the nouns before its name, in apposition to it and said to be it.
    sorts (set[str]): What sort of person or body its name, its roles or its head say it is, of `NOUN_CLASSES`.
    near (set[str]): Words round its first mentions; `beside` has their places, `named` those of the name itself.
    titles (set[str]): Words of what it is called: `former`, `interior` and `minister`.
    own_stems, stems, nations (set[str]): How the words of its names, and those near it too, begin (`descriptions`).
    starts (list[int]): Where its mentions begin.
    told (list[Phrase]): Its mentions, and where the story calls it by its role alone: `the mayor`.
    vector (NDArray[float32]): Mean of its first mentions.
    """

    name: str
    kind: CandidateKind
    mentions: list[Phrase]
    words: set[str]
    forms: set[str]
    head: int | None = None
    joint: bool = False
    has_relatives: bool = False
    kin: set[str] = field(default_factory=set)
    shared: set[Phrase] = field(default_factory=set)
    described: set[Phrase] = field(default_factory=set)
    signs: dict[int, Gender] = field(default_factory=dict)
    pronouns: dict[int, Gender] = field(default_factory=dict)
    pronouns_beside: set[Gender] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    own_stems: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    told: list[Phrase] = field(default_factory=list)
    named: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    beside: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    vector: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def first_mentions(self) -> list[Phrase]:
        """Those whose vectors are averaged."""
        return self.mentions[:MOST_MENTIONS]

    def last_before(self, place: int) -> int:
        """Return which of the places where it is told of begins last before a word; -1 if none does."""
        return bisect_left(self.told, (place,)) - 1

    def mentions_near(self, phrase: Phrase) -> list[Phrase]:
        """Return its mentions that may overlap a phrase."""
        after = bisect_left(self.starts, phrase[1])
        return self.mentions[max(0, after - 4) : after]


def words_in(text: str) -> list[str]:
    """Return the words of a name or phrase in lower case, without possessive endings."""
    return [_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(text)]


def without_article(name: str) -> str:
    """Return a name in one line, without article, possessive ending and soft hyphens."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(name.replace("\xad", "").split())))


def without_titles(name: str) -> str:
    """Return a person's name without the titles and roles before it and what stands behind it (`KC`)."""
    words = [word for word in without_article(name).split() if word.lower() not in WEEKDAYS]
    while len(words) > 1 and words[0].lower().rstrip(".,") in TITLES:
        words = words[1:]
    while len(words) > 2 and words[-1].lower() in AFTER_NAME:
        words.pop()
    return " ".join(words).strip(" ,-–—").lstrip(". ")


def initials(name: str, *, small: bool = False) -> str:
    """Return the initials of a name, with or without those of its small words."""
    words = [word for word in re.split(r"[\s\-]+", name) if word]
    return "".join(word[0] for word in words if small or word.lower() not in SMALL).upper()
