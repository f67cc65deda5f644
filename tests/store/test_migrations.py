"""A database that the last build before the first release made (`builds/`), under today's migrations."""

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
from quotes.store.checking import check
from quotes.store.database import close_database, is_old, open_database
from quotes.store.migrations import migrations, schema_sql
from quotes.store.relinking import link_all

BEFORE = Path(__file__).parent / "builds" / "before-release.sql"
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
    """The SQL of all that is ours, but for white space and the quotation marks round names."""
    found = db.execute(
        r"""SELECT type, name, sql FROM sqlite_master
        WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%sqlite\_%' ESCAPE '\' AND name NOT LIKE '%\_fts\__%' ESCAPE '\'"""
    )
    return {(kind, name): re.sub(r'[\s"]', "", sql) for kind, name, sql in found}


def declared() -> dict[tuple[str, str], str]:
    with sqlite3.connect(":memory:") as db:
        db.executescript(schema_sql())
        return schema(db)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as db:
        db.executescript(BEFORE.read_text(encoding="utf-8"))
    db.close()
    return path


def test_a_database_from_before_the_first_release_is_brought_up_to_date(old: Path) -> None:
    with sqlite3.connect(old) as before:
        said = before.execute(SAID).fetchall()
    assert len(said) == 4
    db = open_database(old, create=False)
    assert schema(db.conn) == declared(), "what all migrations made is what schema.sql says"
    assert rows(db, SAID) == said
    assert not is_old(db)
    assert list(check(db, old)) == []
    assert rows(db, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'harbour AND cortes'") == [(1,), (3,)]
    close_database(db)
    before_second = old.read_bytes()
    close_database(open_database(old, create=False))
    assert len(old.read_bytes()) == len(before_second)


def test_one_of_an_earlier_build_is_refused_and_left_as_it_is(old: Path) -> None:
    with sqlite3.connect(old) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm011_gender'")
    db.close()
    before = old.read_bytes()
    with pytest.raises(DatabaseError, match="before the first release; make it anew"):
        open_database(old)
    assert old.read_bytes() == before


def test_a_new_database_has_the_schema_of_the_file(db: Database) -> None:
    assert schema(db.conn) == declared()


@pytest.mark.parametrize(("table", "column"), CHECKED)
def test_a_column_takes_the_kinds_there_are(table: str, column: str) -> None:
    """A kind or an act that is added needs a migration: the CHECKs of databases that are there don't know it."""
    (check,) = re.findall(rf"CHECK\({column}IN\((.*?)\)\)", declared()["table", table])
    assert tuple(value.strip("' ") for value in check.split(",")) == CHECKED[table, column]


def test_a_migration_that_fails_leaves_the_database_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite3.OperationalError("no room")

    with sqlite3.connect(old) as before:
        was = schema(before)
    *_, last = migrations._migrations
    monkeypatch.setattr(last, "fn", fail)
    with pytest.raises(DatabaseError, match="no room"):
        open_database(old)
    with sqlite3.connect(old) as after:
        assert schema(after) == was


def test_old_quotes_are_one_saying_each_until_they_are_linked_anew(old: Path) -> None:
    with sqlite3.connect(old) as db:
        before = db.execute("SELECT id, wording_id FROM quotes WHERE wording_id IS NOT NULL").fetchall()
        two = "“We will rebuild the pier. Ferries must run too.”"
        db.execute("UPDATE quotes SET text = ? WHERE id = 1", [two])
    db.close()
    opened = open_database(old, create=False)
    assert rows(opened, "SELECT quote_id, wording_id FROM sayings WHERE wording_id IS NOT NULL") == before
    wrong = "quotes whose sayings are not their sentences: 1"
    assert wrong in {fault.what for fault in check(opened, old)}
    link_all(opened)
    assert rows(opened, "SELECT text FROM sayings WHERE quote_id = 1 ORDER BY n") == [
        ("We will rebuild the pier.",),
        ("Ferries must run too.",),
    ]
    assert wrong not in {fault.what for fault in check(opened, old)}
    close_database(opened)
