"""Which element a text of markup begins with, and whether it is a web page."""

from __future__ import annotations

import re

LOOKED_AT = 65_536
"""Characters in which a page shows what it is."""

# What may stand before the first element.
_PROLOGUE = re.compile(r"(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!(?!doctype|--)[^>]*+>)*+", re.I)
_DOCTYPE = re.compile(r"<!doctype\s++(?P<root>[\w:-]++)[^\[>]*+(?:\[[^\]]*+\][^>]*+)?>", re.I)
_ELEMENT = re.compile(r"<(?:[\w-]+:)?(?P<name>[a-z][\w-]*)(?=[\s/>])", re.I)
_OF_PAGES = frozenset(
    "head body title meta link script style header main article section div p h1 h2 h3 h4 table ul ol blockquote "
    "figure span a img br em strong b i".split()
)
_CLOSED = re.compile(r"</(?:p|div|h[1-6]|a|span|article|section|title|body|em|strong|li|blockquote)\s*+>", re.I)


def root(text: str) -> str:
    """Return the first element of a text of markup in small letters without its prefix; empty if it is none."""
    element = _ELEMENT.match(text, _start(text))
    return element["name"].lower() if element else ""


def looks_html(text: str) -> bool:
    """Whether a text is a page or a piece of one, by its first element and the tags that it closes."""
    text = text[:LOOKED_AT].removeprefix("\ufeff")
    doctype = _DOCTYPE.match(text, _after_prologue(text, 0))
    if doctype and doctype["root"].lower() == "html":
        return True
    name = root(text)
    return name == "html" or (name in _OF_PAGES and bool(_CLOSED.search(text)))


def has_element(text: str) -> bool:
    """Whether there is a tag anywhere in a text."""
    return bool(_ELEMENT.search(text))


def _start(text: str) -> int:
    start = _after_prologue(text, 0)
    doctype = _DOCTYPE.match(text, start)
    return _after_prologue(text, doctype.end()) if doctype else start


def _after_prologue(text: str, start: int) -> int:
    match = _PROLOGUE.match(text, start)
    return match.end() if match else start
