"""The page of a speaker: names and roles, when, by whom and beside whom quoted, in which words."""

from __future__ import annotations

import asyncio
from typing import Any

from ..counts.counting import facet, matching, memoized
from ..counts.profiles import quoted_in_same_articles
from ..counts.quote_columns import columns_of
from ..counts.selection import Selection
from ..page_context import page_context
from .cards import speaker_rows
from .speaker_or_outlet import MOST, profile_context

ROUTE = r"/(?P<database>[^/]+)/-/speaker/(?P<speaker>[^/]+)$"
SPEAKER = "SELECT * FROM speakers WHERE id = ?"
ROLES = "SELECT role, first_published, last_published, quotes FROM speaker_roles WHERE speaker_id = ? ORDER BY 2, 1"
NAMES = "SELECT name, quotes FROM speaker_spellings WHERE speaker_id = ? ORDER BY quotes DESC, name"
SHOWN = """
SELECT gender_words FROM quotes WHERE speaker_id = ? AND gender_words IS NOT NULL
GROUP BY gender_words ORDER BY count(*) DESC, gender_words LIMIT 20
"""
MOST_WORDS = 6


async def speaker_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does, or if there is no such speaker.
    """
    context = await page_context(request, datasette)
    speaker = await context.row(SPEAKER, "speaker")
    number = speaker["id"]
    columns = await columns_of(context.database)
    selection = Selection(chosen=(("speaker", number),))
    places = matching(columns, selection)
    others = memoized(
        columns, ("same articles", number), lambda: quoted_in_same_articles(columns, places, number, MOST)
    )
    roles, names, shown, other_rows, rest = await asyncio.gather(
        context.rows(ROLES, [number]),
        context.rows(NAMES, [number]),
        context.rows(SHOWN, [number]),
        speaker_rows(context, [other.number for other in others]),
        profile_context(context, columns, selection, places, facet(columns, selection, "outlet", MOST)),
    )
    words = dict.fromkeys(word for row in shown for word in row["gender_words"].split(", "))
    return await context.answer(
        "quotes_speaker.html",
        speaker=speaker,
        gender_words=list(words)[:MOST_WORDS],
        roles=roles,
        names=names,
        others=others,
        other_rows=other_rows,
        **rest,
    )
