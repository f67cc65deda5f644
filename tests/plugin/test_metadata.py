from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from datasette.app import Datasette
from plugin.conftest import METADATA
from quote_rows import Row, made

from quotes.plugin.datasette_compat import configuration
from quotes.store.database import close_database

QUERIES = yaml.safe_load((Path(__file__).parents[2] / "metadata.yml").read_text())["databases"]["quotes"]["queries"]
HOSTILE = (
    "'",
    '"',
    '"""',
    "''; DROP TABLE quotes; --",
    "%",
    "_",
    "*",
    "NEAR(",
    "a:b -c ^d",
    "AND OR NOT",
    "\x00",
    "fer\x00ry",
    "شخص",
    "🚢",
    " ",
    "<script>alert(1)</script>",
    "9" * 40,
    "-1",
    "x" * 5_000,
)


@pytest.fixture(scope="session")
def schema(database_path: Path) -> dict[str, list[str]]:
    """The columns of every table and view that people see."""
    with sqlite3.connect(database_path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"SELECT * FROM pragma_table_info('{name}')").fetchall()]
            for (name,) in names
        }


async def rows(ds: Datasette, name: str, **parameters: str) -> list[dict[str, Any]]:
    response = await ds.client.get(f"/quotes/{name}.json?" + urlencode({"_shape": "array", **parameters}))
    assert response.status_code == 200, (name, parameters, response.text)
    return list(response.json())


def test_every_table_view_and_column_is_described(schema: dict[str, list[str]], metadata: dict[str, Any]) -> None:
    tables = metadata["databases"]["quotes"]["tables"]
    assert {name: list(table["columns"]) for name, table in tables.items()} == schema
    for name, table in tables.items():
        assert table["description"], name
        assert all(table["columns"].values()), name


def test_named_columns_exist(schema: dict[str, list[str]], metadata: dict[str, Any]) -> None:
    for name, table in metadata["databases"]["quotes"]["tables"].items():
        named = [*table.get("facets", []), *table.get("sortable_columns", [])]
        named += [table[key] for key in ("label_column", "sort", "sort_desc") if key in table]
        assert set(named) <= set(schema[name]), name
        # Of what is equal in a sorted column, Datasette's pages lose some if an index has the column.
        assert table.get("sort_desc", "id") == "id" and "sort" not in table, name


async def test_every_table_and_view_has_its_page(ds: Datasette, schema: dict[str, list[str]]) -> None:
    for name in schema:
        assert (await ds.client.get(f"/quotes/{name}")).status_code == 200, name


async def test_facets_of_quotes(ds: Datasette) -> None:
    address = "/quotes/quotes.json?_shape=objects&_extra=facet_results"  # of 1.0; 0.65 has them anyway
    found = (await ds.client.get(address)).json()
    facets = found["facet_results"]
    facets = facets.get("results", facets)
    assert set(facets) == {"outlet_id", "speaker_id", "kind", "published", "act"}
    assert "Mara Ellison" in {value["label"] for value in facets["speaker_id"]["results"]}
    ids = [row["id"] for row in found["rows"]]
    assert ids == sorted(ids, reverse=True)


THROUGH = '_through={"table":"sayings","column":"wording_id","value":2}'


@pytest.mark.parametrize("column", ["", "outlet_id=1", "speaker_id=1", "kind=direct", "act=say", "published=2026-03-01",
                                    "via_id=2", THROUGH, "outlet_id=1&speaker_id=1"])  # fmt: skip
async def test_pages_of_the_table_have_every_quote_once(tmp_path: Path, metadata: dict[str, Any], column: str) -> None:
    path = tmp_path / "quotes.db"
    rows = [
        Row(article=n % 7 + 1, outlet=1, speaker=1, via=2, wordings=(2,), published="2026-03-01") for n in range(70)
    ]
    close_database(made(path, rows))
    served = Datasette([str(path)], **configuration(metadata))
    found: list[int] = []
    address = f"/quotes/quotes.json?_shape=objects&{column}"
    while address:
        answer = (await served.client.get(address)).json()
        found += [row["id"] for row in answer["rows"]]
        address = (answer["next_url"] or "").removeprefix("http://localhost")
    assert found == list(range(70, 0, -1))


async def test_home_page_leads_to_pages_that_exist(ds: Datasette) -> None:
    home = (await ds.client.get("/")).text
    assert "Who said what, and where" in home
    links = set(re.findall(r'href="(/quotes[^"]*)"', home))
    assert {
        "/quotes",
        "/quotes/-/quotes",
        "/quotes/-/compare",
        "/quotes/-/voices",
        "/quotes/-/home",
        "/quotes/-/speaker/1",
    } <= links
    for path in links:
        assert (await ds.client.get(unescape(path))).status_code == 200, path


async def test_migrations_are_hidden(ds: Datasette) -> None:
    tables = (await ds.client.get("/quotes.json")).json()["tables"]
    visible = {table["name"] for table in tables if not table["hidden"]}
    assert "_sqlite_migrations" not in visible
    assert {"quotes", "quote_spans", "articles"} <= visible


def test_readme_says_how_many_queries_there_are() -> None:
    readme = METADATA.with_name("README.md").read_text(encoding="utf-8")
    assert len(QUERIES) == 20
    assert "Twenty queries" in readme


def test_queries_do_not_hide_tables(schema: dict[str, list[str]]) -> None:
    assert not set(QUERIES) & set(schema)


@pytest.mark.parametrize("name", QUERIES)
async def test_query_is_described_and_answers_by_default(ds: Datasette, name: str) -> None:
    query = QUERIES[name]
    assert query["title"]
    assert query["description"]
    assert all(f":{parameter}" in query["sql"] for parameter in query["params"])
    default = await rows(ds, name)
    assert default
    assert await rows(ds, name, **dict.fromkeys(query["params"], "")) == default
    assert (await ds.client.get(f"/quotes/{name}")).status_code == 200


@pytest.mark.parametrize("name", [name for name in QUERIES if "rows" in QUERIES[name]["params"]])
async def test_query_shows_as_many_rows_as_are_asked_for(ds: Datasette, name: str) -> None:
    every = await rows(ds, name, rows="1000")
    assert await rows(ds, name) == every[:50]
    assert len(await rows(ds, name, rows="1")) == 1


async def test_as_many_sayings_as_are_asked_for_are_shown_with_all_their_speakers(ds: Datasette) -> None:
    every = await rows(ds, "different_speakers", sayings="1000")
    (saying,) = {row["wording_id"] for row in await rows(ds, "different_speakers", sayings="1")}
    one = [row for row in every if row["wording_id"] == saying]
    assert await rows(ds, "different_speakers", sayings="1") == one
    assert len({row["speaker_id"] for row in one}) > 1


@pytest.mark.parametrize("name", QUERIES)
async def test_query_survives_hostile_parameters(ds: Datasette, name: str) -> None:
    for value in HOSTILE:
        for parameter in QUERIES[name]["params"]:
            await rows(ds, name, **{parameter: value})


@pytest.mark.parametrize("name", QUERIES)
async def test_query_can_be_edited(ds: Datasette, name: str) -> None:
    sql = QUERIES[name]["sql"]
    address = "/quotes.json?" + urlencode({"sql": sql, "_shape": "array"})
    response = await ds.client.get(address, follow_redirects=True)
    assert response.json() == await rows(ds, name)


async def test_search(ds: Datasette) -> None:
    assert len(await rows(ds, "search_quotes")) == 21
    assert {row["quote_id"] for row in await rows(ds, "search_quotes", q="ferry")} == {1, 8, 9}
    assert [row["quote_id"] for row in await rows(ds, "search_quotes", q='"too fast"')] == [9]
    assert [row["quote_id"] for row in await rows(ds, "search_quotes", q="ferry", speaker="inquiry")] == [9]
    assert [row["quote_id"] for row in await rows(ds, "search_quotes", q="ferry", outlet="courier")] == [1]
    day = await rows(ds, "search_quotes", since="2026-03-04", until="2026-03-04")
    assert {row["published"] for row in day} == {"2026-03-04"}
    assert await rows(ds, "search_quotes", q="zeppelin") == []


async def test_speakers(ds: Datasette) -> None:
    top = (await rows(ds, "top_speakers"))[0]
    assert (top["speaker"], top["quotes"], top["articles"], top["outlets"]) == ("Tomas Reyk", 7, 3, 3)
    assert [row["speaker"] for row in await rows(ds, "top_speakers", kind="document")] == ["Inquiry report"]
    pair = (await rows(ds, "speakers_by_outlet", speaker="reyk", outlet="post"))[0]
    assert (pair["quotes"], pair["percent_of_outlet"]) == (3, 60.0)
    assert [row["month"] for row in await rows(ds, "speaker_over_time", speaker="ellison")] == ["2026-03"]
    assert len(await rows(ds, "outlet_on_speaker", outlet="courier", speaker="reyk")) == 2


async def test_sources(ds: Datasette) -> None:
    shares = {row["outlet"]: row["percent_unnamed"] for row in await rows(ds, "unnamed_sources")}
    assert shares == {"The Harbour Courier": 14.3, "Quillan Post": 20.0, "Eastern Lantern": 0.0}
    assert {row["outlet"] for row in await rows(ds, "unnamed_sources", minimum="6")} == {
        "The Harbour Courier",
        "Eastern Lantern",
    }
    carried = await rows(ds, "through_others", through="courier")
    assert [row["text"] for row in carried] == ["“There will be none,”"]
    assert len(await rows(ds, "through_others")) == 6
    assert (await rows(ds, "same_words"))[0]["printed_by"] == "Eastern Lantern; The Harbour Courier"


async def test_acts_and_articles_without_quotes(ds: Datasette) -> None:
    assert {row["act"] for row in await rows(ds, "denials_and_warnings")} == {"deny", "warn"}
    assert {row["act"] for row in await rows(ds, "denials_and_warnings", act="promise")} == {"promise"}
    assert [row["title"] for row in await rows(ds, "articles_without_quotes")] == ["Tide table"]
