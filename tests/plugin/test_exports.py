from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from quote_rows import Row, made

from quotes.plugin.datasette_compat import IS_VERSION_1, configuration
from quotes.store.database import close_database

MANY = 178


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "my quotes.db"
    rows = [Row(outlet=1 + n % 2, speaker=1, published="2026-03-01", text=f"“Ąn {n}”") for n in range(MANY)]
    close_database(made(path, rows))
    return path


async def ids(ds: Datasette, path: str) -> list[str]:
    """The ids of the rows of a CSV."""
    answer = await ds.client.get(path)
    assert answer.status_code == 200, answer.text
    return [row.get("id") or row["quote_id"] for row in csv.DictReader(answer.text.splitlines())]


@pytest.mark.parametrize(
    ("asked", "many"),
    [
        ("quotes.csv", MANY),
        ("quotes.csv?outlet_id=1", MANY // 2),
        ("quotes.csv?_labels=on&text__contains=%E2%80%9C%C4%84n", MANY),
        ("quotes.csv?_sort_desc=published", MANY),
        ("quotes.csv?_sort=outlet_id", MANY),
        ("who_said_what.csv", MANY),
        ("quotes.csv?_size=7", 7),
        ("quotes.csv?_size=max", MANY),
        ("quotes.csv?_stream=on", MANY),
    ],
)
@pytest.mark.parametrize("base", ["/", "/prefix/"])
async def test_a_csv_asked_for_by_hand_has_all_rows(
    path: Path, metadata: dict[str, Any], asked: str, many: int, base: str
) -> None:
    tables = metadata["databases"]["quotes"]
    settings = {"base_url": base}
    ds = Datasette(
        [str(path)], **configuration({"databases": {"my quotes": {"tables": tables["tables"]}}}), settings=settings
    )
    found = await ids(ds, f"/my+quotes/{asked}")
    assert len(set(found)) == len(found) == many


async def test_a_csv_has_all_rows_though_a_page_may_not(path: Path) -> None:
    ds = Datasette([str(path)], settings={"max_returned_rows": 50, "default_page_size": 5})
    assert len(set(await ids(ds, "/my+quotes/quotes.csv"))) == MANY


async def test_where_nothing_streams_a_csv_has_as_many_rows_as_may_be(path: Path) -> None:
    settings = {"allow_csv_stream": False, "default_page_size": 5}
    ds = Datasette([str(path)], settings=settings)
    assert len(await ids(ds, "/my+quotes/quotes.csv")) == MANY
    assert len(await ids(ds, "/my+quotes/quotes.csv?_sort_desc=id")) == MANY


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("quotes.csv", MANY), ("quotes.csv?outlet_id=1&_labels=on", MANY // 2), ("who_said_what.csv", MANY)],
)
@pytest.mark.parametrize("base", ["/", "/prefix/"])
async def test_last_line_says_how_many_rows_are_left_out(path: Path, asked: str, rows: int, base: str) -> None:
    settings = {"allow_csv_stream": False, "max_returned_rows": 50, "base_url": base}
    lines = list(
        csv.reader(
            (await Datasette([str(path)], settings=settings).client.get(f"/my+quotes/{asked}")).text.splitlines()
        )
    )
    assert len(lines) == 1 + 50 + 1
    (last,) = lines[-1]
    assert f"{rows - 50} of {rows} rows are left out here" in last
    assert "50 at a time" in last


async def test_a_csv_that_becomes_too_large_says_how_many_rows_are_left_out(path: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.db"
    close_database(made(long, [Row(text=f"{n} " + '"line,\n"' * 4_000) for n in range(80)]))
    answer = await Datasette([str(long)], settings={"max_csv_mb": 1}).client.get("/long/quotes.csv")
    rows = list(csv.reader(answer.text.splitlines(keepends=True)))
    kept = len(rows) - 2
    assert 0 < kept < 80
    why = "CSV contains more than 1048576 bytes"
    assert rows[-1] == [f"[{80 - kept} of 80 rows are left out here: {why}. Narrower filters find fewer.]"]


async def test_who_may_not_count_is_told_nothing_more(path: Path) -> None:
    settings = {"allow_csv_stream": False, "max_returned_rows": 50}
    ds = Datasette([str(path)], **configuration({"allow": {"id": "root"}}), settings=settings)
    assert (await ds.client.get("/my+quotes/quotes.csv")).status_code == 403
    cookies = {"ds_actor": ds.sign({"a": {"id": "root"}}, "actor")}
    answer = await ds.client.get("/my+quotes/quotes.csv", cookies=cookies)
    assert f"{MANY - 50} of {MANY} rows" in answer.text


async def test_other_addresses_are_left_alone(path: Path, tmp_path: Path) -> None:
    ds = Datasette([str(path)], **configuration({"databases": {"my quotes": {"queries": {"one": "select 1 as id"}}}}))
    assert await ids(ds, "/my+quotes/one.csv") == ["1"]
    address = "/my+quotes/-/query.csv" if IS_VERSION_1 else "/my+quotes.csv"
    assert await ids(ds, f"{address}?sql=select+1+as+id") == ["1"]
    for gone in ("/my+quotes/nothing.csv", "/nowhere/quotes.csv", "/x.csv", "/a/b/c.csv"):
        assert (await ds.client.get(gone)).status_code == 404
