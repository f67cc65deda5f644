"""The address of a page, without what tracks its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from ...outlets.directory import host
from ..addresses import without_credentials

_RELAY = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]+/amp/(?:s/)?|[\w-]+\.cdn\.ampproject\.org/(?:[a-z]/)+(?:s/)?)(?=[^/]+\.)",
    re.I,
)
_RELAYS = re.compile(r"(?:^|\.)(?:ampproject\.org|feedburner\.com|feedproxy\.google\.com|news\.google\.com|t\.co)$")


def page_address(said: Iterable[str], found: str | None) -> str | None:
    """Return the address of a page without what tracks its readers.

    said (Iterable[str]): What the page calls its own: the canonical address first. One of another
        site, or of the site's front page, does not count.
    found (str | None): Where it was found.
    """
    from courlan import extract_domain

    if found:
        found = _RELAY.sub("https://", found)
    for one in said:
        try:
            address = urljoin(found or "", one)
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.path in ("", "/") and not parts.query):
            continue
        same = not found or _RELAYS.search(host(found)) or host(found) == parts.hostname
        if same or extract_domain(found or "", fast=True) == extract_domain(address, fast=True):
            return _untracked(address)
    return _untracked(found) if found and found.startswith(("http://", "https://")) else None


def _untracked(address: str) -> str:
    from courlan import clean_url

    address = without_credentials(address)
    bare, _, query = address.partition("#")[0].partition("?")
    if not query:
        return bare
    # courlan drops a query without values, as of `story.php?12345`, and rewrites paths.
    kept = urlsplit(clean_url(f"{bare}?{query}") or "").query if "=" in query else query
    return f"{bare}?{kept}" if kept else bare
