"""Who gets to speak: women and men, named and unnamed sources, officials and others, by outlet, subject or month.

Each is counted twice, by quotes and by sources, and never without what it is a share of. Copies of a story count as
often as they were printed, for that is what readers of each outlet saw; or each story counts once, by the copy that was
printed first: once in all that is counted together, so in the numbers of each outlet, each subject, each month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...lexicon.officials import STANDINGS
from .counting import matching, memoized
from .quote_columns import SHOWN_GENDERS, SOURCES, Columns, Ints, members
from .selection import Selection

Counts = NDArray[np.int64]

By = Literal["outlet", "subject", "month"]
BY: tuple[By, ...] = ("outlet", "subject", "month")
FEWEST = 30
"""Below so many no share is told: one more or less would move it by over three points."""
PERSON, UNNAMED, DOCUMENT, UNRESOLVED = map(SOURCES.index, ("person", "unnamed", "document", "unresolved"))
SPLITS = {
    "gender": SHOWN_GENDERS,
    "naming": ("named", "unnamed"),
    "standing": STANDINGS,
}
"""Of persons, by what articles show; of persons, organizations and unnamed sources; of these, by their roles."""
LARGEST_TABLE = 2**27
"""Bytes: whether each source has spoken in each group is marked in a table; of more, numbers are sorted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a split: its quotes, and the different sources that these are of."""

    name: str
    quotes: int
    sources: int


@dataclass(frozen=True, slots=True)
class Split:
    """Quotes and their sources, by what these are.

    name (str): Of `SPLITS`.
    parts (tuple[Part, ...]): In the order of its words; a source is in one of them. Whoever is an official in one quote
        and not in another is an official.
    """

    name: str
    parts: tuple[Part, ...]

    @property
    def quotes(self) -> int:
        """Those of all parts."""
        return sum(part.quotes for part in self.parts)

    @property
    def sources(self) -> int:
        """Those of all parts."""
        return sum(part.sources for part in self.parts)

    @property
    def told(self) -> Split:
        """Only the parts that say something: without those that are not shown, or not told."""
        return Split(self.name, tuple(part for part in self.parts if not part.name.startswith("not ")))


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in some quotes.

    number (int): Of the outlet, the subject or the month that these are of; 0 for none, and for all together.
    documents, unresolved (int): Quotes of documents, and those whose speaker the article does not tell: in no split but
        in `quotes`.
    """

    number: int
    quotes: int
    articles: int
    stories: int
    documents: int
    unresolved: int
    gender: Split
    naming: Split
    standing: Split

    @property
    def splits(self) -> tuple[Split, ...]:
        """All of them."""
        return self.gender, self.naming, self.standing


def share(part: int, whole: int) -> float | None:
    """Return a share, None of fewer than `FEWEST`."""
    return part / whole if whole >= FEWEST else None


def voices(columns: Columns, selection: Selection, *, once: bool = False) -> Voices:
    """Return who speaks in the quotes of a selection.

    once (bool): Count each story once.
    """
    return memoized(columns, ("voices", selection, once), lambda: _voices(columns, selection, None, once)[0])


def voices_by(columns: Columns, selection: Selection, by: By, *, once: bool = False) -> list[Voices]:
    """Return the same for each outlet or subject, the one with most quotes first, or for each month, the newest first.

    An article of several subjects is in the numbers of each.
    """
    return memoized(columns, ("voices", selection, by, once), lambda: _voices(columns, selection, by, once))


def counted_quotes(columns: Columns, selection: Selection, *, once: bool = False) -> Ints:
    """Return the places of the quotes that are counted together."""

    def find() -> Ints:
        places = matching(columns, selection)
        articles, groups = _articles(columns, places, None, once)
        return _quotes(columns, places, articles, groups, None)[0]

    return matching(columns, selection) if not once else memoized(columns, ("each story once", selection), find)


def _voices(columns: Columns, selection: Selection, by: By | None, once: bool) -> list[Voices]:
    places = matching(columns, selection)
    articles, groups = _articles(columns, places, by, once)
    numbers = np.flatnonzero(np.bincount(groups)).astype(np.int32) if by else np.zeros(1, dtype=np.int32)
    place = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    groups = place[groups]
    quotes, in_group = _quotes(columns, places, articles, groups, by)
    size = len(numbers)
    kinds = len(SOURCES), len(SHOWN_GENDERS), len(STANDINGS) + 1
    every = int(np.prod(kinds))
    counts = np.bincount(in_group * every + _kinds(columns)[quotes], minlength=size * every).reshape(size, *kinds)
    by_source = counts.sum((2, 3))
    quotes_of = {
        "gender": counts[:, PERSON].sum(2),
        "naming": np.stack((by_source[:, :UNNAMED].sum(1), by_source[:, UNNAMED]), 1),
        "standing": counts[:, : UNNAMED + 1, :, 1:].sum((1, 2)),
    }
    sources_of = _sources(columns, quotes, in_group, size)
    stories = np.unique(groups.astype(np.int64) << 32 | (columns.story[articles].astype(np.int64) + 2**31)) >> 32
    articles_in, stories_in = np.bincount(groups, minlength=size), np.bincount(stories, minlength=size)
    found = [
        Voices(
            int(number),
            int(by_source[n].sum()),
            int(articles_in[n]),
            int(stories_in[n]),
            int(by_source[n][DOCUMENT]),
            int(by_source[n][UNRESOLVED]),
            *(
                Split(name, tuple(map(Part, words, quotes_of[name][n].tolist(), sources_of[name][n].tolist())))
                for name, words in SPLITS.items()
            ),
        )
        for n, number in enumerate(numbers.tolist())
    ]
    return found[::-1] if by == "month" else sorted(found, key=lambda one: (-one.quotes, one.number))


def _articles(columns: Columns, places: Ints, by: By | None, once: bool) -> tuple[Ints, Ints]:
    """Return the articles that are counted, each with a group that it is in: with several, if these are subjects."""
    a_quote = np.full(len(columns.articles), -1, dtype=np.int32)
    a_quote[columns.article[places]] = places  # all quotes of an article have its outlet and day
    articles = np.flatnonzero(a_quote >= 0).astype(np.int32)
    if by is None:
        groups = np.zeros_like(articles)
    elif by == "subject":
        ties = columns.ties["subject"]
        pairs, counts = members(ties.begins, articles)
        without = articles[counts == 0]
        articles = np.concatenate((np.repeat(articles, counts), without))
        groups = np.concatenate((ties.number[pairs], np.zeros_like(without)))
    else:
        groups = getattr(columns, by)[a_quote[articles]]
    if once:
        day = columns.day[a_quote[articles]]
        order = np.lexsort((articles, day, day == 0, columns.story[articles], groups))
        is_first = np.zeros(len(order), dtype=np.bool_)
        for column in (columns.story[articles], groups):
            is_first[1:] |= column[order][1:] != column[order][:-1]
        is_first[:1] = True
        first = np.sort(order[is_first])
        articles, groups = articles[first], groups[first]
    return articles, groups


def _quotes(columns: Columns, places: Ints, articles: Ints, groups: Ints, by: By | None) -> tuple[Ints, Ints]:
    """Return the quotes of articles, once for each group that their article is in, and that group."""
    if by != "subject":
        group_of = np.full(len(columns.articles), -1, dtype=np.int32)
        group_of[articles] = groups
        found = group_of[columns.article[places]]
        return places[found >= 0], found[found >= 0]
    order = np.argsort(articles, kind="stable")
    begins = np.searchsorted(articles[order], np.arange(len(columns.articles) + 1)).astype(np.int32)
    at, sizes = members(begins, columns.article[places])
    return np.repeat(places, sizes), groups[order][at]


def _kinds(columns: Columns) -> Ints:
    """Return for each quote one number for its source, gender and standing."""

    def find() -> Ints:
        standings = len(STANDINGS) + 1
        return (columns.source * len(SHOWN_GENDERS) + columns.gender) * standings + columns.standing + 1

    return memoized(columns, "kinds of voices", find)


def _sources(columns: Columns, quotes: Ints, groups: Ints, size: int) -> dict[str, Counts]:
    """Return how many sources of each group (row) are of each part (column), by split."""
    kind, gender = _speakers(columns)
    speaker = columns.speaker[quotes]
    spoken = kind[speaker] <= UNNAMED
    keys = groups[spoken].astype(np.int64) * len(kind) + speaker[spoken]
    keys = _distinct(keys * len(STANDINGS) + columns.standing[quotes[spoken]], size * len(kind) * len(STANDINGS))
    # A source is there with all standings that it has in a group; in order, that of an official comes first.
    pairs = keys // len(STANDINGS)
    first = np.ones(len(pairs), dtype=np.bool_)
    first[1:] = pairs[1:] != pairs[:-1]
    group, speaker = np.divmod(pairs[first], len(kind))
    is_person = kind[speaker] == PERSON
    parts = {
        "gender": (group[is_person], gender[speaker[is_person]]),
        "naming": (group, kind[speaker] == UNNAMED),
        "standing": (group, keys[first] % len(STANDINGS)),
    }
    found = {}
    for name, (within, values) in parts.items():
        width = len(SPLITS[name])
        found[name] = np.bincount(within * width + values, minlength=size * width).reshape(size, width)
    return found


def _distinct(keys: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the different ones of numbers below `most`, in order."""
    if most > LARGEST_TABLE:
        return np.unique(keys)
    seen = np.zeros(most, dtype=np.bool_)
    seen[keys] = True
    return np.flatnonzero(seen)


def _speakers(columns: Columns) -> tuple[Ints, Ints]:
    """Return what source each speaker is, and of which gender, by number."""

    def find() -> tuple[Ints, Ints]:
        found = np.full((2, int(columns.speaker.max(initial=0)) + 1), UNRESOLVED, dtype=np.int32)
        found[0, columns.speaker], found[1, columns.speaker] = columns.source, columns.gender
        found[0, 0] = UNRESOLVED
        return found[0], found[1]

    return memoized(columns, "speakers", find)
