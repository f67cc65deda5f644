"""Nothing is changed by a request that is not the reviewer's own, or where nobody is to review."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from reviewers import Reader, served, stored

from quotes.plugin.review.review_access import NAMESPACE
from quotes.plugin.review.reviewing import NAME

EVIL = "https://evil.example"


@pytest.fixture
def before(path: Path) -> Any:
    return _content(path)


def _content(path: Path) -> Any:
    return stored(path, "SELECT * FROM quotes ORDER BY id"), stored(path, "SELECT * FROM quote_decisions")


async def form_of(reader: Reader) -> dict[str, str]:
    assert (await reader.get()).status_code == 200
    return reader.form()


async def test_a_request_of_the_page_itself_changes_something(reviewed: Datasette, path: Path, before: Any) -> None:
    reader = Reader(reviewed)
    form = await form_of(reader)
    answer = await reader.post(form, origin="http://localhost", host="localhost", sec_fetch_site="same-origin")
    assert answer.status_code == 303
    assert _content(path) != before


@pytest.mark.parametrize("missing", [("token",), ("csrftoken", "token")])
async def test_without_a_token(reviewed: Datasette, path: Path, before: Any, missing: tuple[str, ...]) -> None:
    reader = Reader(reviewed)
    form = await form_of(reader)
    answer = await reader.post({name: value for name, value in form.items() if name not in missing})
    assert answer.status_code == 403
    assert _content(path) == before


async def test_with_a_token_of_somebody_else_another_database_or_another_start(
    reviewed: Datasette, path: Path, before: Any
) -> None:
    reader = Reader(reviewed)
    form = await form_of(reader)
    for wrong in (
        reviewed.sign(["quotes", "ben"], NAMESPACE),
        reviewed.sign(["other", "root"], NAMESPACE),
        reviewed.sign(["quotes", "root"], "actor"),
        served(path).sign(["quotes", "root"], NAMESPACE),
        "x",
    ):
        assert (await reader.post(form | {"token": wrong})).status_code == 403
    assert _content(path) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": EVIL},
        {"origin": "null"},
        {"origin": "http://localhost:8002", "host": "localhost:8001"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": EVIL, "sec_fetch_site": "cross-site"},
    ],
)
async def test_from_another_origin(reviewed: Datasette, path: Path, before: Any, headers: dict[str, str]) -> None:
    reader = Reader(reviewed)
    answer = await reader.post(await form_of(reader), **headers)
    assert answer.status_code == 403
    assert _content(path) == before


@pytest.mark.parametrize("actor", [None, {"id": "ben"}])
async def test_of_somebody_who_may_not(
    reviewed: Datasette, path: Path, before: Any, actor: dict[str, str] | None
) -> None:
    form = await form_of(Reader(reviewed))
    other = Reader(reviewed, actor)
    assert (await other.get()).status_code == 403
    assert (await other.post(form)).status_code == 403
    token = reviewed.sign(["quotes", (actor or {}).get("id", "")], NAMESPACE)
    assert (await other.post(form | {"token": token})).status_code == 403
    assert _content(path) == before


async def test_to_a_server_without_review(reviewed: Datasette, path: Path, before: Any) -> None:
    form = await form_of(Reader(reviewed))
    plugin = pm.unregister(name=NAME)
    try:
        plain = served(path)
        reader = Reader(plain)
        assert (await reader.get()).status_code in (400, 404)
        assert (await reader.post(form)).status_code in (400, 403, 404, 405)
        assert "/-/review" not in (await plain.client.get("/quotes/-/quotes")).text
        assert _content(path) == before
    finally:
        pm.register(plugin, name=NAME)


async def test_of_another_database_of_the_same_server(reviewed: Datasette, path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    both = Datasette([str(path), str(other)])
    both.root_enabled = True
    cookies = Reader(both).cookies
    assert (await both.client.get("/other/-/review", cookies=cookies)).status_code == 404
    assert "/-/review" not in (await both.client.get("/other/-/quotes")).text
    assert "/quotes/-/review" in (await both.client.get("/quotes/-/quotes")).text


async def test_by_loading_an_address(reviewed: Datasette, path: Path, before: Any) -> None:
    """What a form sends does nothing in a query string."""
    reader = Reader(reviewed)
    form = await form_of(reader)
    query = "&".join(f"{name}={value}" for name, value in (form | {"act": "reject"}).items() if name != "quote")
    await reader.get(f"?{query}")
    assert _content(path) == before
