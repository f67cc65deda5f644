from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from spacy.tokens import Doc

import quotes
from quotes import __version__
from quotes.cli.main import main
from quotes.pipeline.language.heads import Head
from quotes.pipeline.speakers.resolution import SpeakerResolver
from quotes.reading.header import Header, read_header
from quotes.reading.parsing import parse_document

Write = Callable[[str, str], Path]
PIER = "Pier to be rebuilt\n\nAna Cortés, the mayor, spoke on Monday.\n\n“We will [really] rebuild it,” Cortés said.\n"
FERRY = "Ferry to be sold\n\nBo Lind, the owner, spoke on Tuesday.\n\n“We will sell the ferry,” Lind said.\n"
WAIT = 60
IN_THIS_PROCESS = {command: {"workers": 0} for command in ("ingest", "retry")}
"""Defaults: with the one pipeline of all tests, where each worker would take four seconds to load its own."""

pytestmark = pytest.mark.usefixtures("one_pipeline")


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(
        main, [str(argument) for argument in arguments], input=stdin, default_map=IN_THIS_PROCESS
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def error_lines(result: Result) -> list[str]:
    lines = result.stderr.splitlines()
    assert all(line.startswith("Error: ") for line in lines), result.stderr
    return lines


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number


@pytest.fixture
def pier(write_file: Write) -> Path:
    return write_file("pier.txt", PIER)


# -- help


@pytest.mark.parametrize("command", [None, *main.commands])
def test_help_has_examples_that_are_commands_of_ours(command: str | None) -> None:
    result = run(*filter(None, [command]), "--help")
    assert result.exit_code == 0
    _, _, examples = result.stdout.partition("Examples:\n")
    lines = [line.strip() for line in examples.partition("\n\n")[0].splitlines()]
    assert lines
    for line in lines:
        words = shlex.split(re.search(rf"quotes {command or ''}.*", line)[0], comments=True)  # type: ignore[index]
        assert words[1] in ([command] if command else main.commands), line
        named: click.Command = main
        for word in words[1:]:
            if isinstance(named, click.Group):
                named = named.commands[word]
        options = {name for parameter in named.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_every_option_is_explained() -> None:
    bare = [
        (name, parameter.name)
        for name, command in main.commands.items()
        for parameter in command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "help", None)
    ]
    assert bare == []


def test_version() -> None:
    assert __version__ in run("--version").stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from quotes.cli.main import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "ingest" in done.stdout
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {"spacy", "textacy", "datasette", "rich", "sqlite_utils", "numpy", "yaml"} == set()


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["ingest"], ["extract"], ["extract", "--format", "xml", "a.txt"], ["search", "-n", "0", "x"]],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


# -- extract


def test_extract_jsonl(pier: Path) -> None:
    result = run("extract", "--format", "jsonl", pier)
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record["article"] == str(pier)
    assert record["speaker"] == "Ana Cortés"
    assert [PIER[start:end] for start, end in record["spans"]] == ["“We will [really] rebuild it,”"]


def test_extract_prints_jsonl_into_a_pipe(pier: Path) -> None:
    assert run("extract", pier).stdout == run("extract", "--format", "jsonl", pier).stdout


def test_extract_standard_input() -> None:
    result = run("extract", "-", stdin=PIER.encode())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["article"] == "-"


def test_extract_takes_a_folder(pier: Path, write_file: Write) -> None:
    write_file("sub/ferry.txt", FERRY)
    write_file("README.md", PIER)
    records = [json.loads(line) for line in run("extract", pier.parent).stdout.splitlines()]
    assert [Path(record["article"]).name for record in records] == ["pier.txt", "ferry.txt"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [(b"", "empty"), (b"%PDF-1.7 \xff\xfe\x00", "PDF"), (b"\x00\x01\x02" * 50, "NUL"), (None, "no such file")],
)
@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_extract_passes_over_what_is_no_text(pier: Path, bad: bytes | None, words: str, form: str) -> None:
    path = pier.with_name("bad.txt")
    if bad is not None:
        path.write_bytes(bad)
    result = run("extract", "--format", form, path, pier)
    assert result.exit_code == 1
    (line,) = error_lines(result)
    assert str(path) in line
    assert words in line
    assert "rebuild it" in result.stdout


def test_extract_outlives_a_fault_of_ours(pier: Path, write_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, *rest: object) -> Header:
        if "Lind" in text:
            raise IndexError("out\nof range")
        return read_header(text, *rest)

    monkeypatch.setattr("quotes.reading.formats.text.read_header", fail)
    monkeypatch.setattr("quotes.reading.sources.article_of", parse_document)  # in this process
    result = run("extract", write_file("ferry.txt", FERRY), pier)
    assert result.exit_code == 1
    (line,) = error_lines(result)
    assert line.endswith("ferry.txt: IndexError: out of range")
    assert "rebuild it" in result.stdout


def test_extract_gives_what_it_has_where_a_component_fails(pier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(head: Head, doc: Doc, *rest: object) -> None:
        raise KeyError("no\nsuch label")

    monkeypatch.setattr(SpeakerResolver, "annotate", fail)
    result = run("extract", pier, pier)
    assert result.exit_code == 1
    lines = error_lines(result)
    assert lines == [f"Error: {pier}: speaker_resolver failed (KeyError: 'no\\nsuch label')"] * 2
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["“We will [really] rebuild it,”"] * 2


PDF = """\
The talks ended on Monday in Calderhaven, and the self-
employed of the town were told to wait until the spring.

“We knew of it and dis\u00ad
cussed it at length,” said Geof\u00ad
frey Thomas-
Greenfield, a spokes-
man of the port, in a letter to the self-employed.

Thomas-Greenfield warned that the pier would not be re-
built this year.
\f"""


def test_extract_sees_through_what_a_pdf_file_does_to_words() -> None:
    result = run("extract", "--format", "jsonl", "-", stdin=PDF)
    assert (result.exit_code, result.stderr) == (0, "")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    named = [quote for quote in found if quote["speaker"]]  # the self-employed were told something, nobody says by whom
    assert [quote["speaker"] for quote in named] == ["Geoffrey Thomas-Greenfield"] * 2
    first, second = named
    assert first["text"] == "“We knew of it and dis\u00ad\ncussed it at length,”"
    assert (first["mention"]["text"], first["cue"]["text"]) == ("Geof\u00ad\nfrey Thomas-\nGreenfield", "said")
    assert second["text"] == "that the pier would not be re-\nbuilt this year"
    for quote in found:
        assert " ".join(PDF[start:end] for start, end in quote["spans"]) == quote["text"]
        for part in filter(None, (quote["cue"], quote["mention"])):
            assert PDF[part["start"] : part["end"]] == part["text"]


def test_extract_csv_parses_back(pier: Path) -> None:
    result = run("extract", "--format", "csv", pier)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["text"] == "“We will [really] rebuild it,”"
    assert row["speaker"] == "Ana Cortés"


def test_extract_table_leaves_brackets_alone(pier: Path) -> None:
    result = run("extract", "--format", "table", pier)
    assert result.exit_code == 0
    assert "[really]" in result.stdout
    assert "Pier to be rebuilt" in result.stdout


# -- ingest


def test_ingest_sums_up_on_standard_error_only(pier: Path, tmp_path: Path) -> None:
    db = tmp_path / "new" / "quotes.db"
    result = run("ingest", pier, "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{db}: 1 new article, 1 quote\n"
    assert run("ingest", pier, "--db", db).stderr == f"{db}: 0 new articles, 0 quotes, 1 unchanged\n"
    assert not Path(f"{db}-wal").exists()


def test_quiet_ingest_says_nothing(pier: Path, tmp_path: Path) -> None:
    result = run("ingest", "--quiet", pier, "--db", tmp_path / "quotes.db")
    assert (result.exit_code, result.output) == (0, "")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("quiet", [False, True])
def test_progress_on_a_terminal(pier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    bad = pier.with_name("bad.txt")
    bad.write_bytes(b"")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Terminal())
    arguments = ["ingest", str(pier.parent), "--db", str(tmp_path / "quotes.db"), *["--quiet"] * quiet]
    with pytest.raises(SystemExit, match="1"):
        main(arguments, default_map=IN_THIS_PROCESS)
    shown = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert ("2/2" in shown) is (not quiet), "every file counts, those that fail too"
    assert shown.endswith(f"Error: {bad}: empty, nothing to read\n")


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_ingest_names_what_failed(pier: Path, tmp_path: Path, quiet: list[str]) -> None:
    db = tmp_path / "quotes.db"
    bad = pier.with_name("bad.txt")
    bad.write_bytes(b"")
    result = run("ingest", pier.parent, "--db", db, *quiet)
    assert result.exit_code == 1
    summary = [line for line in result.stderr.splitlines() if not line.startswith("Error: ")]
    assert summary == ([] if quiet else [f"{db}: 1 new article, 1 quote, 1 failed"])
    assert f"Error: {bad}: empty, nothing to read" in result.stderr.splitlines()
    assert count(db, "ingest_failures") == 1


def test_many_failures_are_not_all_printed(tmp_path: Path) -> None:
    missing = [tmp_path / f"{n}.txt" for n in range(50)]
    result = run("ingest", *missing, "--db", tmp_path / "quotes.db")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) < 30
    assert "30 more, in the table ingest_failures" in lines[-1]
    assert count(tmp_path / "quotes.db", "ingest_failures") == 50


def test_ingest_standard_input_with_an_outlet(tmp_path: Path) -> None:
    db = tmp_path / "quotes.db"
    assert run("ingest", "-", "--outlet", "  Harbour   Courier ", "--db", db, stdin=PIER.encode()).exit_code == 0
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT outlet, title FROM who_said_what").fetchall() == [
            ("Harbour Courier", "Pier to be rebuilt")
        ]


@pytest.mark.parametrize("name", ["", "   ", "\udcff"])
def test_ingest_with_an_outlet_that_is_no_name(pier: Path, tmp_path: Path, name: str) -> None:
    result = run("ingest", pier, "--outlet", name, "--db", tmp_path / "quotes.db")
    assert result.exit_code == 0
    assert count(tmp_path / "quotes.db", "quotes") == 1


# -- a database that is none


def test_missing_database(tmp_path: Path) -> None:
    db = tmp_path / "none.db"
    for command in (["search", "pier"], ["serve"]):
        result = run(*command, "--db", db)
        assert result.exit_code == 1
        (line,) = error_lines(result)
        assert f"quotes ingest SOURCE --db {db}" in line
    assert not db.exists()


@pytest.mark.parametrize("command", [["ingest", "x.txt"], ["demo"], ["search", "pier"], ["serve"]])
def test_no_database(tmp_path: Path, command: list[str]) -> None:
    db = tmp_path / "story.txt"
    db.write_text(PIER * 20, encoding="utf-8")
    result = run(*command, "--db", db)
    assert result.exit_code == 1
    (line,) = error_lines(result)
    assert line.startswith(f"Error: {db}: ")
    assert db.read_text(encoding="utf-8") == PIER * 20


# -- search


def test_search_finds(sample_db: Path) -> None:
    result = run("search", '"does not set rates"', "--speaker", "cordray", "--outlet", "lantern", "--db", sample_db)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Ines Cordray" in result.stdout
    assert "2025-03-18" in result.stdout
    assert "Ledger" not in result.stdout


def test_search_limit(sample_db: Path) -> None:
    shown = [run("search", "the", "--limit", limit, "--db", sample_db).stdout.count("2025-") for limit in (1, 3)]
    assert shown == [1, 3]


@pytest.mark.parametrize("words", [["zeppelin"], ['"'], ["*"], ["bank", "--speaker", "nobody"], ["\udcff"]])
def test_search_finds_nothing(sample_db: Path, words: list[str]) -> None:
    result = run("search", *words, "--db", sample_db)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(error_lines(result)) == 1


# -- demo


def test_demo_shows_who_said_what_and_how_to_go_on(tmp_path: Path) -> None:
    db = tmp_path / "de mo.db"
    result = run("demo", "--db", db)
    assert result.exit_code == 0
    assert "Who said what, in more than one outlet" in result.stdout
    assert "Ines Cordray" in result.stdout
    hints = [
        line.partition(":")[2]
        for line in result.stdout.splitlines()
        if "quotes serve" in line or "quotes search" in line
    ]
    assert len(hints) == 2
    found = run(*shlex.split(hints[1])[1:])
    assert found.exit_code == 0, "the hint is a command that works"
    assert count(db, "articles") == 14
    again = run("demo", "--quiet", "--db", db)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "quotes serve" not in again.stdout


# -- encodings and signals


def test_a_letter_that_the_terminal_lacks_is_not_the_end(quotes_command: list[str], sample_db: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [*quotes_command, "search", "telephone", "--db", str(sample_db)]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert done.stderr == b""
    assert b"?The bank does not set" in done.stdout


def test_programs_get_utf_8_whatever_the_terminal_speaks(pier: Path) -> None:
    result = CliRunner(charset="ascii").invoke(main, ["extract", str(pier)])
    assert "Cortés" in result.stdout_bytes.decode()


def closed_pipe(command: list[str], lines: int) -> None:
    """Start a command, read some lines of it and go away."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stderr
        assert all(process.stdout.readline() for _ in range(lines))
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(WAIT) in (0, 1, 141)


@pytest.mark.parametrize(("lines", "files"), [(1, 30), (0, 1)], ids=["while it prints", "before it prints"])
def test_closed_pipe_is_no_error(quotes_command: list[str], pier: Path, lines: int, files: int) -> None:
    closed_pipe([*quotes_command, "extract", *[str(pier)] * files], lines)


def test_closed_pipe_is_no_error_to_a_table(quotes_command: list[str], sample_db: Path) -> None:
    closed_pipe([*quotes_command, "search", "the", "--db", str(sample_db)], 0)


def test_ctrl_c_leaves_a_consistent_database(quotes_command: list[str], write_file: Write, tmp_path: Path) -> None:
    for n in range(400):
        folder = write_file(f"{n:03}.txt", PIER.replace("Monday", f"day {n}")).parent
    db = tmp_path / "quotes.db"
    with subprocess.Popen([*quotes_command, "ingest", str(folder), "--db", str(db)], stderr=subprocess.PIPE) as process:
        until = time.monotonic() + WAIT
        while time.monotonic() < until and process.poll() is None:
            with suppress(sqlite3.OperationalError):  # as long as there is no such file, or no such table
                if db.exists() and count(db, "quotes") >= 5:
                    break
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        said = process.stderr.read().decode()
        assert process.wait(WAIT) == 130
    *stopping, summary, stopped = said.splitlines()
    assert len(stopping) <= 1
    assert all(line.startswith("Stopping: a few seconds to finish ") for line in stopping)
    assert summary.startswith(f"{db}: ")
    assert stopped == f"Stopped. Finished articles are in {db}; run the same command to resume."
    with closing(sqlite3.connect(db)) as connection:
        ((articles, quotes, finished),) = connection.execute("SELECT articles, quotes, finished FROM ingests")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        without = "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM quotes)"
        assert connection.execute(without).fetchone() == (0,)
    assert finished is not None
    assert 5 <= articles == count(db, "articles") < 400
    assert quotes == count(db, "quotes")
    assert not Path(f"{db}-wal").exists()


def test_ctrl_c_elsewhere_is_one_word(pier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quotes.cli.output.print_records", interrupt)
    result = run("extract", pier)
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


GOLD = Path(__file__).parents[1] / "gold"


def test_evaluate_prints_the_measures(tmp_path: Path) -> None:
    samples = Path(quotes.__file__).parent / "samples"
    (gold,) = GOLD.glob("01-*.json")
    (tmp_path / gold.name).write_bytes(gold.read_bytes())
    result = run("evaluate", str(tmp_path), str(samples), "--format", "json", "--errors", "3")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["content: F1"] > 0.8
    assert {"who said what: F1", "exact spans", "speaker right", "found: direct"} <= set(figures)


def test_evaluate_measures_textacy_too(tmp_path: Path) -> None:
    samples = Path(quotes.__file__).parent / "samples"
    (gold,) = GOLD.glob("01-*.json")
    (tmp_path / gold.name).write_bytes(gold.read_bytes())
    result = run("evaluate", str(tmp_path), str(samples), "--system", "textacy")
    assert result.exit_code == 0, result.output
    assert "content: F1" in result.stdout


def test_evaluate_says_what_is_wrong_with_gold(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("[]")
    result = run("evaluate", str(tmp_path), str(tmp_path))
    assert result.exit_code == 1
    assert "one.json: not a gold file" in result.stderr


def test_extract_leaves_out_what_is_less_sure(write_file: Write) -> None:
    path = write_file("one.txt", '"We knew," said Mara Ellison.\n\n"Nobody will ever know of it."\n')
    every = [json.loads(line) for line in run("extract", "--format", "jsonl", str(path)).stdout.splitlines()]
    surest = max(quote["confidence"] for quote in every)
    sure = run("extract", "--format", "jsonl", "--min-confidence", surest, str(path))
    assert [json.loads(line) for line in sure.stdout.splitlines()] == [
        quote for quote in every if quote["confidence"] == surest
    ]
    assert len(every) == 2 != len(sure.stdout.splitlines())


def test_status_retry_and_changes(tmp_path: Path) -> None:
    db = tmp_path / "quotes.db"
    late, pier = tmp_path / "late.txt", tmp_path / "pier.txt"
    pier.write_text(f"---\nurl: https://harbourcourier.example/pier\n---\n{PIER}", encoding="utf-8")
    assert run("ingest", "--workers", 0, pier, late, "--db", db).exit_code == 1
    told = json.loads(run("status", "--db", db, "--format", "json").stdout)
    assert (told["articles"], told["failures"], told["causes"][0][1:]) == (
        1, 1, ["read", "no such file or folder", "late.txt"],
    )  # fmt: skip
    assert "no such file or folder" in run("status", "--db", db).stdout
    late.write_text(FERRY, encoding="utf-8")
    result = run("retry", "--workers", 0, "--db", db)
    assert (result.exit_code, "1 new article" in result.stderr) == (0, True)
    assert json.loads(run("status", "--db", db, "--format", "json").stdout)["failures"] == 0
    assert "nothing to retry" in run("retry", "--db", db).stderr
    assert "no article has changed" in run("changes", "--db", db).stderr
    pier.write_text(pier.read_text(encoding="utf-8").replace("rebuild it", "rebuild it soon"), encoding="utf-8")
    run("ingest", "--workers", 0, pier, "--db", db)
    assert "reworded" in run("changes", "--db", db).stdout


def dump(db: Path) -> str:
    """Everything that stands in a database."""
    with closing(sqlite3.connect(db)) as connection:
        return "\n".join(connection.iterdump())


def test_a_database_names_no_folders_and_no_passwords(
    tmp_path: Path, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, elsewhere = tmp_path / "quotes.db", tmp_path / "elsewhere"
    elsewhere.mkdir()
    one = write_file("2025/pier.txt", f"https://alice:s3cret@harbourcourier.example/pier\n\n{PIER}").parent
    (one / "empty.txt").write_text("")
    write_file("many.csv", f'text,source\n"{FERRY}",https://alice:s3cret@courier.example\n,x\n')
    unreachable = "http://alice:s3cret@127.0.0.1:9/feed"
    named = ("ftp://alice:s3cret@host/x", tmp_path / "articles", tmp_path / "none.txt", unreachable)
    monkeypatch.chdir(elsewhere)
    result = run("ingest", "--workers", 0, *named, "--db", db)
    assert result.exit_code == 1
    stored = dump(db)
    for secret in ("s3cret", "alice"):
        assert secret not in result.stderr
        assert secret not in stored.replace(PIER, "").replace("https://alice:s3cret@harbourcourier.example/pier", ""), (
            "but where it is the text of an article"
        )
    assert str(tmp_path) not in stored
    sources = {"articles/2025/pier.txt", "articles/2025/empty.txt", "articles/many.csv#1", "articles/many.csv#2"}
    assert all(f"'{source}'" in stored for source in sources | {"none.txt", "http://127.0.0.1:9/feed"})
    (one / "empty.txt").write_text(FERRY.replace("ferry", "barge"))
    (tmp_path / "none.txt").write_text(FERRY.replace("ferry", "tram"))
    assert "2 new articles" in run("retry", "--workers", 0, "--db", db).stderr
    left = json.loads(run("status", "--db", db, "--format", "json").stdout)
    assert left["failures"] == 3, left["causes"]
    assert str(tmp_path) not in dump(db)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name")
def test_retry_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    threading.Thread(target=lambda: Path("pipe").write_text(""), daemon=True).start()
    Path("a#b.txt").write_text("")
    run("ingest", "--workers", 0, "-", "pipe", "a#b.txt", "--db", "q.db", stdin="")
    Path("a#b.txt").write_text(FERRY)
    result = run("retry", "--workers", 0, "--db", "q.db")
    assert result.exit_code == 1
    assert "1 new article, " in result.stderr
    assert "Error: -: came by standard input" in result.stderr
    assert "Error: pipe: no regular file but a pipe" in result.stderr
    assert json.loads(run("status", "--db", "q.db", "--format", "json").stdout)["failures"] == 2


@pytest.mark.parametrize("sign", ["\x1b]0;gone\x07", "\x9b31m", "\x1b[2J", "\u202e", "\n"])
def test_names_and_titles_do_not_command_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"a{sign}b.txt").write_text("")
    Path(f"c{sign}d.txt").write_text(f"---\ntitle: x\n---\n{PIER}")
    names = [f"a{sign}b.txt", f"c{sign}d.txt", f"none{sign}.txt"]
    ingested = run("ingest", "--workers", 0, *names, "--outlet", f"Harbour{sign} Courier", "--db", f"q{sign}.db")
    shown = ingested.stderr + run("status", "--db", f"q{sign}.db").stdout + run("status", "--db", f"no{sign}.db").stderr
    shown += run("extract", *names).stderr + run("extract", "--format", "jsonl", *names).stdout
    shown += run("search", "pier", "--db", f"q{sign}.db").stdout + run("serve", f"--{sign}").stderr
    assert "b.txt" in shown
    assert sign not in (shown.replace("\n", "") if sign != "\n" else "".join(re.findall("a\nb|c\nd|e\n\\.", shown)))


def test_what_is_not_in_english_is_left_out_unless_it_is_asked_for(tmp_path: Path) -> None:
    db = tmp_path / "quotes.db"
    path = tmp_path / "kai.txt"
    german = (
        "Der Minister sagte am Montag, dass der Hafen im Sommer geschlossen wird. „Niemand“, sagte er, „verliert.“\n"
    )
    path.write_text(german * 3, encoding="utf-8")
    result = run("ingest", "--workers", 0, path, "--db", db)
    assert result.exit_code == 1
    assert "not in English (de, 100 % of the text); quotes retry --language any" in result.stderr
    assert run("retry", "--workers", 0, "--db", db).exit_code == 1
    assert "1 new article" in run("retry", "--workers", 0, "--language", "any", "--db", db).stderr
    assert json.loads(run("status", "--db", db, "--format", "json").stdout)["failures"] == 0
    assert run("ingest", "--workers", 0, path, "--db", db, "--language", "any").exit_code == 0
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT language FROM articles").fetchall() == [("de",)]


@pytest.mark.parametrize("option", [("--map", "text"), ("--user-agent", "ü"), ("--as", "word"), ("--workers", "-1")])
def test_an_option_that_makes_no_sense_is_told(pier: Path, option: tuple[str, str]) -> None:
    result = run("ingest", pier, *option)
    assert result.exit_code == 2
    assert option[0] in result.stderr
