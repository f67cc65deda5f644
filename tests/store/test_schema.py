from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.plugin.serving import metadata_path
from quotes.store.migrations import schema_sql

HASH = "a" * 64
OUTLET = {"id": 1, "name": "Harbour Courier", "kind": "newspaper"}
ARTICLE = {
    "id": 1,
    "outlet_id": 1,
    "published": "2025-03-04",
    "source": "a.txt",
    "language": "en",
    "text": "Ana Cortés said “we will rebuild the pier”.",
    "words": 8,
    "sha256": HASH,
    "ingested_at": "2025-03-05T06:00:00Z",
    "pipeline": "test",
}
SPEAKER = {"id": 1, "name": "Ana Cortés", "kind": "person"}
QUOTE = {
    "id": 1,
    "article_id": 1,
    "outlet_id": 1,
    "speaker_id": 1,
    "published": "2025-03-04",
    "kind": "mixed",
    "act": "say",
    "text": "“we will rebuild the pier”",
    "mention": "Ana Cortés",
    "mention_start": 0,
    "mention_kind": "name",
    "confidence": 0.9,
    "method": "test",
    "start": 16,
    "end": 42,
    "hash": HASH,
}


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any], **changes: Any) -> None:
    row = row | changes
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def found(connection: sqlite3.Connection, words: str, index: str = "quotes_fts") -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", [words])]


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty SQLite file in which schema.sql was run as it stands, with one quote."""
    connection = sqlite3.connect(tmp_path / "plain.db")
    connection.executescript(schema_sql())
    connection.execute("PRAGMA foreign_keys = ON")
    for table, row in (("outlets", OUTLET), ("articles", ARTICLE), ("speakers", SPEAKER), ("quotes", QUOTE)):
        insert(connection, table, row)
    yield connection
    connection.close()


def test_it_makes_the_same_database_as_the_migrations(plain: sqlite3.Connection, sample_db: Path) -> None:
    sql = (
        "SELECT type, name FROM sqlite_master"
        " WHERE tbl_name NOT LIKE 'sqlite%' AND tbl_name <> '_sqlite_migrations' ORDER BY 1, 2"
    )
    with sqlite3.connect(sample_db) as ours:
        assert plain.execute(sql).fetchall() == ours.execute(sql).fetchall()


def test_every_table_of_ours_is_strict(plain: sqlite3.Connection) -> None:
    strict = dict(plain.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"))
    loose = {name for name, flag in strict.items() if not flag and not name.startswith("sqlite_")}
    assert loose == set()
    assert len(strict) >= 12


@pytest.mark.parametrize(
    ("table", "row", "changes"),
    [
        ("quotes", QUOTE, {"kind": "reported"}),
        ("quotes", QUOTE, {"act": "mumble"}),
        ("quotes", QUOTE, {"mention_kind": "epithet"}),
        ("quotes", QUOTE, {"confidence": 2}),
        ("quotes", QUOTE, {"confidence": -0.1}),
        ("quotes", QUOTE, {"confidence": "high"}),
        ("quotes", QUOTE, {"published": "5 March"}),
        ("quotes", QUOTE, {"end": 16}),
        ("quotes", QUOTE, {"end": 3}),
        ("quotes", QUOTE, {"start": -1}),
        ("quotes", QUOTE, {"text": ""}),
        ("quotes", QUOTE, {"cue": "said"}),
        ("quotes", QUOTE, {"mention_start": None}),
        ("quotes", QUOTE, {"speaker_id": 99}),
        ("quotes", QUOTE, {"article_id": 99}),
        ("quotes", QUOTE, {"via_id": 99}),
        ("quotes", QUOTE, {"hash": HASH}),
        ("quotes", QUOTE, {"hash": "abc"}),
        ("quote_spans", {"quote_id": 1, "n": 0, "start": 5, "end": 5}, {}),
        ("quote_spans", {"quote_id": 99, "n": 0, "start": 5, "end": 6}, {}),
        ("articles", ARTICLE, {"published": "5 March"}),
        ("articles", ARTICLE, {"sha256": HASH}),
        ("articles", ARTICLE, {"words": "eight", "url": "https://example.org/"}),
        ("speakers", SPEAKER, {"kind": "robot"}),
        ("speakers", SPEAKER, {"name": ""}),
        ("outlets", OUTLET, {"name": "Another", "kind": "blog"}),
        ("outlets", OUTLET, {"name": ""}),
        ("ingest_failures", {"ingest_id": 99, "source": "a.txt", "stage": "read", "error": "no"}, {}),
    ],
)
def test_bad_rows_are_refused(
    plain: sqlite3.Connection, table: str, row: dict[str, Any], changes: dict[str, Any]
) -> None:
    # Whatever is not the point of the case is made to fit, so that nothing else can be what refuses it.
    fitting = {"id": 2} if "id" in row else {}
    fitting |= {"hash": "b" * 64} if "hash" in row else {}
    fitting |= {"sha256": "b" * 64} if "sha256" in row else {}
    fitting |= {"name": "Another"} if table == "outlets" else {}
    with pytest.raises(sqlite3.IntegrityError):
        insert(plain, table, row, **fitting | changes)
    if changes:  # a table whose rows are bad from the start has nothing to be compared with
        insert(plain, table, row, **fitting)


def test_accents_and_case_do_not_matter_in_search(plain: sqlite3.Connection) -> None:
    assert found(plain, "Cortes") == found(plain, "CORTÉS") == [1]
    assert found(plain, "cortes", "articles_fts") == [1]
    plain.execute("UPDATE quotes SET mention = 'Nguyễn Văn Đức'")
    assert found(plain, "nguyen van") == [1]


def test_search_follows_updates_and_deletions(plain: sqlite3.Connection) -> None:
    plain.execute("UPDATE quotes SET text = 'we will sell the ferry'")
    assert found(plain, "pier") == []
    assert found(plain, "ferry") == [1]
    plain.execute("UPDATE articles SET text = 'The ferry is sold.', title = 'Sold'")
    assert found(plain, "pier", "articles_fts") == []
    assert found(plain, "sold", "articles_fts") == [1]
    plain.execute("DELETE FROM articles")  # and with it, by cascade, its quotes
    assert found(plain, "ferry") == found(plain, "ferry", "articles_fts") == []
    for index in ("quotes_fts", "articles_fts"):
        plain.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_a_speaker_who_is_quoted_stays(plain: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute("DELETE FROM speakers")


def test_views_answer(plain: sqlite3.Connection) -> None:
    insert(plain, "outlets", OUTLET, id=2, name="Northwire", kind="agency")
    insert(plain, "wordings", {"id": 1, "text": "we will", "quotes": 2, "outlets": 2})
    insert(plain, "articles", ARTICLE, id=2, outlet_id=2, agency_id=2, sha256="b" * 64, title="Pier")
    insert(plain, "quotes", QUOTE, id=2, article_id=2, outlet_id=2, speaker_id=None, via_id=2, hash="b" * 64)
    for quote in (1, 2):
        insert(plain, "sayings", {"quote_id": quote, "n": 0, "text": "we will", "start": 0, "end": 7, "wording_id": 1})
    plain.row_factory = sqlite3.Row

    said = plain.execute("SELECT * FROM who_said_what ORDER BY quote_id").fetchall()
    assert [row["speaker"] for row in said] == ["Ana Cortés", None]
    assert [row["agency"] for row in said] == [None, "Northwire"]
    assert [row["via"] for row in said] == [None, "Northwire"]

    (shared,) = plain.execute("SELECT * FROM shared_wordings")
    assert shared["printed_by"] == "Harbour Courier; Northwire"
    assert shared["speakers"] == "Ana Cortés"
    assert shared["reports"] == 0

    sourcing = {row["outlet"]: row for row in plain.execute("SELECT * FROM outlet_sourcing")}
    counts = ("quotes", "people", "organizations", "documents", "unnamed", "unresolved")
    assert [sourcing["Harbour Courier"][name] for name in counts] == [1, 1, 0, 0, 0, 0]
    assert [sourcing["Northwire"][name] for name in counts] == [1, 0, 0, 0, 0, 1]

    (day,) = plain.execute("SELECT * FROM speaker_timeline")
    assert (day["speaker"], day["published"], day["quotes"], day["outlets"]) == ("Ana Cortés", "2025-03-04", 1, 1)


def test_what_datasette_facets_and_sorts_by_is_indexed(plain: sqlite3.Connection) -> None:
    tables = yaml.safe_load(metadata_path().read_text(encoding="utf-8"))["databases"]["quotes"]["tables"]
    few_rows = {"outlets", "ingests", "ingest_failures", "wordings"}
    wanted = {
        (table, column)
        for table, words in tables.items()
        for column in [*words.get("facets", []), *filter(None, [words.get("sort_desc")])]
        if table not in few_rows and column != "id"
    }
    indexed = {
        (table, column)
        for table in tables
        for (column,) in plain.execute(
            "SELECT columns.name FROM pragma_index_list(?) AS indexes, pragma_index_info(indexes.name) AS columns"
            " WHERE columns.seqno = 0 AND indexes.partial = 0",
            [table],
        )
    }
    assert {("quotes", "speaker_id"), ("articles", "outlet_id"), ("speakers", "kind")} <= wanted
    assert wanted <= indexed


def test_foreign_keys_are_indexed(plain: sqlite3.Connection) -> None:
    """Without, a join from the other side, and every deletion there, reads the whole table."""
    bare = {
        (table, column)
        for (table,) in plain.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall()
        for (column,) in plain.execute('SELECT "from" FROM pragma_foreign_key_list(?)', [table]).fetchall()
        if column != "id"  # the key of the row itself
        if not plain.execute(
            "SELECT 1 FROM pragma_index_list(?) AS indexes, pragma_index_info(indexes.name) AS columns"
            " WHERE columns.seqno = 0 AND columns.name = ?",
            [table, column],
        ).fetchone()
    }
    assert bare == set()
