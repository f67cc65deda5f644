from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from told import article, said, story, write

from quotes.errors import DatabaseError
from quotes.store import database
from quotes.store.checking import check
from quotes.store.database import close_database, open_database, reading

PIER = "“We will rebuild the harbour pier before winter,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "quotes.db"
    db = open_database(found)
    wire = story(1)
    write(
        db,
        article("a", said(PIER, "Ana Cortés", "mayor"), text=wire, outlet="Courier", day="2025-03-04"),
        article("b", said(PIER, "Bo Lind"), said(WELLS, "Bo Lind"), text=wire, outlet="Lantern"),
        *(article(f"c{n}", said(f"“{story(n, 30)}”", "Bo Lind"), text=story(n), outlet="Post") for n in range(2, 60)),
    )
    close_database(db)
    return found


def faults(path: Path) -> list[str]:
    with reading(path) as db:
        return [fault.what for fault in check(db, path)]


def changed(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as plain:
        for statement in statements:
            plain.execute(statement)
    plain.close()


def scribble(path: Path, name: str) -> None:
    """Overwrite the pages of a table or index but its first, as a failing disk does."""
    with sqlite3.connect(path) as plain:
        of_tree = plain.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]).fetchone()[0]
    plain.close()
    content = bytearray(path.read_bytes())
    start = (of_tree - 1) * PAGE
    if content[start] in (2, 5):  # an inner page: its right-most child
        start = (int.from_bytes(content[start + 8 : start + 12]) - 1) * PAGE
    content[start + 3 : start + 400] = bytes([0x5A]) * 397
    path.write_bytes(content)


def test_a_sound_database(path: Path) -> None:
    before = path.read_bytes()
    assert faults(path) == []
    assert path.read_bytes() == before
    assert not path.with_name("quotes.db-wal").exists()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE quotes SET text = text || '!' WHERE id = 2", "quote 2: its words do not stand in article 2"),
        ('UPDATE quotes SET "end" = "end" + 1 WHERE id = 2', "quote 2: its start and end"),
        ('UPDATE quote_spans SET "end" = 9000000 WHERE quote_id = 1', "quote 1: its words do not stand in article 1"),
        ("DELETE FROM quote_spans WHERE quote_id = 3", "quote 3: its words do not stand"),
        ("UPDATE quotes SET cue = 'said', cue_start = 1 WHERE id = 1", "quote 1: its cue does not stand"),
        ("UPDATE quotes SET outlet_id = 2 WHERE id = 1", "quote 1: its outlet or day"),
        ("UPDATE articles SET text = text || ' more' WHERE id = 2", "article 2: its text is not the one that was read"),
        ("UPDATE articles SET words = 3 WHERE id = 2", "not 3"),
        ("INSERT INTO furniture VALUES (1, 0, 1, 9000000)", "article 1: furniture"),
        ("UPDATE wordings SET quotes = 9 WHERE id = 1", "wordings with wrong counts or days: 1"),
        ("UPDATE wordings SET speakers = 9 WHERE id = 1", "wordings with a wrong count of speakers: 1"),
        (
            "UPDATE sayings SET text = 'two. Sentences' WHERE quote_id = 2",
            "quotes whose sayings are not their sentences: 2",
        ),
        ('UPDATE sayings SET "end" = 9000 WHERE quote_id = 2', "sayings that stand outside their quotes: 2"),
        ("UPDATE sayings SET wording_id = 9 WHERE quote_id = 2", "quotes with a saying in another wording than its"),
        ("UPDATE article_groups SET outlets = 9 WHERE id = 1", "groups with wrong counts: 1"),
        ("UPDATE speakers SET role = 'king' WHERE id = 1", "speakers whose role is not the latest: 1"),
        ("UPDATE quotes SET speaker_id = 99 WHERE id = 1", "quotes: 1 lead to speakers that are not there"),
        ("DELETE FROM articles WHERE id = 1", "deleted rows whose links are not settled"),
        ("DELETE FROM quotes_fts WHERE rowid = 1", "quotes_fts: does not hold the words of quotes"),
        (
            "INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', 5, NULL, 'every ferry')",
            "articles_fts: does not hold the words of articles",
        ),
    ],
)
def test_what_is_wrong_is_told(path: Path, statement: str, words: str) -> None:
    changed(path, statement)
    assert any(words in fault for fault in faults(path)), faults(path)


@pytest.mark.parametrize("name", ["articles", "quotes", "quotes_speaker", "wording_grams", "quotes_fts_data"])
def test_damage_is_told_and_nothing_is_written_into_it(path: Path, name: str) -> None:
    scribble(path, name)
    before = path.read_bytes()
    found = faults(path)
    assert found
    assert "damaged" in found[0]
    with pytest.raises(DatabaseError, match=r"damaged.*nothing was written"):
        open_database(path)
    assert path.read_bytes() == before


def test_looking_for_damage_takes_no_longer_than_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the file is: what was not looked at in time is taken as it is."""
    scribble(path, "quotes_speaker")
    interrupted: list[Callable[[], None]] = []

    class Clock:
        def __init__(self, seconds: float, interrupt: Callable[[], None]) -> None:
            interrupted.append(interrupt)

        def start(self) -> None:
            pass

        cancel = join = start

    monkeypatch.setattr("threading.Timer", Clock)
    connection = sqlite3.connect(path)
    connection.set_progress_handler(lambda: interrupted[0]() or 0, 1)
    database._refuse_damaged(connection, path)
    assert len(interrupted) == 1
    connection.close()
