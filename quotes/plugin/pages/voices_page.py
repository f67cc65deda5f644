"""Who gets to speak: women and men, named and unnamed sources, officials and others."""

from __future__ import annotations

import asyncio
from typing import Any

from .. import datasette_compat
from ..counts.charts import Timeline, timeline
from ..counts.counting import memoized, most_quoted, top
from ..counts.quote_columns import SHOWN_GENDERS, Columns, columns_of
from ..counts.selection import Selection, selection_of
from ..counts.voices import BY, FEWEST, PERSON, By, counted_quotes, voices, voices_by
from ..page_context import page_context
from .cards import pipeline, speaker_rows

ROUTE = r"/(?P<database>[^/]+)/-/voices$"
OFFERED = 500
"""Outlets that the form offers, those with most quotes."""
ROWS = {"outlet": 20, "subject": 20, "month": 24}
MORE_ROWS = 500
HEARD = 10
TABLES: dict[By, str] = {"outlet": "outlets", "subject": "subjects"}


async def voices_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    columns = await columns_of(context.database)
    asked, invalid = selection_of(request.args.get, BY)
    selection = asked.without("q")
    once = request.args.get("stories") == "once"
    more = request.args.get("more") or ""
    chosen = dict(selection.chosen)
    rows = {by: voices_by(columns, selection, by, once=once) for by in BY if by not in chosen}
    shown = {by: found[: MORE_ROWS if more == by else ROWS[by]] for by, found in rows.items()}
    heard = memoized(
        columns,
        ("most heard", selection, once),
        lambda: most_quoted(columns, counted_quotes(columns, selection, once=once), HEARD),
    )
    outlets = top(columns.outlet, OFFERED)
    subjects = voices_by(columns, Selection(), "subject")
    numbers = {"outlet": [one.number for one in outlets], "subject": [one.number for one in subjects]}
    for by in TABLES:
        numbers[by] += [*(one.number for one in shown.get(by, ())), *([chosen[by]] if by in chosen else [])]
    names, people, version, queries = await asyncio.gather(
        context.names(outlets=numbers["outlet"], subjects=numbers["subject"]),
        speaker_rows(context, [one.number for one in heard]),
        pipeline(context),
        datasette_compat.query_names(context.datasette, context.database.name, context.request.actor),
    )
    return await context.answer(
        "quotes_voices.html",
        selection=selection,
        invalid=invalid,
        once=once,
        kept=("stories", "once" if once else ""),
        found=voices(columns, selection, once=once),
        against=voices(columns, selection.without("outlet"), once=once) if chosen.get("outlet") else None,
        rows=shown,
        cut={by: len(found) for by, found in rows.items() if len(found) > len(shown[by])},
        heard=heard,
        people=people,
        names={by: names[table] for by, table in TABLES.items()},
        offered={
            "outlet": sorted(
                {one.number for one in outlets} | {chosen.get("outlet", 0)} - {0}, key=_by_name(names["outlets"])
            ),
            "subject": sorted({one.number for one in subjects} - {0}, key=_by_name(names["subjects"])),
        },
        months=memoized(columns, "voices: months", lambda: _months(columns)),
        timeline=memoized(columns, ("voices: timeline", selection, once), lambda: _timeline(columns, selection, once)),
        fewest=FEWEST,
        queries=queries,
        pipeline=version,
        page=context.path("/-/voices"),
        address=context.path("/-/quotes"),
    )


def _by_name(names: dict[int, str]) -> Any:
    return lambda number: names.get(number, "").casefold()


def _timeline(columns: Columns, selection: Selection, once: bool) -> Timeline:
    """Return the quotes of persons over time, by gender."""
    quotes = counted_quotes(columns, selection, once=once)
    quotes = quotes[columns.source[quotes] == PERSON]
    return timeline(columns.day[quotes], columns.gender[quotes], SHOWN_GENDERS, columns.day[quotes])


def _months(columns: Columns) -> list[int]:
    """Return the months that quotes were printed in, the newest first."""
    return sorted(set((columns.days // 100).tolist()), reverse=True)
