from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from datasette.app import Datasette
from told import article, content, said, write

from quotes.plugin.datasette_compat import IS_VERSION_1
from quotes.plugin.pages.trace_page import MOST, quotations
from quotes.store.database import close_database, open_database

WEIR = "The weir at Orrin was never inspected by anyone."
DRAFT = (
    "The council met.\n\n“The weir at Orrin,” said Bo Lind, “was inspected by anyone.” He left.\n\n"
    "“Nobody in Quillan has seen a heron build a nest,” <b>he</b> added."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    quote = said(f"“{WEIR}”", "Ana <i>Cortés</i>")
    write(db, article("a", quote, outlet="Courier & Post", day="2025-03-04"))
    close_database(db)
    return path


@pytest.fixture
def ds(path: Path) -> Datasette:
    return Datasette([str(path)])


async def trace(ds: Datasette, text: str) -> str:
    asked = await ds.client.get("/quotes/-/trace")
    token = re.search(r'name="csrftoken" value="([^"]*)"', asked.text)
    assert token
    cookies = dict(asked.cookies)
    data = {"text": text, "csrftoken": token[1]}
    answer = await ds.client.post("/quotes/-/trace", data=data, cookies=cookies)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    return str(answer.text)


async def test_a_misquote_is_shown_beside_what_was_printed(ds: Datasette) -> None:
    page = await trace(ds, DRAFT)
    assert "<b>1</b> of <b>2</b> sayings printed before" in page
    assert re.search(r'<span class="tag alarm">negation.* differs</span>', page)
    assert "was <del>never</del> inspected" in " ".join(page.split())
    assert 'href="/quotes/-/article/1#q-1"><bdi>Courier &amp; Post</bdi>' in page
    assert "Ana &lt;i&gt;Cortés&lt;/i&gt;" in page
    assert "Nobody in Quillan has seen a heron build a nest" in page.partition("Not printed before")[2]
    assert "&lt;b&gt;he&lt;/b&gt; added.</textarea>" in page


async def test_words_without_marks_are_traced_too(ds: Datasette) -> None:
    assert "<b>1</b> of <b>1</b> saying printed before" in await trace(ds, WEIR)


@pytest.mark.parametrize("text", ["No comment.", "…", "“”", "\x00\x01"])
async def test_a_text_without_sayings(ds: Datasette, text: str) -> None:
    assert "No quoted words in it" in await trace(ds, text)


async def test_a_text_that_is_too_long_is_not_traced(ds: Datasette) -> None:
    assert "longer than 100,000 characters" in await trace(ds, f"“{WEIR}” " * (MOST // len(WEIR)))


async def test_nothing_is_written(path: Path, ds: Datasette) -> None:
    db = open_database(path)
    before = content(db)
    await trace(ds, DRAFT)
    assert content(db) == before
    db.close()


@pytest.mark.skipif(IS_VERSION_1, reason="looks at Origin in place of a token")
async def test_without_a_token_nothing_is_asked(ds: Datasette) -> None:
    answer = await ds.client.post("/quotes/-/trace", data={"text": DRAFT}, cookies={"ds_csrftoken": "x"})
    assert answer.status_code == 403


def test_quotations_of_a_paragraph_are_one_quote() -> None:
    one, other = quotations(DRAFT)
    assert one.text == "The weir at Orrin, was inspected by anyone."
    assert [DRAFT[start:end] for start, end in one.spans] == ["The weir at Orrin,", "was inspected by anyone."]
    assert other.text.startswith("Nobody in Quillan")


def test_words_that_a_line_has_broken_are_whole() -> None:
    (quote,) = quotations("“The weir at Orrin was never in-\nspec\u00ad\nted by any\u00adone.”")
    assert quote.text == WEIR


def test_no_model_is_loaded() -> None:
    code = "import sys, quotes.plugin.pages.trace_page; print(*(m for m in sys.modules if m.startswith('quotes.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "quotes.linking.tracing" in loaded
    assert not [name for name in loaded if name.split(".")[1] in ("pipeline", "reading")]
