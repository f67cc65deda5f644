"""Reading needs no writing: from folders and files that may not be written, from a full disk, beside a writer."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from told import article, said, write

from quotes.cli.main import main
from quotes.plugin.serving import _readable
from quotes.store.database import close_database, open_database, reading
from quotes.store.migrations import BEFORE_RELEASE, migrations

PIER = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell to anybody,”"
COMMANDS = (["status", "--format", "json"], ["search", "harbour"], ["speakers", "list"], ["disagreements"], ["changes"],
            ["check"])  # fmt: skip
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may look into, which pytest's own may not be."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def fill(path: Path) -> None:
    db = open_database(path)
    write(db, article("a", said(PIER, "Ana Cortés"), outlet="Courier"), article("b", said(PIER, "Bo Lind")))
    write(db, article("b", said(FERRY, "Bo Lind"), outlet="Lantern"))
    close_database(db)


def fill_and_die(path: Path) -> None:
    """Leave the last article in the log, as a process does that is killed."""
    fill(path)
    if (child := os.fork()) == 0:
        write(open_database(path), article("c", said(PIER, "Bo Lind"), outlet="Post"))
        os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name("quotes.db-wal").stat().st_size > 0


def without_index(path: Path) -> None:
    fill_and_die(path)
    path.with_name("quotes.db-shm").unlink()


def full_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def run(path: Path) -> list[tuple[int, str]]:
    """What each command comes to: its exit code and its output."""
    results = [CliRunner().invoke(main, [*command, "--db", str(path)]) for command in COMMANDS]
    faults = [one.exception for one in results]
    return [
        (one.exit_code, one.output if fault is None or isinstance(fault, SystemExit) else repr(fault))
        for one, fault in zip(results, faults, strict=True)
    ]


def outcomes(path: Path, condition: str) -> list[list[Any]]:
    """What each command comes to in a process that may write neither the file nor beside it."""
    with tempfile.TemporaryDirectory() as elsewhere:
        warm = Path(elsewhere) / "quotes.db"
        fill(warm)
        run(warm)  # what the commands import, another user may not be allowed to read
    if condition == "read-only":
        for file in path.parent.iterdir():
            file.chmod(0o444)
        path.parent.chmod(0o555)
    read, told = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if condition == "full disk":
                full_disk()
            elif os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(told, json.dumps(run(path)).encode())
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(read, encoding="utf-8") as answer:
        found: list[list[Any]] = json.loads(answer.read())
    os.waitpid(child, 0)
    return found


@pytest.mark.parametrize("condition", ["read-only", "full disk"])
@pytest.mark.parametrize("filled", [fill, fill_and_die, without_index])
def test_commands_read_where_nothing_can_be_written(
    folder: Path, condition: str, filled: Callable[[Path], None]
) -> None:
    path = folder / "quotes.db"
    filled(path)
    before = {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}
    status, search, speakers, disagreements, changes, check = outcomes(path, condition)
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert status[0] == search[0] == speakers[0] == disagreements[0] == changes[0] == 0, (status, search)
    articles = 2 if filled is fill else 3
    assert json.loads(status[1])["articles"] == articles
    assert search[1].count("harbour") == articles - 1
    assert "Bo Lind" in speakers[1]
    assert "ferry" in changes[1]
    assert ("Bo Lind" in disagreements[1]) is (filled is not fill)
    assert check == [0, f"{path}: ok, {articles} articles and {articles} quotes\n"]


@pytest.mark.parametrize("filled", [fill, fill_and_die])
async def test_serving_where_no_lock_can_be_laid(
    folder: Path, filled: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "quotes.db"
    filled(path)
    way = "immutable" if filled is fill else "with its log"
    monkeypatch.setattr("quotes.plugin.serving.is_read_alone", lambda path: way)
    with _readable(path) as (option, served):
        assert option == "--immutable"
        answer = await Datasette(immutables=[served]).client.get("/quotes/articles.json?_shape=array")
        assert len(answer.json()) == (2 if filled is fill else 3)


def test_status_migrates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    fill(path)
    db = open_database(path)
    db.execute(f"DELETE FROM {migrations.migrations_table}")
    for name in BEFORE_RELEASE:
        db.table(migrations.migrations_table).insert({"migration_set": "quotes", "name": name})
    db.conn.commit()
    close_database(db)
    before = path.read_bytes()
    for command in (["status"], ["search", "ferry"]):
        done = subprocess.run(
            [sys.executable, "-c", "from quotes.cli.main import main; main()", *command, "--db", str(path)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["quotes.db"]


def test_readers_see_what_a_writer_has_written(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    write(db, article("a", said(PIER, "Ana Cortés")))
    with db.atomic():
        db.execute("DELETE FROM topics")
        with reading(path) as read:
            assert read.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    close_database(db)


def test_sorting_needs_no_temporary_files(tmp_path: Path) -> None:
    """/tmp may be full."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("no list of open files")
    db = open_database(tmp_path / "quotes.db")
    db.execute("PRAGMA cache_size = 10")
    opened: set[str] = set()

    def look() -> int:
        opened.update(str(entry.readlink()) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink())
        return 0

    db.conn.set_progress_handler(look, 20_000)
    numbers = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT i, hex(i * i) FROM n"
    )
    assert len(db.execute(f"SELECT DISTINCT * FROM ({numbers}) ORDER BY 2, 1 DESC").fetchall()) == 100_000
    assert any("quotes.db" in name for name in opened)
    assert not [name for name in opened if "etilqs" in name]
    db.close()


def test_the_log_is_bounded(tmp_path: Path) -> None:
    """While many small transactions are written, and after one large one, with a reader that keeps the file open."""
    path = tmp_path / "quotes.db"
    db = open_database(path)
    log = path.with_name("quotes.db-wal")
    with reading(path) as read:
        read.execute("SELECT count(*) FROM topics").fetchone()
        largest = 0
        for n in range(3_000):
            with db.atomic():
                db.execute("INSERT INTO topics (name) VALUES (?)", [f"topic {n}"])
            largest = max(largest, log.stat().st_size)
        assert largest < 6_000_000
        with db.atomic():
            db.conn.executemany("INSERT INTO topics (name) VALUES (?)", [(f"{n} {'x' * 2_000}",) for n in range(6_000)])
        assert log.stat().st_size > 12_000_000
        with db.atomic():
            db.execute("DELETE FROM topics WHERE id = 1")
        with db.atomic():
            db.execute("DELETE FROM topics WHERE id = 2")
        assert log.stat().st_size < 6_000_000
        close_database(db)
        assert log.stat().st_size == 0
