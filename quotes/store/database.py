"""Opening the database: made where it is missing, migrated where it is old, refused where it is not ours.

What writes opens it by `open_database` or `writing`; what only reads by `reading`, which works where nothing can be
written.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from ..errors import DAMAGED, DatabaseError, sqlite_words
from .locking import SharedDatabase
from .migrations import BEFORE_RELEASE, migrate, migrations
from .sqlite_utils_compat import migration_names

CACHE = 131_072
"""KiB of pages that are kept in memory. What links a quote to others lies all over the file: with SQLite's 2 MiB one
among 600,000 takes twice the time that it takes among 10,000 (`benchmarks/linking.py`)."""
LOG = 1_000
"""Pages of 4 KiB in the log before they are written to their places: it stays below 6 MB. With 8,000 it has 34 MB, and
writing takes a twelfth less time."""
LARGEST_LOG = 4 * 1024 * LOG
"""Bytes that the file of the log keeps after a transaction that was larger."""
PATIENCE = 10_000
"""Milliseconds to wait for another process that is writing."""
LOOK = 2.0
"""Seconds at most that PRAGMA quick_check looks for damage before something is written."""
_NOT_WRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)


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
    RAISES (DatabaseError): If it is missing and not to be made, is no SQLite file, is damaged, holds
        somebody else's tables, or was written by a newer version of this package.
    """
    in_memory = str(path) == ":memory:"
    connection = sqlite3.connect(":memory:") if in_memory else _connect(Path(path), create)
    try:
        db = SharedDatabase(connection, None if in_memory else Path(path), on_wait)
        # Before anything else: a WAL would stay in the file of somebody else's.
        db.patiently(lambda: _refuse_foreign(db, path))
        db.patiently(lambda: _refuse_damaged(connection, path))
        # For this SQLite does not wait by itself.
        db.patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        connection.execute("PRAGMA synchronous = NORMAL")
        _keep_in_memory(connection)
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
        connection.execute(f"PRAGMA journal_size_limit = {LARGEST_LOG}")
        # Off meanwhile: a migration may put a table in place of one that others refer to.
        connection.execute("PRAGMA foreign_keys = OFF")
        if migrations.pending(db):
            with db.atomic():  # another process may be at it: then nothing is left to do when it has finished
                migrate(db)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DatabaseError(f"{path}: can't be used as a database: {sqlite_words(error)}") from error
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


@contextmanager
def writing(path: Path) -> Iterator[SharedDatabase]:
    """A database that is there, to be written; its log is written back at the end, if that is no error.

    RAISES (DatabaseError): As `open_database` does.
    """
    db = open_database(path, create=False)
    try:
        yield db
    except BaseException:
        db.close()
        raise
    close_database(db)


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """A database that is there, to be read as it is: nothing in it is migrated, nothing need be written.

    RAISES (DatabaseError): If it is missing, no SQLite file, somebody else's, or comes from a newer version; if what
        is read comes from an older one that did not have it.
    """
    try:
        connection = _connect_to_read(path)
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: can't be used as a database: {sqlite_words(error)}") from error
    db = Database(connection)
    try:
        _refuse_foreign(db, path)
        yield db
    except sqlite3.OperationalError as error:
        if "no such" in str(error) and is_old(db):
            raise DatabaseError(f"{path}: comes from an older version; `quotes link` brings it up to date") from error
        raise
    finally:
        db.close()


def is_old(db: Database) -> bool:
    """Return whether the schema of a database lacks something that this version has."""
    return bool(migrations.pending(db))


def is_read_alone(path: Path) -> Literal["immutable", "with its log"] | None:
    """Return how a database is to be read beside which no lock can be laid, None if the usual way works.

    "immutable" if the file holds everything, "with its log" if a part of it stands in the log.
    RAISES (sqlite3.Error): If it can't be read for another reason.
    """
    try:
        with closing(_looked_at(f"{path.resolve().as_uri()}?mode=rw")):
            return None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NOT_WRITABLE:
            raise
    log = path.with_name(f"{path.name}-wal")
    return "with its log" if log.exists() and log.stat().st_size else "immutable"


def _connect_to_read(path: Path) -> sqlite3.Connection:
    _refuse_missing(path)
    alone = is_read_alone(path)
    # Without locks, but for "rw": where we can't write, no writer could be told of us.
    # Not "ro" in its place: such a connection leaves an empty log and its index behind when it is closed.
    way = {None: "mode=rw", "immutable": "mode=ro&immutable=1", "with its log": "mode=ro&vfs=unix-none"}[alone]
    connection = _looked_at(f"{path.resolve().as_uri()}?{way}")
    _keep_in_memory(connection)
    return connection


def _looked_at(uri: str) -> sqlite3.Connection:
    """Return a connection that has read its file, and writes nothing to it."""
    connection = sqlite3.connect(uri, uri=True)
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        connection.execute("PRAGMA query_only = ON")
        if "vfs=unix-none" in uri:
            # The index of the log, which other processes would share, is kept in memory then.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_in_memory(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.execute("PRAGMA temp_store = MEMORY")  # /tmp may be full


def _connect(path: Path, create: bool) -> sqlite3.Connection:
    try:
        if not create or path.is_dir():
            _refuse_missing(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DatabaseError(f"{path}: can't be opened ({reason})") from error


def _refuse_missing(path: Path) -> None:
    if path.is_dir():
        raise DatabaseError(f"{path}: is a folder; name a file, such as {path / 'quotes.db'}")
    if not path.exists():
        raise DatabaseError(f"{path}: no such database; `quotes ingest SOURCE --db {path}` makes one")


def _refuse_foreign(db: Database, path: Path | str) -> None:
    applied = {migration.name for migration in migrations.applied(db)}
    # Alone, the table of migrations is ours: of a first start that was broken off.
    if not applied and set(db.table_names()) - {migrations.migrations_table}:
        raise DatabaseError(f"{path}: holds tables that quotes did not make; name another file with --db")
    if 0 < len(applied & BEFORE_RELEASE) < len(BEFORE_RELEASE):
        raise DatabaseError(f"{path}: comes from a build before the first release; make it anew with `quotes ingest`")
    newer = applied - migration_names(migrations) - BEFORE_RELEASE
    if newer:
        raise DatabaseError(f"{path}: was written by a newer version of quotes; upgrade with pip install -U quotes")


def _refuse_damaged(connection: sqlite3.Connection, path: Path | str) -> None:
    """Look for damage, as far as that goes in a short time: what is written into a damaged file may be lost."""
    clock = threading.Timer(LOOK, connection.interrupt)
    clock.start()
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return
    finally:
        clock.cancel()
        clock.join()
    if found != "ok":
        raise DatabaseError(f"{path}: {DAMAGED}; nothing was written ({' '.join(found.split())})")
