-- The schema of a quotes database, for SQLite 3.37 or newer; db/README.md says how its tables hang together.
-- New databases are made by it; a change here needs a migration in migrations.py that makes the same of old ones.


-- Tables

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    domain TEXT,
    kind TEXT NOT NULL CHECK (kind IN (
        'newspaper', 'agency', 'broadcaster', 'magazine', 'website', 'government', 'other'
    ))
) STRICT;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    outlet_id INTEGER REFERENCES outlets(id),
    agency_id INTEGER REFERENCES outlets(id),
    title TEXT,
    byline TEXT,
    published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    place TEXT,
    url TEXT UNIQUE,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    words INTEGER NOT NULL CHECK (words >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    ingested_at TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    group_id INTEGER REFERENCES article_groups(id),
    folded TEXT
) STRICT;

CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    ingested_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    source TEXT
) STRICT;

CREATE TABLE furniture (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    PRIMARY KEY (article_id, n),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    outlet_id INTEGER REFERENCES outlets(id),
    speaker_id INTEGER REFERENCES speakers(id),
    published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
    act TEXT NOT NULL CHECK (act IN (
        'say', 'add', 'ask', 'claim', 'deny', 'warn', 'urge', 'promise', 'announce', 'confirm',
        'explain', 'suggest', 'criticize', 'praise', 'write', 'reply', 'predict', 'report'
    )),
    text TEXT NOT NULL CHECK (text <> ''),
    cue TEXT,
    mention TEXT,
    mention_kind TEXT NOT NULL CHECK (mention_kind IN ('name', 'description', 'pronoun', 'none')),
    via_id INTEGER REFERENCES outlets(id),
    citing TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    method TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    cue_start INTEGER,
    mention_start INTEGER,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    name_id INTEGER REFERENCES speaker_names(id),
    folded TEXT,
    gender TEXT CHECK (gender IN ('woman', 'man')),
    gender_words TEXT,
    decision TEXT CHECK (decision IN ('accept', 'correct', 'add')),
    CHECK ("end" > start),
    CHECK ((cue IS NULL) = (cue_start IS NULL)),
    CHECK ((mention IS NULL) = (mention_start IS NULL))
) STRICT;

CREATE TABLE quote_spans (
    quote_id INTEGER NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    PRIMARY KEY (quote_id, n),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE article_topics (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES topics(id),
    name TEXT,
    PRIMARY KEY (article_id, topic_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE ingests (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    options TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE quote_changes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    changed_at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('appeared', 'vanished', 'reworded')),
    before TEXT,
    after TEXT,
    speaker_before TEXT,
    speaker_after TEXT,
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;

CREATE TABLE fetches (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    fetched_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'unnamed', 'document')),
    role TEXT,
    gender TEXT CHECK (gender IN ('woman', 'man'))
) STRICT;

CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speakers(id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'unnamed', 'document')),
    key TEXT NOT NULL,
    block TEXT NOT NULL,
    acronym TEXT NOT NULL,
    scope TEXT NOT NULL,
    UNIQUE (name, role, kind, key, acronym, scope)
) STRICT;

CREATE TABLE speaker_decisions (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (kind, one, other)
) STRICT;

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

CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    text TEXT,
    quotes INTEGER NOT NULL DEFAULT 0 CHECK (quotes >= 0),
    outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0),
    speakers INTEGER NOT NULL DEFAULT 0 CHECK (speakers >= 0),
    first_published TEXT,
    last_published TEXT
) STRICT;

CREATE TABLE wording_variants (
    id INTEGER PRIMARY KEY,
    wording_id INTEGER REFERENCES wordings(id),
    parent_id INTEGER REFERENCES wording_variants(id),
    form TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE sayings (
    quote_id INTEGER NOT NULL REFERENCES quotes(id),
    n INTEGER NOT NULL CHECK (n >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    wording_id INTEGER REFERENCES wordings(id),
    variant_id INTEGER REFERENCES wording_variants(id),
    PRIMARY KEY (quote_id, n),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE wording_grams (
    gram INTEGER NOT NULL,
    node_id INTEGER NOT NULL,
    grams INTEGER NOT NULL CHECK (grams > 0),
    PRIMARY KEY (gram, node_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE wording_edges (
    shorter_id INTEGER NOT NULL REFERENCES wording_variants(id),
    fuller_id INTEGER NOT NULL REFERENCES wording_variants(id),
    kind TEXT NOT NULL CHECK (kind IN ('same', 'contains', 'overlaps', 'conflict')),
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    PRIMARY KEY (shorter_id, fuller_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_groups (
    id INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL DEFAULT 0 CHECK (articles >= 0),
    outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0),
    agency_id INTEGER REFERENCES outlets(id),
    original_id INTEGER REFERENCES articles(id) ON DELETE SET NULL
) STRICT;

CREATE TABLE article_copies (
    id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    group_id INTEGER REFERENCES article_groups(id),
    parent_id INTEGER REFERENCES article_copies(id)
) STRICT;

CREATE TABLE article_grams (
    gram INTEGER NOT NULL,
    node_id INTEGER NOT NULL,
    grams INTEGER NOT NULL CHECK (grams > 0),
    PRIMARY KEY (gram, node_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_edges (
    shorter_id INTEGER NOT NULL REFERENCES article_copies(id),
    fuller_id INTEGER NOT NULL REFERENCES article_copies(id),
    kind TEXT NOT NULL CHECK (kind IN ('same', 'contains', 'overlaps', 'conflict')),
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    PRIMARY KEY (shorter_id, fuller_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_failures (
    id INTEGER PRIMARY KEY,
    ingest_id INTEGER NOT NULL REFERENCES ingests(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage <> ''),
    error TEXT NOT NULL,
    resolved TEXT,
    pipeline TEXT,
    article_id INTEGER REFERENCES articles(id) ON DELETE CASCADE
) STRICT;

CREATE TABLE stale_links (
    kind TEXT NOT NULL
    CHECK (kind IN ('article', 'copy', 'group', 'name', 'outlet', 'topic', 'variant', 'wording')),
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_sources (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (article_id, source)
) STRICT, WITHOUT ROWID;


-- Indexes

CREATE UNIQUE INDEX articles_text_without_url ON articles(sha256) WHERE url IS NULL;
CREATE INDEX articles_sha256 ON articles(sha256);
CREATE INDEX articles_outlet ON articles(outlet_id, published);
CREATE INDEX articles_agency ON articles(agency_id);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX article_versions_article ON article_versions(article_id);
CREATE INDEX quotes_article ON quotes(article_id);
CREATE INDEX quotes_outlet ON quotes(outlet_id, speaker_id, article_id, kind);
CREATE INDEX quotes_speaker ON quotes(speaker_id, published, outlet_id, article_id, kind);
CREATE INDEX quotes_kind ON quotes(kind);
CREATE INDEX quotes_act ON quotes(act);
CREATE INDEX quotes_mention_kind ON quotes(mention_kind);
CREATE INDEX quotes_via ON quotes(via_id);
CREATE INDEX quote_changes_article ON quote_changes(article_id);
CREATE INDEX quote_changes_kind ON quote_changes(kind);
CREATE INDEX speakers_kind ON speakers(kind);
CREATE INDEX speakers_name ON speakers(name);
CREATE INDEX speaker_names_speaker ON speaker_names(speaker_id, name);
CREATE INDEX speaker_names_block ON speaker_names(kind, block, scope, key, acronym);
CREATE INDEX speaker_names_key ON speaker_names(kind, key, scope);
CREATE INDEX quotes_name ON quotes(name_id, published);
CREATE INDEX wording_variants_wording ON wording_variants(wording_id, parent_id);
CREATE INDEX wording_variants_parent ON wording_variants(parent_id);
CREATE INDEX wording_edges_fuller ON wording_edges(fuller_id);
CREATE INDEX sayings_variant ON sayings(variant_id);
CREATE INDEX sayings_wording ON sayings(wording_id);
CREATE INDEX article_copies_group ON article_copies(group_id, parent_id);
CREATE INDEX article_copies_parent ON article_copies(parent_id);
CREATE INDEX article_edges_fuller ON article_edges(fuller_id);
CREATE INDEX article_groups_outlets ON article_groups(outlets);
CREATE INDEX article_groups_agency ON article_groups(agency_id);
CREATE INDEX article_groups_original ON article_groups(original_id);
CREATE INDEX articles_group ON articles(group_id);
CREATE INDEX topics_nocase ON topics(name COLLATE NOCASE);
CREATE INDEX articles_copied ON articles(outlet_id, agency_id);
CREATE INDEX wordings_disagreed ON wordings(outlets) WHERE speakers > 1;
CREATE INDEX quotes_citing ON quotes(published) WHERE citing IS NOT NULL;
CREATE INDEX wordings_shared ON wordings(last_published, outlets, quotes, first_published) WHERE outlets > 1;
CREATE INDEX quotes_published ON quotes(published, speaker_id, outlet_id, article_id, kind, act, via_id);
CREATE INDEX ingest_failures_ingest ON ingest_failures(ingest_id);
CREATE INDEX ingest_failures_source ON ingest_failures(source);
CREATE INDEX ingest_failures_article ON ingest_failures(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX article_topics_topic ON article_topics(topic_id, name);
CREATE INDEX article_subjects_subject ON article_subjects(subject_id);
CREATE INDEX quotes_gender ON quotes(gender);
CREATE INDEX speakers_gender ON speakers(gender);
CREATE INDEX quotes_to_review ON quotes(confidence, id) WHERE decision IS NULL;
CREATE INDEX quotes_decision ON quotes(decision) WHERE decision IS NOT NULL;
CREATE INDEX quote_decisions_article ON quote_decisions(article);
CREATE INDEX quote_decisions_unfit ON quote_decisions(id) WHERE fits = 0;


-- Full-text search: each index follows its table by triggers

CREATE VIRTUAL TABLE quotes_fts USING fts5(text, mention, folded, tokenize='unicode61 remove_diacritics 2', content="quotes");

CREATE TRIGGER quotes_ai AFTER INSERT ON quotes BEGIN
  INSERT INTO quotes_fts (rowid, text, mention, folded) VALUES (new.id, new.text, new.mention, new.folded);
END;

CREATE TRIGGER quotes_ad AFTER DELETE ON quotes BEGIN
  INSERT INTO quotes_fts (quotes_fts, rowid, text, mention, folded) VALUES ('delete', old.id, old.text, old.mention, old.folded);
END;

CREATE TRIGGER quotes_au AFTER UPDATE OF text, mention, folded ON quotes BEGIN
  INSERT INTO quotes_fts (quotes_fts, rowid, text, mention, folded) VALUES ('delete', old.id, old.text, old.mention, old.folded);
  INSERT INTO quotes_fts (rowid, text, mention, folded) VALUES (new.id, new.text, new.mention, new.folded);
END;

CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, folded, tokenize='unicode61 remove_diacritics 2', content="articles");

CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts (rowid, title, text, folded) VALUES (new.id, new.title, new.text, new.folded);
END;

CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text, folded) VALUES ('delete', old.id, old.title, old.text, old.folded);
END;

CREATE TRIGGER articles_au AFTER UPDATE OF title, text, folded ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text, folded) VALUES ('delete', old.id, old.title, old.text, old.folded);
  INSERT INTO articles_fts (rowid, title, text, folded) VALUES (new.id, new.title, new.text, new.folded);
END;


-- Triggers: what hangs on a row goes with it; a topic is called as most of its articles write it

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

CREATE TRIGGER ingests_deleted AFTER DELETE ON ingests BEGIN
  DELETE FROM ingest_failures WHERE ingest_id = old.id;
END;

CREATE TRIGGER article_topics_ai AFTER INSERT ON article_topics
WHEN new.name <> (SELECT name FROM topics WHERE id = new.topic_id) BEGIN
  UPDATE OR IGNORE topics SET name = coalesce(
    (SELECT name FROM article_topics WHERE topic_id = new.topic_id AND name IS NOT NULL
     GROUP BY name ORDER BY count(*) DESC, name LIMIT 1), name)
  WHERE id = new.topic_id;
END;

CREATE TRIGGER article_topics_ad AFTER DELETE ON article_topics
WHEN old.name = (SELECT name FROM topics WHERE id = old.topic_id) BEGIN
  UPDATE OR IGNORE topics SET name = coalesce(
    (SELECT name FROM article_topics WHERE topic_id = old.topic_id AND name IS NOT NULL
     GROUP BY name ORDER BY count(*) DESC, name LIMIT 1), name)
  WHERE id = old.topic_id;
END;


-- Views

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

CREATE VIEW outlet_sourcing AS
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
GROUP BY outlets.id;

CREATE VIEW speaker_timeline AS
SELECT speakers.id AS speaker_id, speakers.name AS speaker, quotes.published AS published,
       count(*) AS quotes, count(DISTINCT quotes.outlet_id) AS outlets
FROM quotes
JOIN speakers ON speakers.id = quotes.speaker_id
WHERE quotes.published IS NOT NULL
GROUP BY speakers.id, quotes.published;

CREATE VIEW speaker_roles AS
SELECT speaker_names.speaker_id AS speaker_id, speakers.name AS speaker, speaker_names.role AS role,
       min(quotes.published) AS first_published, max(quotes.published) AS last_published, count(*) AS quotes
FROM speaker_names
JOIN speakers ON speakers.id = speaker_names.speaker_id
JOIN quotes ON quotes.name_id = speaker_names.id
WHERE speaker_names.role <> ''
GROUP BY speaker_names.speaker_id, speaker_names.role;

CREATE VIEW speaker_spellings AS
SELECT speaker_names.speaker_id AS speaker_id, speaker_names.name AS name, count(*) AS quotes
FROM speaker_names
JOIN quotes ON quotes.name_id = speaker_names.id
GROUP BY speaker_names.speaker_id, speaker_names.name;

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

CREATE VIEW lately AS
SELECT CASE WHEN (SELECT max(id) FROM quotes) > 200000
            THEN coalesce(date((SELECT max(published) FROM quotes WHERE published <= date('now')), '-6 days'), '')
            ELSE '' END AS since;

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
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id;
