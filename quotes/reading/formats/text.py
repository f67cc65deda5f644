"""Plain-text files become articles: front matter first, then what the text says of itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from ...errors import ReadingError
from ...outlets.directory import by_domain, by_name, host
from ...records import Article, Outlet, Span
from ..addresses import without_credentials
from ..dates import to_day
from ..decoding import LARGEST, decode
from ..documents import NO_METADATA, Metadata
from ..file_finding import Found
from ..header import read_header
from ..page.boilerplate import furniture

KEYS = ("title", "outlet", "author", "date", "url")
"""What front matter may say. Other keys are passed over."""

_ALSO = {"published": "date", "source": "url"}
"""What clippers call these, Obsidian's for one; without such a value they are passed over."""

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>[^\0]{0,10000}?)^---[ \t]*(?:\r?\n|$)", re.M)


_KEY = re.compile(rf"^[\"']?(?:{'|'.join(KEYS)})[\"']?[ \t]*:", re.M | re.I)
_NEVER_CLOSED = re.compile(rf"\ufeff?---[ \t]*\r?\n(?:{'|'.join(KEYS)})[ \t]*:", re.I)
_ADDRESS = re.compile(r"https?://[^\s/]+", re.I)
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines between `---` and `---` at the head of a file.

    end (int): Where the text after them begins; 0 where there are none.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    end: int = 0


def read_article(found: Found, outlet: str | None = None) -> Article:
    """Return the article in a text file.

    outlet (str | None): Who printed it, over what the file says.
    RAISES (ReadingError): If the file can't be read or its front matter is broken.
    """
    text = read_text(found)
    return parse(text, found.source, outlet)


def read_text(found: Found) -> str:
    """Return the decoded file, not a character changed.

    RAISES (ReadingError): If it can't be opened, is empty, too large, or no text.
    """
    if found.error:
        raise ReadingError(found.source, found.error)
    try:
        if found.path is None:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with found.path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        raise ReadingError(found.source, f"can't be read ({error.strerror})") from error
    return decode(data, found.source)


def parse(text: str, source: str, outlet: str | None = None, metadata: Metadata = NO_METADATA) -> Article:
    """Return the article that a decoded text is.

    outlet (str | None): Who printed it, over what all others say.
    metadata (Metadata): What its source says of it, over what the text says.
    RAISES (ReadingError): If its front matter is broken.
    """
    front = read_front_matter(text, source)
    url = metadata.url or front.values.get("url")
    header = read_header(text, front.end, url)
    before: list[Span] = [(0, front.end)] if front.end else []
    if header.address:
        before.append(header.address)
    after = max((end for _, end in before), default=0)
    return Article(
        text=text,
        source=source,
        title=metadata.title or front.values.get("title") or header.title,
        byline=metadata.byline or front.values.get("author") or header.byline,
        published=metadata.published or front.values.get("date") or header.published,
        place=header.place,
        url=without_credentials(header.url) if header.url else None,
        outlet=outlet_of(outlet or metadata.outlet or front.values.get("outlet"), header.url),
        agency=header.agency,
        furniture=(*before, *furniture(text, after)),
        headline=header.headline,
        language=metadata.language or "en",
    )


def outlet_of(name: str | None, url: str | None) -> Outlet | None:
    """Return the outlet of this name, or that of an address."""
    domain = by_domain(url) if url else None
    if name is None:
        return domain
    known = by_name(name)
    if known:
        return known
    return Outlet(name, host(url).removeprefix("www.") or None if url else None)


def read_front_matter(text: str, source: str) -> FrontMatter:
    """Return the front matter of a text.

    RAISES (ReadingError): If it is no YAML, or a value is of the wrong sort.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        if _NEVER_CLOSED.match(text):
            raise ReadingError(source, "front matter is never closed; end it with a line ---")
        return FrontMatter()
    # Without a key of ours it may be a text that begins with a rule.
    ours = bool(_KEY.search(match["yaml"]))
    try:
        # All values as they are written: `title: 12:30` is no number, `title: No` no truth value.
        loaded = yaml.load(match["yaml"], yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        if not ours:
            return FrontMatter()
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise ReadingError(source, f"front matter is no YAML{where}; a value with a colon needs quotes") from error
    if not isinstance(loaded, dict) or not (ours or all(re.fullmatch(r"[\w-]+", key) for key in loaded)):
        return FrontMatter()
    loaded = {key.lower(): value for key, value in loaded.items()}
    for name, key in _ALSO.items():
        value = str(loaded.get(name) or "")
        if key not in loaded and (to_day(value) if key == "date" else _ADDRESS.match(value)):
            loaded[key] = value
    values = {key: _value(key, loaded[key], source) for key in KEYS if key in loaded}
    return FrontMatter({key: value for key, value in values.items() if value}, match.end())


def _value(key: str, value: object, source: str) -> str:
    if key == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        value = ", ".join(value)
    if key == "author" and isinstance(value, str):
        value = value.replace("[[", "").replace("]]", "")  # links to notes, as clippers write them
    if not isinstance(value, str):
        raise ReadingError(source, f"front matter: {key} is no text; write {key}: some words")
    words = " ".join(value.split())
    if words in _NOTHING:
        return ""
    if key == "date":
        day = to_day(words)
        if day is None:
            raise ReadingError(source, f"front matter: date {words!r:.40} is no date or not clear; write YYYY-MM-DD")
        return day
    if key == "url" and not _ADDRESS.match(words):
        raise ReadingError(source, f"front matter: url {words!r:.60} is no address; it begins with http:// or https://")
    return words
