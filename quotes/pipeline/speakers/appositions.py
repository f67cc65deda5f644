"""Who somebody without a name is, where a name beside tells: `the mayor, lawyer Ada Moss`, `a student named Kay`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...lexicon.source_nouns import PEOPLE
from ..word_table import WordTable
from .candidates import Candidate

_NAMED = frozenset({"named", "called", "surnamed"})
_NAMES_ONE = frozenset({"identified", "himself", "herself", "themselves", "only", "name"})
"""Before `as`: `who identified himself as Kay`, `who gave her name only as Kay`."""
_STEPS = 4
"""From a name up to the clause that gives it."""


def appositions(table: WordTable, cast: Sequence[Candidate]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield nouns with where in apposition behind them a candidate stands, and which: `the mayor, lawyer Ada Moss`."""
    for n, candidate in enumerate(cast):
        if candidate.kind not in ("person", "organization"):
            continue
        for phrase in candidate.mentions:
            head = table.head_of(*phrase)
            above = int(table.heads[head])
            if table.deps[head] != "appos" and head > above and table.deps[above] == "appos":
                head, above = above, int(table.heads[above])
            alone = table.tags[above] == "NN" or table.lower[above] == "one"
            if table.deps[head] == "appos" and above < phrase[0] and alone and table.lower[above] not in PEOPLE:
                yield above, (phrase[0], n)


def names_given(table: WordTable, cast: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield nouns behind which a name is given, and whose it is: `a student named Kay`, `who gave her name as Kay`."""
    for n, candidate in enumerate(cast):
        for first, last in candidate.mentions if candidate.kind == "person" else ():
            before = table.lower[max(0, first - 2) : first]
            if before[-1:] and (before[-1] in _NAMED or (before[-1] == "as" and before[0] in _NAMES_ONE)):
                head = table.head_of(first, last)
                for _ in range(_STEPS):
                    if table.deps[head].startswith("acl"):
                        noun = int(table.heads[head])
                        if noun < first and table.tags[noun] == "NN":
                            yield noun, n
                        break
                    head = int(table.heads[head])
