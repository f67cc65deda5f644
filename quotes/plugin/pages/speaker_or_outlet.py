"""What the page of a speaker and the page of an outlet have in common."""

from __future__ import annotations

import asyncio
from typing import Any

from ..counts.counting import Counted, facet, kept
from ..counts.profiles import profile, shared_wordings
from ..counts.quote_columns import Columns, Ints
from ..counts.selection import Selection
from ..visits import Visit
from .cards import cards, wordings

EACH = 20
MOST = 12


async def portrait(
    here: Visit, columns: Columns, selection: Selection, places: Ints, outlets: list[Counted]
) -> dict[str, Any]:
    """Return what the templates of both want to know of the quotes of one speaker or outlet.

    places (Ints): Those of the selection.
    outlets (list[Counted]): Outlets that the page names.
    """
    topics = facet(columns, selection, "topic", MOST)
    names, shared, newest = await asyncio.gather(
        here.names(topics=[one.number for one in topics], outlets=[one.number for one in outlets]),
        wordings(here, shared_wordings(columns, places)),
        cards(here, columns.id[places[:EACH]].tolist()),
    )
    return {
        "profile": kept(columns, ("profile", selection), lambda: profile(columns, places, columns.days)),
        "topics": topics,
        "topic_names": names["topics"],
        "outlets": outlets,
        "outlet_names": names["outlets"],
        "wordings": shared,
        "cards": newest,
        "selection": selection,
        "address": here.path("/-/quotes"),
        **here.table(selection.table_query() or ""),
        "feed": f"{here.path('/-/quotes.atom')}{selection.query()}",
    }
