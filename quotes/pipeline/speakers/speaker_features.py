"""What speaks for each candidate being the speaker of something said, as numbers for the ranker.

Strings, places and turns of speech that coreference systems have long gone by (Clark and Manning 2016), and what is
particular to news: who spoke last, whose role it is, whose sentence it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p

import numpy as np
from numpy.typing import NDArray

from ...lexicon.noun_classes import SORTS
from ...lexicon.source_nouns import DOCUMENTS, KIN, PEOPLE, ROLES
from ..language.heads import Matrix
from ..language.word_table import WordTable
from .candidates import SMALL, TITLES, Candidate, Phrase, initials, without_article, words_in
from .gender import SIGNS
from .mention_kinds import JOINED, MENTIONS, is_somebody, mention_kind

CANDIDATES = ("self", "person", "organization", "place", "other", "description", "nobody")
"""What a candidate is to it: the mention itself, or one of the cast by its kind."""
_NEW = frozenset({"a", "an", "another", "one"})
"""What begins a description of somebody who was not told of before."""
_OF = frozenset({"for", "to", "of", "with"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_FAR = 30
"""Sentences or paragraphs, for what was not mentioned yet."""
_RECENT, _FREQUENT, _LATER = 40, 12, 6
"""Candidates that are compared with a mention beside those that share a word with it: those mentioned last before it,
most often, and next after it. The work stays linear in the length of an article."""


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
class Compared:
    """The candidates of one utterance, nobody last.

    candidates (NDArray[int64]): Places in the cast, -1 for nobody.
    numbers (Matrix): Candidates x features.
    pairs (NDArray[int64]): `MENTIONS` x `CANDIDATES`, which pair each is.
    mention (Matrix): Width, the mean vector of the mention, or of the words beside what is said.
    vectors (Matrix): Candidates x width.
    """

    candidates: NDArray[np.int64]
    numbers: Matrix
    pairs: NDArray[np.int64]
    mention: Matrix
    vectors: Matrix


class Comparison:
    """Compares the utterances of one article with its cast, in their order.

    table (WordTable): The article.
    cast (Sequence[Candidate]): Who may be meant.
    """

    def __init__(self, table: WordTable, cast: Sequence[Candidate]) -> None:
        self.table = table
        self.cast = cast
        self._by_word: dict[str, list[int]] = {}
        for n, candidate in enumerate(cast):
            for word in candidate.words - SMALL:
                self._by_word.setdefault(word, []).append(n)
        self._whole_at = {
            phrase: n
            for n, one in enumerate(cast)
            if one.joint or one.kind == "organization"
            for phrase in one.mentions
        }
        self._person_at = {
            word: n
            for n, candidate in enumerate(cast)
            if candidate.kind == "person"
            for phrase in candidate.mentions
            if phrase not in candidate.shared
            for word in range(*phrase)
        }
        places = [(first, n) for n, candidate in enumerate(cast) for first, _ in candidate.mentions]
        places.sort()
        self._places = np.array([place for place, _ in places], np.int64)
        self._owners = [n for _, n in places]
        self._frequent = sorted(range(len(cast)), key=lambda n: -len(cast[n].mentions))[:_FREQUENT]
        self._last_words = [words_in(candidate.name)[-1:] for candidate in cast]
        lengths = np.sqrt((table.vectors * table.vectors).sum(1, keepdims=True))
        self._directions = table.vectors / np.maximum(lengths, np.float32(1e-6))

    def certain(self, mention: Phrase | None) -> int | None:
        """Return the candidate whom a mention names beyond doubt, if it does: a person, or what is nothing but a name.

        Of 2,900 such sources in the annotated articles 98 in 100 were right, more than the ranker got right.
        """
        if mention is None:
            return None
        first, last = mention
        named = self._whole_at.get(mention)
        if named is None and last - first > 2 and self.table.lower[first] == "the":
            named = self._whole_at.get((first + 1, last))
        if named is not None:
            return named
        return self._person_at.get(self.table.head_of(*mention))

    def _mean(self, first: int, last: int) -> Matrix:
        found: Matrix = np.add.reduce(self.table.vectors[first:last]) / np.float32(last - first)
        return found

    def _pool(self, place: int, words: set[str]) -> list[int]:
        """Return the candidates that are compared with a mention at a word, in the order of the cast."""
        at = int(np.searchsorted(self._places, place))
        pool = dict.fromkeys(self._frequent)
        for n in range(at - 1, -1, -1):
            pool[self._owners[n]] = None
            if len(pool) >= _RECENT + _FREQUENT:
                break
        pool.update(dict.fromkeys(self._owners[at : at + _LATER]))
        for word in words:
            pool.update(dict.fromkeys(self._by_word.get(word, ())[:_RECENT]))
        return sorted(pool)

    def _others_inside(self, mention: Phrase) -> set[int]:
        """Return whom a mention names as somebody else: `Moss’s lawyer`, `an aide to Ms Lind`, `a NHB official`."""
        table = self.table
        head = table.head_of(*mention)
        noun = table.lower[head]
        if table.entity[head] >= 0 or noun in DOCUMENTS or not is_somebody(noun):
            return set()
        alone = noun in ROLES or noun in KIN
        found = set()
        for n in {self._owners[at] for at in range(*np.searchsorted(self._places, mention))}:
            candidate = self.cast[n]
            for first, last in candidate.mentions_near(mention):
                if first < mention[0] or last > mention[1] or candidate.kind == "description":
                    continue
                if candidate.kind != "person":
                    apart = alone and not any(table.heads[word] == head for word in range(max(first, head + 1), last))
                else:
                    before = first - 1
                    while before > head and table.lower[before].rstrip(".") in TITLES:
                        before -= 1
                    apart = table.lower[before] in _OF or (
                        last < mention[1] and table.lower[last] in _POSSESSIVE and head >= last
                    )
                if apart:
                    found.add(n)
        return found

    def _fitting(self, mention: Phrase, kind: str, pool: list[int]) -> list[int]:
        """Return those of a pool whom a description of one person may mean.

        Of 190 sources like `a farmer` or `the woman` in the annotated articles 178 are of nobody who has a name there;
        of 147 like `the mayor`, where the article calls somebody a mayor, 6 are of somebody whom it does not call so.
        """
        if not kind.endswith(" person"):
            return pool
        table = self.table
        noun = table.lower[table.head_of(*mention)]
        new = table.lower[mention[0]] in _NEW
        by_role = [n for n in pool if noun in self.cast[n].roles and self.cast[n].kind == "person"]
        if not (new or noun in KIN or by_role):
            return pool
        sorts = SORTS.get(noun, frozenset())

        def fits(n: int) -> bool:
            candidate = self.cast[n]
            if candidate.kind != "person" or any(
                first - 3 < mention[1] and mention[0] < last + 2
                for first, last in candidate.mentions_near((mention[0], mention[1] + 2))
            ):
                return True
            if new:
                return False
            return noun in candidate.roles or (
                noun not in KIN and (noun in candidate.near or bool(sorts & candidate.sorts))
            )

        return [n for n in pool if fits(n)]

    def of(self, utterances: Sequence[Utterance], n: int, chosen: Sequence[int]) -> Compared:
        """Return the candidates of utterance `n`.

        chosen (Sequence[int]): The candidates that were chosen for the ones before, -1 for nobody.
        """
        said = utterances[n]
        table, mention = self.table, said.mention
        kind = mention_kind(table, mention)
        place = mention[0] if mention else said.first
        phrase = table.words(*mention) if mention else ""
        words = set(words_in(phrase)) - SMALL
        pool = self._pool(place, words)
        if mention:
            others = self._others_inside(mention)
            pool = self._fitting(mention, kind, [n for n in pool if n not in others])
        head = table.head_of(*mention) if mention else None
        head_word = "" if head is None else table.lower[head]
        scene = _Scene(table, said, mention, kind, place, without_article(phrase).lower(), words, head, head_word)
        turns = _turns(table, utterances, n, chosen)
        ranks = self._ranks(pool, place, mention)
        alike = self._directions @ self._directions[scene.head] if scene.head is not None else None
        rows = [[*self._row(scene, n, turns, ranks), *_meaning(alike, self.cast[n])] for n in pool]
        numbers = np.array([*rows, [0.0] * FEATURES], np.float32)
        own = [
            "self" if mention in c.mentions and c.kind == "description" else c.kind
            for c in (self.cast[n] for n in pool)
        ]
        pair = MENTIONS.index(kind) * len(CANDIDATES)
        pairs = np.array([pair + CANDIDATES.index(name) for name in [*own, "nobody"]], np.int64)
        beside = self._mean(*mention) if mention else self._mean(max(0, place - 1), place + 1)
        vectors = [self._vector(n, place, mention) for n in pool]
        return Compared(
            np.array([*pool, -1], np.int64),
            numbers,
            pairs,
            beside,
            np.array([*vectors, np.zeros_like(beside)], np.float32),
        )

    def _vector(self, n: int, place: int, mention: Phrase | None) -> Matrix:
        """Return the mean of what a candidate is on the whole and where it was mentioned last."""
        candidate = self.cast[n]
        last = _last_apart(candidate, place, mention)
        if last < 0:
            return candidate.vector
        found: Matrix = 0.5 * (candidate.vector + self._mean(*candidate.mentions[last]))
        return found

    def _ranks(self, pool: Sequence[int], place: int, mention: Phrase | None) -> dict[int, int]:
        """Return how many of its kind were mentioned after each candidate, before a place and outside of quotations."""
        latest: dict[str, list[tuple[int, int]]] = {}
        for n in pool:
            candidate = self.cast[n]
            last = _last_apart(candidate, place, mention)
            if last >= 0 and not self.table.marked[candidate.mentions[last][0]]:
                latest.setdefault(candidate.kind, []).append((-candidate.mentions[last][0], n))
        return {n: rank for places in latest.values() for rank, (_, n) in enumerate(sorted(places))}

    def _row(self, scene: _Scene, n: int, turns: _Turns, ranks: dict[int, int]) -> list[float]:
        candidate = self.cast[n]
        return [
            *_likeness(scene, candidate, self._last_words[n]),
            *_nearness(scene, candidate, ranks.get(n, 9)),
            *_turn_taking(turns, n),
            *_agreement(scene, candidate),
            *_spoke_as(scene.kind, turns.he.get(n, 0), turns.she.get(n, 0)),
            *_called_before(turns.called.get(scene.head_word, -1), n),
        ]


@dataclass(frozen=True, slots=True)
class _Scene:
    """An utterance with what is asked again and again of its mention.

    head (int | None): The word that heads the mention.
    head_word (str): The same in lower case, empty if there is none.
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


@dataclass(frozen=True, slots=True)
class _Turns:
    """Who spoke before.

    chosen (dict[int, list[int]]): How many turns ago each candidate spoke, the last first.
    he, she (dict[int, int]): How often each spoke as `he` and as `she`.
    called (dict[str, int]): Who was meant last by each noun that heads a description.
    gap (float): Words since the utterance before, in fifties.
    """

    ago: dict[int, list[int]]
    he: dict[int, int]
    she: dict[int, int]
    called: dict[str, int]
    gap: float
    same_paragraph: bool
    next_paragraph: bool
    unknown: bool


def _turns(table: WordTable, utterances: Sequence[Utterance], n: int, chosen: Sequence[int]) -> _Turns:
    ago: dict[int, list[int]] = {}
    for back, candidate in enumerate(reversed(chosen[-_RECENT:])):
        ago.setdefault(candidate, []).append(back)
    he: dict[int, int] = {}
    she: dict[int, int] = {}
    called: dict[str, int] = {}
    for candidate, said in zip(chosen, utterances, strict=False):
        if said.mention:
            word = table.lower[table.head_of(*said.mention)]
            called[word] = candidate
            if word in ("he", "she"):
                spoke = he if word == "he" else she
                spoke[candidate] = spoke.get(candidate, 0) + 1
    if not n:
        return _Turns(ago, he, she, called, 9.0, False, False, False)
    before, here = utterances[n - 1], utterances[n]
    return _Turns(
        ago,
        he,
        she,
        called,
        (here.first - before.last) / 50,
        bool(table.paragraph[before.first] == table.paragraph[here.first]),
        bool(table.paragraph[here.first] - table.paragraph[before.last - 1] <= 1),
        bool(chosen and chosen[-1] < 0),
    )


def _last_apart(candidate: Candidate, place: int, mention: Phrase | None) -> int:
    """Return which mention of a candidate is the last before a place that is not part of the source itself."""
    last = candidate.last_before(place)
    while last >= 0 and mention and _overlap(candidate.mentions[last], mention):
        last -= 1
    return last


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _likeness(scene: _Scene, candidate: Candidate, last_word: list[str]) -> list[float]:
    """By their words."""
    mention, words, table = scene.mention, scene.words, scene.table
    if mention is None:
        return [0.0] * (25 + 12)
    head = scene.head
    inside = [phrase for phrase in candidate.mentions_near(mention) if _overlap(phrase, mention)]
    heads = any(first <= head < last for first, last in inside) if head is not None else False
    joined = (
        head is not None
        and not heads
        and any(
            table.heads[word] == head and table.deps[word] in JOINED
            for first, last in inside
            for word in range(max(first, head + 1), last)
        )
    )
    own = candidate.words - SMALL
    head_word = table.lower[head] if head is not None else ""
    shared = len(words & own)
    return [
        float(candidate.kind == "description" and mention in candidate.mentions),
        float(heads),
        float(joined),
        float(bool(inside) and not heads and not joined),
        float(scene.phrase in candidate.forms),
        min(shared, 3) / 3,
        float(bool(words) and words <= own),
        float(bool(own) and own <= words),
        float(bool(last_word) and last_word[0] in words),
        float(head_word in own),
        float(head_word in candidate.near),
        len(words & candidate.near) / max(1, len(words)),
        float(len(scene.phrase) > 1 and scene.phrase.upper() == initials(candidate.name)),
        float(candidate.head is not None and table.lower[candidate.head] == head_word),
        min(len(words - own), 4) / 4,
        min(len(own - words), 4) / 4,
        shared / max(1, len(words | own)),
        len(words & (candidate.near | own)) / max(1, len(words)),
        float(len(own) > 1 and shared == 0 and len(words) > 0),
        *_by_head(head_word, apart=bool(inside) and not heads and not joined, own=mention in candidate.mentions),
        *_by_sort(head_word, words, candidate),
        *_beside(table, mention, candidate, inside),
    ]


def _by_sort(head: str, words: set[str], candidate: Candidate) -> list[float]:
    """By what it is called, and what sort of person or body that is."""
    sorts = SORTS.get(head, frozenset())
    return [
        float(head in candidate.roles),
        len(words & candidate.roles) / max(1, len(words)),
        float(bool(sorts & candidate.sorts)),
        float(bool(sorts and candidate.sorts) and not sorts & candidate.sorts),
        float(bool(sorts) and any(sorts & SORTS.get(word, frozenset()) for word in candidate.near)),
    ]


def _beside(table: WordTable, mention: Phrase, candidate: Candidate, inside: Sequence[Phrase]) -> list[float]:
    """By how its names stand in the mention or right beside it: `local archaeologist, Hocine Taoutaou`."""
    first, last = mention
    behind = bisect_left(candidate.starts, last)
    gap = candidate.starts[behind] - last if behind < len(candidate.starts) else 9
    before = behind - 1 - len(inside)
    since = first - candidate.mentions[before][1] if before >= 0 else 9
    possessive = any(end < last and table.lower[end] in _POSSESSIVE for _, end in inside)
    after = any(begin > table.head_of(first, last) for begin, _ in inside)
    return [
        float(gap == 0),
        float(gap == 1 and table.lower[last] in (",", "(", "-", "–", "—")),
        float(since == 1 and table.lower[first - 1] in (",", "(", "-", "–", "—")),
        float(possessive),
        float(after),
        float(any(phrase in candidate.shared for phrase in inside)),
        float(bool(inside) and inside[0] == mention),
    ]


def _by_head(head: str, *, apart: bool, own: bool) -> list[float]:
    """By what heads the mention: a spokesman for somebody speaks for himself, somebody's letter for its writer.

    apart (bool): Whether the candidate is named in the mention, but not its head.
    own (bool): Whether the mention is one of the candidate's.
    """
    person, document = float(head in ROLES or head in PEOPLE), float(head in DOCUMENTS)
    return [person * apart, person * own, document * apart, document * own, person, document]


def _nearness(scene: _Scene, candidate: Candidate, rank: int) -> list[float]:
    """By where it was mentioned."""
    table, place = scene.table, scene.place
    sentence, paragraph = table.sentence[place], table.paragraph[place]
    last = _last_apart(candidate, place, scene.mention)
    told = last
    while told >= 0 and table.marked[candidate.mentions[told][0]]:
        told -= 1
    sentences_told = float(sentence - table.sentence[candidate.mentions[told][0]]) if told >= 0 else _FAR
    next_one = 0.0
    if last >= 0:
        first, end = candidate.mentions[last]
        sentences, paragraphs = float(sentence - table.sentence[first]), float(paragraph - table.paragraph[first])
        words = float(max(0, place - end))
        head = table.head_of(first, end)
        subject = float(table.is_subject(head))
        quoted = float(table.marked[first] > 0)
        object_ = float(table.deps[head] in ("obj", "obl", "nmod", "nmod:poss"))
    else:
        sentences = paragraphs = float(_FAR)
        words, subject, quoted, object_ = 500.0, 0.0, 0.0, 0.0
        end = scene.mention[1] if scene.mention else place
        after = bisect_left(candidate.starts, end)
        if after < len(candidate.starts):
            next_one = exp(-(candidate.starts[after] - end) / 40)
    return [
        log1p(sentences),
        log1p(sentences_told),
        log1p(paragraphs),
        log1p(words) / 5,
        float(sentences == 0),
        float(sentences == 1),
        float(paragraphs == 0),
        float(paragraphs == 1),
        subject,
        object_,
        quoted,
        float(sentences == 0) * subject,
        float(sentences == 1) * subject,
        float(last < 0),
        next_one,
        float(rank == 0),
        float(rank == 1),
        float(rank == 2),
        min(rank, 9) / 9,
        log1p(len(candidate.mentions)),
        float(candidate.mentions[0][0] < 30),
        float(candidate.mentions[0][0] <= place),
        float(len(candidate.words) > 1),
    ]


def _turn_taking(turns: _Turns, n: int) -> list[float]:
    """By who spoke before."""
    ago = turns.ago.get(n, [])
    last = float(bool(ago) and ago[0] == 0)
    return [
        last,
        float(1 in ago[:2]),
        last * turns.same_paragraph,
        last * turns.next_paragraph,
        last * exp(-max(0.0, turns.gap)),
        log1p(len(ago)),
        float(bool(ago)),
        exp(-ago[0] / 3) if ago else 0.0,
        float(turns.unknown),
    ]


def _agreement(scene: _Scene, candidate: Candidate) -> list[float]:
    """By gender and number."""
    signs, pronouns = list(candidate.signs.values()), list(candidate.pronouns.values())
    man, woman = (min(signs.count(gender), 2) / 2 for gender in ("man", "woman"))
    he, she = (pronouns.count(gender) / (len(pronouns) + 1) for gender in ("man", "woman"))
    kind = scene.kind
    shown = {SIGNS.get(word) for word in scene.words}
    men, women = float("man" in shown), float("woman" in shown)
    plural = float(candidate.head is not None and scene.table.tags[candidate.head] in ("NNS", "NNPS"))
    return [
        (kind == "he") * man,
        (kind == "he") * woman,
        (kind == "she") * man,
        (kind == "she") * woman,
        men * man,
        men * woman,
        women * man,
        women * woman,
        plural,
        (kind == "they") * plural,
        (kind == "he") * he,
        (kind == "he") * she,
        (kind == "she") * he,
        (kind == "she") * she,
        women * she + men * he,
        women * he + men * she,
    ]


def _spoke_as(kind: str, he: int, she: int) -> list[float]:
    """By what it was called where it spoke before."""
    return [
        (kind == "he") * float(he > 0),
        (kind == "he") * float(she > 0),
        (kind == "she") * float(he > 0),
        (kind == "she") * float(she > 0),
    ]


def _called_before(meant: int, n: int) -> list[float]:
    """By who was meant by the same noun before."""
    return [float(meant == n), float(0 <= meant != n)]


def _meaning(alike: Matrix | None, candidate: Candidate) -> list[float]:
    """By how alike the vectors of the mention's head and of its name, and of the words near its name, are."""
    if alike is None:
        return [0.0, 0.0]
    return [float(alike[candidate.named].max()), float(alike[candidate.beside].max(initial=-1.0))]


FEATURES = 37 + 23 + 9 + 16 + 4 + 2 + 2
