"""Whether some bytes begin with the headers of a mail, and which."""

from __future__ import annotations

import re
from email.utils import parsedate

_LINE = re.compile(rb"([!-9;-~]{1,70}):[ \t]*(.*)")
# Written by mail programs, not by people.
_BY_PROGRAMS = frozenset(
    "received return-path message-id mime-version delivered-to dkim-signature x-mailer x-mozilla-status"
    " authentication-results arc-seal content-transfer-encoding list-id x-gmail-labels".split()
)
_BY_PEOPLE = frozenset({"from", "subject", "to", "date", "content-type"})
_FEWEST = 2


def headers_of(head: bytes) -> dict[str, str]:
    """Return the headers that some bytes begin with, names in small letters; empty where another line is among them."""
    found: dict[str, str] = {}
    name = ""
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()
    for number, line in enumerate(lines):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t") and name:
            found[name] += f" {line.strip().decode('latin-1')}"
        elif match := _LINE.match(line):
            name = match[1].decode("latin-1").lower()
            found.setdefault(name, match[2].strip().decode("latin-1"))
        elif number and number == len(lines) - 1:
            break  # the head ends within a line
        else:
            return {}
    return found


def is_mail(headers: dict[str, str]) -> bool:
    """Return whether headers are those of a mail, not lines above an article that look alike."""
    if len(headers) < _FEWEST:
        return False
    if _BY_PROGRAMS & headers.keys() and _BY_PEOPLE & headers.keys():
        return True
    written = "@" in headers.get("from", "") and "subject" in headers
    return written and parsedate(headers.get("date", "")) is not None
