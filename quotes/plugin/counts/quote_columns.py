"""The quotes of a database as columns of numbers in memory, so that any choice of them is counted in milliseconds.

SQLite counts a million quotes by one column in a tenth of a second to a second, and a page counts them by eight, under
whatever filters the reader sets. As columns of four bytes they take some 70 MB, and a page with all its facets is made
faster than that (`benchmarks/explore.py`). Nothing here is stored: a change of the file is noticed and read.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ...lexicon.officials import STANDINGS, standing
from ...records import ACTS, GENDERS, QUOTE_KINDS, SPEAKER_KINDS
from ..datasette_compat import DatasetteError

Ints = NDArray[np.int32]

NO_SOURCE = "unresolved"
"""What a quote's source is where the article does not tell the speaker."""
SOURCES = (*SPEAKER_KINDS, NO_SOURCE)
SHOWN_GENDERS = (*GENDERS, "not shown")
"""What the articles show of a speaker."""
CHUNK = 50_000
PATIENCE = 0.5
"""Seconds that a page waits for columns newer than those at hand; a million quotes are read in some seconds."""
REST = 10
"""Times as long as it took are the columns left alone before they are read again, while something is writing."""


def _number(column: str, words: tuple[str, ...]) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {n}" for n, word in enumerate(words))
    return f"CASE {column} {cases} ELSE -1 END"


QUOTES = f"""
SELECT id, article_id, coalesce(outlet_id, 0), coalesce(speaker_id, 0), {_number("kind", QUOTE_KINDS)},
       {_number("act", ACTS)}, coalesce(via_id, 0), coalesce(CAST(replace(published, '-', '') AS INTEGER), 0),
       CAST(confidence * 1000 AS INTEGER), coalesce(name_id, 0)
FROM quotes
"""
SPEAKERS = f"""
SELECT id, {_number("kind", SPEAKER_KINDS)}, CASE gender WHEN 'woman' THEN 0 WHEN 'man' THEN 1 ELSE 2 END FROM speakers
"""
STANDS = """
SELECT id, kind, name, role FROM speakers
"""
STANDS_THEN = """
SELECT speaker_names.id, speakers.kind, speakers.name, speaker_names.role
FROM speaker_names JOIN speakers ON speakers.id = speaker_id WHERE speaker_names.role <> ''
"""
"""What articles say of speakers; where one says nothing, others may."""
STORIES = "SELECT id, group_id FROM articles WHERE group_id IS NOT NULL"
TIES = {
    "topic": "SELECT article_id, topic_id FROM article_topics",
    "subject": "SELECT article_id, subject_id FROM article_subjects",
}
"""What articles, not quotes, have, and several of each."""
SAYINGS = "SELECT quote_id, wording_id FROM sayings WHERE wording_id IS NOT NULL"
SHARED = "SELECT id, outlets FROM wordings WHERE outlets > 1"


@dataclass(frozen=True, eq=False)
class Ties:
    """Pairs of a place in `Columns.articles` and a topic or a subject, in the order of the places.

    begins (Ints): Where those of each article begin, and one more for the end.
    """

    article: Ints
    number: Ints
    begins: Ints


@dataclass(frozen=True, eq=False)
class Columns:
    """A value a quote in each column, the newest quote first. 0 is no outlet, speaker, via or day.

    id, outlet, speaker, via (Ints): As in the database.
    article (Ints): Place in `articles`.
    kind, act, source, gender (Ints): Place in QUOTE_KINDS, ACTS, SOURCES, SHOWN_GENDERS.
    standing (Ints): Place in STANDINGS, by the role that the article tells, else the latest that another does; -1 of a
        document, and where there is no speaker.
    day, month (Ints): 20260322 and 202603.
    confidence (Ints): In thousandths.
    articles (Ints): The ids of the articles with quotes.
    story (Ints): Of each of them: equal for copies of one story.
    ties (dict[str, Ties]): Those of each of `TIES`.
    by_article (Ints): Places of the quotes in the order of their articles.
    quotes_from (Ints): Where in these the quotes of each article begin, and one more for the end.
    wordings (Ints): Those of the sayings of each quote, in the order of the quotes.
    wordings_from (Ints): Where in these those of each quote begin, and one more for the end.
    outlets_of (dict): How many outlets printed a wording, for those of more than one.
    ids, by_id (Ints): The ids in order, and the places of the quotes in that order.
    days (Ints): Each day on which a quote was printed once, in order.
    counted (dict): What was counted before: pages keep their results here, as long as these columns hold.
    recent (dict): The places of the selections that were asked for last.
    """

    id: Ints
    article: Ints
    outlet: Ints
    speaker: Ints
    kind: Ints
    act: Ints
    via: Ints
    day: Ints
    month: Ints
    confidence: Ints
    source: Ints
    gender: Ints
    standing: Ints
    articles: Ints
    story: Ints
    ties: dict[str, Ties]
    by_article: Ints
    quotes_from: Ints
    wordings: Ints
    wordings_from: Ints
    outlets_of: dict[int, int]
    ids: Ints
    by_id: Ints
    days: Ints
    counted: dict[Any, Any] = field(default_factory=dict)
    recent: dict[Any, Ints] = field(default_factory=dict)

    def places(self, ids: list[int]) -> Ints:
        """Return where quotes with these ids stand, in order; ids that are not there are left out."""
        wanted = np.sort(np.asarray(ids, dtype=np.int64))
        at = np.searchsorted(self.ids, wanted)
        inside = at < len(self.ids)
        at, wanted = at[inside], wanted[inside]
        return np.sort(self.by_id[at[self.ids[at] == wanted]])

    def wordings_of(self, places: Ints) -> Ints:
        """Return the wordings of quotes, those of one after those of the other."""
        return self.wordings[members(self.wordings_from, places)[0]]


def members(begins: Ints, groups: Ints) -> tuple[Ints, Ints]:
    """Return where the members of groups stand, and how many each group has.

    begins (Ints): Where the members of each group begin, and one more for the end.
    """
    starts = begins[groups]
    sizes = begins[groups + 1] - starts
    return np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum(), dtype=np.int32), sizes


def read_columns(connection: sqlite3.Connection) -> Columns:
    """Return the columns of a database; blocks for some seconds a million quotes.

    RAISES (DatasetteError): If ids do not fit.
    """
    quotes = _table(connection, QUOTES, 10)
    quotes = quotes[np.lexsort((quotes[:, 0], -quotes[:, 7]))]
    id_, article, outlet, speaker, kind, act, via, day, confidence, name = np.ascontiguousarray(quotes.T)
    speakers = _table(connection, SPEAKERS, 3)
    source_of, gender_of = np.full((2, max(speakers[:, 0], default=0) + 1), SOURCES.index(NO_SOURCE), dtype=np.int32)
    gender_of[:] = len(GENDERS)
    source_of[speakers[:, 0]] = speakers[:, 1]
    gender_of[speakers[:, 0]] = speakers[:, 2]
    speaks = np.where(speaker < len(source_of), speaker, 0)
    articles, inverse = np.unique(article, return_inverse=True)
    article[:] = inverse  # in its own place: all columns are parts of one array
    by_id = np.argsort(id_, kind="stable").astype(np.int32)
    said, wordings = _placed(_table(connection, SAYINGS, 2), id_[by_id], by_id)
    return Columns(
        id=id_,
        article=article,
        outlet=outlet,
        speaker=speaker,
        kind=kind,
        act=act,
        via=via,
        day=day,
        month=day // 100,
        confidence=confidence,
        source=source_of[speaks],
        gender=gender_of[speaks],
        standing=_standings(connection, speaks, name),
        articles=articles,
        story=_stories(connection, articles),
        ties={name: _ties(_table(connection, sql, 2), articles) for name, sql in TIES.items()},
        by_article=np.argsort(article, kind="stable").astype(np.int32),
        quotes_from=_begins(article, len(articles)),
        ids=id_[by_id],
        by_id=by_id,
        days=np.unique(day[day > 0]),
        wordings=wordings,
        wordings_from=_begins(said, len(id_)),
        outlets_of=dict(connection.execute(SHARED).fetchall()),
    )


def _standings(connection: sqlite3.Connection, speakers: Ints, names: Ints) -> Ints:
    """Return how the speakers of quotes stand, who are called by these names in them."""
    of_speaker, of_name = _standing_by_id(connection, STANDS), _standing_by_id(connection, STANDS_THEN)
    then = of_name[np.where(names < len(of_name), names, 0)]
    return np.where(then >= 0, then, of_speaker[np.where(speakers < len(of_speaker), speakers, 0)])


def _standing_by_id(connection: sqlite3.Connection, sql: str) -> Ints:
    """Return how each row's speaker stands, at the place of its id; -1 where there is none."""
    rows = connection.execute(sql).fetchall()
    found = np.full(max((row[0] for row in rows), default=0) + 1, -1, dtype=np.int32)
    known: dict[tuple[str, ...], int] = {}
    for number, *told in rows:
        key = tuple(told)
        if key not in known:
            stands = standing(*told)
            known[key] = -1 if stands is None else STANDINGS.index(stands)
        found[number] = known[key]
    return found


def _stories(connection: sqlite3.Connection, articles: Ints) -> Ints:
    """Return a number for the story of each of some articles."""
    groups = _table(connection, STORIES, 2)
    found = -articles  # one that is in no group is a story of its own
    if len(groups) and len(articles):
        at = np.searchsorted(articles, groups[:, 0])
        inside = at < len(articles)
        at, groups = at[inside], groups[inside]
        inside = articles[at] == groups[:, 0]
        found[at[inside]] = groups[inside, 1]
    return found


def _ties(pairs: Ints, articles: Ints) -> Ties:
    places, numbers = _placed(pairs, articles, np.arange(len(articles), dtype=np.int32))
    return Ties(places, numbers, _begins(places, len(articles)))


def _placed(pairs: Ints, ids: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Return the pairs as two columns in the order of the first, which is where each id has its place.

    ids (Ints): In order; pairs with others are left out.
    """
    pairs = pairs[np.isin(pairs[:, 0], ids)]
    at = places[np.searchsorted(ids, pairs[:, 0])]
    order = np.argsort(at, kind="stable")
    return at[order], pairs[order, 1]


def _begins(groups: Ints, size: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=size)))).astype(np.int32)


def _table(connection: sqlite3.Connection, sql: str, width: int) -> Ints:
    rows = connection.execute(sql)
    chunks = [np.empty((0, width), dtype=np.int32)]
    while chunk := rows.fetchmany(CHUNK):
        numbers = np.array(chunk)
        if numbers.min() < 0 or numbers.max() >= 2**31:
            message = (
                "An id of a quote, article, speaker, outlet, wording, topic or subject is below 0 or above 2147483647."
            )
            raise DatasetteError(message, title="These pages count by ids")
        chunks.append(numbers.astype(np.int32))
    return np.concatenate(chunks)


@dataclass
class _Cached:
    columns: Columns | None = None
    version: list[tuple[int, int]] | None = None
    until: float = 0.0
    reading: asyncio.Task[None] | None = None


_cache: WeakKeyDictionary[Any, _Cached] = WeakKeyDictionary()


async def columns_of(database: Any) -> Columns:
    """Return the columns of a Datasette database; while newer ones are being read, those that were read before."""
    cached = _cache.setdefault(database, _Cached())
    if cached.reading is None and time.monotonic() >= cached.until:
        version = file_version(database)
        if cached.columns is None or version is None or version != cached.version:
            cached.reading = asyncio.create_task(_read(database, cached, version))
    if cached.reading is not None:
        reading = cached.reading
        if cached.columns is None:
            await asyncio.shield(reading)
        else:
            await asyncio.wait({reading}, timeout=PATIENCE)
    assert cached.columns is not None
    return cached.columns


async def _read(database: Any, cached: _Cached, version: list[tuple[int, int]] | None) -> None:
    began = time.monotonic()
    try:
        cached.columns = await database.execute_fn(read_columns)
        cached.version = version
    except Exception as error:
        if cached.columns is None:
            raise
        print(f"{database.name}: pages show the counts of before, reading them anew failed: {error}", file=sys.stderr)
    finally:
        cached.reading = None
        if cached.columns is not None:
            cached.until = time.monotonic() + REST * (time.monotonic() - began)


def file_version(database: Any) -> list[tuple[int, int]] | None:
    """Return what is another thing after the database has changed: when its files did, in nanoseconds, and their sizes.

    None for a database in memory, of which nothing tells. Of a log that is empty, as whoever reads makes one, nothing.
    """
    if database.path is None:
        return None
    files = (Path(database.path), Path(f"{database.path}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    return [(stat.st_mtime_ns, stat.st_size) for stat in stats if stat.st_size]


def has_stale_columns(database: Any, version: list[tuple[int, int]]) -> bool:
    """Return whether the columns at hand were read before the file came to this version."""
    cached = _cache.get(database)
    return cached is not None and cached.columns is not None and cached.version != version
