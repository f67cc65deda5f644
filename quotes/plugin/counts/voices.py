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
from .counting import Mask, matching, memoized
from .quote_columns import SHOWN_GENDERS, SOURCES, Columns, Ints, members
from .selection import Selection

Counts = NDArray[np.int64]

By = Literal["outlet", "subject", "month"]
BY: tuple[By, ...] = ("outlet", "subject", "month")
FEWEST = 30
"""Below so many no share is told: one more or less would move it by over three points."""
PERSON, ORGANIZATION, UNNAMED = (SOURCES.index(name) for name in ("person", "organization", "unnamed"))
SPLITS = {
    "gender": SHOWN_GENDERS,
    "naming": ("named", "unnamed"),
    "standing": STANDINGS,
}
"""Of persons, by what articles show; of persons, organizations and unnamed sources; of these, by their roles."""
_CODES = len(SHOWN_GENDERS) * 2
"""Of a speaker whose standing is the same."""


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
        begins, quotes_in, articles, _ = _articles(columns, matching(columns, selection), None, once)
        return _quotes(begins, quotes_in, articles)[0]

    return matching(columns, selection) if not once else memoized(columns, ("each story once", selection), find)


def _voices(columns: Columns, selection: Selection, by: By | None, once: bool) -> list[Voices]:
    begins, quotes_in, articles, groups = _articles(columns, matching(columns, selection), by, once)
    numbers = np.flatnonzero(np.bincount(groups, minlength=1 if by is None else 0)).astype(np.int32)
    if by is None:
        numbers = np.zeros(1, dtype=np.int32)
    place = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    groups = place[groups]
    quotes, of_article = _quotes(begins, quotes_in, articles)
    size = len(numbers)
    source = columns.source[quotes]
    in_group = groups[of_article]
    by_source = np.bincount(in_group * len(SOURCES) + source, minlength=size * len(SOURCES)).reshape(size, len(SOURCES))
    splits = {name: _split(columns, name, quotes, in_group, size) for name in SPLITS}
    sources = _sources(columns, quotes, in_group, size)
    stories = np.unique(groups.astype(np.int64) << 32 | (columns.story[articles].astype(np.int64) + 2**31)) >> 32
    found = [
        Voices(
            int(number),
            int(by_source[n].sum()),
            int(counted_articles),
            int(counted_stories),
            int(by_source[n][SOURCES.index("document")]),
            int(by_source[n][SOURCES.index("unresolved")]),
            *(
                Split(name, tuple(map(Part, words, splits[name][n].tolist(), sources[name][n].tolist())))
                for name, words in SPLITS.items()
            ),
        )
        for n, (number, counted_articles, counted_stories) in enumerate(
            zip(numbers, np.bincount(groups, minlength=size), np.bincount(stories, minlength=size), strict=True)
        )
    ]
    if by == "month":
        return found[::-1]
    return sorted(found, key=lambda one: (-one.quotes, one.number))


def _articles(columns: Columns, places: Ints, by: By | None, once: bool) -> tuple[Ints, Ints, Ints, Ints]:
    """Return where the quotes of each article begin, these quotes, and articles, each with a group that it is in."""
    mask = np.zeros(len(columns.id), dtype=np.bool_)
    mask[places] = True
    quotes_in = columns.by_article[mask[columns.by_article]]
    sizes = np.bincount(columns.article[quotes_in], minlength=len(columns.articles))
    begins = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    articles = np.flatnonzero(sizes).astype(np.int32)
    if by is None:
        groups = np.zeros_like(articles)
    elif by == "subject":
        ties = columns.ties["subject"]
        pairs, counts = members(ties.begins, articles)
        without = articles[counts == 0]
        articles = np.concatenate((np.repeat(articles, counts), without))
        groups = np.concatenate((ties.number[pairs], np.zeros_like(without)))
    else:
        groups = getattr(columns, by)[quotes_in[begins[articles]]]  # all quotes of an article have its outlet and day
    if once:
        day = columns.day[quotes_in[begins[articles]]]
        order = np.lexsort((articles, day, day == 0, columns.story[articles], groups))
        is_first = np.zeros(len(order), dtype=np.bool_)
        for column in (columns.story[articles], groups):
            is_first[1:] |= column[order][1:] != column[order][:-1]
        is_first[:1] = True
        first = np.sort(order[is_first])
        articles, groups = articles[first], groups[first]
    return begins, quotes_in, articles, groups


def _quotes(begins: Ints, quotes_in: Ints, articles: Ints) -> tuple[Ints, Ints]:
    """Return the quotes of articles, and the place of its article for each."""
    at, sizes = members(begins, articles)
    return quotes_in[at], np.repeat(np.arange(len(articles), dtype=np.int32), sizes)


def _split(columns: Columns, name: str, quotes: Ints, groups: Ints, size: int) -> Counts:
    """Return how many quotes of each group (row) are of each part (column)."""
    source = columns.source[quotes]
    if name == "gender":
        values = np.where(source == PERSON, columns.gender[quotes], -1)
    elif name == "naming":
        values = np.where(source <= UNNAMED, source == UNNAMED, -1)
    else:
        values = columns.standing[quotes]
    width = len(SPLITS[name])
    inside = values >= 0
    return np.bincount(groups[inside] * width + values[inside], minlength=size * width).reshape(size, width)


def _sources(columns: Columns, quotes: Ints, groups: Ints, size: int) -> dict[str, Counts]:
    """Return the same of sources, by split."""
    spoken = columns.source[quotes] <= UNNAMED
    quotes, groups = quotes[spoken], groups[spoken].astype(np.int64)
    every = int(columns.speaker.max(initial=0)) + 1
    # A source is in a group with all standings that it has there: in order, that of an official comes first.
    codes = columns.gender[quotes] * 2 + (columns.source[quotes] == UNNAMED)
    codes += columns.standing[quotes] * _CODES
    most = _CODES * len(STANDINGS)
    keys = np.unique((groups * every + columns.speaker[quotes]) * most + codes)
    codes, pairs = keys % most, keys // most
    if len(pairs):
        first = np.concatenate(([True], pairs[1:] != pairs[:-1]))
        codes, pairs = codes[first], pairs[first]
    group, speaker = pairs // every, pairs % every
    is_person = _persons(columns)[speaker]
    parts = {
        "gender": (codes % _CODES // 2, is_person),
        "naming": (codes % 2, np.ones_like(is_person)),
        "standing": (codes // _CODES, np.ones_like(is_person)),
    }
    found = {}
    for name, (values, inside) in parts.items():
        width = len(SPLITS[name])
        counts = np.bincount(group[inside] * width + values[inside], minlength=size * width)
        found[name] = counts.reshape(size, width)
    return found


def _persons(columns: Columns) -> Mask:
    """Return for each number of a speaker whether it is a person who is quoted."""

    def find() -> Mask:
        found = np.zeros(int(columns.speaker.max(initial=0)) + 1, dtype=np.bool_)
        found[columns.speaker[columns.source == PERSON]] = True
        return found

    return memoized(columns, "persons", find)
