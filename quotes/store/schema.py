"""The schema of the database, as migrations that sqlite-utils applies in order.

A change to the schema is a new migration at the end; one that has been released is never edited, and takes nothing from
elsewhere that may change: no list of kinds, no SQL that a library makes. `db/schema.sql` is what they add up to.
"""

from __future__ import annotations

import re
import sys

from sqlite_utils import Database, Migrations

from ..lexicon.letters import folded

migrations = Migrations("quotes")

DAY = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
# What the CHECKs of these tables allow. Another kind or act needs a migration that lays the table anew; tests compare.
OUTLET_KINDS = "('newspaper', 'agency', 'broadcaster', 'magazine', 'website', 'government', 'other')"
SPEAKER_KINDS = "('person', 'organization', 'unnamed', 'document')"
QUOTE_KINDS = "('direct', 'indirect', 'mixed')"
MENTION_KINDS = "('name', 'description', 'pronoun', 'none')"
ACTS = (
    "('say', 'add', 'ask', 'claim', 'deny', 'warn', 'urge', 'promise', 'announce', 'confirm', 'explain', "
    "'suggest', 'criticize', 'praise', 'write', 'reply', 'predict', 'report')"
)
CHANGE_KINDS = "('appeared', 'vanished', 'reworded')"
LIKENESS_KINDS = "('same', 'contains', 'overlaps', 'conflict')"


TABLES = (
    f"""
CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    domain TEXT,
    kind TEXT NOT NULL CHECK (kind IN {OUTLET_KINDS})
) STRICT
""",
    f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER REFERENCES outlets(id),
    agency_id INTEGER REFERENCES outlets(id),
    title TEXT,
    byline TEXT,
    published TEXT CHECK (published GLOB {DAY}),
    place TEXT,
    url TEXT UNIQUE,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    words INTEGER NOT NULL CHECK (words >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    ingested_at TEXT NOT NULL,
    pipeline TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    ingested_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE furniture (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    PRIMARY KEY (article_id, n),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID
""",
    f"""
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN {SPEAKER_KINDS}),
    role TEXT,
    key TEXT NOT NULL UNIQUE
) STRICT
""",
    """
CREATE TABLE speaker_names (
    speaker_id INTEGER NOT NULL REFERENCES speakers(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (speaker_id, name)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    quotes INTEGER NOT NULL DEFAULT 0 CHECK (quotes >= 0),
    outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0),
    first_published TEXT,
    last_published TEXT,
    key TEXT NOT NULL UNIQUE
) STRICT
""",
    f"""
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    outlet_id INTEGER REFERENCES outlets(id),
    speaker_id INTEGER REFERENCES speakers(id),
    published TEXT CHECK (published GLOB {DAY}),
    kind TEXT NOT NULL CHECK (kind IN {QUOTE_KINDS}),
    act TEXT NOT NULL CHECK (act IN {ACTS}),
    text TEXT NOT NULL CHECK (text <> ''),
    cue TEXT,
    mention TEXT,
    mention_kind TEXT NOT NULL CHECK (mention_kind IN {MENTION_KINDS}),
    via_id INTEGER REFERENCES outlets(id),
    citing TEXT,
    wording_id INTEGER REFERENCES wordings(id),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    method TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    cue_start INTEGER,
    mention_start INTEGER,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    CHECK ("end" > start),
    CHECK ((cue IS NULL) = (cue_start IS NULL)),
    CHECK ((mention IS NULL) = (mention_start IS NULL))
) STRICT
""",
    """
CREATE TABLE quote_spans (
    quote_id INTEGER NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    PRIMARY KEY (quote_id, n),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT
""",
    """
CREATE TABLE article_topics (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topics(id),
    PRIMARY KEY (article_id, topic_id)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE ingests (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
) STRICT
""",
    """
CREATE TABLE ingest_failures (
    id INTEGER PRIMARY KEY,
    ingest_id INTEGER NOT NULL REFERENCES ingests(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('read', 'extract', 'store')),
    error TEXT NOT NULL
) STRICT
""",
)

INDEXES = (
    # Without a URL an article is itself again when its text is; with one, when its URL is.
    "CREATE UNIQUE INDEX articles_text_without_url ON articles(sha256) WHERE url IS NULL",
    "CREATE INDEX articles_sha256 ON articles(sha256)",
    "CREATE INDEX articles_outlet ON articles(outlet_id, published)",
    "CREATE INDEX articles_agency ON articles(agency_id)",
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX article_versions_article ON article_versions(article_id)",
    "CREATE INDEX article_topics_topic ON article_topics(topic_id)",
    "CREATE INDEX speakers_kind ON speakers(kind)",
    "CREATE INDEX speakers_name ON speakers(name)",
    "CREATE INDEX quotes_article ON quotes(article_id)",
    # These three cover what the canned queries count: 0.06 to 0.3 s at 300,000 quotes, else over 1 s.
    "CREATE INDEX quotes_outlet ON quotes(outlet_id, speaker_id, article_id, kind)",
    "CREATE INDEX quotes_speaker ON quotes(speaker_id, published, outlet_id, article_id, kind)",
    "CREATE INDEX quotes_published ON quotes(published, speaker_id, outlet_id)",
    "CREATE INDEX quotes_kind ON quotes(kind)",
    "CREATE INDEX quotes_act ON quotes(act)",
    "CREATE INDEX quotes_mention_kind ON quotes(mention_kind)",
    "CREATE INDEX quotes_via ON quotes(via_id)",
    "CREATE INDEX quotes_wording ON quotes(wording_id)",
    "CREATE INDEX ingest_failures_ingest ON ingest_failures(ingest_id)",
)

# As sqlite-utils makes them. "Cortes" finds "Cortés", and "Nguyen" finds "Nguyễn": 1, the default of
# remove_diacritics, knows no letter with two marks.
FULL_TEXT = (
    """
CREATE VIRTUAL TABLE "{table}_fts" USING FTS5 (
    "{first}", "{second}",
    tokenize='unicode61 remove_diacritics 2',
    content="{table}"
)
""",
    """
CREATE TRIGGER "{table}_ai" AFTER INSERT ON "{table}" BEGIN
  INSERT INTO "{table}_fts" (rowid, "{first}", "{second}") VALUES (new.rowid, new."{first}", new."{second}");
END
""",
    """
CREATE TRIGGER "{table}_ad" AFTER DELETE ON "{table}" BEGIN
  INSERT INTO "{table}_fts" ("{table}_fts", rowid, "{first}", "{second}") \
VALUES('delete', old.rowid, old."{first}", old."{second}");
END
""",
    """
CREATE TRIGGER "{table}_au" AFTER UPDATE ON "{table}" BEGIN
  INSERT INTO "{table}_fts" ("{table}_fts", rowid, "{first}", "{second}") \
VALUES('delete', old.rowid, old."{first}", old."{second}");
  INSERT INTO "{table}_fts" (rowid, "{first}", "{second}") VALUES (new.rowid, new."{first}", new."{second}");
END
""",
)

VIEWS = {
    "who_said_what": """
SELECT quotes.id AS quote_id, speakers.name AS speaker, speakers.kind AS speaker_kind,
       speakers.role AS role, quotes.text AS said, quotes.kind AS kind, quotes.act AS act,
       quotes.cue AS cue, quotes.mention AS mention, outlets.name AS outlet, via.name AS via,
       quotes.citing AS citing, agencies.name AS agency, quotes.published AS published,
       articles.title AS title, articles.url AS url, quotes.article_id AS article_id,
       quotes.confidence AS confidence
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id
""",
    "shared_wordings": """
SELECT wordings.id AS wording_id, wordings.text AS words, wordings.quotes AS quotes,
       wordings.outlets AS outlets, wordings.first_published AS first_published,
       wordings.last_published AS last_published,
       (SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT outlets.name AS name FROM quotes
            JOIN outlets ON outlets.id = quotes.outlet_id
            WHERE quotes.wording_id = wordings.id ORDER BY name)) AS printed_by,
       (SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speakers.name AS name FROM quotes
            JOIN speakers ON speakers.id = quotes.speaker_id
            WHERE quotes.wording_id = wordings.id ORDER BY name)) AS speakers
FROM wordings
WHERE wordings.outlets > 1
""",
    "outlet_sourcing": """
SELECT outlets.id AS outlet_id, outlets.name AS outlet,
       count(DISTINCT quotes.article_id) AS articles, count(*) AS quotes,
       sum(quotes.kind = 'direct') AS direct,
       sum(quotes.kind <> 'direct') AS reported,
       sum(speakers.kind IS 'person') AS people,
       sum(speakers.kind IS 'organization') AS organizations,
       sum(speakers.kind IS 'document') AS documents,
       sum(speakers.kind IS 'unnamed') AS unnamed,
       sum(quotes.speaker_id IS NULL) AS unresolved
FROM quotes
JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
GROUP BY outlets.id
""",
    "speaker_timeline": """
SELECT speakers.id AS speaker_id, speakers.name AS speaker, quotes.published AS published,
       count(*) AS quotes, count(DISTINCT quotes.outlet_id) AS outlets
FROM quotes
JOIN speakers ON speakers.id = quotes.speaker_id
WHERE quotes.published IS NOT NULL
GROUP BY speakers.id, quotes.published
""",
}

VIEWS_OF_LINKING = {
    "shared_wordings": VIEWS["shared_wordings"].replace(
        "wordings.first_published AS",
        """(
            SELECT count(DISTINCT articles.group_id) FROM quotes JOIN articles ON articles.id = quotes.article_id
            WHERE quotes.wording_id = wordings.id) AS reports,
       wordings.first_published AS""",
    ),
    "speaker_roles": """
SELECT speaker_names.speaker_id AS speaker_id, speakers.name AS speaker, speaker_names.role AS role,
       min(quotes.published) AS first_published, max(quotes.published) AS last_published, count(*) AS quotes
FROM speaker_names
JOIN speakers ON speakers.id = speaker_names.speaker_id
JOIN quotes ON quotes.name_id = speaker_names.id
WHERE speaker_names.role <> ''
GROUP BY speaker_names.speaker_id, speaker_names.role
""",
    "speaker_spellings": """
SELECT speaker_names.speaker_id AS speaker_id, speaker_names.name AS name, count(*) AS quotes
FROM speaker_names
JOIN quotes ON quotes.name_id = speaker_names.id
GROUP BY speaker_names.speaker_id, speaker_names.name
""",
    "disagreements": """
SELECT wordings.id AS wording_id, wordings.text AS words, speakers.id AS speaker_id, speakers.name AS speaker,
       outlets.name AS outlet, quotes.published AS published, quotes.text AS said, quotes.id AS quote_id,
       quotes.article_id AS article_id
FROM wordings
JOIN quotes ON quotes.wording_id = wordings.id
JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
WHERE wordings.speakers > 1
""",
}


@migrations()
def m001_tables_and_views(db: Database) -> None:
    """Lay all tables, their indexes, full-text search and the views."""
    for statement in TABLES + INDEXES:
        db.execute(statement)
    for table, first, second in (("quotes", "text", "mention"), ("articles", "title", "text")):
        for statement in FULL_TEXT:
            db.execute(statement.format(table=table, first=first, second=second))
    for name, select in VIEWS.items():
        db.execute(f"CREATE VIEW {name} AS{select}")


@migrations()
def m002_changes_and_retries(db: Database) -> None:
    """What became of quotes in new versions; failures that were put right; what feeds and pages were fetched."""
    db.execute(
        f"""
CREATE TABLE quote_changes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    changed_at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN {CHANGE_KINDS}),
    before TEXT,
    after TEXT,
    speaker_before TEXT,
    speaker_after TEXT,
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT
"""
    )
    db.execute("CREATE INDEX quote_changes_article ON quote_changes(article_id)")
    db.execute("CREATE INDEX quote_changes_kind ON quote_changes(kind)")
    db.execute(
        """
CREATE TABLE fetches (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    fetched_at TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
    )
    db.execute("ALTER TABLE ingests ADD COLUMN options TEXT NOT NULL DEFAULT '{}'")
    db.execute("ALTER TABLE ingest_failures ADD COLUMN resolved TEXT")
    db.execute("CREATE INDEX ingest_failures_source ON ingest_failures(source)")


@migrations()
def m003_linking(db: Database) -> None:
    """Quotes in the same words but for small differences, speakers by all they are called, copies of a story.

    What is linked in an older database is linked anew by `quotes link`.
    """
    for view in VIEWS:
        db.execute(f"DROP VIEW {view}")
    _link_speakers(db)
    _link_wordings(db)
    _group_articles(db)
    db.execute("CREATE INDEX topics_nocase ON topics(name COLLATE NOCASE)")
    for name, select in (VIEWS | VIEWS_OF_LINKING).items():
        db.execute(f"CREATE VIEW {name} AS{select}")
    # What is linked otherwise is found by the same words as before: no need to index these anew.
    for table, first, second in (("quotes", "text", "mention"), ("articles", "title", "text")):
        db.execute(f"DROP TRIGGER {table}_au")
        db.execute(
            f"""
CREATE TRIGGER "{table}_au" AFTER UPDATE OF "{first}", "{second}" ON "{table}" BEGIN
  INSERT INTO "{table}_fts" ("{table}_fts", rowid, "{first}", "{second}")
    VALUES ('delete', old.rowid, old."{first}", old."{second}");
  INSERT INTO "{table}_fts" (rowid, "{first}", "{second}") VALUES (new.rowid, new."{first}", new."{second}");
END
"""
        )


@migrations()
def m004_pages(db: Database) -> None:
    """What the pages and queries of Datasette need to answer a million quotes at once."""
    db.execute(
        """
CREATE VIEW lately AS
SELECT CASE WHEN (SELECT max(id) FROM quotes) > 200000
            THEN coalesce(date((SELECT max(published) FROM quotes), '-7 days'), '') ELSE '' END AS since
"""
    )
    db.execute("DROP INDEX quotes_published")
    db.execute("CREATE INDEX quotes_published ON quotes(published, speaker_id, outlet_id, article_id, kind, act)")
    db.execute("CREATE INDEX articles_copied ON articles(outlet_id, agency_id)")
    db.execute("CREATE INDEX wordings_shared ON wordings(outlets, last_published) WHERE outlets > 1")
    db.execute("CREATE INDEX wordings_disagreed ON wordings(outlets) WHERE speakers > 1")
    db.execute("CREATE INDEX quotes_citing ON quotes(published) WHERE citing IS NOT NULL")


@migrations()
def m005_weeks(db: Database) -> None:
    """The view `lately` is a week, and a day to come is an error in an article, not the newest day.

    With the carrier, the index by day has all that queries look at before they choose; so has that of shared wordings.
    """
    db.execute("DROP INDEX wordings_shared")
    db.execute(
        "CREATE INDEX wordings_shared ON wordings(last_published, outlets, quotes, first_published) WHERE outlets > 1"
    )
    db.execute("DROP INDEX quotes_published")
    db.execute(
        "CREATE INDEX quotes_published ON quotes(published, speaker_id, outlet_id, article_id, kind, act, via_id)"
    )
    db.execute("DROP VIEW lately")
    db.execute(
        """
CREATE VIEW lately AS
SELECT CASE WHEN (SELECT max(id) FROM quotes) > 200000
            THEN coalesce(date((SELECT max(published) FROM quotes WHERE published <= date('now')), '-6 days'), '')
            ELSE '' END AS since
"""
    )


@migrations()
def m006_early_builds(db: Database) -> None:
    """Give databases of builds before the release what the migrations above were edited to make since."""
    new = Database(memory=True)
    migrations.apply(new, stop_before="m006_early_builds")
    found = _made(db)
    for name, (kind, sql) in _made(new).items():
        # A table with rows in it is never dropped; of those no build made other ones.
        if name in found and (kind == "table" or found[name][1].split() == sql.split()):
            continue
        if name in found:
            db.execute(f"DROP {kind.removeprefix('virtual ')} {name}")
        db.execute(sql)
        if kind == "virtual table":
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
    new.close()


def _made(db: Database) -> dict[str, tuple[str, str]]:
    """Return kind and SQL, by name, of what the migrations make; the tables first."""
    rows = db.execute(
        r"""SELECT iif(sql LIKE 'CREATE VIRTUAL%', 'virtual table', type) AS kind, name, sql FROM sqlite_master
        WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%sqlite%' AND name NOT LIKE '%\_fts\__%' ESCAPE '\'
        ORDER BY kind <> 'table', kind <> 'virtual table'"""
    )
    return {name: (kind, sql) for kind, name, sql in rows}


@migrations()
def m007_failed_components(db: Database) -> None:
    """A failure of one component: the article is in, and says which version has failed on it."""
    db.execute(
        """
CREATE TABLE new_ingest_failures (
    id INTEGER PRIMARY KEY,
    ingest_id INTEGER NOT NULL REFERENCES ingests(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage <> ''),
    error TEXT NOT NULL,
    resolved TEXT,
    pipeline TEXT,
    article_id INTEGER REFERENCES articles(id) ON DELETE CASCADE
) STRICT
"""
    )
    columns = "id, ingest_id, source, stage, error, resolved"
    db.execute(f"INSERT INTO new_ingest_failures ({columns}) SELECT {columns} FROM ingest_failures")
    db.execute("DROP TABLE ingest_failures")
    db.execute("ALTER TABLE new_ingest_failures RENAME TO ingest_failures")
    db.execute("CREATE INDEX ingest_failures_ingest ON ingest_failures(ingest_id)")
    db.execute("CREATE INDEX ingest_failures_source ON ingest_failures(source)")
    db.execute("CREATE INDEX ingest_failures_article ON ingest_failures(article_id) WHERE article_id IS NOT NULL")


@migrations()
def m008_removal(db: Database) -> None:
    """What hangs on an article goes with it, whoever deletes it and however; which texts each source gave.

    `stale_links` has what deleted quotes and articles led to: only the program can link anew what is left.
    """
    db.execute(
        """
CREATE TABLE stale_links (
    kind TEXT NOT NULL
        CHECK (kind IN ('article', 'copy', 'group', 'name', 'outlet', 'topic', 'variant', 'wording')),
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID
"""
    )
    db.execute(
        """
CREATE TABLE article_sources (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (article_id, source)
) STRICT, WITHOUT ROWID
"""
    )
    db.execute("INSERT INTO article_sources SELECT id, source, sha256 FROM articles WHERE url IS NOT NULL")
    db.execute("ALTER TABLE article_versions ADD COLUMN source TEXT")
    # Foreign keys do the same, where they are on: in the sqlite3 shell and in most programs they are off.
    db.execute(
        """
CREATE TRIGGER quotes_deleted AFTER DELETE ON quotes BEGIN
  DELETE FROM quote_spans WHERE quote_id = old.id;
  INSERT OR IGNORE INTO stale_links (kind, id)
    SELECT kind, id FROM (
      SELECT 'name' AS kind, old.name_id AS id
      UNION ALL SELECT 'variant', old.variant_id
      UNION ALL SELECT 'wording', old.wording_id
      UNION ALL SELECT 'outlet', old.outlet_id
      UNION ALL SELECT 'outlet', old.via_id
    ) WHERE id IS NOT NULL;
END
"""
    )
    db.execute(
        """
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
  DELETE FROM article_versions WHERE article_id = old.id;
  DELETE FROM article_sources WHERE article_id = old.id;
  DELETE FROM quote_changes WHERE article_id = old.id;
  DELETE FROM ingest_failures WHERE article_id = old.id;
  DELETE FROM article_edges WHERE shorter_id = old.id OR fuller_id = old.id;
  UPDATE article_copies SET parent_id = NULL, group_id = NULL WHERE parent_id = old.id;
  DELETE FROM article_copies WHERE id = old.id;
  UPDATE article_groups SET original_id = NULL WHERE original_id = old.id;
END
"""
    )
    db.execute(
        """
CREATE TRIGGER ingests_deleted AFTER DELETE ON ingests BEGIN
  DELETE FROM ingest_failures WHERE ingest_id = old.id;
END
"""
    )
    _sweep(db)


def _sweep(db: Database) -> None:
    """Delete what articles left behind that were deleted before there were triggers, with foreign keys off."""
    db.execute(
        """
INSERT OR IGNORE INTO stale_links (kind, id)
  SELECT 'article', node_id FROM article_grams WHERE node_id NOT IN (SELECT id FROM articles)
  UNION SELECT 'copy', fuller_id FROM article_edges WHERE shorter_id NOT IN (SELECT id FROM articles)
  UNION SELECT 'copy', shorter_id FROM article_edges WHERE fuller_id NOT IN (SELECT id FROM articles)
  UNION SELECT 'copy', id FROM article_copies WHERE parent_id NOT IN (SELECT id FROM articles)
  UNION SELECT 'group', group_id FROM article_copies
    WHERE id NOT IN (SELECT id FROM articles) AND group_id IS NOT NULL
  UNION SELECT 'topic', topic_id FROM article_topics WHERE article_id NOT IN (SELECT id FROM articles)
"""
    )
    gone = "NOT IN (SELECT id FROM articles)"
    db.execute(f"DELETE FROM stale_links WHERE kind = 'copy' AND id {gone}")
    db.execute(f"DELETE FROM article_edges WHERE shorter_id {gone} OR fuller_id {gone}")
    db.execute(f"UPDATE article_copies SET parent_id = NULL, group_id = NULL WHERE parent_id {gone}")
    db.execute(f"DELETE FROM article_copies WHERE id {gone}")
    db.execute(f"UPDATE article_groups SET original_id = NULL WHERE original_id {gone}")
    for table in ("quotes", "furniture", "article_topics", "article_versions", "quote_changes", "ingest_failures"):
        db.execute(f"DELETE FROM {table} WHERE article_id {gone}")
    db.execute("DELETE FROM quote_spans WHERE quote_id NOT IN (SELECT id FROM quotes)")
    db.execute("DELETE FROM ingest_failures WHERE ingest_id NOT IN (SELECT id FROM ingests)")


@migrations()
def m009_other_spellings(db: Database) -> None:
    """Full-text search finds "Łódź" by `lodz` and "ﬁnally" by `finally`."""
    for table, first, second in (("quotes", "text", "mention"), ("articles", "title", "text")):
        db.execute(f"ALTER TABLE {table} ADD COLUMN folded TEXT")
        rows = db.execute(f"SELECT id, {first}, {second} FROM {table}")
        # The letters of today: what is written from now on is filled with them too.
        others = [(other, row) for row, *texts in rows if (other := folded(*texts))]
        for name in ("ai", "ad", "au"):
            db.execute(f"DROP TRIGGER {table}_{name}")
        db.conn.executemany(f"UPDATE {table} SET folded = ? WHERE id = ?", others)
        db.execute(f"DROP TABLE {table}_fts")
        columns = f"{first}, {second}, folded"
        db.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5"
            f"""({columns}, tokenize='unicode61 remove_diacritics 2', content="{table}")"""
        )
        new, old = (", ".join(f"{row}.{name}" for name in ("id", first, second, "folded")) for row in ("new", "old"))
        enter = f"INSERT INTO {table}_fts (rowid, {columns}) VALUES ({new});"
        leave = f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', {old});"
        db.execute(f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN\n  {enter}\nEND")
        db.execute(f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN\n  {leave}\nEND")
        db.execute(f"CREATE TRIGGER {table}_au AFTER UPDATE OF {columns} ON {table} BEGIN\n  {leave}\n  {enter}\nEND")
        db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")


@migrations()
def m010_topics_as_written(db: Database) -> None:
    """A topic is called as most of its articles write it, "Harbour Board" or "harbour board", whatever their order.

    By triggers, so that it holds for rows that plain SQL deletes.
    """
    db.execute("ALTER TABLE article_topics ADD COLUMN name TEXT")
    db.execute("UPDATE article_topics SET name = (SELECT name FROM topics WHERE id = topic_id)")
    db.execute("DROP INDEX article_topics_topic")
    db.execute("CREATE INDEX article_topics_topic ON article_topics(topic_id, name)")
    for name, event, row, changes in (
        ("ai", "INSERT", "new", "<>"),
        ("ad", "DELETE", "old", "="),
    ):
        db.execute(
            f"""
CREATE TRIGGER article_topics_{name} AFTER {event} ON article_topics
WHEN {row}.name {changes} (SELECT name FROM topics WHERE id = {row}.topic_id) BEGIN
  UPDATE OR IGNORE topics SET name = coalesce(
    (SELECT name FROM article_topics WHERE topic_id = {row}.topic_id AND name IS NOT NULL
     GROUP BY name ORDER BY count(*) DESC, name LIMIT 1), name)
  WHERE id = {row}.topic_id;
END
"""
        )


@migrations()
def m011_gender(db: Database) -> None:
    """What an article shows of a speaker's gender, and by which words; and what all of its articles show together."""
    for table in ("quotes", "speakers"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN gender TEXT CHECK (gender IN ('woman', 'man'))")
    db.execute("ALTER TABLE quotes ADD COLUMN gender_words TEXT")
    db.execute("CREATE INDEX quotes_gender ON quotes(gender)")
    db.execute("CREATE INDEX speakers_gender ON speakers(gender)")
    db.execute("DROP VIEW who_said_what")
    db.execute(
        """
CREATE VIEW who_said_what AS
SELECT quotes.id AS quote_id, speakers.name AS speaker, speakers.kind AS speaker_kind,
       speakers.role AS role, speakers.gender AS gender, quotes.text AS said, quotes.kind AS kind, quotes.act AS act,
       quotes.cue AS cue, quotes.mention AS mention, outlets.name AS outlet, via.name AS via,
       quotes.citing AS citing, agencies.name AS agency, quotes.published AS published,
       articles.title AS title, articles.url AS url, quotes.article_id AS article_id,
       quotes.confidence AS confidence
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id
"""
    )


BEFORE_RELEASE = {"m003_wordings_by_likeness", "m005_newest_first"}
"""Migrations that databases of early builds have, and that others have taken the place of."""


def migrate(db: Database) -> None:
    """Apply the migrations that a database lacks; for a transaction."""
    applied = {migration.name for migration in migrations.applied(db)}
    if "m003_wordings_by_likeness" in applied:  # a part of m003_linking, which does it anew
        db.execute("UPDATE quotes SET wording_id = NULL")
        db.execute("DROP INDEX quotes_variant")
        db.execute("ALTER TABLE quotes DROP COLUMN variant_id")
        for table in ("wording_edges", "wording_grams", "wording_variants"):
            db.execute(f"DROP TABLE {table}")
    for name in BEFORE_RELEASE & applied:  # what m005_newest_first made otherwise than m005_weeks, m006 puts right
        db.execute(
            f"DELETE FROM {migrations.migrations_table} WHERE migration_set = ? AND name = ?", [migrations.name, name]
        )
    migrations.apply(db)


def _link_speakers(db: Database) -> None:
    db.execute(
        f"""
CREATE TABLE new_speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN {SPEAKER_KINDS}),
    role TEXT
) STRICT
"""
    )
    db.execute("INSERT INTO new_speakers SELECT id, name, kind, role FROM speakers")
    db.execute("DROP TABLE speaker_names")
    db.execute("DROP TABLE speakers")
    db.execute("ALTER TABLE new_speakers RENAME TO speakers")
    db.execute("CREATE INDEX speakers_kind ON speakers(kind)")
    db.execute("CREATE INDEX speakers_name ON speakers(name)")
    db.execute(
        f"""
CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speakers(id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN {SPEAKER_KINDS}),
    key TEXT NOT NULL,
    block TEXT NOT NULL,
    acronym TEXT NOT NULL,
    scope TEXT NOT NULL,
    UNIQUE (name, role, kind, key, acronym, scope)
) STRICT
"""
    )
    db.execute("CREATE INDEX speaker_names_speaker ON speaker_names(speaker_id, name)")
    db.execute("CREATE INDEX speaker_names_block ON speaker_names(kind, block, scope, key, acronym)")
    db.execute("CREATE INDEX speaker_names_key ON speaker_names(kind, key, scope)")
    db.execute(
        """
CREATE TABLE speaker_decisions (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (kind, one, other)
) STRICT
"""
    )
    db.execute("ALTER TABLE quotes ADD COLUMN name_id INTEGER REFERENCES speaker_names(id)")
    db.execute("CREATE INDEX quotes_name ON quotes(name_id, published)")


def _link_wordings(db: Database) -> None:
    db.execute("UPDATE quotes SET wording_id = NULL")
    db.execute("DROP TABLE wordings")
    db.execute(
        """
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    text TEXT,
    quotes INTEGER NOT NULL DEFAULT 0 CHECK (quotes >= 0),
    outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0),
    speakers INTEGER NOT NULL DEFAULT 0 CHECK (speakers >= 0),
    first_published TEXT,
    last_published TEXT
) STRICT
"""
    )
    db.execute(
        """
CREATE TABLE wording_variants (
    id INTEGER PRIMARY KEY,
    wording_id INTEGER REFERENCES wordings(id),
    parent_id INTEGER REFERENCES wording_variants(id),
    form TEXT NOT NULL UNIQUE
) STRICT
"""
    )
    db.execute("CREATE INDEX wording_variants_wording ON wording_variants(wording_id, parent_id)")
    db.execute("CREATE INDEX wording_variants_parent ON wording_variants(parent_id)")
    _lay_forest(db, "wording", "wording_variants")
    db.execute("ALTER TABLE quotes ADD COLUMN variant_id INTEGER REFERENCES wording_variants(id)")
    db.execute("CREATE INDEX quotes_variant ON quotes(variant_id, text)")
    db.execute("DROP INDEX quotes_wording")
    db.execute("CREATE INDEX quotes_wording ON quotes(wording_id, outlet_id, speaker_id, published)")


def _lay_forest(db: Database, name: str, nodes: str) -> None:
    """Lay what `forest.Forest` keeps of texts: what is in them, and which are alike."""
    db.execute(
        f"""
CREATE TABLE {name}_grams (
    gram INTEGER NOT NULL,
    node_id INTEGER NOT NULL,
    grams INTEGER NOT NULL CHECK (grams > 0),
    PRIMARY KEY (gram, node_id)
) STRICT, WITHOUT ROWID
"""
    )
    db.execute(
        f"""
CREATE TABLE {name}_edges (
    shorter_id INTEGER NOT NULL REFERENCES {nodes}(id),
    fuller_id INTEGER NOT NULL REFERENCES {nodes}(id),
    kind TEXT NOT NULL CHECK (kind IN {LIKENESS_KINDS}),
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    PRIMARY KEY (shorter_id, fuller_id)
) STRICT, WITHOUT ROWID
"""
    )
    db.execute(f"CREATE INDEX {name}_edges_fuller ON {name}_edges(fuller_id)")


def _group_articles(db: Database) -> None:
    db.execute(
        """
CREATE TABLE article_groups (
    id INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL DEFAULT 0 CHECK (articles >= 0),
    outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0),
    agency_id INTEGER REFERENCES outlets(id),
    original_id INTEGER REFERENCES articles(id) ON DELETE SET NULL
) STRICT
"""
    )
    db.execute(
        """
CREATE TABLE article_copies (
    id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    group_id INTEGER REFERENCES article_groups(id),
    parent_id INTEGER REFERENCES article_copies(id)
) STRICT
"""
    )
    db.execute("CREATE INDEX article_copies_group ON article_copies(group_id, parent_id)")
    db.execute("CREATE INDEX article_copies_parent ON article_copies(parent_id)")
    _lay_forest(db, "article", "article_copies")
    db.execute("CREATE INDEX article_groups_outlets ON article_groups(outlets)")
    db.execute("CREATE INDEX article_groups_agency ON article_groups(agency_id)")
    db.execute("CREATE INDEX article_groups_original ON article_groups(original_id)")
    db.execute("ALTER TABLE articles ADD COLUMN group_id INTEGER REFERENCES article_groups(id)")
    db.execute("CREATE INDEX articles_group ON articles(group_id)")


HEADING = """\
-- The schema of a quotes database, for SQLite 3.37 or newer; db/README.md says how its tables hang together.
-- Made from the migrations by: python -m quotes.store.schema > db/schema.sql
"""

PARTS = {
    "Tables": "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    "Indexes": "type = 'index'",
    "Full-text search: each index follows its table by triggers": (
        "type = 'trigger' AND sql LIKE '%_fts%' OR sql LIKE 'CREATE VIRTUAL%'"
    ),
    "Triggers: what hangs on a row goes with it; a topic is called as most of its articles write it": (
        "type = 'trigger' AND sql NOT LIKE '%_fts%'"
    ),
    "Views": "type = 'view'",
}


def schema_sql() -> str:
    """Return what the migrations add up to, as SQL statements that can be read and run.

    Left out is what SQLite and sqlite-utils keep for themselves.
    """
    db = Database(memory=True)
    migrations.apply(db)
    text = HEADING
    for title, which in PARTS.items():
        found = db.execute(
            f"SELECT sql FROM sqlite_master WHERE ({which}) AND sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite%'"
            r" AND tbl_name <> ? AND name NOT LIKE '%\_fts\__%' ESCAPE '\' ORDER BY rowid",
            [migrations.migrations_table],
        )
        statements = [re.sub(r"[ \t]+$", "", sql.strip(), flags=re.M) + ";\n" for (sql,) in found]
        between = "" if title == "Indexes" else "\n"
        text += f"\n\n-- {title}\n\n" + between.join(statements)
    db.close()
    return text


if __name__ == "__main__":
    sys.stdout.write(schema_sql())
