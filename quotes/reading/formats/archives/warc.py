"""Web archives: the pages in WARC files, packed or not."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from email.message import Message
from typing import Any, BinaryIO

from ....errors import ReadingError
from ...addresses import without_credentials
from ...decoding import LARGEST
from ...documents import Document, DocumentKind, Metadata
from ...streams import peeked
from ..tables.table_columns import LARGEST_PAGE

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_GZIP = b"\x1f\x8b"
_LONGEST_HEADERS = 4_000_000
"""Bytes between two records and in the headers of the next; only a broken archive has more."""
_LONGEST_URL = 2_000
_BROTLI_PIECE = 256
# warcio falls over headers that are not as they should be.
_BROKEN = (
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    AttributeError,
    TypeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


def pages(stream: BinaryIO, source: str) -> Iterator[Document | ReadingError]:
    """Yield the pages in a web archive: the HTML responses that say they went well, saved pages and their texts.

    Of a page that stands in it the converted text is passed over.

    A page that can't be read, and what keeps the rest from being read, is yielded as an error:
    nothing is raised. What was read before stays.

    source (str): The archive; its pages are called `crawl.warc.gz#https://...`.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    count = 0
    try:
        head, stream = peeked(stream, len(_GZIP))
        if not head:
            raise ReadingError(source, "empty, nothing to read")
        # Unpacked here: warcio takes a packed archive that is cut short for one that ends, writes what
        # is broken to standard error, and refuses archives that are packed as one.
        fence = _Fence(gzip.GzipFile(fileobj=stream) if head == _GZIP else stream)
        try:
            for page in _pages(fence, source):
                count += 1
                yield page
            if not count:
                raise ReadingError(
                    source,
                    "no page in this web archive (looked for HTML responses with status 2xx, saved pages and texts)",
                )
        except (ArchiveLoadFailed, StatusAndHeadersParserException, *_BROKEN) as error:
            # What it fails with at the end of the file, it fails with because the file ends.
            ended = fence.ended or isinstance(error, EOFError)
            if isinstance(error, ArchiveLoadFailed) and not count:
                raise ReadingError(source, "broken, or no web archive") from error
            many = "1 page" if count == 1 else f"{count:,} pages"
            what = "cut short" if ended else "broken"
            raise ReadingError(source, f"{what} after {many}; what was read before stays") from error
    except ReadingError as error:
        yield error


def _pages(fence: _Fence, source: str) -> Iterator[Document | ReadingError]:
    from warcio.archiveiterator import ArchiveIterator

    # It takes a record that ends before its HTTP headers for the end of the archive, so it doesn't read these.
    archive = iter(ArchiveIterator(fence, no_record_parse=True))
    number = 0
    known: set[int] = set()  # hashes of the addresses of pages
    while True:
        fence.allowed = _LONGEST_HEADERS
        with redirect_stderr(io.StringIO()):  # where it writes what it thinks of the archive
            record = next(archive, None)
        if fence.broken:
            raise fence.broken
        if record is None:
            return
        number += 1
        if record.length is None:
            raise ValueError("a record without its length")
        url = _url(record)
        headers = _headers(record, url)
        fence.allowed = None
        page = None
        name = f"{source}#{url[:_LONGEST_URL] or number}"
        if headers and _is_page(headers):
            page = _page(record.raw_stream, headers, url, name)
        elif _is_saved(record.rec_type, url, known):
            page = _saved(record, url, name)
        while record.raw_stream.read(65_536):
            pass
        if record.raw_stream.limit:
            raise EOFError
        if page is not None:
            known.add(hash(url))
            yield page


def _url(record: Any) -> str:
    name = "uri" if record.format == "arc" else "WARC-Target-URI"
    return without_credentials("".join(str(record.rec_headers.get_header(name) or "").split()))


def _headers(record: Any, url: str) -> Any:
    """The HTTP headers of a response; None if it is none."""
    from warcio.statusandheaders import StatusAndHeadersParser

    if record.rec_type != "response" or (url and not _is_web(url)):
        return None
    try:
        return StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(record.raw_stream)
    except EOFError:
        return None  # if it is cut short, that shows at its end


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http:", "https:"))


def _is_saved(sort: str, url: str, known: set[int]) -> bool:
    return _is_web(url) and (sort == "resource" or (sort == "conversion" and hash(url) not in known))


def _saved(record: Any, url: str, source: str) -> Document | ReadingError | None:
    """The page or the text (as in WET files) of a record that has no HTTP headers; None if it is something else."""
    content_type, charset = _content_type(record.rec_headers)
    if content_type in _HTML:
        kind: DocumentKind = "html"
        largest = LARGEST_PAGE
    elif content_type == "text/plain":
        kind, largest = "text", LARGEST
    else:
        return None
    payload = record.raw_stream.read(largest + 1)
    if len(payload) > largest:
        return _too_large(source, largest)
    if not payload.strip():
        return ReadingError(source, "empty, nothing to read")
    return Document(source, payload, kind, Metadata(url=url), charset)


class _Fence:
    """A stream that ends a read which goes on and on: a line of headers may be as long as the archive.

    allowed (int | None): How many bytes may still be read; None for any number.
    ended (bool): Whether the end was read.
    broken (Exception | None): What reading failed with, as warcio takes some failures for the end.
    """

    def __init__(self, stream: Any) -> None:
        # Not `read`, which loses what was unpacked before a break.
        self._read = stream.read1
        self.allowed: int | None = None
        self.ended = False
        self.broken: Exception | None = None

    def read(self, size: int) -> bytes:
        """Return as many bytes or fewer; none at the end."""
        if self.broken:
            raise self.broken
        try:
            data: bytes = self._read(size)
        except Exception as error:
            self.broken = error
            raise
        self.ended = not data
        if self.allowed is not None:
            self.allowed -= len(data)
            if self.allowed < 0:
                self.broken = ValueError("headers without end")
                raise self.broken
        return data


def _is_page(headers: Any) -> bool:
    code = str(headers.get_statuscode())
    return (
        len(code) == 3
        and code.startswith("2")
        and code not in {"204", "205", "206"}
        and _content_type(headers)[0] in _HTML
    )


def _page(stream: Any, headers: Any, url: str, source: str) -> Document | ReadingError:
    """The page of a record; an error in place of it if it is too large or can't be unpacked."""
    payload = stream.read(LARGEST_PAGE + 1)
    if len(payload) > LARGEST_PAGE:
        return _too_large(source, LARGEST_PAGE)
    coding = (headers.get_header("Transfer-Encoding") or "").strip().lower()
    length = (headers.get_header("Content-Length") or "").strip()
    if coding == "chunked":
        payload = _joined(payload)
    elif length.isdecimal() and len(length) < 12 and len(payload) < int(length):
        return ReadingError(source, f"cut short: {len(payload):,} of {int(length):,} bytes of this page were saved")
    for packing in reversed((headers.get_header("Content-Encoding") or "").lower().split(",")):
        try:
            unpacked = _unpacked(payload, packing.strip(), source)
        except (zlib.error, EOFError):
            return ReadingError(source, "its packed content is broken or cut short")
        except ReadingError as error:
            return error
        if len(unpacked) > LARGEST_PAGE:
            return _too_large(source, LARGEST_PAGE)
        payload = unpacked
    if not payload.strip():
        return ReadingError(source, "empty, nothing to read")
    return Document(source, payload, "html", Metadata(url=url or None), _content_type(headers)[1])


def _too_large(source: str, largest: int) -> ReadingError:
    return ReadingError(source, f"larger than {largest // 1_000_000} MB, too large for one article")


def _content_type(headers: Any) -> tuple[str, str | None]:
    """The content type that the headers name, and the charset."""
    message = Message()
    message["Content-Type"] = " ".join((headers.get_header("Content-Type") or "").split())
    charset = message.get_param("charset")
    return message.get_content_type(), charset.strip("'\" ") or None if isinstance(charset, str) else None


def _joined(payload: bytes) -> bytes:
    """A payload that was sent in chunks as one; as it is if a crawler has joined them already."""
    from warcio.bufferedreaders import ChunkedDataReader

    joined: bytes = ChunkedDataReader(io.BytesIO(payload)).read()
    return joined


def _unpacked(payload: bytes, packing: str, source: str) -> bytes:
    """A payload unpacked, of a bomb only so much that it is found too large; as it is if it is not packed."""
    if packing in {"", "identity"} or not payload:
        return payload
    if packing in {"gzip", "x-gzip"}:
        # Crawlers may save pages unpacked and leave the header.
        return _inflated(payload, 16 + zlib.MAX_WBITS) if payload.startswith(_GZIP) else payload
    if packing == "deflate":
        try:
            return _inflated(payload, zlib.MAX_WBITS)
        except zlib.error:
            return payload if payload.lstrip().startswith(b"<") else _inflated(payload, -zlib.MAX_WBITS)
    if payload.lstrip()[:1] == b"<":
        return payload
    if packing != "br":
        raise ReadingError(source, f"packed as {packing[:20]!r}, which we can't unpack")
    try:
        import brotli  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise ReadingError(source, "packed with Brotli; pip install brotli") from None
    unpacker = brotli.Decompressor()
    data = b""
    try:
        try:
            data = unpacker.process(payload, output_buffer_limit=LARGEST_PAGE + 1)
        except TypeError:  # before Brotli 1.2 it has no limit
            for start in range(0, len(payload), _BROTLI_PIECE):
                data += unpacker.process(payload[start : start + _BROTLI_PIECE])
                if len(data) > LARGEST_PAGE:
                    break
    except brotli.error as error:
        raise EOFError from error
    if len(data) <= LARGEST_PAGE and not unpacker.is_finished():
        raise EOFError
    return data


def _inflated(payload: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    data = unpacker.decompress(payload, LARGEST_PAGE + 1)
    if len(data) <= LARGEST_PAGE and not unpacker.eof:
        raise EOFError
    return data
