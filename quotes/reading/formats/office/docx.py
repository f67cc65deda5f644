"""Word documents: the paragraphs of `word/document.xml` in their order, read as a stream.

Not python-docx 1.2, which drops headlines that are links, text in boxes, in content controls and in smart tags, and
what was inserted with tracked changes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ....errors import ReadingError
from ...documents import Document
from ...streams import Given, held
from ..databases.export_articles import caught, of_document

if TYPE_CHECKING:
    from ..registry import Head

LARGEST_XML = 500_000_000
"""Bytes of markup that are read of a document; 500 articles have 30,000,000."""

_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"customXml/")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# Text that is not shown: deleted or moved away, codes of fields, what older programs show in place of a box.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sdtPr", "fldData"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_TITLE = re.compile(r"title|heading ?1|.*headline", re.I)
_OFF = frozenset({"0", "false", "off"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


def looks_like(head: Head) -> bool:
    """Return whether it is a Word document."""
    data = head.data
    if not (data.startswith(b"PK\x03\x04") and data[30:60].startswith(_PARTS)):
        return False
    if b"word/" in data or b"wordprocessingml" in _first(data):
        return True
    return not head.whole and head.name.lower().endswith((".docx", ".docm"))


def _first(data: bytes) -> bytes:
    """What the first file of a zip archive begins with."""
    start = 30 + int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start:], 100_000) if data[8] == 8 else data[start:]
    except zlib.error:
        return b""


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the article that a document is, or those of the export in it."""
    yield from caught(given, source, lambda stream: _read(stream, source))


def _read(stream: BinaryIO, source: str) -> Iterator[Document | ReadingError]:
    titles: list[str] = []
    yield from of_document(lines(stream, source, titles), source, lambda: titles[0] if titles else None)


def lines(stream: BinaryIO, source: str, titles: list[str] | None = None) -> Iterator[str]:
    """Yield the lines of the paragraphs, an empty one after each.

    titles (list[str] | None): Where what has the style of a title goes as well.
    RAISES (ReadingError): If it is broken, or no Word document.
    """
    try:
        with zipfile.ZipFile(stream if stream.seekable() else held(stream, source)) as archive:
            names = [name for name in archive.namelist() if re.fullmatch(r"word/document\d*\.xml", name)]
            if not names:
                raise ReadingError(source, "no Word document; there is no text of one in it")
            with archive.open(names[0]) as part:
                yield from _lines(part, source, titles)
    except ReadingError:
        raise
    except _BROKEN as error:
        if "password" in str(error):
            raise ReadingError(source, "locked with a password; save it without") from error
        raise ReadingError(source, "broken or cut off, so that it can't be read; save or export it again") from error


def _lines(part: Any, source: str, titles: list[str] | None) -> Iterator[str]:
    from lxml import etree

    begun = etree.iterparse(part, events=("end",), tag=(f"{_WORD}p", f"{_STRICT}p"), resolve_entities=False,
                            no_network=True, remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        for _, paragraph in begun:
            if part.tell() > LARGEST_XML:
                raise ReadingError(source, f"more than {LARGEST_XML // 1_000_000} MB of markup, too large to be read")
            if any(_name(above) in ("p", *_UNSEEN) for above in paragraph.iterancestors()):
                continue  # in a box: it comes with the paragraph round it
            texts = ["".join(_texts(paragraph)), *_boxes(paragraph)]
            if titles is not None and not titles and _is_title(paragraph) and texts[0].strip():
                titles.append(" ".join(texts[0].split()))
            for text in texts:
                yield from text.split("\n")
                yield ""
            paragraph.clear()
            above = paragraph.getparent()
            while above is not None and _name(above) == "body" and paragraph.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise ReadingError(source, "broken: its markup ends early or is not well-formed; save it again") from error


def _texts(element: Any) -> Iterator[str]:
    """The text that is shown in an element, without that in boxes."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            # A break of a page or a column is none of a line.
            yield _SIGNS[name] if _attribute(child, "type") in (None, "textWrapping") else ""
        elif name not in _UNSEEN and name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            yield from _texts(child)


def _boxes(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter("{*}txbxContent"):
        if not any(_name(above) in _UNSEEN for above in element.iterancestors()):
            for inner in element.iter("{*}p"):
                yield "".join(_texts(inner))


def _is_hidden(run: Any) -> bool:
    return any(_attribute(mark, "val") not in _OFF for mark in run.findall("{*}rPr/{*}vanish"))


def _is_title(paragraph: Any) -> bool:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return style is not None and bool(_TITLE.fullmatch(_attribute(style, "val") or ""))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str | None:
    value: str | None = element.get(f"{_WORD}{name}", element.get(f"{_STRICT}{name}"))
    return value
