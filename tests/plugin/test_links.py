"""Every link of our pages leads somewhere, behind a prefix too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from datasette.app import Datasette

from quotes.plugin.datasette_compat import configuration
from quotes.plugin.serving import metadata_for

HOST = "http://localhost"
ADDRESS = re.compile(r"""\s(?:href|src|action)=["']([^"'#]+)""")
OURS = re.compile(r"/-/(?:home|quotes|article/\d+|speaker/\d+|outlet/\d+|wording/\d+|compare)$|/x/$")


def kind(address: str) -> tuple[str, tuple[str, ...]]:
    """Return what stands for links that differ by the values in their query alone."""
    parts = urlsplit(address)
    return parts.path, tuple(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))


def links(page: str, text: str) -> Iterator[str]:
    for found in ADDRESS.findall(text):
        address = urljoin(page, unescape(found))
        if address.startswith(HOST) or not urlsplit(address).scheme:
            yield address


async def crawled(ds: Datasette, start: str) -> dict[str, tuple[int, str]]:
    """Return the status of every link, one of a kind, and the page that it stands on."""
    found: dict[str, tuple[int, str]] = {}
    seen = {kind(start)}
    waiting = [(start, "")]
    while waiting:
        address, page = waiting.pop()
        # A client of Datasette would put the prefix before an address that lacks it.
        options: Any = {"avoid_path_rewrites": True, "follow_redirects": True}
        answer = await ds.client.request("get", address.removeprefix(HOST), **options)
        found[address] = (answer.status_code, page)
        path, names = kind(address)
        if not OURS.search(path) or len(names) > 1:  # filters combine in hundreds of ways
            continue
        for link in links(address, answer.text):
            if kind(link) not in seen:
                seen.add(kind(link))
                waiting.append((link, address))
    return found


async def test_all_links_of_all_pages_stay_behind_the_prefix(database_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "my news.2026.db"
    path.write_bytes(database_path.read_bytes())
    settings = {"base_url": "/x/", "suggest_facets": False}  # a second for each table
    ds = Datasette([str(path)], **configuration(metadata_for(path)), settings=settings)
    found = await crawled(ds, f"{HOST}/x/")
    assert len(found) > 100
    assert [(link, page) for link, (_, page) in found.items() if not link.startswith(f"{HOST}/x/")] == []
    assert [(link, *answer) for link, answer in found.items() if answer[0] != 200] == []
