"""What sort of source some bytes are is told by what is in them; the suffix counts where that can't tell."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.reading.formats.markup import looks_html
from quotes.reading.kinds import HEAD, kind_of

STORY = "The car ferry ran onto the rocks on Monday night, officials said.\n\n“We knew,” said Pell.\n"
PAGE = "<html><head><title>Ferry</title></head><body><p>“We knew,” said Pell.</p></body></html>"
RSS = '<rss version="2.0"><channel><title>Courier</title></channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title></feed>'
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
ROW = {"title": "Ferry aground", "text": STORY}
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": []}


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"story"))
    return file.getvalue()


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "story")
    return file.getvalue()


def kind(content: str | bytes, name: str = "source") -> str:
    return kind_of(content if isinstance(content, bytes) else content.encode(), name)


@pytest.mark.parametrize(
    "content",
    [
        STORY,
        "",
        "<3 is how the sisters sign their letters.\n",
        "<Laughter> filled the hall, said Pell.\n",
        "{laughs} We knew, said Pell.\n",
        "{\n",
        "[Photo: Ewan Tait] We knew, said Pell.\n",
        "[1] We knew, said Pell.\n",
        "Date, time and text of the law were published, he said.\nAll was in it, she said.\n",
        "Title, text\n",
        "text\nstory\n",
        "<b> is the tag for bold letters, he said",
        "WARC files hold pages, she said.",
        "PK is a bank",
        f"{XML}<book><chapter>Story</chapter></book>",
        f"{XML}<urlset><url></url></urlset>",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        bytes(2000),
    ],
)
def test_what_is_nothing_else_is_text(content: str | bytes) -> None:
    assert kind(content) == kind(content, "story.txt") == "text"


@pytest.mark.parametrize("name", ["report.pptx", "report"])
@pytest.mark.parametrize("first", ["[Content_Types].xml", "_rels/.rels", "mimetype"])
def test_office_files_are_no_archives(first: str, name: str) -> None:
    assert kind(zipped(first, "ppt/presentation.xml"), name) == "text"


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        f"<!DOCTYPE html>\n{PAGE}",
        f"\n\n  <!doctype HTML>{PAGE}",
        f"\ufeff{PAGE}",
        f"<!-- saved from url -->\n<!-- twice -->{PAGE}",
        f'{XML}<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/x.dtd">\n{PAGE}',
        f"{XML}{PAGE}",
        '<html xmlns="http://www.w3.org/1999/xhtml"',
        "<html>",
        "<p>“We knew,” said Pell.</p>",
        "<div class='story'><p>We knew.</p></div>",
        "<head><title>Ferry</title></head>",
        PAGE.encode("utf-16"),
        PAGE.encode("cp1252"),
    ],
)
def test_pages(content: str | bytes) -> None:
    assert kind(content) == kind(content, "news.csv") == "html"


def test_a_piece_of_a_page_that_is_called_one() -> None:
    assert kind("Warning: in line 5\n<br>Story", "story.html") == "html"
    assert kind("Story, no tag in it", "story.html") == "text"


@pytest.mark.parametrize(
    "content",
    [
        RSS,
        XML + RSS,
        ATOM,
        XML + ATOM,
        f"{XML}<?xml-stylesheet href='a.xsl'?>\n<!-- made by hand -->{RSS}",
        f"{XML}<!DOCTYPE rss PUBLIC 'x'>{RSS}",
        "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>",
        RDF,
        XML + RDF,
        json.dumps(JSON_FEED),
        json.dumps(JSON_FEED, indent=2),
        RSS.encode("utf-16"),
    ],
)
def test_feeds(content: str | bytes) -> None:
    assert kind(content) == kind(content, "news.json") == kind(content, "news.xml") == "feed"


def test_json_lines() -> None:
    line = json.dumps(ROW)
    assert kind(f"{line}\n{line}\n") == kind(line) == kind(f"\ufeff{line}\r\n{line}") == "jsonl"
    assert kind(f"{line}\n{line}\n", "rows.json") == "jsonl"
    assert kind('{"text": "' + "long " * HEAD) == "jsonl"
    assert kind('{"broken\n' + line, "rows.jsonl") == kind("", "rows.ndjson") == "jsonl"


def test_json_lines_are_told_by_all_their_lines() -> None:
    line, broken = json.dumps(ROW), '{"text": "We knew.'
    assert kind(f"{broken}\n{line}\n{line}\n") == kind(f"{line}\r{line}\r{line}") == "jsonl"
    assert kind(f"{line}\n" + json.dumps({"text": "long " * HEAD})) == "jsonl", "the head ends within the second"
    wrapped = f'{{"status": "ok", "articles": [\n{line},\n{line}\n]}}\n'
    assert kind(wrapped) == kind(wrapped, "rows.json") == kind(wrapped, "rows.jsonl") == "json"
    indented = json.dumps({"articles": [ROW]}, indent=1)
    assert kind(indented) == kind(indented, "rows.jsonl") == "json"


def test_json_objects() -> None:
    for rows in ([ROW, ROW], [], ROW):
        assert kind(json.dumps(rows, indent=2), "rows.json") == "json"
    assert kind(json.dumps([ROW])) == kind(json.dumps([ROW], indent=1)) == kind("[]") == "json"
    assert kind(json.dumps(ROW, indent=2)) == "json"
    assert kind(json.dumps(ROW), "rows.json") == "json"


def test_tables_in_csv() -> None:
    table = 'title,text\nFerry,"We knew, said Pell."\n'
    assert kind(table) == kind(table, "rows.txt") == kind(table.replace(",", "\t", 2), "rows.tsv") == "csv"
    assert kind('"Title";"Body";"Date"\n"a";"b";"c"\n') == "csv"
    assert kind(table.encode("utf-16")) == kind(table.encode("utf-8-sig")) == "csv"
    assert kind(STORY, "rows.csv") == kind("", "rows.CSV") == "csv"
    assert kind("a,b\n1,2\n") == kind("title,text\n") == kind("title,text,url\nno row\n") == "text"


def test_databases_and_parquet(tmp_path: Path) -> None:
    path = tmp_path / "any"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE a(b)")
    database.close()
    assert kind(path.read_bytes()) == "sqlite"
    assert kind(b"PAR1\x15\x04") == "parquet"
    junk = bytes(range(256)) * 10
    assert [kind(junk, f"a{suffix}") for suffix in (".db", ".sqlite", ".db#articles", ".parquet", "")] == [
        *["sqlite"] * 3,
        "parquet",
        "text",
    ]


def test_archives() -> None:
    assert kind(zipped("a.txt")) == kind(zipped()) == "zip"
    assert kind(tar()) == kind(bz2.compress(tar())) == kind(lzma.compress(tar())) == "tar"
    assert kind(gzip.compress(tar())) == "tar"
    assert kind(gzip.compress(b"WARC/1.0\r\n")) == kind(b"WARC/1.1\r\n") == "warc"
    assert kind(gzip.compress(STORY.encode())) == kind(b"\x1f\x8bbroken") == "gzip"
    assert kind(gzip.compress(tar() * 50)[:600]) == "tar"


def test_the_suffix_tells_what_is_broken() -> None:
    names = {"a.zip": "zip", "a.tar.gz": "tar", "a.TGZ": "tar", "a.tar.xz": "tar", "a.warc.gz": "warc", "a.gz": "gzip"}
    assert {name: kind(b"", name) for name in names} == names
    assert kind(b"", "https://courier.example/rows.csv?day=1#top") == "csv"
    assert kind(b"", "https://courier.example/?file=rows.csv") == "text"


@given(st.binary(max_size=600), st.text(max_size=10))
def test_any_bytes_are_of_some_kind(head: bytes, name: str) -> None:
    assert kind_of(head, name)


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "!--", "-->", "<!doctype ", "[", "]", "{", '"', ":", ",", "\n", "<?", "text", "html", "\\"]
        )
    ).map("".join)
)
def test_any_marks_are_of_some_kind(text: str) -> None:
    assert kind(text)
    looks_html(text)


@pytest.mark.parametrize("part", ["<!--", "<!-- -->", "<? ", "<!a", "<!doctype a [", '{"', "<p", "\\", '{"a":', "a,"])
def test_hostile_marks_take_linear_time(part: str) -> None:
    for begin in ("", "<", '{"', "["):
        assert growth(lambda text, begin=begin: kind(begin + text), part, 15_000) < MOST
