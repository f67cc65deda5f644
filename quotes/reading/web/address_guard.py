"""The address guard: connections go to public addresses only, and to the very address that was checked.

A name is resolved once, here, where the connection is made. Every address that it stands for is
checked, and the connection goes to one of these by number: there is no second look-up that could
answer otherwise. The name of the host stays in the request and in TLS. Whatever opens a
connection comes by here, redirects too.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import inf
from time import monotonic
from typing import Any

import httpcore
import httpx

MOST_TRIED = 4
"""Addresses of one host that are tried in turn."""

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to addresses as numbers, the best first; raises `NoSuchHost` or `OSError`."""

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

# What `is_global` calls public, in some version of Python at least, and is not.
_CLOSED = (
    ip_network("192.0.0.0/24"),  # protocol assignments; one cloud keeps credentials at 192.0.0.192
    ip_network("192.88.99.0/24"),  # relays from IPv6
    ip_network("168.63.129.16/32"),  # another cloud's own services, on each of its machines
    ip_network("2001::/23"),  # protocol assignments, Teredo among them
    ip_network("3fff::/20"),  # documentation
)
_GIVEN_OUT = ip_network("2000::/3")  # all of IPv6 that is public lies in here
_NAT64 = ip_network("64:ff9b::/96")


class PrivateAddress(Exception):  # noqa: N818 - what there is, not that it is an error
    """A host's address is none of the public internet.

    address (str): As a number.
    """

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} is {address}")
        self.host = host
        self.address = address


class NoSuchHost(Exception):  # noqa: N818
    """A host's name stands for no address."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, which may be a number in any notation that the system knows.

    RAISES (NoSuchHost): If there is none.
    RAISES (OSError): If that can't be found out now.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise NoSuchHost(host) from error
    except ValueError as error:  # a label that is empty or too long
        raise NoSuchHost(host) from error
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an address, as a number, is one of the public internet; so must be an IPv4 one that it wraps."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        wrapped = _wrapped(number)
        if wrapped is not None:
            return is_public(str(wrapped))
        if number not in _GIVEN_OUT:
            return False
    return number.is_global and not number.is_multicast and not any(number in closed for closed in _CLOSED)


def _wrapped(number: IPv6Address) -> IPv4Address | None:
    if number in _NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour


class Budget:
    """Seconds on the network that are left for what is under way, so that no server holds it by dripping.

    left (float): May be set anew while it is not running.
    """

    def __init__(self) -> None:
        self.left = inf
        self._end = inf

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time within."""
        self._end = monotonic() + self.left
        try:
            yield
        finally:
            self.left = self._end - monotonic()
            self._end = inf

    def within(self, timeout: float | None) -> float | None:
        """Return how long one step may wait: as long as it wants, or as is left.

        RAISES (httpcore.ReadTimeout): If nothing is left.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("no time left")
        if left == inf:
            return timeout
        return left if timeout is None else min(timeout, left)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only.

    allow_private (bool): Any address will do.
    inner (httpcore.NetworkBackend | None): What opens the connection; it gets the number, never the name.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolve: Resolve = resolve,
        budget: Budget | None = None,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._budget = budget or Budget()
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first of the host's addresses that answers.

        RAISES (PrivateAddress): If any of them is not public: then the host is not to be trusted with the others.
        RAISES (NoSuchHost): If it has none.
        """
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(error) from error
        if not addresses:
            raise NoSuchHost(host)
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise PrivateAddress(host, address)
        options = list(socket_options or ())
        failed: Exception | None = None
        for address in addresses[:MOST_TRIED]:
            within = self._budget.within(timeout)
            try:
                stream = self._inner.connect_tcp(address, port, within, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
            else:
                return _Stream(stream, self._budget)
        assert failed is not None
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[_Option] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: a socket of this machine is no web address."""
        raise PrivateAddress(path, path)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends when the budget does."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._budget.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = self._budget.within(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, within), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # takes 50 ms


class GuardedTransport(httpx.BaseTransport):
    """A transport of httpx through a `GuardedBackend`; what goes wrong is raised as `httpcore` has it.

    There is no way through a proxy: it would look names up itself.
    """

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), network_backend=backend, max_keepalive_connections=8
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, its body not read yet."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=dict(request.extensions),
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
