"""The exceptions that users of the package meet.

    QuotesError
    ├── ReadingError        a source, or one article of it, can't be read
    ├── ExtractionError     a component of the pipeline failed on an article
    ├── ModelError          the trained weights are missing or broken
    ├── DatabaseError       the database is not ours, too new for this version, or damaged
    ├── DecisionError       a decision about speakers that can't be carried out
    ├── RemovalError        articles to be removed that are not there
    └── ExportError         what can't be written as it was asked for

Each carries one line for people: what happened, where, and what to do about it.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .records import Extraction

_BUSY = "another process is writing to it; try again when that has ended"
DAMAGED = "it is damaged; `quotes check` says where, a copy from before has what is lost"
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: "it can't be written; look at the permissions of the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk fails, or is full",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; look at the permissions of the file and its folder",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class QuotesError(Exception):
    """Base of all errors that this package raises on purpose."""


class ReadingError(QuotesError):
    """A source, or one article of it, can't be read.

    source (str): The path, URL or `-` that was asked for.
    """

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str]]:
        """Come out of another process as it went in."""
        return type(self), (self.source, self.message)


class ExtractionError(QuotesError):
    """A component of the pipeline failed on an article that was read without fault.

    extraction (Extraction): What the other components found, with the failures.
    """

    def __init__(self, extraction: Extraction) -> None:
        failure, *more = extraction.failures
        also = f"; {', '.join(other.stage for other in more)} failed too" if more else ""
        super().__init__(f"{failure.source}: {failure.error}{also}")
        self.extraction = extraction

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[Extraction]]:
        return type(self), (self.extraction,)


class ModelError(QuotesError):
    """The trained weights are missing or broken."""


class DatabaseError(QuotesError):
    """The file is no database of ours, can't be opened, is damaged, or comes from a newer version."""


class DecisionError(QuotesError):
    """Speakers that can't be merged, split or renamed as was asked for."""


class RemovalError(QuotesError):
    """Articles that are to be removed are not there."""


class ExportError(QuotesError):
    """What can't be written as it was asked for: nobody is called so, a library is missing, a file is in the way."""


def one_line(error: Exception, source: str) -> str:
    """Return what went wrong with a source in one line, without its name: our own words, else the exception's."""
    words = str(error) if isinstance(error, QuotesError) else f"{type(error).__name__}: {error}"
    return " ".join(words.removeprefix(f"{source}: ").split())


def sqlite_words(error: sqlite3.Error) -> str:
    """Return what SQLite says of a database in one line, with what to do about it where that is known."""
    advice = _SQLITE.get(_primary_code(error))
    return f"{advice} ({error})" if advice else " ".join(str(error).split())


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether SQLite found the file damaged."""
    return _primary_code(error) in _DAMAGE


def os_words(error: OSError) -> str:
    """Return what the system says in one line: of which file, if it tells."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {reason}"
    # What has no name of its own is standard output: files and addresses are told where they are read.
    is_output = error.errno in (errno.ENOSPC, errno.EBADF, errno.EIO)
    return f"the output can't be written ({reason})" if is_output else reason


def _primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, the low byte of the extended one; 0 if the error is of Python's module."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
