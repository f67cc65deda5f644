"""What is counted of one speaker, one outlet, or any other choice of quotes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...records import QUOTE_KINDS
from .charts import Timeline, timeline
from .counting import Counted, matching, memoized, top
from .quote_columns import SOURCES, Columns, Ints, members
from .selection import Selection

SHARED = 12
EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the quotes beside the same part of all quotes that they are among; shares are from 0 to 1."""

    name: str
    quotes: int
    share: float
    average: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What is counted of a choice of quotes.

    kinds, sources (tuple[Share, ...]): How they are quoted, and who is.
    timeline (Timeline): By kind.
    """

    quotes: int
    articles: int
    kinds: tuple[Share, ...]
    sources: tuple[Share, ...]
    timeline: Timeline


def profile(columns: Columns, places: Ints, days: Ints, among: Selection = EVERYTHING) -> Profile:
    """Return what is counted of quotes.

    days (Ints): Those that the timeline is to reach over.
    among (Selection): The quotes that the averages are of.
    """
    return Profile(
        len(places),
        int(np.count_nonzero(np.bincount(columns.article[places]))),
        _shares(columns, "kind", places, QUOTE_KINDS, among),
        _shares(columns, "source", places, SOURCES, among),
        timeline(columns.day[places], columns.kind[places], QUOTE_KINDS, days),
    )


def quoted_in_same_articles(columns: Columns, places: Ints, speaker: int, most: int) -> list[Counted]:
    """Return who is quoted in the same articles: persons and organizations, by number of articles."""
    table_filter = np.unique(columns.article[places])
    near = columns.by_article[members(columns.quotes_from, table_filter)[0]]
    numbers = columns.speaker[near]
    others = (columns.source[near] < SOURCES.index("unnamed")) & (numbers > 0) & (numbers != speaker)
    every = len(columns.articles)
    pairs = np.unique(numbers[others].astype(np.int64) * every + columns.article[near[others]])
    return top((pairs // every).astype(np.int32), most)


def shared_wordings(columns: Columns, places: Ints, most: int = SHARED) -> list[int]:
    """Return the wordings among quotes that most outlets printed, at least two."""
    numbers = np.unique(columns.wordings_of(places)).tolist()
    shared = [number for number in numbers if number in columns.outlets_of]
    return sorted(shared, key=lambda number: (-columns.outlets_of[number], -number))[:most]


def _shares(columns: Columns, name: str, places: Ints, words: tuple[str, ...], among: Selection) -> tuple[Share, ...]:
    column = getattr(columns, name)

    def count(some: Ints) -> list[int]:
        numbers: list[int] = np.bincount(column[some], minlength=len(words)).tolist()
        return numbers

    counts = count(places)
    every = memoized(columns, ("every", name, among), lambda: count(matching(columns, among)))
    return tuple(
        Share(word, counts[n], counts[n] / (len(places) or 1), every[n] / (sum(every) or 1))
        for n, word in enumerate(words)
    )
