"""Opening the database: made where it is missing, migrated where it is old, refused where it is not ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from ..errors import DatabaseError
from .locking import SharedDatabase
from .schema import BEFORE_RELEASE, migrate, migrations

CACHE = 131_072
"""KiB of pages that are kept in memory. What links a quote to others lies all over the file: with SQLite's 2 MiB one
among 600,000 takes twice the time that it takes among 10,000 (`benchmarks/linking.py`)."""
LOG = 8_000
"""Pages of 4 KiB in the log before they are written to their places, those that changed often but once."""
PATIENCE = 10_000
"""Milliseconds to wait for another process that is writing."""


def _patience(seconds: float) -> bool:
    return seconds * 1000 < PATIENCE


def open_database(
    path: Path | str, *, create: bool = True, on_wait: Callable[[float], bool] = _patience
) -> SharedDatabase:
    """Return the database at `path`, its schema up to date and foreign keys on.

    path (Path | str): A file, or ":memory:".
    create (bool): Make it, and the folders it lies in, if it is not there.
    on_wait (Callable[[float], bool]): Asked while another process is writing, with the seconds that have been waited
        so far: whether to go on. By default for `PATIENCE`.
    RAISES (DatabaseError): If it is missing and not to be made, is no SQLite file, holds
        somebody else's tables, or was written by a newer version of this package.
    """
    in_memory = str(path) == ":memory:"
    connection = sqlite3.connect(":memory:") if in_memory else _connect(Path(path), create)
    try:
        db = SharedDatabase(connection, None if in_memory else Path(path), on_wait)
        # Before anything else: a WAL would stay in the file of somebody else's.
        db.patiently(lambda: _refuse_foreign(db, path))
        # For this SQLite does not wait by itself.
        db.patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
        # Off meanwhile: a migration may put a table in place of one that others refer to.
        connection.execute("PRAGMA foreign_keys = OFF")
        if migrations.pending(db):
            with db.atomic():  # another process may be at it: then nothing is left to do when it has finished
                migrate(db)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DatabaseError(f"{path}: can't be used as a database ({error})") from error
    except BaseException:
        connection.close()
        raise
    return db


def close_database(db: Database) -> None:
    """Write the log back into the file and close it: Datasette's `-i` fails on a file with a log."""
    with suppress(sqlite3.DatabaseError):  # another process writes, or the file can't be written: it stays as it is
        db.execute("PRAGMA optimize")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _connect(path: Path, create: bool) -> sqlite3.Connection:
    try:
        if path.is_dir():
            raise DatabaseError(f"{path}: is a folder; name a file, such as {path / 'quotes.db'}")
        if not path.exists():
            if not create:
                raise DatabaseError(f"{path}: no such database; `quotes ingest SOURCE --db {path}` makes one")
            path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DatabaseError(f"{path}: can't be opened ({reason})") from error


def _refuse_foreign(db: Database, path: Path | str) -> None:
    applied = {migration.name for migration in migrations.applied(db)}
    # Alone, the table of migrations is ours: of a first start that was broken off.
    if not applied and set(db.table_names()) - {migrations.migrations_table}:
        raise DatabaseError(f"{path}: holds tables that quotes did not make; name another file with --db")
    newer = applied - {migration.name for migration in migrations._migrations} - BEFORE_RELEASE
    if newer:
        raise DatabaseError(f"{path}: was written by a newer version of quotes; upgrade with pip install -U quotes")
