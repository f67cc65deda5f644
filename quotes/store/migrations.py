"""How a database gets its tables: a new one by `schema.sql`, an old one by the migrations that it lacks.

A change to the schema is a change in `schema.sql`, and a migration at the end that makes the same of an old database.
One that has been released is never edited, and takes nothing from elsewhere that may change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.resources import files

from sqlite_utils import Database, Migrations

from .sqlite_utils_compat import migration_names

migrations = Migrations("quotes")

BEFORE_RELEASE = frozenset(
    {
        "m001_tables_and_views", "m002_changes_and_retries", "m003_linking", "m004_pages", "m005_weeks",
        "m006_early_builds", "m007_failed_components", "m008_removal", "m009_other_spellings",
        "m010_topics_as_written", "m011_gender",
    }
)  # fmt: skip
"""Those of builds before the first release; all together they made what `m001_schema` makes."""


@migrations()
def m001_schema(db: Database) -> None:
    """The schema of the last build before the first release; `migrate` lays it, with all that came since, at once."""


@migrations()
def m002_subjects(db: Database) -> None:
    """Add the subjects of articles, which go with them."""
    for statement in statements(_SUBJECTS):
        db.execute(statement)


_SUBJECTS = """
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

CREATE TABLE article_subjects (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    subject_id INTEGER NOT NULL REFERENCES subjects(id),
    likelihood REAL NOT NULL CHECK (likelihood BETWEEN 0 AND 1),
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (article_id, subject_id),
    UNIQUE (article_id, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_subjects_subject ON article_subjects(subject_id);

DROP TRIGGER articles_deleted;

CREATE TRIGGER articles_deleted BEFORE DELETE ON articles BEGIN
  INSERT OR IGNORE INTO stale_links (kind, id)
    SELECT kind, id FROM (
      SELECT 'article' AS kind, id FROM article_copies WHERE id = old.id
      UNION ALL SELECT 'copy', fuller_id FROM article_edges WHERE shorter_id = old.id
      UNION ALL SELECT 'copy', shorter_id FROM article_edges WHERE fuller_id = old.id
      UNION ALL SELECT 'copy', id FROM article_copies WHERE parent_id = old.id
      UNION ALL SELECT 'group', old.group_id
      UNION ALL SELECT 'outlet', old.outlet_id
      UNION ALL SELECT 'outlet', old.agency_id
      UNION ALL SELECT 'topic', topic_id FROM article_topics WHERE article_id = old.id
    ) WHERE id IS NOT NULL;
  DELETE FROM stale_links WHERE kind = 'copy' AND id = old.id;
  DELETE FROM quotes WHERE article_id = old.id;
  DELETE FROM furniture WHERE article_id = old.id;
  DELETE FROM article_topics WHERE article_id = old.id;
  DELETE FROM article_subjects WHERE article_id = old.id;
  DELETE FROM article_versions WHERE article_id = old.id;
  DELETE FROM article_sources WHERE article_id = old.id;
  DELETE FROM quote_changes WHERE article_id = old.id;
  DELETE FROM ingest_failures WHERE article_id = old.id;
  DELETE FROM article_edges WHERE shorter_id = old.id OR fuller_id = old.id;
  UPDATE article_copies SET parent_id = NULL, group_id = NULL WHERE parent_id = old.id;
  DELETE FROM article_copies WHERE id = old.id;
  UPDATE article_groups SET original_id = NULL WHERE original_id = old.id;
END;
"""


@migrations()
def m003_quote_decisions(db: Database) -> None:
    """Add what is decided about quotes by hand."""
    for statement in statements(_QUOTE_DECISIONS):
        db.execute(statement)


_QUOTE_DECISIONS = """
CREATE TABLE quote_decisions (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    article TEXT NOT NULL CHECK (article <> ''),
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'add')),
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
    text TEXT NOT NULL CHECK (text <> ''),
    speaker TEXT CHECK (speaker <> ''),
    speaker_kind TEXT CHECK (speaker_kind IN ('person', 'organization', 'unnamed', 'document')),
    decided TEXT NOT NULL,
    found TEXT,
    fits INTEGER NOT NULL CHECK (fits IN (0, 1)),
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_at TEXT NOT NULL,
    CHECK ((speaker IS NULL) = (speaker_kind IS NULL))
) STRICT;

ALTER TABLE quotes ADD COLUMN decision TEXT CHECK (decision IN ('accept', 'correct', 'add'));

CREATE INDEX quotes_to_review ON quotes(confidence, id) WHERE decision IS NULL;
CREATE INDEX quotes_decision ON quotes(decision) WHERE decision IS NOT NULL;
CREATE INDEX quote_decisions_article ON quote_decisions(article);
CREATE INDEX quote_decisions_unfit ON quote_decisions(id) WHERE fits = 0;
"""


def schema_sql() -> str:
    """Return the schema as SQL statements that can be read and run."""
    return files("quotes.store").joinpath("schema.sql").read_text(encoding="utf-8")


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would end the transaction that it runs in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def migrate(db: Database) -> None:
    """Lay the schema of a new database, or apply the migrations that an old one lacks; for a transaction."""
    applied = {migration.name for migration in migrations.applied(db)}
    if not applied:
        for statement in statements(schema_sql()):
            db.execute(statement)
        _note(db, migration_names(migrations))
    elif applied >= BEFORE_RELEASE:
        marks = ", ".join("?" * len(BEFORE_RELEASE))
        db.execute(
            f"DELETE FROM {migrations.migrations_table} WHERE migration_set = ? AND name IN ({marks})",
            [migrations.name, *BEFORE_RELEASE],
        )
        _note(db, {"m001_schema"})
    migrations.apply(db)


def _note(db: Database, names: Iterable[str]) -> None:
    """Note migrations as applied, in the table where sqlite-utils does."""
    migrations.ensure_migrations_table(db)
    for name in sorted(names):
        db.execute(
            f"INSERT INTO {migrations.migrations_table} (migration_set, name, applied_at) VALUES (?, ?, ?)",
            [migrations.name, name, datetime.now(UTC).isoformat(sep=" ")],
        )
