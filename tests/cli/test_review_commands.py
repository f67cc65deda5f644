from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from reviewers import stored
from told import FULL, WELLS, article, said, write

from quotes.cli.main import main
from quotes.store.database import close_database, open_database
from quotes.training.annotated_articles import annotated

TEXT = "He added it was over. “Over,” he said."


def run(*arguments: object, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def failure(*arguments: object, stdin: str | None = None) -> str:
    """The one line with which a command fails."""
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr.splitlines()[0]


def database(path: Path, *extractions: Any) -> Path:
    opened = open_database(path)
    write(opened, *extractions)
    close_database(opened)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    pier = article("pier", said(FULL), said(WELLS, "Stefan Moss"), text=TEXT, outlet="Courier")
    return database(tmp_path / "quotes.db", pier, article("wells", said(WELLS, "Lola Reyne"), outlet="Lantern"))


def hashes(db: Path) -> list[str]:
    return [digest for (digest,) in stored(db, "SELECT hash FROM quotes ORDER BY id")]


def decided(db: Path) -> list[tuple[Any, ...]]:
    return stored(db, "SELECT verdict, speaker, kind, decided_by FROM quote_decisions ORDER BY id")


def test_a_quote_is_corrected_and_that_is_undone(db: Path) -> None:
    first = hashes(db)[0]
    result = run("correct", first[:9], "--speaker", "Lola Reyne", "--kind", "mixed", "--by", "ann", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"{first[:12]} correct: ")
    assert decided(db) == [("correct", "Lola Reyne", "mixed", "ann")]
    assert run("correct", first, "--undo", "-q", "--db", db).stderr == ""
    assert decided(db) == []
    assert stored(db, "SELECT kind, decision FROM quotes WHERE id = 1") == [("direct", None)]


def test_many_are_decided_from_a_pipe_and_what_is_unknown_does_not_stop_them(db: Path) -> None:
    result = run(
        "correct", "-", "--reject", "--db", db, stdin=f"{hashes(db)[0]}\n\nffffffff some words\n{hashes(db)[2]}\n"
    )
    assert result.exit_code == 1
    assert "ffffffff: no quote has this hash" in result.stderr
    assert [verdict for verdict, *_ in decided(db)] == ["reject", "reject"]
    assert stored(db, "SELECT text FROM quotes") == [(WELLS,)]


def test_words_say_where_a_quote_stands(db: Path) -> None:
    first = hashes(db)[0]
    run("correct", first, "--span", "“We will rebuild the harbour pier", "--span", "every invoice", "--db", db)
    assert stored(db, "SELECT text FROM quotes WHERE id = 1") == [("“We will rebuild the harbour pier every invoice",)]
    assert "does not stand in the article" in failure("correct", first, "--span", "no such words", "--db", db)
    assert "times in the article; say which" in failure("correct", first, "--span", "he", "--db", db)


def test_a_missed_quote_is_marked(db: Path) -> None:
    arguments = ("--span", "it was over", "--kind", "indirect", "--speaker", "a clerk", "--speaker-kind", "unnamed")
    assert run("correct", "--missed", 1, *arguments, "--db", db).exit_code == 0
    sql = (
        "SELECT text, name, speakers.kind FROM quotes JOIN speakers ON speakers.id = speaker_id WHERE decision = 'add'"
    )
    assert stored(db, sql) == [("it was over", "a clerk", "unnamed")]
    assert "no article has this number" in failure("correct", "--missed", 9, *arguments, "--db", db)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("aaaaaaaa",),
        ("aaaaaaaa", "--accept", "--reject"),
        ("aaaaaaaa", "--undo", "--kind", "mixed"),
        ("aaaaaaaa", "--speaker", "Ann", "--no-speaker"),
        ("aaaaaaaa", "--speaker-kind", "unnamed", "--accept"),
        ("aaaaaaaa", "bbbbbbbb", "--span", "1:2"),
        ("--missed", "1", "--kind", "direct"),
        ("--missed", "1", "aaaaaaaa", "--span", "1:2", "--kind", "direct"),
    ],
)
def test_what_contradicts_itself_is_refused(db: Path, arguments: tuple[str, ...]) -> None:
    assert run("correct", *arguments, "--db", db).exit_code == 2
    assert decided(db) == []


def test_decisions_are_listed_and_travel(db: Path, tmp_path: Path) -> None:
    first, second, _ = hashes(db)
    run("correct", first, "--speaker", "Bo Lind", "--by", "ann", "--db", db)
    run("correct", second, "--reject", "--by", "ann", "--db", db)
    lines = [json.loads(line) for line in run("decisions", "list", "--format", "json", "--db", db).stdout.splitlines()]
    assert [(one["verdict"], one["speaker"], one["unfit"]) for one in lines] == [
        ("reject", "Stefan Moss", None), ("correct", "Bo Lind", None),
    ]  # fmt: skip
    assert "Bo Lind" in run("decisions", "list", "--verdict", "correct", "--db", db).stdout
    file = tmp_path / "decisions.jsonl"
    assert run("decisions", "export", "-o", file, "--db", db).exit_code == 0
    assert run("decisions", "export", "--db", db).stdout == file.read_text(encoding="utf-8")
    pier = article("pier", said(FULL), said(WELLS, "Stefan Moss"), text=TEXT, outlet="Courier")
    there = database(tmp_path / "there.db", pier)
    result = run("decisions", "import", file, "--db", there)
    assert (result.exit_code, "2 taken in, 0 of them don't fit" in result.stderr) == (0, True)
    assert decided(there) == decided(db)
    empty = database(tmp_path / "empty.db")
    result = run("decisions", "import", "-", "--db", empty, stdin=file.read_text(encoding="utf-8"))
    assert result.exit_code == 1
    assert result.stderr.count("does not fit: ") == 2
    listed = run("decisions", "list", "--unfit", "--format", "json", "--db", empty).stdout.splitlines()
    assert [json.loads(line)["unfit"] for line in listed] == ["its article is not there"] * 2


def test_an_import_that_is_broken_changes_nothing(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    run("correct", hashes(db)[0], "--accept", "--db", db)
    file.write_text(run("decisions", "export", "--db", db).stdout + "{}\n", encoding="utf-8")
    run("correct", hashes(db)[0], "--undo", "--db", db)
    assert failure("decisions", "import", file, "--db", db).startswith(f"Error: {file}: line 2: not a decision")
    file.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in failure("decisions", "import", file, "--db", db)
    assert decided(db) == []


def test_rejected_quotes_are_in_no_export(db: Path) -> None:
    first = hashes(db)[0]
    run("correct", first, "--reject", "--db", db)
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv", "--db", db).stdout)))
    assert len(rows) == 2
    assert first not in {row["hash"] for row in rows}
    assert run("search", "invoice", "--db", db).exit_code == 1


def test_articles_in_which_all_is_decided_are_gold_for_training(db: Path, tmp_path: Path) -> None:
    first, second, third = hashes(db)
    run("correct", first, "--speaker", "Bo Lind", "--db", db)
    run("correct", third, "--accept", "--db", db)
    folder = tmp_path / "gold"
    assert "1 article in which" in run("decisions", "export", "--gold", folder, "--db", db).stderr
    assert [one.name for one in annotated(folder)] == ["2.txt"]
    assert "has something in it" in failure("decisions", "export", "--gold", folder, "--db", db)
    run("correct", second, "--reject", "--db", db)
    run("decisions", "export", "--gold", tmp_path / "all", "--db", db)
    one, other = annotated(tmp_path / "all")
    assert one.fold != other.fold, "of another outlet"
    (entry,) = one.entries
    assert one.text[entry["start"] : entry["end"]] == entry["text"] == FULL
    assert (entry["kind"], entry["speaker"], entry["speaker_type"]) == ("direct", "Bo Lind", "person")


def test_what_was_decided_is_measured_against(tmp_path: Path, sample_db: Path, one_pipeline: None) -> None:
    db = tmp_path / "samples.db"
    db.write_bytes(sample_db.read_bytes())
    assert "nothing was decided" in failure("evaluate", "--db", db)
    sure = stored(db, "SELECT hash FROM quotes WHERE article_id = 1 ORDER BY confidence DESC LIMIT 4")
    for (digest,), decision in zip(sure, ("--accept", "--accept", "--no-speaker", "--reject"), strict=True):
        assert run("correct", digest, decision, "--db", db).exit_code == 0
    figures = json.loads(run("evaluate", "--db", db, "--format", "json").stdout)
    assert figures["content: recall"] == 1.0
    assert figures["content: precision"] < 1.0, "what was rejected is found"
    assert figures["speaker right"] < 1.0
    assert run("evaluate", "--db", db, tmp_path, tmp_path).exit_code == 2
    assert run("evaluate", tmp_path).exit_code == 2
