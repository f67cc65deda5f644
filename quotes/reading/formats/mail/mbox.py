"""A mailbox: mails one after another, each below a line that begins with `From `."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ....errors import ReadingError
from ...documents import Document
from ...streams import Given, opened
from ..registry import Head

# `From - Mon Mar  3 10:12:01 2025`, `From 17@xxx Mon Mar 03 10:12:01 +0000 2025`: a sender and a date. A line of
# a story that begins so (`From Monday on, ...`) has none, and no header below it.
_FROM = re.compile(
    rb"From \S.{0,200}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,20}\d\d?:\d\d(?::\d\d)?(?: \S{1,8}){0,2} \d{4}\b"
)
_HEADER = re.compile(rb"[!-9;-~]{1,70}:")
_ESCAPED = re.compile(rb">+From ")
_LONGEST_LINE = 1_000_000


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    lines = head.data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", 2)
    return len(lines) > 1 and bool(_FROM.match(lines[0]) and _HEADER.match(lines[1].lstrip(b">")))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the mails, called `inbox.mbox#1` and so on; nothing is raised."""
    from .messages import LARGEST, document

    number = 0
    try:
        with opened(given, source) as stream:
            for data in _messages(stream, LARGEST):
                number += 1
                name = f"{source}#{number}"
                if len(data) > LARGEST:
                    yield ReadingError(name, f"larger than {LARGEST // 1_000_000} MB, too large for a mail")
                else:
                    yield document(data, name)
        if not number:
            yield ReadingError(source, "no mail in it: empty, or no mailbox")
    except ReadingError as error:
        yield error


def _messages(stream: BinaryIO, largest: int) -> Iterator[bytes]:
    """The mails of a mailbox, of one that is too large only as much as shows that."""
    lines: list[bytes] = []
    size = 0
    begun = False
    line = stream.readline(_LONGEST_LINE)
    while line:
        following = stream.readline(_LONGEST_LINE)
        if line.startswith(b"From ") and _FROM.match(line) and _HEADER.match(following):
            if begun:
                yield b"".join(lines)
            lines, size, begun = [], 0, True
        elif begun and size <= largest:
            # Quoted by the program that wrote the mailbox, since it begins as a new mail does.
            lines.append(line[1:] if _ESCAPED.match(line) else line)
            size += len(line)
        line = following
    if begun:
        yield b"".join(lines)
