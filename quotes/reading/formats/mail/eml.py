"""A mail in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ....errors import ReadingError
from ...documents import Document
from ...streams import Given
from ..registry import Head
from .headers import headers_of, is_mail

_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    if head.data.startswith(_OUTLOOK):
        return head.name.lower().endswith(".msg")
    return is_mail(headers_of(head.data))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield what the mail says; nothing is raised."""
    from .messages import document, read_whole

    try:
        data = read_whole(given, source, "mail")
    except ReadingError as error:
        yield error
        return
    if data.startswith(_OUTLOOK):
        yield ReadingError(source, "a mail as Outlook saves it (.msg), which we can't read; save it as .eml")
    elif not headers_of(data[:65_536]):
        yield ReadingError(source, "no mail; it does not begin with headers such as From and Subject")
    else:
        yield document(data, source)
