"""Who spoke before and after, as far as that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from ...word_table import WordTable
from .descriptions import qualifiers
from .scene import Utterance

RECENT = 40
"""Candidates, and turns, that count as recent."""
_AROUND = 13
"""One more than the utterances before, and after, among which names are looked for: the work stays linear."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Who spoke before.

    ago (dict[int, list[int]]): How many turns ago each candidate spoke, the last first.
    he, she (dict[int, int]): How often each spoke as `he` and as `she`.
    called (dict[str, dict[frozenset[str], int]]): Who was meant last by each noun that heads a description, by what
        qualifies it: `the minister` is not `the former minister`.
    gap (float): Words since the utterance before, in fifties.
    """

    ago: dict[int, list[int]]
    he: dict[int, int]
    she: dict[int, int]
    called: dict[str, dict[frozenset[str], int]]
    gap: float
    same_paragraph: bool
    next_paragraph: bool
    unknown: bool


class Spoken:
    """Who spoke so far, gathered as candidates are chosen: the work stays linear in the utterances.

    chosen (Sequence[int]): The candidates of the utterances so far, -1 for nobody; it grows.
    """

    def __init__(self, chosen: Sequence[int]) -> None:
        self.chosen = chosen
        self._heard = 0
        self._he: dict[int, int] = {}
        self._she: dict[int, int] = {}
        self._called: dict[str, dict[frozenset[str], int]] = {}

    def before(self, table: WordTable, utterances: Sequence[Utterance], n: int) -> Turns:
        """Return who spoke before utterance `n`, which is the next."""
        for heard in range(self._heard, len(self.chosen)):
            self._hear(table, utterances[heard], self.chosen[heard])
        self._heard = len(self.chosen)
        ago: dict[int, list[int]] = {}
        for back, candidate in enumerate(reversed(self.chosen[-RECENT:])):
            ago.setdefault(candidate, []).append(back)
        told = ago, self._he, self._she, self._called
        if not n:
            return Turns(*told, 9.0, False, False, False)
        before, here = utterances[n - 1], utterances[n]
        return Turns(
            *told,
            (here.first - before.last) / 50,
            bool(table.paragraph[before.first] == table.paragraph[here.first]),
            bool(table.paragraph[here.first] - table.paragraph[before.last - 1] <= 1),
            bool(self.chosen and self.chosen[-1] < 0),
        )

    def _hear(self, table: WordTable, said: Utterance, candidate: int) -> None:
        if said.mention:
            word = table.lower[table.head_of(*said.mention)]
            self._called.setdefault(word, {})[qualifiers(table, said.mention)] = candidate
            if word in ("he", "she"):
                spoke = self._he if word == "he" else self._she
                spoke[candidate] = spoke.get(candidate, 0) + 1


def turn_taking(turns: Turns, n: int) -> list[float]:
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


def spoke_as(kind: str, he: int, she: int) -> list[float]:
    """By what it was called where it spoke before."""
    return [
        (kind == "he") * float(he > 0),
        (kind == "he") * float(she > 0),
        (kind == "she") * float(he > 0),
        (kind == "she") * float(she > 0),
    ]


def called_before(called: Mapping[frozenset[str], int], qualified: frozenset[str], n: int) -> list[float]:
    """By who was meant by the same noun before, and who by it with other words: the acting mayor is not the mayor."""
    meant = called.get(qualified, -1)
    otherwise = any(candidate == n for other, candidate in called.items() if other != qualified)
    return [float(meant == n), float(0 <= meant != n), float(otherwise)]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest utterance, in one direction, whose source is a name.

    candidate (int): Whose name it is.
    apart (int): Utterances between.
    same_paragraph (bool): Whether it is said in the same paragraph.
    """

    candidate: int
    apart: int
    same_paragraph: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Who speaks by name before and after an utterance, whomever others mean: for each, the nearest and how often."""

    nearest: tuple[Nearest | None, Nearest | None]
    often: tuple[Mapping[int, int], Mapping[int, int]]

    @staticmethod
    def around(table: WordTable, utterances: Sequence[Utterance], n: int, names: Sequence[int | None]) -> Named:
        """Return who speaks by name around utterance `n`; `names` are the candidates named at each, if any is."""
        paragraph = table.paragraph[utterances[n].first]
        nearest: list[Nearest | None] = []
        often = []
        for way in (range(n - 1, max(-1, n - _AROUND), -1), range(n + 1, min(len(names), n + _AROUND))):
            found = [(m, name) for m in way if (name := names[m]) is not None]
            often.append(Counter(name for _, name in found))
            nearest.append(None)
            if found:
                m, name = found[0]
                nearest[-1] = Nearest(name, abs(m - n) - 1, bool(table.paragraph[utterances[m].first] == paragraph))
        return Named((nearest[0], nearest[1]), (often[0], often[1]))


def named(around: Named, n: int) -> list[float]:
    """By who speaks by name around; `n` is the candidate's place in the cast."""
    found: list[float] = []
    for one in around.nearest:
        if one is None or one.candidate != n:
            found += [0.0, 0.0, 0.0]
        else:
            found += [1.0, exp(-one.apart / 3), float(one.same_paragraph)]
    return [*found, *(log1p(often.get(n, 0)) for often in around.often)]


def course(table: WordTable, utterances: Sequence[Utterance], n: int) -> list[float]:
    """By what is said before and after, the same for all candidates, `COURSE` numbers."""
    said = utterances[n]
    first, mention = said.first, said.mention
    place = mention[0] if mention else first
    before, after = utterances[n - 1] if n else None, utterances[n + 1] if n + 1 < len(utterances) else None
    leads = mention is not None and mention[0] < first
    opens = leads and (place == 0 or table.sentence[place - 1] != table.sentence[place])
    return [
        float(first == 0 or table.paragraph[first - 1] != table.paragraph[first]),
        float(table.marked[first] > 0),
        float(leads),
        float(opens),
        min(said.last - first, 60) / 60,
        min(mention[1] - mention[0], 12) / 12 if mention else 0.0,
        min(n, 20) / 20,
        float(before is None),
        min(max(0, first - before.last), 200) / 200 if before else 1.0,
        float(before is not None and bool(table.paragraph[before.first] == table.paragraph[place])),
        float(before is not None and bool(table.paragraph[place] - table.paragraph[before.last - 1] <= 1)),
        float(before is not None and bool(table.marked[before.first])),
        float(before is not None and before.mention is not None),
        float(after is not None and after.mention is None),
        float(after is not None and bool(table.paragraph[after.first] == table.paragraph[place])),
        min(int(table.paragraph[place]), 30) / 30,
    ]


TURN_TAKING, NAMED = 9 + 4 + 3, 8
COURSE = 16
