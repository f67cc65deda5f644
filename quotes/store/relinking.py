"""All links of a database found anew, beside it: the database is locked for no longer than it takes to put them in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import groupby

from sqlite_utils import Database

from ..linking.links import COLUMNS, Linking, forget_deleted
from ..records import Article, Quote, Span, Speaker
from .database import CACHE
from .locking import SharedDatabase

COPIED = ("outlets", "speakers", "speaker_names", "speaker_decisions", "articles", "quotes", "quote_spans")
"""Tables that links are found from."""
FOUND = (
    "article_groups", "article_copies", "article_edges", "article_grams",
    "wordings", "wording_variants", "wording_edges", "wording_grams", "speakers", "speaker_names",
    "sayings",
)  # fmt: skip
"""Tables that are links, whole; beside these there are columns of `quotes` and `articles`."""
VERSION = "id, sha256, outlet_id, agency_id, published, url, source, ingested_at, pipeline"
"""Columns that tell one version of an article, with its quotes, from another."""
ROUNDS = 5
"""Times that what has come meanwhile is taken in before the database is locked, as long as something has come."""


def link_all(db: Database, advance: Callable[[], None] = lambda: None) -> None:
    """Link everything in a database anew, as the rules are now; decisions made by hand stay.

    advance (Callable): Called after each article.
    It is done on a copy, in a file of SQLite's own for temporary things, while others read and write; until it ends,
    and if it breaks off, the database is as it was. What others write meanwhile is linked too.
    RAISES (OperationalError): If another process writes for too long when it ends, or there is no room for the copy.
    """
    if not isinstance(db, SharedDatabase) or db.path is None:  # in memory there is nobody else
        with db.atomic():
            _link(db, advance)
        return
    copy = SharedDatabase(sqlite3.connect(""), None, db.on_wait)
    try:
        copy.execute(f"PRAGMA cache_size = -{CACHE}")
        copy.execute("ATTACH ? AS origin", [str(db.path)])
        db.check_file()
        changes = _take(copy)
        # sqlite-utils' own transaction: that of a SharedDatabase would lock the origin as well.
        with Database.atomic(copy):
            _link(copy, advance)
        for _ in range(ROUNDS):
            if _version(copy) == changes:
                break
            with Database.atomic(copy):
                changes = _catch_up(copy)
        with copy.atomic():
            db.check_file()
            if _version(copy) != changes:
                _catch_up(copy)
            _put_back(copy)
    finally:
        copy.close()


def _link(db: Database, advance: Callable[[], None]) -> None:
    """Link everything anew, where it stands; for a transaction."""
    linking = Linking(db)
    db.execute("DELETE FROM stale_links WHERE kind NOT IN ('name', 'outlet', 'topic')")
    db.execute("UPDATE articles SET group_id = NULL")
    for table in ("sayings", "wording_edges", "wording_grams", "article_edges", "article_grams"):
        db.execute(f"DELETE FROM {table}")
    for table, parts in (("wording_variants", "wordings"), ("article_copies", "article_groups")):
        db.execute(f"UPDATE {table} SET parent_id = NULL")
        db.execute(f"DELETE FROM {table}")
        db.execute(f"DELETE FROM {parts}")
    for (article_id,) in db.execute("SELECT id FROM articles ORDER BY id").fetchall():
        linking.copies.enter(article_id)
        _link_article(db, linking, article_id)
        linking.settle({})
        advance()
    _link_names(db, linking)
    linking.settle_deleted()
    db.execute("DELETE FROM speakers WHERE id NOT IN (SELECT speaker_id FROM speaker_names)")


def _link_names(db: Database, linking: Linking) -> None:
    for unit in db.execute("SELECT DISTINCT kind, key, scope FROM speaker_names").fetchall():
        linking.speakers.link({unit})
    names = {name for (name,) in db.execute("SELECT id FROM speaker_names").fetchall()}
    linking.settle({"name_id": names})


def _link_article(db: Database, linking: Linking, article_id: int, names: str = "main") -> None:
    """Link the quotes of an article.

    names (str): The schema in which their speakers are to be looked up.
    """
    text, source, url = db.execute("SELECT text, source, url FROM articles WHERE id = ?", [article_id]).fetchone()
    article = Article(text, source, url=url)
    spans = _spans(db, article_id)
    rows = db.execute(
        f"""
        SELECT quotes.id, quotes.kind, quotes.text, quotes.start, coalesce(speaker_names.name, speakers.name),
               coalesce(speaker_names.kind, speakers.kind), coalesce(speaker_names.role, speakers.role)
        FROM {names}.quotes LEFT JOIN {names}.speakers ON speakers.id = quotes.speaker_id
        LEFT JOIN {names}.speaker_names ON speaker_names.id = quotes.name_id
        WHERE article_id = ? ORDER BY quotes.id
        """,
        [article_id],
    ).fetchall()
    changes = ", ".join(f"{column} = ?" for column in COLUMNS)
    for quote_id, kind, text, start, name, speaker_kind, role in rows:
        speaker = Speaker(name, speaker_kind, role or None) if name else None
        quote = Quote(kind, spans.get(quote_id, ((start, start + len(text)),)), text, speaker=speaker)
        values = linking.columns(quote, article)
        db.execute(f"UPDATE quotes SET {changes} WHERE id = ?", [*values.values(), quote_id])
        linking.wordings.enter(quote_id, quote)


def _spans(db: Database, article_id: int) -> dict[int, tuple[Span, ...]]:
    """Return the spans of the quotes of an article, by quote."""
    rows = db.execute(
        """SELECT id, quote_spans.start, quote_spans."end" FROM quotes JOIN quote_spans ON quote_id = id
        WHERE article_id = ? ORDER BY quote_id, n""",
        [article_id],
    )
    return {quote: tuple(span for _, *span in spans) for quote, spans in groupby(rows, lambda row: row[0])}


# -- the copy


def _version(copy: Database) -> int:
    """Return a number that is another one when another process has written to the origin."""
    return int(copy.execute("PRAGMA origin.data_version").fetchone()[0])


def _take(copy: Database) -> int:
    """Make the copy; return the version of the origin that it is of, or of one before."""
    # Without the rows of the last three: what was deleted before leads to nothing in what is found anew.
    tables = dict.fromkeys((*COPIED, *FOUND, "topics", "article_topics", "stale_links"))
    with Database.atomic(copy):
        version = _version(copy)
        for name in tables:
            (sql,) = copy.execute("SELECT sql FROM origin.sqlite_master WHERE type = 'table' AND name = ?", [name])
            copy.execute(sql[0])
        for name in COPIED:
            copy.execute(f"INSERT INTO main.{name} SELECT * FROM origin.{name}")
        # Without its triggers: there is nothing to be searched in a copy.
        indexes = "SELECT sql, tbl_name FROM origin.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for sql, table in copy.execute(indexes).fetchall():
            if table in tables:
                copy.execute(sql)
    return version


def _catch_up(copy: Database) -> int:
    """Take into the copy what has changed in the origin since, and link it; return the version that it is of then."""
    version = _version(copy)
    linking = Linking(copy)
    outlets = _differing(copy, "outlets", "*")
    decided = _differing(copy, "speaker_decisions", "*")
    for table in ("outlets", "speaker_decisions"):
        copy.execute(f"DELETE FROM main.{table}")
        copy.execute(f"INSERT INTO main.{table} SELECT * FROM origin.{table}")
    for outlet in outlets:
        linking.copies.recount_of(outlet)
    linking.copies.settle()
    for article_id in sorted(_differing(copy, "articles", VERSION)):
        _take_article(copy, linking, article_id)
    if decided:
        _link_names(copy, linking)
    return version


def _take_article(copy: Database, linking: Linking, article_id: int) -> None:
    """Put an article as it is in the origin in place of what the copy has of it, if anything."""
    before = linking.links_of(article_id)
    linking.copies.leave(article_id)
    of_article = "quote_id IN (SELECT id FROM {}.quotes WHERE article_id = ?)"
    for table in ("sayings", "quote_spans"):
        copy.execute(f"DELETE FROM main.{table} WHERE {of_article.format('main')}", [article_id])
    copy.execute("DELETE FROM main.quotes WHERE article_id = ?", [article_id])
    copy.execute("DELETE FROM main.articles WHERE id = ?", [article_id])
    for table, key in (("articles", "id"), ("quotes", "article_id")):
        copy.execute(f"INSERT INTO main.{table} SELECT * FROM origin.{table} WHERE {key} = ?", [article_id])
    copy.execute(
        f"INSERT INTO main.quote_spans SELECT * FROM origin.quote_spans WHERE {of_article.format('origin')}",
        [article_id],
    )
    nothing = ", ".join(f"{column} = NULL" for column in COLUMNS)
    copy.execute(f"UPDATE main.quotes SET {nothing} WHERE article_id = ?", [article_id])
    copy.execute("UPDATE main.articles SET group_id = NULL WHERE id = ?", [article_id])
    if copy.execute("SELECT 1 FROM main.articles WHERE id = ?", [article_id]).fetchone():
        linking.copies.enter(article_id)
        _link_article(copy, linking, article_id, "origin")
    linking.settle(before)


def _differing(copy: Database, table: str, columns: str) -> set[int]:
    """Return the ids of rows that are in one of the two only, or not the same in both."""
    found: set[int] = set()
    for one, other in (("main", "origin"), ("origin", "main")):
        rows = copy.execute(f"SELECT {columns} FROM {one}.{table} EXCEPT SELECT {columns} FROM {other}.{table}")
        found |= {row[0] for row in rows}
    return found


def _put_back(copy: Database) -> None:
    """Put what was found into the origin."""
    for table in reversed(FOUND):
        copy.execute(f"DELETE FROM origin.{table}")
    for table in FOUND:
        copy.execute(f"INSERT INTO origin.{table} SELECT * FROM main.{table}")
    for table, columns in (("quotes", COLUMNS), ("articles", ("group_id",))):
        old, new = (", ".join(f"{name}.{column}" for column in columns) for name in ("old", "new"))
        copy.execute(
            f"UPDATE origin.{table} AS old SET ({', '.join(columns)}) = ({new}) FROM main.{table} AS new"
            f" WHERE new.id = old.id AND ({old}) IS NOT ({new})"
        )
    forget_deleted(copy, "origin")
