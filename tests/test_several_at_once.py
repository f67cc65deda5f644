"""Several processes at one database, signals, and a file that goes away: with processes of their own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from stub_extraction import stub_extract

from quotes.cli.progress import waiting
from quotes.errors import DatabaseError
from quotes.ingest import workers
from quotes.ingest.run import Report, ingest
from quotes.reading import articles
from quotes.store.database import close_database, open_database

FORK = get_context("fork")  # spawned, they would spend their time on imports


def write_articles(folder: Path, count: int, start: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(start, start + count):
        (folder / f"{n}.txt").write_text(f"“We saw ship {n} sail past the pier at dawn”\n\nIt is article {n}.\n")
    return folder


def run(path: Path, folder: Path) -> Report:
    db = open_database(path, on_wait=waiting(path, quiet=False))
    try:
        return ingest(articles([str(folder)]), db, workers=0, factory=stub_extract)
    finally:
        close_database(db)


def together(*calls: Callable[[], object]) -> list[int | None]:
    """Make calls at the same moment, a process each; return their exit codes."""
    barrier = FORK.Barrier(len(calls))

    def begin(call: Callable[[], object]) -> None:
        barrier.wait()
        call()

    processes = [FORK.Process(target=begin, args=(call,)) for call in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    return [process.exitcode for process in processes]


def counts(path: Path) -> tuple[int, ...]:
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        return tuple(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("articles", "quotes"))


# -- several at once


def test_first_starts_at_once(tmp_path: Path) -> None:
    for n in range(8):
        path = tmp_path / f"{n}.db"
        assert together(*[lambda path=path: close_database(open_database(path))] * 3) == [0, 0, 0]
        assert counts(path) == (0, 0)


def test_ingests_at_once(tmp_path: Path) -> None:
    """Each with articles of its own, and all with some that the others have too."""
    path = tmp_path / "quotes.db"
    folders = [write_articles(write_articles(tmp_path / name, 20, 1000), 60, 100 * n) for n, name in enumerate("abc")]
    assert together(*[lambda folder=folder: run(path, folder) for folder in folders]) == [0, 0, 0]
    assert counts(path) == (3 * 60 + 20, 3 * 60 + 20)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT sum(articles), sum(quotes), sum(failed) FROM ingests").fetchone() == (200, 200, 0)
        assert db.execute("SELECT count(*) FROM article_versions").fetchone() == (0,), "none replaced its own copy"


# -- a lock that another process holds for long


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    close_database(open_database(tmp_path / "quotes.db"))
    other = sqlite3.connect(tmp_path / "quotes.db", check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_long_lock_is_waited_for_and_told_of_once(
    locked: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("quotes.cli.progress.SILENT", 0.2)
    monkeypatch.setattr("quotes.store.database.PATIENCE", 0)  # the patience of commands that some one looks at
    path = tmp_path / "quotes.db"
    say = waiting(path, quiet=False)
    waits: list[float] = []

    def on_wait(seconds: float) -> bool:
        waits.append(seconds)
        if seconds > 1.5:
            locked.rollback()
        return say(seconds)

    db = open_database(path, on_wait=on_wait)
    report = ingest(articles([str(write_articles(tmp_path / "a", 3))]), db, workers=0, factory=stub_extract)
    close_database(db)
    assert report.new == 3
    assert max(waits) > 1.5
    told = capsys.readouterr().err.splitlines()
    assert told == [f"{path}: another process is writing to it; waiting for it to finish"]


def test_ctrl_c_ends_a_wait(locked: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"

    def on_wait(seconds: float) -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return True

    folder = write_articles(tmp_path / "a", 2)
    db = open_database(path, on_wait=on_wait)
    ended = 0
    try:
        ingest(articles([str(folder)]), db, workers=0, factory=stub_extract)
    except KeyboardInterrupt:
        ended = 1
    close_database(db)
    assert ended
    locked.rollback()
    assert run(path, folder).new == 2


# -- a file that is not there any more


def remove(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    close_database(open_database(path.with_name("new.db")))
    path.with_name("new.db").replace(path)


@pytest.mark.parametrize("lose", [remove, replace])
@pytest.mark.parametrize("last", [2, 5], ids=["half way", "at the end"])
def test_a_database_that_goes_away_is_an_error(lose: Callable[[Path], None], last: int, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    folder = write_articles(tmp_path / "a", 5)
    db = open_database(path)

    def advance(report: Report) -> None:
        if report.new == last:
            lose(path)

    with pytest.raises(DatabaseError, match="deleted or replaced"):
        ingest(articles([str(folder)]), db, workers=0, factory=stub_extract, advance=advance)
    close_database(db)


# -- stopping

SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
from stub_extraction import slow_extract
from quotes.cli.main import main
import quotes.ingest.workers
quotes.ingest.workers.pipeline_extract = slow_extract
if __name__ == "__main__":
    main(prog_name="quotes")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_an_ingest_within_seconds(number: int, code: int, tmp_path: Path) -> None:
    """Two workers with sixteen batches ahead of which each takes longer than there is time for."""
    script = tmp_path / "run.py"
    script.write_text(SCRIPT.format(tests=str(Path(__file__).parent)))
    path, folder = tmp_path / "quotes.db", write_articles(tmp_path / "a", 160)
    command = [sys.executable, str(script), "ingest", str(folder), "--db", str(path), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 120
    while time.monotonic() < until and not (path.exists() and _written(path)):
        time.sleep(0.1)
    # A terminal sends Ctrl-C to all processes of the command.
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code, told
    lines = told.splitlines()
    assert any(line.startswith("Stopping: a few seconds to finish ") for line in lines), told
    assert lines[-1].startswith("Stopped."), told
    assert "leaked" not in told
    assert "Traceback" not in told
    went_in, _ = counts(path)
    assert 0 < went_in < 160 - 8 * workers.BATCH, "what was only waiting is left"
    assert run(path, folder).new == 160 - went_in


def _written(path: Path) -> bool:
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as db:
            return bool(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return False
