"""From sources to rows: reading, pipeline, linking, store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlite_utils import Database

from . import pipeline
from .errors import DatabaseError, ExtractionError, ReadingError
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

    @property
    def written(self) -> int:
        """Articles that were new or had changed."""
        return self.new + self.updated


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
    """
    nlp = pipeline.build()
    writer = Writer(db, pipeline.version(nlp))
    run = Ingest(db)
    report = Report()
    files = iter(found)
    try:
        while batch := list(islice(files, BATCH)):
            with nlp.memory_zone():
                for file in batch:
                    failure = _ingest_one(file, nlp, writer, outlet, report)
                    if failure:
                        report.failures.append(failure)
                        run.fail(failure)
                    advance(report)
    finally:
        run.finish(report.written, report.quotes, len(report.failures))
    return report


def _ingest_one(file: Found, nlp: Language, writer: Writer, outlet: str | None, report: Report) -> Failure | None:
    stage: Literal["read", "extract", "store"] = "read"
    try:
        article = read_article(file, outlet)
        if writer.known(article):
            report.unchanged += 1
            return None
        stage = "extract"
        extraction = pipeline.extract(nlp, article)
        stage = "store"
        outcome = writer.write(extraction)
    except (ReadingError, ExtractionError) as error:
        return Failure(file.source, stage, str(error).removeprefix(f"{file.source}: "))
    except sqlite3.IntegrityError as error:
        return Failure(file.source, stage, f"the database refuses it ({error})")
    except sqlite3.OperationalError as error:
        raise DatabaseError(f"the database can't be written ({error}); what was read before is safe in it") from error
    report.new += outcome == "new"
    report.updated += outcome == "updated"
    report.quotes += len(extraction.quotes)
    return None
