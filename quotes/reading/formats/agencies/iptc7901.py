"""IPTC 7901, the wire format of European agencies: a header, the headline, a blank line or an indent, the story."""

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
from ..wrapped_lines import paragraphs
from .editorial import is_above, is_byline
from .items import document
from .transmissions import Message, stories

_BEGINS = re.compile(rb"[\x00\x04\x16\s]{0,64}\x01[A-Za-z]{1,6}\d{1,5}[ \t]")
# `abc0007 4 s 850  dpa-tns 0908`: the service, a number, urgency, category, words, who sends it.
_HEADER = re.compile(r"\w+\s+\S\s+\S{1,3}\s+\d+\s+(?P<sender>[^\W\d][\w-]*)")
# `211259 Nov 18`, `AFP 131159 GMT NOV 13`: day, time, month and year.
_FILED = re.compile(r"\b(?P<day>\d\d)\d{4}\s*(?:[A-Z]{1,5}\s+)?(?P<month>[A-Za-z]{3})[a-z]*\s+(?:20)?(?P<year>\d\d)\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_ABOVE = 8  # lines


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    return bool(_BEGINS.match(head.data))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, called `wire.txt#1` and so on; nothing is raised."""
    yield from stories(given, source, _document)


def _document(source: str, message: Message) -> Document | ReadingError:
    text = _CONTROL.sub("", message.text.replace("\r\n", "\n").replace("\r", "\n"))
    above, below = _parted(text)
    story = paragraphs(below)
    bylines = [line for line in above if is_byline(line)]
    title = next((line for line in above if line not in bylines and not is_above(line)), None)
    filed = _FILED.search(message.trailer) or _FILED.search("\n".join(text.splitlines()[-3:]))
    metadata = Metadata(
        title=title,
        outlet=_agency(message, story),
        byline=bylines[0] if bylines else None,
        published=to_day("{day} {month} 20{year}".format(**filed.groupdict())) if filed else None,
    )
    return document(source, story, metadata)


def _parted(text: str) -> tuple[list[str], str]:
    """The lines above the story, up to a blank line or an indent, and the story."""
    lines = text.lstrip("\n").split("\n")
    number = 0
    while number < min(len(lines), _MOST_ABOVE):
        line = lines[number]
        if not line.strip() or (number and line.startswith(("  ", "\t"))) or read_dateline(line):
            break
        number += 1
    return [" ".join(line.split()) for line in lines[:number]], "\n".join(lines[number:])


def _agency(message: Message, story: list[str]) -> str | None:
    header = _HEADER.match(message.header)
    sender = header["sender"].partition("-")[0] if header else ""
    known = agency(sender) or agency(sender.upper())
    if known is None:
        datelines = filter(None, map(read_dateline, story[:3]))
        known = next((dateline.agency for dateline in datelines if dateline.agency), None)
    return known.name if known else sender or None
