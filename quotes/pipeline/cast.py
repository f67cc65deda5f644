"""Who may speak in an article: its people and organisations, and the sources that have no name.

Mentions of one name are one candidate by its words alone (`Watson` and `Adrienne Watson`, `CBIRC` and what it stands
for); whom a mention means where its words do not tell, `resolution` learns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .mentions import AFTER_NAME, HONORIFICS, ROLES, WEEKDAYS
from .word_table import WordTable

Phrase = tuple[int, int]
"""First word of a phrase, and one past the last."""
CandidateKind = Literal["person", "organization", "place", "other", "description"]
_KINDS: dict[str, CandidateKind] = {"PERSON": "person", "ORG": "organization", "LOC": "place"}
_NOT_SPEAKERS = frozenset({"DATE", "MONEY"})
MEN = frozenset(
    """mr sir lord king prince spokesman chairman father husband brother son uncle man boy actor congressman businessman
    grandfather policeman""".split()
)
WOMEN = frozenset(
    """mrs ms miss dame lady queen princess spokeswoman chairwoman mother wife sister daughter aunt woman girl actress
    congresswoman businesswoman grandmother policewoman""".split()
)
_MISTER, _MISSIS = frozenset({"mr", "sir", "lord"}), frozenset({"mrs", "ms", "miss", "dame", "lady"})
SMALL = frozenset("the a an of in at for from and to by with on its his her their this that who 's ’s".split())
_WORD = re.compile(r"[^\W_][\w’'\-]*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_TITLES = (HONORIFICS | ROLES | frozenset({"prime", "vice", "former", "ex", "the"})) - {"he"}
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?")
_JOINS = frozenset({",", "and", "both", "."})
_NEAR_BEFORE, _NEAR_AFTER = 7, 9
"""Words round a name that may say what it is: a role, an apposition."""
_MOST_MENTIONS = 6
"""Whose vectors are averaged for a candidate."""


@dataclass(eq=False)
class Candidate:
    """Somebody or something that may be a speaker.

    name (str): The fullest name, or the description as it stands.
    mentions (list[Phrase]): In the order of the text.
    words (set[str]): Of all its names, in lower case.
    forms (set[str]): Its names, in lower case.
    head (int | None): Of a description, the word that heads it.
    man, woman (float): How often words beside its name say so (`Mr`, `spokeswoman`).
    near (set[str]): Words round its first mentions; `beside` has their places, `named` those of the name itself.
    starts (list[int]): Where its mentions begin.
    vector (NDArray[float32]): Mean of its first mentions.
    """

    name: str
    kind: CandidateKind
    mentions: list[Phrase]
    words: set[str]
    forms: set[str]
    head: int | None = None
    man: float = 0.0
    woman: float = 0.0
    near: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    named: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    beside: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    vector: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def last_before(self, place: int) -> int:
        """Return which of its mentions begins last before a word; -1 if none does."""
        return bisect_left(self.starts, place) - 1

    def mentions_near(self, phrase: Phrase) -> list[Phrase]:
        """Return its mentions that may overlap a phrase."""
        after = bisect_left(self.starts, phrase[1])
        return self.mentions[max(0, after - 4) : after]


def words_in(text: str) -> list[str]:
    """Return the words of a name or phrase in lower case, without possessive endings."""
    return [_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(text)]


def without_article(name: str) -> str:
    """Return a name in one line, without article and possessive ending."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(name.split())))


def without_titles(name: str) -> str:
    """Return a person's name without the titles and roles before it and what stands behind it (`KC`)."""
    words = [word for word in without_article(name).split() if word.lower() not in WEEKDAYS]
    while len(words) > 1 and words[0].lower().rstrip(".,") in _TITLES:
        words = words[1:]
    while len(words) > 2 and words[-1].lower() in AFTER_NAME:
        words.pop()
    return " ".join(words).strip(" ,")


def cast_of(table: WordTable, sources: Iterable[Phrase | None]) -> list[Candidate]:
    """Return the candidates of an article: named ones first, then each of `sources` that is a phrase of its own."""
    found = [*_people(table), *_others(table)]
    found += _described(table, sources, found)
    for candidate in found:
        _complete(table, candidate)
    return found


def _people(table: WordTable) -> list[Candidate]:
    people: list[Candidate] = []
    by_word: dict[str, list[Candidate]] = defaultdict(list)
    single: list[tuple[Phrase, str]] = []
    for first, last, label in table.entities:
        if label != "PERSON":
            continue
        name = without_titles(table.words(first, last))
        words = words_in(name)
        if len(words) < 2:
            single.append(((first, last), name))
            continue
        known = next((other for word in words for other in by_word[word] if _is_same(words, other.words)), None)
        if known is None:
            known = Candidate(name, "person", [], set(), set())
            people.append(known)
        elif len(name) > len(known.name) and len(words) < 6:
            known.name = name
        for word in set(words) - known.words:
            by_word[word].append(known)
        known.words |= set(words)
        known.forms.add(name.lower())
        known.mentions.append((first, last))
        _note_gender(table, (first, last), known)
    for phrase, name in single:
        words = words_in(name)[:1]
        called = [other for word in words for other in by_word[word] if not _contradicts(table, phrase, other)]
        called = [other for other in called if words_in(other.name)[-1:] == words] or called
        before = [other for other in called if other.mentions[0][0] <= phrase[0]] or called
        if before:
            known = max(before, key=lambda other: max((m[0] for m in other.mentions if m[0] <= phrase[0]), default=-1))
        else:
            known = Candidate(name, "person", [], set(words), set())
            people.append(known)
            for word in words:
                by_word[word].append(known)
        known.forms.add(name.lower())
        known.mentions.append(phrase)
        known.mentions.sort()
        _note_gender(table, phrase, known)
    return people


def _is_same(words: Sequence[str], known: set[str]) -> bool:
    own = set(words)
    return own <= known or known <= own or len(own & known) >= 2


def _title_before(table: WordTable, phrase: Phrase) -> str:
    """Return the title before a name, inside the phrase or right before it."""
    word = table.lower[phrase[0]].rstrip(".")
    if word not in _MISTER | _MISSIS and phrase[0]:
        word = table.lower[phrase[0] - 1].rstrip(".")
    return word


def _note_gender(table: WordTable, phrase: Phrase, candidate: Candidate) -> None:
    """Note what the words in and right before a name say: `Mr`, `his wife`, `spokeswoman`."""
    beside = {word.rstrip(".") for word in table.lower[max(0, phrase[0] - 2) : phrase[1]]}
    candidate.man += bool(beside & MEN)
    candidate.woman += bool(beside & WOMEN)


def _contradicts(table: WordTable, phrase: Phrase, candidate: Candidate) -> bool:
    """Whether a title before a name says that this is another person: `Mrs Orr`, where Mr Orr was told of."""
    word = _title_before(table, phrase)
    gender = candidate.man - candidate.woman
    return (word in _MISTER and gender < 0) or (word in _MISSIS and gender > 0)


def _others(table: WordTable) -> list[Candidate]:
    others: list[Candidate] = []
    by_form: dict[str, Candidate] = {}
    named = [
        (first, last, label)
        for first, last, label in table.entities
        if label != "PERSON" and label not in _NOT_SPEAKERS
    ]
    for first, last, label in named:
        name = without_article(table.words(first, last))
        form = " ".join(words_in(name))
        known = by_form.get(form)
        if known is None:
            known = by_form[form] = Candidate(name, _KINDS.get(label, "other"), [], set(words_in(name)), {form})
            others.append(known)
        known.mentions.append((first, last))
        short = _acronym_behind(table, last)
        if short and (initials(name) == short or initials(name, small=True) == short):
            other = by_form.get(short.lower())
            if other is not None and other is not known and other in others:
                known.mentions = sorted([*known.mentions, *other.mentions])
                others.remove(other)
            known.forms.add(short.lower())
            known.words.add(short.lower())
            by_form[short.lower()] = known
    return others


def initials(name: str, *, small: bool = False) -> str:
    """Return the initials of a name, with or without those of its small words."""
    words = [word for word in re.split(r"[\s\-]+", name) if word]
    return "".join(word[0] for word in words if small or word.lower() not in SMALL).upper()


def _acronym_behind(table: WordTable, place: int) -> str | None:
    """Return the acronym in brackets that begins at a word, if there is one."""
    if place + 2 < len(table) and table.lower[place] == "(" and table.lower[place + 2] == ")":
        word = table.words(place + 1, place + 2)
        return word.rstrip("s").upper() if _ACRONYM.fullmatch(word) else None
    return None


def _described(table: WordTable, sources: Iterable[Phrase | None], named: Iterable[Candidate]) -> list[Candidate]:
    named_at = {mention: candidate for candidate in named for mention in candidate.mentions}
    found: dict[str, Candidate] = {}
    for phrase in sources:
        if phrase is None:
            continue
        head = table.head_of(*phrase)
        person = table.entity[head] >= 0 and table.entities[table.entity[head]][2] == "PERSON"
        text = table.words(*phrase)
        name = _joint(table, phrase, named_at) or (without_titles(text) if person else " ".join(text.split()))
        form = without_article(name).lower()
        if form not in found:
            found[form] = Candidate(name, "description", [], set(words_in(without_article(name))), {form}, head)
        found[form].mentions.append(phrase)
    return list(found.values())


def _joint(table: WordTable, phrase: Phrase, named_at: Mapping[Phrase, Candidate]) -> str | None:
    """Return the full names of several that speak together: `Ada Moss and Bo Lind` for `Moss and Lind`."""
    inside = sorted({int(n) for n in table.entity[phrase[0] : phrase[1]] if n >= 0})
    together = [table.entities[n] for n in inside]
    if len(together) < 2 or len({label for _, _, label in together}) > 1:
        return None
    between = [set(table.lower[one[1] : other[0]]) for one, other in pairwise(together)]
    if "and" not in between[-1] or any(words - _JOINS - _TITLES for words in between):
        return None
    if set(table.lower[phrase[0] : together[0][0]]) - _JOINS - _TITLES or together[-1][1] < phrase[1]:
        return None
    names = [named_at[first, last].name for first, last, _ in together if (first, last) in named_at]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) == len(together) else None


def _complete(table: WordTable, candidate: Candidate) -> None:
    """Gather what the words round its mentions say, once all are known."""
    candidate.mentions.sort()
    candidate.starts = [first for first, _ in candidate.mentions]
    some = candidate.mentions[:_MOST_MENTIONS]
    candidate.vector = np.mean([table.vectors[first:last].mean(0) for first, last in some], 0)
    candidate.named = np.array([n for first, last in some for n in range(first, last)])
    beside: set[int] = set()
    for first, last in candidate.mentions[: 4 * _MOST_MENTIONS]:
        beside.update(range(max(0, first - _NEAR_BEFORE), first), range(last, min(len(table), last + _NEAR_AFTER)))
    candidate.beside = np.array(
        sorted(n for n in beside if table.lower[n] not in SMALL and table.lower[n][0].isalpha()), np.int64
    )
    candidate.near = {table.lower[n] for n in candidate.beside}
