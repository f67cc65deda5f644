"""What is used of sqlite-utils' inside."""

from __future__ import annotations

from sqlite_utils import Migrations


def migration_names(migrations: Migrations) -> set[str]:
    """Return the names of all migrations that are defined; in public they are told of one database only."""
    return {migration.name for migration in migrations._migrations}
