"""Lists of addresses: a text with one a line, or a JSON array of them. Each is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from ...errors import ReadingError
from ..documents import Link
from ..streams import Given, as_text, opened
from .registry import Head

LARGEST = 20_000_000
"""Bytes of a JSON array; some 200,000 addresses."""

_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.I)
_ARRAY = re.compile(r'\[\s*"https?://[^"\s]++"\s*+[,\]]', re.I)
_LONGEST = 4_000  # characters of an address; what is longer is shown and read no further


def looks_like(head: Head) -> bool:
    """Return whether a text holds nothing but addresses; lines that begin with `#` are notes."""
    if head.text is None:
        return False
    if _ARRAY.match(head.text.lstrip()):
        return True
    lines = list(_written(head.text.splitlines()))
    if not head.whole and len(lines) > 1:
        lines.pop()  # the head may end within it
    return bool(lines) and all(map(_ADDRESS.fullmatch, lines))


def documents(given: Given, source: str) -> Iterator[Link | ReadingError]:
    """Yield the links, each once; a line that is no address, and what can't be read, as an error."""
    known: set[str] = set()
    try:
        with opened(given, source) as stream, as_text(stream, source) as text:
            for number, line in enumerate(_listed(text, source), 1):
                url = line.strip()
                if not _ADDRESS.fullmatch(url):
                    yield ReadingError(f"{source}#{number}", "no address; it begins with http:// or https://")
                elif url not in known:
                    known.add(url)
                    yield Link(url)
    except ReadingError as error:
        yield error
        return
    if not known:
        yield ReadingError(source, "no address in this list")


def _written(lines: Iterable[str]) -> Iterator[str]:
    """The lines that are not blank, without those of notes."""
    return (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _listed(text: TextIO, source: str) -> Iterator[str]:
    first = text.readline(LARGEST)
    while first and not first.strip():
        first = text.readline(LARGEST)
    if not first.lstrip().startswith("["):
        yield from _written([first])
        while line := text.readline(_LONGEST):
            yield from _written([line])
        return
    data = first + text.read(LARGEST)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        too_large = len(data) >= LARGEST
        what = f"larger than {LARGEST // 1_000_000} MB; write one address a line" if too_large else "cut short?"
        raise ReadingError(source, f"broken JSON, so no list of addresses; is it {what}") from error
    yield from (item if isinstance(item, str) else json.dumps(item)[:80] for item in found)
