"""Databases that earlier builds made, each written by the code of its commit (`builds/`), under today's migrations."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from told import rows

from quotes import records
from quotes.errors import DatabaseError
from quotes.linking.wordings.likeness import LIKENESS_KINDS
from quotes.store import changes
from quotes.store.database import close_database, open_database
from quotes.store.schema import migrations

BUILDS = sorted((Path(__file__).parent / "builds").glob("*.sql"))
SCHEMA = Path(__file__).parents[2] / "db" / "schema.sql"
FINAL = {
    "04-50d8eb7": "m001_tables_and_views",
    "06-5266846": "m002_changes_and_retries",
    "12-6455fb2": "m003_linking",
    "15-5332a3d": "m004_pages",
    "20-ecf508a": "m005_weeks",
}
"""The last build with each of the migrations as its newest."""
CHECKED = {
    ("outlets", "kind"): records.OUTLET_KINDS,
    ("speakers", "kind"): records.SPEAKER_KINDS,
    ("speaker_names", "kind"): records.SPEAKER_KINDS,
    ("quotes", "kind"): records.QUOTE_KINDS,
    ("quotes", "act"): records.ACTS,
    ("quotes", "mention_kind"): records.MENTION_KINDS,
    ("quotes", "gender"): records.GENDERS,
    ("speakers", "gender"): records.GENDERS,
    ("quote_changes", "kind"): changes.CHANGE_KINDS,
    ("wording_edges", "kind"): LIKENESS_KINDS,
    ("article_edges", "kind"): LIKENESS_KINDS,
}
SAID = """SELECT quotes.id, articles.text, outlets.name, quotes.published, quotes.kind, act, quotes.text, cue, mention,
    quotes.start, quotes."end", confidence, quotes.hash, speakers.name, speakers.role, via.name
    FROM quotes JOIN articles ON articles.id = article_id
    LEFT JOIN speakers ON speakers.id = speaker_id LEFT JOIN outlets ON outlets.id = quotes.outlet_id
    LEFT JOIN outlets AS via ON via.id = via_id ORDER BY quotes.id"""


def schema(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """The SQL of all that is ours, but for white space."""
    found = db.execute(
        r"""SELECT type, name, sql FROM sqlite_master
        WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%sqlite\_%' ESCAPE '\' AND name NOT LIKE '%\_fts\__%' ESCAPE '\'"""
    )
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in found}


def declared() -> dict[tuple[str, str], str]:
    with sqlite3.connect(":memory:") as db:
        db.executescript(SCHEMA.read_text(encoding="utf-8"))
        return schema(db)


@pytest.fixture(params=BUILDS, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as db:
        db.executescript(request.param.read_text(encoding="utf-8"))
    db.close()
    return path


def test_there_are_builds_of_every_migration() -> None:
    assert len(BUILDS) >= 20
    assert FINAL.keys() <= {path.stem for path in BUILDS}


def test_a_database_of_an_earlier_build_gets_the_schema_of_today(old: Path) -> None:
    with sqlite3.connect(old) as before:
        said = before.execute(SAID).fetchall()
        counts = {
            name: before.execute(f"SELECT count(*) FROM {name}").fetchone()
            for name in ("articles", "article_versions", "outlets", "quotes", "quote_spans", "speakers", "ingests")
        }
    assert len(said) == 4
    db = open_database(old, create=False)
    assert schema(db.conn) == declared()
    assert rows(db, SAID) == said
    assert {name: rows(db, f"SELECT count(*) FROM {name}")[0] for name in counts} == counts
    assert rows(db, "PRAGMA integrity_check") == [("ok",)]
    assert rows(db, "PRAGMA foreign_key_check") == []
    for index in ("quotes_fts", "articles_fts"):
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    assert rows(db, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'harbour AND cortes'") == [(1,), (3,)]
    close_database(db)
    before_second = old.read_bytes()
    close_database(open_database(old, create=False))
    assert sqlite3.connect(old).execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (
        len(migrations._migrations),
    )
    assert len(old.read_bytes()) == len(before_second)


@pytest.mark.parametrize("build", FINAL)
def test_a_migration_that_was_released_is_what_it_was(build: str) -> None:
    """Edited, it makes other databases new than the old ones are."""
    was, now = sqlite3.connect(":memory:"), Database(memory=True)
    was.executescript((BUILDS[0].parent / f"{build}.sql").read_text(encoding="utf-8"))
    names = [migration.name for migration in migrations._migrations]
    migrations.apply(now, stop_before=names[names.index(FINAL[build]) + 1])
    assert schema(now.conn) == schema(was)


@pytest.mark.parametrize(("table", "column"), CHECKED)
def test_a_column_takes_the_kinds_there_are(table: str, column: str) -> None:
    """A kind or an act that is added needs a migration: the CHECKs of databases that are there don't know it."""
    (check,) = re.findall(rf"CHECK \({column} IN \((.*?)\)\)", declared()["table", table])
    assert tuple(value.strip("' ") for value in check.split(",")) == CHECKED[table, column]


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite3.OperationalError("no room")

    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(BUILDS[0].read_text(encoding="utf-8"))
        before = schema(old)
    *_, last = migrations._migrations
    monkeypatch.setattr(last, "fn", fail)
    with pytest.raises(DatabaseError, match="no room"):
        open_database(path)
    with sqlite3.connect(path) as old:
        assert schema(old) == before
