"""The story as a page's JSON-LD has it: `articleBody`, with markup or not, its paragraphs often run together."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

from .page_tree import key, one_line, paragraphs_in

SHORTEST = 50
"""Words from which it is a story, not a teaser."""

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h\d|ul|ol|li|blockquote|figure|img|q|cite)\b[^<>]{0,1000}>", re.I
)
_ENCODED_MARKUP = re.compile(r"&lt;/?(?:p|br|div|a|strong|em|h\d|li|blockquote)\b", re.I)
# `in the river.The inquiry`: where two paragraphs were joined.
_JOINT = re.compile(r"(?<=[a-z)\]][.!?])(?=[A-Z“‘\"])|(?<=[.!?][”’\"])(?=[A-Z“‘])")
_WORD = re.compile(r"\w+")


class Body:
    """What the paragraphs of a page are compared with.

    paragraphs (tuple[str, ...]): As far as line breaks and markup part them.
    length (int): Characters.
    """

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self.paragraphs = tuple(paragraphs)
        self.length = sum(map(len, self.paragraphs))
        self._key = key(" ".join(self.paragraphs))
        self._words = Counter(_WORD.findall(" ".join(self.paragraphs)))

    def holds(self, text: str) -> bool:
        """Whether a paragraph is part of it, word for word."""
        letters = key(text)
        return bool(letters) and letters in self._key

    def share_found(self, paragraphs: Iterable[str]) -> float:
        """The share of its words that paragraphs have."""
        words = Counter(_WORD.findall(" ".join(paragraphs)))
        return (words & self._words).total() / self._words.total()


def read_body(text: str | None) -> Body | None:
    """Return an `articleBody`; None where it is no story."""
    if not text or len(text.split()) < SHORTEST:
        return None
    if _ENCODED_MARKUP.search(text):
        text = html.unescape(text)
    if _MARKUP.search(text):
        paragraphs = paragraphs_in(_parsed(text))
    else:
        lines = html.unescape(html.unescape(text)).splitlines()
        paragraphs = [line for one in lines for line in map(one_line, _JOINT.split(one)) if line]
    return Body(paragraphs) if sum(len(line.split()) for line in paragraphs) >= SHORTEST else None


def _parsed(text: str) -> object:
    from lxml import etree
    from lxml import html as lxml_html

    tree = lxml_html.fragment_fromstring(re.sub(r"\n\s*\n", "<p>", text), create_parent="div")
    etree.strip_elements(tree, "script", "style", "figure", "iframe", with_tail=False)
    return tree
