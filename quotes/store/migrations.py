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


@migrations()
def m004_sayings(db: Database) -> None:
    """Tie the sayings of quotes, in place of whole quotes, to wordings."""
    for statement in statements(_SAYINGS):
        named = {"marks": _MARKS, "after": _AFTER} if ":marks" in statement else {}
        db.execute(statement, named)


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


_MARKS = " \t\r\n\u00a0\u2002\u2003\u2009\u200a\u202f“”\"«»„‘’'"
_AFTER = ",;:–—-"  # noqa: RUF001 the dash as it is printed
_SAYINGS = """
DROP VIEW shared_wordings;
DROP VIEW disagreements;
DROP TRIGGER quotes_deleted;
DROP INDEX quotes_variant;
DROP INDEX quotes_wording;

CREATE TABLE sayings (
    quote_id INTEGER NOT NULL REFERENCES quotes(id),
    n INTEGER NOT NULL CHECK (n >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    wording_id INTEGER REFERENCES wordings(id),
    variant_id INTEGER REFERENCES wording_variants(id),
    PRIMARY KEY (quote_id, n),
    CHECK ("end" > start),
    CHECK ((wording_id IS NULL) = (variant_id IS NULL))
) STRICT, WITHOUT ROWID;

-- Each quote as one saying: `quotes link` finds the sentences.
INSERT INTO sayings
    SELECT id, 0, coalesce(nullif(rtrim(trim(text, :marks), :marks || :after), ''), text), start, "end",
           iif(variant_id, wording_id, NULL), iif(wording_id, variant_id, NULL)
    FROM quotes WHERE kind <> 'indirect';
UPDATE wordings SET text = coalesce(nullif(rtrim(trim(text, :marks), :marks || :after), ''), text);

CREATE INDEX sayings_variant ON sayings(variant_id);
CREATE INDEX sayings_wording ON sayings(wording_id);
ALTER TABLE quotes DROP COLUMN wording_id;
ALTER TABLE quotes DROP COLUMN variant_id;

CREATE TRIGGER quotes_deleted AFTER DELETE ON quotes BEGIN
  DELETE FROM quote_spans WHERE quote_id = old.id;
  INSERT OR IGNORE INTO stale_links (kind, id)
    SELECT kind, id FROM (
      SELECT 'name' AS kind, old.name_id AS id
      UNION ALL SELECT 'variant', variant_id FROM sayings WHERE quote_id = old.id
      UNION ALL SELECT 'wording', wording_id FROM sayings WHERE quote_id = old.id
      UNION ALL SELECT 'outlet', old.outlet_id
      UNION ALL SELECT 'outlet', old.via_id
    ) WHERE id IS NOT NULL;
  DELETE FROM sayings WHERE quote_id = old.id;
END;

CREATE VIEW shared_wordings AS
SELECT wordings.id AS wording_id, wordings.text AS words, wordings.quotes AS quotes,
       wordings.outlets AS outlets, (
            SELECT count(DISTINCT articles.group_id) FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
            JOIN articles ON articles.id = quotes.article_id
            WHERE sayings.wording_id = wordings.id) AS reports,
       wordings.first_published AS first_published,
       wordings.last_published AS last_published,
       (SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT outlets.name AS name FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
            JOIN outlets ON outlets.id = quotes.outlet_id
            WHERE sayings.wording_id = wordings.id ORDER BY name)) AS printed_by,
       (SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speakers.name AS name FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
            JOIN speakers ON speakers.id = quotes.speaker_id
            WHERE sayings.wording_id = wordings.id ORDER BY name)) AS speakers
FROM wordings
WHERE wordings.outlets > 1;

CREATE VIEW disagreements AS
SELECT wordings.id AS wording_id, wordings.text AS words, speakers.id AS speaker_id, speakers.name AS speaker,
       outlets.name AS outlet, quotes.published AS published, group_concat(sayings.text, ' … ') AS said,
       quotes.id AS quote_id, quotes.article_id AS article_id
FROM wordings
JOIN sayings ON sayings.wording_id = wordings.id
JOIN quotes ON quotes.id = sayings.quote_id
JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
WHERE wordings.speakers > 1
GROUP BY wordings.id, quotes.id;
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
