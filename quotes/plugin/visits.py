"""A visit to a page of ours: telling our databases from all others, what the visitor may see, asking and answering."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from typing import Any, Literal
from weakref import WeakKeyDictionary

from datasette import Forbidden, NotFound, Response
from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode
from datasette.views.base import DatasetteError
from jinja2 import Environment, Template

from .policy import Policy

# Columns that the pages read and that, together, nobody else's database has.
FINGERPRINT = (
    ("articles", "agency_id"),
    ("articles", "pipeline"),
    ("quotes", "cue_start"),
    ("quotes", "mention_start"),
    ("quotes", "via_id"),
    ("quotes", "name_id"),
    ("quote_spans", "quote_id"),
    ("furniture", "article_id"),
    ("speakers", "role"),
    ("speakers", "gender"),
    ("outlets", "kind"),
    ("wordings", "speakers"),
    ("article_subjects", "subject_id"),
)
TABLES = (
    "articles", "article_groups", "article_subjects", "article_topics", "furniture", "outlets", "quotes", "quote_spans",
    "speaker_names", "speakers", "subjects", "topics", "wordings",
)  # fmt: skip
"""What the pages show: who may not see one of them may see no page."""
ASK_AGAIN = 5.0  # seconds: a database that is not ours may become so while it is served, permissions may change
NUMBER = re.compile(r"[0-9]{1,18}")  # what fits SQLite's integers, whatever the digits
MOST_VISITORS = 1_000

Verdict = Literal["hidden", "private", "public"]

_pages: WeakKeyDictionary[Any, Environment] = WeakKeyDictionary()
_known: WeakKeyDictionary[Any, tuple[bool, float]] = WeakKeyDictionary()


def known(database: Any) -> bool | None:
    """Return whether a Datasette database holds our tables, as `is_ours` found; None if it has to look (again)."""
    ours, asked = _known.get(database, (False, -ASK_AGAIN))
    return ours if ours or time.monotonic() - asked < ASK_AGAIN else None


async def is_ours(database: Any) -> bool:
    """Return whether a Datasette database holds our tables."""
    ours = known(database)
    if ours is None:
        ours = await _has_columns(database)
        _known[database] = (ours, time.monotonic())
    return ours


async def _has_columns(database: Any) -> bool:
    tables = sorted({table for table, _ in FINGERPRINT})
    rows = await database.execute(
        "SELECT tables.name, columns.name"
        " FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
        f" WHERE tables.type = 'table' AND tables.name IN ({', '.join('?' * len(tables))})",
        tables,
    )
    return set(FINGERPRINT) <= {tuple(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who may see the pages of a database asks for one.

    private (bool): Others may not.
    """

    datasette: Any
    request: Any
    database: Any
    private: bool

    async def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return the rows of a query, all of them.

        RAISES (DatasetteError): If it takes longer than Datasette's limit.
        """
        try:
            return list((await self.database.execute(sql, parameters, truncate=False)).rows)
        except QueryInterrupted:
            limit = self.datasette.setting("sql_time_limit_ms")
            message = f"This takes longer than {limit} ms. Narrow it, or raise sql_time_limit_ms (`quotes serve` does)."
            raise DatasetteError(message, title="Too slow", status=503) from None

    async def row(self, sql: str, name: str) -> Any:
        """Return the row that the path gives the number of.

        sql (str): Asks for it by number.
        name (str): Of the part of the path.
        RAISES (NotFound): If there is none.
        """
        text = self.request.url_vars[name]
        number = whole_number(text)
        found = await self.rows(sql, [number]) if number is not None else []
        if not found:
            raise NotFound(f"There is no {name} {text[:40]} here")
        return found[0]

    async def names(self, **numbers: Iterable[int]) -> dict[str, dict[int, str]]:
        """Return the names of rows by table and id.

        numbers (Iterable[int]): Ids, by table.
        """
        one = "SELECT '{table}', id, name FROM {table} WHERE id IN (SELECT value FROM json_each(:{table}))"
        sql = " UNION ALL ".join(one.format(table=table) for table in numbers)
        wanted = {table: json.dumps(sorted(set(some))) for table, some in numbers.items()}
        found: dict[str, dict[int, str]] = {table: {} for table in numbers}
        for table, number, name in await self.rows(sql, wanted):
            found[table][number] = name
        return found

    def path(self, rest: str = "") -> str:
        """Return the address of a page of this database."""
        return str(self.datasette.urls.database(self.database.name)) + rest

    def table(self, query: str = "") -> dict[str, str]:
        """Return the addresses of Datasette's table of quotes, filtered: as a page, as JSON by the thousand, as CSV."""
        page = self.path("/quotes")
        more = f"{query}&" if query else ""
        stream = "&_stream=on" if self.datasette.setting("allow_csv_stream") else ""
        return {
            "table": f"{page}?{query}" if query else page,
            "as_json": f"{page}.json?{more}_size=max",
            "as_csv": f"{page}.csv?{more}_labels=on{stream}",
        }

    async def answer(self, template: str, **context: Any) -> Any:
        """Return a page."""
        if (pages := _pages.get(self.datasette)) is None:
            pages = self.datasette.jinja_env.overlay(enable_async=False)
            pages.template_class = DrawnAtOnce
            _pages[self.datasette] = pages
        policy = Policy()
        context |= {"database": self.database.name, "private": self.private, "home": self.path("/-/home")}
        context |= {"policy": policy}
        page = await self.datasette.render_template(pages.get_template(template), context, request=self.request)
        return Response.html(page, headers={"Content-Security-Policy": policy.header()})


class DrawnAtOnce(Template):
    """A template that awaits nothing. In Datasette's environment each call and piece does: it takes twice the time."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        """Return what `render` does, with the links of the menu, which only awaiting gives.

        If other plugins bring functions that are to be awaited, Datasette's environment draws the page.
        """
        context = dict(*args, **kwargs)
        awaited = {name for name, value in context.items() if iscoroutinefunction(value)}
        if awaited - {"menu_links", "crumb_items"}:
            of_datasette = self.environment.linked_to
            assert of_datasette is not None and self.name is not None
            return await of_datasette.get_template(self.name).render_async(context)
        links = await context["menu_links"]()
        return self.render(context, menu_links=lambda: links)


def whole_number(text: str) -> int | None:
    """Return the number that a part of an address is, None if it is none."""
    return int(text) if NUMBER.fullmatch(text) else None


async def visit(request: Any, datasette: Any) -> Visit:
    """Return the visit that a request is, by the database in its path.

    RAISES (NotFound): If there is no such database, or it is not ours.
    RAISES (Forbidden): If the visitor may not see one of the tables that the pages show.
    """
    try:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    if not await is_ours(database):
        raise NotFound("This database holds no articles")
    return Visit(datasette, request, database, await _is_private(datasette, request.actor, database.name))


async def homes(request: Any, datasette: Any) -> list[Visit]:
    """Return visits to all databases of ours that this visitor may see."""
    found = []
    for name, database in datasette.databases.items():
        if name != "_internal" and await is_ours(database):
            try:
                private = await _is_private(datasette, request.actor, name)
            except Forbidden:
                continue
            found.append(Visit(datasette, request, database, private))
    return found


@dataclass(slots=True)
class _Visitor:
    """What somebody may see of a database, asked once for all requests that come at the same time."""

    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: float = -ASK_AGAIN
    verdict: Verdict = "hidden"


_visitors: WeakKeyDictionary[Any, dict[tuple[str, str], _Visitor]] = WeakKeyDictionary()


async def _is_private(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether the pages are hidden from the anonymous visitor. Remembered for some seconds.

    RAISES (Forbidden): If the visitor may not see all the tables: the pages join them.
    """
    # Datasette copies all metadata for each question: 30 ms in all, more than the rest of a page.
    visitors = _visitors.setdefault(datasette, {})
    key = (json.dumps(actor, sort_keys=True, default=str), database)
    if key not in visitors and len(visitors) >= MOST_VISITORS:
        visitors.clear()
    visitor = visitors.setdefault(key, _Visitor())
    async with visitor.asking:
        if time.monotonic() - visitor.asked >= ASK_AGAIN:
            visitor.verdict = await _verdict(datasette, actor, database)
            visitor.asked = time.monotonic()
    if visitor.verdict == "hidden":
        raise Forbidden("You do not have permission to view this page")
    return visitor.verdict == "private"


async def _verdict(datasette: Any, actor: Any, database: str) -> Verdict:
    if not await _may_see(datasette, actor, database):
        return "hidden"
    return "public" if actor is None or await _may_see(datasette, None, database) else "private"


async def _may_see(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether somebody may see all tables. Where none is allowed or denied by itself, the database decides."""
    own = [await datasette.permission_allowed(actor, "view-table", (database, table), default=None) for table in TABLES]
    if None not in own:
        return all(own)
    visible, _ = await datasette.check_visibility(actor, permissions=[("view-database", database), "view-instance"])
    return visible and False not in own
