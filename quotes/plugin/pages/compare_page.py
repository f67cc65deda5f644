"""Two outlets, or two speakers, side by side over a period."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..counts.counting import Counted, facet, matching, memoized, most_quoted, top
from ..counts.facets import FACETS
from ..counts.profiles import Profile, profile
from ..counts.quote_columns import Columns, Ints, columns_of
from ..counts.selection import Selection, day_number, selection_of
from ..page_context import PageContext, page_context, whole_number
from .cards import pipeline, wordings

ROUTE = r"/(?P<database>[^/]+)/-/compare$"
MOST = 10
OFFERED = 200
"""Names that the fields of the form complete."""
OTHER = {"outlet": "speaker", "speaker": "outlet"}
"""Whom an outlet quotes; by which outlets a speaker is quoted."""

EXACTLY = "SELECT id, name = :name FROM {table} WHERE name = :name OR id = :id"
BY_NAME = """
SELECT name FROM {table} WHERE instr(lower(name), lower(:name))
ORDER BY name = :name COLLATE NOCASE DESC, length(name), id
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    asked (str): As it was asked for.
    field (str): How the form asks for it: by its name, or by its number if others of that name have more quotes.
    id (int | None): None if there is no such outlet or speaker.
    others (list[Counted]): Speakers that the outlet quotes, outlets that quote the speaker.
    """

    asked: str
    id: int | None
    name: str
    field: str
    profile: Profile | None
    others: list[Counted]
    topics: list[Counted]
    acts: list[Counted]
    selection: Selection
    places: Ints


async def compare_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    columns = await columns_of(context.database)
    of = "speaker" if request.args.get("of") == "speaker" else "outlet"
    asked_for, invalid = selection_of(request.args.get, ())
    period = asked_for.without("q")
    asked = [" ".join((request.args.get(letter) or "").split()) for letter in "ab"]
    sides, offered = await _sides(context, columns, of, asked, period)
    places = [side.places for side in sides]
    common = _common(columns, places, OTHER[of])
    other_table = FACETS[OTHER[of]].table
    other_numbers = [*(one.number for side in sides for one in side.others), *(number for number, *_ in common)]
    topics = [one.number for side in sides for one in side.topics]
    names, shared, version = await asyncio.gather(
        context.names(topics=topics, **{other_table: other_numbers}),
        wordings(context, _common_wordings(columns, places)),
        pipeline(context),
    )
    return await context.answer(
        "quotes_compare.html",
        of=of,
        other=OTHER[of],
        period=period,
        invalid=invalid,
        sides=sides,
        offered=offered,
        other_names=names[other_table],
        topic_names=names["topics"],
        act_words=FACETS["act"].words,
        common=common,
        wordings=shared,
        pipeline=version,
        address=context.path("/-/quotes"),
    )


async def _sides(
    context: PageContext, columns: Columns, of: str, asked: list[str], period: Selection
) -> tuple[list[Side], list[str]]:
    """Return the two, those with most quotes of the period if none is asked for; and the names that the form offers."""
    among = Selection() if all(asked) else period
    offered = memoized(columns, ("offered", of, among), lambda: _offered(columns, of, among))
    found = await asyncio.gather(*(_find(context, columns, of, name) for name in asked))
    others = (number for number in offered if number not in found)
    numbers = [number if name else next(others, None) for name, number in zip(asked, found, strict=True)]
    table = FACETS[of].table
    names = (await context.names(**{table: [*offered, *(number for number in numbers if number is not None)]}))[table]
    sent = [" ".join(names.get(number or 0, "").split()) for number in numbers]
    by_name = await asyncio.gather(*(_find(context, columns, of, name) for name in sent))
    fields = [
        str(number) if number is not None and number != other else names.get(number or 0, name)
        for name, number, other in zip(asked, numbers, by_name, strict=True)
    ]
    sides = [_side(columns, of, *side, names, period) for side in zip(asked, fields, numbers, strict=True)]
    return sides, [names[number] for number in offered if number in names]


def _offered(columns: Columns, of: str, period: Selection) -> list[int]:
    """Return the outlets, or the persons and organizations, with most quotes in the period."""
    places = matching(columns, period)
    counted = most_quoted(columns, places, OFFERED) if of == "speaker" else top(columns.outlet[places], OFFERED)
    return [one.number for one in counted]


async def _find(context: PageContext, columns: Columns, of: str, asked: str) -> int | None:
    """Return the id of an outlet or a speaker by its name, its number or a part of its name.

    Of those that have the same name it is the one with most quotes.
    """
    if not asked:
        return None
    table = FACETS[of].table
    exactly = await context.rows(EXACTLY.format(table=table), {"name": asked, "id": whole_number(asked)})
    if not exactly and (part := await context.rows(BY_NAME.format(table=table), {"name": asked})):
        exactly = await context.rows(EXACTLY.format(table=table), {"name": part[0][0], "id": None})
    same: list[int] = [number for number, is_name in exactly if is_name] or [number for number, _ in exactly]
    quotes = memoized(columns, ("quotes", of), lambda: np.bincount(getattr(columns, of), minlength=1))
    return max(same, key=lambda number: (quotes[number] if number < len(quotes) else 0, -number), default=None)


def _side(
    columns: Columns, of: str, asked: str, field: str, number: int | None, names: dict[int, str], period: Selection
) -> Side:
    selection = period if number is None else period.having(of, number)
    if number is None:
        return Side(asked, None, asked, field, None, [], [], [], selection, np.empty(0, dtype=np.int32))
    places = matching(columns, selection)
    since, until = (day_number(day) for day in (period.since or "0000-00-00", period.until or "9999-99-99"))
    days = columns.days[(columns.days >= since) & (columns.days <= until)]
    return Side(
        asked,
        number,
        names.get(number, asked),
        field,
        memoized(columns, ("profile", selection), lambda: profile(columns, places, days, period)),
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
    left, right = map(columns.wordings_of, places)
    numbers = np.intersect1d(left, right)
    ranked = sorted(numbers.tolist(), key=lambda number: (-columns.outlets_of.get(number, 1), -number))
    return ranked[:MOST]
