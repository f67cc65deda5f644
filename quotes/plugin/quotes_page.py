"""The quotes as cards, chosen by facets, days and words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..store.full_text import fts_query
from .cards import cards
from .columns import Columns, Ints, columns_of
from .counting import Counted, facet, matching
from .ours import Visit, visit, whole_number
from .selection import FACETS, SORTS, Facet, Selection, selection_of

ROUTE = r"/(?P<database>[^/]+)/-/quotes$"
EACH = 20
VALUES = 8
MORE_VALUES = 200
FOUND = 20_000
"""Quotes that a search looks at, those that came in last: 30 ms; to read a million row numbers takes over a second."""
SEARCH = f"""
SELECT json_group_array(id) FROM (
    SELECT rowid AS id FROM quotes_fts WHERE quotes_fts MATCH ? ORDER BY rowid DESC LIMIT {FOUND + 1})
"""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, as a link that chooses it, or takes it back."""

    label: str
    quotes: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet with the values that most quotes have; `more` shows more of them, "" if there are none."""

    facet: Facet
    values: tuple[Value, ...]
    more: str


async def quotes_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `visit` does.
    """
    here = await visit(request, datasette)
    columns = await columns_of(here.database)
    selection, senseless = selection_of(request.args.get)
    sort = request.args.get("sort") or "newest"
    sort = sort if sort in SORTS else "newest"
    more = request.args.get("more") or ""
    found, is_cut = await search(here, columns, selection.q)
    places = in_order(columns, matching(columns, selection, found), sort)
    last = max(1, -(-len(places) // EACH))
    page = max(1, min(whole_number(request.args.get("page") or "") or 1, last))
    shown = places[(page - 1) * EACH :][:EACH]
    order = ("sort", sort if sort != "newest" else "")
    address = here.path("/-/quotes")
    table = selection.table_query()
    return await here.answer(
        "quotes_cards.html",
        selection=selection,
        senseless=senseless,
        is_cut=is_cut,
        found=FOUND,
        total=len(places),
        cards=await cards(here, columns.id[shown].tolist()),
        panels=[
            await panel(
                here, columns, selection, name, MORE_VALUES if name == more else VALUES, len(places), found, order
            )
            for name in FACETS
        ],
        chosen=await chosen_labels(here, selection, order),
        order=order,
        more=more if more in FACETS else "",
        sort=sort,
        sorts=SORTS,
        page=page,
        last=last,
        address=address,
        **({} if table is None else here.table(table)),
        feed=f"{here.path('/-/quotes.atom')}{selection.query()}",
    )


async def search(here: Visit, columns: Columns, words: str) -> tuple[Ints | None, bool]:
    """Return the places of quotes with all these words, None for no words; and whether there are more."""
    if not words:
        return None, False
    query = fts_query(words)
    ids = json.loads((await here.rows(SEARCH, [query]))[0][0]) if query else []
    return columns.places(ids[:FOUND]), len(ids) > FOUND


def in_order(columns: Columns, places: Ints, sort: str) -> Ints:
    """Return places, which are the newest first, in another order."""
    if sort == "oldest":
        dated = columns.day[places] > 0
        return np.concatenate((places[dated][::-1], places[~dated]))
    if sort in ("sure", "unsure"):
        sign = -1 if sort == "sure" else 1
        return places[np.argsort(sign * columns.confidence[places], kind="stable")]
    return places


async def panel(
    here: Visit,
    columns: Columns,
    selection: Selection,
    name: str,
    most: int,
    total: int,
    found: Ints | None,
    order: tuple[str, str],
) -> Panel:
    """Return a facet under what was chosen of others.

    total (int): Quotes of the selection.
    order (tuple[str, str]): The parameter that links are to keep.
    """
    counted = facet(columns, selection, name, most + 1, found)
    has_more = len(counted) > most and most < MORE_VALUES
    counted = counted[:most]
    chosen = dict(selection.chosen).get(name)
    if chosen is not None and all(one.number != chosen for one in counted):
        counted = [*counted, Counted(chosen, total, 0.0)]
    labels = await labels_of(here, name, [one.number for one in counted])
    address = here.path("/-/quotes")
    values = []
    for one in counted:
        is_chosen = one.number == chosen
        wanted = selection.without(name) if is_chosen else selection.having(name, one.number)
        values.append(Value(labels[one.number], one.quotes, address + wanted.query(order), is_chosen))
    more = address + selection.query(order, ("more", name)) if has_more else ""
    return Panel(FACETS[name], tuple(values), more)


async def labels_of(here: Visit, name: str, numbers: list[int]) -> dict[int, str]:
    """Return what to call the values of a facet."""
    facet = FACETS[name]
    if facet.table:
        names = await here.names(facet.table, numbers)
        return {number: names.get(number, f"none ({number})" if number else "none") for number in numbers}
    return {number: facet.text(number) for number in numbers}


async def chosen_labels(
    here: Visit, selection: Selection, order: tuple[str, str] = ("", "")
) -> list[tuple[str, str, str]]:
    """Return what was chosen: title, label, and the query string without it."""
    shown = [("Words", selection.q, "q"), ("Since", selection.since, "since"), ("Until", selection.until, "until")]
    found = [(title, label, selection.without(name).query(order)) for title, label, name in shown if label]
    for name, number in selection.chosen:
        label = (await labels_of(here, name, [number]))[number]
        found.append((FACETS[name].title, label, selection.without(name).query(order)))
    return found
