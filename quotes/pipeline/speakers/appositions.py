"""Who somebody without a name is, where a name beside tells: `the mayor, lawyer Ada Moss`, `a student named Kay`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...lexicon.source_nouns import PEOPLE
from ..word_table import WordTable
from .candidates import Candidate

CALLED = frozenset({"named", "called", "surnamed"})
"""Before a name that is given: `a student named Kay`."""
_THEMSELVES = frozenset({"himself", "herself", "themselves"})
_GIVEN_AS = {
    "identified": _THEMSELVES, "introduced": _THEMSELVES, "gave": frozenset({"name"}), "giving": frozenset({"name"}),
    "known": frozenset({"known"}),
}  # fmt: skip
"""Verbs that give a name behind `as`, and which word stands before that, but for `only`."""
_PASSIVE = frozenset({"is", "was", "be", "been"})
_STEPS = 3
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
            verb = _naming(table, first, table.head_of(first, last))
            if verb is not None:
                noun = int(table.heads[verb])
                if noun < verb and table.tags[noun] == "NN":
                    yield noun, n


def _naming(table: WordTable, first: int, head: int) -> int | None:
    """Return the verb of the clause that gives a name, if one does; not that of `who called Tom Hale on Sunday`.

    first, head (int): The first word of the name, and the one that the others hang on.
    """
    before = first - 1
    if before < 0:
        return None
    if table.lower[before] in CALLED:
        passive = table.tags[before] == "VBN" and (
            table.deps[before] == "acl" or (table.deps[before] == "acl:relcl" and table.lower[before - 1] in _PASSIVE)
        )
        return before if passive and table.heads[head] == before else None
    if table.lower[before] != "as":
        return None
    before -= 1 + (table.lower[before - 1] == "only")
    verb = int(table.heads[head])
    for _ in range(_STEPS):
        if table.deps[verb].startswith("acl"):
            return verb if table.lower[before] in _GIVEN_AS.get(table.lower[verb], ()) else None
        verb = int(table.heads[verb])
    return None
