"""From articles to rows: reading, pipeline, linking, store; read and written here, extracted in other processes."""

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
    lost, incomplete (int): Articles that did not go in; that did, without what a component that failed should find.
    failures (list[Failure]): Why.
    stopped (int): The signal that stopped it, Ctrl-C's or another; what was in hand and ready in time went in, the rest
        was not read. 0 if it ran to its end.
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
        """All that was read, gone in or not."""
        return self.new + self.updated + self.unchanged + self.lost


def ingest(
    read: Iterable[Read],
    db: Database,
    *,
    workers: int,
    outlet_given: bool = False,
    options: Mapping[str, object] = MappingProxyType({}),
    advance: Callable[[Report], None] = lambda report: None,
    stopping: Callable[[int], None] = lambda articles: None,
    factory: Callable[[], Extract] = pipeline_extract,
    label: Callable[[str], str] = str,
) -> Report:
    """Extract and store articles in the order they are read, and return how it went.

    read (Iterable[Read]): An error is recorded, and costs nothing else.
    workers (int): Processes that extract.
    outlet_given (bool): The outlet of the articles was named by hand, over what they say.
    options (Mapping): How the articles were asked for; recorded, to ask again for what fails.
    advance (Callable): Called after each article.
    stopping (Callable): Called with how many articles are still being finished when it was asked to stop.
    factory (Callable): Makes what extracts, in each worker; a function of a module.
    label (Callable): Returns how a source is called in the database.
    After a first Ctrl-C or SIGTERM what is in hand goes in, if it is ready within seconds, and the report says so; a
    second is a KeyboardInterrupt.
    RAISES (DatabaseError): If the database can't be written, or is not there any more.
    """
    writer = Writer(db, pipeline.version(), outlet_given=outlet_given)
    report = Report()
    with _database_errors(), _Stop() as stop, stop.ends_waiting(db), Workers(workers, factory) as pool:
        run = _Run(writer, Ingest(db, options, writer.pipeline), report, advance, label)
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
        try:
            self._write(extraction)
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            self._store_bare(extraction, f"the database refuses it ({error})")
        except sqlite3.Error:
            raise
        except Exception as error:  # whatever it is, it is no reason to lose the article, or others
            self._store_bare(extraction, one_line(error, article.source))

    def _write(self, extraction: Extraction) -> None:
        article = self._called(extraction.article)
        with self.writer.db.atomic():
            # The same article may have come a moment ago, or another process may have written it.
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
        """Write an article without the quotes that can't be stored; if even its text can't be, record that."""
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
        """Record what did not go in; it is reported as it was named."""
        self.report.lost += 1
        self.report.failures.append(failure)
        self.record.fail(self._called(failure))
        self._advance()

    def _called(self, one: Named) -> Named:
        """Return an article or a failure with its source as it is called in the database."""
        source = self.label(one.source)
        if isinstance(one, Failure):
            return replace(one, source=source, error=one.error.replace(one.source, source))
        return replace(one, source=source)

    def _advance(self) -> None:
        self.advance(self.report)


class _Stopped(KeyboardInterrupt):
    """A stop was asked for while this waited for another process."""


class _Stop:
    """Ctrl-C or SIGTERM: while something is read it breaks off at once, else what is in hand is finished.

    asked (int): The signal that came, 0 as long as none did.
    """

    def __init__(self) -> None:
        self.asked = 0
        self._reading = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Stop:
        """Listen, where signals can be."""
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._hear) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *error: object) -> None:
        """Listen no more."""
        for number, before in self._before.items():
            signal.signal(number, before)

    @contextmanager
    def ends_waiting(self, db: Database) -> Iterator[None]:
        """Let no wait for another process that writes outlast a stop."""
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
        again, self.asked = bool(self.asked), self.asked or signal_number
        if again or self._reading:
            raise KeyboardInterrupt


@contextmanager
def _database_errors() -> Iterator[None]:
    """Turn what SQLite says of a file that it can't write into our error."""
    try:
        yield
    except sqlite3.Error as error:
        safe = "" if is_damage(error) else "; what went in before is safe in it"
        raise DatabaseError(f"the database can't be written: {sqlite_words(error)}{safe}") from error
