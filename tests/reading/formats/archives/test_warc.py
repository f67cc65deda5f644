"""Web archives give their pages; what is cut short or broken ends in one error, and nothing is written to stderr."""

import gzip
import io
import sys
import tracemalloc
import zlib
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.archives.warc import pages

PAGE = "<html><body><p>“We knew,” said Pell.</p></body></html>".encode()
HTML = ("Content-Type", "text/html; charset=utf-8")
URL = "https://courier.example/"


def archive(*records: tuple[Any, ...], packed: bool = True) -> bytes:
    """A web archive of records, each a URL, its status, its headers, its payload and its type."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    for url, status, headers, payload, sort in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if status else None
        writer.write_record(writer.create_warc_record(url, sort, payload=io.BytesIO(payload), http_headers=http))
    return file.getvalue()


def page(
    name: str = "1", status: str = "200 OK", payload: bytes = PAGE, headers: Iterable[tuple[str, str]] = (HTML,)
) -> tuple[Any, ...]:
    return URL + name, status, list(headers), payload, "response"


def read(data: bytes) -> tuple[list[Document], list[str]]:
    documents, errors = [], []
    for found in pages(io.BytesIO(data), "crawl.warc.gz"):
        if isinstance(found, ReadingError):
            assert "\n" not in str(found)
            errors.append(str(found))
        else:
            documents.append(found)
    return documents, errors


def payload(data: bytes, *headers: tuple[str, str]) -> bytes | str:
    """What is read of a page, or what is said of it."""
    documents, errors = read(archive(page(payload=data, headers=(HTML, *headers))))
    assert len(documents) + len(errors) == 1
    return documents[0].data if documents else errors[0].removeprefix(f"crawl.warc.gz#{URL}1: ")


@pytest.fixture(autouse=True)
def nothing_on_stderr(capsys: pytest.CaptureFixture[str]) -> Iterable[None]:
    yield
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("packed", [True, False])
def test_pages_with_their_address_and_charset(packed: bool) -> None:
    data = archive(page("1"), page("2", headers=[("content-type", 'Text/HTML;charset="ISO-8859-1"')]), packed=packed)
    assert read(data) == (
        [
            Document(f"crawl.warc.gz#{URL}1", PAGE, "html", Metadata(url=f"{URL}1"), "utf-8"),
            Document(f"crawl.warc.gz#{URL}2", PAGE, "html", Metadata(url=f"{URL}2"), "ISO-8859-1"),
        ],
        [],
    )


def test_an_archive_that_is_packed_as_one() -> None:
    data = gzip.compress(archive(page("1"), page("2"), packed=False))
    documents, errors = read(data)
    assert (len(documents), errors) == (2, [])


def test_what_is_no_page_is_passed_over() -> None:
    data = archive(
        page("a", headers=[("Content-Type", "application/pdf")]),
        page("b", "404 Not Found"),
        page("c", "301 Moved", headers=[HTML, ("Location", URL)]),
        page("d", "204 No Content"),
        page("e", "nonsense"),
        page("f", headers=[]),
        page("g", headers=[("Content-Type", "application/xhtml+xml")]),
        page("h", "203 Non-Authoritative"),
        (URL, None, None, b"GET / HTTP/1.1\r\n\r\n", "request"),
        (URL, None, None, b"a: b", "metadata"),
        ("dns:courier.example", None, None, b"courier.example 1 IN A", "response"),
    )
    documents, errors = read(data)
    assert [found.metadata.url for found in documents] == [f"{URL}g", f"{URL}h"]
    assert errors == []


def test_saved_pages_and_texts() -> None:
    text = "The ferry is back.\n\n“We knew,” said Pell.".encode()
    file = io.BytesIO(archive(page("1"), page("b", "404 Not Found")))
    file.seek(0, 2)
    writer = WARCWriter(file, gzip=True)
    for name, sort, kind, data in (
        ("1", "conversion", "text/plain", text),
        ("2", "conversion", "text/plain", text),
        ("3", "resource", "text/html; charset=utf-8", PAGE),
        ("4", "resource", "image/png", b"\x89PNG"),
        ("5", "conversion", "text/plain", b" "),
    ):
        writer.write_record(writer.create_warc_record(URL + name, sort, io.BytesIO(data), warc_content_type=kind))
    writer.write_record(
        writer.create_warc_record("urn:text:1", "resource", io.BytesIO(text), warc_content_type="text/plain")
    )
    documents, errors = read(file.getvalue())
    assert documents == [
        Document(f"crawl.warc.gz#{URL}1", PAGE, "html", Metadata(url=f"{URL}1"), "utf-8"),
        Document(f"crawl.warc.gz#{URL}2", text, "text", Metadata(url=f"{URL}2")),
        Document(f"crawl.warc.gz#{URL}3", PAGE, "html", Metadata(url=f"{URL}3"), "utf-8"),
    ], "a page's text goes by the page where both are there"
    assert errors == [f"crawl.warc.gz#{URL}5: empty, nothing to read"]


def test_packed_pages() -> None:
    raw = zlib.compressobj(wbits=-15)
    assert payload(gzip.compress(PAGE), ("Content-Encoding", "gzip")) == PAGE
    assert payload(zlib.compress(PAGE), ("Content-Encoding", "deflate")) == PAGE
    assert payload(raw.compress(PAGE) + raw.flush(), ("Content-Encoding", "Deflate")) == PAGE
    assert payload(PAGE, ("Content-Encoding", "identity")) == PAGE
    chunks = b"5\r\n" + PAGE[:5] + b"\r\n" + b"%x\r\n" % (len(PAGE) - 5) + PAGE[5:] + b"\r\n0\r\n\r\n"
    assert payload(chunks, ("Transfer-Encoding", "chunked")) == PAGE
    both = gzip.compress(PAGE)
    both = b"%x\r\n" % len(both) + both + b"\r\n0\r\n\r\n"
    assert payload(both, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")) == PAGE


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd"])
def test_pages_that_a_crawler_unpacked_without_saying_so(packing: str) -> None:
    headers = [("Content-Encoding", packing), ("Transfer-Encoding", "chunked"), ("Content-Length", "12")]
    assert payload(PAGE, *headers) == PAGE


def test_pages_that_can_not_be_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "its packed content is broken or cut short"
    assert payload(gzip.compress(PAGE)[:-12], ("Content-Encoding", "gzip")) == broken
    assert payload(b"\x1f\x8b\x08" + bytes(50), ("Content-Encoding", "gzip")) == broken
    assert payload(b"\xff\xff\xff", ("Content-Encoding", "deflate")) == broken
    assert payload(b"\x28\xb5", ("Content-Encoding", "zstd")) == "packed as 'zstd', which we can't unpack"
    monkeypatch.setitem(sys.modules, "brotli", None)
    assert payload(b"\x0b\x02", ("Content-Encoding", "br")) == "packed with Brotli; pip install brotli"


def test_brotli_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Decompressor:
        done = False

        def process(self, data: bytes) -> bytes:
            self.done = data.endswith(b"!")
            return data.replace(b"!", b"").swapcase()

        def is_finished(self) -> bool:
            return self.done

    monkeypatch.setitem(sys.modules, "brotli", SimpleNamespace(Decompressor=Decompressor, error=ValueError))
    assert payload(b"a" * 1000 + b"!", ("Content-Encoding", "br")) == b"A" * 1000
    assert payload(b"a" * 1000, ("Content-Encoding", "br")) == "its packed content is broken or cut short"


def test_pages_that_are_too_large_take_little_memory() -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    data = archive(page("1", payload=bomb, headers=[HTML, ("Content-Encoding", "gzip")]), page("2"))
    tracemalloc.start()
    documents, errors = read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60_000_000
    assert [found.metadata.url for found in documents] == [f"{URL}2"]
    assert errors == [f"crawl.warc.gz#{URL}1: larger than 10 MB, too large for one article"]
    assert payload(b"<p>" * 4_000_000) == "larger than 10 MB, too large for one article"


def test_a_page_of_which_not_all_was_saved() -> None:
    assert payload(PAGE, ("Content-Length", "60000")) == (
        f"cut short: {len(PAGE)} of 60,000 bytes of this page were saved"
    )
    assert payload(PAGE, ("Content-Length", "5")) == PAGE
    assert payload(b"  ") == "empty, nothing to read"


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_short_anywhere_is_never_read_as_whole(packed: bool) -> None:
    data = archive(page("1"), page("2", payload=PAGE * 40), packed=packed)
    second = data.rindex(b"\x1f\x8b\x08" if packed else b"WARC/1.0")
    # The line ends after the last record, and what gzip writes after it, are not missed.
    for end in range(second + 2, len(data) - 20, 7):
        documents, errors = read(data[:end])
        assert [found.metadata.url for found in documents] == [f"{URL}1"]
        assert errors == ["crawl.warc.gz: cut short after 1 page; what was read before stays"], end


def test_an_archive_that_is_broken_in_the_middle() -> None:
    data = archive(page("1"), page("2"), page("3"))
    second = len(archive(page("1"))) + 60
    documents, errors = read(data[:second] + b"broken broken broken" + data[second + 20 :])
    assert [found.metadata.url for found in documents] == [f"{URL}1"]
    assert errors == ["crawl.warc.gz: broken after 1 page; what was read before stays"]


def test_a_page_without_an_address_is_called_by_its_record() -> None:
    plain = archive(page("1"), page("2"), packed=False).replace(f"WARC-Target-URI: {URL}2\r\n".encode(), b"")
    documents, errors = read(plain)
    assert [(found.source, found.metadata.url) for found in documents] == [
        (f"crawl.warc.gz#{URL}1", f"{URL}1"),
        ("crawl.warc.gz#3", None),
    ]
    assert errors == []


@pytest.mark.parametrize("length", [b"-5", b"many", b"99999999999999999999"])
def test_a_record_whose_length_is_wrong(length: bytes) -> None:
    plain = archive(page("1"), page("2"), packed=False)
    at = plain.index(b"WARC/1.0", plain.index(b"/1\r\n"))
    start = plain.index(b"Content-Length: ", at) + len(b"Content-Length: ")
    end = plain.index(b"\r\n", start)
    documents, errors = read(plain[:start] + length + plain[end:])
    assert len(documents) >= 1 and len(errors) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty, nothing to read"),
        (b"\x1f\x8b", "cut short after 0 pages; what was read before stays"),
        (PAGE, "broken, or no web archive"),
        (gzip.compress(PAGE), "broken, or no web archive"),
        (bytes(3000), "broken, or no web archive"),
        (b"WARC/1.0\r\n" + b"a" * 5_000_000, "broken after 0 pages; what was read before stays"),
        (
            archive((URL, None, None, b"a: b", "metadata")),
            "no page in this web archive (looked for HTML responses with status 2xx, saved pages and texts)",
        ),
    ],
)
def test_what_is_no_web_archive(data: bytes, message: str) -> None:
    assert read(data) == ([], [f"crawl.warc.gz: {message}"])


def test_a_header_without_end_takes_little_memory() -> None:
    data = gzip.compress(archive(page("1"), packed=False) + b"WARC/1.0\r\nA: " + b"a" * 100_000_000)
    tracemalloc.start()
    documents, errors = read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(documents), len(errors)) == (1, 1)
    assert most < 40_000_000


def test_addresses_that_are_odd_stand_in_one_line() -> None:
    documents, _ = read(archive(page("a b\tc"), page("x" * 5000)))
    assert all(not set(found.source) & set(" \t\n") for found in documents)
    assert len(documents[1].source) < 2100


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_archive_with_any_bytes_changed_is_read_or_told(data: st.DataObject) -> None:
    whole = bytearray(archive(page("1"), page("2"), packed=data.draw(st.booleans())))
    for _ in range(data.draw(st.integers(1, 4))):
        # Of where, as a share: its length isn't the same each time.
        whole[int(data.draw(st.floats(0, 0.999)) * len(whole))] = data.draw(st.integers(0, 255))
    documents, errors = read(bytes(whole))
    assert len(documents) <= 2
    assert documents or errors
