"""Addresses of pages and feeds, without what is in them for nobody's eyes."""

from __future__ import annotations

import re

# Also where the password has signs that should be written as %23 or %2F, so that it is no address.
_CREDENTIALS = re.compile(
    r"(?<=:)//(?:[^/?#\s@]*+@(?:[^/?#\s@]*+@)*+|[^/?#\s:@]++:(?!\d{0,5}(?:[/?#]|$))[^\s@]*+@)", re.MULTILINE
)


def is_address(source: str) -> bool:
    """Return whether a source is the address of a page or feed rather than a file."""
    return source.lower().startswith(("http://", "https://"))


def without_credentials(text: str) -> str:
    """Return a text without the user names and passwords in the addresses in it."""
    return _CREDENTIALS.sub("//", text) if "@" in text else text
