"""EPUBs: each part of the reading order is an article, in a newspaper's with its outlet and day."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

from ....errors import ReadingError
from ...dates import to_day
from ...documents import Document, Metadata
from ...streams import Given
from ..registry import Head
from .zipped import has_mimetype, opened_zip, part, xml_part

FEWEST_WORDS = 20
"""Beside links, of a part that is a story; covers, title pages and lists of contents have fewer."""

_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
# calibre says so in what it makes of newspapers, and calls them `Harbour Courier [Tue, 04 Mar 2025]`.
_PERIODICAL = re.compile(r"newspaper|periodical|magazine", re.I)
_DAY_IN_TITLE = re.compile(r"\s*[\[(][^\[\]()]*\d{4}[^\[\]()]*[\])]\s*$")
_DOWNLOADED = re.compile(r"\bdownloaded (?:by|from)\b", re.I)
_ADDRESS = re.compile(r"https?://[^\s/]+/\S+", re.I)


def looks_like(head: Head) -> bool:
    """Return whether it is one by its mimetype."""
    return has_mimetype(head, "application/epub+zip")


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the parts that hold a story, called `paper.epub#text/3.xhtml`."""
    count = 0
    try:
        with opened_zip(given, source, "an EPUB") as archive:
            name = _package_name(archive, source)
            package = xml_part(archive, name, source)
            titles = _titles(archive, package, name, source)
            book = _metadata_of_all(package)
            for item in _spine(package, name):
                label = f"{source}#{item}"
                try:
                    data = part(archive, item, label)
                    address = _story_address(data)
                except ReadingError as error:
                    yield error
                    continue
                if address is not None:
                    count += 1
                    metadata = Metadata(
                        address or None, titles.get(item), book.outlet, book.byline, book.published, book.language
                    )
                    yield Document(label, data, "html", metadata)
        if not count:
            raise ReadingError(source, "no article in this EPUB; is it locked by its seller, or all pictures?")
    except ReadingError as error:
        yield error


def _package_name(archive: ZipFile, source: str) -> str:
    container = xml_part(archive, "META-INF/container.xml", source)
    found = container.find("{*}rootfiles/{*}rootfile")
    if found is None:
        raise ReadingError(source, "broken: META-INF/container.xml names no package")
    return str(found.get("full-path"))


def _metadata_of_all(package: Any) -> Metadata:
    """What the package says of all its parts."""

    def value(name: str) -> str | None:
        found = package.findtext(f".//{_DC}{name}")
        return " ".join(found.split()) or None if found else None

    types = [element.text or "" for element in package.iterfind(f".//{_DC}type")]
    types += [str(meta.get("content")) for meta in package.iterfind(".//{*}meta[@name='calibre:publication_type']")]
    # calibre is the author of the newspapers that it makes of sites.
    if not any(map(_PERIODICAL.search, types)) and (value("creator") or "").casefold() != "calibre":
        return Metadata(byline=value("creator"), language=value("language"))
    outlet = _DAY_IN_TITLE.sub("", value("title") or "") or None
    return Metadata(outlet=outlet, published=to_day(value("date") or ""), language=value("language"))


def _spine(package: Any, name: str) -> list[str]:
    """The names of the pages in the order of reading, each once, without the list of contents."""
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    found = []
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        found.append(_resolved(name, item.get("href") or ""))
    return list(dict.fromkeys(found))


def _titles(archive: ZipFile, package: Any, name: str, source: str) -> dict[str, str]:
    """The titles of the pages, by the list of contents of EPUB 2 or 3; the first that leads to a page is its own."""
    titles: dict[str, str] = {}
    for item in package.iterfind("{*}manifest/{*}item"):
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        place = _resolved(name, item.get("href") or "")
        try:
            tree = xml_part(archive, place, source)
        except ReadingError:
            continue  # the pages have titles of their own
        if is_nav:
            links = [(link.get("href"), "".join(link.itertext())) for link in tree.iterfind(".//{*}nav//{*}a")]
        else:
            links = [
                (point.find("{*}content").get("src"), point.findtext("{*}navLabel/{*}text") or "")
                for point in tree.iterfind(".//{*}navPoint")
                if point.find("{*}content") is not None
            ]
        for href, title in links:
            if href and title.strip():
                titles.setdefault(_resolved(place, href), " ".join(title.split()))
    return titles


def _resolved(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(urldefrag(href)[0])))


def _story_address(data: bytes) -> str | None:
    """The address that a page says it comes from, empty if none; None if the page is no story but links."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None
    words = len(tree.text_content().split())
    linked = sum(len(link.text_content().split()) for link in tree.iter("a"))
    if words - linked < FEWEST_WORDS:
        return None
    for link in tree.iter("a"):
        around = link.getparent().text_content() if link.getparent() is not None else ""
        href = link.get("href") or ""
        if _ADDRESS.fullmatch(href) and len(around) < 500 and _DOWNLOADED.search(around):
            return str(href)
    return ""
