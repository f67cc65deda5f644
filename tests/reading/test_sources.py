"""Sources of every kind, through the one door that `quotes ingest` uses."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.errors import ReadingError
from quotes.reading import ReadOptions, Unchanged, articles
from quotes.records import Article

STORY = (
    "“We will rebuild the pier before the summer,” said Ana Cortés, the mayor of Port Ellery, on Monday. "
    "The pier was closed in May, after a storm had torn away three of its oldest piles and the lamps at its end.\n\n"
    "“It will cost the town nothing that it does not have,” she added. Bo Lind, who sells ice cream there, said that "
    "he would wait and see what became of it, as he had waited for the ferry that was promised two years ago."
)
FERRY = STORY.replace("pier", "ferry").replace("Ana Cortés", "Mara Ellison")


def page(story: str = STORY, title: str = "Pier to be rebuilt", canonical: str = "") -> str:
    body = "".join(f"<p>{part}</p>" for part in story.split("\n\n"))
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{link}"
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def read(*sources: object, asked: ReadOptions | None = None) -> list[Article]:
    found = list(articles(map(str, sources), asked or ReadOptions()))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def test_a_folder_of_many_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.html").write_text(page(), encoding="utf-8")
    (tmp_path / "c.csv").write_text(f'headline,body\nPier,"{STORY}"\n', encoding="utf-8")
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": FERRY, "publisher": "Harbour Courier"}) + "\n")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("in/page.html", page(FERRY, "Ferry"))
        archive.writestr("in/table.csv", f'text,source\n"{STORY}",Eastern Lantern\n')
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    found = read(tmp_path)
    assert [article.source.removeprefix(f"{tmp_path}/") for article in found] == [
        "a.txt", "b.html", "c.csv#1", "d.jsonl#1", "e.zip#in/page.html", "e.zip#in/table.csv#1",
    ]  # fmt: skip
    assert {article.text for article in found} == {STORY, FERRY}
    assert [article.title for article in found][1:3] == ["Pier to be rebuilt", "Pier"]
    assert [article.outlet.name if article.outlet else None for article in found] == [
        None, None, None, "Harbour Courier", None, "Eastern Lantern",
    ]  # fmt: skip


def test_a_web_archive(tmp_path: Path) -> None:
    target = "https://harbourcourier.example/pier?utm_source=feed"
    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        payload = io.BytesIO(page().encode())
        writer.write_record(writer.create_warc_record(target, "response", payload=payload, http_headers=headers))
    (article,) = read(tmp_path / "crawl.warc.gz")
    assert (article.text, article.url) == (STORY, "https://harbourcourier.example/pier")
    assert article.source.endswith(f"crawl.warc.gz#{target}")


def test_a_table_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE stories (headline TEXT, body TEXT)")
        db.execute("CREATE TABLE notes (text TEXT)")
        db.executemany("INSERT INTO stories VALUES (?, ?)", [("Pier", STORY), ("Ferry", FERRY)])
    found = read(f"{path}#stories")
    assert [(article.title, article.text) for article in found] == [("Pier", STORY), ("Ferry", FERRY)]


def test_columns_that_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f'a,b\n"{STORY}",Harbour Courier\n', encoding="utf-8")
    (article,) = read(tmp_path / "x.csv", asked=ReadOptions(columns={"text": "a", "outlet": "b"}))
    assert article.text == STORY
    assert article.outlet
    assert article.outlet.name == "Harbour Courier"


def test_what_a_source_is_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(page(), encoding="utf-8")
    assert read(tmp_path / "page.txt")[0].text == STORY, "its bytes tell"
    (article,) = read(tmp_path / "page.txt", asked=ReadOptions(kind="html", outlet="Eastern Lantern"))
    assert article.outlet
    assert (article.text, article.outlet.name) == (STORY, "Eastern Lantern")


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.csv", b"", "empty"),
        ("b.zip", b"PK\x03\x04 nothing of it", "broken"),
        ("c.html", b"<html><body><nav>Home</nav></body></html>", "story"),
        ("d.parquet", b"PAR1", "Parquet"),
        ("e.warc", b"WARC/1.0\r\n", "cut short"),
        ("f.jsonl", b'{"text": ', "JSON"),
        ("g.xml", b"<rss><channel>", ""),
    ],
)
def test_what_is_broken_is_told_in_a_line(tmp_path: Path, name: str, data: bytes, line: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(STORY, encoding="utf-8")
    *errors, article = articles([str(tmp_path)])
    assert isinstance(article, Article), "the rest is read all the same"
    assert all(isinstance(error, ReadingError) for error in errors)
    for error in errors:
        assert isinstance(error, ReadingError)
        assert line in error.message
        assert "\n" not in error.message


# -- addresses


class Site(BaseHTTPRequestHandler):
    """A feed of two entries, one whole and one with a page, and a page that is versioned."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        bodies = {
            "/feed.xml": (
                '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
                f"<channel><title>Harbour Courier</title><link>{host}</link>"
                f"<item><title>Ferry</title><link>{host}/ferry</link><pubDate>Tue, 04 Mar 2025 05:00:00 GMT</pubDate>"
                f"<content:encoded><![CDATA[{''.join(f'<p>{p}</p>' for p in (FERRY + '.' * 0).split(chr(10) * 2))}"
                f"<p>{'It was the talk of the town for weeks. ' * 20}</p>]]></content:encoded></item>"
                f"<item><title>Pier, says the feed</title><link>{host}/pier?utm_source=rss</link></item>"
                "</channel></rss>",
                "application/rss+xml",
            ),
            "/pier": (page(canonical=f"{host}/pier"), "text/html"),
        }
        body, kind = bodies.get(self.path.partition("?")[0], ("", ""))
        unchanged = self.headers.get("If-None-Match") == '"one"'
        data = b"" if unchanged else body.encode()
        self.send_response(304 if unchanged and body else 200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", '"one"')
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


LOCAL = ReadOptions(delay=0, allow_private=True)


class Notes:
    """Knows what it is told."""

    def __init__(self, *known: str) -> None:
        self.known = set(known)
        self.versions: dict[str, tuple[str | None, str | None]] = {}

    def is_known(self, url: str) -> bool:
        return url in self.known

    def version(self, url: str) -> tuple[str | None, str | None]:
        return self.versions.get(url, (None, None))

    def note(self, url: str, etag: str | None, last_modified: str | None) -> None:
        self.versions[url] = etag, last_modified


def test_a_feed_leads_to_its_articles(site: str) -> None:
    ferry, pier = read(f"{site}/feed.xml", asked=LOCAL)
    assert ferry.text.startswith(FERRY)
    assert (ferry.url, ferry.title, ferry.published) == (f"{site}/ferry", "Ferry", "2025-03-04")
    assert pier.text == STORY
    assert (pier.url, pier.title) == (f"{site}/pier", "Pier, says the feed")
    assert "/ferry" not in Site.asked, "the feed has the whole of it"


def test_what_is_known_is_not_fetched_again(site: str) -> None:
    notes = Notes(f"{site}/ferry")
    found = list(articles([f"{site}/feed.xml"], LOCAL, notes))
    assert found[0] == Unchanged(f"{site}/ferry")
    assert notes.versions[f"{site}/feed.xml"] == ('"one"', None)
    assert list(articles([f"{site}/feed.xml"], LOCAL, notes)) == [Unchanged(f"{site}/feed.xml")]


def test_a_page_and_what_is_none(site: str) -> None:
    article, error = articles([f"{site}/pier", f"{site}/none"], LOCAL)
    assert isinstance(article, Article)
    assert article.text == STORY
    assert isinstance(error, ReadingError)
    assert error.source == f"{site}/none"
    assert "404" in error.message


def test_private_addresses_are_refused(site: str) -> None:
    (error,) = articles([f"{site}/pier"], ReadOptions(delay=0))
    assert isinstance(error, ReadingError)
    assert "--allow-private" in error.message
    assert Site.asked == []


@pytest.mark.parametrize("name", ["list.txt", "list.json", "list.csv", "list.zip"])
def test_addresses_are_fetched(site: str, tmp_path: Path, name: str) -> None:
    (tmp_path / "list.txt").write_text(f"# to be read\n{site}/pier\n{site}/none\n")
    rows = [{"url": f"{site}/pier", "title": "Pier, says the list"}, {"url": f"{site}/none"}]
    (tmp_path / "list.json").write_text(json.dumps({"articles": rows}))
    (tmp_path / "list.csv").write_text(f"url\n{site}/pier\n{site}/none\n")
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.write(tmp_path / "list.txt", "in/list.urls")
    article, error = articles([str(tmp_path / name)], LOCAL)
    assert isinstance(article, Article)
    assert (article.text, article.url) == (STORY, f"{site}/pier")
    assert article.title == ("Pier, says the list" if name == "list.json" else "Pier to be rebuilt")
    assert isinstance(error, ReadingError)
    assert error.source == f"{site}/none"
    assert next(articles([str(tmp_path / name)], LOCAL, Notes(f"{site}/pier"))) == Unchanged(f"{site}/pier")
