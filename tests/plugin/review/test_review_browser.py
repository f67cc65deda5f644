"""Reviewing as readers do it, in a browser; and what they decided is there after the articles are read again."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from reviewers import stored

import quotes
from quotes.ingest.run import ingest
from quotes.reading import articles
from quotes.store.checking import check
from quotes.store.database import close_database, open_database

pytestmark = pytest.mark.browser

SAMPLES = Path(quotes.__file__).parent / "samples"
WAIT = 60
"""Seconds for a start on a busy machine; it takes two."""
DECISIONS = 50
LOADED = "was => document.readyState === 'complete' && performance.timeOrigin !== was"
DECIDED = (
    "SELECT hash, verdict, kind, text, speaker, speaker_kind, decided, decided_by, decided_at FROM quote_decisions"
)
EFFECTIVE = """SELECT hash, text, quotes.kind, decision, speakers.name, speakers.kind FROM quotes
    LEFT JOIN speakers ON speakers.id = speaker_id"""


@pytest.fixture(scope="module")
def path(sample_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(sample_db, tmp_path_factory.mktemp("review") / "quotes.db"))


@pytest.fixture(scope="module")
def link(path: Path, quotes_command: list[str]) -> Iterator[str]:
    """What `quotes serve --review` says is to be opened."""
    log = path.with_name("log.txt")
    arguments = ["serve", "--review", "--by", "ann", "--port", "0", "--db", str(path)]
    with log.open("w") as out:
        server = subprocess.Popen([*quotes_command, *arguments], stdout=out, stderr=subprocess.STDOUT, text=True)
    try:
        until = time.monotonic() + WAIT
        while not (running := re.search(r"running on (http://\S+)", log.read_text())):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        token = re.search(r"/-/auth-token\?token=\w+", log.read_text())
        assert token, log.read_text()
        yield running[1] + token[0]
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def cookies(link: str, browser: Any) -> Any:
    """Those of whoever opened the link, which works once."""
    with browser.new_context() as context:
        context.new_page().goto(link)
        return context.storage_state()


@pytest.fixture
def address(link: str) -> str:
    return link.partition("/-/auth-token")[0] + "/quotes/-/review"


@pytest.fixture
def reader(page: Any, cookies: Any) -> Any:
    page.context.add_cookies(cookies["cookies"])
    return page


def press(page: Any, *keys: str) -> None:
    """Press keys of which the last sends a form or follows a link, and wait for the next page."""
    was = page.evaluate("performance.timeOrigin")
    for key in keys:
        page.keyboard.press(key) if len(key) == 1 or key[0].isupper() else page.keyboard.type(key)
    page.wait_for_function(LOADED, arg=was)


WAYS = (
    ("a",),
    ("r",),
    ("1",),
    ("m", "a"),
    ("s", "ann lowe", "Enter"),
    ("0",),
    ("x", "Shift+ArrowRight", "Shift+ArrowRight", "e", "a"),
    ("x", "ArrowUp", "ArrowUp", "Shift+ArrowDown", "n", "1"),
    ("a",),
    ("r", "u", "2"),
)
"""What is pressed for a quote: it is right, none, of another speaker, of another kind, cut otherwise, beside one that
was missed; and what was decided is taken back and decided otherwise."""


def test_fifty_quotes_by_keyboard_alone_are_there_after_all_is_read_again(
    reader: Any, address: str, path: Path, one_pipeline: None
) -> None:
    reader.goto(address)
    reader.keyboard.press("j")
    reader.wait_for_url("**after=*")
    reader.goto(address)
    for ways in cycle(WAYS):
        if "u" in ways:
            press(reader, "r")
            press(reader, "u")
            press(reader, "2" if reader.locator('[data-key="2"]').count() else "a")
        else:
            press(reader, *ways)
        assert reader.locator("#decide").count(), reader.inner_text("main")
        if reader.inner_text(".totals b >> nth=1") == str(DECISIONS):
            break
    decided, effective = set(stored(path, DECIDED)), set(stored(path, EFFECTIVE))
    verdicts = stored(path, "SELECT verdict, count(*) FROM quote_decisions GROUP BY 1 ORDER BY 1")
    assert sum(count for _, count in verdicts) == DECISIONS
    assert [verdict for verdict, _ in verdicts] == ["accept", "add", "correct", "reject"]
    (typed,) = stored(path, "SELECT count(*) FROM quote_decisions WHERE speaker = 'ann lowe'")
    assert typed[0] >= 4
    assert {by for *_, by, _ in decided} == {"ann"}

    opened = open_database(path)
    report = ingest(articles([str(SAMPLES)]), opened, workers=0, force=True)
    assert (report.updated, report.unchanged) == (14, 0)
    close_database(opened)
    assert set(stored(path, DECIDED)) == decided
    assert set(stored(path, EFFECTIVE)) == effective
    with open_database(path) as again:
        assert list(check(again, path)) == []


def test_words_are_marked_with_the_mouse(reader: Any, address: str, path: Path) -> None:
    reader.goto(f"{address}?article=3")
    text = reader.locator(".story p > [data-at]").filter(has_text="carries about 90,000 passengers").first
    text.select_text()
    words = reader.evaluate("getSelection().toString()")
    reader.click("[data-mark=missed]")
    assert reader.inner_text(".marked .said") == words
    was = reader.evaluate("performance.timeOrigin")
    reader.click('.who-said button[data-key="1"]')
    reader.wait_for_function(LOADED, arg=was)
    (added,) = stored(path, "SELECT text FROM quote_decisions ORDER BY id DESC LIMIT 1")
    assert added == (words.strip(),)


def test_escape_leaves_what_was_marked(reader: Any, address: str) -> None:
    reader.goto(address)
    reader.keyboard.press("x")
    reader.keyboard.press("Shift+ArrowRight")
    reader.keyboard.press("n")
    assert reader.input_value("[name=spans]")
    assert reader.input_value("#decide [name=act]") == "missed"
    assert not reader.locator('[data-key="a"]').is_visible()
    reader.keyboard.press("Escape")
    assert reader.input_value("[name=spans]") == ""
    assert reader.input_value("#decide [name=act]") == "accept"
    assert reader.locator('[data-key="a"]').is_visible()


def test_letters_typed_as_a_name_decide_nothing(reader: Any, address: str, path: Path) -> None:
    before = stored(path, DECIDED)
    reader.goto(address)
    reader.keyboard.press("s")
    reader.keyboard.type("arjux Lowe")
    assert reader.input_value("#typed") == "arjux Lowe"
    reader.keyboard.press("Escape")
    assert reader.evaluate("document.activeElement === document.body")
    assert stored(path, DECIDED) == before


def test_works_by_its_buttons_without_scripts(browser: Any, cookies: Any, address: str, path: Path) -> None:
    with browser.new_context(java_script_enabled=False, storage_state=cookies) as context:
        page = context.new_page()
        page.goto(address)
        digest = page.input_value("#decide [name=quote]")
        page.click("text=No quote")
        assert stored(path, "SELECT verdict FROM quote_decisions WHERE hash = ?", digest) == [("reject",)]
        page.click("text=Undo")
        assert page.input_value("#decide [name=quote]") == digest
        page.fill("#typed", "Bea Quist")
        page.press("#typed", "Enter")
        assert stored(path, "SELECT speaker FROM quote_decisions WHERE hash = ?", digest) == [("Bea Quist",)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "?article=3"])
def test_review_can_be_used_by_all(
    browser: Any, cookies: Any, address: str, query: str, scheme: str, serious_faults: Callable[[Any], list[Any]]
) -> None:
    """axe-core finds no serious fault, and nothing runs off a phone."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, storage_state=cookies
    ) as context:
        page = context.new_page()
        page.goto(address + query)
        page.keyboard.press("x")
        page.keyboard.press("n")
        assert page.locator(".marked").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert serious_faults(page) == []


def test_others_on_this_machine_are_shown_no_page(page: Any, address: str) -> None:
    page.goto(address)
    assert "open the link that" in page.inner_text("body")
    assert page.locator("form[method=post]").count() == 0
