"""Telling our databases from all others that a Datasette may serve."""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

# Columns that the article page reads and that, together, nobody else's database has.
FINGERPRINT = (
    ("articles", "agency_id"),
    ("articles", "pipeline"),
    ("quotes", "cue_start"),
    ("quotes", "mention_start"),
    ("quotes", "via_id"),
    ("quote_spans", "quote_id"),
    ("furniture", "article_id"),
    ("speakers", "role"),
    ("outlets", "kind"),
)
ASK_AGAIN = 5.0  # seconds: a database that is not ours may become so while it is served

_known: WeakKeyDictionary[Any, tuple[bool, float]] = WeakKeyDictionary()


async def is_ours(database: Any) -> bool:
    """Return whether a Datasette database holds our tables. Asked for every cell, so remembered."""
    ours, asked = _known.get(database, (False, -ASK_AGAIN))
    if not ours and time.monotonic() - asked >= ASK_AGAIN:
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
