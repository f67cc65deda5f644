"""The exceptions that users of the package meet.

    QuotesError
    ├── ReadingError        a source, or one article of it, can't be read
    ├── ExtractionError     the pipeline failed on an article
    ├── DatabaseError       the database is not ours, or too new for this version
    └── DecisionError       a decision about speakers that can't be carried out

Each carries one line for people: what happened, where, and what to do about it.
"""

from __future__ import annotations


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
    """The pipeline failed on an article that was read without fault."""


class DatabaseError(QuotesError):
    """The file is no database of ours, can't be opened, or comes from a newer version."""


class DecisionError(QuotesError):
    """Speakers that can't be merged, split or renamed as was asked for."""


def one_line(error: Exception, source: str) -> str:
    """Return what went wrong with a source in one line, without its name: our own words, else the exception's."""
    words = str(error) if isinstance(error, QuotesError) else f"{type(error).__name__}: {error}"
    return " ".join(words.removeprefix(f"{source}: ").split())
