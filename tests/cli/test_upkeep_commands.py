from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from told import article, said, write

from quotes.cli.main import main
from quotes.store.database import close_database, open_database

PIER = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell to anybody,”"


def run(*arguments: object, answer: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    opened = open_database(path)
    write(
        opened,
        article("a", said(PIER, "Ana Cortés"), said(FERRY, "Ana Cortés"), outlet="Courier", day="2025-03-04"),
        article("b", said(PIER, "Bo Lind"), outlet="Lantern"),
        article("c", said(FERRY, "Bo Lind"), outlet="Lantern"),
    )
    close_database(opened)
    return path


def left(path: Path) -> list[Any]:
    with sqlite3.connect(path) as plain:
        return [source for (source,) in plain.execute("SELECT source FROM articles ORDER BY id")]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)


def test_it_is_said_what_went(db: Path) -> None:
    result = run("remove", "1", "--yes", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Courier, 2025-03-04" in result.stderr
    assert result.stderr.endswith(f"{db}: removed 1 article, 2 quotes, 1 speaker, 1 outlet\n")
    assert not db.with_name("quotes.db-wal").exists()
    assert left(db) == ["b.txt", "c.txt"]
    assert run("check", "--db", db).exit_code == 0


def test_quiet(db: Path) -> None:
    result = run("remove", "--outlet", "lantern", "--yes", "--quiet", "--db", db)
    assert (result.exit_code, result.output) == (0, "")
    assert left(db) == ["a.txt"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("answer", "gone"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_on_a_terminal_it_asks(db: Path, answer: str, gone: bool) -> None:
    result = run("remove", "--source", "a.txt", "2", "--db", db, answer=answer)
    assert f"Remove these 2 articles from {db}?" in result.stderr
    assert result.exit_code == (0 if gone else 1)
    assert left(db) == (["c.txt"] if gone else ["a.txt", "b.txt", "c.txt"])


def test_where_nobody_can_be_asked_nothing_is_removed(db: Path) -> None:
    result = run("remove", "1", "--db", db)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert left(db) == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("wanted", [["9"], ["1", "9"], ["--url", "https://x.example/"], ["--outlet", "Nobody"]])
def test_what_is_not_there_is_told_and_nothing_removed(db: Path, wanted: list[str]) -> None:
    result = run("remove", *wanted, "--yes", "--db", db)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"Error: {wanted[-1]}: no ")
    assert left(db) == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("wanted", [[], ["--yes"], ["a.txt"]])
def test_wrong_usage(db: Path, wanted: list[str]) -> None:
    assert run("remove", *wanted, "--db", db).exit_code == 2


def test_a_sound_database_is_said_to_be_so(db: Path) -> None:
    result = run("check", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{db}: ok, 3 articles and 4 quotes\n"
    assert run("check", "--quiet", "--db", db).output == ""


def test_faults_are_lines_for_programs(db: Path) -> None:
    with sqlite3.connect(db) as plain:
        plain.execute("UPDATE quotes SET text = 'other' WHERE id IN (1, 3)")
    result = run("check", "--db", db)
    assert (result.exit_code, result.stderr) == (1, "")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()][:2] == ["quote 1", "quote 3"]


def test_plain_sql_is_seen_and_link_puts_it_right(db: Path) -> None:
    with sqlite3.connect(db) as plain:
        plain.execute("DELETE FROM articles WHERE id = 1")
    assert "`quotes link` puts that right" in run("check", "--db", db).stdout
    assert run("link", "--db", db).exit_code == 0
    assert run("check", "--db", db).exit_code == 0


def test_what_was_named_by_an_absolute_path_is_removed_by_it(tmp_path: Path) -> None:
    """The database holds no folder of anybody's: `wrong/a.txt` of `/home/me/wrong`."""
    folder, db = tmp_path / "home" / "wrong", tmp_path / "quotes.db"
    for name in ("a", "old/b"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(f"The pier {name} is closed until further notice, and no one knows why.\n")
    assert run("ingest", "--workers", 0, folder, "--db", db).exit_code == 0
    assert "removed 1 article" in run("remove", "--yes", "--source", folder / "old", "--db", db).stderr
    assert "removed 1 article" in run("remove", "--yes", "--source", folder, "--db", db).stderr
