from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from told import article, said, write

from quotes.cli import trace_command
from quotes.cli.main import main
from quotes.records import Extraction
from quotes.store.database import close_database, open_database

WEIR = "The weir at Orrin was never inspected by anyone."
HERON = "Nobody in Quillan has seen a heron build a nest."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    opened = open_database(path)
    write(opened, article("a", said(f"“{WEIR}”", "Ana Cortés"), outlet="Courier", day="2025-03-04"))
    close_database(opened)
    return path


@pytest.fixture(autouse=True)
def draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article with a misquote, given to another speaker, instead of what the model would find."""
    found = article(
        "draft", said(f"“{HERON}”", "Bo Lind"), said("“The weir at Orrin was inspected by anyone,”", "Bo Lind")
    )

    def extractions(sources: Any, _options: Any, _least: float, failed: list[str]) -> Iterator[Extraction]:
        failed.extend(source for source in sources if source == "missing.txt")
        yield found

    monkeypatch.setattr(trace_command, "extractions", extractions)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["trace", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_for_people_a_misquote_is_marked_word_by_word(db: Path) -> None:
    result = run("draft.txt", "--db", db)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "draft.txt: 2 sayings that can be traced, 1 printed before",
        "",
        "“The weir at Orrin was inspected by anyone” (Bo Lind)",
        "  ! Courier, 2025-03-04: says something else; differs in negation; given to Ana Cortés there",
        "      The weir at Orrin was [-never-] inspected by anyone",
        "",
    ]


def test_for_programs(db: Path) -> None:
    unknown, known = map(json.loads, run("draft.txt", "--db", db, "--format", "jsonl").stdout.splitlines())
    assert (unknown["article"], unknown["text"], unknown["printings"]) == ("draft.txt", HERON, [])
    (printing,) = known["printings"]
    assert (printing["relation"], printing["differences"], printing["other_speaker"]) == (
        "conflict",
        ["negation"],
        True,
    )
    assert {"change": "left out", "text": "never"} in printing["changes"]


def test_as_a_table(db: Path, tmp_path: Path) -> None:
    run("draft.txt", "--db", db, "--format", "csv", "-o", tmp_path / "traced.csv")
    text = (tmp_path / "traced.csv").read_bytes().decode("utf-8-sig")
    unknown, known = csv.DictReader(io.StringIO(text, newline=""))
    assert (unknown["saying"], unknown["relation"], unknown["quote_id"]) == (HERON, "", "")
    assert (known["differences"], known["other_speaker"], known["printed_speaker"]) == ("negation", "yes", "Ana Cortés")
    assert known["changes"] == "The weir at Orrin was [-never-] inspected by anyone"


def test_an_article_that_fails_is_told_by_the_exit_code(db: Path) -> None:
    assert run("missing.txt", "--db", db).exit_code == 1


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    result = run("draft.txt", "--db", tmp_path / "none.db")
    assert result.exit_code == 1
    assert "no such database" in result.stderr
