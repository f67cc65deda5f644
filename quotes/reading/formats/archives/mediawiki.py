"""Dumps of MediaWiki, such as Wikinews': each page of the main namespace is an article."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

from ....errors import ReadingError
from ...decoding import LARGEST
from ...documents import Document, Metadata
from ...streams import Given, opened
from ..markup import root
from ..registry import Head

_MAIN = "0"  # the namespace of articles
_SAFE = "/:(),;!*'@$"  # what MediaWiki leaves as it is in addresses


def looks_like(head: Head) -> bool:
    """Return whether its first element is a `mediawiki`."""
    return head.text is not None and head.text.lstrip()[:1] == "<" and root(head.text) == "mediawiki"


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories in a dump, called `dump.xml#1` by the page's number; of several revisions the last.

    Redirects and pages of other namespaces are passed over.
    """
    from lxml import etree

    count = 0
    try:
        if find_spec("mwparserfromhell") is None:
            raise ReadingError(source, "MediaWiki's markup needs mwparserfromhell; pip install 'quotes[mediawiki]'")
        with opened(given, source) as stream:
            try:
                for site, page in _pages(stream):
                    name = f"{source}#{_text(page, 'id') or count + 1}"
                    wikitext = _last_text(page)
                    if not wikitext.strip():
                        continue
                    count += 1
                    if len(wikitext) > LARGEST:
                        yield ReadingError(name, f"larger than {LARGEST // 1_000_000} MB, too large for one article")
                        continue
                    title = _text(page, "title")
                    metadata = Metadata(site.address(title), title or None, site.name, language=site.language)
                    yield Document(name, wikitext, "wikitext", metadata)
            except etree.XMLSyntaxError as error:
                after = f"after {count:,} articles; what was read before stays"
                reason = " ".join(str(error).split())[:100]
                raise ReadingError(source, f"broken or cut short {after} ({reason})") from error
        if not count:
            raise ReadingError(source, "no article in this dump (looked for pages of the main namespace)")
    except ReadingError as error:
        yield error


class _Site:
    """What a dump says of its wiki."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.language: str | None = None
        self._base = ""

    def read(self, info: Any) -> None:
        self.name = _text(info, "sitename") or None
        self._base = _text(info, "base").rpartition("/")[0]

    def address(self, title: str) -> str | None:
        if not self._base.startswith(("http://", "https://")) or not title:
            return None
        return f"{self._base}/{quote(title.replace(' ', '_'), safe=_SAFE)}"


def _pages(stream: Any) -> Iterator[tuple[_Site, Any]]:
    """The pages that are articles, each forgotten after it was used, so that a dump of any size takes little memory."""
    from lxml import etree

    site = _Site()
    events = etree.iterparse(
        stream, ("start", "end"), huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    for event, element in events:
        name = etree.QName(element).localname
        if event == "start":
            if name == "mediawiki":
                site.language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        elif name == "siteinfo":
            site.read(element)
        elif name == "revision":
            before = element.getprevious()
            if before is not None and etree.QName(before).localname == "revision":
                element.getparent().remove(before)
        elif name == "page":
            if (_text(element, "ns") or _MAIN) == _MAIN and element.find("{*}redirect") is None:
                yield site, element
            parent = element.getparent()
            element.clear()
            if parent is not None:
                parent.remove(element)


def _text(element: Any, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _last_text(page: Any) -> str:
    revisions = page.findall("{*}revision")
    if not revisions:
        return ""
    last = max(revisions, key=lambda revision: _text(revision, "timestamp"))
    return str(last.findtext("{*}text") or "")
