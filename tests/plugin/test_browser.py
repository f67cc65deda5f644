"""What only a browser can tell: that links lead to the quote, and that no article's text runs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pypdfium2
import pytest
from click.testing import CliRunner

from quotes.cli.main import main

pytestmark = pytest.mark.browser

METADATA = Path(__file__).parents[2] / "metadata.yml"
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


def test_a_quote_is_copied_with_its_source(page: Any, address: str) -> None:
    keep = "{value: {writeText: async (text) => { window.copied = text; }}}"
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {keep})")
    for path in ("/quotes/-/quotes", "/quotes/-/article/1"):
        page.goto(address + path)
        quote = page.locator("[data-address]").first
        quote.get_by_role("button", name="Copy with source").click()
        quote.get_by_role("button", name="Copied").wait_for()
        words, _, source = page.evaluate("window.copied").partition(" — ")
        assert words.strip("“”")[:20] in quote.inner_text()
        assert source == f"{quote.get_attribute('data-source')}, {quote.get_attribute('data-address')}"


def outline(page: Any, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).outlineStyle"))


def test_from_the_facet_to_the_quote_in_its_article(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/quotes")
    page.click("#facet-speaker_id >> text=Mara Ellison")
    page.wait_for_url("**speaker_id=1**")
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


PAGES = {
    "home": "/quotes/-/home",
    "quotes": "/quotes/-/quotes",
    "speaker": "/quotes/-/speaker/1",
    "outlet": "/quotes/-/outlet/1",
    "wording": "/quotes/-/wording/1",
    "compare": "/quotes/-/compare",
    "trace": "/quotes/-/trace",
    "voices": "/quotes/-/voices?outlet=1",
    "article": "/quotes/-/article/1",
}


def test_from_home_to_a_quote_by_search_and_facet(page: Any, address: str) -> None:
    page.goto(address)
    assert "21 quotes of 6 speakers" in " ".join(page.inner_text(".totals").split())
    page.fill("#search-quotes", "ferry")
    page.press("#search-quotes", "Enter")
    page.wait_for_url("**/-/quotes?q=ferry")
    found = page.locator(".card").count()
    page.click(".facet-outlet >> text=Eastern Lantern")
    page.wait_for_url("**outlet=2**")
    assert 0 < page.locator(".card").count() < found
    assert page.locator(".chips.chosen li").count() >= 2
    page.click(".card blockquote a >> nth=0")
    page.wait_for_url("**/-/article/*")
    assert outline(page, f"#{page.url.rsplit('#', 1)[1]}") == "solid"


def test_facets_are_taken_back_and_the_table_is_one_click_away(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/quotes?speaker=2&kind=direct")
    cards = page.locator(".card").count()
    page.click("text=Table view")
    page.wait_for_url("**/quotes/quotes?speaker_id=2&kind=direct")
    page.wait_for_selector("table.rows-and-columns")
    assert page.locator("table.rows-and-columns tbody tr").count() == cards
    page.go_back()
    page.click(".chosen a >> nth=0")
    page.wait_for_url("**/-/quotes?kind=direct")
    assert page.locator(".card").count() != cards


def test_quote_tells_speaker_cue_and_confidence_on_hover_and_on_a_tap(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/article/2")
    told = page.get_attribute("#q-9", "title")
    assert told == "Inquiry report · report quote · cue “According to” · confidence 0.87".replace(
        "report q", "indirect q"
    )
    assert not page.locator(".tip").is_visible()
    page.locator("#q-9").click(position={"x": 120, "y": 10})
    assert page.inner_text(".tip") == told
    page.keyboard.press("Escape")
    assert not page.locator(".tip").is_visible()


def test_legend_chooses_whose_quotes_are_marked(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/article/1")
    assert page.locator("#q-4 .said-by").is_visible()
    page.uncheck(".legend li:has-text('Tomas Reyk') input")
    assert not page.locator("#q-4 .said-by").is_visible()
    assert page.locator("#q-1 .said-by").is_visible()
    page.check(".legend li:has-text('Tomas Reyk') input")
    assert page.locator("#q-4 .said-by").is_visible()


def test_chain_of_sources_is_drawn(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/article/3")
    chains = [" ".join(chain.split()) for chain in page.locator(".chain").all_inner_texts()]
    assert chains == [
        "cited by people who know said by Tomas Reyk printed by Quillan Post",
        "said by Tomas Reyk came through The Harbour Courier printed by Quillan Post",
    ]


def test_comparison_of_two_outlets_by_name(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/compare")
    page.fill("#a", "Quillan Post")
    page.fill("#b", "eastern lantern")
    page.press("#b", "Enter")
    page.wait_for_selector(".side h2")
    assert page.locator(".side h2").all_inner_texts() == ["Quillan Post", "Eastern Lantern"]
    page.select_option("#of", "speaker")
    page.fill("#a", "Mara")
    page.fill("#b", "Nobody at all")
    page.press("#b", "Enter")
    page.wait_for_selector('.side h2:has-text("Mara Ellison")')
    assert page.locator(".side h2").all_inner_texts() == ["Mara Ellison", "Nobody at all"]
    assert "no speaker of this name" in page.inner_text(".side >> nth=1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_all(
    browser: Any, address: str, name: str, scheme: str, serious_faults: Callable[[Any], list[Any]]
) -> None:
    """axe-core finds no serious fault, and nothing runs off a phone."""
    with browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address + PAGES[name])
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert serious_faults(page) == []


def test_who_gets_to_speak_of_an_outlet_in_a_month_prints_on_one_sheet(
    browser: Any, address: str, database_path: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    arguments = ["report", "--db", str(database_path), "--format", "html", "-o", str(report)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    pages = {f"{address}/quotes/-/voices?outlet=1&month=2026-03": 1, report.as_uri(): 4}
    for url, sheets in pages.items():
        page = browser.new_page()
        page.goto(url)
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(printed) == sheets, url
        assert [round(side) for side in printed[0].get_size()] == [595, 842], "A4"
        assert "Women and men" in printed[0].get_textpage().get_text_bounded()
        page.close()


def test_long_names_of_a_comparison_fit_a_phone(browser: Any, address: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{address}/quotes/-/compare?a=1&b=2")
        names = page.locator(".numbers bdi")
        assert names.count() > 2
        for n in range(names.count()):
            names.nth(n).evaluate("name => { name.textContent = 'Brightwater Broadcasting Corporation' }")
        assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("name", PAGES)
def test_page_works_without_scripts(browser: Any, address: str, name: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + PAGES[name])
        assert page.locator("main").inner_text().strip()
        if name in ("home", "speaker", "outlet", "compare"):
            page.click("summary:has-text('as a table') >> nth=0")
            assert page.locator(".scroll table").first.is_visible()
        if name == "article":
            page.uncheck(".legend li >> nth=0 >> input")
            assert not page.locator("#q-1 .said-by").is_visible()


def test_keyboard_reaches_the_content_first_and_the_way_is_seen(page: Any, address: str) -> None:
    page.goto(f"{address}/quotes/-/quotes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
