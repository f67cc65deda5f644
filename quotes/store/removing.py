"""Taking articles out of the database, as if they had never come in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from ..errors import RemovalError
from ..lexicon.plain_letters import plain_name
from ..linking.links import Linking
from ..outlets.directory import by_name, host
from ..reading.addresses import is_address, without_credentials
from ..reading.decoding import printable
from ..reading.page.page_addresses import page_address
from .local_folders import folders
from .locking import SharedDatabase

BATCH = 100
"""Articles that are removed in one transaction: other processes wait for its end to write."""
COUNTED = ("articles", "quotes", "speakers", "wordings", "outlets", "topics")

_UNDER = "(source = :source OR substr(source, 1, length(:source) + 1) IN (:source || '/', :source || '#'))"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that is in the database.

    quotes (int): How many it has.
    """

    id: int
    title: str | None
    outlet: str | None
    published: str | None
    source: str
    quotes: int


def find_articles(
    db: Database,
    ids: Iterable[int] = (),
    *,
    urls: Iterable[str] = (),
    outlets: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> list[StoredArticle]:
    """Return the articles with these numbers, of these addresses, outlets and sources, each once, by number.

    outlets (Iterable[str]): Names, or domains; case and accents don't matter.
    sources (Iterable[str]): Files, folders, archives, addresses: what they hold is meant too.
    RAISES (RemovalError): If one of them has none.
    """
    db.register_function(plain_name, deterministic=True, replace=True)
    found: dict[int, StoredArticle] = {}
    for number in ids:
        found |= _those(db, f"{number}: no article has this number", "articles.id = ?", [number])
    for url in urls:
        where = "articles.url IN (?, ?)"
        found |= _those(db, f"{url}: no article has this address", where, [url, page_address((), url)])
    for outlet in outlets:
        where = "articles.outlet_id IN (SELECT id FROM outlets WHERE plain_name(name) = ? OR domain = ? OR name = ?)"
        name = [plain_name(outlet) or None, outlet.lower(), outlet]
        found |= _those(db, f"{outlet}: no outlet of this name has articles", where, name)
    for source in sources:
        of_source = [_those(db, "", _UNDER, {"source": path}) for path in _paths(db, source)]
        if not any(of_source) and not _failures(db, source):
            raise RemovalError(f"{source}: no article comes from this source; the table of articles has their sources")
        for some in of_source:
            found |= some
    return [found[number] for number in sorted(found)]


def remove(
    db: Database,
    articles: Sequence[StoredArticle],
    *,
    sources: Iterable[str] = (),
    advance: Callable[[int], None] = lambda count: None,
) -> dict[str, int]:
    """Remove articles with all that came in with them; return how many rows went, by table.

    What is left is linked and counted as if they had never come, and their words are overwritten in the file. The
    record of ingests and what was decided by hand stay.
    sources (Iterable[str]): Files and folders of which what failed is forgotten too, so that it is not read again.
    advance (Callable): Called after each transaction with the number of articles that it removed.
    """
    before = _counts(db)
    db.execute("PRAGMA secure_delete = ON")
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        with db.atomic():
            _remove(db, batch)
        advance(len(batch))
    with db.atomic():
        for source in sources:
            for path in _paths(db, source):
                db.execute(f"DELETE FROM ingest_failures WHERE {_UNDER}", {"source": path})
        for table in ("quotes", "articles"):  # what was deleted stands in an index until its parts are merged
            db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')")
    return {table: before[table] - count for table, count in _counts(db).items()}


def _remove(db: Database, articles: Iterable[StoredArticle]) -> None:
    linking = Linking(db)
    if linking.is_stale():
        linking.settle_deleted()
    outlets: set[int] = set()
    for article in articles:
        row = db.execute("SELECT url, outlet_id, agency_id FROM articles WHERE id = ?", [article.id]).fetchone()
        if row is None:  # another process was faster
            continue
        url, *named = row
        vias = db.execute("SELECT DISTINCT via_id FROM quotes WHERE article_id = ?", [article.id]).fetchall()
        outlets.update(named, *vias)
        linking.copies.leave(article.id)
        db.execute("DELETE FROM articles WHERE id = ?", [article.id])
        whole = article.source.partition("#")[0]
        db.execute("DELETE FROM fetches WHERE url IN (?, ?, ?)", [url, article.source, whole])
        db.execute("DELETE FROM ingest_failures WHERE source = ?", [article.source])
    linking.settle_deleted()
    for outlet in sorted(outlets - {None}):
        _learn_outlet(db, linking, outlet)
    linking.settle({})


def _learn_outlet(db: Database, linking: Linking, outlet: int) -> None:
    """Let an outlet that is in no table of ours have the domain and kind that the articles left tell."""
    row = db.execute("SELECT name, domain, kind FROM outlets WHERE id = ?", [outlet]).fetchone()
    if row is None or by_name(row[0]):
        return
    _, domain, kind = row
    urls = db.execute("SELECT url FROM articles WHERE outlet_id = ? AND url IS NOT NULL ORDER BY id", [outlet])
    hosts = [host(url).removeprefix("www.") for (url,) in urls.fetchall()]
    if domain and not any(one == domain or one.endswith(f".{domain}") for one in hosts):
        domain = hosts[0] if hosts else None
    if kind == "agency" and db.execute("SELECT 1 FROM articles WHERE agency_id = ?", [outlet]).fetchone() is None:
        kind = "other"
    if (domain, kind) != row[1:]:
        db.execute("UPDATE outlets SET domain = ?, kind = ? WHERE id = ?", [domain, kind, outlet])
        linking.copies.recount_of(outlet)


def _those(
    db: Database, missing: str, where: str, parameters: Sequence[object] | dict[str, object]
) -> dict[int, StoredArticle]:
    rows = db.query(
        f"""
        SELECT articles.id, title, outlets.name AS outlet, published, source,
               (SELECT count(*) FROM quotes WHERE article_id = articles.id) AS quotes
        FROM articles LEFT JOIN outlets ON outlets.id = outlet_id WHERE {where}
        """,
        parameters,
    )
    found = {row["id"]: StoredArticle(**row) for row in rows}
    if not found and missing:
        raise RemovalError(missing)
    return found


def _paths(db: Database, source: str) -> set[str]:
    """Return how a source may be written in the database: as it is given, or from the name on that was once given."""
    if is_address(source) or source == "-":
        return {source, without_credentials(source)}
    whole = Path(os.path.abspath(source))  # noqa: PTH100 no link is followed
    named = folders(db.path) if isinstance(db, SharedDatabase) and db.path else []
    called = (whole.relative_to(folder) for folder in named if whole.is_relative_to(folder))
    return {source, *(printable(str(path)) for path in (Path(source), whole, *called))}


def _failures(db: Database, source: str) -> bool:
    sql = f"SELECT 1 FROM ingest_failures WHERE {_UNDER} LIMIT 1"
    return any(db.execute(sql, {"source": path}).fetchone() for path in _paths(db, source))


def _counts(db: Database) -> dict[str, int]:
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
