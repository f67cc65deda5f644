"""A mail becomes a document: its one body, and what its headers say of it.

The library's own short cuts are not for mail as it comes: `get_content` raises LookupError at a charset that
it does not know, unwraps no format=flowed, and reading a header that is broken may raise about anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64LengthDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate
from typing import Any

from ....errors import ReadingError
from ...dates import to_day
from ...documents import Document, Metadata
from ...streams import Given, filled, opened
from ..elements import lines_of, tree_of
from ..html import decoded_text
from .replies import own_text, unflowed
from .senders import sender

LARGEST = 100_000_000
"""Bytes, attachments and all. Few servers take more than 50 MB."""

_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|tr)(?:\[\d+\])?\s*:|\s*\[[\w .&-]{2,30}\](?=\s))+\s*", re.I)
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.I)
_OF_LISTS = ("List-Unsubscribe", "List-Id", "List-Post", "Feedback-ID")
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
# What an answer quotes or signs with, as mail programs mark it.
_QUOTED = (
    "//blockquote[@type='cite']|//div[@id='divRplyFwdMsg' or @id='appendonsend']"
    "|//*[@data-smartmail='gmail_signature' or @id='Signature']"
)
_QUOTED_CLASSES = (
    "gmail_signature",
    "moz-signature",
    "moz-cite-prefix",
    "yahoo_quoted",
    "protonmail_quote",
    "gmail_extra",
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)", re.I)
_PASSES_ON = re.compile(r"forwarded message", re.I)


def read_whole(given: Given, source: str, what: str) -> bytes:
    """Return all bytes of a mail, or of a page that is saved as one (`what` says which).

    RAISES (ReadingError): If it can't be read, is empty or too large.
    """
    with opened(given, source) as stream:
        data = filled(stream, LARGEST + 1)
    if not data.strip():
        raise ReadingError(source, "empty, nothing to read")
    if len(data) > LARGEST:
        raise ReadingError(source, f"larger than {LARGEST // 1_000_000} MB, too large for a {what}")
    return data


def parsed(data: bytes) -> Message:
    """Return a mail as a tree."""
    return message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), policy=policy.default)


def document(data: bytes, source: str) -> Document | ReadingError:
    """Return what a mail says as an article; nothing is raised.

    data (bytes): All of it, headers first.
    """
    message = parsed(data)
    body = next(_bodies(message), None) or next(_attached(message), None)
    if body is None:
        return ReadingError(source, "a mail without a text; attachments are not read, save them as files of their own")
    if is_cut(message, body):
        return ReadingError(source, "cut short: the end of this mail is missing")
    subject = header(message, "Subject")
    text = own_text(_text(body), forwards=bool(_FORWARD.match(subject)))
    if not text.text.strip():
        return ReadingError(source, "a mail without a story; all of it is quoted, a signature or a footer")
    passed = text.forwarded
    is_bulk = any(message[name] is not None for name in _OF_LISTS)
    who = sender(passed["from"]) if passed.get("from") else sender(header(message, "From"), is_bulk)
    title = passed.get("subject") or subject
    day = to_day(passed.get("date") or passed.get("sent") or "") or _day(header(message, "Date"))
    return Document(
        source,
        text.text,
        "text",
        Metadata(title=_PREFIX.sub("", title) or None, outlet=who.outlet, byline=who.byline, published=day),
    )


def header(message: Message, name: str) -> str:
    """Return a header decoded, in one line; empty if there is none."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return ""
    raw = str(raw)
    if any("\udc80" <= sign <= "\udcff" for sign in raw):
        value = decoded_text(raw.encode("utf-8", "surrogateescape"), None)
    else:
        try:
            value = str(message[name])
        except Exception:  # the parsers of headers fail in many ways on what is broken
            value = raw
    return " ".join(value.encode("utf-8", "replace").decode().split())


def payload(part: Message) -> bytes:
    """Return what a part holds, decoded from its transfer encoding."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    return data if isinstance(data, bytes) else b""


def charset(part: Message) -> str | None:
    """Return the charset that a part names, known or not."""
    return _parameter(part, "charset")


def content_type(part: Message) -> str:
    """Return what a part says that it is; `text/plain` where it says nothing that can be read."""
    try:
        return part.get_content_type()
    except Exception:
        return "text/plain"


def is_cut(message: Message, part: Message) -> bool:
    """Return whether the mail ends before the part does: it is the last of a multipart that is never closed."""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        return True
    while message is not part and message.is_multipart():
        parts: list[Any] = message.get_payload()  # type: ignore[assignment]
        holder = next((one for one in parts if part in set(one.walk())), None)
        if holder is None:
            return False
        if holder is parts[-1] and any(isinstance(defect, _CUT) for defect in message.defects):
            return True
        message = holder
    return False


def _bodies(part: Message) -> Iterator[Message]:
    """The texts of a mail, the best form of each."""
    sort = content_type(part)
    if _is_attachment(part) or sort.startswith("message/"):
        return
    if not part.is_multipart():
        if sort in ("text/plain", "text/html") and payload(part).strip():
            yield part
        return
    inside = [body for child in part.get_payload() for body in _bodies(child)]  # type: ignore[arg-type]
    if sort == "multipart/alternative":
        # The same text several times; HTML has the paragraphs.
        inside = sorted(inside, key=lambda body: content_type(body) != "text/html")[:1]
    yield from inside


def _attached(message: Message) -> Iterator[Message]:
    """The texts of a mail that is passed on as an attachment."""
    for part in message.walk():
        if content_type(part) == "message/rfc822" and part.is_multipart():
            for inner in part.get_payload():
                yield from _bodies(inner)  # type: ignore[arg-type]


def _is_attachment(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:
        return False


def _text(part: Message) -> str:
    text = decoded_text(payload(part), charset(part))
    if content_type(part) == "text/html":
        return _text_of_html(text)
    if (_parameter(part, "format") or "").lower() == "flowed":
        return unflowed(text.replace("\r\n", "\n"), _parameter(part, "delsp"))
    return text


def _text_of_html(text: str) -> str:
    tree = tree_of(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text))
    if tree is None:
        return ""
    for element in tree.xpath(_QUOTED):
        if element.get("id") == "divRplyFwdMsg" and _PASSES_ON.search(text):
            continue
        if element.tag == "div" and element.get("id") in ("divRplyFwdMsg", "appendonsend"):
            # The mail that is answered stands beside it.
            for following in list(element.itersiblings()):
                following.getparent().remove(following)
        _drop(element)
    for element in list(tree.iter()):
        classes = (element.get("class") or "").split()
        is_quoted = any(name in classes for name in _QUOTED_CLASSES)
        if "gmail_quote" in classes or "gmail_quote_container" in classes:
            is_quoted = not _PASSES_ON.search("".join(element.itertext())[:300])
        if element is not tree and (is_quoted or _HIDDEN.search(element.get("style") or "")):
            _drop(element)
    return lines_of(tree)


def _drop(element: Any) -> None:
    """Take an element out, but not what stands behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _parameter(part: Message, name: str) -> str | None:
    try:
        value = part.get_param(name)
    except Exception:
        return None
    value = value[2] if isinstance(value, tuple) else value
    return value.strip("'\" ") or None if isinstance(value, str) else None


def _day(value: str) -> str | None:
    """The day of a Date header as its sender has it."""
    try:
        date = parsedate(value)
    except (ValueError, TypeError, IndexError):
        return None
    return to_day(f"{date[0]:04}-{date[1]:02}-{date[2]:02}") if date else None
