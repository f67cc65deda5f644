"""What the page of a speaker and the page of an outlet have in common."""

from __future__ import annotations

import asyncio
from typing import Any

from ..counts.counting import Counted, facet, memoized
from ..counts.profiles import profile, shared_wordings
from ..counts.quote_columns import Columns, Ints
from ..counts.selection import Selection
from ..page_context import PageContext
from .cards import cards, wordings

EACH = 20
MOST = 12


async def profile_context(
    context: PageContext, columns: Columns, selection: Selection, places: Ints, outlets: list[Counted]
) -> dict[str, Any]:
    """Return what the templates of both want to know of the quotes of one speaker or outlet.

    places (Ints): Those of the selection.
    outlets (list[Counted]): Outlets that the page names.
    """
    topics = facet(columns, selection, "topic", MOST)
    names, shared, newest = await asyncio.gather(
        context.names(topics=[one.number for one in topics], outlets=[one.number for one in outlets]),
        wordings(context, shared_wordings(columns, places)),
        cards(context, columns.id[places[:EACH]].tolist()),
    )
    return {
        "profile": memoized(columns, ("profile", selection), lambda: profile(columns, places, columns.days)),
        "topics": topics,
        "topic_names": names["topics"],
        "outlets": outlets,
        "outlet_names": names["outlets"],
        "wordings": shared,
        "cards": newest,
        "selection": selection,
        "address": context.path("/-/quotes"),
        **context.table(selection.table_query() or ""),
        "feed": f"{context.path('/-/quotes.atom')}{selection.query()}",
    }
