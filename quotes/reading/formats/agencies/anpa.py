"""ANPA 1312, the wire format of American newspapers: header lines begin with `^`, paragraphs with a tab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....errors import ReadingError
from ....outlets.directory import agency
from ...dates import to_day
from ...documents import Document, Metadata
from ...header import read_dateline
from ...streams import Given
from ..registry import Head
from .editorial import is_above, is_byline
from .items import document
from .transmissions import Message, stories

_BEGINS = re.compile(rb"[\x00\x04\x16\s]{0,64}\x01[A-Za-z]{1,2}\d{3,4}\x1f")
# Where control characters were lost on the way: `^BC-US--Ferry, 1st Ld-Writethru,466<`.
_KEYWORD_LINE = re.compile(rb"^\x02?\^(?:[ABP][CM]|[A-Z]{2})-[^\r\n<]{2,80}<\s*$", re.M)
# A header in letters as that of IPTC 7901, and below it a headline as only ANPA has it: `^Ferry aground<`.
_HEADLINE = re.compile(rb"\x02[\s\x00]*\^[^\r\n<]{2,200}<[ \t]*\r?\n")
_LOOKED_AT = 600
_SLUG = re.compile(r"(?:[ABP][CM]|[A-Z]{2})-[-\w]")
_TRAILER = re.compile(r"^\W*(?P<agency>[A-Z]{2,5})-[A-Z]{2}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\b.*$", re.M)
_TABULAR = ("\b", "\x12")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNS = (
    (re.compile(r"```"), "“‘"),
    (re.compile(r"'''"), "’”"),
    (re.compile(r"``"), "“"),
    (re.compile(r"''"), "”"),
    (re.compile(r"`"), "‘"),
    (re.compile(r"(?<=\s)_(?=\s)"), "—"),
)


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    begin = head.data[:_LOOKED_AT]
    return bool(_BEGINS.match(head.data) or _KEYWORD_LINE.search(begin) or _HEADLINE.search(begin))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, called `wire.txt#1` and so on; nothing is raised."""
    yield from stories(given, source, _document)


def _document(source: str, message: Message) -> Document | ReadingError:
    trailer = _TRAILER.search(message.trailer or message.text)
    text = _TRAILER.sub("", message.text)
    above, paragraphs = _parted(text)
    bylines = [line for line in above if is_byline(line)]
    # `Associated Press=` below a byline says whose it is.
    agencies = filter(None, (agency(line.strip(" =")) for line in above))
    dateline = read_dateline(paragraphs[0]) if paragraphs else None
    filed = (agency(trailer["agency"]) if trailer else None) or next(agencies, None) or (dateline and dateline.agency)
    metadata = Metadata(
        title=next(
            (line for line in above if not _SLUG.match(line) and not is_above(line) and line not in bylines), None
        ),
        outlet=filed.name if filed else None,
        byline=bylines[0] if bylines else None,
        published=to_day("20{year}-{month}-{day}".format(**trailer.groupdict())) if trailer else None,
    )
    return document(source, paragraphs, metadata)


def _parted(text: str) -> tuple[list[str], list[str]]:
    """The header lines, and the paragraphs: a line that begins with neither sign goes on with the one above."""
    above: list[str] = []
    paragraphs: list[str] = []
    going_on: list[str] | None = None
    for line in text.splitlines():
        words = " ".join(_CONTROL.sub(" ", line).split())
        if line.lstrip("\x02").startswith("^"):
            going_on = above
            above.append(words.removeprefix("^"))
        elif line.startswith(_TABULAR) or not words:
            going_on = None
        elif line.startswith(("\t", "   ")) or going_on is None:
            going_on = paragraphs
            paragraphs.append(words)
        else:
            going_on[-1] += f" {words}"
    return [_with_signs(line.rstrip("<").strip()) for line in above], [_with_signs(line) for line in paragraphs]


def _with_signs(line: str) -> str:
    """A line with the quotation marks and dashes that its sender had no signs for."""
    for pattern, sign in _SIGNS:
        line = pattern.sub(sign, line)
    return line
