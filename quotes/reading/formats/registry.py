"""The formats that have a module of their own here, each with what tells it and what reads it.

A module of a format has two functions. `looks_like(head)` says, by what a source begins with, whether it is one; it
imports nothing heavy. `documents(given, source)` yields a `Document` or a `Link` an article, and a `ReadingError` for
whatever can't be read; it raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ...errors import ReadingError
from ...records import SourceKind
from ..documents import Document, Link
from ..streams import Given


@dataclass(frozen=True, slots=True)
class Head:
    """What a source begins with.

    data (bytes): Its first bytes, 64 KB of them.
    text (str | None): The same as text, if it is any.
    name (str): How it is called: a path, a URL or a name in an archive.
    whole (bool): There is nothing after it.
    """

    data: bytes
    text: str | None
    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    kind (SourceKind): What `--as` calls it; the module is called so too.
    folder (str): Where the module lies, from here; empty for here.
    title (str): What its users call it.
    suffixes (tuple[str, ...]): Of its files; those of a folder that end so are taken.
    extra (str | None): Of this package, that installs what it needs.
    """

    kind: SourceKind
    folder: str
    title: str
    suffixes: tuple[str, ...]
    extra: str | None = None

    def looks_like(self, head: Head) -> bool:
        """Return whether a source that begins so is one."""
        return bool(self._module().looks_like(head))

    def documents(self, given: Given, source: str) -> Iterator[Document | Link | ReadingError]:
        """Yield the articles in a source."""
        found: Iterator[Document | Link | ReadingError] = self._module().documents(given, source)
        yield from found

    def _module(self) -> Any:
        return import_module(f"{__package__}.{self.folder}.{self.kind}".replace("..", "."))


FORMATS: tuple[Format, ...] = (
    Format("nexis", "databases", "Nexis Uni and LexisNexis: text, RTF, Word, pages", ()),
    Format("factiva", "databases", "Factiva: text, RTF, pages, XML", ()),
    Format("proquest", "databases", "ProQuest: text, RTF, Word", ()),
    Format("europresse", "databases", "Europresse: pages", ()),
    Format("docx", "office", "Word document; exports of news databases too", (".docx", ".docm")),
    Format("rtf", "office", "Rich Text Format; exports of news databases too", (".rtf",)),
    Format("pdf", "office", "PDF", (".pdf",), "pdf"),
    Format("odt", "office", "OpenDocument texts", (".odt", ".ott")),
    Format("epub", "office", "EPUB", (".epub",)),
    Format("nitf", "agencies", "NITF", (".nitf",)),
    Format("newsml", "agencies", "NewsML 1", (".newsml",)),
    Format("newsmlg2", "agencies", "NewsML-G2", (".newsmlg2",)),
    Format("ninjs", "agencies", "ninjs", (".ninjs",)),
    Format("anpa", "agencies", "ANPA 1312 wires", (".anpa",)),
    Format("iptc7901", "agencies", "IPTC 7901 wires", (".iptc",)),
    Format("mhtml", "mail", "MHTML, saved web pages", (".mhtml", ".mht")),
    Format("mbox", "mail", "mbox, mailboxes", (".mbox", ".mbx")),
    Format("eml", "mail", "mail", (".eml",)),
    Format("urls", "", "addresses, one a line", (".urls",)),
    Format("mediawiki", "archives", "dumps of MediaWiki (Wikinews)", (), "mediawiki"),
    Format("markdown", "", "Markdown", (".md", ".markdown")),
    Format("trafilatura", "", "trafilatura's XML", ()),
)
"""In the order in which they are asked, the most particular first."""
OF_KIND = {one.kind: one for one in FORMATS}
