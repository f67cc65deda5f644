-- Written by the last build before the first release: its migrations end with m011_gender.
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    domain TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('newspaper', 'agency', 'broadcaster', 'magazine', 'website', 'government', 'other'))
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
    pipeline TEXT NOT NULL
, group_id INTEGER REFERENCES article_groups(id), folded TEXT) STRICT;
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    ingested_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
, source TEXT) STRICT;
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
    act TEXT NOT NULL CHECK (act IN ('say', 'add', 'ask', 'claim', 'deny', 'warn', 'urge', 'promise', 'announce', 'confirm', 'explain', 'suggest', 'criticize', 'praise', 'write', 'reply', 'predict', 'report')),
    text TEXT NOT NULL CHECK (text <> ''),
    cue TEXT,
    mention TEXT,
    mention_kind TEXT NOT NULL CHECK (mention_kind IN ('name', 'description', 'pronoun', 'none')),
    via_id INTEGER REFERENCES outlets(id),
    citing TEXT,
    wording_id INTEGER REFERENCES wordings(id),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    method TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    cue_start INTEGER,
    mention_start INTEGER,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), name_id INTEGER REFERENCES speaker_names(id), variant_id INTEGER REFERENCES wording_variants(id), folded TEXT, gender TEXT CHECK (gender IN ('woman', 'man')), gender_words TEXT,
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
    topic_id INTEGER NOT NULL REFERENCES topics(id), name TEXT,
    PRIMARY KEY (article_id, topic_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE ingests (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
, options TEXT NOT NULL DEFAULT '{}') STRICT;
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
CREATE TABLE "speakers" (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'unnamed', 'document')),
    role TEXT
, gender TEXT CHECK (gender IN ('woman', 'man'))) STRICT;
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
CREATE TABLE "ingest_failures" (
    id INTEGER PRIMARY KEY,
    ingest_id INTEGER NOT NULL REFERENCES ingests(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage <> ''),
    error TEXT NOT NULL,
    resolved TEXT,
    pipeline TEXT,
    article_id INTEGER REFERENCES articles(id) ON DELETE CASCADE
) STRICT
;
CREATE TABLE stale_links (
    kind TEXT NOT NULL
        CHECK (kind IN ('article', 'copy', 'group', 'name', 'outlet', 'topic', 'variant', 'wording')),
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID
;
CREATE TABLE article_sources (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (article_id, source)
) STRICT, WITHOUT ROWID
;
INSERT INTO "_sqlite_migrations" VALUES (1,'quotes','m001_tables_and_views','2026-11-28 20:43:09.958727+00:00');
INSERT INTO "_sqlite_migrations" VALUES (2,'quotes','m002_changes_and_retries','2026-11-28 20:43:10.245673+00:00');
INSERT INTO "_sqlite_migrations" VALUES (3,'quotes','m003_linking','2026-11-28 20:43:10.382588+00:00');
INSERT INTO "_sqlite_migrations" VALUES (4,'quotes','m004_pages','2026-11-28 20:43:10.383564+00:00');
INSERT INTO "_sqlite_migrations" VALUES (5,'quotes','m005_weeks','2026-11-28 20:43:10.384007+00:00');
INSERT INTO "_sqlite_migrations" VALUES (6,'quotes','m006_early_builds','2026-11-29 07:35:03.932136+00:00');
INSERT INTO "_sqlite_migrations" VALUES (7,'quotes','m007_failed_components','2026-11-29 07:35:03.935030+00:00');
INSERT INTO "_sqlite_migrations" VALUES (8,'quotes','m008_removal','2026-11-29 07:35:03.937213+00:00');
INSERT INTO "_sqlite_migrations" VALUES (9,'quotes','m009_other_spellings','2026-11-29 07:35:03.940502+00:00');
INSERT INTO "_sqlite_migrations" VALUES (10,'quotes','m010_topics_as_written','2026-11-29 07:35:03.941724+00:00');
INSERT INTO "_sqlite_migrations" VALUES (11,'quotes','m011_gender','2026-11-29 07:35:03.945238+00:00');
INSERT INTO "outlets" VALUES (1,'Harbour Courier','courier.example','newspaper');
INSERT INTO "outlets" VALUES (2,'Northwire','northwire.example','agency');
INSERT INTO "outlets" VALUES (3,'Lantern',NULL,'other');
INSERT INTO "articles" VALUES (1,1,NULL,'The pier','Cy Vale','2025-03-04',NULL,'https://courier.example/1','1.txt','en','Ana Cortés, mayor of Quillan, said Monday: “We will rebuild the harbour pier before winter.”
Bo Lind of Northwire doubted that the wells were poisoned.
Subscribe now
',27,'ad20b852fe21ff48c458b604db30b3f26e76afa0b67d1671c661b4814887fc60','2026-11-28T20:43:10Z','quotes 0.1.0',2,NULL);
INSERT INTO "articles" VALUES (2,3,2,'The pier','Cy Vale','2025-03-05',NULL,NULL,'2.txt','en','Ana Cortés, mayor of Quillan, said Monday: “We will rebuild the harbour pier before winter.”
Bo Lind of Northwire doubted that the wells were poisoned.
Subscribe now
',27,'ad20b852fe21ff48c458b604db30b3f26e76afa0b67d1671c661b4814887fc60','2026-11-28T20:43:10Z','quotes 0.1.0',3,NULL);
INSERT INTO "article_versions" VALUES (1,1,'An older text.
','cdc8ede0168f4460694255bff21a2e9beed52b00e183893fec90169c175a7d42','2026-11-28T20:43:10Z','2026-11-28T20:43:10Z',NULL);
INSERT INTO "furniture" VALUES (1,0,152,165);
INSERT INTO "furniture" VALUES (2,0,152,165);
INSERT INTO "quotes" VALUES (1,1,1,1,'2025-03-04','direct','say','“We will rebuild the harbour pier before winter.”','said','Ana Cortés','name',NULL,NULL,1,0.9,'test',43,92,30,0,'f72e0d58a90fbe958969ef604ca5d99b372cc848ca8c0d30f2a52547a5ed483f',1,1,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES (2,1,1,2,'2025-03-04','indirect','deny','that the wells were poisoned','doubted','Bo Lind','name',2,NULL,NULL,0.9,'test',122,150,114,93,'12c5d4922c78db8b4635b2cc8752c39fdfb64b8948ede586380c5849cdab587f',2,NULL,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES (3,2,3,1,'2025-03-05','direct','say','“We will rebuild the harbour pier before winter.”','said','Ana Cortés','name',NULL,NULL,1,0.9,'test',43,92,30,0,'9da29cf56d4ebd32caab08e26a4ad6f28b683e4a5481bcc07fcffdfff86b6fc6',1,1,NULL,NULL,NULL);
INSERT INTO "quotes" VALUES (4,2,3,2,'2025-03-05','indirect','deny','that the wells were poisoned','doubted','Bo Lind','name',2,NULL,NULL,0.9,'test',122,150,114,93,'f78b02aca45f0080ea1e0bd2d6296a620ec63d4b24f4c971166c4c617fb2cd3d',2,NULL,NULL,NULL,NULL);
INSERT INTO "quote_spans" VALUES (1,0,43,92);
INSERT INTO "quote_spans" VALUES (2,0,122,150);
INSERT INTO "quote_spans" VALUES (3,0,43,92);
INSERT INTO "quote_spans" VALUES (4,0,122,150);
INSERT INTO "ingests" VALUES (1,'2026-11-28T20:43:11Z','2026-11-28T20:43:11Z',0,0,1,'{}');
INSERT INTO "quote_changes" VALUES (1,1,'2026-11-28T20:43:10Z','appeared',NULL,'“We will rebuild the harbour pier before winter.”',NULL,'Ana Cortés');
INSERT INTO "quote_changes" VALUES (2,1,'2026-11-28T20:43:10Z','appeared',NULL,'that the wells were poisoned',NULL,'Bo Lind');
INSERT INTO "speakers" VALUES (1,'Ana Cortés','person','mayor of Quillan',NULL);
INSERT INTO "speakers" VALUES (2,'Bo Lind','person',NULL,NULL);
INSERT INTO "speaker_names" VALUES (1,1,'Ana Cortés','mayor of Quillan','person','ana cortes','krts','','');
INSERT INTO "speaker_names" VALUES (2,2,'Bo Lind','','person','bo lind','lnd','','');
INSERT INTO "wordings" VALUES (1,'“We will rebuild the harbour pier before winter.”',2,2,1,'2025-03-04','2025-03-05');
INSERT INTO "wording_variants" VALUES (1,1,NULL,'we will rebuild the harbor pier before winter');
INSERT INTO "wording_grams" VALUES (-2394735366455165692,1,2);
INSERT INTO "wording_grams" VALUES (-891704432318268104,1,2);
INSERT INTO "article_groups" VALUES (2,1,1,NULL,1);
INSERT INTO "article_groups" VALUES (3,1,1,2,2);
INSERT INTO "article_copies" VALUES (1,2,NULL);
INSERT INTO "article_copies" VALUES (2,3,NULL);
INSERT INTO "ingest_failures" VALUES (1,1,'3.txt','read','no text',NULL,NULL,NULL);
INSERT INTO "article_sources" VALUES (1,'1.txt','ad20b852fe21ff48c458b604db30b3f26e76afa0b67d1671c661b4814887fc60');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
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
CREATE INDEX quotes_variant ON quotes(variant_id, text);
CREATE INDEX quotes_wording ON quotes(wording_id, outlet_id, speaker_id, published);
CREATE INDEX article_copies_group ON article_copies(group_id, parent_id);
CREATE INDEX article_copies_parent ON article_copies(parent_id);
CREATE INDEX article_edges_fuller ON article_edges(fuller_id);
CREATE INDEX article_groups_outlets ON article_groups(outlets);
CREATE INDEX article_groups_agency ON article_groups(agency_id);
CREATE INDEX article_groups_original ON article_groups(original_id);
CREATE INDEX articles_group ON articles(group_id);
CREATE INDEX topics_nocase ON topics(name COLLATE NOCASE);
CREATE INDEX articles_copied ON articles(outlet_id, agency_id);
CREATE INDEX wordings_shared ON wordings(last_published, outlets, quotes, first_published) WHERE outlets > 1;
CREATE INDEX wordings_disagreed ON wordings(outlets) WHERE speakers > 1;
CREATE INDEX quotes_citing ON quotes(published) WHERE citing IS NOT NULL;
CREATE INDEX quotes_published ON quotes(published, speaker_id, outlet_id, article_id, kind, act, via_id);
CREATE INDEX ingest_failures_ingest ON ingest_failures(ingest_id);
CREATE INDEX ingest_failures_source ON ingest_failures(source);
CREATE INDEX ingest_failures_article ON ingest_failures(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX article_topics_topic ON article_topics(topic_id, name);
CREATE INDEX quotes_gender ON quotes(gender);
CREATE INDEX speakers_gender ON speakers(gender);
CREATE VIRTUAL TABLE quotes_fts USING fts5(text, mention, folded, tokenize='unicode61 remove_diacritics 2', content="quotes");
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, folded, tokenize='unicode61 remove_diacritics 2', content="articles");
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE VIEW shared_wordings AS
SELECT wordings.id AS wording_id, wordings.text AS words, wordings.quotes AS quotes,
       wordings.outlets AS outlets, (
            SELECT count(DISTINCT articles.group_id) FROM quotes JOIN articles ON articles.id = quotes.article_id
            WHERE quotes.wording_id = wordings.id) AS reports,
       wordings.first_published AS first_published,
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
       outlets.name AS outlet, quotes.published AS published, quotes.text AS said, quotes.id AS quote_id,
       quotes.article_id AS article_id
FROM wordings
JOIN quotes ON quotes.wording_id = wordings.id
JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
WHERE wordings.speakers > 1;
CREATE VIEW lately AS
SELECT CASE WHEN (SELECT max(id) FROM quotes) > 200000
            THEN coalesce(date((SELECT max(published) FROM quotes WHERE published <= date('now')), '-6 days'), '')
            ELSE '' END AS since;
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
