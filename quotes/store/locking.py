"""Several processes on one database: each waits until the others have written, and sees when the file is gone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from ..errors import DatabaseError

Result = TypeVar("Result")

POLL = 500
"""Milliseconds that SQLite waits for a lock by itself; Python hears of Ctrl-C only in between."""
PAUSE = 0.05
"""Seconds between two tries, where SQLite does not wait by itself."""


class SharedDatabase(Database):
    """A database that other processes write to as well.

    connection (Connection): Of a file, or of memory.
    path (Path | None): The file.
    on_wait (Callable[[float], bool]): Asked while another process is writing, with the seconds that this has waited for
        it: whether to go on waiting.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        on_wait: Callable[[float], bool] = lambda seconds: False,
    ) -> None:
        self.on_wait = on_wait
        self.path = path
        self._file = _identity(path) if path else None
        super().__init__(connection)
        connection.execute(f"PRAGMA busy_timeout = {POLL}")

    @contextmanager
    def atomic(self) -> Iterator[SharedDatabase]:
        """A transaction that may write: what it reads stays as it is until it ends.

        SQLite's plain BEGIN lets another process write between reading and writing, and fails then without waiting.
        RAISES (OperationalError): If another process is writing for longer than `on_wait` would wait.
        RAISES (DatabaseError): If the file was deleted or replaced since it was opened.
        """
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.check_file()
        self.patiently(lambda: self.conn.execute("BEGIN IMMEDIATE"))
        try:
            yield self
            self.conn.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise

    def patiently(self, act: Callable[[], Result]) -> Result:
        """Return what something returns that fails while another process is writing, once none is."""
        started = time.monotonic()
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                if not is_busy(error) or not self.on_wait(time.monotonic() - started):
                    raise
                time.sleep(PAUSE)

    def check_file(self) -> None:
        """See whether the file is the one that was opened: SQLite goes on writing to one that nobody can find any more.

        RAISES (DatabaseError): If it was deleted or replaced.
        """
        if self.path and self._file != _identity(self.path):
            raise DatabaseError(
                f"{self.path}: was deleted or replaced while it was in use; what was written since then is lost"
            )


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether a statement failed because another process is writing, so that it may succeed later."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_BUSY and code != sqlite3.SQLITE_BUSY_SNAPSHOT


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from every other, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
