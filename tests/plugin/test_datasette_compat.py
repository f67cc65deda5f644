"""What we use of Datasette's inside is there, in whichever version runs these tests."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import datasette.database
import datasette.handle_exception
import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import sqlite_timelimit
from datasette.version import __version__

from quotes.plugin import datasette_compat
from quotes.plugin.datasette_compat import configuration

PAGES = ("home", "quotes", "quotes.atom", "article/1", "speaker/1", "outlet/1", "wording/1", "compare", "trace")
ROOT = {"id": "root"}


async def started(path: Path, metadata: dict[str, Any] | None = None, **options: Any) -> Datasette:
    ds = Datasette([str(path)], **configuration(metadata or {}), **options)
    await ds.invoke_startup()
    await ds.client.get("/-/versions.json")  # fills 1.0's catalog of tables
    return ds


async def status(ds: Datasette, page: str, actor: dict[str, str] | None = None) -> int:
    cookies = {"ds_actor": ds.sign({"a": actor}, "actor")} if actor else {}
    return int((await ds.client.get(f"/quotes/-/{page}", cookies=cookies)).status_code)


def test_version_is_told_by_its_permissions() -> None:
    assert (not __version__.startswith("0.")) == datasette_compat.IS_VERSION_1


@pytest.mark.parametrize(
    "rules",
    [
        {"allow": ROOT},
        {"databases": {"quotes": {"allow": ROOT}}},
        {"databases": {"quotes": {"tables": {"speakers": {"allow": ROOT}}}}},
        {"databases": {"quotes": {"tables": {"wordings": {"allow": ROOT}}}}},
    ],
    ids=["instance", "database", "table", "another table"],
)
async def test_rule_that_denies_access_denies_it_to_every_page(database_path: Path, rules: dict[str, Any]) -> None:
    ds = await started(database_path, rules)
    for page in PAGES:
        assert await status(ds, page) == 403, page
        assert await status(ds, page, {"id": "somebody"}) == 403, page
        assert await status(ds, page, ROOT) == 200, page
    for path in ("/", "/quotes", "/quotes/articles"):
        assert "quotes-header" not in (await ds.client.get(path)).text, path


async def test_table_that_is_allowed_by_itself_is_seen_in_a_database_that_is_not(database_path: Path) -> None:
    tables = {table: {"allow": True} for table in ("articles", "quotes")}
    ds = await started(database_path, {"databases": {"quotes": {"allow": ROOT, "tables": tables}}})
    assert await datasette_compat.may_view_tables(ds, None, "quotes", tables)
    assert not await datasette_compat.may_view_tables(ds, None, "quotes", [*tables, "speakers"])
    assert not await datasette_compat.may_view_database(ds, None, "quotes")
    assert await datasette_compat.may_view_database(ds, ROOT, "quotes")
    assert await datasette_compat.may_view_instance(ds, None)


async def test_rule_of_a_plugin_is_asked(database_path: Path) -> None:
    class Rules:
        __name__ = "rules"

        if datasette_compat.IS_VERSION_1:

            @hookimpl
            def permission_resources_sql(self, action: str) -> Any:
                from datasette.permissions import PermissionSQL

                sql = "SELECT 'quotes' AS parent, 'outlets' AS child, 0 AS allow, 'a test' AS reason"
                return PermissionSQL(sql=sql) if action == "view-table" else None

        else:

            @hookimpl
            def permission_allowed(self, action: str, resource: Any) -> bool | None:
                return False if (action, resource) == ("view-table", ("quotes", "outlets")) else None

    pm.register(Rules(), name="rules of a test")
    try:
        ds = await started(database_path)
        assert [await status(ds, page) for page in PAGES] == [403] * len(PAGES)
    finally:
        pm.unregister(name="rules of a test")


async def test_title_queries_and_descriptions_come_from_one_file(ds: Datasette, metadata: dict[str, Any]) -> None:
    await ds.invoke_startup()
    assert (await ds.client.get("/quotes")).status_code == 200
    assert await datasette_compat.instance_title(ds) == metadata["title"]
    described = metadata["databases"]["quotes"]
    assert await datasette_compat.query_names(ds, "quotes", None) == set(described["queries"])
    assert described["tables"]["quotes"]["columns"]["id"] in (await ds.client.get("/quotes/quotes")).text


async def test_instance_without_metadata_has_no_title_and_no_queries(database_path: Path) -> None:
    ds = await started(database_path)
    assert await datasette_compat.instance_title(ds) is None
    assert await datasette_compat.query_names(ds, "quotes", None) == set()
    assert set(datasette_compat.databases(ds)) == {"quotes"}


async def test_query_that_somebody_may_not_see_is_not_named(database_path: Path) -> None:
    queries = {"open": {"sql": "select 1"}, "closed": {"sql": "select 2", "allow": ROOT}}
    ds = await started(database_path, {"databases": {"quotes": {"queries": queries}}})
    assert "open" in await datasette_compat.query_names(ds, "quotes", None)
    assert await datasette_compat.query_names(ds, "quotes", ROOT) == {"open", "closed"}


async def test_stylesheet_of_datasette_is_where_it_is_said_to_be(database_path: Path) -> None:
    ds = await started(database_path)
    answer = await ds.client.get(datasette_compat.app_css(ds))
    assert answer.status_code == 200
    assert "css" in answer.headers["content-type"]


async def test_index_is_that_of_datasette(database_path: Path) -> None:
    ds = await started(database_path, {"allow": ROOT})
    assert (await ds.client.get("/")).status_code == 403
    ds = Datasette(memory=True)
    assert "/_memory" in (await ds.client.get("/")).text


def test_function_that_limits_the_time_of_queries_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert datasette.database.sqlite_timelimit is sqlite_timelimit
    monkeypatch.setattr(datasette.database, "sqlite_timelimit", sqlite_timelimit)
    datasette_compat.replace_time_limit(limit)
    assert datasette.database.sqlite_timelimit is limit


@contextmanager
def limit(connection: sqlite3.Connection, milliseconds: float) -> Iterator[None]:
    yield


async def test_missing_page_prints_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_path: Path
) -> None:
    class Rich:
        def get_console(self) -> Any:
            raise AssertionError("a traceback was to be printed")

    assert hasattr(datasette.handle_exception, "rich")
    monkeypatch.setattr(datasette.handle_exception, "rich", Rich())
    ds = await started(database_path)  # our plugin's startup
    assert (await ds.client.get("/quotes/-/article/999")).status_code == 404
    assert "Traceback" not in capsys.readouterr().err


async def test_pages_are_rendered_without_awaiting(ds: Datasette) -> None:
    await ds.invoke_startup()
    environment = datasette_compat.synchronous_environment(ds)
    template = environment.get_template("quotes_home.html")
    assert isinstance(template, datasette_compat.SynchronousTemplate)
    assert not environment.is_async
    assert environment.linked_to is not None and environment.linked_to.is_async


@pytest.mark.parametrize("path", ["/quotes", "/quotes/articles", "/quotes/articles/1", "/quotes/top_speakers",
                                  "/quotes?sql=select+1", "/quotes/who_said_what"])  # fmt: skip
async def test_pages_of_datasette_have_the_header_of_ours(ds: Datasette, path: str) -> None:
    text = (await ds.client.get(path, follow_redirects=True)).text
    (header,) = re.findall(r'<div class="quotes-header">.*?</div>', text, re.DOTALL)
    ours = (await ds.client.get("/quotes/-/article/1")).text
    assert header.replace(' aria-current="true"', "") in ours
    assert "quotes/header.css" in text
    assert text.count("<header") == 1 and text.count("</footer>") == 1


async def test_error_page_and_other_databases_have_no_such_header(database_path: Path) -> None:
    ds = await started(database_path, memory=True)
    for path in ("/nowhere", "/quotes/nothing", "/_memory", "/-/versions"):
        text = (await ds.client.get(path)).text
        assert "quotes-header" not in text and "header.css" not in text, path
