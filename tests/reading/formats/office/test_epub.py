"""EPUBs give a document for each part that is a story; a newspaper's know their outlet, day and address."""

import io
import zipfile

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.office.epub import documents
from quotes.reading.kinds import kind_of

STORY = (
    "<p>“We will rebuild the pier before the summer,” said Ana Cortés, the mayor of Port Ellery, on Monday night.</p>"
    * 2
)
COVER = "<html><body><h1>Harbour Courier</h1><a href='1.xhtml'>Pier to be rebuilt before the summer</a></body></html>"
CALIBRE = "<p>This article was downloaded by <b>calibre</b> from <a href='https://courier.example/pier'>there</a></p>"
NEWSPAPER = '<meta name="calibre:publication_type" content="periodical:newspaper:calibre"/>'


def page(more: str = "") -> str:
    return f"<html><head><title>Pier</title></head><body>{STORY}{more}</body></html>"


def epub(meta: str, pages: dict[str, str], spine: str = "") -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    spine = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    points = "".join(
        f'<navPoint><navLabel><text>Title of {n}</text></navLabel><content src="{name}#top"/></navPoint>'
        for n, name in enumerate(pages)
    )
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</metadata><manifest>{items}'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        f"<spine>{spine}</spine></package>",
        "OEBPS/toc.ncx": f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>',
        **{f"OEBPS/{name}": content for name, content in pages.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(data: bytes) -> list[Document | str]:
    return [one if isinstance(one, Document) else str(one) for one in documents(io.BytesIO(data), "a.epub")]


def test_a_newspaper() -> None:
    meta = (
        "<dc:title>Harbour Courier [Tue, 04 Mar 2025]</dc:title><dc:creator>calibre</dc:creator>"
        f"<dc:date>2025-03-04T05:00:00+00:00</dc:date><dc:language>en</dc:language>{NEWSPAPER}"
    )
    data = epub(meta, {"cover.xhtml": COVER, "feed 0/1.xhtml": page(CALIBRE), "2.xhtml": page()})
    for name in ("a.epub", "a.zip", "a"):
        assert kind_of(data, name) == "epub"
    metadata = {"outlet": "Harbour Courier", "published": "2025-03-04", "language": "en"}
    assert read(data) == [
        Document(
            "a.epub#OEBPS/feed 0/1.xhtml",
            page(CALIBRE).encode(),
            "html",
            Metadata(url="https://courier.example/pier", title="Title of 1", **metadata),
        ),
        Document("a.epub#OEBPS/2.xhtml", page().encode(), "html", Metadata(title="Title of 2", **metadata)),
    ]


def test_a_book() -> None:
    data = epub("<dc:title>The Pier</dc:title><dc:creator>Lena Marsh</dc:creator>", {"1.xhtml": page()})
    (found,) = read(data)
    assert isinstance(found, Document)
    assert found.metadata == Metadata(title="Title of 0", byline="Lena Marsh"), "a book's title is no outlet"


def test_a_part_that_is_not_there_costs_itself_only() -> None:
    data = epub("", {"1.xhtml": page(), "2.xhtml": page()}).replace(b"OEBPS/1.xhtml", b"OEBPS/x.xhtml")
    error, found = read(data)
    assert error == "a.epub#OEBPS/1.xhtml: broken: there is no OEBPS/1.xhtml in it"
    assert isinstance(found, Document)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (epub("", {"cover.xhtml": COVER}), "no article in this EPUB"),
        (epub("", {"1.xhtml": page()})[:400], "cut short, broken, or not an EPUB"),
        (epub("", {}).replace(b"container.xml", b"kontainer.xml"), "broken: there is no META-INF/container.xml in it"),
        (b"", "cut short, broken, or not an EPUB"),
    ],
)
def test_what_can_not_be_read_is_told_in_a_line(data: bytes, line: str) -> None:
    (error,) = documents(io.BytesIO(data), "a.epub")
    assert isinstance(error, ReadingError)
    assert error.message.startswith(line)


def test_a_newspaper_that_says_so_only_by_its_author() -> None:
    meta = "<dc:title>Harbour Courier [Tue, 04 Mar 2025]</dc:title><dc:creator>calibre</dc:creator>"
    meta += "<dc:date>2025-03-04</dc:date>"
    (document,) = read(epub(meta, {"1.xhtml": page()}))
    assert isinstance(document, Document)
    found = document.metadata
    assert (found.outlet, found.published, found.byline) == ("Harbour Courier", "2025-03-04", None)
