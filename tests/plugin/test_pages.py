from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.export.publishing import publish
from quotes.plugin import STATIC, datasette_compat, quotes_databases
from quotes.plugin.datasette_compat import configuration
from quotes.plugin.pages import cell_links
from quotes.store.database import close_database, open_database, reading

HOSTILE = 4
UNTITLED = 6


class Story(HTMLParser):
    """Collects the text of the story, without the speakers' labels, and all attributes of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.marks: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self._paragraph = self._label = self._story = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self._story = self._story or found.get("class") == "story"
        self._paragraph = self._paragraph or (self._story and tag == "p")
        self._label = self._label or found.get("class") == "said-by"
        if tag == "mark":
            self.marks.append(found)
        if tag == "a":
            self.links.append(found.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._paragraph = False
        if tag == "div":
            self._story = False
        if tag == "a":
            self._label = False

    def handle_data(self, data: str) -> None:
        if self._paragraph and not self._label:
            self.text += data


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


async def page(ds: Datasette, path: str) -> Story:
    response = await ds.client.get(path)
    assert response.status_code == 200, path
    return Story(response.text)


async def html(ds: Datasette, path: str) -> str:
    response = await ds.client.get(path, follow_redirects=True)  # 1.0 has queries at another address
    assert response.status_code == 200, path
    return str(response.text)


async def test_story_on_the_page_is_the_stored_text(ds: Datasette, database_path: Path) -> None:
    for article, text in query(database_path, "SELECT id, text FROM articles"):
        assert (await page(ds, f"/quotes/-/article/{article}")).text == text


async def test_every_quote_has_one_place(ds: Datasette, database_path: Path) -> None:
    quotes = query(database_path, "SELECT article_id, group_concat(id) FROM quotes GROUP BY article_id")
    for article, ids in quotes:
        marks = (await page(ds, f"/quotes/-/article/{article}")).marks
        found = [mark["id"] for mark in marks if "id" in mark]
        assert sorted(found) == sorted(f"q-{quote}" for quote in ids.split(","))


async def test_head_of_the_page(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/article/1")
    for expected in (
        '<h1 dir="auto">Ferry aground off Quillan',
        '<a href="/quotes/-/outlet/1">The Harbour Courier</a>',
        "Ada Finch",
        '<span dir="auto">Quillan</span>',
        '<time datetime="2026-03-03">',
        'href="https://harbourcourier.example/2026/ferry?a=1&amp;b=2"',
        "pipeline quotes 0.1.0 &lt;test&gt;",
        STATIC + "pages.css",
        STATIC + "article.css",
    ):
        assert expected in text
    assert 'Copy of <a href="/quotes/-/outlet/4">Northwire</a>' in await html(ds, "/quotes/-/article/2")


async def test_split_quote_has_its_id_on_the_first_piece_only(ds: Datasette) -> None:
    story = await page(ds, "/quotes/-/article/1")
    pieces = [mark for mark in story.marks if mark["data-quote"] == "1"]
    assert [(mark.get("id"), mark["data-piece"]) for mark in pieces] == [("q-1", "0"), (None, "1")]
    assert pieces[0]["title"] == "Mara Ellison, harbour master · direct quote · cue “said” · confidence 0.87"
    text = await html(ds, "/quotes/-/article/1")
    assert '.story:has(#q-1:target) [data-quote="1"]' in text
    assert "#q-3:target" not in text


async def test_nested_and_crossing_quotes(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/article/1")
    outer = text.index('id="q-2"')
    assert outer < text.index('id="q-3"') < text.index("that evening</mark>", outer)
    crossing = [mark for mark in (await page(ds, "/quotes/-/article/1")).marks if mark["data-quote"] == "7"]
    assert [mark.get("id") for mark in crossing] == ["q-7", None]


async def test_legend_counts_and_links(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/article/1")
    legend = text[text.index('class="legend"') : text.index('class="key"')]
    names = re.findall(r"<bdi>([^<]+)</bdi></a>|<span>(no speaker found)</span>", legend)
    assert [a or b for a, b in names] == [
        "Mara Ellison",
        "Port Authority of Quillan",
        "Tomas Reyk",
        "a senior ministry official",
        "no speaker found",
    ]
    assert re.findall(r'class="count"[^>]*>(\d+)<', legend) == ["2", "1", "2", "1", "1"]
    assert 'href="/quotes/-/speaker/2"' in legend


async def test_list_of_quotes_links_to_place_and_row(ds: Datasette) -> None:
    links = (await page(ds, "/quotes/-/article/2")).links
    assert "#q-8" in links
    assert "/quotes/quotes/8" in links
    assert "via <bdi>Northwire</bdi>" in await html(ds, "/quotes/-/article/2")


async def test_cue_and_mention_are_marked(ds: Datasette) -> None:
    text = await html(ds, "/quotes/-/article/1")
    assert re.search(r'<span class="mention speaker-0 by-1" data-of="1">harbour master Mara Ellison</span>', text)
    assert re.search(r'<span class="cue speaker-0 by-1" data-of="2">added</span>', text)


async def test_hostile_article_shows_as_text(ds: Datasette) -> None:
    text = await html(ds, f"/quotes/-/article/{HOSTILE}")
    story = Story(text)
    assert "<script>alert(1)" not in text
    assert "<script>alert(2)" not in text
    assert "{{ 7*7 }}" in text
    assert not {"img", "i", "b>"} & set(story.tags)
    assert not [link for link in story.links if "javascript" in link]
    assert "javascript:alert(4)" in text
    assert '<p dir="auto">' in text


async def test_article_without_title_outlet_or_quotes(ds: Datasette) -> None:
    untitled = await html(ds, f"/quotes/-/article/{UNTITLED}")
    assert "Untitled" in untitled
    assert "Outlet unknown" in untitled
    assert "No quote was found" in await html(ds, "/quotes/-/article/5")


@pytest.mark.parametrize(
    "path",
    [
        "/quotes/-/article/999",
        "/quotes/-/article/999999999999999999",
        "/quotes/-/article/9999999999999999999999",
        "/quotes/-/article/-1",
        "/quotes/-/article/abc",
        "/nowhere/-/article/1",
    ],
)
async def test_unknown_article_is_404(ds: Datasette, path: str) -> None:
    assert (await ds.client.get(path)).status_code == 404


async def test_database_without_articles_is_404() -> None:
    assert (await Datasette(memory=True).client.get("/_memory/-/article/1")).status_code == 404


@pytest.fixture
def foreign_path(tmp_path: Path) -> Path:
    path = tmp_path / "blog.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, text TEXT, url TEXT);"
            "CREATE TABLE quotes (id INTEGER PRIMARY KEY, article_id INTEGER, text TEXT);"
            "INSERT INTO articles VALUES (1, 'Mine', 'Not yours', 'https://blog.example/');"
            "INSERT INTO quotes VALUES (1, 1, 'Hands off');"
        )
    return path


async def test_other_databases_are_left_alone(database_path: Path, foreign_path: Path) -> None:
    ds = Datasette([str(database_path), str(foreign_path)])
    assert (await ds.client.get("/blog/-/article/1")).status_code == 404
    for path in (
        "/blog",
        "/blog/articles",
        "/blog/articles/1",
        "/blog/quotes",
        "/blog/quotes/1",
        "/blog?sql=select+id+as+quote_id,+article_id,+text+from+quotes",
    ):
        text = await html(ds, path)
        assert "/-/article/" not in text
        assert STATIC not in text
    alone = Datasette([str(foreign_path)])
    index = await html(alone, "/")
    assert STATIC not in index
    assert "2 tables" in index


async def test_database_that_becomes_ours_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "later.db"
    sqlite3.connect(path).execute("VACUUM")
    database = Datasette([str(path)]).get_database("later")
    assert not await quotes_databases.is_quotes_database(database)
    close_database(open_database(path))
    assert not await quotes_databases.is_quotes_database(database)  # remembered for a while
    monkeypatch.setattr(quotes_databases, "RECHECK", 0.0)
    assert await quotes_databases.is_quotes_database(database)


@pytest.mark.parametrize("table", ["articles", "quotes", "speakers", "outlets", "quote_spans"])
async def test_permissions_of_every_table_on_the_page_count(database_path: Path, table: str) -> None:
    tables = {table: {"allow": {"id": "root"}}}
    ds = Datasette([str(database_path)], **configuration({"databases": {"quotes": {"tables": tables}}}))
    assert (await ds.client.get("/quotes/-/article/1")).status_code == 403
    cookies = {"ds_actor": ds.sign({"a": {"id": "root"}}, "actor")}
    response = await ds.client.get("/quotes/-/article/1", cookies=cookies)
    assert response.status_code == 200
    assert "🔒" in response.text


async def test_private_database_is_forbidden(database_path: Path) -> None:
    ds = Datasette([str(database_path)], **configuration({"databases": {"quotes": {"allow": False}}}))
    assert (await ds.client.get("/quotes/-/article/1")).status_code == 403


async def test_base_url_and_odd_database_name(database_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "my news.2026.db"
    path.write_bytes(database_path.read_bytes())
    ds = Datasette([str(path)], settings={"base_url": "/prefix/"})
    text = await html(ds, "/my+news~2E2026/quotes")
    assert '<a href="/prefix/my+news~2E2026/-/article/1#q-1">' in text
    text = await html(ds, "/my+news~2E2026/-/article/1")
    assert f'href="/prefix{STATIC}pages.css"' in text
    assert 'href="/prefix/my+news~2E2026/quotes/1"' in text


async def test_a_quote_carries_what_is_copied_with_it(ds: Datasette) -> None:
    for path in ("/quotes/-/quotes", "/quotes/-/article/1"):
        text = await html(ds, path)
        sources = re.findall(r'<li class="[^"]*"(?: id="about-\d+")? data-source="([^"]+)"', text)
        assert any(re.fullmatch(r"Mara Ellison, The Harbour Courier, \d{4}-\d\d-\d\d", source) for source in sources)
        assert f'<script src="{STATIC}copy.js"></script>' in text
    assert 'data-address="https://harbourcourier.example/2026/ferry?a=1&amp;b=2"' in text


async def test_the_page_of_an_article_without_its_text_says_so(database_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "public.db"
    with reading(database_path) as db:
        publish(db, target, without_texts=True)
    ds = Datasette([str(target)])
    texts = [await html(ds, f"/public/-/article/{n}") for n in range(1, 4)]
    assert all('<mark class="quote' in text for text in texts)
    assert any(re.search(r'<p dir="auto" class="furniture"[^>]*>\s*\[Excerpts: ', text) for text in texts)


@pytest.mark.parametrize("name", ["header.css", "tables.css", "pages.css", "article.css", "article.js", "copy.js"])
async def test_what_pages_load_is_served_and_loads_nothing_else(ds: Datasette, name: str) -> None:
    response = await ds.client.get(STATIC + name)
    assert response.status_code == 200
    assert "url(" not in response.text
    assert "http" not in response.text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/quotes/quotes", '<a href="/quotes/-/article/2#q-9">the ferry was too fast</a>'),
        ("/quotes/quotes", '<a href="/quotes/-/article/2">Ferry aground: harbour had warned</a>'),
        ("/quotes/quotes/9", '<a href="/quotes/-/article/2#q-9">the ferry was too fast</a>'),
        ("/quotes/quotes/9", '<a href="/quotes/-/article/2">'),
        ("/quotes/quotes?_nocol=article_id", '<a href="/quotes/quotes/9">the ferry was too fast</a>'),
        ("/quotes/who_said_what", '<a href="/quotes/-/article/2#q-9">the ferry was too fast</a>'),
        ("/quotes/who_said_what", '<a href="/quotes/-/article/2">Ferry aground: harbour had warned</a>'),
        ("/quotes/articles", '<a href="/quotes/-/article/5">Tide table</a>'),
        ("/quotes/articles", '<a href="/quotes/-/article/6">Untitled</a>'),
        ("/quotes/articles", '<a href="http://easternlantern.example/ferry">'),
        ("/quotes/articles/1", '<a href="/quotes/-/article/1">Ferry aground off Quillan as harbour'),
        ("/quotes/outlet_sourcing", '<a href="/quotes/-/outlet/1">The Harbour Courier</a>'),
        ("/quotes/speaker_timeline", '<a href="/quotes/-/speaker/1">Mara Ellison</a>'),
        ("/quotes/shared_wordings", '<a href="/quotes/-/wording/1">“We warned the ferry'),
        ("/quotes/search_quotes?q=fast", '<a href="/quotes/-/article/2#q-9">the ferry was too fast</a>'),
        ("/quotes/articles_without_quotes", '<a href="/quotes/-/article/5">Tide table</a>'),
        ("/quotes/quotes", '<a href="/quotes/-/speaker/1">Mara Ellison</a>'),
        ("/quotes/quotes", '<a href="/quotes/-/outlet/4">Northwire</a>'),
        ("/quotes/speakers", '<a href="/quotes/-/speaker/2">Tomas Reyk</a>'),
        ("/quotes/outlets", '<a href="/quotes/-/outlet/3">Quillan Post</a>'),
        ("/quotes?sql=select+9+as+quote_id", '<a href="/quotes/quotes/9">9</a>'),
    ],
)
async def test_cells_lead_to_the_article(ds: Datasette, path: str, link: str) -> None:
    assert link in await html(ds, path)


async def test_addresses_that_are_not_of_the_web_are_no_links(ds: Datasette) -> None:
    for path in ("/quotes/articles", f"/quotes/articles/{HOSTILE}", "/quotes/who_said_what"):
        story = await page(ds, path)
        assert not [link for link in story.links if "javascript" in link]


async def test_hostile_values_in_cells_are_escaped(ds: Datasette) -> None:
    for path in ("/quotes/quotes", "/quotes/who_said_what", "/quotes/articles", "/quotes/search_quotes"):
        assert "<script>alert(1)" not in await html(ds, path)
    sql = "select '\"><img src=x>' as article_id, 'x' as title, 3 as quote_id, '<img src=y>' as text"
    story = Story(await html(ds, f"/quotes?sql={sql}"))
    assert "img" not in story.tags
    assert "/quotes/quotes/3" in story.links


async def test_long_text_is_shortened(ds: Datasette, database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((text,),) = query(database_path, "SELECT text FROM articles WHERE id = 1")
    row = await html(ds, "/quotes/articles/1")
    assert text[:150].strip() in row
    assert text[-40:] not in row
    monkeypatch.setitem(ds._settings, "truncate_cells_html", 10)
    assert ">the ferry …</a>" in await html(ds, "/quotes/quotes")


@pytest.mark.parametrize(
    ("row", "column", "table"),
    [
        ({"id": 1, "kind": "direct"}, "kind", "quotes"),
        ({"id": 1, "text": "x"}, "text", "wordings"),
        ({"id": 1, "text": "x", "article_id": 2}, "text", "article_versions"),
        ({"title": "x"}, "title", None),
        ({"title": None, "article_id": 1}, "title", None),
        ({"article_id": None}, "article_id", "quotes"),
        ({"article_id": "1"}, "article_id", None),
        ({"article_id": 1.5}, "article_id", None),
        ({"speaker": "x"}, "speaker", None),
        ({"words": 120, "wording_id": 3}, "words", None),
        ({"text": b"x", "quote_id": 1}, "text", None),
    ],
)
def test_other_cells_are_left_to_datasette(row: dict[str, Any], column: str, table: str | None) -> None:
    assert cell_links.link_of(row, row[column], column, table) is None


def test_plugin_imports_nothing_of_the_pipeline() -> None:
    code = (
        "import datasette.app, sys; before = set(sys.modules); import quotes.plugin;"
        "sys.exit(bool({'spacy', 'textacy', 'sqlite_utils', 'onnxruntime'} & (set(sys.modules) - before)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_one_visitor_does_not_wait_for_the_permissions_of_another(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ds = Datasette([str(database_path)])
    assert (await ds.client.get("/quotes/-/wording/1")).status_code == 200
    ask = datasette_compat.may_view_tables
    go_on, asked = asyncio.Event(), asyncio.Event()

    async def slowly(datasette: Datasette, actor: Any, database: str, tables: Iterable[str]) -> bool:
        if actor:
            asked.set()
            await go_on.wait()
        return await ask(datasette, actor, database, tables)

    monkeypatch.setattr(datasette_compat, "may_view_tables", slowly)
    cookies = {"ds_actor": ds.sign({"a": {"id": "slow"}}, "actor")}
    waiting = asyncio.create_task(ds.client.get("/quotes/-/wording/1", cookies=cookies))
    await asyncio.wait_for(asked.wait(), 60)
    assert (await asyncio.wait_for(ds.client.get("/quotes/-/wording/1"), 60)).status_code == 200
    assert not waiting.done()
    go_on.set()
    assert (await waiting).status_code == 200


async def test_links_that_other_plugins_put_in_the_menu_are_there(database_path: Path) -> None:
    class Menu:
        __name__ = "menu"

        @hookimpl
        def menu_links(self) -> Any:
            async def links() -> list[dict[str, str]]:
                return [{"href": "/elsewhere", "label": "Elsewhere"}]

            return links

    pm.register(Menu(), name="menu of a test")
    try:
        assert '<a href="/elsewhere">Elsewhere</a>' in await html(Datasette([str(database_path)]), "/quotes/-/home")
    finally:
        pm.unregister(name="menu of a test")


async def test_words_in_views_lead_to_the_quote(ds: Datasette) -> None:
    for view in ("disagreements", "who_said_what"):
        rows = (await ds.client.get(f"/quotes/{view}.json?_shape=array")).json()
        text = await html(ds, f"/quotes/{view}")
        assert rows
        for row in rows:
            assert text.count(f'/-/article/{row["article_id"]}#q-{row["quote_id"]}"') >= 2


async def test_functions_of_other_plugins_are_awaited_in_templates_of_others(
    database_path: Path, tmp_path: Path
) -> None:
    class Stamp:
        __name__ = "stamp"

        @hookimpl
        def extra_template_vars(self) -> Any:
            async def stamp() -> str:
                return "stamped"

            return {"stamp": stamp}

    (tmp_path / "_footer.html").write_text("{{ stamp() }} by hand")
    pm.register(Stamp(), name="stamp of a test")
    try:
        text = await html(Datasette([str(database_path)], template_dir=str(tmp_path)), "/quotes/-/home")
        assert "stamped by hand" in text
    finally:
        pm.unregister(name="stamp of a test")


@pytest.mark.parametrize("allowed", [True, False])
async def test_export_works_with_and_without_streams(database_path: Path, allowed: bool) -> None:
    ds = Datasette([str(database_path)], settings={"allow_csv_stream": allowed})
    (link,) = re.findall(r'href="([^"]+\.csv[^"]*)"', await html(ds, "/quotes/-/outlet/1"))
    assert (await ds.client.get(link.replace("&amp;", "&"))).status_code == 200
