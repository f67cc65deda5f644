from __future__ import annotations

from sqlite_utils import Database

from quotes.store.migrations import migrations
from quotes.store.sqlite_utils_compat import migration_names


def test_names_are_those_of_a_database_that_has_all_and_of_one_that_has_none(db: Database) -> None:
    names = migration_names(migrations)
    assert names == {migration.name for migration in migrations.applied(db)}
    assert names == {migration.name for migration in migrations.pending(Database(memory=True))}
