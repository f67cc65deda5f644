"""The formats that have a module of their own here, each with what tells it and what reads it.

A module of a format has two functions. `looks_like(head)` says, by what a source begins with, whether it is one; it
imports nothing heavy. `documents(given, source)` yields a `Document` or a `Link` an article, and a `ReadingError` for
whatever can't be read; it raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

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
    title (str): What its users call it.
    suffixes (tuple[str, ...]): Of its files; those of a folder that end so are taken.
    articles (str): `one` or `many` in a file.
    extra (str | None): Of this package, that installs what it needs.
    """

    kind: SourceKind
    title: str
    suffixes: tuple[str, ...]
    articles: str
    extra: str | None = None

    def looks_like(self, head: Head) -> bool:
        """Return whether a source that begins so is one."""
        return bool(import_module(f".{self.kind}", __package__).looks_like(head))

    def documents(self, given: Given, source: str) -> Iterator[Document | Link | ReadingError]:
        """Yield the articles in a source."""
        found: Iterator[Document | Link | ReadingError] = import_module(f".{self.kind}", __package__).documents(
            given, source
        )
        yield from found


FORMATS: tuple[Format, ...] = (
    Format("nexis", "Nexis Uni and LexisNexis: text, RTF, Word, pages", (), "many"),
    Format("factiva", "Factiva: text, RTF, pages, XML", (), "many"),
    Format("proquest", "ProQuest: text, RTF, Word", (), "many"),
    Format("europresse", "Europresse: pages", (), "many"),
    Format("docx", "Word document; exports of news databases too", (".docx", ".docm"), "many"),
    Format("rtf", "Rich Text Format; exports of news databases too", (".rtf",), "many"),
    Format("pdf", "PDF", (".pdf",), "one", "pdf"),
    Format("odt", "OpenDocument texts", (".odt", ".ott"), "one"),
    Format("epub", "EPUB", (".epub",), "many"),
    Format("nitf", "NITF", (".nitf",), "many"),
    Format("newsml", "NewsML 1", (".newsml",), "many"),
    Format("newsmlg2", "NewsML-G2", (".newsmlg2",), "many"),
    Format("ninjs", "ninjs", (".ninjs",), "many"),
    Format("anpa", "ANPA 1312 wires", (".anpa",), "many"),
    Format("iptc7901", "IPTC 7901 wires", (".iptc",), "many"),
    Format("mhtml", "MHTML, saved web pages", (".mhtml", ".mht"), "one"),
    Format("mbox", "mbox, mailboxes", (".mbox", ".mbx"), "many"),
    Format("eml", "mail", (".eml",), "one"),
    Format("urls", "addresses, one a line", (".urls",), "many"),
    Format("mediawiki", "dumps of MediaWiki (Wikinews)", (), "many", "mediawiki"),
    Format("markdown", "Markdown", (".md", ".markdown"), "one"),
    Format("trafilatura", "trafilatura's XML", (), "one"),
)
"""In the order in which they are asked, the most particular first."""
OF_KIND = {one.kind: one for one in FORMATS}
