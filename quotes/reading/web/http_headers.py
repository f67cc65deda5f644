"""What the headers of an HTTP answer say, as far as they say anything that makes sense."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,18}")


def charset(content_type: str) -> str | None:
    """Return the encoding that a `Content-Type` names, None if Python does not know it."""
    found = _CHARSET.search(content_type)
    if found is None:
        return None
    name = found.group(1).lower()
    try:
        b"text".decode(name, "replace")
    except (LookupError, ValueError):
        return None  # unknown, or what makes no text
    return name


def length(value: str) -> int:
    """Return the bytes that a `Content-Length` promises, 0 if it does not say."""
    return int(value) if _NUMBER.fullmatch(value) else 0


def seconds_to_wait(value: str) -> float:
    """Return how long a `Retry-After` asks to wait, 0 if it does not say."""
    value = value.strip()
    if _NUMBER.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
        left = moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, left.total_seconds())
