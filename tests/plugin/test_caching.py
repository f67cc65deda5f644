from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from quotes.plugin import caching
from quotes.plugin.counts import quote_columns
from quotes.plugin.datasette_compat import configuration

PAGES = (
    "/",
    "/quotes/-/home",
    "/quotes/-/quotes?q=ferry",
    "/quotes/-/quotes.atom",
    "/quotes/-/article/1",
    "/quotes/-/speaker/1",
    "/quotes/-/outlet/1",
    "/quotes/-/wording/1",
    "/quotes/-/compare",
    "/quotes/-/voices",
)
LONG_AGO = 1_700_000_000


@pytest.fixture
def settled(database_path: Path, tmp_path: Path) -> Path:
    """A database of its own that has not changed for long."""
    path = Path(shutil.copy(database_path, tmp_path / "quotes.db"))
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


async def ask(ds: Datasette, page: str, tag: str = "", **options: Any) -> Any:
    return await ds.client.get(page, headers={"if-none-match": tag} if tag else {}, **options)


@pytest.mark.parametrize("page", PAGES)
async def test_who_has_a_page_is_told_so(settled: Path, page: str) -> None:
    ds = Datasette([str(settled)])
    first = await ask(ds, page)
    tag = first.headers["etag"]
    assert first.status_code == 200 and first.headers["cache-control"] == "public, max-age=5"
    for have in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = await ask(ds, page, have)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert (await ask(ds, page, '"other"')).text == first.text


async def test_each_page_has_its_own_tag(settled: Path) -> None:
    ds = Datasette([str(settled)])
    assert len({(await ask(ds, page)).headers["etag"] for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", ["/quotes/-/quotes", "/quotes/-/article/1", "/quotes/-/quotes.atom"])
async def test_a_change_is_seen(settled: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quote_columns, "PATIENCE", 60.0)
    monkeypatch.setattr(quote_columns, "REST", 0)
    ds = Datasette([str(settled)])
    before = await ask(ds, page)
    with sqlite3.connect(settled) as connection:
        connection.execute("UPDATE articles SET title = 'Another title'")
        connection.execute("UPDATE speakers SET name = 'Another Name'")
    connection.close()
    changed = await ask(ds, page, before.headers["etag"])
    assert changed.status_code == 200 and changed.text != before.text
    assert "etag" not in changed.headers, "it changed a moment ago, and may change again at what is the same time"
    assert changed.headers["cache-control"] == "private, no-cache"
    monkeypatch.setattr(caching, "SETTLED", 0.0)
    later = await ask(ds, page, before.headers["etag"])
    assert later.status_code == 200 and later.headers["etag"] != before.headers["etag"]


async def test_what_only_some_may_see_is_kept_by_nobody_else(settled: Path) -> None:
    ds = Datasette([str(settled)], **configuration({"databases": {"quotes": {"allow": {"id": "root"}}}}))
    cookies = {"ds_actor": ds.sign({"a": {"id": "root"}}, "actor")}
    seen = await ask(ds, "/quotes/-/article/1", cookies=cookies)
    assert seen.headers["cache-control"] == "private, no-store"
    assert seen.status_code == 200 and "etag" not in seen.headers
    assert (await ask(ds, "/quotes/-/article/1", "*")).status_code == 403


async def test_one_readers_page_is_not_anothers(settled: Path) -> None:
    ds = Datasette([str(settled)])
    tag = (await ask(ds, "/quotes/-/home")).headers["etag"]
    cookies = {"ds_actor": ds.sign({"a": {"id": "root"}}, "actor")}
    answer = await ask(ds, "/quotes/-/home", tag, cookies=cookies)
    assert answer.status_code == 200 and answer.headers["cache-control"].startswith("private")
    told = await ask(ds, "/quotes/-/home", tag, cookies={"ds_messages": ds.sign([["Saved", 1]], "messages")})
    assert told.status_code == 200 and "Saved" in told.text and "etag" not in told.headers


async def test_errors_and_other_databases_have_no_tag(settled: Path) -> None:
    ds = Datasette([str(settled)], memory=True)
    for page in ("/quotes/-/article/99", "/nowhere/-/home", "/_memory/-/home"):
        answer = await ask(ds, page, "*")
        assert answer.status_code == 404 and "etag" not in answer.headers
    assert "etag" not in (await ask(Datasette(memory=True), "/", "*")).headers
