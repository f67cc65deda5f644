"""The pages of a speaker, an outlet and a wording."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from datasette.app import Datasette
from quote_rows import Row, made

from quotes.store.database import close_database


async def html(ds: Datasette, path: str) -> str:
    response = await ds.client.get(path)
    assert response.status_code == 200
    return str(response.text)


def section(text: str, title: str) -> str:
    """Return the plain words of a section of a page."""
    found = re.search(rf"<h2[^>]*>{title}</h2>(.*?)</section>", text, re.S)
    assert found, title
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


async def test_speaker_by_outlet_company_names_and_roles(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/speaker/1")
    assert "harbour master" in text
    assert section(text, "Quoted by") == "The Harbour Courier 2 Eastern Lantern 1"
    assert section(text, "In the same articles").startswith("Tomas Reyk Transport Minister 2")
    assert "spokesperson of the port 2026-03-03 2026-03-03 1" in section(text, "Names and roles")
    assert section(text, "Topics of the articles") == "ferry 3 inquiry 2"
    assert "We warned the ferry twice" in section(text, "Their words in several outlets")
    assert section(text, "Newest quotes").index("2026-03-04") < section(text, "Newest quotes").index("2026-03-03")


async def test_outlet_beside_the_average_with_its_agencies(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/outlet/2")
    sourcing = section(text, "How it sources")
    assert "person 5 62&nbsp;% 57&nbsp;%" in sourcing
    assert section(text, "Agencies it carries") == "Northwire 1"
    assert section(text, "Words that came through others") == "Northwire 1"
    assert section(text, "Whom it quotes").startswith("Tomas Reyk")


async def test_wording_with_its_variants_and_disagreement(ds: Datasette) -> None:
    shared = await html(ds, "/quotes/-/wording/1")
    assert "Printed first" in shared and "The Harbour Courier" in shared
    assert shared.count('class="variant"') == 2
    assert "Given to different speakers" not in shared
    disputed = await html(ds, "/quotes/-/wording/2")
    said = re.search(r'class="notice disagree".*?</div>', disputed, re.S)
    assert said and "Mara Ellison" in said[0] and "Port Authority of Quillan" in said[0]
    assert 'title="Not printed here: ' not in shared


@pytest.mark.parametrize("path", ["/quotes/-/speaker/2", "/quotes/-/outlet/3", "/quotes/-/wording/1"])
async def test_json_and_csv_hold_the_same_quotes(ds: Datasette, path: str) -> None:
    text = (await html(ds, path)).replace("&amp;", "&")
    as_json = re.search(r'href="([^"]+\.json[^"]*)"', text)
    as_csv = re.search(r'href="([^"]+\.csv[^"]*)"', text)
    assert as_json and as_csv
    rows = json.loads(await html(ds, f"{as_json[1]}&_shape=array"))
    assert len(rows) == len((await html(ds, as_csv[1])).strip().split("\r\n")) - 1 > 1
    for row in rows[:3]:
        assert f"#q-{row['id']}" in text


async def test_all_outlets_of_the_first_day_printed_first(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    days = ["2026-03-01", "2026-03-01", "2026-03-02", None]
    close_database(made(path, [Row(outlet=n, wordings=(2,), published=day) for n, day in enumerate(days, 1)]))
    text = await html(Datasette([str(path)]), "/quotes/-/wording/2")
    said = re.search(r'class="standfirst">.*?</p>', text, re.S)
    assert said
    assert " ".join(re.sub(r"<[^>]+>", "", said[0]).split("on ")[1].split()) == "2026-03-01, by Outlet 1 and Outlet 2."
    assert text.count('<span class="tag">first</span>') == 2
