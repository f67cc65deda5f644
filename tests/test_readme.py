import contextlib
import io
import re
from pathlib import Path

import pytest

import quotes

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(not README.exists(), reason="the package is installed without its checkout")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.S)


def test_continuous_integration_runs_the_readmes_test_command():
    commands = [line for block in blocks("console") for line in block.splitlines() if ".venv/bin/pytest" in line]
    assert len(commands) == 1
    assert commands[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("n", range(2))
def test_the_python_examples_print_what_they_say(n):
    example = blocks("python")[n]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(example, {"quotes": quotes})
    expected = [line[2:] for line in example.splitlines() if line.startswith("# ")]
    assert printed.getvalue().splitlines() == expected


def test_the_front_matter_example_is_read():
    from quotes.reading.formats.text import parse

    (example,) = blocks("yaml")
    article = parse(example + "\nHe said so.", "example")
    assert (article.title, article.published) == ("Minister resigns over letter", "2025-04-07")
    assert article.outlet.name == "Harbour Courier"


def test_commands_in_the_readme_exist():
    from quotes.cli.main import main

    named = set(re.findall(r"^(?:\.venv/bin/)?quotes ([\w-]+)", "\n".join(blocks("console")), re.M))
    assert named >= {"ingest", "serve", "search", "extract"}
    assert named <= set(main.commands)


def test_files_that_the_readme_links_to_exist():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert all((ROOT / link).exists() for link in links)
