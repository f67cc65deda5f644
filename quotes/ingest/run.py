"""From articles to rows: read and written in this process, extracted in worker processes."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from types import FrameType, MappingProxyType
from typing import Any, TypeVar

from sqlite_utils import Database

from .. import pipeline
from ..errors import DatabaseError, ReadingError, is_damage, one_line, sqlite_words
from ..reading import Read, Unchanged
from ..records import Article, Extraction, Failure
from ..store.locking import SharedDatabase
from ..store.writing import Ingest, Writer
from .workers import Extract, Workers, pipeline_extract

Named = TypeVar("Named", Article, Failure)


@dataclass(slots=True)
class Report:
    """How an ingest went.

    new, updated, unchanged (int): Articles.
    quotes (int): Quotes that were written.
    lost, incomplete (int): Articles that were not stored; that were, without what a failed component should find.
    failures (list[Failure]): Why.
    stopped (int): The signal that stopped it, SIGINT or SIGTERM; articles in progress that were ready in time were
        stored, the rest was not read. 0 if it ran to its end.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    quotes: int = 0
    lost: int = 0
    incomplete: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: int = 0

    @property
    def done(self) -> int:
        """All articles that were read, stored or not."""
        return self.new + self.updated + self.unchanged + self.lost


def ingest(
    read: Iterable[Read],
    db: Database,
    *,
    workers: int,
    outlet_given: bool = False,
    force: bool = False,
    options: Mapping[str, object] = MappingProxyType({}),
    advance: Callable[[Report], None] = lambda report: None,
    stopping: Callable[[int], None] = lambda articles: None,
    factory: Callable[[], Extract] = pipeline_extract,
    label: Callable[[str], str] = str,
) -> Report:
    """Extract and store articles in the order they are read, and return how it went.

    read (Iterable[Read]): An error is recorded, and affects nothing else.
    workers (int): Number of worker processes.
    outlet_given (bool): The outlet was named by the user, and overrides what the articles say.
    force (bool): Extract and write articles anew that have not changed.
    options (Mapping): The options of reading; recorded, for a retry of what fails.
    advance (Callable): Called after each article.
    stopping (Callable): Called after an interrupt, with the number of articles that are still being finished.
    factory (Callable): Makes the extractor, in each worker; a module-level function.
    label (Callable): Returns the name of a source in the database.
    After a first SIGINT or SIGTERM the articles in progress are stored if they are ready within seconds, and the report
    says so; a second one is a KeyboardInterrupt.
    RAISES (DatabaseError): If the database can't be written, or no longer exists.
    """
    writer = Writer(db, pipeline.version(), outlet_given=outlet_given, force=force)
    report = Report()
    with database_errors(), _Stop() as stop, stop.ends_waiting(db), Workers(workers, factory) as pool:
        run = Run(writer, Ingest(db, options, writer.pipeline), report, advance, label)
        answers = pool.answers(run.unknown(stop.until(read)), lambda: bool(stop.asked), stopping)
        try:
            with suppress(_Stopped):
                writer.settle_deleted()
                for answer in answers:
                    run.fail(answer) if isinstance(answer, Failure) else run.store(answer)
        finally:
            db.rollback()  # a second Ctrl-C may have come between a statement and its transaction
            with suppress(_Stopped):
                run.record.finish()
        report.stopped = stop.asked
    return report


class Run:
    """The state of one run."""

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
        """Yield the articles that are not in the database; record what could not be read."""
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
        """Write an article with its quotes, or record why the database rejects it."""
        article = extraction.article
        try:
            self._write(extraction)
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            self._store_bare(extraction, f"rejected by the database ({error})")
        except sqlite3.Error:
            raise
        except Exception as error:  # no error may cost the article, or others
            self._store_bare(extraction, one_line(error, article.source))

    def _write(self, extraction: Extraction) -> None:
        article = self._called(extraction.article)
        with self.writer.db.atomic():
            # The same article may have been written a moment ago, by this process or another.
            outcome = None if self.writer.known(article) else self.writer.write(replace(extraction, article=article))
            if outcome:
                self.record.wrote(len(extraction.quotes))
            self.record.read(article.source)
            if outcome and extraction.failures:
                failures = map(self._called, extraction.failures)
                self.record.fail(*failures, article_id=self.writer.id_of(article))
        self.report.new += outcome == "new"
        self.report.updated += outcome == "updated"
        self.report.unchanged += outcome is None
        if outcome:
            self.report.quotes += len(extraction.quotes)
            self.report.incomplete += bool(extraction.failures)
            self.report.failures += extraction.failures
        self._advance()

    def _store_bare(self, extraction: Extraction, error: str) -> None:
        """Write an article without the quotes that can't be stored; if its text can't be either, record that."""
        failure = Failure(extraction.article.source, "store", error)
        if not (extraction.quotes or extraction.topics or extraction.subjects):
            self.fail(failure)
        else:
            self.store(Extraction(extraction.article, (), failures=(*extraction.failures, failure)))

    def _known(self, article: Article) -> bool:
        article = self._called(article)
        known = self.writer.known(article)
        if known:
            self.report.unchanged += 1
            self.record.read(article.source)
        return known

    def fail(self, failure: Failure) -> None:
        """Record a failure; the report has the source as the user named it."""
        self.report.lost += 1
        self.report.failures.append(failure)
        self.record.fail(self._called(failure))
        self._advance()

    def _called(self, one: Named) -> Named:
        """Return an article or a failure with the name of its source in the database."""
        source = self.label(one.source)
        if isinstance(one, Failure):
            return replace(one, source=source, error=one.error.replace(one.source, source))
        return replace(one, source=source)

    def _advance(self) -> None:
        self.advance(self.report)


class _Stopped(KeyboardInterrupt):
    """Interrupted while waiting for another process."""


class _Stop:
    """Handler of SIGINT and SIGTERM: reading breaks off at once, articles in progress are finished.

    asked (int): The signal received, 0 if none.
    """

    def __init__(self) -> None:
        self.asked = 0
        self._reading = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Stop:
        """Install the handlers, if this is the main thread."""
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._hear) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *error: object) -> None:
        """Restore the previous handlers."""
        for number, before in self._before.items():
            signal.signal(number, before)

    @contextmanager
    def ends_waiting(self, db: Database) -> Iterator[None]:
        """End waiting for another writer when interrupted."""
        if not isinstance(db, SharedDatabase):
            yield
            return
        before = db.on_wait

        def on_wait(seconds: float) -> bool:
            if self.asked:
                raise _Stopped
            return before(seconds)

        db.on_wait = on_wait
        try:
            yield
        finally:
            db.on_wait = before

    def until(self, read: Iterable[Read]) -> Iterator[Read]:
        """Yield what is read until interrupted."""
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
        again, self.asked = bool(self.asked), self.asked or signal_number
        if again or self._reading:
            raise KeyboardInterrupt


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn SQLite's errors on writing into a DatabaseError."""
    try:
        yield
    except sqlite3.Error as error:
        safe = "" if is_damage(error) else "; articles stored before are safe"
        raise DatabaseError(f"the database can't be written: {sqlite_words(error)}{safe}") from error
