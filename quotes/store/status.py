"""What is in a database, and what did not get in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest: when, and what went in. `finished` is None where it was killed, or still runs."""

    started: str
    finished: str | None
    articles: int
    quotes: int
    failed: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a database holds.

    first, last (str | None): The days of its earliest and latest article.
    causes (tuple): What failed and has not gone in since, by stage and error: how often, and one such source.
    run (Run | None): The last ingest.
    """

    articles: int
    quotes: int
    speakers: int
    outlets: int
    wordings: int
    first: str | None
    last: str | None
    failures: int
    causes: tuple[tuple[int, str, str, str], ...]
    run: Run | None


def status(db: Database, causes: int = 20) -> Status:
    """Return what a database holds.

    causes (int): How many causes of failures, the most frequent first.
    """
    counts = {
        table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("articles", "quotes", "speakers", "outlets", "wordings")
    }
    first, last = db.execute("SELECT min(published), max(published) FROM articles").fetchone()
    failures = db.execute("SELECT count(DISTINCT source) FROM ingest_failures WHERE resolved IS NULL").fetchone()[0]
    found = db.execute(
        """
        SELECT count(DISTINCT source) AS n, stage, error, min(source) FROM ingest_failures
        WHERE resolved IS NULL GROUP BY stage, error ORDER BY n DESC, stage, error LIMIT ?
        """,
        [causes],
    ).fetchall()
    run = next(
        db.query("SELECT started, finished, articles, quotes, failed FROM ingests ORDER BY id DESC LIMIT 1"), None
    )
    return Status(
        **counts, first=first, last=last, failures=failures, causes=tuple(found), run=Run(**run) if run else None
    )


def to_retry(db: Database) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield what failed and has not gone in since: the options of an ingest, and its sources as they are called."""
    rows = db.execute(
        """
        SELECT options, source FROM ingest_failures JOIN ingests ON ingests.id = ingest_id
        WHERE resolved IS NULL GROUP BY source HAVING max(ingest_failures.id) ORDER BY ingest_failures.id
        """
    )
    by_options: dict[str, dict[str, None]] = {}
    for options, source in rows:
        by_options.setdefault(options, {})[source] = None
    for options, sources in by_options.items():
        yield json.loads(options), list(sources)
