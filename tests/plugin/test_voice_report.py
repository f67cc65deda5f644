"""Who gets to speak: the page, the query and the command say the same."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from datasette.app import Datasette
from plugin.conftest import METADATA
from quote_rows import Row, made, refill

from quotes.cli.main import main
from quotes.plugin.datasette_compat import configuration
from quotes.store.database import close_database

MONTHS = ("2026-03-01", "2026-02-01")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two outlets, two months, and enough people for shares."""
    path = tmp_path_factory.mktemp("voices") / "quotes.db"
    rows = [
        Row(article=1 + n % 4, outlet=1 + n % 2, published=MONTHS[n % 4 > 1], speaker=100 + n % 80) for n in range(240)
    ]
    db = made(path)
    with db.conn:
        db.conn.executemany(
            "INSERT INTO speakers (id, name, kind, role, gender) VALUES (?, ?, 'person', ?, ?)",
            [
                (100 + n, f"Ann <b>{n}", ("mayor", "farmer", None)[n % 3], ("woman", "man", None)[n % 5 % 3])
                for n in range(80)
            ],
        )
        for n in range(1, 5):
            filed = [1 + (n - 1) % 2, MONTHS[n > 2], n]
            db.execute("UPDATE articles SET outlet_id = ?, published = ? WHERE id = ?", filed)
        db.execute("INSERT INTO article_groups (id) VALUES (1)")
        db.execute("UPDATE articles SET group_id = 1 WHERE id IN (1, 2)")
    refill(db, rows)
    close_database(db)
    return path


@pytest.fixture(scope="module")
def served(path: Path) -> Datasette:
    return Datasette([str(path)], **configuration(yaml.safe_load(METADATA.read_text(encoding="utf-8"))))


def report(path: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["report", "--db", str(path), *options])
    assert result.exit_code == 0, result.output
    return result


async def html(served: Datasette, address: str) -> str:
    answer = await served.client.get(address)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def cells(page: str, caption: str) -> list[list[str]]:
    """The rows of the table of a section, without tags."""
    section = page[page.index(f'id="{caption}"') :]
    body = section[section.index("<tbody>") : section.index("</tbody>")]
    rows = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:])
    return [[" ".join(re.sub("<[^>]+>", "", cell).replace("&nbsp;", " ").split()) for cell in row] for row in rows]


@pytest.mark.parametrize("by", ["outlet", "subject", "month"])
@pytest.mark.parametrize("once", [False, True])
async def test_page_query_and_command_agree(path: Path, served: Datasette, by: str, once: bool) -> None:
    flag = ["--each-story-once"] * once
    command = list(csv.DictReader(report(path, "--by", by, "--format", "csv", *flag).output.splitlines()))
    answer = await served.client.get(f"/quotes/who_gets_to_speak.json?_shape=array&by={by}&once={'1' * once}")
    query = answer.json()
    assert [row[by] for row in command] == [row["name"] for row in query]
    assert len(command) >= 2
    for one, other in zip(command, query, strict=True):
        expected = {name: "" if value is None else str(value) for name, value in other.items() if name != "name"}
        assert {name: value for name, value in one.items() if name != by} == expected

    page = await html(served, f"/quotes/-/voices?stories={'once' * once}")
    table = cells(page, f"by-{by}")
    shown = [(row[by].replace("(none)", f"no {by}"), row["quotes"], row["people"], row["women"]) for row in command]
    assert [tuple(row[:4]) for row in table] == shown
    for row, one in zip(table, command, strict=True):
        percent = one["percent_women_of_shown"]
        base = int(one["women"]) + int(one["men"])
        assert row[6] == (f"{float(percent):.0f} % of {base}" if percent else f"{one['women']} of {base}")

    total = json.loads(report(path, "--by", by, "--format", "json", *flag).output)["total"]
    women = cells(page, "gender")[0]
    assert women[:2] == ["women", str(total["quotes_of_women"])]
    assert women[3] == str(total["women"])


def test_a_page_for_each_month_and_outlet(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = report(path, "--format", "html", "-o", str(target))
    assert "4 pages" in result.stderr
    page = target.read_text(encoding="utf-8")
    assert re.findall(r'<p class="over">.*?(\d{4}-\d\d)</p>\s*<h1 dir="auto">(.*?)</h1>', page) == [
        ("2026-03", "Outlet 1"), ("2026-03", "Outlet 2"), ("2026-02", "Outlet 1"), ("2026-02", "Outlet 2"),
    ]  # fmt: skip
    assert "Ann &lt;b&gt;" in page
    assert "Ann <b>" not in page
    report(path, "--format", "html", "--outlet", "Outlet 2", "--month", "2026-02", "-o", str(target))
    assert target.read_text(encoding="utf-8").count('class="sheet"') == 1


def test_few_have_no_share(path: Path) -> None:
    (row,) = csv.DictReader(
        report(
            path, "--outlet", "Outlet 1", "--month", "2026-03", "--by", "outlet", "--format", "csv"
        ).output.splitlines()
    )
    assert int(row["women"]) + int(row["men"]) < 30
    assert row["percent_women_of_shown"] == ""
    assert row["percent_quotes_of_women_of_shown"] != ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--outlet", "Outlet"), "several have this in their name"),
        (("--outlet", "nobody"), "no outlet has this in its name"),
        (("--subject", "cheese"), "there are subject 1"),
        (("--month", "March"), "write it as YYYY-MM"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "--since is after --until"),
    ],
)
def test_what_means_nothing_is_told(path: Path, options: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(main, ["report", "--db", str(path), *options])
    assert result.exit_code == 2
    assert told in result.output


def test_nothing_is_told_of_no_quotes(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    options = ["report", "--db", str(path), "--month", "1999-01", "--format", "html", "-o", str(target)]
    result = CliRunner().invoke(main, options)
    assert (result.exit_code, result.stderr) == (1, "Error: there is no quote of what was asked for\n")
    assert not target.exists()


async def test_page_says_what_it_left_out(served: Datasette) -> None:
    page = await html(served, "/quotes/-/voices?outlet=x&month=2026-03&since=2030-01-01")
    assert "Not understood, and left out: outlet" in page
    assert "No quote is like that." in page


async def test_figures_lead_to_their_quotes(served: Datasette, path: Path) -> None:
    page = await html(served, "/quotes/-/voices?outlet=1&month=2026-02")
    links: dict[str, Any] = dict(
        re.findall(r'<a href="(/quotes/-/quotes\?[^"]*)">(women|men|officials)</a></th>', page)
    )
    figures = {row[0]: row[1] for name in ("gender", "standing") for row in cells(page, name)}
    assert len(links) == 3
    for address, label in links.items():
        found = await html(served, address.replace("&amp;", "&"))
        assert f'<h2 id="results">{figures[label]} quotes</h2>' in found
