"""The docs say what there is: every command, option, table and column; figures are those of the model card."""

import json
import re
import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest

import quotes
from quotes.cli.main import main
from quotes.reading.kinds import SOURCE_KINDS
from quotes.store.migrations import schema_sql

ROOT = Path(quotes.__file__).parents[1]
DOCS = ROOT / "docs"

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="the package is installed without its checkout")


@pytest.fixture(scope="module")
def generated():
    return runpy.run_path(str(DOCS / "generated.py"))


def written():
    return {path: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}


def commands(command, name="quotes"):
    yield name, command
    for word, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{name} {word}")


def test_every_command_and_option_is_in_the_reference(generated):
    sections = re.split(r"^#{2,} ", generated["cli_page"](), flags=re.M)
    reference = {name: section for section in sections for name in re.findall(r"\A`(quotes[\w -]*)`\n", section)}
    assert reference.keys() == dict(commands(main)).keys()
    for name, command in commands(main):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help in reference[name]
                for option in parameter.opts:
                    assert re.search(rf"^- `[^`]*{option}\b", reference[name], re.M), (name, option)
            else:
                assert parameter.make_metavar(click.Context(command)) in reference[name]
        assert "\b" not in reference[name]


def test_every_column_is_in_the_reference_with_what_it_holds(generated):
    page = generated["schema_page"]()
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema_sql())
        names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%_fts%'"
        tables = [name for (name,) in db.execute(names)]
        assert "quotes" in tables and "who_said_what" in tables
        for table in tables:
            (section,) = re.findall(rf"^### {table}\n(.*?)(?=^##)", page, re.M | re.S)
            described = dict(re.findall(r"^\| `(\w+)` \| \w* \| (.*) \|$", section, re.M))
            columns = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])]
            assert list(described) == columns
            assert all(described.values()), (table, described)


def test_commands_in_the_docs_exist_with_their_options():
    lines = [
        line
        for text in written().values()
        for block in re.findall(r"```console\n(.*?)```", text, re.S)
        for line in re.findall(r"(?:^|\| )(quotes [^|\n]*)", block, re.M)
    ]
    known = dict(commands(main))
    assert len(lines) > 30
    for line in lines:
        words = line.partition(" #")[0].split()
        path = " ".join(words[:3] if words[1] in ("speakers", "decisions", "cluster") else words[:2])
        command = main if words[1].startswith("-") else known[path]
        options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_figures_for_researchers_are_those_of_the_model_card():
    card = (ROOT / "quotes/pipeline/model/README.md").read_text(encoding="utf-8").splitlines()
    rows = re.findall(r"^\| .*: .* \|$|^\| via right .*$", written()[DOCS / "researchers.md"], re.M)
    assert len(rows) > 10
    assert set(rows) <= set(card)


def test_the_gold_file_shown_is_read(tmp_path):
    from quotes.evaluation.gold import read_gold

    (example,) = re.findall(r"```json\n(.*?)```", written()[DOCS / "how-to/measure.md"], re.S)
    (tmp_path / "story.json").write_text(example, encoding="utf-8")
    text = "Do we know that they knew? “We knew,” she said, and a spokesperson told Reuters that they knew."
    (tmp_path / json.loads(example)["doc"]).write_text(text, encoding="utf-8")
    (article,) = read_gold(tmp_path, tmp_path)
    assert [text[slice(*quote.span)] for quote in article.quotes] == ["“We knew,”", "that they knew"]
    assert article.quotes[1].span[0] > article.quotes[0].span[0]


def test_sql_in_the_docs_runs():
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema_sql())
        statements = [sql for text in written().values() for sql in re.findall(r"```sql\n(.*?)```", text, re.S)]
        statements += re.findall(r'sqlite3 -box \S+ "(.*)"', "\n".join(written().values()))
        assert len(statements) >= 3
        for statement in statements:
            db.execute(statement).fetchall()


def test_the_rooms_on_the_page_are_those_of_the_test():
    import test_architecture

    rows = re.findall(r"^\| (\d+) \| (`.*?`) \|", written()[DOCS / "architecture.md"], re.M)
    floors = {number + 1: floor for number, floor in enumerate(test_architecture.FLOORS)}
    shown = {}
    for number, rooms in rows:
        shown.setdefault(int(number), set()).update(re.findall(r"\w+", rooms))
    assert shown == floors


def test_the_citation_is_of_this_version():
    assert f"\nversion: {quotes.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_format_is_in_the_reference(generated):
    rows = re.findall(r"^\| `(\w+)` \| \S.* \| .*\|$", generated["formats_page"](), re.M)
    assert tuple(rows) == SOURCE_KINDS
