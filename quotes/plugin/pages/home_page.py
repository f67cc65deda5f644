"""The home page of a database: what is in it, and where to begin."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...records import QUOTE_KINDS
from .. import datasette_compat
from ..counts.charts import Timeline, sparkline, timeline
from ..counts.counting import Counted, facet, matching, memoized, most_quoted, top
from ..counts.quote_columns import SOURCES, Columns, columns_of
from ..counts.selection import Selection
from ..page_context import PageContext, page_context, visible_contexts
from .cards import pipeline, speaker_rows, wordings

ROUTE = r"/(?P<database>[^/]+)/-/home$"
INDEX = r"/(?P<format>)$"
SPEAKERS = 10
OUTLETS = 12
WORDINGS = 6
TOPICS = 24

ARTICLES = "SELECT count(*) FROM articles"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a database holds."""

    quotes: int
    speakers: int
    outlets: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class OutletMix:
    """How many quotes of an outlet are of each of SOURCES."""

    id: int
    quotes: int
    sources: tuple[int, ...]


async def home_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    return await context.answer("quotes_home.html", **await home(context))


async def index_page(request: Any, datasette: Any) -> Any:
    """Return the home page of the first database of quotes, with the way to the others; Datasette's index without one.

    To open a large database its own index takes two seconds of counting.
    """
    found = await visible_contexts(request, datasette)
    if not found or not await datasette_compat.may_view_instance(datasette, request.actor):
        return await datasette_compat.index_page(request, datasette)
    context = found[0]
    paths = {one.database.name: one.path("/-/home") for one in found}
    for name in datasette_compat.databases(datasette):
        if name not in paths and await datasette_compat.may_view_database(datasette, request.actor, name):
            paths[name] = datasette.urls.database(name)
    return await context.answer("quotes_home.html", databases=paths if len(paths) > 1 else {}, **await home(context))


async def home(context: PageContext) -> dict[str, Any]:
    """Return what the template of the home page wants."""
    columns = await columns_of(context.database)
    speakers = memoized(
        columns, "home: speakers", lambda: most_quoted(columns, matching(columns, Selection()), SPEAKERS)
    )
    mixes = memoized(columns, "home: outlets", lambda: outlet_mixes(columns, OUTLETS))
    latest = memoized(columns, "home: wordings", lambda: _latest_shared(columns))
    topics = facet(columns, Selection(), "topic", TOPICS)
    articles, version, rows, names, shared, queries = await asyncio.gather(
        context.rows(ARTICLES),
        pipeline(context),
        speaker_rows(context, [one.number for one in speakers]),
        context.names(outlets=[mix.id for mix in mixes], topics=[topic.number for topic in topics]),
        wordings(context, latest),
        datasette_compat.query_names(context.datasette, context.database.name, context.request.actor),
    )
    return {
        "title": await datasette_compat.instance_title(context.datasette),
        "everything": Selection(),
        "queries": queries,
        "articles": articles[0][0],
        "pipeline": version,
        "totals": memoized(columns, "home: totals", lambda: _totals(columns)),
        "timeline": memoized(columns, "home: timeline", lambda: _timeline(columns)),
        "speakers": speakers,
        "lines": memoized(columns, "home: lines", lambda: _lines(columns, speakers)),
        "speaker_rows": rows,
        "mixes": mixes,
        "outlet_names": names["outlets"],
        "sources": SOURCES,
        "wordings": shared,
        "topics": topics,
        "topic_names": names["topics"],
    }


def outlet_mixes(columns: Columns, most: int) -> list[OutletMix]:
    """Return the outlets with most quotes, and by whom these are."""
    size = len(SOURCES)
    counts = np.bincount(columns.outlet * size + columns.source)
    table = np.resize(np.pad(counts, (0, -len(counts) % size)), (-(-len(counts) // size), size))
    largest = top(columns.outlet, most)
    return [OutletMix(one.number, one.quotes, tuple(table[one.number].tolist())) for one in largest]


def day_text(day: int) -> str:
    """Return a day of `Columns.day` as text."""
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _totals(columns: Columns) -> Totals:
    return Totals(
        len(columns.id),
        int(np.count_nonzero(np.bincount(columns.speaker)[1:])),
        int(np.count_nonzero(np.bincount(columns.outlet)[1:])),
        day_text(int(columns.days[0])) if len(columns.days) else "",
        day_text(int(columns.days[-1])) if len(columns.days) else "",
    )


def _timeline(columns: Columns) -> Timeline:
    return timeline(columns.day, columns.kind, QUOTE_KINDS, columns.days)


def _lines(columns: Columns, speakers: list[Counted]) -> dict[int, str]:
    """Return a sparkline a speaker, all over one period."""
    lines = {}
    for speaker in speakers:
        days = columns.day[columns.speaker == speaker.number]
        bars = timeline(days, np.zeros_like(days), ("quotes",), columns.days).bars
        lines[speaker.number] = sparkline([bar.quotes for bar in bars]) if any(bar.quotes for bar in bars) else ""
    return lines


def _latest_shared(columns: Columns) -> list[int]:
    """Return the wordings of `Columns.outlets_of` that were printed last."""
    shared = np.zeros(int(columns.wordings.max(initial=0)) + 1, dtype=np.bool_)
    shared[[number for number in columns.outlets_of if number < len(shared)]] = True
    latest = columns.wordings[shared[columns.wordings]]
    return list(dict.fromkeys(latest[: 100 * WORDINGS].tolist()))[:WORDINGS]
