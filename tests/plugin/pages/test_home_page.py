from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from quotes.plugin.counts.quote_columns import SOURCES, columns_of
from quotes.plugin.datasette_compat import configuration
from quotes.plugin.page_context import PageContext
from quotes.plugin.pages.home_page import home, outlet_mixes
from quotes.store.database import close_database, open_database


async def context(ds: Datasette) -> dict[str, Any]:
    await ds.invoke_startup()
    database = ds.get_database("quotes")
    request = type("Request", (), {"actor": None})
    return await home(PageContext(ds, request, database, False))


async def test_totals_and_period(ds: Datasette) -> None:
    totals = (await context(ds))["totals"]
    assert (totals.quotes, totals.speakers, totals.outlets) == (21, 6, 3)
    assert (totals.first, totals.last) == ("2026-03-03", "2026-03-06")


async def test_most_quoted_are_named_and_have_a_line_each(ds: Datasette) -> None:
    found = await context(ds)
    names = [found["speaker_rows"][one.number]["name"] for one in found["speakers"]]
    assert names[:2] == ["Tomas Reyk", "Mara Ellison"]
    assert "a senior ministry official" not in names
    assert all(found["lines"][one.number] for one in found["speakers"])


async def test_outlets_by_kind_of_source_are_what_sql_counts(ds: Datasette) -> None:
    database = ds.get_database("quotes")
    mixes = outlet_mixes(await columns_of(database), 12)
    rows = await database.execute(
        """SELECT outlet_id, coalesce(speakers.kind, 'unresolved') AS source, count(*) AS quotes
        FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id WHERE outlet_id IS NOT NULL GROUP BY 1, 2"""
    )
    counted = {(row["outlet_id"], row["source"]): row["quotes"] for row in rows}
    assert {
        (mix.id, source): n for mix in mixes for source, n in zip(SOURCES, mix.sources, strict=True) if n
    } == counted
    assert all(sum(mix.sources) == mix.quotes for mix in mixes)


async def test_latest_words_that_outlets_share(ds: Datasette) -> None:
    (wording,) = (await context(ds))["wordings"]
    assert wording["text"] == "“We warned the ferry twice before it ran aground,”"
    assert wording["printed_by"] == "Eastern Lantern, The Harbour Courier"


@pytest.mark.parametrize("path", ["/", "/quotes/-/home"])
async def test_all_links_lead_somewhere(ds: Datasette, path: str) -> None:
    text = (await ds.client.get(path)).text
    links = {unescape(link) for link in re.findall(r'href="(/quotes[^"#]*)', text)}
    assert len(links) > 12
    for link in links:
        assert (await ds.client.get(link)).status_code == 200, link


async def test_no_way_to_queries_that_are_not_there(database_path: Path) -> None:
    text = (await Datasette([str(database_path)]).client.get("/")).text
    assert "/quotes/top_speakers" not in text
    assert "/quotes/shared_wordings" in text


async def test_empty_database_says_how_to_begin(tmp_path: Path) -> None:
    close_database(open_database(tmp_path / "quotes.db"))
    for path in ("/", "/quotes/-/quotes", "/quotes/-/compare", "/quotes/-/quotes.atom"):
        response = await Datasette([str(tmp_path / "quotes.db")]).client.get(path)
        assert response.status_code == 200, path
        assert path != "/" or "quotes ingest" in response.text


async def test_index_leads_to_all_databases(database_path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(database_path, tmp_path / "other news.db"))
    text = (await Datasette([str(database_path), str(other)], memory=True).client.get("/")).text
    for link in ("/quotes/-/home", "/other+news/-/home", "/_memory"):
        assert f'href="{link}"' in text
    data = (await Datasette([str(database_path)]).client.get("/.json")).text
    assert '"path": "/quotes"' in data


async def test_private_database_is_not_on_the_index(database_path: Path) -> None:
    metadata = {"databases": {"quotes": {"allow": {"id": "root"}}}}
    ds = Datasette([str(database_path)], **configuration(metadata))
    assert "Mara Ellison" not in (await ds.client.get("/")).text
    cookies = {"ds_actor": ds.sign({"a": {"id": "root"}}, "actor")}
    text = (await ds.client.get("/", cookies=cookies)).text
    assert "Mara Ellison" in text
    assert "🔒" in text
    assert "Mara Ellison" not in (await ds.client.get("/")).text


@pytest.mark.parametrize("path", ["home", "quotes", "speaker/1", "outlet/1", "wording/1", "compare", "article/1"])
async def test_page_says_that_a_machine_found_the_quotes(ds: Datasette, path: str) -> None:
    text = (await ds.client.get(f"/quotes/-/{path}")).text
    assert "extracted by a machine (pipeline quotes 0.1.0 &lt;test&gt;)" in text
    assert "confidence" in text or "how sure" in text
