"""OpenDocument texts, as LibreOffice writes them: one article each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....errors import ReadingError
from ...documents import Document
from ...streams import Given
from ..registry import Head
from .zipped import has_mimetype, opened_zip, xml_part

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Notes, comments, deleted text, lists of contents, pictures with their captions.
_NO_STORY = frozenset(
    {
        f"{_TEXT}{name}"
        for name in "note tracked-changes table-of-content alphabetical-index bibliography sequence-decls".split()
    }
    | {f"{_OFFICE}annotation", f"{_OFFICE}forms"}
)
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 100


def looks_like(head: Head) -> bool:
    """Return whether it is one by its mimetype."""
    return has_mimetype(head, "application/vnd.oasis.opendocument.text")


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the article in a text: its paragraphs and headings, parted by blank lines."""
    try:
        with opened_zip(given, source, "an OpenDocument text") as archive:
            body = xml_part(archive, "content.xml", source).find(f"{_OFFICE}body/{_OFFICE}text")
        text = "\n\n".join(_paragraphs(body)) if body is not None else ""
        if not text:
            raise ReadingError(source, "empty, nothing to read (or locked with a password)")
        yield Document(source, text, "text")
    except ReadingError as error:
        yield error


def _paragraphs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            words = "\n".join(line.strip() for line in _words(child).split("\n")).strip()
            if words:
                yield words
        elif child.tag not in _NO_STORY and not str(child.tag).startswith(_DRAW):
            yield from _paragraphs(child)


def _words(element: Any) -> str:
    """The words of a paragraph, where spaces and tabs are elements, and line ends are spaces."""
    parts = [_spaced(element.text)]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _NO_STORY and not str(child.tag).startswith(_DRAW):
            parts.append(_words(child))
        parts.append(_spaced(child.tail))
    return "".join(parts)


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ")
