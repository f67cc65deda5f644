"""A table's CSV, asked for without more ado, has all its rows: Datasette's has those of one page and says nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from .datasette_compat import tilde_decode
from .quotes_databases import is_quotes_database

App = Callable[..., Awaitable[None]]

PAGES = {"_stream", "_size", "_next"}
"""Who says one of these means it."""
SORTS = {"_sort", "_sort_desc"}


def whole_tables(app: App, datasette: Any) -> App:
    """Return an ASGI application in which `quotes.csv` is `quotes.csv?_stream=on` for tables and views
    of databases of quotes."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].endswith(".csv"):
            asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
            if PAGES.isdisjoint(name for name, _ in asked) and await _is_table(scope, datasette):
                scope = scope | {"query_string": urlencode(_all_rows(asked, datasette)).encode()}
        await app(scope, receive, send)

    return wrapped


def _all_rows(asked: list[tuple[str, str]], datasette: Any) -> list[tuple[str, str]]:
    if not datasette.setting("allow_csv_stream"):
        return [*asked, ("_size", "max")]
    # Sorted by what several rows have alike, a stream loses some of them (SQLite takes them in the order of an index).
    return [*(pair for pair in asked if pair[0] not in SORTS), ("_stream", "on")]


async def _is_table(scope: Any, datasette: Any) -> bool:
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    parts = path.removeprefix(datasette.setting("base_url").rstrip("/")).removesuffix(".csv").strip("/").split("/")
    if len(parts) != 2:
        return False
    name, table = map(tilde_decode, parts)
    try:
        database = datasette.get_database(route=name)
    except KeyError:
        return False
    return await is_quotes_database(database) and table in {*await database.table_names(), *await database.view_names()}
