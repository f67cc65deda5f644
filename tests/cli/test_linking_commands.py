from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from told import article, content, rows, said, story, write

from quotes.cli.main import main
from quotes.store.database import close_database, open_database

PIER = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell to anybody,”"
MAYOR = "mayor of Quillan"
HOSTILE = {
    "quotation marks": "\"Ana\" 'Cortés' `x`",
    "per cent": "100% %s %(name)s",
    "wildcards": "A_a% C*",
    "SQL": "Ana'; DROP TABLE quotes; --",
    "format": "{0} {name} {",
    "control characters": "Ana\x1b[31m\x07 Cortés",
    "brackets": "[red]Ana[/red]",
    "another script": "안나 코르테스",
    "right to left": "\u202eséroc anA",
    "long": "Ana" * 5_000,
}
STRANGE = {"no UTF-8": "Nemo \udcff", "two lines": "Nemo\nNobody"}


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def failure(*arguments: object) -> str:
    """The one line with which a command fails."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


def stored(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_database(path, create=False) as db:
        return rows(db, sql)


def named(*names: str) -> dict[str, Any]:
    """Parameters of a test: each of these, by what it is."""
    return {"argvalues": list(names), "ids": [key for key, name in (HOSTILE | STRANGE).items() if name in names]}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database in which Bo Lind and Ana Cortés are given the same words."""
    path = tmp_path / "it's 100%.db"
    opened = open_database(path)
    write(
        opened,
        article("a", said(PIER, "Ana Cortés", MAYOR), said(FERRY, "ANA CORTES"), outlet="Courier", day="2025-03-04"),
        article("b", said(PIER, "Bo Lind"), outlet="Lantern", day="2025-03-05"),
        article("c", said(FERRY, "Ana Cortes", MAYOR)),
    )
    close_database(opened)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.db"
    close_database(open_database(path))
    return path


COMMANDS = (
    ("link",),
    ("speakers", "list"),
    ("speakers", "merge", "1", "2"),
    ("speakers", "split", "1", "Ana"),
    ("speakers", "rename", "1", "Ana"),
    ("disagreements",),
)


# -- a database that is none, or empty


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_missing_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "none.db"
    assert f"quotes ingest SOURCE --db {path}" in failure(*command, "--db", path)
    assert not path.exists()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "story.txt"
    path.write_text("“We knew,” she said.\n" * 99, encoding="utf-8")
    assert failure(*command, "--db", path).startswith(f"Error: {path}: ")


def test_empty_database(empty: Path) -> None:
    assert run("link", "--db", empty).stderr == f"{empty}: 0 articles, 0 speakers, 0 wordings\n"
    assert failure("speakers", "list", "--db", empty) == "Error: no speaker matches"
    assert "1: no speaker of this name or number" in failure("speakers", "merge", "1", "2", "--db", empty)
    result = run("disagreements", "--db", empty)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no wording is attributed to different speakers\n"


# -- link


def test_link_sums_up_on_standard_error(db: Path) -> None:
    result = run("link", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{db}: 3 articles, 2 speakers, 2 wordings\n"
    result = run("link", "--quiet", "--db", db)
    assert (result.exit_code, result.output) == (0, "")


def test_link_mends_what_is_broken(db: Path) -> None:
    with open_database(db) as opened, opened.atomic():
        opened.execute("UPDATE sayings SET wording_id = NULL, variant_id = NULL")
        opened.execute("UPDATE wordings SET quotes = 0")
    run("link", "--db", db)
    assert stored(db, "SELECT text, quotes FROM wordings ORDER BY text") == [
        (text.strip("“,”"), 2) for text in (FERRY, PIER)
    ]
    assert not Path(f"{db}-wal").exists()


# -- speakers list


def test_speakers_are_listed_for_programs(db: Path) -> None:
    result = run("speakers", "list", "--format", "json", "--db", db)
    assert (result.exit_code, result.stderr) == (0, "")
    ana, bo = map(json.loads, result.stdout.splitlines())
    assert ana == {
        "id": 1, "name": "Ana Cortés", "kind": "person", "role": MAYOR, "gender": None, "quotes": 3, "outlets": 1,
        "spellings": "ANA CORTES (1), Ana Cortes (1), Ana Cortés (1)",
    }  # fmt: skip
    assert (bo["name"], bo["spellings"]) == ("Bo Lind", "Bo Lind (1)")


def test_speakers_are_listed_for_people(db: Path) -> None:
    result = run("speakers", "list", "CORTÉS", "--db", db)
    assert result.exit_code == 0
    assert MAYOR in result.stdout
    assert "ANA CORTES (1)" in " ".join(result.stdout.split())
    assert "Lind" not in result.stdout


def test_speakers_are_listed_by_kind_and_number(db: Path) -> None:
    assert len(run("speakers", "list", "-n", "1", "--format", "json", "--db", db).stdout.splitlines()) == 1
    assert failure("speakers", "list", "--kind", "organization", "--db", db) == "Error: no speaker matches"
    assert failure("speakers", "list", "--gender", "woman", "--db", db) == "Error: no speaker matches"
    assert run("speakers", "list", "--kind", "robot", "--db", db).exit_code == 2
    assert run("speakers", "list", "--gender", "robot", "--db", db).exit_code == 2
    assert run("speakers", "list", "-n", "0", "--db", db).exit_code == 2


# -- merge, split, rename


def test_merge_and_split(db: Path) -> None:
    result = run("speakers", "merge", "Bo Lind", "ana cortes", "--db", db)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "merged into speaker 1\n")
    assert stored(db, "SELECT DISTINCT speaker_id FROM quotes") == [(1,)]
    result = run("speakers", "split", "Ana Cortés", "bo lind", "--db", db)
    assert (result.exit_code, result.output) == (0, "")
    assert stored(db, "SELECT count(*) FROM quotes GROUP BY speaker_id ORDER BY speaker_id") == [(3,), (1,)]


def test_rename(db: Path) -> None:
    assert run("speakers", "rename", "BO LIND", "  Bob Lind ", "--db", db).exit_code == 0
    assert stored(db, "SELECT name FROM speakers ORDER BY id") == [("Ana Cortés",), ("Bob Lind",)]
    assert run("speakers", "rename", "2", " ", "--db", db).exit_code == 2
    assert run("speakers", "rename", "2", "", "--db", db).exit_code == 2
    assert stored(db, "SELECT name FROM speakers WHERE id = 2") == [("Bob Lind",)]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("merge", "Nemo", "Bo Lind"), "Nemo: no speaker of this name or number; `quotes speakers list Nemo`"),
        (("merge", "1", "7"), "7: no speaker of this name or number"),
        (("merge", "1", "Ana Cortés"), "speaker 1 is one already"),
        (("split", "1", "Nemo"), "Nemo: speaker 1 is not called so, but ANA CORTES, Ana Cortes, Ana Cortés"),
        (("split", "Bo Lind", "Bo Lind"), "speaker 2 has no other name than Bo Lind"),
        (("rename", "Nemo", "Bo"), "Nemo: no speaker of this name or number"),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_what_cannot_be_decided_is_told_in_a_line(db: Path, command: tuple[str, ...], words: str) -> None:
    before = stored(db, "SELECT id, name FROM speakers")
    assert words in failure("speakers", *command, "--db", db)
    assert stored(db, "SELECT id, name FROM speakers") == before


@pytest.mark.parametrize("command", [("merge", "1"), ("split", "1"), ("rename", "1"), ("frobnicate",)], ids=" ".join)
def test_wrong_usage_is_exit_code_2(db: Path, command: tuple[str, ...]) -> None:
    result = run("speakers", *command, "--db", db)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


# -- names that are none


@pytest.mark.parametrize("name", **named(*HOSTILE.values()))
def test_hostile_names_find_nobody(db: Path, name: str) -> None:
    with open_database(db) as opened:
        before = content(opened)
    for command in (("merge", name, "1"), ("merge", "1", name), ("rename", name, "X"), ("split", "1", name)):
        failure("speakers", *command, "--db", db)
    failure("speakers", "list", name, "--db", db)
    with open_database(db) as opened:
        assert content(opened) == before


@pytest.mark.parametrize("name", **named(*HOSTILE.values()))
def test_hostile_names_are_shown_as_they_are(db: Path, name: str) -> None:
    assert run("speakers", "rename", "2", name, "--db", db).exit_code == 0
    listed = map(json.loads, run("speakers", "list", "--format", "json", "--db", db).stdout.splitlines())
    assert {one["id"]: one["name"] for one in listed}[2] == name.strip()
    table = run("speakers", "list", "--db", db).stdout + run("disagreements", "--db", db).stdout
    assert not set(table) & set("\x1b\x07\x00")
    (found,) = map(json.loads, run("disagreements", "--format", "json", "--db", db).stdout.splitlines())
    assert [one["speaker"] for one in found["attributions"]] == ["Ana Cortés", name.strip()]
    assert run("speakers", "rename", "2", "Bo Lind", "--db", db).exit_code == 0


@pytest.mark.parametrize("command", ["merge", "split", "rename"])
@pytest.mark.parametrize("name", **named(*STRANGE.values()))
def test_strange_names_find_nobody(db: Path, command: str, name: str) -> None:
    arguments = ("1", name) if command == "split" else (name, "1")
    failure("speakers", command, *arguments, "--db", db)


def test_a_text_instead_of_a_name_finds_nobody(db: Path) -> None:
    failure("speakers", "list", story(1, 2_000), "--db", db)


def test_renaming_to_what_is_no_utf_8(db: Path) -> None:
    assert run("speakers", "rename", "2", STRANGE["no UTF-8"], "--db", db).exit_code == 0
    assert stored(db, "SELECT name FROM speakers WHERE id = 2") == [("Nemo ?",)]


# -- disagreements


def test_disagreements_for_programs(db: Path) -> None:
    result = run("disagreements", "--format", "json", "--db", db)
    assert (result.exit_code, result.stderr) == (0, "")
    (found,) = map(json.loads, result.stdout.splitlines())
    assert found["words"] == PIER.strip("“,”")
    assert found["attributions"] == [
        {
            "speaker": "Ana Cortés",
            "text": PIER.strip("“,”"),
            "outlet": "Courier",
            "published": "2025-03-04",
            "article_id": 1,
        },
        {
            "speaker": "Bo Lind",
            "text": PIER.strip("“,”"),
            "outlet": "Lantern",
            "published": "2025-03-05",
            "article_id": 2,
        },
    ]


def test_disagreements_for_people(db: Path) -> None:
    shown = run("disagreements", "--db", db).stdout
    assert "Bo Lind" in shown
    assert "Courier, 2025-03-04" in " ".join(shown.split())
    assert "ferry" not in shown
    run("speakers", "merge", "1", "2", "--db", db)
    assert run("disagreements", "--db", db).stderr == "no wording is attributed to different speakers\n"
