"""Pages and feeds by URL, fetched safely and politely.

Safely: public addresses only (see address_guard.py), and no server can make us wait or fill memory without
end. Politely: one host is asked at an interval, robots.txt is obeyed, and who says "later" is
asked later. Nothing goes through a proxy.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from random import uniform
from time import monotonic, sleep
from types import TracebackType

import httpcore
import httpx

from ...errors import ReadingError
from ...version import __version__
from ..addresses import without_credentials
from . import address_guard, robots
from .http_headers import charset, length, seconds_to_wait
from .robots import Robots
from .unpacking import BrokeOff, NotUnpacked, TooLarge, unpack
from .url_parts import host_of, site_of, web_address

USER_AGENT = f"quotes/{__version__} (news quote extraction)"

LARGEST = 10_000_000
"""Bytes of a page, unpacked. What is larger is no article and no feed."""
LONGEST_WAIT = 60.0
"""Seconds that answers may ask us to wait, all those of one page together."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
_SAID = {
    401: "wants a login (401)",
    402: "wants to be paid (402)",
    403: "refused by the site (403)",
    404: "not found (404)",
    410: "gone (410)",
    451: "withheld for legal reasons (451)",
}
_ETAG, _DATE = "If-None-Match", "If-Modified-Since"
_LONGEST_LINE = 200
_NO_TIME = 0.05  # seconds; a wait may end a little before its time
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.5",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched.

    url (str): Where it was at last, after redirects; without fragment, user name and password.
    data (bytes): Unpacked, not decoded; empty if it has not changed.
    content_type (str | None): As `text/html`.
    charset (str | None): What the header names, if Python knows it.
    not_modified (bool): It is as it was when `etag` and `last_modified` were given out.
    """

    url: str
    data: bytes
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


class _Failed(Exception):  # noqa: N818 - it becomes a ReadingError
    """The line that says why there is no page."""


class _Unreachable(_Failed):
    """There is no talking to the host at all."""


class _BadRedirect(_Failed):
    """Redirects lead to no page."""


class _TransientFailure(Exception):  # noqa: N818
    """What may go well the next time."""

    def __init__(self, message: str, *, reachable: bool = True) -> None:
        super().__init__(message)
        self._reachable = reachable

    def failed(self, tried: int) -> _Failed:
        """What it is when it has not."""
        kind = _Failed if self._reachable else _Unreachable
        return kind(f"{self}, in {tried} tries; try again later")


class _TimedOut(Exception):  # noqa: N818
    """The time for the page is up."""


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx.URL
    status: int
    headers: httpx.Headers
    data: bytes = b""
    tries: int = 1

    @property
    def is_there(self) -> bool:
        return 200 <= self.status < 300


class Fetcher:
    """Fetches pages, one at a time; a context manager that keeps connections open meanwhile.

    user_agent (str): Its first word, up to `/`, is what a robots.txt calls us.
    delay (float): Seconds between requests to one host, at least.
    timeout (float): Seconds for a connection, and for each wait for more of an answer.
    limit (float): Seconds on the network for a page, with its redirects, second tries and robots.txt.
    largest (int): Bytes of a page, unpacked.
    backoff (float): Seconds before the second try, doubled before each further one.
    allow_private (bool): Whether addresses that are not of the public internet are fetched too.
    """

    def __init__(
        self,
        *,
        user_agent: str = USER_AGENT,
        delay: float = 1.0,
        timeout: float = 20.0,
        limit: float = 60.0,
        largest: int = LARGEST,
        redirects: int = 5,
        tries: int = 3,
        backoff: float = 1.0,
        allow_private: bool = False,
        resolve: address_guard.Resolve = address_guard.resolve,
    ) -> None:
        self._name = user_agent.partition("/")[0].strip()
        self._delay = delay
        self._timeout = timeout
        self._limit = limit
        self._largest = largest
        self._redirects = redirects
        self._tries = tries
        self._backoff = backoff
        self._budget = address_guard.Budget()
        self._patience = LONGEST_WAIT
        self._robots: dict[str, Robots] = {}
        self._delays: dict[str, float] = {}
        self._free: dict[str, float] = {}  # when a host may be asked again
        self._closed: dict[str, tuple[float, int]] = {}  # till when a host wants to be left alone, and what it answered
        self._logins: dict[str, tuple[str, str]] = {}  # by site
        backend = address_guard.GuardedBackend(allow_private=allow_private, resolve=resolve, budget=self._budget)
        # No `httpx.Client`: it looks into redirects by itself, and fails on some that are no addresses.
        self._transport = address_guard.GuardedTransport(backend)
        self._cookies = httpx.Cookies()
        self._headers = {"User-Agent": user_agent, **_HEADERS}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Page:
        """Return the page at a URL.

        etag, last_modified (str | None): Of the `Page` that is known; if it has not changed, none is sent again.

        RAISES (ReadingError): If there is none or it may not be fetched; the line says why and what to do.
        """
        asked = {_ETAG: etag, _DATE: last_modified}
        conditions = {name: value for name, value in asked.items() if value and value.isascii()}
        self._cookies.clear()  # some sites redirect without end where none are kept; from page to page none are
        self._budget.left = self._limit
        self._patience = LONGEST_WAIT
        shown = without_credentials(url)
        try:
            start = web_address(url.strip())
            if start is None:
                raise _Failed("not a web address; those begin with http:// or https:// and a host")
            if start.userinfo:
                self._logins[site_of(start)] = start.username, start.password
            answer = self._follow(start, conditions)
            return _page(answer, conditions)
        except _Failed as failed:
            raise ReadingError(shown, without_credentials(str(failed))) from failed
        except _TimedOut as late:
            raise ReadingError(shown, f"took longer than {self._limit:g} s; try again later") from late

    def _follow(self, url: httpx.URL, conditions: Mapping[str, str], *, is_robots: bool = False) -> _Answer:
        """The answer at the end of the redirects; the robots.txt of every host on the way is obeyed."""
        for _ in range(self._redirects + 1):
            if not is_robots:
                self._obey(url)
            answer = self._ask(url, conditions, is_robots)
            if answer.status not in _REDIRECTS:
                return answer
            location = answer.headers.get("location", "")
            if not location:
                raise _BadRedirect(f"answers {answer.status} without an address to go on to")
            following = web_address(location, url)
            if following is None:
                raise _BadRedirect(f"redirects to {_line(location)}, which is not a web address")
            url = following
        raise _BadRedirect(f"redirected more than {self._redirects} times")

    def _obey(self, url: httpx.URL) -> None:
        """Go on only if robots.txt lets us.

        RAISES (_Failed): If it does not, or is not to be had now.
        """
        host = host_of(url)
        site = site_of(url)
        known = self._robots.get(site)
        if known is None or known.until < monotonic():
            known = self._robots[site] = self._robots_of(httpx.URL(f"{site}/robots.txt"))
        if known.trouble:
            raise _Failed(known.trouble)
        if known.rules and not known.rules.can_fetch(str(url), self._name):
            raise _Failed(f"robots.txt of {host} does not allow this page for {self._name}")
        self._delays[host] = max(self._delay, known.delay)

    def _robots_of(self, url: httpx.URL) -> Robots:
        of = f"robots.txt of {host_of(url)}"
        until = monotonic() + robots.ASKED_AGAIN
        try:
            answer = self._follow(url, {}, is_robots=True)
        except _BadRedirect:
            return Robots()
        except _Unreachable as failed:
            return Robots(trouble=str(failed), until=until)
        except _Failed as failed:
            return Robots(trouble=f"{of}: {failed}", until=until)
        except _TimedOut:
            return Robots(trouble=f"{of} took longer than {self._limit:g} s; try again later", until=until)
        if answer.status in _BUSY or answer.status >= 500:
            trouble = f"{of} answers {answer.status}, so nothing is fetched from there now; try again later"
            return Robots(trouble=trouble, until=until)
        if not answer.is_there:
            return Robots()
        return robots.parsed(answer.data, self._name)

    def _ask(self, url: httpx.URL, conditions: Mapping[str, str], is_robots: bool) -> _Answer:
        """The answer of one address, asked again after a pause while it is busy or breaks off."""
        host = host_of(url)
        tried = 0
        while True:
            tried += 1
            pause = self._backoff * 2 ** (tried - 1) * uniform(1, 1.5)
            try:
                answer = self._ask_once(url, conditions, is_robots)
            except _TransientFailure as passing:
                if tried >= self._tries:
                    raise passing.failed(tried) from passing
            else:
                asked = seconds_to_wait(answer.headers.get("retry-after", "")) if answer.status in _BUSY else 0.0
                if asked:
                    self._closed[host] = monotonic() + asked, answer.status
                if answer.status not in _BUSY or tried >= self._tries:
                    return replace(answer, tries=tried)
                if asked > self._patience:
                    raise _Failed(f"answers {answer.status} and asks to wait for {asked:.0f} s; try again later")
                self._patience -= asked
                pause = max(pause, asked)
            sleep(pause)
            self._closed.pop(host, None)

    def _leave_alone(self, host: str) -> None:
        """Wait as long as a host has asked for, whichever of its pages was asked for then.

        RAISES (_Failed): If that is longer than a page may take.
        """
        until, status = self._closed.get(host, (0.0, 0))
        wait = until - monotonic()
        if wait <= 0:
            return
        if wait > self._patience:
            raise _Failed(f"{host} answered {status} and asked us to retry after {wait:.0f} s more; try again later")
        self._patience -= wait
        sleep(wait)

    def _ask_once(self, url: httpx.URL, conditions: Mapping[str, str], is_robots: bool) -> _Answer:
        host = host_of(url)
        request = self._request(url, conditions)
        self._leave_alone(host)
        sleep(max(0.0, self._free.get(host, 0.0) - monotonic()))
        try:
            with self._budget.running(), closing(self._transport.handle_request(request)) as response:
                response.request = request
                self._cookies.extract_cookies(response)
                answer = _Answer(url, response.status_code, response.headers)
                return replace(answer, data=self._body(response, is_robots)) if answer.is_there else answer
        except address_guard.PrivateAddress as private:
            raise _Unreachable(f"points to a private address ({private.address}); --allow-private fetches it") from None
        except address_guard.NoSuchHost:
            raise _Unreachable(f"no such host ({host}); is it spelled right?") from None
        except TooLarge:
            raise _Failed(f"larger than {_size(self._largest)}, too large for a page") from None
        except NotUnpacked as packed:
            raise _Failed(str(packed)) from packed
        except httpcore.TimeoutException as error:
            if self._budget.left < _NO_TIME:
                raise _TimedOut from error
            raise _TransientFailure(f"no answer within {self._timeout:g} s") from error
        except httpcore.ConnectError as error:
            reason = _reason(error)
            if isinstance(_cause(error), ssl.SSLError):
                raise _Unreachable(f"no safe connection to {host} ({reason})") from error
            raise _TransientFailure(f"{host} can't be reached ({reason})", reachable=False) from error
        except (httpcore.NetworkError, httpcore.RemoteProtocolError, BrokeOff) as error:
            raise _TransientFailure(f"the answer broke off or is no HTTP ({_reason(error)})") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise _Failed(f"can't be asked for ({_reason(error)})") from error
        finally:
            self._free[host] = monotonic() + self._delays.get(host, self._delay)

    def _request(self, url: httpx.URL, conditions: Mapping[str, str]) -> httpx.Request:
        steps = ("connect", "read", "write", "pool")
        timeouts = dict.fromkeys(steps, self._timeout)
        headers = {**self._headers, **conditions}
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeouts})
        with suppress(UnicodeEncodeError):  # a cookie that no header can hold
            self._cookies.set_cookie_header(request)
        # As browsers do: a login counts for all pages of its site, such as those that a feed links to.
        login = (url.username, url.password) if url.userinfo else self._logins.get(site_of(url))
        if login:
            next(httpx.BasicAuth(*login).sync_auth_flow(request))
        return request

    def _body(self, response: httpx.Response, is_robots: bool) -> bytes:
        room = robots.LARGEST if is_robots else self._largest
        if not is_robots and length(response.headers.get("content-length", "")) > room:
            raise TooLarge
        return unpack(response.iter_raw(), response.headers.get("content-encoding", ""), room, cut=is_robots)


def _page(answer: _Answer, conditions: Mapping[str, str]) -> Page:
    headers = answer.headers
    url = str(answer.url.copy_with(userinfo=b""))
    etag, last_modified = headers.get("etag"), headers.get("last-modified")
    if answer.status == 304 and conditions:
        etag, last_modified = etag or conditions.get(_ETAG), last_modified or conditions.get(_DATE)
        return Page(url, b"", etag=etag, last_modified=last_modified, not_modified=True)
    if not answer.is_there:
        tries = f" after {answer.tries} tries" if answer.tries > 1 else ""
        later = "; try again later" if answer.status in _BUSY else ""
        raise _Failed(_SAID.get(answer.status, f"answers {answer.status}{tries}{later}"))
    if not answer.data.strip():
        raise _Failed("empty, nothing to read")
    content_type = headers.get("content-type", "")
    return Page(
        url,
        answer.data,
        content_type=content_type.partition(";")[0].strip().lower() or None,
        charset=charset(content_type),
        etag=etag,
        last_modified=last_modified,
    )


def _cause(error: Exception) -> object:
    """What httpcore wrapped, which it keeps as the message only."""
    return error.args[0] if error.args else None


def _reason(error: Exception) -> str:
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _line(cause.verify_message)
    if isinstance(cause, OSError) and cause.strerror:
        return _line(cause.strerror)
    return _line(str(error)) or type(error).__name__


def _line(text: str) -> str:
    """What others wrote, as a short piece of one line."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1] + "…"


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count:,} bytes"
