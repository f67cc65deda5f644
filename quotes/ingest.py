"""From sources to rows: reading, pipeline, linking, store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlite_utils import Database

from . import pipeline
from .errors import DatabaseError, QuotesError
from .reading import Found, read_article
from .records import Failure
from .store.writing import Ingest, Writer

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 100
"""Articles that share one memory zone of spaCy's: enough to be fast, few enough to stay flat."""


@dataclass(slots=True)
class Report:
    """How an ingest went.

    new, updated, unchanged (int): Articles.
    quotes (int): Quotes that were written.
    failures (list[Failure]): What did not go in.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quotes: int = 0
    failures: list[Failure] = field(default_factory=list)


def ingest(
    found: Iterable[Found],
    db: Database,
    *,
    outlet: str | None = None,
    advance: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Read, extract and store each of the files, and return how it went.

    outlet (str | None): Who printed them, over what the files say.
    advance (Callable): Called after each file.
    What fails is recorded in the database and costs nothing else.
    RAISES (DatabaseError): If the database can't be written.
    """
    nlp = pipeline.build()
    writer = Writer(db, pipeline.version(nlp), outlet_given=outlet is not None)
    report = Report()
    files = iter(found)
    with _one_line():
        run = Ingest(db)
        try:
            while batch := list(islice(files, BATCH)):
                with nlp.memory_zone():
                    for file in batch:
                        failure = _ingest_one(file, nlp, writer, run, outlet, report)
                        if failure:
                            report.failures.append(failure)
                            run.fail(failure)
                        advance(report)
        finally:
            db.rollback()  # Ctrl-C may have come between a statement and its transaction
            run.finish()
    return report


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn what SQLite says of a file that it can't write into our error."""
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseError(f"the database can't be written ({error}); what went in before is safe in it") from error


def _ingest_one(
    file: Found, nlp: Language, writer: Writer, run: Ingest, outlet: str | None, report: Report
) -> Failure | None:
    stage: Literal["read", "extract", "store"] = "read"
    try:
        article = read_article(file, outlet)
        if writer.known(article):
            report.unchanged += 1
            return None
        stage = "extract"
        extraction = pipeline.extract(nlp, article)
        stage = "store"
        with writer.db.atomic():
            outcome = writer.write(extraction)
            run.wrote(len(extraction.quotes))
    except (sqlite3.IntegrityError, sqlite3.DataError) as error:
        return Failure(file.source, stage, f"the database refuses it ({error})")
    except sqlite3.Error:
        raise
    except Exception as error:  # whatever it is, it is no reason to lose the other articles
        return Failure(file.source, stage, one_line(error, file.source))
    report.new += outcome == "new"
    report.updated += outcome == "updated"
    report.quotes += len(extraction.quotes)
    return None


def one_line(error: Exception, source: str) -> str:
    """Return what went wrong with a source in one line, without its name: our own words, else the exception's."""
    words = str(error) if isinstance(error, QuotesError) else f"{type(error).__name__}: {error}"
    return " ".join(words.removeprefix(f"{source}: ").split())
