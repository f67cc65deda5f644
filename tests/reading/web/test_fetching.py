"""Pages come over the web whole and as they were sent, or one line says why not and nothing is held up."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from quotes.errors import ReadingError
from quotes.reading.web import fetching, robots
from quotes.reading.web.fetching import USER_AGENT, Fetcher, Page

PAGE = "<html><body><p>“We had nine minutes,” said Commander Nadia Ferrant.</p></body></html>".encode()
MEGABYTE = 1_000_000
LONG_AGO = "Mon, 01 Jan 0001 00:00:00 +2359"


class Site(ThreadingHTTPServer):
    """A site on this machine: `pages` answer, what was asked for is noted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Callable[[Handler], None]] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def page(self, path: str, *answers: Callable[[Handler], None]) -> str:
        """Let a path answer; of several answers each the next time, the last one from then on."""
        left = list(answers)
        self.pages[path] = lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)
        return self.url(path)

    def times_asked(self, path: str) -> int:
        return self.asked.count(path)

    def handle_error(self, *_: Any) -> None:
        """Say nothing: that we hang up on it is what many tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.times.append(time.monotonic())
        self.server.headers.append(dict(self.headers))
        self.server.pages.get(self.path, answer(404))(self)

    def log_message(self, *_: Any) -> None:
        pass


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Callable[[Handler], None]:
    def send(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def raw(data: bytes, *, then: bytes = b"", every: float = 0.0) -> Callable[[Handler], None]:
    """Send bytes as they are, then others again and again until somebody hangs up; then hang up too."""

    def send(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(data)
        with suppress(OSError):
            while then and not handler.server.gone.wait(every):
                handler.wfile.write(then)

    return send


def redirect(to: str, status: int = 302) -> Callable[[Handler], None]:
    return answer(status, Location=to)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.gone.set()
    site.shutdown()
    thread.join()
    site.server_close()


def fetch(url: str, *, etag: str | None = None, last_modified: str | None = None, **options: Any) -> Page:
    with Fetcher(**{"delay": 0, "backoff": 0.01, "allow_private": True, **options}) as fetcher:
        return fetcher.fetch(url, etag, last_modified)


def failure(url: str, **options: Any) -> str:
    with pytest.raises(ReadingError) as raised:
        fetch(url, **options)
    assert raised.value.source == url and "\n" not in str(raised.value)
    return raised.value.message


# Pages


def test_a_page_as_it_was_sent(site: Site) -> None:
    url = site.page(
        "/story?id=1",
        answer(
            body=PAGE,
            Content_Type="Text/HTML; charset=UTF-8",
            ETag='"1"',
            Last_Modified="Tue, 05 Sep 2023 10:00:00 GMT",
        ),
    )
    assert fetch(url) == Page(
        url, PAGE, "text/html", "utf-8", '"1"', "Tue, 05 Sep 2023 10:00:00 GMT", not_modified=False
    )


def test_who_asks_is_told(site: Site) -> None:
    fetch(site.page("/", answer(body=PAGE)))
    assert site.asked == ["/robots.txt", "/"]
    assert {headers["User-Agent"] for headers in site.headers} == {USER_AGENT}


def test_user_name_password_and_fragment_are_no_part_of_the_address(site: Site) -> None:
    url = site.page("/story", answer(body=PAGE))
    assert fetch(url.replace("://", "://ada:secret@") + "#quote").url == url
    assert "Authorization" in site.headers[-1]


@pytest.mark.parametrize(
    ("header", "content_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("text/html; charset='ISO-8859-1'", "text/html", "iso-8859-1"),
        ("text/html;charset=no-such", "text/html", None),
        ("text/html;charset=base64", "text/html", None),
        ("", None, None),
        (";;;", None, None),
    ],
)
def test_what_the_header_says_of_the_encoding(
    site: Site, header: str, content_type: str | None, charset: str | None
) -> None:
    page = fetch(site.page("/", answer(body=PAGE, Content_Type=header)))
    assert (page.content_type, page.charset) == (content_type, charset)


def test_a_page_in_another_encoding_than_it_says_is_not_touched(site: Site) -> None:
    data = PAGE.decode().encode("cp1252")
    page = fetch(site.page("/", answer(body=data, Content_Type="text/html; charset=utf-8")))
    assert (page.data, page.charset) == (data, "utf-8")


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, coding: str, data: bytes) -> None:
    assert fetch(site.page("/", answer(body=data, Content_Encoding=coding))).data == PAGE


def test_a_page_in_chunks(site: Site) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:10], PAGE[10:])) + b"0\r\n\r\n"
    url = site.page("/", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
    assert fetch(url).data == PAGE


def test_a_page_without_a_length_ends_with_the_connection(site: Site) -> None:
    assert fetch(site.page("/", raw(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE))).data == PAGE


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    day = "Tue, 05 Sep 2023 10:00:00 GMT"
    url = site.page("/", answer(304, ETag='"2"'))
    page = fetch(url, etag='"1"', last_modified=day)
    assert page == Page(url, b"", etag='"2"', last_modified=day, not_modified=True)
    assert site.headers[-1]["If-None-Match"] == '"1"' and site.headers[-1]["If-Modified-Since"] == day


def test_that_nothing_changed_is_no_answer_to_who_has_nothing(site: Site) -> None:
    assert failure(site.page("/", answer(304))) == "answers 304"


def test_an_etag_that_no_header_can_hold_is_not_sent(site: Site) -> None:
    assert fetch(site.page("/", answer(body=PAGE)), etag="“1”").data == PAGE
    assert "If-None-Match" not in site.headers[-1]


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "http:///a",
        "http://[",
        "http://a b/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://exa\nmple.org/",
        "",
    ],
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(ReadingError) as raised, Fetcher() as fetcher:
        fetcher.fetch(url)
    assert raised.value.message == "not a web address; those begin with http:// or https:// and a host"


@pytest.mark.parametrize("host", ["xn--a", "xn--" + "a" * 50, "a" * 70, "a..b"])
def test_a_host_that_can_be_none(host: str) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    said = failure(f"http://{host}/", resolve=nowhere)
    assert "can't be reached (Name or service not known)" in said or said.startswith("not a web address")


def test_no_such_host() -> None:
    assert failure("http://no-such.example/", resolve=lambda host, port: []) == (
        "no such host (no-such.example); is it spelled right?"
    )


def test_a_host_where_nobody_answers(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert failure(url) == "127.0.0.1 can't be reached (Connection refused), in 3 tries; try again later"


def test_a_host_that_speaks_no_tls(site: Site) -> None:
    site.page("/", answer(body=PAGE))
    said = failure(site.url().replace("http:", "https:"))
    assert re.fullmatch(r"no safe connection to 127\.0\.0\.1 \(.+\)", said)


# The guard


def test_an_address_of_this_machine_is_refused(site: Site) -> None:
    url = site.page("/", answer(body=PAGE))
    said = "points to a private address (127.0.0.1); --allow-private fetches it"
    assert failure(url, allow_private=False) == said
    assert failure(url.replace("127.0.0.1", "2130706433"), allow_private=False) == said
    assert failure(url.replace("127.0.0.1", "0x7f.1"), allow_private=False) == said
    assert not site.asked


def test_a_name_that_stands_for_this_machine_is_refused(site: Site) -> None:
    url = site.page("/", answer(body=PAGE)).replace("127.0.0.1", "news.example")
    said = failure(url, allow_private=False, resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    assert said == "points to a private address (127.0.0.1); --allow-private fetches it"
    assert not site.asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_refused(site: Site, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site passes for a public one, so that only the redirect's host is not."""
    monkeypatch.setattr("quotes.reading.web.address_guard.is_public", lambda address: address == "127.0.0.1")
    url = site.page("/", redirect("http://169.254.169.254/latest/meta-data/", status))
    said = "points to a private address (169.254.169.254); --allow-private fetches it"
    assert failure(url, allow_private=False) == said
    assert site.asked == ["/robots.txt", "/"]


def test_a_name_that_is_public_first_and_private_later(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a connection goes where was checked; the next one is checked anew."""
    monkeypatch.setattr("quotes.reading.web.address_guard.is_public", lambda address: address == "127.0.0.1")
    found = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]  # for robots.txt, the page and where that redirects
    url = site.page("/", raw(b"HTTP/1.1 302 Found\r\nLocation: /inside\r\nConnection: close\r\n\r\n"))
    url = url.replace("127.0.0.1", "rebinding.example")
    said = failure(url, allow_private=False, resolve=lambda host, port: found.pop(0))
    assert said == "points to a private address (10.0.0.1); --allow-private fetches it"
    assert site.asked == ["/robots.txt", "/"] and not found


def test_no_proxy_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch(site.page("/", answer(body=PAGE))).data == PAGE


# Redirects


def test_the_address_is_the_last_one(site: Site) -> None:
    site.page("/b/2", redirect("../c#there"))
    site.page("/c", answer(body=PAGE))
    assert fetch(site.page("/a", redirect("/b/2", 301))).url == site.url("/c")


def test_a_site_that_redirects_until_it_sees_its_cookie(site: Site) -> None:
    def consent(handler: Handler) -> None:
        seen = "seen=1" in handler.headers.get("Cookie", "")
        (answer(body=PAGE) if seen else answer(302, Location="/", Set_Cookie="seen=1"))(handler)

    url = site.page("/", consent)
    with Fetcher(delay=0, allow_private=True) as fetcher:
        assert fetcher.fetch(url).data == fetcher.fetch(url).data == PAGE
    assert ["Cookie" in headers for headers in site.headers] == [False, False, True, False, True]


def test_a_cookie_that_no_header_can_hold_is_not_sent_back(site: Site) -> None:
    site.page("/b", answer(body=PAGE))
    url = site.page("/", raw(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: a=\xe9\r\n\r\n"))
    assert fetch(url).data == PAGE


def test_redirects_without_end(site: Site) -> None:
    assert failure(site.page("/", redirect("/"))) == "redirected more than 5 times"
    assert site.times_asked("/") == 6


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://[", "http://a b/"]
)
def test_a_redirect_to_what_is_no_web_address(site: Site, location: str) -> None:
    said = failure(site.page("/", redirect(location)))
    assert said == f"redirects to {location}, which is not a web address"


def test_a_long_address_is_told_in_short(site: Site) -> None:
    assert len(failure(site.page("/", redirect("data:" + "a" * 9000)))) < 300


def test_a_redirect_to_nowhere(site: Site) -> None:
    assert failure(site.page("/", answer(301))) == "answers 301 without an address to go on to"


# Sizes


def test_a_length_over_the_limit_is_refused_at_once(site: Site) -> None:
    url = site.page("/", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10000001\r\n\r\n"))
    assert failure(url) == "larger than 10 MB, too large for a page"


def test_a_page_without_end(site: Site) -> None:
    url = site.page("/", raw(b"HTTP/1.1 200 OK\r\n\r\n", then=b"x" * 65536))
    assert failure(url, largest=MEGABYTE) == "larger than 1 MB, too large for a page"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_little_that_unpacks_to_much(site: Site, coding: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(50)) + packer.flush()
    assert len(bomb) < 60_000
    assert failure(site.page("/", answer(body=bomb, Content_Encoding=coding))) == (
        "larger than 10 MB, too large for a page"
    )


def test_packed_data_without_end_that_unpacks_to_nothing(site: Site) -> None:
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    empty = b"\0\0\0\xff\xff" * 5000  # stored blocks of length 0
    url = site.page("/", raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + start, then=empty))
    assert failure(url, largest=MEGABYTE) == "larger than 1 MB, too large for a page"


@pytest.mark.parametrize(
    ("coding", "data", "said"),
    [
        ("gzip", PAGE, "says that it is packed as gzip, but is broken or is not"),
        ("deflate", PAGE, "says that it is packed as deflate, but is broken or is not"),
        ("br", PAGE, "packed as 'br', which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE)), "packed as 'gzip, gzip', which was not asked for"),
    ],
)
def test_what_can_not_be_unpacked(site: Site, coding: str, data: bytes, said: str) -> None:
    assert failure(site.page("/", answer(body=data, Content_Encoding=coding))) == said


# What breaks off


@pytest.mark.parametrize(
    "broken",
    [
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + PAGE),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE[:20]),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:-20]),
        raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
        raw(b""),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + PAGE),
        raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(200)) + b"\r\n"),
    ],
)
def test_what_breaks_off_is_asked_for_again(site: Site, broken: Callable[[Handler], None]) -> None:
    assert fetch(site.page("/", broken, broken, answer(body=PAGE))).data == PAGE
    said = failure(site.page("/broken", broken))
    assert re.fullmatch(r"the answer broke off or is no HTTP \(.+\), in 3 tries; try again later", said)
    assert site.times_asked("/broken") == 3


def test_more_than_the_length_says_is_cut(site: Site) -> None:
    url = site.page("/", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + PAGE))
    assert fetch(url).data == PAGE[:10]


@pytest.mark.parametrize("body", [b"", b" \n "])
def test_an_empty_page(site: Site, body: bytes) -> None:
    assert failure(site.page("/", answer(body=body))) == "empty, nothing to read"


# Time


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX-Name: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"],
)
def test_a_server_that_drips_is_left(site: Site, start: bytes) -> None:
    url = site.page("/", raw(start or b"HTTP/1.1 1", then=b"1", every=0.02))
    begin = time.monotonic()
    assert failure(url, timeout=0.3, limit=0.5) == "took longer than 0.5 s; try again later"
    assert 0.4 < time.monotonic() - begin < 2


def test_a_server_that_goes_on_to_say_wait_is_left(site: Site) -> None:
    url = site.page("/", raw(b"", then=b"HTTP/1.1 103 Early Hints\r\n\r\n", every=0.01))
    assert failure(url, limit=0.3) == "took longer than 0.3 s; try again later"


def test_the_time_is_for_all_redirects_together(site: Site) -> None:
    def later(handler: Handler) -> None:
        time.sleep(0.15)
        redirect("/")(handler)

    assert failure(site.page("/", later), limit=0.4) == "took longer than 0.4 s; try again later"


def test_a_server_that_says_nothing(site: Site) -> None:
    url = site.page("/", raw(b"", then=b" ", every=60))
    assert failure(url, timeout=0.1) == "no answer within 0.1 s, in 3 tries; try again later"


# What sites answer


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "wants a login (401)"),
        (402, "wants to be paid (402)"),
        (403, "refused by the site (403)"),
        (404, "not found (404)"),
        (410, "gone (410)"),
        (451, "withheld for legal reasons (451)"),
        (418, "answers 418"),
        (501, "answers 501"),
    ],
)
def test_a_page_that_is_not_there_is_asked_for_once(site: Site, status: int, said: str) -> None:
    assert failure(site.page("/", answer(status, PAGE))) == said
    assert site.times_asked("/") == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_site_that_is_busy_is_asked_again(site: Site, status: int) -> None:
    assert fetch(site.page("/", answer(status, PAGE), answer(body=PAGE))).data == PAGE
    assert failure(site.page("/always", answer(status, PAGE))) == f"answers {status} after 3 tries; try again later"
    assert site.times_asked("/always") == 3


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long we would have slept."""
    naps: list[float] = []
    monkeypatch.setattr(fetching, "sleep", lambda seconds: naps.append(seconds) if seconds else None)
    return naps


def test_pauses_grow_and_differ(site: Site, naps: list[float]) -> None:
    url = site.page("/", answer(500))
    failure(url, backoff=1, tries=4)
    first, second, third = naps
    assert 1 <= first <= 1.5 and 2 <= second <= 3 and 4 <= third <= 6
    naps.clear()
    failure(url, backoff=1, tries=2)
    assert naps != [first]


@pytest.mark.parametrize("as_date", [False, True])
def test_a_site_that_says_when_is_asked_then(site: Site, naps: list[float], as_date: bool) -> None:
    after = formatdate(time.time() + 30, usegmt=True) if as_date else "30"
    assert fetch(site.page("/", answer(429, Retry_After=after), answer(body=PAGE))).data == PAGE
    assert len(naps) == 1 and 25 < naps[0] <= 30


@pytest.mark.parametrize("after", ["soon", "-5", "", "Tue, 05 Sep 2023 10:00:00 GMT", "9" * 5000, LONG_AGO])
def test_a_site_that_says_no_time_is_asked_as_others_are(site: Site, naps: list[float], after: str) -> None:
    assert fetch(site.page("/", answer(503, Retry_After=after), answer(body=PAGE))).data == PAGE
    assert len(naps) == 1 and naps[0] < 1


def test_a_site_that_wants_us_much_later_is_left(site: Site, naps: list[float]) -> None:
    said = failure(site.page("/", answer(429, Retry_After="3600")))
    assert said == "answers 429 and asks to wait for 3600 s; try again later"
    failure(site.page("/again", answer(429, Retry_After="40")))
    assert naps == [40]  # of the second 40 s no minute is left


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_us_later_is_left_alone_with_all_its_pages(
    site: Site, naps: list[float], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    busy, other = site.page("/busy", answer(status, Retry_After="3600")), site.page("/other", answer(body=PAGE))
    now = time.monotonic()
    monkeypatch.setattr(fetching, "monotonic", lambda: now)
    with Fetcher(delay=0, backoff=0, allow_private=True) as fetcher:
        for url, line in ((busy, "asks to wait for 3600 s"), (other, "retry after 3600 s more"), (busy, "3600 s")):
            with pytest.raises(ReadingError, match=line):
                fetcher.fetch(url)
        assert site.asked == ["/robots.txt", "/busy"]
        now += 3590
        assert fetcher.fetch(other).data == PAGE
        assert naps[-1] == pytest.approx(10), "what is left of it is waited for"
        now += 11
        naps.clear()
        assert fetcher.fetch(other).data == PAGE
        assert naps == []


def test_a_host_whose_last_answer_says_when_is_left_alone_too(site: Site, naps: list[float]) -> None:
    busy, other = site.page("/busy", answer(429, Retry_After="50")), site.page("/other", answer(body=PAGE))
    with Fetcher(delay=0, backoff=0, tries=1, allow_private=True) as fetcher:
        with pytest.raises(ReadingError, match="answers 429"):
            fetcher.fetch(busy)
        assert fetcher.fetch(other).data == PAGE
    assert len(naps) == 1 and 45 < naps[0] <= 50


def test_a_login_counts_for_its_site_and_is_told_to_nobody(site: Site) -> None:
    other = Site()
    threading.Thread(target=other.serve_forever, daemon=True).start()
    site.page("/feed", answer(body=PAGE))
    site.page("/gone", answer(404))
    site.page("/astray", answer(302, Location=f"http://bob:hidden@127.0.0.1:{site.server_address[1]}x/"))
    leaves = site.page("/leaves", answer(302, Location=other.page("/", answer(body=PAGE))))
    login = site.url("/feed").replace("://", "://alice:s3cret@")
    with Fetcher(delay=0, tries=1, allow_private=True) as fetcher:
        assert fetcher.fetch(login).url == site.url("/feed")
        fetcher.fetch(leaves)
        for path in ("/gone", "/astray"):
            with pytest.raises(ReadingError) as caught:
                fetcher.fetch(login.replace("/feed", path))
            assert "s3cret" not in f"{caught.value} {caught.value.source}" and "hidden" not in str(caught.value)
            assert caught.value.source == site.url(path)
    pages = dict(zip(site.asked, site.headers, strict=True))
    assert pages["/leaves"]["Authorization"] == pages["/feed"]["Authorization"] == "Basic YWxpY2U6czNjcmV0"
    assert not any("Authorization" in headers for headers in other.headers)
    other.shutdown()
    other.server_close()


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    url = site.page("/", answer(body=PAGE))
    with Fetcher(delay=0.1, allow_private=True) as fetcher:
        fetcher.fetch(url)
        fetcher.fetch(url)
    assert all(later - earlier >= 0.1 for earlier, later in zip(site.times, site.times[1:], strict=False))


# robots.txt

ROBOTS = b"User-agent: *\nDisallow: /private\nAllow: /private/press\n\nUser-agent: greedy\nDisallow: /\n"


def test_a_page_that_robots_may_not_see(site: Site) -> None:
    site.page("/robots.txt", answer(body=ROBOTS))
    said = "robots.txt of 127.0.0.1 does not allow this page for quotes"
    assert failure(site.page("/private/a", answer(body=PAGE))) == said
    assert fetch(site.page("/private/press/a", answer(body=PAGE))).data == PAGE
    assert "/private/a" not in site.asked


def test_it_goes_by_our_name(site: Site) -> None:
    site.page("/robots.txt", answer(body=ROBOTS))
    said = failure(site.page("/", answer(body=PAGE)), user_agent="Greedy/1.0 (quotes)")
    assert said == "robots.txt of 127.0.0.1 does not allow this page for Greedy"


def test_words_that_only_describe_us_are_not_our_name(site: Site) -> None:
    site.page("/robots.txt", answer(body=b"User-agent: news\nDisallow: /\n"))
    assert fetch(site.page("/", answer(body=PAGE))).data == PAGE


def test_a_redirect_does_not_lead_past_it(site: Site) -> None:
    site.page("/robots.txt", answer(body=ROBOTS))
    site.page("/private/a", answer(body=PAGE))
    assert "does not allow" in failure(site.page("/", redirect("/private/a")))
    assert "/private/a" not in site.asked


def test_a_redirect_to_another_host_asks_that_host(site: Site) -> None:
    other = site.url("/private/a").replace("127.0.0.1", "other.example")
    site.page("/robots.txt", answer(404), answer(body=ROBOTS))
    url = site.page("/", redirect(other))
    said = failure(url, resolve=lambda host, port: ["127.0.0.1"])
    assert said == "robots.txt of other.example does not allow this page for quotes"


def test_it_is_asked_for_once_a_host(site: Site) -> None:
    site.page("/robots.txt", answer(body=ROBOTS))
    url = site.page("/", answer(body=PAGE))
    with Fetcher(delay=0, allow_private=True) as fetcher:
        for _ in range(3):
            fetcher.fetch(url)
    assert site.asked == ["/robots.txt", "/", "/", "/"]


@pytest.mark.parametrize(
    "nothing",
    [
        answer(404),
        answer(403),
        answer(body=b""),
        answer(body=b"\xff\xfe\0\x80" * 100),
        answer(body=PAGE),
        answer(301),
        redirect("/robots.txt"),
        redirect("file:///etc/passwd"),
    ],
)
def test_a_site_without_it_allows_all(site: Site, nothing: Callable[[Handler], None]) -> None:
    site.page("/robots.txt", nothing)
    assert fetch(site.page("/", answer(body=PAGE))).data == PAGE


def test_it_may_be_somewhere_else(site: Site) -> None:
    site.page("/robots.txt", redirect("/rules.txt"))
    site.page("/rules.txt", answer(body=b"\xef\xbb\xbf" + ROBOTS))
    assert "does not allow" in failure(site.page("/private", answer(body=PAGE)))


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (answer(503), "robots.txt of 127.0.0.1 answers 503, so nothing is fetched from there now; try again later"),
        (answer(429), "robots.txt of 127.0.0.1 answers 429, so nothing is fetched from there now; try again later"),
        (raw(b""), "robots.txt of 127.0.0.1: the answer broke off or is no HTTP"),
        (raw(b"HTTP/1.1 2", then=b"0", every=0.02), "robots.txt of 127.0.0.1 took longer than 1 s; try again later"),
        (answer(body=PAGE, Content_Encoding="gzip"), "robots.txt of 127.0.0.1: says that it is packed as gzip"),
    ],
)
def test_a_site_that_can_not_say_is_left_for_now(site: Site, trouble: Callable[[Handler], None], said: str) -> None:
    site.page("/robots.txt", trouble, trouble, trouble, answer(404))
    url = site.page("/", answer(body=PAGE))
    with Fetcher(delay=0, backoff=0.01, limit=1, allow_private=True) as fetcher:
        for _ in range(2):
            with pytest.raises(ReadingError) as raised:
                fetcher.fetch(url)
            assert raised.value.message.startswith(said)
    assert "/" not in site.asked


def test_rules_with_more_wildcards_than_can_be_matched(site: Site) -> None:
    def rule(wildcards: int) -> str:
        return "/" + "".join(f"{n}*" for n in range(wildcards))

    many = rule(robots.MOST_WILDCARDS + 1)
    fits = rule(robots.MOST_WILDCARDS)
    rules = f"User-agent: *\nDisallow: /a{many}\nDisallow: /b{fits}\nDisallow: /c\nAllow: /c{many}\n"
    site.page("/robots.txt", answer(body=(rules + "Disallow: /d/" + "*" * 1000 + "x\n").encode()))
    whole = many.replace("*", "-")
    refused = ("/a" + whole, "/a" + whole[:-2], "/b" + whole, "/c" + whole, "/d/yx")
    for path in refused:
        assert "does not allow" in failure(site.page(path, answer(body=PAGE)))
    for path in ("/a/1", "/b" + whole[:-5], "/d/y", "/e"):
        assert fetch(site.page(path, answer(body=PAGE))).data == PAGE


def test_a_robots_file_is_read_up_to_its_limit(site: Site) -> None:
    within, beyond = "User-agent: *\nDisallow: /a\n", "\nDisallow: /b\n"
    padding = "#" * (robots.LARGEST - len(within))
    site.page("/robots.txt", answer(body=(within + padding + beyond).encode()))
    assert "does not allow" in failure(site.page("/a", answer(body=PAGE)))
    assert fetch(site.page("/b", answer(body=PAGE))).data == PAGE


def test_a_site_that_could_not_say_is_asked_again_after_a_while(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "ASKED_AGAIN", 0)
    site.page("/robots.txt", answer(503), answer(404))
    url = site.page("/", answer(body=PAGE))
    with Fetcher(delay=0, tries=1, allow_private=True) as fetcher:
        with pytest.raises(ReadingError):
            fetcher.fetch(url)
        assert fetcher.fetch(url).data == PAGE


def test_of_a_huge_one_the_beginning_counts(site: Site) -> None:
    start = b"HTTP/1.1 200 OK\r\n\r\n" + ROBOTS
    site.page("/robots.txt", raw(start, then=b"# much ado\n" * 5000))
    assert "does not allow" in failure(site.page("/private", answer(body=PAGE)))
    assert fetch(site.page("/", answer(body=PAGE))).data == PAGE


@pytest.mark.parametrize(("said", "slept"), [("7", 7), ("0.5", 1), ("3600", 30), ("-1", 1), ("nan", 1), ("much", 1)])
def test_the_delay_that_it_asks_for(site: Site, naps: list[float], said: str, slept: float) -> None:
    site.page("/robots.txt", answer(body=b"User-agent: *\nCrawl-delay: " + said.encode()))
    url = site.page("/", answer(body=PAGE))
    with Fetcher(delay=1, allow_private=True) as fetcher:
        fetcher.fetch(url)
        fetcher.fetch(url)
    assert len(naps) == 2 and slept - 0.5 < naps[-1] <= slept


def test_closing_is_enough_without_a_with(site: Site) -> None:
    fetcher = Fetcher(delay=0, allow_private=True)
    assert fetcher.fetch(site.page("/", answer(body=PAGE))).data == PAGE
    fetcher.close()


def test_certificates_are_checked() -> None:
    with Fetcher() as fetcher:
        pool = fetcher._transport._pool
        assert pool._ssl_context.verify_mode is ssl.CERT_REQUIRED and pool._ssl_context.check_hostname
