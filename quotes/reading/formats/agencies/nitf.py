"""NITF, the News Industry Text Format: an XML file of one story, or of many in one root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given
from ..elements import first, local_name, paragraphs_of, text_of
from ..markup import looks_html, root
from ..registry import Head
from .items import day, document, outlet
from .xml_items import items

_ELEMENT = re.compile(r"<(?:[\w-]+:)?nitf[\s>]")
_OTHERS = frozenset({"newsml", "newsmessage", "newsitem", "packageitem", "rss", "feed", "rdf"})


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    text = head.text
    if text is None or not text.lstrip().startswith("<") or not _ELEMENT.search(text):
        return False
    return root(text) == "nitf" or not (root(text) in _OTHERS or looks_html(text))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, `news.xml#1` where there are several; nothing is raised."""
    number = 0
    try:
        for nitf in items(given, source, "nitf"):
            number += 1
            # A file of one story has that name; which it is shows at its root.
            name = source if nitf.getparent() is None else f"{source}#{number}"
            yield document(name, paragraphs_of_story(nitf), metadata(nitf))
        if not number:
            yield ReadingError(source, "no NITF; there is no element called nitf in it")
    except ReadingError as error:
        yield error


def paragraphs_of_story(nitf: Any) -> list[str]:
    """Return the paragraphs of a story: those of its `body.content`, of its body where it has none."""
    body = first(nitf, "body")
    if body is None:
        return []
    # A note has a `body.content` of its own.
    content = body.find("{*}body.content")
    return paragraphs_of(content if content is not None else body)


def metadata(nitf: Any) -> Metadata:
    """Return what a story's head and `body.head` say of it; the byline without titles."""
    publication = first(nitf, "pubdata")
    dates = (
        _value(nitf, "date.issue", "norm"),
        publication.get("date.publication") if publication is not None else None,
        _value(nitf, "story.date", "norm"),
        _value(nitf, "date.release", "norm"),
        text_of(first(nitf, "story.date")),
    )
    names = (
        publication.get("name") if publication is not None else None,
        text_of(first(nitf, "distributor")),
        _value(nitf, "doc.copyright", "holder"),
        _value(nitf, "doc-id", "regsrc"),
        text_of(first(nitf, "rights.owner")),
        _value(nitf, "from-src", "src-name"),
    )
    body = first(nitf, "body")
    languages = (nitf.get("baselang"), nitf.get("{http://www.w3.org/XML/1998/namespace}lang"))
    return Metadata(
        url=publication.get("ex-ref") if publication is not None else None,
        title=text_of(first(nitf, "hl1")) or text_of(first(nitf, "title")) or None,
        outlet=outlet(names),
        byline=_byline(body) if body is not None else None,
        published=day(*dates),
        language=next(filter(None, languages), None),
    )


def _byline(body: Any) -> str | None:
    """The bylines without `byttl`, which sticks to the name before it; that alone where there is nothing else."""
    found: list[str] = []
    for byline in body.iter("{*}byline"):
        pieces = [byline.text or ""]
        for child in byline:
            pieces += ["" if local_name(child) == "byttl" else text_of(child), child.tail or ""]
        found.append(" ".join(" ".join(pieces).split()) or text_of(first(byline, "byttl")))
    return ", ".join(filter(None, found)) or None


def _value(nitf: Any, name: str, attribute: str) -> str | None:
    element = first(nitf, name)
    return element.get(attribute) if element is not None else None
