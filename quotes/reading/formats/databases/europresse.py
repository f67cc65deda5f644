"""Pages that Europresse exports: an `<article>` each, with its text in `.docOcurrContainer`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given
from ..elements import text_of
from .export_articles import Export, byline, caught, day_in, outlet_name, pieces, tree_of

if TYPE_CHECKING:
    from ..registry import Head

_MARKS = ("DocPublicationName", "docOcurrContainer", "titreArticle")
_ARTICLE = re.compile(r"<article\b", re.I)
_ISSUE = re.compile(r"\s*,\s*(?:n[o°º]|no\.|vol\b).*$|\s*\((?:site web|web site|website|tweets?|réf\.?)[^()]*\)", re.I)


def looks_like(head: Head) -> bool:
    """Return whether a page that begins so is an export."""
    text = head.text
    return text is not None and text.lstrip().startswith("<") and sum(mark in text for mark in _MARKS) > 1


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles of an export."""
    yield from caught(given, source, lambda stream: _read(stream, source))


def _read(stream: BinaryIO, source: str) -> Iterator[Document | ReadingError]:
    export = Export(source, "Europresse")
    for piece in pieces(stream, source, _ARTICLE):
        if "</article" in piece.lower():
            yield export.article(*_fields(tree_of(piece)))
        else:
            yield export.cut()
    if not export.count:
        yield export.none("<article> with .DocPublicationName")


def _fields(tree: Any) -> tuple[str, Metadata]:
    def first(*names: str) -> Any:
        return next(filter(lambda found: found is not None, (_of_class(tree, name) for name in names)), None)

    name = first("DocPublicationName")
    day = text_of(first("DocHeader", "rdp__DocHeader"))
    body = first("docOcurrContainer", "DocText")
    paragraphs: list[str] = []
    if body is not None:
        for aside in body.xpath(".//aside | .//figure | .//footer | .//script | .//style"):
            aside.drop_tree()
        paragraphs = [text for block in body.xpath(".//p") or [body] if (text := text_of(block))]
    own = name.text if name is not None else None  # what follows in it is where it is from
    return "\n\n".join(paragraphs), Metadata(
        title=text_of(first("titreArticleVisu", "titreArticle")) or None,
        outlet=outlet_name(_ISSUE.sub("", own if own and own.strip() else text_of(name))) if name is not None else None,
        byline=byline(re.sub(r"^\s*par\b\s*:?", "", text_of(first("docAuthors", "sm-margin-bottomNews")), flags=re.I)),
        published=day_in(day) or day_in(text_of(name)),
    )


def _of_class(tree: Any, name: str) -> Any:
    found = tree.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    return found[0] if found else None
