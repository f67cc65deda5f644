"""Two outlets, or two speakers, side by side over a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .cards import pipeline, wordings
from .columns import Columns, Ints, columns_of
from .counting import Counted, facet, kept, matching, most_quoted, top
from .ours import Visit, visit, whole_number
from .profiles import Profile, profile
from .selection import FACETS, Selection, selection_of

ROUTE = r"/(?P<database>[^/]+)/-/compare$"
MOST = 10
OFFERED = 200
"""Names that the fields of the form complete."""
OTHER = {"outlet": "speaker", "speaker": "outlet"}
"""Whom an outlet quotes; by which outlets a speaker is quoted."""

BY_NAME = """
SELECT id FROM {table} WHERE id = :id OR instr(lower(name), lower(:name))
ORDER BY name = :name DESC, name = :name COLLATE NOCASE DESC, id IS :id DESC, length(name), id
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    asked (str): As it was asked for.
    id (int | None): None if there is no such outlet or speaker.
    others (list[Counted]): Speakers that the outlet quotes, outlets that quote the speaker.
    """

    asked: str
    id: int | None
    name: str
    profile: Profile | None
    others: list[Counted]
    topics: list[Counted]
    acts: list[Counted]
    selection: Selection
    places: Ints


async def compare_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `visit` does.
    """
    here = await visit(request, datasette)
    columns = await columns_of(here.database)
    of = "speaker" if request.args.get("of") == "speaker" else "outlet"
    period, senseless = selection_of(request.args.get, ())
    offered = kept(columns, ("offered", of), lambda: _offered(columns, of))
    names = await here.names(FACETS[of].table, offered)
    sides: list[Side] = []
    for letter in "ab":
        asked = " ".join((request.args.get(letter) or "").split())
        taken = {side.id for side in sides}
        number = await _find(here, of, asked) if asked else next((one for one in offered if one not in taken), None)
        sides.append(await _side(here, columns, of, asked, number, period))
    places = [side.places for side in sides]
    common = _common(columns, places, OTHER[of])
    other_numbers = {one.number for side in sides for one in side.others} | {number for number, *_ in common}
    topic_numbers = {one.number for side in sides for one in side.topics}
    return await here.answer(
        "quotes_compare.html",
        of=of,
        other=OTHER[of],
        period=period,
        senseless=senseless,
        sides=sides,
        offered=[names[number] for number in offered if number in names],
        other_names=await here.names(FACETS[OTHER[of]].table, other_numbers),
        topic_names=await here.names("topics", topic_numbers),
        act_words=FACETS["act"].words,
        common=common,
        wordings=await wordings(here, _common_wordings(columns, places)),
        pipeline=await pipeline(here),
        address=here.path("/-/quotes"),
    )


def _offered(columns: Columns, of: str) -> list[int]:
    counted = most_quoted(columns, OFFERED) if of == "speaker" else top(columns.outlet, OFFERED)
    return [one.number for one in counted]


async def _find(here: Visit, of: str, asked: str) -> int | None:
    """Return the id of an outlet or a speaker by its name, its number or a part of its name."""
    sql = BY_NAME.format(table=FACETS[of].table)
    found = await here.rows(sql, {"name": asked, "id": whole_number(asked)})
    return int(found[0][0]) if found else None


async def _side(here: Visit, columns: Columns, of: str, asked: str, number: int | None, period: Selection) -> Side:
    selection = period if number is None else period.having(of, number)
    if number is None:
        return Side(asked, None, asked, None, [], [], [], selection, np.empty(0, dtype=np.int32))
    places = matching(columns, selection)
    days = columns.day[matching(columns, period)] if period.parameters else columns.day
    return Side(
        asked,
        number,
        (await here.names(FACETS[of].table, [number])).get(number, asked),
        kept(columns, ("profile", selection), lambda: profile(columns, places, days)),
        facet(columns, selection, OTHER[of], MOST),
        facet(columns, selection, "topic", MOST),
        facet(columns, selection, "act", MOST),
        selection,
        places,
    )


def _common(columns: Columns, places: list[Ints], name: str) -> list[tuple[int, int, int]]:
    """Return whom both quote, or who quotes both, with the quotes on each side."""
    column = getattr(columns, name)
    size = int(column.max(initial=0)) + 1
    left, right = (np.bincount(column[side], minlength=size) for side in places)
    both = np.minimum(left, right)
    both[:1] = 0
    numbers = np.flatnonzero(both)
    ranked = sorted(numbers.tolist(), key=lambda number: (-both[number], -(left[number] + right[number]), number))
    return [(number, int(left[number]), int(right[number])) for number in ranked[:MOST]]


def _common_wordings(columns: Columns, places: list[Ints]) -> list[int]:
    numbers = np.intersect1d(columns.wording[places[0]], columns.wording[places[1]])
    ranked = sorted(numbers[numbers > 0].tolist(), key=lambda number: (-columns.outlets_of.get(number, 1), -number))
    return ranked[:MOST]
