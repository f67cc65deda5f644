"""A table's CSV, asked for without more ado, has all its rows, or its last line says how many it has not.

Datasette's has those of one page, and says nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from .datasette_compat import tilde_decode
from .quotes_databases import is_quotes_database

App = Callable[..., Awaitable[None]]
Pairs = list[tuple[str, str]]

PAGES = {"_stream", "_size", "_next"}
"""Who says one of these means it."""
SORTS = {"_sort", "_sort_desc"}
OF_CSV = {"_labels", "_dl", "_header", "_trace"}
PASSED_ON = (b"cookie", b"authorization")
END = b"\r\n"
"""Of each row, and of nothing else that Datasette sends: what it can't go on with it says in a line without one."""


def whole_tables(app: App, datasette: Any) -> App:
    """Return an ASGI application in which `quotes.csv` is `quotes.csv?_stream=on` for tables and views
    of databases of quotes, and is whole or says that it is not."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].endswith(".csv"):
            asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
            if PAGES.isdisjoint(name for name, _ in asked) and await _is_table(scope, datasette):
                scope = scope | {"query_string": urlencode(_all_rows(asked, datasette)).encode()}
                send = _Told(send, scope, asked, datasette).send
        await app(scope, receive, send)

    return wrapped


@dataclass(slots=True)
class _Told:
    """Sends a CSV on, and after it how many rows are not in it.

    rows (int): That were sent.
    marks (int): Quotation marks in what was sent: where they are odd in number, a cell goes on.
    trouble (str): Why Datasette broke off.
    """

    to: Any
    scope: Any
    asked: Pairs
    datasette: Any
    is_csv: bool = False
    rows: int = 0
    marks: int = 0
    trouble: str = ""

    async def send(self, message: Any) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.is_csv = message["status"] == 200
            self.rows = 0 if dict(self.asked).get("_header") == "off" else -1
        elif self.is_csv:
            body = message.get("body", b"")
            self.marks += body.count(b'"')
            if body and not body.endswith(END) and self.marks % 2 == 0:
                self.trouble, body = body.decode(errors="replace"), b""
            self.rows += body.endswith(END) and self.marks % 2 == 0
            if not message.get("more_body"):
                body += await self._left_out()
            message = message | {"body": body}
        await self.to(message)

    async def _left_out(self) -> bytes:
        limit = self.datasette.setting("max_returned_rows")
        streams = self.datasette.setting("allow_csv_stream")
        if not self.trouble and (streams or self.rows < limit):
            return b""
        every = await _count(self.scope, self.asked, self.datasette)
        if every is not None and every <= self.rows:
            return b""
        left = f"{every - self.rows:,} of {every:,} rows" if every is not None else "Further rows, if there are any,"
        why = self.trouble or f"this server gives {limit:,} at a time"
        line = f"[{left} are left out here: {why}. Narrower filters find fewer.]".replace('"', "'")
        return f'"{line}"'.encode() + END


async def _count(scope: Any, asked: Pairs, datasette: Any) -> int | None:
    """Return how many rows of a table are asked for, None where that takes too long."""
    kept = [pair for pair in asked if pair[0] not in OF_CSV | SORTS]
    path = (
        _path(scope, datasette).removesuffix(".csv")
        + ".json?"
        + urlencode([*kept, ("_size", "0"), ("_extra", "count")])
    )
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"] if name in PASSED_ON}
    answer = await datasette.client.get(path, headers=headers)
    if answer.status_code != 200:
        return None
    found = answer.json()
    count = found.get("count", found.get("filtered_table_rows_count"))
    return None if count is None else int(count)


def _all_rows(asked: Pairs, datasette: Any) -> Pairs:
    if not datasette.setting("allow_csv_stream"):
        return [*asked, ("_size", "max")]
    # Sorted by what several rows have alike, a stream loses some of them (SQLite takes them in the order of an index).
    return [*(pair for pair in asked if pair[0] not in SORTS), ("_stream", "on")]


async def _is_table(scope: Any, datasette: Any) -> bool:
    parts = _path(scope, datasette).removesuffix(".csv").strip("/").split("/")
    if len(parts) != 2:
        return False
    name, table = map(tilde_decode, parts)
    try:
        database = datasette.get_database(route=name)
    except KeyError:
        return False
    return await is_quotes_database(database) and table in {*await database.table_names(), *await database.view_names()}


def _path(scope: Any, datasette: Any) -> str:
    """Return the path of a request below the one that Datasette is served under."""
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    return str(path).removeprefix(datasette.setting("base_url").rstrip("/"))
