from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.plugin.datasette_compat import configuration
from quotes.plugin.policy import Policy

PAGES = (
    "/",
    "/quotes/-/quotes",
    *(f"/quotes/-/article/{n}" for n in range(1, 7)),
    "/quotes/-/speaker/1",
    "/quotes/-/outlet/1",
    "/quotes/-/wording/1",
    "/quotes/-/compare",
    "/quotes/-/trace",
)
ELEMENT = re.compile(r"<(script|style)(\s[^>]*)?>(.*?)</\1>", re.DOTALL)


def allowed(answer: Any) -> dict[str, list[str]]:
    """What the policy of a page says, by directive."""
    directives = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in directives}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("page", PAGES)
async def test_pages_keep_to_a_strict_policy(ds: Datasette, page: str) -> None:
    answer = await ds.client.get(page)
    policy = allowed(answer)
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", answer.text), "nothing allows these"
    for element, attributes, text in ELEMENT.findall(answer.text):
        if "src=" not in attributes:
            assert digest(text) in policy[f"{element}-src"]
    assert len(policy["script-src"]) + len(policy["style-src"]) <= 2 + len(ELEMENT.findall(answer.text))


async def test_pages_of_datasette_are_as_datasette_sends_them(ds: Datasette) -> None:
    for page in ("/quotes", "/quotes/quotes", "/-/settings", "/quotes?sql=select+1"):
        assert "content-security-policy" not in (await ds.client.get(page)).headers


async def test_what_plugins_and_metadata_put_on_a_page_works(database_path: Path) -> None:
    class Stats:
        __name__ = "stats"

        @hookimpl
        def extra_body_script(self) -> str:
            return "count('<a & b>')"

        @hookimpl
        def extra_js_urls(self) -> list[str]:
            return ["https://stats.example/count.js", "/-/static/mine.js"]

    pm.register(Stats(), name="stats of a test")
    try:
        metadata = {"extra_css_urls": ["https://styles.example:8443/a.css"]}
        answer = await Datasette([str(database_path)], **configuration(metadata)).client.get("/quotes/-/quotes")
    finally:
        pm.unregister(name="stats of a test")
    policy = allowed(answer)
    assert digest("count('<a & b>')") in policy["script-src"]
    assert "https://stats.example" in policy["script-src"]
    assert policy["style-src"] == ["'self'", "https://styles.example:8443"]


@pytest.mark.parametrize("url", ["/a.js", "a.js?x=//b", "//a b;script-src */x", "https:///x", "https://a;b/x"])
def test_an_address_on_this_server_or_of_nowhere_allows_nothing(url: str) -> None:
    policy = Policy()
    assert policy.script_at(url) == url
    assert policy.scripts == ["'self'"]
