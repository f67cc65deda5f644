"""MHTML: a web page that a browser saved with all its parts, as a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given
from ..registry import Head
from .headers import headers_of, is_mail

_HTML = ("text/html", "application/xhtml+xml")
_SAVED = re.compile(r"<?saved by ", re.I)


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    headers = headers_of(head.data)
    if not headers or not is_mail(headers):
        return False
    if "snapshot-content-location" in headers or _SAVED.match(headers.get("from", "")):
        return True
    # A mail is sent to someone, and by someone.
    is_page = headers.get("content-type", "").lower().startswith(("multipart/related", *_HTML))
    return is_page and not headers.keys() & {"to", "received", "delivered-to", "message-id", "return-path"}


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the page; nothing is raised."""
    from .messages import charset, is_cut, parsed, payload, read_whole

    try:
        data = read_whole(given, source, "page")
    except ReadingError as error:
        yield error
        return
    message = parsed(data)
    page = _page(message)
    if page is None:
        yield ReadingError(source, "no page in it; is it MHTML, and not cut short?")
    elif is_cut(message, page):
        yield ReadingError(source, "cut short: the end of this page is missing")
    else:
        yield Document(source, payload(page), "html", Metadata(url=_address(message, page)), charset(page))


def _page(message: Message) -> Message | None:
    """The part that is the page; others are what it shows in frames."""
    from .messages import content_type, header, payload

    pages = [part for part in message.walk() if content_type(part) in _HTML and payload(part).strip()]
    start = message.get_param("start") if message.is_multipart() else None
    wanted = start.strip(" <>") if isinstance(start, str) else None
    address = header(message, "Snapshot-Content-Location") or header(message, "Content-Location")
    named = [part for part in pages if wanted and header(part, "Content-ID").strip(" <>") == wanted]
    at = [part for part in pages if address and header(part, "Content-Location") == address]
    return next(iter((*named, *at, *pages)), None)


def _address(message: Message, page: Message) -> str | None:
    from .messages import header

    found = (
        header(page, "Content-Location"),
        header(message, "Snapshot-Content-Location"),
        header(message, "Content-Location"),
    )
    return next((url for url in found if re.match(r"https?://\S+$", url)), None)
