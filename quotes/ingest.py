"""From articles to rows: reading, pipeline, linking, store; read and written here, extracted in other processes."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType, MappingProxyType

from sqlite_utils import Database

from . import pipeline
from .errors import DatabaseError, ReadingError, one_line
from .reading import Read, Unchanged
from .records import Article, Extraction, Failure
from .store.writing import Ingest, Writer
from .workers import Extract, Workers, pipeline_extract


@dataclass(slots=True)
class Report:
    """How an ingest went.

    new, updated, unchanged (int): Articles.
    quotes (int): Quotes that were written.
    failures (list[Failure]): What did not go in.
    stopped (bool): Ctrl-C came; what was in hand went in, the rest was not read.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quotes: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False

    @property
    def done(self) -> int:
        """All that was read, gone in or not."""
        return self.new + self.updated + self.unchanged + len(self.failures)


def ingest(
    read: Iterable[Read],
    db: Database,
    *,
    workers: int,
    outlet_given: bool = False,
    options: Mapping[str, object] = MappingProxyType({}),
    advance: Callable[[Report], None] = lambda report: None,
    factory: Callable[[], Extract] = pipeline_extract,
    label: Callable[[str], str] = str,
) -> Report:
    """Extract and store articles in the order they are read, and return how it went.

    read (Iterable[Read]): An error is recorded, and costs nothing else.
    workers (int): Processes that extract.
    outlet_given (bool): The outlet of the articles was named by hand, over what they say.
    options (Mapping): How the articles were asked for; recorded, to ask again for what fails.
    advance (Callable): Called after each article.
    factory (Callable): Makes what extracts, in each worker; a function of a module.
    label (Callable): Returns how a source is called in the database.
    After a first Ctrl-C what is in hand goes in, and the report says so; a second is a KeyboardInterrupt.
    RAISES (DatabaseError): If the database can't be written.
    """
    writer = Writer(db, pipeline.version(), outlet_given=outlet_given)
    report = Report()
    with _database_errors(), Workers(workers, factory) as pool, _Stop() as stop:
        run = _Run(writer, Ingest(db, options), report, advance, label)
        try:
            for answer in pool.answers(run.unknown(stop.until(read))):
                run.fail(answer) if isinstance(answer, Failure) else run.store(answer)
        finally:
            db.rollback()  # a second Ctrl-C may have come between a statement and its transaction
            run.record.finish()
        report.stopped = stop.asked
    return report


class _Run:
    """One run: what it writes with, and what it has counted."""

    def __init__(
        self,
        writer: Writer,
        record: Ingest,
        report: Report,
        advance: Callable[[Report], None],
        label: Callable[[str], str],
    ) -> None:
        self.writer, self.record, self.report, self.advance, self.label = writer, record, report, advance, label

    def unknown(self, read: Iterable[Read]) -> Iterator[Article]:
        """Yield the articles that the database lacks; record what could not be read."""
        for article in read:
            if isinstance(article, ReadingError):
                self.fail(Failure(article.source, "read", article.message))
            elif isinstance(article, Unchanged):
                self.report.unchanged += 1
                self._advance()
            elif self._known(article):
                self._advance()
            else:
                yield article

    def store(self, extraction: Extraction) -> None:
        """Write an article with what was said in it, or record why the database refuses it."""
        article = extraction.article
        if self._known(article):  # the same article came a moment ago
            self._advance()
            return
        try:
            with self.writer.db.atomic():
                source = self.label(article.source)
                outcome = self.writer.write(replace(extraction, article=replace(article, source=source)))
                self.record.wrote(len(extraction.quotes))
                self.record.read(source)
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            self.fail(Failure(article.source, "store", f"the database refuses it ({error})"))
            return
        except sqlite3.Error:
            raise
        except Exception as error:  # whatever it is, it is no reason to lose the other articles
            self.fail(Failure(article.source, "store", one_line(error, article.source)))
            return
        self.report.new += outcome == "new"
        self.report.updated += outcome == "updated"
        self.report.quotes += len(extraction.quotes)
        self._advance()

    def _known(self, article: Article) -> bool:
        known = self.writer.known(article)
        if known:
            self.report.unchanged += 1
            self.record.read(self.label(article.source))
        return known

    def fail(self, failure: Failure) -> None:
        """Record what did not go in; it is reported as it was named."""
        self.report.failures.append(failure)
        source = self.label(failure.source)
        self.record.fail(replace(failure, source=source, error=failure.error.replace(failure.source, source)))
        self._advance()

    def _advance(self) -> None:
        self.advance(self.report)


class _Stop:
    """Ctrl-C, told in time: while something is read it breaks off at once, else what is in hand is finished."""

    def __init__(self) -> None:
        self.asked = False
        self._reading = False
        self._before: object = None

    def __enter__(self) -> _Stop:
        """Listen, where signals can be."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *error: object) -> None:
        """Listen no more."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]

    def until(self, read: Iterable[Read]) -> Iterator[Read]:
        """Yield what is read until a stop is asked for."""
        articles = iter(read)
        while not self.asked:
            try:
                self._reading = True
                article = next(articles, None)
            except KeyboardInterrupt:
                break
            finally:
                self._reading = False
            if article is None:
                break
            yield article

    def _hear(self, signal_number: int, frame: FrameType | None) -> None:
        if self.asked or self._reading:
            self.asked = True
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def _database_errors() -> Iterator[None]:
    """Turn what SQLite says of a file that it can't write into our error."""
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseError(f"the database can't be written ({error}); what went in before is safe in it") from error
