"""What only a browser can tell: that links lead to the quote, and that no article's text runs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser

METADATA = Path(__file__).parents[2] / "metadata.yml"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30.0  # seconds until a server on a busy machine answers


@pytest.fixture(scope="module")
def address(database_path: Path) -> Iterator[str]:
    """A real `datasette serve` on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(database_path), "-m", str(METADATA)]
    server = subprocess.Popen(
        [*command, "-h", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("datasette serve did not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when a script of it fails, or asks for anything outside this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(15_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:"))
            else troubles.append(f"request: {request.url}")
        ),
    )
    yield page
    context.close()
    assert not troubles


def outline(page: Any, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).outlineStyle"))


def test_from_the_facet_to_the_quote_in_its_article(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/quotes")
    page.click("#facet-speaker_id >> text=Mara Ellison")
    assert page.locator("table.rows-and-columns tbody tr").count() == 3
    assert "speaker_id=1" in page.url

    page.click("td.col-text a >> nth=-1")
    page.wait_for_url("**/quotes/-/article/1#q-1")
    assert outline(page, "#q-1") == "solid"
    assert outline(page, '[data-quote="1"][data-piece="1"]') == "solid"
    assert outline(page, "#q-2") == "none"
    assert page.locator("#q-1").is_visible()
    assert page.locator("#q-1 .said-by").first.inner_text() == "Mara Ellison"


def test_from_the_list_to_the_quote_and_on_to_the_speaker(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/article/1")
    page.click("#about-4 a.words")
    assert page.url.endswith("#q-4")
    assert outline(page, "#q-4") == "solid"
    page.click(".legend >> text=Tomas Reyk")
    page.wait_for_url("**/quotes/-/speaker/2")
    assert page.locator(".cards .card").count() == 7


def test_hostile_article_runs_nothing(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/articles")
    page.click("text=<script>alert(1)</script>")
    page.wait_for_url("**/quotes/-/article/4")
    story = page.locator(".story")
    assert "<script>alert(1)</script> stood in the first line, next to {{ 7*7 }}" in story.inner_text()
    assert "onerror=alert(3)" in story.inner_text()
    assert story.locator("script, img").count() == 0
    assert page.locator('[href^="javascript"]').count() == 0


def test_direction_follows_the_words_not_the_speakers_name(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/article/4")
    directions = page.eval_on_selector_all(
        ".story p", "paragraphs => paragraphs.map(paragraph => getComputedStyle(paragraph).direction)"
    )
    assert directions == ["ltr", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone_in_both_schemes(browser: Any, address: str, scheme: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{address}/quotes/-/article/1#q-1")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        ground = page.eval_on_selector("body", "body => getComputedStyle(body).backgroundColor")
        lightness = sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(",")))
        assert (lightness < 3 * 64) == (scheme == "dark")
