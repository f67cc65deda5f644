"""The migrations that make a database, and bring an old one up to date; sqlite-utils applies them in order.

A change to the schema is a new migration at the end, and the same change in `schema.sql`, which is what they add up to.
One that has been released is never edited, and takes nothing from elsewhere that may change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations

migrations = Migrations("quotes")

BEFORE_RELEASE = frozenset(
    {
        "m001_tables_and_views", "m002_changes_and_retries", "m003_linking", "m004_pages", "m005_weeks",
        "m006_early_builds", "m007_failed_components", "m008_removal", "m009_other_spellings",
        "m010_topics_as_written", "m011_gender",
    }
)  # fmt: skip
"""Those of builds before the first release; all together they made what `m001_schema` makes."""


@migrations()
def m001_schema(db: Database) -> None:
    """Lay all tables, indexes, full-text search, triggers and views."""
    for statement in statements(schema_sql()):
        db.execute(statement)


def schema_sql() -> str:
    """Return the schema as SQL statements that can be read and run."""
    return files("quotes.store").joinpath("schema.sql").read_text(encoding="utf-8")


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would end the transaction that it runs in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def migrate(db: Database) -> None:
    """Apply the migrations that a database lacks; for a transaction."""
    if {migration.name for migration in migrations.applied(db)} >= BEFORE_RELEASE:
        _take_for_the_first(db)
    migrations.apply(db)


def _take_for_the_first(db: Database) -> None:
    """Note in place of the migrations before the first release the one that does the same."""
    table = migrations.migrations_table
    db.execute(
        f"UPDATE {table} SET name = ? WHERE migration_set = ? AND name = ?",
        ["m001_schema", migrations.name, max(BEFORE_RELEASE)],
    )
    names = sorted(BEFORE_RELEASE)
    marks = ", ".join("?" * len(names))
    db.execute(f"DELETE FROM {table} WHERE migration_set = ? AND name IN ({marks})", [migrations.name, *names])
