"""NewsML-G2 gives its texts: of one item, of a message of many, in any namespace and form."""

import io

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.newsmlg2 import documents
from quotes.reading.kinds import kind_of

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
TEXT = "PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto rocks on Sunday.\n\n“We knew,” said Ann Pell."
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>T</title></head>
<body><header><ul class="slugline"><li>Ferry</li></ul><h1>Ferry aground</h1></header>
<p><span class="dateline">PORT ELLERY, Nov 5 <span class="credit">(Reuters)</span> - </span>The ferry
ran onto rocks on Sunday.</p>
<p>“We knew,” said Ann Pell.</p></body></html></inlineXML>"""
NO_NAMESPACE = XHTML.replace(' xmlns="http://www.w3.org/1999/xhtml"', ' xmlns=""')
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>X</hl1></hedline></body.head><body.content>
<p>PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto rocks on Sunday.</p><p>“We knew,” said Ann Pell.</p>
</body.content></body></nitf></inlineXML>"""
CDATA = """<inlineData contenttype="text/html">
<![CDATA[<p>PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto rocks on Sunday.</p>
<p>“We knew,” said Ann Pell.</p>]]></inlineData>"""
# A whole story in one paragraph, as a terminal shows it.
INDENTED = """<inlineXML contenttype="application/xhtml+html"><html xmlns="http://www.w3.org/1999/xhtml">
<body><p>(Adds comment, detail)
    * Ferry sails again in May
    * Six are missing

    By Jane Doe
    PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto
rocks on Sunday.
    “We knew,” said Ann
Pell.
    \n
 (Reporting by Jane Doe in Port Ellery; Editing by John
Roe)</p></body></html></inlineXML>"""


def item(content: str, namespace: str = "", sort: str = "text", title: str = "Ferry aground") -> str:
    return f"""<newsItem {namespace} guid="tag:example.org,2023:1" standard="NewsML-G2" xml:lang="en">
<itemMeta><itemClass qcode="ninat:{sort}"/><provider literal="reuters.com"/>
<versionCreated>2023-11-05T10:15:00.000Z</versionCreated>
<edNote>Updates the previous version</edNote></itemMeta>
<contentMeta><slugline>FERRY-SEA/</slugline><headline>{title}</headline>
<headline role="hld:subHeadline">Six missing</headline>
<by>By Jane Doe</by><creditline>Reuters</creditline><language tag="en-GB"/></contentMeta>
<contentSet><remoteContent href="a.jpg" contenttype="image/jpeg"/>{content}</contentSet></newsItem>"""


def message(*items: str, namespace: str = NAR) -> str:
    sent = "<header><sent>2023-11-05T10:15:00Z</sent></header>"
    return f'<?xml version="1.0"?><newsMessage {namespace}>{sent}<itemSet>{"".join(items)}</itemSet></newsMessage>'


def read(text: str) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(text.encode()), "a.xml"))


@pytest.mark.parametrize("content", [XHTML, NO_NAMESPACE, NITF, CDATA, INDENTED])
@pytest.mark.parametrize("namespace", [NAR, ""])
def test_one_item_in_every_form(content: str, namespace: str) -> None:
    (document,) = read(item(content, namespace))
    metadata = Metadata(
        title="Ferry aground", outlet="Reuters", byline="Jane Doe", published="2023-11-05", language="en-GB"
    )
    assert document == Document("a.xml", TEXT, "text", metadata)


def test_a_message_with_two_texts_a_picture_and_a_package() -> None:
    package = f'<packageItem {NAR}><itemMeta><itemClass qcode="ninat:composite"/></itemMeta></packageItem>'
    picture = item("", sort="picture")
    first, second = read(message(package, item(XHTML), picture, item(NITF, title="Again")))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert [(one.source, one.metadata.title, one.data) for one in (first, second)] == [
        ("a.xml#1", "Ferry aground", TEXT),
        ("a.xml#2", "Again", TEXT),
    ]


def test_bad_input_is_one_line() -> None:
    assert list(map(str, read(message(item("", sort="picture"))))) == [
        "a.xml: NewsML-G2 without a text: only packages, pictures or others; read the items themselves"
    ]
    assert list(map(str, read(message(item(""))))) == [
        "a.xml#1: an item without a story; nothing in it is text for print"
    ]
    kept, error = read(message(item(XHTML), item(NITF))[:-300])
    assert isinstance(kept, Document)
    assert "cut short" in str(error)
    assert list(map(str, read(""))) == ["a.xml: empty, nothing to read"]


def test_it_is_told_by_what_is_in_it() -> None:
    for name in ("a.xml", "a.txt", "a"):
        assert kind_of(message(item(XHTML)).encode(), name) == "newsmlg2"
        assert kind_of(item(NITF, NAR).encode(), name) == "newsmlg2"
        assert kind_of(item(NITF).encode(), name) == "newsmlg2"
