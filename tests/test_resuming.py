"""An ingest that is killed at any moment is completed by the next, as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from multiprocessing import get_context
from pathlib import Path

import pytest
from stub_extraction import stub_extract

from quotes.ingest.run import ingest
from quotes.reading import articles
from quotes.store.database import close_database, open_database

ARTICLES = 400
TIMES = {"ingested_at", "replaced_at", "started", "finished"}


def run(folder: str, path: str) -> None:
    db = open_database(Path(path))
    ingest(articles([folder]), db, workers=1, factory=stub_extract)
    close_database(db)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the record of runs, without times."""
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            if name in ("ingests", "sqlite_stat1") or "_fts_" in name or name.startswith("_sqlite"):
                continue
            cursor = db.execute(f"SELECT * FROM {name}")
            kept = [n for n, column in enumerate(cursor.description) if column[0] not in TIMES]
            found[name] = sorted(tuple(row[n] for n in kept) for row in cursor)
        return found


@pytest.fixture
def folder(tmp_path: Path) -> str:
    chance = random.Random(4)
    words = "the pier will close on Monday and the ferry will sail no more said a man of the port".split()
    place = tmp_path / "articles"
    place.mkdir()
    for n in range(ARTICLES):
        line = " ".join(chance.choices(words, k=8 + n % 5))
        url = f"---\nurl: https://harbourcourier.example/{n % 390}\n---\n" if n % 3 else ""
        (place / f"{n:03}.txt").write_text(f"{url}“{line}”\n\nIt is article {n}.\n", encoding="utf-8")
    return str(place)


def test_twenty_kills_leave_nothing_lost_and_nothing_double(folder: str, tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    run(folder, str(undisturbed))
    chance = random.Random(11)
    context = get_context("fork")  # spawned, it would spend its time on imports
    kills = 0
    while kills < 20:
        process = context.Process(target=run, args=(folder, str(killed)))
        process.start()
        time.sleep(chance.uniform(0.05, 1.2))
        assert process.pid
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        kills += 1
    run(folder, str(killed))
    assert len(content(undisturbed)["quotes"]) > ARTICLES / 2
    assert content(killed) == content(undisturbed)
    with sqlite3.connect(killed) as db:
        assert db.execute("SELECT count(*) FROM ingests WHERE finished IS NULL").fetchone()[0] > 0, (
            "none was killed at work"
        )
