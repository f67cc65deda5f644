"""A text that is longer than an article gets is read in parts: memory is bounded, and time grows with length alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from ..records import Article, Span
from ..spans.paragraphs import paragraphs

LONGEST = 200_000
"""Characters: 35,000 words, twice a magazine's longest. A part takes some 200 MB beside the 340 of the pipeline."""
_SENTENCE_END = re.compile(r"(?:.*[.!?][\"”’'»)\]]*)(\s)", re.DOTALL)
_WHITE_SPACE = re.compile(r".*(\s)", re.DOTALL)


def parts(article: Article) -> Iterator[tuple[int, Article]]:
    """Yield the parts of an article, and where each begins: the whole of it, unless it is longer than `LONGEST`.

    A part ends with a paragraph; a paragraph longer than half a part is cut at a sentence's end, else between words.
    """
    text = article.text
    if len(text) <= LONGEST:
        yield 0, article
        return
    starts = [start for start, _ in paragraphs(text)]
    begin = 0
    while begin < len(text):
        end = _end(text, begin, starts)
        yield begin, _part(article, (begin, end))
        begin = end


def _end(text: str, begin: int, starts: list[int]) -> int:
    """Return where the part that begins at a place ends; `starts` are those of the paragraphs."""
    limit = begin + LONGEST
    if limit >= len(text):
        return len(text)
    least = begin + LONGEST // 2
    before = bisect_right(starts, limit)
    if before and starts[before - 1] > least:
        return starts[before - 1]
    tail = text[least:limit]
    found = _SENTENCE_END.match(tail) or _WHITE_SPACE.match(tail)
    return least + found.end() if found else limit


def _part(article: Article, place: Span) -> Article:
    """Return what stands at a place of an article as one of its own."""
    begin, end = place

    def moved(span: Span) -> Span:
        return max(span[0], begin) - begin, min(span[1], end) - begin

    furniture = tuple(moved(span) for span in article.furniture if span[0] < end and begin < span[1])
    headline = article.headline if article.headline and begin <= article.headline[0] < end else None
    return replace(
        article, text=article.text[begin:end], furniture=furniture, headline=moved(headline) if headline else None
    )
