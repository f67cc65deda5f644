"""Hostile strings as words, names, outlets and parameters: no page breaks, nothing of them runs, no SQL error shows.

    QUOTES_HOSTILE=10000 pytest tests/plugin/test_hostile.py

takes as many strings as it says; by default few, which take seconds.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import quote, urlencode

import pytest
from datasette.app import Datasette
from plugin.conftest import Said, Story, write_stories

from quotes.store.database import close_database, open_database

COUNT = int(os.environ.get("QUOTES_HOSTILE", "250"))
EACH = 5
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onmouseover='alert(1)",
    "javascript:alert(1)", "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "<!--", "]]>",
    "{{ 7*7 }}", "{% include 'x' %}", "{{ config }}", "${7*7}", "'; DROP TABLE quotes; --", '" OR 1=1 --', "%", "_",
    "\\", "NEAR(", "AND OR NOT", "a:b -c ^d", '"', "'", "*", "(", "col:*", "\x00", "\x01\x1b[31m", "\x7f", "\u202e",
    "\u2028", "\ufeff", "\ufffe", "שלום", "مرحبا", "e\u0301" * 30, "👩‍👩‍👧", "&amp;", "&#x3c;script&#x3e;",
    "%3Cscript%3E", "../../etc/passwd", "?q=1&speaker=2", "#q-1", "+", "\r\nSet-Cookie: a=b", "9" * 30, "-1", "0x41",
    "NaN", "1e309", "2026-13-45", "null", "a" * 3_000,
)  # fmt: skip
PARAMETERS = (
    ("/-/quotes", ("q", "speaker", "outlet", "source", "kind", "act", "via", "topic", "month", "since", "until", "sort",
                   "page", "more")),
    ("/-/quotes.atom", ("q", "speaker", "since")),
    ("/-/compare", ("of", "a", "b", "since", "until")),
    ("/-/voices", ("outlet", "subject", "month", "since", "until", "stories", "more")),
)  # fmt: skip
HANDLERS = ("onerror", "onload", "onmouseover")


def hostile_strings(count: int) -> Iterator[str]:
    chance = random.Random(5)
    for n in range(count):
        if n < len(PIECES):
            yield PIECES[n]
        else:
            yield chance.choice(("", " ", "x")).join(chance.choices(PIECES, k=chance.randint(2, 4)))


class Page(HTMLParser):
    """Collects what could run: scripts, handlers, addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.dangers += [name for name, _ in attrs if name in HANDLERS or name.startswith("on")]
        addresses = [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")]
        self.dangers += [one for one in addresses if one.strip().lower().startswith("javascript:")]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """A database in which every text, title, name, role and topic is hostile."""
    strings = list(hostile_strings(COUNT))
    stories = []
    for n in range(0, COUNT, EACH):
        words = [one if one.strip() else "empty" for one in strings[n : n + EACH]]
        quotes = tuple(Said((f"“{n + m} {word}”",)) for m, word in enumerate(words))
        text = "\n".join(quote.pieces[0] for quote in quotes)
        url = f"https://outlet.example/{n}" if n % 2 else f"javascript:alert({n})"
        stories.append(
            Story("Northwire", text, quotes, title=words[0], url=url, byline=words[-1], published="2026-03-03")
        )
    path = write_stories(tmp_path_factory.mktemp("hostile") / "quotes.db", tuple(stories))
    db = open_database(path)
    for n, one in enumerate(strings, 1):
        name = f"{one} {n}"
        speaker = db.table("speakers").insert({"name": name, "kind": "person", "role": one}).last_pk
        outlet = db.table("outlets").insert({"name": name, "kind": "other", "domain": one}).last_pk
        wording = db.table("wordings").insert({"text": name, "quotes": 2, "outlets": 2, "speakers": 2}).last_pk
        db.table("topics").insert({"name": name})
        db.execute("INSERT INTO article_topics (article_id, topic_id) VALUES (?, ?)", [1 + (n - 1) // EACH, n])
        db.execute(
            "UPDATE quotes SET speaker_id = ?, outlet_id = ?, via_id = ?, citing = ?, mention = NULL WHERE id = ?",
            [speaker, outlet, outlet, one, n],
        )
        said = 'INSERT INTO sayings (quote_id, n, text, start, "end", wording_id) VALUES (?, 0, ?, 0, 1, ?)'
        db.execute(said, [n, name, wording])
    close_database(db)
    return Datasette([str(path)])


def check(text: str, path: str) -> None:
    page = Page(text)
    assert not page.dangers, (path, page.dangers[:3])
    assert "<script>alert" not in text, path
    assert "OperationalError" not in text, path
    assert "Traceback" not in text, path


async def test_hostile_words_and_names_are_shown_as_text(hostile: Datasette) -> None:
    paths = [
        "/",
        "/quotes/-/home",
        "/quotes/-/voices",
        "/quotes/-/voices?more=outlet",
        "/quotes/-/compare",
        "/quotes/-/compare?of=speaker",
    ]
    paths += [f"/quotes/-/quotes?page={n}" for n in range(1, COUNT // 20 + 1)]
    paths += [f"/quotes/-/quotes?more={name}" for name in ("speaker", "outlet", "topic", "via")]
    some = range(1, COUNT + 1, max(1, COUNT // 60))
    paths += [f"/quotes/-/{kind}/{n}" for n in some for kind in ("speaker", "outlet", "wording")]
    paths += [f"/quotes/-/article/{1 + n // EACH}" for n in some]
    scripts = set()
    for path in paths:
        response = await hostile.client.get(path)
        assert response.status_code in (200, 404), path
        check(response.text, path)
        scripts.add(Page(response.text).scripts)
    assert max(scripts) <= 3  # Datasette's menus, ours that copies, and ours on the article page


async def test_hostile_parameters_break_nothing(hostile: Datasette) -> None:
    places = cycle([(path, name) for path, names in PARAMETERS for name in names])
    for one, (path, name) in zip(hostile_strings(COUNT), places, strict=False):
        response = await hostile.client.get(f"/quotes{path}?{urlencode({name: one})}")
        assert response.status_code == 200, (path, name, one)
        if path != "/-/quotes.atom":
            check(response.text, f"{path} {name} {one}")


@pytest.mark.parametrize("kind", ["speaker", "outlet", "wording", "article"])
async def test_hostile_numbers_are_not_found(hostile: Datasette, kind: str) -> None:
    for one in ("0", "-1", "99999999", "9" * 30, "٣", "1e3", "1.0", "<b>", "%00", "1;", "~2F"):
        response = await hostile.client.get(f"/quotes/-/{kind}/{quote(one)}", follow_redirects=True)
        assert response.status_code == 404, one
        check(response.text, one)
