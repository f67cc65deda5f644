"""Words that a line's end, or a soft hyphen, has broken: read whole, with the places they have in the text.

`pdftotext` and its like leave `Geof-\\nfrey` and `dis\\u00ad\\ncussed` in what they extract. Whether a hyphen belongs
to the word (`self-employed`) or to the line is decided by how the article writes it elsewhere, then by a list of words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from ..records import Article, Span
from ..spans.paragraphs import LINE_IN_PARAGRAPH

Places = Sequence[int]
"""Of each character of a text that was rejoined, its place in the text that it came from; ascending."""

_LETTER = r"[^\W\d_]"
_BREAK = re.compile(
    rf"(?<={_LETTER})(?:(?P<hard>[-\u2010])(?=[ \t]*[\r\n\u2028])|\u00ad)"
    rf"(?P<gap>[ \t]*(?:\r\n?|\n(?:\n?(?=\f))?|\u2028)?[ \t\f]*)(?={_LETTER})|(?P<idle>\u00ad+)"
)
"""A hyphen at a line's end (and a page's), a soft one anywhere; idle are soft ones with no two letters to join."""
_BEFORE = re.compile(rf"(?:{_LETTER}|\u00ad)+\Z")
_AFTER = re.compile(rf"(?:{_LETTER}|\u00ad)+")
_REST = re.compile(r"\S*")
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010]{_LETTER}+)*")
_LONGEST_WORD = 60
_SUSPENDED = frozenset({"and", "or", "to"})
"""`first-\\nand second-hand`: the hyphen waits for another word."""
_NO_WORDS = frozenset("un re de dis mis im ir il con com pro en em ab ad mc mac".split())
"""What begins words, and is on the list by itself."""
_ENDINGS = frozenset(
    """able ability less ful full ship ships hood ward wards wise ally ate ates ant ants ation ment ments ness ing ings
    ism ist ists age ages port ports man men woman women son sons tic tics ring ting ration rations""".split()
)
"""What ends words, and is on the list by itself."""


def rejoined(article: Article) -> tuple[Article, Places]:
    """Return an article with its broken words whole, and where its characters stood."""
    text, places = whole_words(article.text)
    if text is article.text:
        return article, places

    def moved(span: Span) -> Span:
        return bisect_left(places, span[0]), bisect_left(places, span[1])

    furniture = tuple(span for span in map(moved, article.furniture) if span[0] < span[1])
    headline = moved(article.headline) if article.headline else None
    return replace(article, text=text, furniture=furniture, headline=headline), places


def whole_words(text: str, is_word: Callable[[str], bool] | None = None) -> tuple[str, Places]:
    """Return a text with its broken words whole, itself if there are none, and where its characters stood.

    is_word (Callable | None): Whether a word, in small letters, is one; by the list of the pipeline's encoder, unless
        another is given.
    Lines stay as long as they were: a break that stood in a word comes after it.
    """
    breaks = list(_BREAK.finditer(text))
    if not breaks:
        return text, range(len(text))
    written = _Written(text, is_word or _listed())
    pieces: list[str] = []
    places = array("l")
    at = line_end = 0

    def keep(until: int) -> None:
        nonlocal at
        pieces.append(text[at:until])
        places.extend(range(at, until))
        at = until

    def put(sign: str) -> None:
        pieces.append(sign)
        places.append(at)

    def end_line() -> None:
        nonlocal at, line_end
        keep(line_end)
        put(LINE_IN_PARAGRAPH)
        at, line_end = at + 1, 0

    for found in breaks:
        if line_end and line_end < found.start():
            end_line()
        keep(found.start())
        if found["idle"]:
            at = found.end()
            continue
        joins = written.as_one(found)
        if joins is None:
            continue
        if not joins:
            put("-")
        at = found.end()
        if found["gap"].strip(" \t"):
            rest = _REST.match(text, at)
            line_end = rest.end() if rest else 0
        if line_end < at or text[line_end : line_end + 1] not in (" ", "\t"):
            line_end = 0
    if line_end:
        end_line()
    keep(len(text))

    return "".join(pieces), places


@cache
def _listed() -> Callable[[str], bool]:
    """Return what tells whether a word is one of the encoder's, some 24,000 frequent ones."""
    from .language.wordpieces import Wordpieces

    return Wordpieces((Path(__file__).parent / "model" / "encoder" / "tokenizer.json").read_bytes()).knows


class _Written:
    """How an article writes its words.

    is_word (Callable): Whether a word, in small letters, is one.
    """

    def __init__(self, text: str, is_word: Callable[[str], bool]) -> None:
        self.text = text
        self.is_word = is_word
        self.counts: Counter[str] = Counter()
        for compound in _WORD.findall(text.replace("\u2010", "-").lower()):
            parts = compound.split("-")
            self.counts.update(parts)
            self.counts.update(f"{left}-{right}" for left, right in pairwise(parts))

    def as_one(self, found: re.Match[str]) -> bool | None:
        """Return whether the halves beside a break are one word, or two with a hyphen; None if they are apart."""
        start, end = found.span()
        before = _BEFORE.search(self.text[max(0, start - _LONGEST_WORD) : start])
        after = _AFTER.match(self.text, end, end + _LONGEST_WORD)
        assert before and after
        left, right = (half.group().replace("\u00ad", "") for half in (before, after))
        first, second = left.lower(), right.lower()
        joined, hyphenated = self.counts[first + second], self.counts[f"{first}-{second}"]
        if joined or hyphenated:
            return joined >= hyphenated
        if right[0].isupper() and not left.isupper():
            return first in _NO_WORDS  # `McDonald`, but `Thomas-Greenfield`
        if self.is_word(first + second) or (left[0].isupper() and not found["gap"]):
            return True
        if found["hard"] and right in _SUSPENDED:
            return None
        if first in _NO_WORDS or second in _ENDINGS:
            return True
        return not (self.is_word(first) and self.is_word(second))
