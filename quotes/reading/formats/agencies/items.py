"""Documents out of what an agency's item says: its story, who filed it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ....errors import ReadingError
from ....outlets.directory import by_domain, by_name
from ...dates import to_day
from ...documents import Document, Metadata
from .editorial import byline_of, story

_DAY = re.compile(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d{7})")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.I)
_RIGHTS = re.compile(r"^(?:\W*(?:copyright|©|\(c\)|(?:19|20)\d\d\b))+\W*|\W*\ball rights reserved\W*$|[\s–—-]+$", re.I)
_LONGEST_NAME = 80  # characters; what is longer is a sentence about rights


def document(source: str, paragraphs: Sequence[str], metadata: Metadata) -> Document | ReadingError:
    """Return the article in an item.

    paragraphs (Sequence[str]): What it holds, notes and all.
    metadata (Metadata): What it says of itself; its byline as it is written there.
    """
    found = story(paragraphs, metadata.title)
    if not found.paragraphs:
        return ReadingError(source, "an item without a story; nothing in it is text for print")
    return Document(
        source,
        "\n\n".join(found.paragraphs),
        "text",
        Metadata(
            url=metadata.url if metadata.url and re.match(r"https?://", metadata.url) else None,
            title=metadata.title or None,
            outlet=metadata.outlet,
            byline=byline_of(metadata.byline or "") or found.byline,
            published=metadata.published,
            language=metadata.language or None,
        ),
    )


def day(*values: str | None) -> str | None:
    """Return the first date among values as `YYYY-MM-DD`: `20231105T101500Z`, `2023-11-05T10:15:00`, one in words."""
    for value in values:
        if value and (match := _DAY.match(value)):
            found = to_day("-".join(match.groups()))
        else:
            found = to_day(value) if value else None
        if found:
            return found
    return None


def outlet(names: Iterable[str | None]) -> str | None:
    """Return who filed an item: the first name that is an outlet's that we know, else the first that is a name."""
    cleaned = [_RIGHTS.sub("", " ".join(name.split())) for name in names if name]
    cleaned = [name for name in cleaned if name and len(name) <= _LONGEST_NAME]
    for name in cleaned:
        known = by_domain(name) if _HOST.fullmatch(name) else by_name(name) or by_name(name.upper())
        if known:
            return known.name
    return next((name for name in cleaned if any(map(str.isalpha, name))), None)
