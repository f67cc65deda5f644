"""Extractions go into the database, one transaction an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from sqlite_utils import Database

from ..lexicon.letters import folded
from ..lexicon.media_topics import SUBJECTS
from ..linking.links import Linking
from ..pipeline import is_same
from ..records import Article, Extraction, Failure, Quote, Subject
from .changes import changes
from .decisions.decided_quotes import settled
from .decisions.decision_table import decisions_of, keep_settled
from .rows.inserting import insert, now
from .rows.outlet_rows import OutletRows
from .rows.stored_quotes import QuoteRows

Outcome = Literal["new", "updated"]

KEPT = ("outlet_id", "published")
"""What an article that is written again keeps where its new version does not say: it may have come with --outlet."""

FILLED = ("title", "byline", "published", "place")
"""What the row of a stored article that lacks it gets from the same article when that comes again."""


class Writer:
    """Writes extractions into a database.

    db (Database): As `open_database` returns it.
    pipeline (str): Name and version of what extracts; stored beside each article.
    outlet_given (bool): The outlet of the articles was named by hand, and so puts a stored one right.
    force (bool): No article is known that has the text which is stored: all are written anew.
    linking (Linking | None): What ties articles together, if not as they are written.
    """

    def __init__(
        self,
        db: Database,
        pipeline: str,
        *,
        outlet_given: bool = False,
        force: bool = False,
        linking: Linking | None = None,
    ) -> None:
        self.db = db
        self.force = force
        self.pipeline = pipeline
        self.outlet_given = outlet_given
        self._linking = linking or Linking(db)
        self.outlets = OutletRows(db, self._linking)
        self._quotes = QuoteRows(db, self._linking, self.outlets)

    # -- articles

    def id_of(self, article: Article) -> int | None:
        """Return the id of an article, if it stands in the database."""
        row = self._find(article)
        return int(row["id"]) if row else None

    def known(self, article: Article) -> bool:
        """Return whether the article stands in the database already, extracted by this pipeline without a failure.

        What the database lacks of it (an outlet, a date) is filled in from the article, and an outlet
        that was named by hand put in place of another. A text that
        a newer one has replaced is known too, whatever the pipeline, as long as its source gives it still: two
        versions in one folder do not take turns. Where the source gave another one since, or is new, the old text has
        returned, and is not known.
        """
        row = self._find(article)
        if row is None:
            return False
        if row["sha256"] != article.sha256:
            return self._is_read_again(row["id"], article)
        if self.force or not is_same(row["pipeline"], self.pipeline) or self._is_incomplete(row["id"]):
            return False
        if self._lacks(row, article) or not self._is_noted(row["id"], article):
            with self.db.atomic():
                row = self._find(article)  # as it is now that no other process writes
                if row:
                    self._fill(row, article)
                    self._note_source(row["id"], article)
        return True

    def _is_read_again(self, article_id: int, article: Article) -> bool:
        """Return whether a text other than the stored one is what its source gave before."""
        of_article = "FROM article_versions WHERE article_id = :id AND sha256 = :sha256"
        last = "(SELECT sha256 FROM article_sources WHERE article_id = :id AND source = :source)"
        # Of versions from before sources were kept: they came from this one as far as anybody knows.
        known = self.db.execute(
            f"SELECT 1 {of_article} AND coalesce({last} = :sha256, source IS NULL)",
            {"id": article_id, "sha256": article.sha256, "source": article.source},
        )
        return known.fetchone() is not None

    def _note_source(self, article_id: int, article: Article) -> None:
        """Note which text a source gave. Without an address an article is its text: nothing to be told apart."""
        if not self._is_noted(article_id, article):
            noted = [article_id, article.source, article.sha256]
            self.db.execute("INSERT OR REPLACE INTO article_sources VALUES (?, ?, ?)", noted)

    def _is_noted(self, article_id: int, article: Article) -> bool:
        noted = "SELECT 1 FROM article_sources WHERE article_id = ? AND source = ? AND sha256 = ?"
        return not article.url or bool(self.db.execute(noted, [article_id, article.source, article.sha256]).fetchone())

    def write(self, extraction: Extraction) -> Outcome:
        """Write an article that is not `known`, in place of what was stored of it before."""
        article = extraction.article
        with self.db.atomic():
            self.settle_deleted()
            row = self._find(article)
            columns = self._columns(article)
            if row is None:
                article_id = insert(self.db, "articles", columns)
            else:
                article_id = row["id"]
                columns |= {name: row[name] for name in KEPT if columns[name] is None}
            quotes, decisions = settled(article, extraction.quotes, decisions_of(self.db, article))
            if row:
                self._replace_article(row, columns, [one.quote for one in quotes])
            self._note_source(article_id, article)
            for n, (start, end) in enumerate(article.furniture):
                insert(self.db, "furniture", {"article_id": article_id, "n": n, "start": start, "end": end})
            home = {"article_id": article_id, "outlet_id": columns["outlet_id"], "published": columns["published"]}
            for one in quotes:
                self._quotes.insert(home, article, one.quote, one.hash, one.decision)
            keep_settled(self.db, decisions)
            self._write_topics(article_id, extraction.topics)
            self._write_subjects(article_id, extraction.subjects)
            if row is None or row["sha256"] != columns["sha256"]:
                self._linking.copies.enter(article_id)
            self._linking.copies.recount(article_id)
            self._linking.settle_deleted()
        return "updated" if row else "new"

    def _is_incomplete(self, article_id: int) -> bool:
        """Return whether a component failed on an article when it was written."""
        failed = "SELECT 1 FROM ingest_failures WHERE article_id = ? AND resolved IS NULL"
        return self.db.execute(failed, [article_id]).fetchone() is not None

    def settle_deleted(self) -> None:
        """Link anew what is left where articles or quotes were deleted, by `quotes remove` or somebody's SQL."""
        if self._linking.is_stale():
            with self.db.atomic():
                self._linking.settle_deleted()

    def _find(self, article: Article) -> dict[str, Any] | None:
        where, value = ("url = ?", article.url) if article.url else ("url IS NULL AND sha256 = ?", article.sha256)
        return next(self.db.query(f"SELECT * FROM articles WHERE {where}", [value]), None)

    def _columns(self, article: Article) -> dict[str, Any]:
        return {
            "outlet_id": self.outlets.id_of(article.outlet),
            "agency_id": self.outlets.id_of(article.agency),
            "title": article.title,
            "byline": article.byline,
            "published": article.published,
            "place": article.place,
            "url": article.url,
            "source": article.source,
            "language": article.language,
            "text": article.text,
            "words": len(article.text.split()),
            "sha256": article.sha256,
            "ingested_at": now(),
            "pipeline": self.pipeline,
            "folded": folded(article.title, article.text),
        }

    def _replace_article(self, row: dict[str, Any], columns: dict[str, Any], quotes: Sequence[Quote]) -> None:
        """Put new columns in place of a row, keep its text if it is another one, and delete what was found in it."""
        if row["sha256"] != columns["sha256"]:
            self._note_changes(row["id"], quotes)
            kept = {key: row[key] for key in ("text", "sha256", "ingested_at", "source")}
            self.db.table("article_versions").insert({"article_id": row["id"], **kept, "replaced_at": now()})
            self._linking.copies.leave(row["id"])
        self.db.table("articles").update(row["id"], columns)
        self.db.execute(
            "UPDATE ingest_failures SET resolved = ? WHERE article_id = ? AND resolved IS NULL", [now(), row["id"]]
        )
        for table in ("quotes", "furniture"):
            self.db.execute(f"DELETE FROM {table} WHERE article_id = ?", [row["id"]])
        for outlet in {row["outlet_id"], row["agency_id"]} - {None}:
            self.db.execute("INSERT OR IGNORE INTO stale_links VALUES ('outlet', ?)", [outlet])

    def _note_changes(self, article_id: int, quotes: Sequence[Quote]) -> None:
        """Record what becomes of the stored quotes of an article in its new version."""
        stored = self.db.execute(
            "SELECT text, name FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id WHERE article_id = ?"
            " ORDER BY quotes.id",
            [article_id],
        ).fetchall()
        new = [(quote.text, quote.speaker.name if quote.speaker else None) for quote in quotes]
        for change in changes(stored, new):
            before, after = change.before or (None, None), change.after or (None, None)
            row = {"article_id": article_id, "changed_at": now(), "kind": change.kind}
            row |= {"before": before[0], "after": after[0], "speaker_before": before[1], "speaker_after": after[1]}
            insert(self.db, "quote_changes", row)

    def _lacks(self, row: dict[str, Any], article: Article) -> bool:
        """Return whether an article tells what is not in its row."""
        return (
            any(row[name] is None and getattr(article, name) is not None for name in FILLED)
            or (article.outlet is not None and (row["outlet_id"] is None or self.outlet_given))
            or (article.agency is not None and row["agency_id"] is None)
        )

    def _fill(self, row: dict[str, Any], article: Article) -> None:
        new: dict[str, Any] = {name: getattr(article, name) for name in FILLED if row[name] is None}
        outlets = {"outlet_id": article.outlet, "agency_id": article.agency}
        new |= {
            name: self.outlets.id_of(outlet)
            for name, outlet in outlets.items()
            if row[name] is None or (name == "outlet_id" and self.outlet_given)
        }
        new = {name: value for name, value in new.items() if value not in (None, row[name])}
        if "title" in new:
            new["folded"] = folded(article.title, row["text"])
        if new:
            self.db.table("articles").update(row["id"], new)
        if new.keys() & {"outlet_id", "published"}:
            self.db.execute(
                "UPDATE quotes SET (outlet_id, published) = "
                "(SELECT outlet_id, published FROM articles WHERE id = :id) WHERE article_id = :id",
                {"id": row["id"]},
            )
        if new:
            self._linking.copies.recount(row["id"])
            self._linking.settle(self._linking.links_of(row["id"]))

    def _write_topics(self, article_id: int, topics: Iterable[str]) -> None:
        """Tie an article to its topics, in place of those that it had; case tells none from another.

        Triggers call each topic as most of its articles write it.
        """
        self.db.execute(
            "INSERT OR IGNORE INTO stale_links SELECT 'topic', topic_id FROM article_topics WHERE article_id = ?",
            [article_id],
        )
        self.db.execute("DELETE FROM article_topics WHERE article_id = ?", [article_id])
        for topic in topics:
            row = self.db.execute("SELECT id FROM topics WHERE name = ? COLLATE NOCASE", [topic]).fetchone()
            topic_id = row[0] if row else insert(self.db, "topics", {"name": topic})
            self.db.execute("INSERT OR IGNORE INTO article_topics VALUES (?, ?, ?)", [article_id, topic_id, topic])

    def _write_subjects(self, article_id: int, subjects: Iterable[Subject]) -> None:
        """Tie an article to its subjects, the likeliest first, in place of those that it had."""
        self.db.execute("DELETE FROM article_subjects WHERE article_id = ?", [article_id])
        for n, (name, likelihood) in enumerate(subjects):
            self.db.execute("INSERT OR IGNORE INTO subjects (name, code) VALUES (?, ?)", [name, SUBJECTS[name].code])
            self.db.execute(
                "INSERT INTO article_subjects SELECT ?, id, ?, ? FROM subjects WHERE name = ?",
                [article_id, likelihood, n, name],
            )


class Ingest:
    """The record of one run: a row in `ingests`, and one in `ingest_failures` for all that did not go in.

    options (Mapping): How it was asked for, to do it again for what fails.
    pipeline (str | None): Name and version of what extracts; stored beside each failure.
    It is kept as the run goes on: what is counted is there, wherever the run breaks off.
    """

    def __init__(
        self, db: Database, options: Mapping[str, object] = MappingProxyType({}), pipeline: str | None = None
    ) -> None:
        self.db = db
        self.pipeline = pipeline
        with db.atomic():
            self.id = insert(db, "ingests", {"started": now(), "options": json.dumps(dict(options))})
        failed = db.execute("SELECT DISTINCT source FROM ingest_failures WHERE resolved IS NULL")
        self._failed = {source for (source,) in failed}

    def read(self, source: str) -> None:
        """Record that a source could be read, if it could not before."""
        if source in self._failed:
            self._failed.discard(source)
            with self.db.atomic():
                self.db.execute(
                    "UPDATE ingest_failures SET resolved = ? WHERE source = ? AND resolved IS NULL", [now(), source]
                )

    def wrote(self, quotes: int) -> None:
        """Record that an article went in with so many quotes; for the transaction that writes it."""
        self.db.execute(
            "UPDATE ingests SET articles = articles + 1, quotes = quotes + ? WHERE id = ?", [quotes, self.id]
        )

    def fail(self, *failures: Failure, article_id: int | None = None) -> None:
        """Record an article that did not go in, or one that did (its id) without what components that failed find."""
        with self.db.atomic():
            for failure in failures:
                row = {"ingest_id": self.id, "source": failure.source, "stage": failure.stage, "error": failure.error}
                row |= {"pipeline": self.pipeline, "article_id": article_id}
                insert(self.db, "ingest_failures", row)
                self._failed.add(failure.source)
            self.db.execute("UPDATE ingests SET failed = failed + 1 WHERE id = ?", [self.id])

    def finish(self) -> None:
        """Record that the run has ended."""
        with self.db.atomic():
            self.db.execute("UPDATE ingests SET finished = ? WHERE id = ?", [now(), self.id])
