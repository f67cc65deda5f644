"""NITF gives its stories, without teasers, captions and notes, with what its head says."""

import io
from pathlib import Path

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.nitf import documents
from quotes.reading.kinds import kind_of

HEAD = """<head><title>Slug only</title><docdata><doc-id regsrc="AP"/><date.issue norm="{date}"/></docdata></head>"""
BODY_HEAD = """<body.head><hedline><hl1>Ferry runs aground &mdash; R&D blamed</hl1><hl2>More</hl2></hedline>
<byline>By JANE DOE<byttl>AP Business Writer</byttl></byline><distributor>The Associated Press</distributor>
<dateline><location>PORT ELLERY</location></dateline><abstract><p>“No,” said Teaser Roe.</p></abstract>
<note><body.content><p>“Call us,” said Note Roe.</p></body.content></note></body.head>"""
STORY = """<p>PORT ELLERY (AP) — The ferry ran onto rocks, officials said.</p><p>“We knew,” said <person>Ann
Pell</person>
, the harbour master.</p>"""
TEXT = "PORT ELLERY (AP) — The ferry ran onto rocks, officials said.\n\n“We knew,” said Ann Pell, the harbour master."


def nitf(content: str = STORY, date: str = "20231105T101500Z", attributes: str = "", head: str = BODY_HEAD) -> str:
    body = f"<body>{head}<body.content>{content}</body.content><body.end><tagline>bye</tagline></body.end></body>"
    return f'<nitf change.date="October 18, 2006" {attributes}>{HEAD.format(date=date)}{body}</nitf>'


def read(text: str | bytes) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(text if isinstance(text, bytes) else text.encode()), "a.xml"))


def one(text: str | bytes) -> Document:
    (document,) = read(text)
    assert isinstance(document, Document), document
    return document


def test_a_story_with_all_that_is_told_of_it() -> None:
    metadata = Metadata(
        title="Ferry runs aground — R&D blamed",
        outlet="Associated Press",
        byline="Jane Doe",
        published="2023-11-05",
    )
    assert one(nitf()) == Document("a.xml", TEXT, "text", metadata)


@pytest.mark.parametrize("attributes", ['xmlns="http://iptc.org/std/NITF/2006-10-18/"', 'xmlns="urn:example:own"', ""])
@pytest.mark.parametrize("content", [STORY, f"<block id='Main'>{STORY}</block>"])
def test_with_and_without_a_namespace_and_blocks(attributes: str, content: str) -> None:
    assert one(nitf(content, attributes=attributes)).data == TEXT


@pytest.mark.parametrize("date", ["20231105T101500Z", "20231105T101500+0100", "2023-11-05T10:15:00", "20231105"])
def test_dates_in_four_forms(date: str) -> None:
    assert one(nitf(date=date)).metadata.published == "2023-11-05"


def test_captions_tables_notes_and_credits_are_no_story() -> None:
    more = (
        "<media><media-caption>“Hi,” says Cap Tion.</media-caption></media>"
        "<table><tr><td>“Nine,” said Table Roe.</td></tr></table><p>(Eds: adds quotes)</p><p>___</p>"
        "<p>Kay Lee in Port Ellery contributed to this report.</p><p>ends</p>"
    )
    assert one(nitf(STORY + more)).data == TEXT


def test_a_doctype_and_breaks_within_a_sentence() -> None:
    doctype = '<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">\n'
    text = f"{doctype}{nitf('<p>   The fire <br />spread <br />fast.</p><p/>')}"
    assert one(text).data == "The fire spread fast."


def test_entities_are_not_opened() -> None:
    text = f'<!DOCTYPE nitf [<!ENTITY secret SYSTEM "file:///etc/hostname">]>{nitf("<p>The ferry &secret; sank.</p>")}'
    assert one(text).data == "The ferry sank."


def test_two_stories_in_one_root_and_what_is_cut_short() -> None:
    many = f"<stories>{nitf()}{nitf('<p>Another story.</p>')}</stories>"
    first, second = read(many)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert [first.source, second.source, second.data] == ["a.xml#1", "a.xml#2", "Another story."]
    kept, error = read(many[:-60])
    assert isinstance(kept, Document) and kept.data == TEXT
    assert str(error) == "a.xml: XML that is broken or cut short in line 9 after 1 item; what was read before stays"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.xml: empty, nothing to read"),
        ("<nitf><body>", "a.xml: XML that is broken or cut short in line 1"),
        (
            "<nitf><body><body.content/></body></nitf>",
            "a.xml: an item without a story; nothing in it is text for print",
        ),
        ("<a/>", "a.xml: no NITF; there is no element called nitf in it"),
    ],
)
def test_bad_input_is_one_line(text: str, message: str) -> None:
    (error,) = read(text)
    assert isinstance(error, ReadingError)
    assert str(error) == message


def test_it_is_told_by_its_root() -> None:
    for name in ("a.xml", "a.txt", "a"):
        assert kind_of(nitf().encode(), name) == "nitf"
        assert kind_of(f"<stories>{nitf()}</stories>".encode(), name) == "nitf"
    assert kind_of(b"<html><body><p>What <nitf> is</p></body></html>", "a.html") == "html"
    assert kind_of(b"<rss><channel><item><nitf/></item></channel></rss>", "a.xml") == "feed"


def test_a_large_file_is_read_item_by_item(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("w") as file:
        file.write("<stories>" + nitf() * 300 + "</stories>")
    assert len(list(documents(path, "a.xml"))) == 300
