"""Whatever goes wrong outside the program is one line on standard error, and the exit code says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from store.test_checking import scribble
from told import article, said, story, write

from quotes import pipeline
from quotes.cli.main import main
from quotes.errors import ModelError, os_words, sqlite_words
from quotes.store import database
from quotes.store.database import close_database, open_database

PIER = "“We will rebuild the harbour pier before winter,”"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def failure(*arguments: object) -> str:
    """The one line with which a command fails."""
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    opened = open_database(path)
    write(opened, *(article(f"{n}", said(f"“{story(n, 30)}”", "Bo Lind"), text=story(n)) for n in range(60)))
    write(opened, article("pier", said(PIER, "Ana Cortés")))
    close_database(opened)
    return path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.parametrize(
    "command",
    [
        ["link"],
        ["speakers", "rename", "1", "Bob Lind"],
        ["speakers", "merge", "1", "2"],
        ["remove", "1", "--yes", "--quiet"],
    ],
    ids=lambda command: command[0],
)
def test_a_locked_database(db: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(database, "PATIENCE", 50)
    with locked(db):
        line = failure(*command, "--db", db)
    assert line.startswith(f"Error: {db}: ")
    assert "another process is writing to it" in line
    assert run(*command, "--db", db).exit_code == 0


@pytest.mark.parametrize("command", [["status"], ["search", "harbour"], ["speakers", "list"]], ids=lambda each: each[0])
def test_readers_are_not_kept_waiting_by_a_writer(db: Path, command: list[str]) -> None:
    with locked(db):
        assert run(*command, "--db", db).exit_code == 0


@pytest.mark.parametrize(
    ("command", "damaged"),
    [
        (["search", "harbour"], "quotes"),
        (["speakers", "list"], "speakers"),
        (["link"], "quotes"),
        (["link"], "articles"),
        (["speakers", "rename", "1", "Bob"], "quotes"),
        (["remove", "1", "--yes"], "quotes_speaker"),
        (["ingest", "none.txt", "--workers", "0"], "articles"),
    ],
    ids=lambda part: part if isinstance(part, str) else part[0],
)
def test_a_damaged_page(db: Path, command: list[str], damaged: str) -> None:
    scribble(db, damaged)
    line = failure(*command, "--db", db)
    assert line.startswith(f"Error: {db}: ")
    assert "damaged" in line
    assert "safe" not in line


def test_damage_that_is_met_while_ingesting_is_not_called_safe(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scribble(db, "articles")
    monkeypatch.setattr(database, "_refuse_damaged", lambda *_: None)
    monkeypatch.setattr("quotes.store.writing.Writer.settle_deleted", lambda writer: writer.db.execute(
        "SELECT sum(length(text)) FROM articles").fetchall())  # fmt: skip
    assert "safe" not in failure("ingest", "none.txt", "--workers", "0", "--db", db).split("`quotes check`")[0]


@pytest.mark.parametrize("command", [["link"], ["check"]], ids=lambda command: command[0])
def test_check_says_what_is_wrong_and_the_exit_code_too(db: Path, command: list[str]) -> None:
    assert run("check", "--db", db).exit_code == 0
    with sqlite3.connect(db) as plain:
        plain.execute("UPDATE wordings SET quotes = 9")
    result = run("check", "--db", db)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "`quotes link` puts that right" in result.stdout
    run("link", "--db", db)
    assert run("check", "--db", db).exit_code == 0


def shell(quotes_command: list[str], db: Path, arguments: str, redirection: str) -> subprocess.CompletedProcess[str]:
    command = f'"$@" {arguments} --db "$DB" {redirection}'
    environment = os.environ | {"DB": str(db)}
    return subprocess.run(
        ["sh", "-c", command, "sh", *quotes_command], capture_output=True, text=True, env=environment
    )  # fmt: skip


@pytest.mark.parametrize(
    ("redirection", "reason"), [("> /dev/full", "No space left on device"), (">&-", "Bad file descriptor")]
)
@pytest.mark.parametrize("arguments", ["search harbour", "status --format json"])
def test_output_that_cannot_be_written(
    quotes_command: list[str], db: Path, arguments: str, redirection: str, reason: str
) -> None:
    if redirection.endswith("full") and not Path("/dev/full").exists():
        pytest.skip("no full disk to be had")
    done = shell(quotes_command, db, arguments, redirection)
    assert (done.returncode, done.stderr) == (1, f"Error: the output can't be written ({reason})\n")


@pytest.mark.parametrize("redirection", [">&-", ">&- 2>&- <&-"])
def test_what_prints_nothing_needs_no_output(quotes_command: list[str], db: Path, redirection: str) -> None:
    done = shell(quotes_command, db, "speakers rename 1 Bob", redirection)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with sqlite3.connect(db) as plain:
        assert plain.execute("SELECT name FROM speakers WHERE id = 1").fetchone() == ("Bob",)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("missing", ["meta.json", "config.cfg", "parser/head.msgpack", "encoder/encoder.onnx"])
def test_a_missing_model_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(pipeline.MODEL, model)
    path = model / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(ModelError, match="install quotes again") as raised:
        pipeline.build(path=model)
    assert str(model) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_command_without_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MODEL", tmp_path)
    story = tmp_path / "story.txt"
    story.write_text("“We knew,” she said.", encoding="utf-8")
    assert "the model can't be loaded" in failure("ingest", story, "--workers", "1", "--db", tmp_path / "quotes.db")


def test_words_for_errors_of_the_system() -> None:
    assert os_words(FileNotFoundError(2, "No such file or directory", "gone.txt")) == (
        "gone.txt: No such file or directory"
    )
    assert sqlite_words(sqlite3.OperationalError("no such\ntable")) == "no such table"
