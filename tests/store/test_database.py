from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from quotes.errors import DatabaseError
from quotes.store import database
from quotes.store.database import close_database, open_database
from quotes.store.migrations import migrations


def refusal(path: Path, *, create: bool = True) -> str:
    """The one line with which a path is refused."""
    with pytest.raises(DatabaseError) as raised:
        open_database(path, create=create)
    message = str(raised.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_missing_file_is_not_made_for_readers(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert "quotes ingest" in refusal(path, create=False)
    assert not path.exists()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "quotes.db"
    close_database(open_database(path))
    assert path.exists()


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    assert "can't be opened" in refusal(tmp_path / "file" / "quotes.db")
    assert "can't be opened" in refusal(tmp_path / ("long" * 100))


def test_no_database(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("“We knew,” the minister told the hearing.\n" * 100)
    before = digest(path)
    assert "not a database" in refusal(path)
    assert digest(path) == before


@pytest.mark.parametrize("create", [True, False])
def test_tables_of_somebody_else(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE quotes (price INTEGER)")
    before = digest(path)
    assert "quotes did not make" in refusal(path, create=create)
    assert digest(path) == before, "not even its journal mode may change"


def test_migrations_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "blog.db"
    db = Database(path)
    db.table("_sqlite_migrations").insert({"id": 1, "migration_set": "blog", "name": "m001_tables_and_views"}, pk="id")
    db.table("posts").insert({"id": 1}, pk="id")
    db.close()
    assert "quotes did not make" in refusal(path)


def test_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    db.table(migrations.migrations_table).insert(
        {"migration_set": "quotes", "name": "m999_from_the_future", "applied_at": "2030-01-01"}
    )
    close_database(db)
    assert "newer version" in refusal(path)


def test_a_first_start_that_was_broken_off_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = Database(path)
    migrations.ensure_migrations_table(db)
    db.close()
    db = open_database(path)
    assert "quotes" in db.table_names()
    close_database(db)


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    for _ in range(2):  # SQLite lays its table of statistics when it is closed for the second time
        close_database(open_database(path))
    before = digest(path)
    close_database(open_database(path, create=False))
    assert digest(path) == before


def test_foreign_keys_are_on(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO article_topics (article_id, topic_id) VALUES (99, 99)")


def test_another_writer_is_waited_for_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 50)
    path = tmp_path / "quotes.db"
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "locked" in refusal(path)


async def test_closed_file_holds_everything(tmp_path: Path) -> None:
    """`datasette -i` reads nothing but the file itself."""
    path = tmp_path / "quotes.db"
    db = open_database(path)
    db.table("topics").insert_all({"name": f"topic {n}"} for n in range(1000))
    assert path.with_name("quotes.db-wal").stat().st_size > 0, "there is a log to be written back"
    with sqlite3.connect(path) as reader:  # as long as another process has it open, SQLite leaves the log
        reader.execute("SELECT 1 FROM topics").fetchall()
        close_database(db)
        log = path.with_name("quotes.db-wal")
        assert not log.exists() or log.stat().st_size == 0
        response = await Datasette(immutables=[str(path)]).client.get("/quotes/topics.json?_shape=array&_size=max")
    assert len(response.json()) == 1000


def test_closing_a_locked_database_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    db.execute("PRAGMA busy_timeout = 0")
    db.execute("SELECT count(*) FROM quotes").fetchall()
    with sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        close_database(db)
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")
