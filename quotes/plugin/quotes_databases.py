"""Telling databases of quotes from all others that Datasette serves."""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

# Columns that the pages read and that, together, nobody else's database has.
FINGERPRINT = (
    ("articles", "agency_id"),
    ("articles", "pipeline"),
    ("quotes", "cue_start"),
    ("quotes", "mention_start"),
    ("quotes", "via_id"),
    ("quotes", "name_id"),
    ("quotes", "decision"),
    ("quote_spans", "quote_id"),
    ("furniture", "article_id"),
    ("speakers", "role"),
    ("speakers", "gender"),
    ("outlets", "kind"),
    ("sayings", "wording_id"),
    ("article_subjects", "subject_id"),
)
RECHECK = 5.0
"""Seconds: an empty database may be filled while it is served."""

_checked: WeakKeyDictionary[Any, tuple[bool, float]] = WeakKeyDictionary()


def remembered(database: Any) -> bool | None:
    """Return what `is_quotes_database` found; None if it has to look (again)."""
    found, checked = _checked.get(database, (False, -RECHECK))
    return found if found or time.monotonic() - checked < RECHECK else None


async def is_quotes_database(database: Any) -> bool:
    """Return whether a Datasette database holds the tables of quotes."""
    found = remembered(database)
    if found is None:
        found = await _has_fingerprint(database)
        _checked[database] = (found, time.monotonic())
    return found


async def _has_fingerprint(database: Any) -> bool:
    tables = sorted({table for table, _ in FINGERPRINT})
    rows = await database.execute(
        "SELECT tables.name, columns.name"
        " FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
        f" WHERE tables.type = 'table' AND tables.name IN ({', '.join('?' * len(tables))})",
        tables,
    )
    return set(FINGERPRINT) <= {tuple(row) for row in rows}
