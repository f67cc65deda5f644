from __future__ import annotations

import re
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette
from quote_rows import Row, made

from quotes.plugin.pages.atom_feed import EACH, LONGEST_TITLE
from quotes.store.database import close_database

ATOM = "{http://www.w3.org/2005/Atom}"
ODD = "".join(map(chr, range(32))) + "\x7f\x85\u2028\ufeff\ufffe\uffff\U0001f6a2 ]]> <b>&amp; “end”"


async def feed(ds: Datasette, query: str = "") -> ElementTree.Element:
    response = await ds.client.get(f"/quotes/-/quotes.atom{query}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def text_of(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def quotes_in(root: ElementTree.Element) -> list[int]:
    return [int(text_of(entry, "id").rpartition("#q-")[2]) for entry in root.findall(f"{ATOM}entry")]


def check(root: ElementTree.Element) -> None:
    """Check what the Atom standard (RFC 4287) asks of a feed."""
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        assert text_of(element, "id") and text_of(element, "title").strip()
        datetime.strptime(text_of(element, "updated"), "%Y-%m-%dT%H:%M:%SZ")
        assert all(urlsplit(href).scheme == "http" and urlsplit(href).netloc for href in links(element).values())
        assert urlsplit(text_of(element, "id")).scheme
    for entry in entries:
        author = entry.find(f"{ATOM}author")
        assert author is not None and text_of(author, "name")
        assert text_of(entry, "content") and "alternate" in links(entry)
    ids = [text_of(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert "self" in links(root)


QUERIES = ["", "?speaker=1", "?q=ferry", "?kind=direct&since=2026-03-04", "?topic=1", "?speaker=0", "?source=unnamed"]


@pytest.mark.parametrize("query", QUERIES)
async def test_feed_has_the_quotes_of_the_page_in_its_order(ds: Datasette, query: str) -> None:
    root = await feed(ds, query)
    check(root)
    page = (await ds.client.get(f"/quotes/-/quotes{query}")).text
    shown = [int(number) for number in re.findall(r'<blockquote[^>]*><a href="[^"]*#q-(\d+)"', page)]
    assert shown and quotes_in(root)[: len(shown)] == shown
    total = re.search(r'<h2 id="results">(\d+)', page)
    assert total and len(quotes_in(root)) == min(int(total[1]), EACH)
    assert f'href="/quotes/-/quotes.atom{query.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("query", QUERIES)
async def test_links_of_the_feed_lead_somewhere(ds: Datasette, query: str) -> None:
    root = await feed(ds, query)
    assert links(root)["self"] == f"http://localhost/quotes/-/quotes.atom{query}"
    assert links(root)["alternate"] == f"http://localhost/quotes/-/quotes{query}"
    for entry in root.findall(f"{ATOM}entry")[:3]:
        path, _, quote = links(entry)["alternate"].removeprefix("http://localhost").partition("#")
        article = await ds.client.get(path)
        assert article.status_code == 200 and f'id="{quote}"' in article.text


async def test_entries_say_who_said_what_and_where(ds: Datasette, database_path: Path) -> None:
    sql = """
    SELECT quotes.id, quotes.text, coalesce(speakers.name, 'no speaker found'), outlets.name, quotes.published
    FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id LEFT JOIN outlets ON outlets.id = outlet_id
    """
    with sqlite3.connect(database_path) as connection:
        stored = {row[0]: row[1:] for row in connection.execute(sql)}
    root = await feed(ds)
    for number, entry in zip(quotes_in(root), root.findall(f"{ATOM}entry"), strict=True):
        text, who, outlet, published = stored.pop(number)
        content = text_of(entry, "content")
        assert text in content and who in content and (outlet or "") in content and (published or "") in content
        assert text_of(entry, "title").startswith(f"{who}: ")
        assert text_of(entry, "updated")[:10] == (published or "1970-01-01")
    assert not stored
    assert text_of(root, "updated") == "2026-03-06T00:00:00Z"


async def test_title_says_what_was_chosen(ds: Datasette) -> None:
    title = text_of(await feed(ds, "?speaker=1&kind=direct&q=ferry"), "title")
    assert all(word in title for word in ("quotes", "Mara Ellison", "direct", "ferry"))


@pytest.mark.parametrize("query", ["?speaker=999", "?q=zzz", "?since=2099-01-01", "?q=%22"])
async def test_feed_of_nothing(ds: Datasette, query: str) -> None:
    root = await feed(ds, query)
    check(root)
    assert quotes_in(root) == []


@pytest.mark.parametrize("query", ["?speaker=x&month=2026", "?since=yesterday", "?q=%00%01%1f", "?q=%ef%bf%be%ff%3C"])
async def test_senseless_query_is_still_a_feed(ds: Datasette, query: str) -> None:
    check(await feed(ds, query))


def serve(path: Path, rows: list[Row], **changes: str) -> Datasette:
    db = made(path, rows)
    for table, sql in changes.items():
        db.execute(f"UPDATE {table} SET {sql}", {"odd": ODD})
    db.conn.commit()
    close_database(db)
    return Datasette([str(path)])


@pytest.mark.parametrize(
    "changes",
    [
        {"quotes": "text = :odd"},
        {"speakers": "name = id || :odd"},
        {"speakers": "role = :odd"},
        {"outlets": "name = id || :odd"},
        {"articles": "title = :odd, pipeline = :odd"},
        {"topics": "name = id || :odd"},
    ],
    ids=str,
)
async def test_control_characters_do_no_harm(tmp_path: Path, changes: dict[str, str]) -> None:
    ds = serve(tmp_path / "quotes.db", [Row(speaker=1, outlet=1), Row(article=2)], **changes)
    for query in ("", "?speaker=1&outlet=1&topic=1"):
        root = await feed(ds, query)
        check(root)
        assert quotes_in(root)
        if set(changes) & {"quotes", "speakers", "outlets", "articles"}:
            assert "]]> <b>&amp; “end”" in "".join(root.itertext())


async def test_text_of_nothing_but_control_characters(tmp_path: Path) -> None:
    check(await feed(serve(tmp_path / "quotes.db", [Row(text="\x00\x01"), Row(text="\n")])))


async def test_quotes_of_impossible_days_have_a_moment(tmp_path: Path) -> None:
    days = ["2026-19-99", "2026-02-30", "2026-03-01", None]
    root = await feed(serve(tmp_path / "quotes.db", [Row(published=day) for day in days]))
    assert len(quotes_in(root)) == len(days)
    check(root)


async def test_feed_has_the_newest_only(tmp_path: Path) -> None:
    rows = [Row(article=n % 12 + 1, published=f"2026-03-{n % 28 + 1:02}" if n % 3 else None) for n in range(120)]
    root = await feed(serve(tmp_path / "quotes.db", rows))
    check(root)
    days = [text_of(entry, "updated") for entry in root.findall(f"{ATOM}entry")]
    assert len(days) == EACH and days == sorted(days, reverse=True)
    assert text_of(root, "updated") == days[0]


async def test_long_quote_is_short_in_the_title_and_whole_in_the_content(tmp_path: Path) -> None:
    text = "word " * 200 + "end"
    entry = (await feed(serve(tmp_path / "quotes.db", [Row(text=text, speaker=1)]))).find(f"{ATOM}entry")
    assert entry is not None
    assert text in text_of(entry, "content")
    title = text_of(entry, "title").removeprefix("Speaker 1: ")
    assert title.endswith("word…") and len(title) <= LONGEST_TITLE + 1


async def test_name_of_the_database_is_written_as_an_address(database_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "my news & more.db"
    path.write_bytes(database_path.read_bytes())
    ds: Any = Datasette([str(path)], settings={"base_url": "/prefix/"})
    address = ds.urls.database("my news & more")
    response = await ds.client.get(f"{address.removeprefix('/prefix')}/-/quotes.atom")
    root = ElementTree.fromstring(response.content)
    check(root)
    assert links(root)["self"] == f"http://localhost{address}/-/quotes.atom"
    assert "my news & more" in text_of(root, "title")
