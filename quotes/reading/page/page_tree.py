"""Elements of a page's tree: their text, and taking them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CONTAINERS = frozenset("div section article main td center form aside body".split())
"""Elements that hold paragraphs, or text of their own."""

INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong"
    " sub sup time tt u var wbr".split()
)
"""Elements that stand in a line of text."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NOT_LETTERS = re.compile(r"[\W_]+")
BREAK = "\0"
"""A line break in the text of an element; it stands in no tree."""


def one_line(text: str) -> str:
    """Return a text with single spaces, without soft hyphens and other signs that nobody sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def key(text: str) -> str:
    """Return the letters and digits of a text, by which the same words are found again."""
    return _NOT_LETTERS.sub("", text)


def walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """The elements of a tree, each when it begins (`start`) and when it ends (`end`)."""
    from lxml import etree

    yield from etree.iterwalk(tree, ("start", "end"))


def drop(element: Any) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def link_share(element: Any) -> float:
    """The share of an element's text that stands in links."""
    total = len(one_line(element.text_content()))
    if not total:
        return 0.0
    if element.tag == "a" or next(element.iterancestors("a"), None) is not None:
        return 1.0
    return sum(len(one_line(link.text_content())) for link in element.iter("a")) / total


def paragraphs_in(element: Any) -> list[str]:
    """The paragraphs, headings, items and lines of an element, in its order."""
    return [text for text, _ in blocks(element)]


def blocks(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the pieces of text that blocks part, each with the innermost block that it stands in."""
    pieces: list[str] = []
    holders = [tree]

    def flushed() -> Iterator[tuple[str, Any]]:
        text = "\n".join(filter(None, map(one_line, "".join(pieces).split(BREAK))))
        pieces.clear()
        if text:
            yield text, holders[-1]

    for event, element in walk(tree):
        if not isinstance(element.tag, str):
            if event == "end":
                pieces.append(element.tail or "")
            continue
        is_block = element.tag not in INLINE
        if event == "start":
            if element.tag == "br":
                pieces.append(BREAK)
            if is_block and element is not tree:
                yield from flushed()
                holders.append(element)
            pieces.append(element.text or "")
        elif element is not tree:
            if is_block:
                yield from flushed()
                holders.pop()
            pieces.append(element.tail or "")
    yield from flushed()
