from __future__ import annotations

from sqlite_utils import Database

from quotes.records import Failure
from quotes.store.fetches import StoredFetches
from quotes.store.status import status, to_retry
from quotes.store.writing import Ingest


def test_an_empty_database(db: Database) -> None:
    found = status(db)
    assert (found.articles, found.quotes, found.failures, found.causes, found.run) == (0, 0, 0, (), None)
    assert (found.first, found.last) == (None, None)
    assert list(to_retry(db)) == []


def test_failures_by_cause_as_long_as_they_have_not_gone_in(db: Database) -> None:
    run = Ingest(db, {"outlet": "Harbour Courier"})
    for source in ("a.txt", "b.txt", "news.zip#c.html", "news.zip#d.html"):
        run.fail(Failure(source, "read", "empty, nothing to read"))
    run.fail(Failure("e.txt", "extract", "the pipeline failed"))
    run.finish()
    found = status(db)
    assert found.failures == 5
    assert found.causes == (
        (4, "read", "empty, nothing to read", "a.txt"),
        (1, "extract", "the pipeline failed", "e.txt"),
    )
    assert found.run
    assert (found.run.failed, found.run.finished is not None) == (5, True)
    assert list(to_retry(db)) == [
        ({"outlet": "Harbour Courier"}, ["a.txt", "b.txt", "news.zip#c.html", "news.zip#d.html", "e.txt"])
    ]
    again = Ingest(db)
    again.read("a.txt")
    again.read("never failed.txt")
    again.fail(Failure("e.txt", "extract", "the pipeline failed"))
    found = status(db)
    assert found.failures == 4
    assert [cause[0] for cause in found.causes] == [3, 1], "a source that fails twice is one"
    assert {tuple(options.items()): sources for options, sources in to_retry(db)}[()] == ["e.txt"]


def test_fetches_are_kept_when_all_went_in(db: Database) -> None:
    fetches = StoredFetches(db)
    feed = "https://harbourcourier.example/feed.xml"
    fetches.note(feed, '"one"', None)
    assert StoredFetches(db).version(feed) == (None, None)
    fetches.store()
    assert StoredFetches(db).version(feed) == ('"one"', None)
    assert StoredFetches(db).is_known(feed)
    assert not StoredFetches(db).is_known("https://harbourcourier.example/pier")
    fetches.note(feed, None, "Tue, 04 Mar 2025 05:00:00 GMT")
    fetches.store()
    assert fetches.version(feed) == (None, "Tue, 04 Mar 2025 05:00:00 GMT")
