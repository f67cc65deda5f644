"""Where the paragraphs of a text stand, whatever way its lines are broken."""

from __future__ import annotations

import re

from ..records import Span

# From the first sign to the last of a line; a byte order mark is none.
_LINE = re.compile(r"[^\s\ufeff](?:[^\r\n\u2028\u2029]*[^\s\ufeff])?")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"”’'»)\]]*\s*$")

# Mail and old content systems wrap at 65 to 80 columns. A shorter line is a heading or a list
# item, a longer one is a paragraph by itself.
WRAPPED = range(50, 101)
LINE_IN_PARAGRAPH = "\v"
"""A line's end that is no paragraph's, as word processors write it."""


def lines(text: str) -> list[Span]:
    """Return the spans of all lines that hold something, without the white space around them."""
    return [match.span() for match in _LINE.finditer(text)]


def paragraphs(text: str) -> list[Span]:
    """Return the spans of all paragraphs, without the white space around them.

    A blank line ends a paragraph, and so does a line break, unless the line after it goes on in
    the middle of a sentence or the lines around it are wrapped to a column.
    """
    found: list[Span] = []
    for start, end in lines(text):
        if found and _goes_on(text, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _goes_on(text: str, before: Span, line: Span) -> bool:
    if _blank_between(text[before[1] : line[0]]):
        return False
    broken_off = not _ENDS_SENTENCE.search(text, max(before[0], before[1] - 20), before[1])
    if broken_off and text[line[0]].islower():
        return True
    last_line = max(text.rfind(sign, before[0], before[1]) for sign in "\n\r\v") + 1
    width = before[1] - max(last_line, before[0])
    return width in WRAPPED and (broken_off or last_line > before[0])


def _blank_between(gap: str) -> bool:
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1 or "\u2029" in gap
