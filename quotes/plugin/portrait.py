"""What the page of a speaker and the page of an outlet have in common."""

from __future__ import annotations

from typing import Any

from .cards import cards, wordings
from .columns import Columns, Ints
from .counting import facet, kept
from .ours import Visit
from .profiles import profile, shared_wordings
from .selection import Selection

EACH = 20
MOST = 12


async def portrait(here: Visit, columns: Columns, selection: Selection, places: Ints) -> dict[str, Any]:
    """Return what the templates of both want to know of the quotes of one speaker or outlet.

    places (Ints): Those of the selection.
    """
    topics = facet(columns, selection, "topic", MOST)
    return {
        "profile": kept(columns, ("profile", selection), lambda: profile(columns, places)),
        "topics": topics,
        "topic_names": await here.names("topics", [topic.number for topic in topics]),
        "wordings": await wordings(here, shared_wordings(columns, places)),
        "cards": await cards(here, columns.id[places[:EACH]].tolist()),
        "selection": selection,
        "address": here.path("/-/quotes"),
        **here.table(f"{selection.table_query()}&_sort_desc=published"),
        "feed": f"{here.path('/-/quotes.atom')}{selection.query()}",
    }
