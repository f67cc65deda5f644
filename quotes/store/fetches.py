"""What is known of addresses that were fetched before: the `Fetched` of the reading room, kept in the database."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from .rows.inserting import now


class StoredFetches:
    """Knows the articles of a database by their addresses, and what servers said of the version of pages and feeds.

    db (Database): As `open_database` returns it.
    again (Collection[str]): Addresses that are fetched anew, whatever is known of them: what came from there failed.
    force (bool): All addresses are.
    What is noted is kept back until `store`, when all that was fetched has been stored: after an ingest that was
    broken off, a feed of which a part went in is read again.
    """

    def __init__(self, db: Database, again: Collection[str] = (), *, force: bool = False) -> None:
        self._db = db
        self._again = frozenset(again)
        self._force = force
        self._noted: dict[str, tuple[str | None, str | None]] = {}

    def is_known(self, url: str) -> bool:
        """Return whether the article at an address has been stored, under this address or another that it leads to."""
        if self._force or url in self._again:
            return False
        sql = "SELECT 1 FROM articles WHERE url = :url UNION ALL SELECT 1 FROM fetches WHERE url = :url"
        return self._db.execute(sql, {"url": url}).fetchone() is not None

    def version(self, url: str) -> tuple[str | None, str | None]:
        """Return the ETag and the Last-Modified of what was fetched from an address the last time."""
        if self._force or url in self._again:
            return None, None
        row = self._db.execute("SELECT etag, last_modified FROM fetches WHERE url = ?", [url]).fetchone()
        return (row[0], row[1]) if row else (None, None)

    def note(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Take down that something was fetched."""
        self._noted[url] = etag, last_modified

    def store(self) -> None:
        """Keep what was noted."""
        with self._db.atomic():
            for url, (etag, last_modified) in self._noted.items():
                self._db.execute(
                    "INSERT INTO fetches VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
                    " etag = excluded.etag, last_modified = excluded.last_modified, fetched_at = excluded.fetched_at",
                    [url, etag, last_modified, now()],
                )
        self._noted.clear()
