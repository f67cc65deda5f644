"""Markdown: read without its signs, which stay in the text, so that all places are those of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from ...errors import ReadingError
from ...records import Article, Span
from ..decoding import LARGEST, decode
from ..documents import Document
from ..streams import Given, filled, opened
from .registry import Head
from .text import parse, read_front_matter

SUFFIXES = (".md", ".markdown")

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n.{0,10000}?^---[ \t]*(?:\r?\n|$)", re.M | re.S)
_HEADING = re.compile(r"^[ ]{0,3}#[ \t]+(?P<title>\S.*?)(?:[ \t]+#+)?[ \t]*\r?$", re.M)
_TITLE = re.compile(r"#[ \t]+\S.*\r?\n[ \t]*\r?\n")
_INLINE = re.compile(r"\]\(https?://|\*\*\S|^>[ ]\S|^##+[ ]\S", re.M)
# Signs at the beginning of lines: of headings, block quotes (Obsidian's callouts too) and lists; rules and underlines.
_LINES = re.compile(
    r"^(?:[ ]{0,3}(?:[-*_][ \t]*){3,}$|[ ]{0,3}={3,}[ \t]*$"
    r"|(?:[ ]{0,3}>[ \t]?)+(?:\[!\w+\][-+]?[ \t]*)?(?:[-*+][ \t]+)?|[ ]{0,3}#{1,6}[ \t]+|[ \t]*[-*+][ \t]+)",
    re.M,
)
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$", re.M)
# What is no story: pictures, code, definitions of links and notes, comments.
_ASIDE = re.compile(
    r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]\n]{0,500}\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"
    r"|^(?P<fence>```+|~~~+).*?(?:^(?P=fence)`*[ \t]*$|\Z)"
    r"|^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t].*$|\[\^[^\[\]\s]{1,50}\]|<!--.*?(?:-->|\Z)",
    re.M | re.S,
)
_LINK = re.compile(
    r"(?P<open>\[)(?P<text>(?:[^\[\]\n]|\n(?![ \t]*\n)|\[[^\[\]\n]*\]){1,2000}?)"
    r"(?P<close>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)|\]\[[^\[\]\n]{0,200}\])"
)
_WIKI_LINK = re.compile(r"(?P<open>\[\[(?:[^\[\]|\n]{1,300}\|)?)(?P<text>[^\[\]|\n]{1,300})(?P<close>\]\])")
_EMPHASIS = re.compile(
    r"(?P<open>(?<![\\*\w])\*{1,3}(?=[^\s*])|(?<![\\\w])_{1,3}(?=[^\s_])|(?<!=)==(?=[^\s=])|(?<=\w)\*\*(?=\w))"
    r"(?P<text>(?:[^\n]|\n(?![ \t>]*\n)){1,1500}?)(?<![\s\\])(?P<close>(?P=open))(?![*_]|(?<=_)\w)"
)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def looks_like(head: Head) -> bool:
    """Return whether a text is called so, or begins with a heading and has other signs of it."""
    if head.text is None or head.text.lstrip()[:1] == "<":
        return False
    if head.name.lower().endswith(SUFFIXES):
        return True
    start = front.end() if (front := _FRONT.match(head.text)) else 0
    story = head.text[start:].lstrip("\ufeff\r\n")
    return _TITLE.match(story) is not None and _INLINE.search(story) is not None


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the article in a file."""
    try:
        with opened(given, source) as stream:
            data = filled(stream, LARGEST + 1)
        yield Document(source, decode(data, source), "markdown")
    except ReadingError as error:
        yield error


def parse_markdown(document: Document) -> Article:
    """Return the article that a Markdown text is; `markup` says where its signs stand.

    RAISES (ReadingError): If its front matter is broken.
    """
    text = str(document.data)
    front = read_front_matter(text, document.source)
    aside = [match.span() for match in _ASIDE.finditer(text, front.end)]
    signs = _merged(chain(aside, _signs(text, front.end)))
    places: list[int] = []
    at = 0
    for start, end in (*signs, (len(text), len(text))):
        places.extend(range(at, start))
        at = end
    metadata = document.metadata
    heading = _HEADING.search(text, front.end)
    if heading and not metadata.title and not front.values.get("title"):
        words = "".join(text[place] for place in places if heading.start() <= place < heading.end())
        metadata = replace(metadata, title=" ".join(words.split()) or None)
    article = parse("".join(text[place] for place in places), document.source, metadata=metadata)

    def moved(span: Span) -> Span:
        return places[span[0]], places[span[1] - 1] + 1

    headline = article.headline and moved(article.headline)
    return replace(
        article,
        text=text,
        furniture=tuple(_merged(chain(map(moved, article.furniture), aside))),
        headline=headline or (heading.span("title") if heading else None),
        markup=tuple(signs),
    )


def _signs(text: str, start: int) -> Iterator[Span]:
    """The signs of a text from `start` on, in any order, some in one another."""
    for pattern in (_LINES, _ESCAPED):
        yield from (match.span() for match in pattern.finditer(text, start))
    for match in _HEADING.finditer(text, start):
        if closing := _CLOSING.search(text, match.end("title"), match.end()):
            yield closing.span()
    for pattern in (_WIKI_LINK, _LINK, _EMPHASIS):
        yield from _around(pattern, text, start, len(text))


def _around(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for match in pattern.finditer(text, start, end):
        yield match.span("open")
        yield match.span("close")
        yield from _around(pattern, text, *match.span("text"))


def _merged(spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
