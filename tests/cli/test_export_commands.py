from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from told import article, said, write

from quotes.cli.main import main
from quotes.store.database import close_database, open_database

PIER = "“We will rebuild the Łódź pier,”"
FERRY = "“It was ﬁnally ours to sell,”"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    opened = open_database(path)
    write(
        opened,
        article("a", said(PIER, "Ana Cortés"), said(FERRY, "Bo Lind"), outlet="Courier", day="2025-03-04"),
        article("b", said(FERRY, "Bo Lind"), outlet="Lantern"),
    )
    close_database(opened)
    return path


def test_a_network_says_what_it_can_not_have(tmp_path: Path) -> None:
    path, out = tmp_path / "quotes.db", tmp_path / "out.gexf"
    opened = open_database(path)
    write(
        opened,
        article("a", said(PIER, "Ana Cortés"), said(FERRY, None)),
        article("b", said(FERRY, "Bo Lind"), outlet="X"),
    )
    close_database(opened)
    told = run("export", "--format", "gexf", "-o", out, "--db", path).stderr
    assert told == f"{out}: 1 quote; 2 more have no outlet or speaker that is known\n"
    told = run("export", "--format", "gexf", "--network", "together", "-o", out, "--db", path).stderr
    assert told == f"{out}: 2 quotes; 1 more have no speaker that is known\n"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_text_goes_to_standard_output(db: Path) -> None:
    result = run("export", "--format", "csv", "--db", db)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [row["text"] for row in rows(result.stdout)] == [PIER, FERRY, FERRY], "no byte order mark before the names"


def test_a_file(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    result = run("export", "--format", "csv", "-o", path, "--speaker", "lind", "--since", "2025-03-04", "--db", db)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{path}: 1 quote\n")
    assert [row["outlet"] for row in rows(path.read_text(encoding="utf-8-sig"))] == ["Courier"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xlsx"], "-o quotes.xlsx"),
        (["--format", "csv", "--network", "together"], "gexf and graphml"),
        (["--format", "csv", "--since", "March"], "March"),
        (["--format", "csv", "--since", "2025-03-04", "--until", "2025-03-03"], "after"),
        ([], "--format"),
    ],
)
def test_wrong_usage(db: Path, arguments: list[str], words: str) -> None:
    result = run("export", *arguments, "--db", db)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_name_that_nobody_has(db: Path, tmp_path: Path) -> None:
    result = run("export", "--format", "csv", "--speaker", "Zed", "-o", tmp_path / "z.csv", "--db", db)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Zed: none of the speakers has this in its name; `quotes speakers list` shows them\n"
    )
    assert not (tmp_path / "z.csv").exists()


def test_search_prints_the_rows_of_export(db: Path) -> None:
    found = run("search", "lodz", "--format", "csv", "--db", db)
    assert [row["text"] for row in rows(found.stdout)] == [PIER]
    lines = [json.loads(line) for line in run("search", "finally", "--format", "jsonl", "--db", db).stdout.splitlines()]
    assert {line["text"] for line in lines} == {FERRY}
    every = run("export", "--format", "jsonl", "--db", db).stdout.splitlines()
    assert sorted(lines, key=lambda line: line["quote_id"]) == [json.loads(line) for line in every[1:]]
    nothing = run("search", "zeppelin", "--format", "csv", "--db", db)
    assert (nothing.exit_code, rows(nothing.stdout)) == (1, [])


def test_publish_copy(db: Path, tmp_path: Path) -> None:
    before = db.read_bytes()
    target = tmp_path / "public.db"
    result = run("publish-copy", target, "--without-texts", "--db", db)
    assert (result.exit_code, result.stderr) == (0, f"{target}: a copy of {db}, without the texts of articles\n")
    assert db.read_bytes() == before
    assert run("check", "--db", target).exit_code == 0
    assert run("search", "lodz", "--db", target).exit_code == 0
    with sqlite3.connect(target) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    again = run("publish-copy", target, "--db", db)
    assert again.exit_code == 1
    assert again.stderr == f"Error: {target}: is there already; name another file, or remove it\n"
