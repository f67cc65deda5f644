"""The page of an outlet: whom it quotes, how it sources beside the average of all outlets, whose copy it carries."""

from __future__ import annotations

import asyncio
from typing import Any

from ..counts.counting import facet, matching
from ..counts.quote_columns import columns_of
from ..counts.selection import Selection
from ..page_context import page_context
from .cards import speaker_rows
from .speaker_or_outlet import MOST, profile_context

ROUTE = r"/(?P<database>[^/]+)/-/outlet/(?P<outlet>[^/]+)$"
AGENCIES = """
SELECT outlets.id, outlets.name, count(*) AS articles
FROM articles JOIN outlets ON outlets.id = articles.agency_id
WHERE articles.outlet_id = ? AND articles.agency_id <> articles.outlet_id
GROUP BY outlets.id ORDER BY articles DESC, outlets.name LIMIT 12
"""
OUTLET = "SELECT * FROM outlets WHERE id = ?"
ARTICLES = "SELECT count(*) FROM articles WHERE outlet_id = ?"


async def outlet_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does, or if there is no such outlet.
    """
    context = await page_context(request, datasette)
    outlet = await context.row(OUTLET, "outlet")
    number = outlet["id"]
    columns = await columns_of(context.database)
    selection = Selection(chosen=(("outlet", number),))
    places = matching(columns, selection)
    speakers = facet(columns, selection, "speaker", MOST)
    articles, agencies, rows, rest = await asyncio.gather(
        context.rows(ARTICLES, [number]),
        context.rows(AGENCIES, [number]),
        speaker_rows(context, [speaker.number for speaker in speakers]),
        profile_context(context, columns, selection, places, facet(columns, selection, "via", MOST)),
    )
    return await context.answer(
        "quotes_outlet.html",
        outlet=outlet,
        articles=articles[0][0],
        agencies=agencies,
        speakers=speakers,
        speaker_rows=rows,
        **rest,
    )
