"""A database in a file is linked beside it: others read and write meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from told import END, FULL, MAYOR, START, WELLS, article, content, loose_ends, press, rows, said, story, told, write

from quotes.records import Outlet
from quotes.store.database import close_database, open_database
from quotes.store.decisions.speaker_decisions import find_speaker, merge
from quotes.store.locking import SharedDatabase
from quotes.store.relinking import link_all


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedDatabase]:
    db = open_database(tmp_path / "quotes.db")
    write(db, *press())
    yield db
    close_database(db)


@pytest.fixture
def other(shared: SharedDatabase) -> Iterator[SharedDatabase]:
    """The same database in the hands of another process."""
    assert shared.path
    db = open_database(shared.path, on_wait=lambda seconds: seconds < 1)
    yield db
    db.close()


def half_way(act: Callable[[], object]) -> Callable[[], None]:
    """What does something once, when half of the articles are linked."""
    left = len(press()) // 2

    def advance() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            act()

    return advance


def test_it_is_linked_as_in_memory(shared: SharedDatabase) -> None:
    in_memory = open_database(":memory:")
    write(in_memory, *press())
    link_all(in_memory)
    shared.execute("UPDATE sayings SET wording_id = NULL, variant_id = NULL")
    shared.execute("UPDATE speakers SET role = 'king'")
    link_all(shared)
    skipped = ("ingests", "_sqlite_migrations", "articles", "articles_fts", "quotes_fts_data", "articles_fts_data")
    mine, its = (
        {name: found for name, found in content(db).items() if name not in skipped} for db in (shared, in_memory)
    )
    assert mine == its
    assert loose_ends(shared) == {}


def test_others_write_while_it_is_linked_and_see_no_half_of_it(shared: SharedDatabase, other: SharedDatabase) -> None:
    before = told(shared)
    seen: list[object] = []

    def look_and_write() -> None:
        seen.append(told(other))
        with other.atomic():
            other.execute("INSERT INTO topics (name) VALUES ('harbours')")

    link_all(shared, half_way(look_and_write))
    assert seen == [before]
    assert rows(shared, "SELECT name FROM topics") == [("harbours",)]
    assert told(shared) == before


def come(db: SharedDatabase) -> None:
    write(db, article("z", said(START, "Ana Cortés", MAYOR), text=story(1), outlet="Tribune", day="2025-03-02"))


def change(db: SharedDatabase) -> None:
    write(db, article("a", said(WELLS, "Bo Lind"), text=story(2), outlet="Courier"))


def turn_out(db: SharedDatabase) -> None:
    write(db, article("y", said(END, None), outlet=Outlet("Courier", kind="agency")))


def decide(db: SharedDatabase) -> None:
    merge(db, find_speaker(db, "Ana Cortés"), find_speaker(db, "Bo Lind"))


def vanish(db: SharedDatabase) -> None:
    with db.atomic():  # all that leads to it is found anew
        for table in ("wording_grams", "wording_edges", "article_grams", "article_edges"):
            db.execute(f"DELETE FROM {table}")
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("UPDATE article_groups SET original_id = NULL")
        db.execute("DELETE FROM article_copies")
        db.execute("DELETE FROM articles WHERE url LIKE '%/c'")


def delete(db: SharedDatabase) -> None:
    with db.atomic():
        db.execute("DELETE FROM articles WHERE url LIKE '%/d'")


@pytest.mark.parametrize("act", [come, change, turn_out, decide, vanish, delete])
@pytest.mark.parametrize("late", [False, True], ids=["while it is linked", "while it waits to write"])
def test_what_others_write_meanwhile_is_linked_too(
    shared: SharedDatabase, other: SharedDatabase, act: Callable[[SharedDatabase], None], late: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if late:
        waits = iter([lambda: act(other)])
        begin = SharedDatabase.patiently
        monkeypatch.setattr(
            SharedDatabase,
            "patiently",
            lambda db, do: (next(waits, lambda: None)() if db is not other else None, begin(db, do))[1],
        )
        link_all(shared)
    else:
        link_all(shared, half_way(lambda: act(other)))
    after = told(shared)
    assert loose_ends(shared) == {}
    link_all(shared)
    assert told(shared) == after, "as if it had been there before"
    assert rows(shared, "SELECT name FROM outlets WHERE name = 'Post'") == ([] if act is delete else [("Post",)])
    if act is come:
        assert rows(
            shared,
            "SELECT count(*) FROM quotes JOIN sayings ON quote_id = id WHERE quotes.text = ? AND wording_id",
            START,
        ) == [(2,)]
    assert rows(shared, "SELECT count(*) FROM quotes WHERE text = ?", FULL) != [(0,)]


def test_what_plain_sql_deleted_before_is_settled(shared: SharedDatabase) -> None:
    about = "INSERT INTO article_topics (article_id, topic_id) SELECT articles.id, topics.id FROM articles, topics"
    with shared.atomic():
        shared.execute("INSERT INTO topics (name) VALUES ('wells'), ('nets')")
        shared.execute(f"{about} WHERE url LIKE '%/d'")
        shared.execute(f"{about} WHERE url LIKE '%/g' AND topics.name = 'nets'")
    delete(shared)
    assert loose_ends(shared) != {}
    link_all(shared)
    assert loose_ends(shared) == {}
    assert rows(shared, "SELECT name FROM topics") == [("nets",)]
    assert rows(shared, "SELECT name FROM outlets ORDER BY name") == [("Courier",), ("Lantern",), ("Northwire",)]


def test_one_that_breaks_off_changes_nothing(shared: SharedDatabase) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    before = content(shared)
    with pytest.raises(KeyboardInterrupt):
        link_all(shared, half_way(fail))
    assert content(shared) == before


def test_the_lock_is_taken_when_all_is_found(shared: SharedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """While articles are linked others may write at any time."""
    assert shared.path
    watching = sqlite3.connect(shared.path, timeout=0)
    locked: list[bool] = []

    def advance() -> None:
        try:
            watching.execute("BEGIN IMMEDIATE")
            watching.execute("ROLLBACK")
            locked.append(False)
        except sqlite3.OperationalError:
            locked.append(True)

    link_all(shared, advance)
    watching.close()
    assert locked == [False] * len(press())
