"""What ties articles together, kept up as they are written: speakers, wordings, copies."""

from __future__ import annotations

from collections import defaultdict

from sqlite_utils import Database

from ..records import Article, Quote
from .copies.copy_index import Copies
from .people.speaker_index import Speakers
from .wordings.wording_index import Wordings

Links = dict[str, set[int]]
"""The ids that the quotes of an article and their sayings are tied to, by column."""

COLUMNS = ("name_id", "speaker_id")
"""Those of `quotes`."""
OF_SAYINGS = ("variant_id", "wording_id")


class Linking:
    """The links of a database. To be used within a transaction; `settle` ends what was begun in it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.speakers = Speakers(db)
        self.wordings = Wordings(db)
        self.copies = Copies(db)

    def columns(self, quote: Quote, article: Article) -> dict[str, int | None]:
        """Return what ties a quote of an article to others, by column of `quotes`."""
        name, speaker = self.speakers.name_of(quote.speaker, article) if quote.speaker else (None, None)
        return dict(zip(COLUMNS, (name, speaker), strict=True))

    def links_of(self, article_id: int) -> Links:
        """Return what ties the quotes of an article to others, for `settle` after they are gone or replaced."""
        return self._links("article_id = ?", article_id)

    def links_of_quote(self, quote_id: int) -> Links:
        """Return what ties one quote to others."""
        return self._links("id = ?", quote_id)

    def _links(self, where: str, number: int) -> Links:
        columns = (*COLUMNS, *OF_SAYINGS)
        rows = self._db.execute(
            f"SELECT {', '.join(columns)} FROM quotes LEFT JOIN sayings ON quote_id = id WHERE {where}", [number]
        ).fetchall()
        return {column: {row[n] for row in rows} - {None} for n, column in enumerate(columns)}

    def settle(self, before: Links) -> None:
        """Drop what no quote leads to any more, and count anew what has changed.

        before (Links): What quotes led to that are gone, or have other outlets or dates.
        """
        self.speakers.settle(before.get("name_id", ()))
        moved = sorted(self.speakers.moved)
        self.speakers.moved.clear()
        for speaker in moved:
            sql = """SELECT DISTINCT wording_id FROM quotes JOIN sayings ON quote_id = id
                WHERE speaker_id = ? AND wording_id IS NOT NULL"""
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
        forget_deleted(self._db)


def forget_deleted(db: Database, schema: str = "main") -> None:
    """Drop the topics and outlets that deleted articles and quotes led to and nothing else does; note no deletion more.

    schema (str): That in which this is done: the database, or one attached to it.
    """
    stale = f"SELECT id FROM {schema}.stale_links WHERE kind ="
    leading = {
        "topic": [("article_topics", "topic_id")],
        "outlet": [
            ("quotes", "outlet_id"),
            ("quotes", "via_id"),
            ("articles", "outlet_id"),
            ("articles", "agency_id"),
            ("article_groups", "agency_id"),
        ],
    }
    for kind, columns in leading.items():
        unused = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {schema}.{table} WHERE {column} = gone.id)" for table, column in columns
        )
        db.execute(f"DELETE FROM {schema}.{kind}s AS gone WHERE id IN ({stale} '{kind}') AND {unused}")
    db.execute(f"DELETE FROM {schema}.stale_links")
