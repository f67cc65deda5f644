"""Inserting a row, and the time that is written into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlite_utils import Database


def insert(db: Database, table: str, columns: Mapping[str, object]) -> int:
    """Insert a row; return its id."""
    # sqlite-utils' own insert asks for the table's columns at every call: 2.6 s against 1.2 s for 250 articles.
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def now() -> str:
    """Return the time in UTC, as `2025-03-04T05:06:07Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
