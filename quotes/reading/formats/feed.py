"""The entries of a feed: RSS and Atom, broken ones too, and JSON Feed 1.x."""

from __future__ import annotations

import codecs
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree
from lxml import html as lxml_html

from ...errors import ReadingError
from ..dates import to_day
from . import feedparser_compat

feedparser_compat.limit_work()
feedparser_compat.keep_apart()

LARGEST = 10_000_000
"""Bytes. A feed has tens of entries, seldom more than 1 MB."""
SHORTEST_WHOLE = 1000
"""Characters of text from which an entry's content is taken for the whole article."""

_CUT_OFF = re.compile(
    r"\b(?:read|see|view|learn|find out) (?:more|the (?:full|rest|whole|entire|original))\b|\bread on\b"
    r"|\b(?:continue|keep|carry on) reading\b|\b(?:full|whole|entire|complete) (?:story|article)\b"
    r"|(?:…|\.\.\.|\[&hellip;\])\W*$",
    re.IGNORECASE,
)
_END = 200  # characters, where a teaser says that there is more
_CREDIT = re.compile(r"\s*The post .{0,300}? (?:first appeared|appeared first) on .{0,200}$", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed has it; it has an address, or all of its text, or both.

    published (str | None): `YYYY-MM-DD`.
    outlet (str | None): The feed's title.
    html (str | None): The story as a piece of HTML, where the feed carries the whole of it.
    """

    url: str | None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    html: str | None = None


def entries(data: bytes, source: str) -> Iterator[Entry]:
    """Return the entries of a feed, as far as they have an address or all of their text.

    source (str): A path or the feed's URL, which relative addresses are then seen from.

    RAISES (ReadingError): If it is no feed or too large; at once, not at the first entry.
    """
    if len(data) > LARGEST:
        raise ReadingError(source, f"larger than {LARGEST // 1_000_000} MB, too large for a feed")
    if not data.strip():
        raise ReadingError(source, "empty, nothing to read")
    is_json = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"
    found = _of_json(data, source) if is_json else _of_xml(data, source)
    return (entry for entry in found if entry.url or entry.html)


def _of_xml(data: bytes, source: str) -> Iterator[Entry]:
    headers = {"content-location": source} if _is_web(source) else {}
    try:
        # As a stream: bytes could be taken for the name of a file, which is then opened.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # it goes on over most that is broken, but there is no list of what it raises
        raise ReadingError(source, f"a feed too broken to be read ({type(error).__name__})") from error
    if not parsed.get("version") and not parsed.entries:
        raise ReadingError(source, "no feed (neither RSS nor Atom nor JSON Feed); is it the address of a page?")
    base = _absolute(parsed.feed.get("link"), source) or source
    outlet = _plain(parsed.feed.get("title"))
    return (_of_item(item, base, outlet) for item in parsed.entries if _is_published(item))


def _is_published(item: dict[str, Any]) -> bool:
    """Whether an entry is out: exports of WordPress hold drafts, pictures and menus too."""
    return item.get("wp_status", "publish") == "publish" and item.get("wp_post_type", "post") in ("post", "page")


def _of_item(item: dict[str, Any], base: str, outlet: str | None) -> Entry:
    contents = [_as_html(part.get("value"), part.get("type")) for part in item.get("content", ())]
    # Not `item.get`: feedparser then warns of names that it still maps onto others.
    dates = (_string(dict.get(item, name)) for name in ("published", "updated", "created"))
    names = [_plain(author.get("name")) for author in item.get("authors", ())]
    return Entry(
        url=_absolute(item.get("feedburner_origlink"), base) or _absolute(item.get("link"), base),
        title=_plain(item.get("title")),
        byline=_joined(names) or _plain(item.get("author")),
        published=next(filter(None, map(_day, dates)), None),
        outlet=outlet,
        html=_whole(max(contents, key=len, default="")),
    )


def _of_json(data: bytes, source: str) -> Iterator[Entry]:
    try:
        feed = json.loads(data.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError) as error:
        raise ReadingError(source, "broken JSON, so no JSON Feed; is it cut short?") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in _string(feed.get("version")):
        raise ReadingError(source, "JSON, but no JSON Feed: its version does not name jsonfeed.org, or it has no items")
    home = _absolute(feed.get("home_page_url"), source) or source
    base = _absolute(feed.get("feed_url"), home) or home
    outlet = _plain(feed.get("title"))
    return (_of_json_item(item, base, outlet) for item in items if isinstance(item, dict))


def _of_json_item(item: Mapping[str, Any], base: str, outlet: str | None) -> Entry:
    authors = item.get("authors")
    given = authors if isinstance(authors, list) else [item.get("author")]  # one author in version 1.0
    content = _as_html(item.get("content_html")) or _as_html(item.get("content_text"), "text/plain")
    return Entry(
        url=_absolute(item.get("url"), base) or _absolute(item.get("external_url"), base),
        title=_plain(item.get("title")),
        byline=_joined(_plain(author.get("name")) for author in given if isinstance(author, dict)),
        published=_day(_string(item.get("date_published"))) or _day(_string(item.get("date_modified"))),
        outlet=outlet,
        html=_whole(content),
    )


def _string(value: object) -> str:
    """A value as text that can be stored: feeds of JSON may hold anything, and half of a character."""
    return _UNPRINTABLE.sub("", value).strip() if isinstance(value, str) else ""


def _plain(value: object) -> str | None:
    """A title or a name in one line, without markup."""
    text = html.unescape(_TAG.sub(" ", _string(value)))
    return " ".join(_UNPRINTABLE.sub("", text).split()) or None


def _joined(names: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _day(value: str) -> str | None:
    """The day of a date as it is written, which is the outlet's own, not that of Greenwich."""
    return to_day(value) if 0 < len(value) < 100 else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def _absolute(value: object, base: str) -> str | None:
    """A link as seen from where it stands; None if that is no address on the web."""
    link = _string(value)
    try:
        url = urljoin(base, link) if link else ""
    except ValueError:
        return None
    return url if _is_web(url) and not any(sign.isspace() for sign in url) else None


def _as_html(value: object, kind: object = "text/html") -> str:
    text = _string(value)
    if kind == "text/plain":
        return "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())
    return text if kind in ("text/html", "application/xhtml+xml") else ""


def _whole(content: str) -> str | None:
    """The content if it reads like a whole article: long, and not ending in a link to the rest."""
    if len(content) < SHORTEST_WHOLE:
        return None
    text = _text(content)
    end = _CREDIT.sub("", text[-3 * _END :])[-_END:]
    return content if len(text) >= SHORTEST_WHOLE and not _CUT_OFF.search(end) else None


def _text(content: str) -> str:
    try:
        tree = lxml_html.fromstring(f"<div>{content}</div>")
        etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
        return " ".join(str(tree.text_content()).split())
    except (etree.LxmlError, ValueError):
        return ""
