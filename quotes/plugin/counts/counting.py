"""Counting the quotes of a selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .facets import FACETS
from .quote_columns import SOURCES, Columns, Ints, Ties, members
from .selection import Selection, day_number

Mask = NDArray[np.bool_]
Result = TypeVar("Result")

RECENT = 8
"""Selections whose places are kept: 4 MB each of a million quotes, and one page asks for them up to ten times."""
MAX_MEMOIZED = 512
"""Results a database; a page has about ten."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many quotes have a number; `share` is of all that were counted."""

    number: int
    quotes: int
    share: float


def memoized(columns: Columns, key: Any, count: Callable[[], Result]) -> Result:
    """Return what was counted before, or count it."""
    if key not in columns.counted:
        if len(columns.counted) >= MAX_MEMOIZED:
            columns.counted.pop(next(iter(columns.counted)))
        columns.counted[key] = count()
    found: Result = columns.counted[key]
    return found


def matching(columns: Columns, selection: Selection, found: Ints | None = None) -> Ints:
    """Return the places of the quotes of a selection, the newest first.

    found (Ints | None): The places of those that have its words; None if it has none.
    """
    assert found is not None or not selection.q, "kept for all pages: must not miss the words"
    if selection not in columns.recent:
        mask = _all(_masks(columns, selection, found))
        places = np.arange(len(columns.id)) if mask is None else np.flatnonzero(mask)
        if len(columns.recent) >= RECENT:
            columns.recent.pop(next(iter(columns.recent)))
        columns.recent[selection] = places.astype(np.int32)
    return columns.recent[selection]


def facet(columns: Columns, selection: Selection, name: str, most: int, found: Ints | None = None) -> list[Counted]:
    """Return the values of a facet that most quotes have, under all that was chosen of others.

    What has no value counts for nothing: no outlet, no speaker, no day.
    """

    def count() -> list[Counted]:
        # Most facets of a page count the same quotes: all but those that are chosen themselves.
        others = selection.without(name)
        places = matching(columns, others, found)
        if name in columns.ties:
            return _top_tied(columns, columns.ties[name], places, most)
        chosen = getattr(columns, name)[places]
        if name == "month":
            return _newest_months(chosen, most)
        return top(chosen, most, from_zero=bool(FACETS[name].words))

    return memoized(columns, ("facet", selection.without(name), name, most), count)


def top(numbers: Ints, most: int, *, from_zero: bool = False) -> list[Counted]:
    """Return the numbers that stand most often in a column; equal ones by number.

    from_zero (bool): Whether 0 is a number like others, not the lack of one.
    """
    return _ranked(np.bincount(numbers[numbers >= (0 if from_zero else 1)]), most, len(numbers))


def most_quoted(columns: Columns, places: Ints, most: int) -> list[Counted]:
    """Return the persons and organizations who are quoted most."""
    return top(columns.speaker[places[columns.source[places] < SOURCES.index("unnamed")]], most)


def _ranked(counts: NDArray[np.int64], most: int, total: int) -> list[Counted]:
    if len(counts) > most:
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        above = np.flatnonzero(counts > least)
        largest = np.concatenate((above, np.flatnonzero(counts == least)[: most - len(above)]))
    else:
        largest = np.arange(len(counts))
    ranked = sorted((int(number) for number in largest if counts[number]), key=lambda number: (-counts[number], number))
    return [Counted(number, int(counts[number]), int(counts[number]) / total) for number in ranked]


def _top_tied(columns: Columns, ties: Ties, places: Ints, most: int) -> list[Counted]:
    quotes = np.bincount(columns.article[places])
    some = np.flatnonzero(quotes).astype(np.int32)
    pairs, sizes = members(ties.begins, some)
    counts = np.bincount(ties.number[pairs], weights=np.repeat(quotes[some], sizes)).astype(np.int64)
    return _ranked(counts, most, len(places))


def _newest_months(months: Ints, most: int) -> list[Counted]:
    counts = np.bincount(months[months > 0])
    numbers = np.flatnonzero(counts)[::-1][:most]
    return [Counted(int(number), int(counts[number]), int(counts[number]) / len(months)) for number in numbers]


def _masks(columns: Columns, selection: Selection, found: Ints | None) -> list[Mask]:
    masks = []
    if selection.q and found is not None:
        mask = np.zeros(len(columns.id), dtype=np.bool_)
        mask[found] = True
        masks.append(mask)
    for name, number in selection.chosen:
        if name in columns.ties:
            ties = columns.ties[name]
            tied = np.diff(ties.begins) == 0 if not number else np.zeros(len(columns.articles), dtype=np.bool_)
            tied[ties.article[ties.number == number]] = True
            masks.append(tied[columns.article])
        else:
            masks.append(getattr(columns, name) == number)
    if selection.since:
        masks.append((columns.day >= day_number(selection.since)) & (columns.day > 0))
    if selection.until:
        masks.append((columns.day <= day_number(selection.until)) & (columns.day > 0))
    return masks


def _all(masks: list[Mask]) -> Mask | None:
    """Return where all masks hold, None for everywhere."""
    return reduce(and_, masks) if masks else None
