"""Tables in SQLite files, opened so that nothing is written to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ....errors import ReadingError
from ...decoding import LARGEST
from ...streams import Given, held, opened
from .table_columns import LARGEST_PAGE, Mapping, Values, choose, recognised, row

Row = tuple[int, Values]

_LIMITS = {"text": LARGEST, "html": LARGEST_PAGE}


def read(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of a table in a SQLite file, with what they hold by field.

    It is the table that the name names, as `news.db#articles`, else the one with a column of
    texts and the most columns that we know.

    RAISES (ReadingError): If it is no database, broken, or has no such table.
    """
    path, table = _parted(given)
    number = 0
    try:
        with closing(_connected(path, source)) as database:
            table = _table(database, table, mapping, source)
            columns = choose(_columns(database, table), mapping, source)
            wanted = {name: _selected(field, name) for field, names in columns.items() for name in names}
            for cells in database.execute(f"SELECT {', '.join(wanted.values())} FROM {_quoted(table)}"):
                number += 1
                yield number, row(columns, dict(zip(wanted, cells, strict=True)).get)
    except sqlite3.Error as error:
        after = f" after row {number:,}" if number else ""
        message = f"broken{after}, encrypted, or no SQLite database ({str(error)[:100]})"
        raise ReadingError(source, message) from error


def _parted(given: Given) -> tuple[Given, str | None]:
    if isinstance(given, Path) and "#" in given.name and not given.exists():
        name, _, table = given.name.rpartition("#")
        if name and table:
            return given.with_name(name), table
    return given, None


def _connected(given: Given, source: str) -> sqlite3.Connection:
    if isinstance(given, Path):
        with opened(given, source):
            pass  # to have the same line said of a file that can't be
        # Immutable: no lock is waited for and none is taken. What a write-ahead log holds would then be missed.
        log = given.with_name(f"{given.name}-wal")
        mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
        database = sqlite3.connect(f"{given.absolute().as_uri()}?{mode}", uri=True, timeout=5)
    else:
        data = held(given, source).getbuffer()
        if not data:
            raise ReadingError(source, "empty, nothing to read")
        if bytes(data[18:20]) == b"\2\2":
            data[18:20] = b"\1\1"  # it says that there is a write-ahead log, which memory has none of
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
    try:
        database.text_factory = lambda data: data.decode("utf-8", "quotes.western")
        # What a stranger wrote into the schema calls no functions that reach outside.
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _table(database: sqlite3.Connection, name: str | None, mapping: Mapping, source: str) -> str:
    found: list[tuple[str, str]] = database.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND coalesce(sql, '') NOT LIKE 'create virtual%' ORDER BY name"
    ).fetchall()
    if name is not None:
        same = [table for table, _ in found if table.casefold() == name.casefold()]
        if not same:
            raise ReadingError(source, f"no table {name!r:.60}; there {_listed([table for table, _ in found])}")
        return same[0]
    # A view is taken when it is named: what it takes to read one can't be known.
    tables = [table for table, kind in found if kind == "table"]
    known = {table: len(fields) for table in tables if (fields := _fields(database, table, mapping))}
    best = [table for table, fields in known.items() if fields == max(known.values())]
    if not best:
        raise ReadingError(source, f"no table has a column that is called as texts are; there {_listed(tables)}")
    if len(best) > 1:
        raise ReadingError(source, f"several tables may hold articles; name one as {source}#{best[0]}: {_listed(best)}")
    return best[0]


def _fields(database: sqlite3.Connection, table: str, mapping: Mapping) -> set[str]:
    """What the columns of a table hold; empty without a text, or without a column of the mapping."""
    names = _columns(database, table)
    forms = {name.casefold() for name in names}
    if not all(name.casefold() in forms for name in mapping.values()):
        return set()
    fields = {*recognised(names), *mapping}
    return fields if {"text", "html"} & fields else set()


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in database.execute(f"PRAGMA table_xinfo({_quoted(table)})")]


def _selected(field: str, column: str) -> str:
    """A column, a value beyond what we take cut off one sign later."""
    name = _quoted(column)
    if limit := _LIMITS.get(field):
        return f"CASE WHEN typeof({name}) IN ('text', 'blob') THEN substr({name}, 1, {limit + 1}) ELSE {name} END"
    return name


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(names: list[str]) -> str:
    if not names:
        return "are none"
    more = f" and {len(names) - 20:,} more" if len(names) > 20 else ""
    return "are " + ", ".join(name[:40] for name in names[:20]) + more
