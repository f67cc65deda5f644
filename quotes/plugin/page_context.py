"""What every page of ours needs: the database and the actor of its request, rows, addresses, and a rendered answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from datasette import Forbidden, NotFound, Response
from jinja2 import Environment

from . import datasette_compat
from .datasette_compat import DatasetteError, QueryInterrupted, tilde_decode
from .permissions import is_private
from .policy import Policy
from .quotes_databases import is_quotes_database
from .review.reviewing import reviewing

NUMBER = re.compile(r"[0-9]{1,18}")  # what fits SQLite's integers, whatever the digits

_environments: WeakKeyDictionary[Any, Environment] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class PageContext:
    """A request for a page of a database, by somebody who may see it.

    private (bool): Whether the anonymous actor may not.
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
        if (environment := _environments.get(self.datasette)) is None:
            environment = datasette_compat.synchronous_environment(self.datasette)
            _environments[self.datasette] = environment
        policy = Policy()
        context |= {"database": self.database.name, "private": self.private, "quotes_header": self.path()}
        context["review"] = reviewing(self.datasette, self.database.name) is not None
        context |= {"policy": policy, "app_css": datasette_compat.app_css(self.datasette)}
        page = await self.datasette.render_template(environment.get_template(template), context, request=self.request)
        return Response.html(page, headers={"Content-Security-Policy": policy.header()})


def whole_number(text: str) -> int | None:
    """Return the number that a part of an address is, None if it is none."""
    return int(text) if NUMBER.fullmatch(text) else None


async def page_context(request: Any, datasette: Any) -> PageContext:
    """Return the context of a request, by the database in its path.

    RAISES (NotFound): If there is no such database, or it is not one of quotes.
    RAISES (Forbidden): If the actor may not see one of the tables that the pages show.
    """
    try:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    if not await is_quotes_database(database):
        raise NotFound("This database holds no articles")
    return PageContext(datasette, request, database, await is_private(datasette, request.actor, database.name))


async def header_address(database: str | None, actor: Any, datasette: Any) -> str | None:
    """Return the address that the header of a page of Datasette's own needs; None where the page has no such header.

    database (str | None): The name of the database that the page is of.
    """
    if database not in datasette_compat.databases(datasette):
        return None
    if not await is_quotes_database(datasette.get_database(database)):
        return None
    try:
        await is_private(datasette, actor, database)
    except Forbidden:
        return None
    return str(datasette.urls.database(database))


async def visible_contexts(request: Any, datasette: Any) -> list[PageContext]:
    """Return a context for each database of quotes that the actor of a request may see."""
    found = []
    for name, database in datasette_compat.databases(datasette).items():
        if await is_quotes_database(database):
            try:
                private = await is_private(datasette, request.actor, name)
            except Forbidden:
                continue
            found.append(PageContext(datasette, request, database, private))
    return found
