"""The quotes as cards, chosen by facets, days and words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...lexicon.full_text import fts_query
from ..counts.counting import Counted, facet, matching
from ..counts.facets import FACETS, Facet
from ..counts.quote_columns import Columns, Ints, columns_of
from ..counts.selection import SORTS, Selection, selection_of
from ..page_context import PageContext, page_context, whole_number
from .cards import cards

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
    """A facet with the values that most quotes have; `more` shows more of them, "" if there are none.

    cut_at (int): How many are shown if there are more than can be, else 0.
    """

    facet: Facet
    values: tuple[Value, ...]
    more: str
    cut_at: int


async def quotes_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    columns = await columns_of(context.database)
    selection, invalid = selection_of(request.args.get)
    sort = request.args.get("sort") or "newest"
    sort = sort if sort in SORTS else "newest"
    more = request.args.get("more") or ""
    found, is_cut = await search(context, columns, selection.q)
    places = in_order(columns, matching(columns, selection, found), sort)
    last = max(1, -(-len(places) // EACH))
    page = max(1, min(whole_number(request.args.get("page") or "") or 1, last))
    shown = places[(page - 1) * EACH :][:EACH]
    order = ("sort", sort if sort != "newest" else "")
    address = context.path("/-/quotes")
    most = {name: MORE_VALUES if name == more else VALUES for name in FACETS}
    counted = {name: facet(columns, selection, name, most[name] + 1, found) for name in FACETS}
    shown_cards, labels = await asyncio.gather(
        cards(context, columns.id[shown].tolist()),
        labels_of(context, selection, {name: [one.number for one in counted[name]] for name in FACETS}),
    )
    table = selection.table_query()
    return await context.answer(
        "quotes_cards.html",
        selection=selection,
        invalid=invalid,
        is_cut=is_cut,
        found=FOUND,
        total=len(places),
        cards=shown_cards,
        panels=[
            panel(address, selection, name, counted[name], most[name], len(places), labels[name], order)
            for name in FACETS
        ],
        chosen=chosen_labels(selection, labels, order),
        order=order,
        more=more if more in FACETS else "",
        sort=sort,
        sorts=SORTS,
        page=page,
        last=last,
        address=address,
        **({} if table is None else context.table(table)),
        feed=f"{context.path('/-/quotes.atom')}{selection.query()}",
    )


async def search(context: PageContext, columns: Columns, words: str) -> tuple[Ints | None, bool]:
    """Return the places of quotes with all these words, None for no words; and whether there are more."""
    if not words:
        return None, False
    query = fts_query(words)
    ids = json.loads((await context.rows(SEARCH, [query]))[0][0]) if query else []
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


def panel(
    address: str,
    selection: Selection,
    name: str,
    counted: list[Counted],
    most: int,
    total: int,
    labels: dict[int, str],
    order: tuple[str, str],
) -> Panel:
    """Return a facet under what was chosen of others.

    counted (list[Counted]): Its values, one more than are shown if there are more.
    total (int): Quotes of the selection.
    order (tuple[str, str]): The parameter that links are to keep.
    """
    has_more = len(counted) > most
    counted = counted[:most]
    chosen = dict(selection.chosen).get(name)
    if chosen is not None and all(one.number != chosen for one in counted):
        counted = [*counted, Counted(chosen, total, 0.0)]
    values = []
    for one in counted:
        is_chosen = one.number == chosen
        wanted = selection.without(name) if is_chosen else selection.having(name, one.number)
        values.append(Value(labels[one.number], one.quotes, address + wanted.query(order), is_chosen))
    can_more = most < MORE_VALUES
    more = address + selection.query(order, ("more", name)) if has_more and can_more else ""
    return Panel(FACETS[name], tuple(values), more, most if has_more and not can_more else 0)


async def labels_of(
    context: PageContext, selection: Selection, others: Mapping[str, Iterable[int]]
) -> dict[str, dict[int, str]]:
    """Return what to call the values of facets: those that are chosen, and others.

    others (Mapping[str, Iterable[int]]): By facet.
    """
    wanted = {name: set(others.get(name, ())) for name in FACETS}
    for name, number in selection.chosen:
        wanted[name].add(number)
    ids: dict[str, set[int]] = {}
    for name, some in wanted.items():
        if table := FACETS[name].table:
            ids.setdefault(table, set()).update(some)
    names = await context.names(**ids)
    return {
        name: {number: _label(FACETS[name], number, names.get(FACETS[name].table, {})) for number in wanted[name]}
        for name in FACETS
    }


def _label(facet: Facet, number: int, names: dict[int, str]) -> str:
    if facet.table:
        return names.get(number, f"none ({number})" if number else "none")
    return facet.text(number)


def chosen_labels(
    selection: Selection, labels: Mapping[str, Mapping[int, str]], order: tuple[str, str] = ("", "")
) -> list[tuple[str, str, str]]:
    """Return what was chosen: title, label, and the query string without it.

    labels (Mapping[str, Mapping[int, str]]): As `labels_of` returns them.
    """
    shown = [("Words", selection.q, "q"), ("Since", selection.since, "since"), ("Until", selection.until, "until")]
    shown += [(FACETS[name].title, labels[name][number], name) for name, number in selection.chosen]
    return [(title, label, selection.without(name).query(order)) for title, label, name in shown if label]
