"""Addresses on the web, as they are asked for."""

from __future__ import annotations

import re

import httpx

_HOST = re.compile(rb"[A-Za-z0-9._:-]+")


def web_address(text: str, base: httpx.URL | None = None) -> httpx.URL | None:
    """Return the address on the web that a text is, seen from a page; None if it is none."""
    try:
        url = base.join(text) if base else httpx.URL(text)
        port_fits = url.port is None or 0 < url.port < 65536
        _ = url.host  # fails on one that only looks like an international name, and so would httpx later
    except (httpx.InvalidURL, ValueError):
        return None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host) or not port_fits:
        return None
    return url.copy_with(fragment=None)


def site_of(url: httpx.URL) -> str:
    """Return scheme, host and port."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def host_of(url: httpx.URL) -> str:
    """Return the host, as it is sent."""
    return url.raw_host.decode("ascii")
