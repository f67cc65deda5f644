"""What a source holds: documents, each of them one article as it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["text", "html", "markdown", "wikitext"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands round an article says of it: a feed's entry, a table's row, the address it was fetched from.

    published (str | None): `YYYY-MM-DD`.
    language (str | None): A code as `en` or `en-GB`.
    """

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None


NO_METADATA = Metadata()
"""Where nothing is said."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was found, not parsed yet.

    source (str): How it is called in records: a path, a URL, `news.zip#page.html`, `news.csv#12`.
    data (bytes | str): A str where what it was found in has told the encoding or has none.
    metadata (Metadata): What the source says of it; that goes before what the article says of itself.
    charset (str | None): The encoding that an HTTP header names.
    """

    source: str
    data: bytes | str
    kind: DocumentKind
    metadata: Metadata = NO_METADATA
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An article of which a source holds the address only: it is to be fetched.

    url (str): With user name and password, if it has any.
    metadata (Metadata): What the source says of it.
    """

    url: str
    metadata: Metadata = NO_METADATA
