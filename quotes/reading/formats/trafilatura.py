"""What trafilatura writes as XML, its own and TEI: a story with what the page said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import ReadingError
from ..dates import to_day
from ..documents import Document, Metadata
from ..streams import Given, filled, opened
from .markup import root
from .registry import Head
from .tables.table_columns import LARGEST_PAGE

_TEI = "{http://www.tei-c.org/ns/1.0}"
_DOC = re.compile(r"<doc\s[^>]*?\b(?:sitename|fingerprint|hostname|url)\s*+=|<doc\s[^>]*+>\s*+<main\b")
_BLOCKS = frozenset("p head quote item cell ab code".split())


def looks_like(head: Head) -> bool:
    """Return whether its first element is a `doc` with trafilatura's attributes, or a TEI with its encoder's name."""
    if head.text is None or not head.text.lstrip().startswith("<"):
        return False
    name = root(head.text)
    return (name == "doc" and bool(_DOC.search(head.text))) or (
        name == "tei" and re.search(r"<application\b[^>]*\bident=\"Trafilatura\"", head.text) is not None
    )


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the story of a file, without its comments."""
    from lxml import etree

    try:
        with opened(given, source) as stream:
            data = filled(stream, LARGEST_PAGE + 1)
        if len(data) > LARGEST_PAGE:
            raise ReadingError(source, f"larger than {LARGEST_PAGE // 1_000_000} MB, too large for one article")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            tree = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadingError(source, f"broken XML of trafilatura ({' '.join(str(error).split())[:100]})") from error
        main = tree.find("main") if tree.tag == "doc" else tree.find(f".//{_TEI}body/{_TEI}div[@type='entry']")
        text = "\n\n".join(_paragraphs(main)) if main is not None else ""
        if not text:
            raise ReadingError(source, "no story in this XML of trafilatura")
        yield Document(source, text, "text", _metadata(tree))
    except ReadingError as error:
        yield error


def _paragraphs(element: Any) -> Iterator[str]:
    """The texts of blocks; one that holds others goes by these."""
    for child in element:
        name = _name(child)
        if name in _BLOCKS and not any(_name(inner) in _BLOCKS for inner in child.iterdescendants()):
            if words := _words(child):
                yield words
        else:
            yield from _loose(child.text)
            yield from _paragraphs(child)
        yield from _loose(child.tail)


def _loose(text: str | None) -> Iterator[str]:
    if words := " ".join((text or "").split()):
        yield words


def _words(element: Any) -> str:
    """The words of a block; `lb` breaks its lines."""
    for line_end in element.iter("lb", f"{_TEI}lb"):
        line_end.tail = f"\n{line_end.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(element.itertext()).split("\n"))
    return "\n".join(filter(None, lines))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _metadata(tree: Any) -> Metadata:
    if tree.tag == "doc":
        value = tree.get
        return Metadata(
            value("url") or value("source") or None,
            value("title") or None,
            value("sitename") or value("hostname") or None,
            value("author") or None,
            to_day(value("date") or ""),
            value("language") or None,
        )

    def text(path: str) -> str | None:
        found = tree.find("/".join(f"{_TEI}{part}" for part in path.split("/")))
        return _words(found) or None if found is not None else None

    header = "teiHeader/fileDesc/"
    links = tree.iterfind(f".//{_TEI}ptr[@type='URL']")
    authors = tree.iterfind(f"{_TEI}teiHeader/{_TEI}fileDesc/{_TEI}titleStmt/{_TEI}author")
    return Metadata(
        next((link.get("target") for link in links), None),
        text(f"{header}titleStmt/title"),
        re.sub(r"\s*\([\w.-]+\)$", "", text(f"{header}sourceDesc/biblFull/publicationStmt/publisher") or "") or None,
        ", ".join(filter(None, map(_words, authors))) or None,
        to_day(text(f"{header}sourceDesc/biblFull/publicationStmt/date") or ""),
        None,
    )
