"""What ties articles together, kept up as they are written: speakers, wordings, copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from sqlite_utils import Database

from ..records import Article, Quote, Speaker
from .copies import Copies
from .speakers import Speakers
from .wordings import Wordings

Led = dict[str, set[int]]
"""The ids of what the quotes of an article lead to, by column."""

COLUMNS = ("variant_id", "wording_id", "name_id", "speaker_id")

_DROP_TOPIC = "DELETE FROM topics WHERE id = :id AND NOT EXISTS (SELECT 1 FROM article_topics WHERE topic_id = :id)"
_DROP_OUTLET = """
DELETE FROM outlets WHERE id = :id
    AND NOT EXISTS (SELECT 1 FROM quotes WHERE outlet_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quotes WHERE via_id = :id)
    AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = :id)
    AND NOT EXISTS (SELECT 1 FROM articles WHERE agency_id = :id)
    AND NOT EXISTS (SELECT 1 FROM article_groups WHERE agency_id = :id)
"""


class Linking:
    """The links of a database. To be used within a transaction; `settle` ends what was begun in it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.speakers = Speakers(db)
        self.wordings = Wordings(db)
        self.copies = Copies(db)

    def columns(self, quote: Quote, article: Article) -> dict[str, int | None]:
        """Return what ties a quote of an article to others, by column of `quotes`."""
        variant, wording = self.wordings.variant_of(quote)
        name, speaker = self.speakers.name_of(quote.speaker, article) if quote.speaker else (None, None)
        return dict(zip(COLUMNS, (variant, wording, name, speaker), strict=True))

    def led_to(self, article_id: int) -> Led:
        """Return what the quotes of an article lead to, for `settle` after they are gone or others."""
        rows = self._db.execute(
            f"SELECT {', '.join(COLUMNS)} FROM quotes WHERE article_id = ?", [article_id]
        ).fetchall()
        return {
            column: {value for value in values if value is not None}
            for column, values in zip(COLUMNS, zip(*rows, strict=True) if rows else [[]] * len(COLUMNS), strict=True)
        }

    def settle(self, before: Led) -> None:
        """Drop what no quote leads to any more, and count anew what has changed.

        before (Led): What quotes led to that are gone, or have other outlets or dates.
        """
        self.speakers.settle(before.get("name_id", ()))
        moved = sorted(self.speakers.moved)
        self.speakers.moved.clear()
        for speaker in moved:
            sql = "SELECT DISTINCT wording_id FROM quotes WHERE speaker_id = ? AND wording_id IS NOT NULL"
            self.wordings.recount(wording for (wording,) in self._db.execute(sql, [speaker]).fetchall())
        self.wordings.recount(before.get("wording_id", ()))
        self.wordings.settle(before.get("variant_id", ()))
        self.copies.settle()

    def is_stale(self) -> bool:
        """Return whether quotes or articles were deleted whose links have not been settled."""
        return self._db.execute("SELECT 1 FROM stale_links LIMIT 1").fetchone() is not None

    def settle_deleted(self) -> None:
        """Settle what deleted quotes and articles led to, whoever deleted them: triggers have noted it."""
        stale: dict[str, set[int]] = defaultdict(set)
        for kind, number in self._db.execute("SELECT kind, id FROM stale_links").fetchall():
            stale[kind].add(number)
        self.copies.forget(stale["article"], stale["copy"], stale["group"])
        self.settle({"name_id": stale["name"], "variant_id": stale["variant"], "wording_id": stale["wording"]})
        for statement, kind in ((_DROP_TOPIC, "topic"), (_DROP_OUTLET, "outlet")):
            self._db.conn.executemany(statement, [{"id": number} for number in stale[kind]])
        self._db.execute("DELETE FROM stale_links")


def link_all(db: Database, advance: Callable[[], None] = lambda: None) -> None:
    """Link everything in a database anew, as the rules are now; decisions made by hand stay.

    advance (Callable): Called after each article.
    One transaction: until it ends, and if it breaks off, the database is as it was.
    """
    with db.atomic():
        linking = Linking(db)
        db.execute("DELETE FROM stale_links WHERE kind NOT IN ('name', 'outlet', 'topic')")
        db.execute("UPDATE quotes SET wording_id = NULL, variant_id = NULL")
        db.execute("UPDATE articles SET group_id = NULL")
        for table in ("wording_edges", "wording_grams", "article_edges", "article_grams"):
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
        for unit in db.execute("SELECT DISTINCT kind, key, scope FROM speaker_names").fetchall():
            linking.speakers.link({unit})
        names = {name for (name,) in db.execute("SELECT id FROM speaker_names").fetchall()}
        linking.settle({"name_id": names})
        linking.settle_deleted()
        db.execute("DELETE FROM speakers WHERE id NOT IN (SELECT speaker_id FROM speaker_names)")


def _link_article(db: Database, linking: Linking, article_id: int) -> None:
    text, source, url = db.execute("SELECT text, source, url FROM articles WHERE id = ?", [article_id]).fetchone()
    article = Article(text, source, url=url)
    rows = db.execute(
        """
        SELECT quotes.id, quotes.kind, quotes.text, coalesce(speaker_names.name, speakers.name),
               coalesce(speaker_names.kind, speakers.kind), coalesce(speaker_names.role, speakers.role)
        FROM quotes LEFT JOIN speakers ON speakers.id = quotes.speaker_id
        LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
        WHERE article_id = ? ORDER BY quotes.id
        """,
        [article_id],
    ).fetchall()
    changes = ", ".join(f"{column} = ?" for column in COLUMNS)
    for quote_id, kind, text, name, speaker_kind, role in rows:
        speaker = Speaker(name, speaker_kind, role or None) if name else None
        quote = Quote(kind, ((0, len(text)),), text, speaker=speaker)
        values = linking.columns(quote, article)
        db.execute(f"UPDATE quotes SET {changes} WHERE id = ?", [*values.values(), quote_id])
