"""The page of a speaker: names and roles, when, by whom and beside whom quoted, in which words."""

from __future__ import annotations

from typing import Any

from .cards import speaker_rows
from .columns import columns_of
from .counting import facet, kept, matching
from .ours import visit
from .portrait import MOST, portrait
from .profiles import beside
from .selection import Selection

ROUTE = r"/(?P<database>[^/]+)/-/speaker/(?P<speaker>[^/]+)$"
SPEAKER = "SELECT * FROM speakers WHERE id = ?"
ROLES = "SELECT role, first_published, last_published, quotes FROM speaker_roles WHERE speaker_id = ? ORDER BY 2, 1"
NAMES = "SELECT name, quotes FROM speaker_spellings WHERE speaker_id = ? ORDER BY quotes DESC, name"


async def speaker_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `visit` does, or if there is no such speaker.
    """
    here = await visit(request, datasette)
    speaker = await here.row(SPEAKER, "speaker")
    number = speaker["id"]
    columns = await columns_of(here.database)
    selection = Selection(chosen=(("speaker", number),))
    places = matching(columns, selection)
    others = kept(columns, ("beside", number), lambda: beside(columns, places, number, MOST))
    outlets = facet(columns, selection, "outlet", MOST)
    return await here.answer(
        "quotes_speaker.html",
        speaker=speaker,
        roles=await here.rows(ROLES, [number]),
        names=await here.rows(NAMES, [number]),
        outlets=outlets,
        outlet_names=await here.names("outlets", [outlet.number for outlet in outlets]),
        others=others,
        other_rows=await speaker_rows(here, [other.number for other in others]),
        **await portrait(here, columns, selection, places),
    )
