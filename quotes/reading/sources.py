"""Everything that sources hold, as articles: files, folders, standard input, addresses, and what is in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from ..errors import ReadingError, one_line
from ..outlets.directory import by_domain, by_name
from ..records import Article, SourceKind
from .addresses import is_address, without_credentials
from .dates import DateOrder
from .decoding import LARGEST
from .documents import NO_METADATA, Document, DocumentKind, Link, Metadata
from .file_finding import Found, find
from .formats.registry import OF_KIND
from .formats.tables.table_columns import LARGEST_PAGE
from .kinds import ARCHIVE_KINDS, HEAD, kind_of
from .parsing import article_of
from .streams import filled, peeked

if TYPE_CHECKING:
    from .formats.archives.archive import ArchiveKind
    from .web.fetching import Fetcher, Page


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are to be read.

    outlet (str | None): Who printed the articles, over what they say.
    kind (SourceKind | None): What the sources are, over what their bytes say.
    columns (Mapping[str, str]): Of tables, by the field that they hold; what isn't told is guessed.
    dates (DateOrder | None): What stands first in 03/04/2025; what isn't told the other dates of a column tell.
    user_agent (str | None): What servers are told of us, if not our name; its first word is what a robots.txt calls us.
    delay (float): Seconds between requests to one host, at least.
    allow_private (bool): Fetch from addresses that are not of the public internet too.
    """

    outlet: str | None = None
    kind: SourceKind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DateOrder | None = None
    user_agent: str | None = None
    delay: float = 1.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Something that was read before and need not be fetched again."""

    source: str


Read = Article | Unchanged | ReadingError


class Fetched(Protocol):
    """What is known of addresses that were fetched before."""

    def is_known(self, url: str) -> bool:
        """Return whether the article at an address has been read."""

    def version(self, url: str) -> tuple[str | None, str | None]:
        """Return the ETag and the Last-Modified of what was fetched from an address the last time."""

    def note(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Take down that something was fetched; it is known when all of it has been stored."""


def articles(
    sources: Iterable[str], options: ReadOptions = ReadOptions(), fetched: Fetched | None = None
) -> Iterator[Read]:
    """Yield what the sources hold, in order; what can't be read is yielded as an error, nothing is raised.

    sources (Iterable[str]): Files, folders, `-` for standard input, and addresses of pages and feeds.
    fetched (Fetched | None): What need not be fetched again.
    """
    with _Sources(options, fetched) as reader:
        for document in reader.documents(sources):
            yield article_of(document, options.outlet) if isinstance(document, Document) else document


def articles_in(path: Path, source: str, options: ReadOptions = ReadOptions()) -> Iterator[Read]:
    """Yield what one file holds, as `articles` does.

    source (str): How the file is called in records: it may be a copy of something that lies elsewhere.
    """
    with _Sources(options, None) as reader:
        for document in reader.documents_of(Found(source, path)):
            yield article_of(document, options.outlet) if isinstance(document, Document) else document


class _Sources:
    """Finds the documents in sources; keeps connections open meanwhile."""

    def __init__(self, options: ReadOptions, fetched: Fetched | None) -> None:
        self._options = options
        self._fetched = fetched
        self._open = ExitStack()
        self._opened_fetcher: Fetcher | None = None

    def __enter__(self) -> _Sources:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def documents(self, sources: Iterable[str]) -> Iterator[Document | Unchanged | ReadingError]:
        for source in sources:
            if is_address(source):
                yield from self._caught(without_credentials(source), self._of_address(source))
            else:
                for found in find([source]):
                    yield from self.documents_of(found)

    def documents_of(self, found: Found) -> Iterator[Document | Unchanged | ReadingError]:
        yield from self._caught(found.source, self._of_file(found))

    def _caught(
        self, source: str, documents: Iterator[Document | Unchanged | ReadingError]
    ) -> Iterator[Document | Unchanged | ReadingError]:
        try:
            yield from documents
        except ReadingError as error:
            yield error
        except OSError as error:
            yield ReadingError(source, f"can't be read ({error.strerror or error})")
        except Exception as error:
            yield ReadingError(source, one_line(error, source))

    def _of_file(self, found: Found) -> Iterator[Document | Unchanged | ReadingError]:
        if found.error:
            raise ReadingError(found.source, found.error)
        if found.path is None:
            yield from self._of_stream(cast(BinaryIO, sys.stdin.buffer), found.source, "", None)
            return
        is_file = found.path.exists()
        path = found.path if is_file else Path(str(found.path).partition("#")[0])
        with path.open("rb") as file:
            yield from self._of_stream(file, found.source, path.name, found.path)

    def _of_stream(
        self, stream: BinaryIO, source: str, name: str, path: Path | None, metadata: Metadata = NO_METADATA
    ) -> Iterator[Document | Unchanged | ReadingError]:
        """Yield what a file holds.

        path (Path | None): Where it lies, for formats that are read out of order.
        """
        head, stream = peeked(stream, HEAD)
        kind = self._options.kind or kind_of(head, name)
        if kind in ARCHIVE_KINDS:
            from .formats.archives.archive import members

            for member in members(path or stream, cast("ArchiveKind", kind), source):
                if isinstance(member, ReadingError):
                    yield member
                else:
                    inside = member.stream or BytesIO(member.data or b"")
                    yield from self._caught(member.source, self._of_kind(member.kind, inside, member.source, None))
        else:
            yield from self._of_kind(kind, stream, source, path, metadata)

    def _of_kind(
        self, kind: SourceKind, stream: BinaryIO, source: str, path: Path | None, metadata: Metadata = NO_METADATA
    ) -> Iterator[Document | Unchanged | ReadingError]:
        """Yield what a file of this kind holds that is no archive."""
        if kind == "text" or kind == "html":
            data = _all(stream, source, LARGEST if kind == "text" else LARGEST_PAGE)
            yield Document(source, data, cast(DocumentKind, kind), metadata)
        elif kind == "feed":
            yield from self._of_feed(_all(stream, source, LARGEST_PAGE), source)
        elif kind == "warc":
            from .formats.archives.warc import pages

            yield from pages(stream, source)
        elif kind in OF_KIND:
            yield from self._fetching(OF_KIND[kind].documents(path or stream, source))
        else:
            from .formats.tables.table import rows

            yield from self._fetching(rows(path or stream, kind, source, self._options.columns, self._options.dates))

    def _fetching(
        self, found: Iterator[Document | Link | ReadingError]
    ) -> Iterator[Document | Unchanged | ReadingError]:
        for item in found:
            if isinstance(item, Link):
                yield from self._of_link(item)
            else:
                yield item

    # -- addresses

    def _of_address(self, url: str) -> Iterator[Document | Unchanged | ReadingError]:
        page = self._fetch(url)
        if page.not_modified:
            yield Unchanged(without_credentials(url))
            return
        if self._options.kind is None and page.content_type in ("text/html", "application/xhtml+xml"):
            yield _document(page, NO_METADATA)
        else:
            yield from self._of_stream(BytesIO(page.data), page.url, page.url, None, Metadata(url=page.url))
        self._note(url, page)

    def _of_feed(self, data: bytes, source: str) -> Iterator[Document | Unchanged | ReadingError]:
        from .formats.feed import entries

        for entry in entries(data, source):
            url = without_credentials(entry.url) if entry.url else None
            metadata = Metadata(url, entry.title, None, entry.byline, entry.published)
            # A feed can call itself as it likes; what is known by name has its own sites, of an entry or of the feed.
            named = by_name(entry.outlet or "")
            if named and (not is_address(url or source) or by_domain(url or source) == named):
                metadata = replace(metadata, outlet=entry.outlet)
            if entry.html and not (url and self._is_known(url)):
                yield Document(url or f"{source}#{entry.title}", entry.html, "html", metadata)
            elif entry.url:
                yield from self._of_link(Link(entry.url, metadata))

    def _of_link(self, link: Link) -> Iterator[Document | Unchanged | ReadingError]:
        url = without_credentials(link.url)
        if self._is_known(url):
            yield Unchanged(url)
        else:
            yield from self._caught(url, self._of_entry(link.url, replace(link.metadata, url=url)))

    def _is_known(self, url: str) -> bool:
        return bool(self._fetched and self._fetched.is_known(url))

    def _of_entry(self, url: str, metadata: Metadata) -> Iterator[Document | Unchanged | ReadingError]:
        page = self._fetch(url)
        yield Unchanged(without_credentials(url)) if page.not_modified else _document(page, metadata)
        self._note(url, page)

    def _fetch(self, url: str) -> Page:
        if self._opened_fetcher is None:
            from .web.fetching import USER_AGENT, Fetcher

            options = self._options
            agent = options.user_agent or USER_AGENT
            fetcher = Fetcher(user_agent=agent, delay=options.delay, allow_private=options.allow_private)
            self._opened_fetcher = self._open.enter_context(fetcher)
        etag, last_modified = self._fetched.version(without_credentials(url)) if self._fetched else (None, None)
        return self._opened_fetcher.fetch(url, etag, last_modified)

    def _note(self, url: str, page: Page) -> None:
        if self._fetched:
            self._fetched.note(without_credentials(url), page.etag, page.last_modified)


def _all(stream: BinaryIO, source: str, largest: int) -> bytes:
    data = filled(stream, largest + 1)
    if len(data) > largest:
        raise ReadingError(source, f"larger than {largest // 1_000_000} MB, too large for one article")
    return data


def _document(page: Page, metadata: Metadata) -> Document:
    return Document(page.url, page.data, "html", replace(metadata, url=page.url), page.charset)
