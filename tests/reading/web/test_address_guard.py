"""Connections go to public addresses only, to the very address that was checked, and end when their time does."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
import pytest

from quotes.reading.web.address_guard import (
    MOST_TRIED,
    Budget,
    GuardedBackend,
    GuardedTransport,
    NoSuchHost,
    PrivateAddress,
    is_public,
    resolve,
)

PUBLIC = "93.184.216.34"
PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "localhost",
    "",
]


class Network(httpcore.NetworkBackend):
    """Notes where connections go; the answer is always the same."""

    def __init__(self, *answers: bytes, dead: Iterable[str] = ()) -> None:
        self.to: list[tuple[str, int]] = []
        self.names: list[str | None] = []
        self.sent = b""
        self._answers = answers or (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",)
        self._dead = frozenset(dead)

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.to.append((host, port))
        if host in self._dead:
            raise httpcore.ConnectError(f"{host} is dead")
        return Line(self)

    def answers(self) -> list[bytes]:
        return list(self._answers)


class Line(httpcore.MockStream):
    def __init__(self, network: Network) -> None:
        super().__init__(network.answers())
        self._network = network

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._network.sent += buffer

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._network.names.append(server_hostname)
        return self


def client(network: Network, *addresses: str, **options: Any) -> httpx.Client:
    backend = GuardedBackend(inner=network, resolve=lambda host, port: addresses, **options)
    return httpx.Client(transport=GuardedTransport(backend))


# Which addresses are public


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", PUBLIC, "172.32.0.1", "2606:2800:220:1::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::"],
)
def test_an_address_of_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "::1", "::ffff:7f00:1"]
)
def test_a_number_in_any_notation_is_found_out(host: str) -> None:
    assert not any(map(is_public, resolve(host, 80)))


def test_a_name_is_resolved_to_each_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", (PUBLIC, 80)), (10, 1, 6, "", ("2606::1", 80, 0, 0)), (2, 1, 6, "", (PUBLIC, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    assert resolve("example.org", 80) == (PUBLIC, "2606::1")


@pytest.mark.parametrize("host", ["a" * 70 + ".org", "a..org"])
def test_a_name_that_can_be_none_stands_for_no_host(host: str) -> None:
    with pytest.raises(NoSuchHost):
        resolve(host, 80)


# Where connections go


@pytest.mark.parametrize("address", PRIVATE)
def test_no_connection_to_a_private_address(address: str) -> None:
    network = Network()
    with pytest.raises(PrivateAddress) as raised, client(network, address) as web:
        web.get("http://example.org/")
    assert raised.value.address == address
    assert not network.to


def test_one_private_address_among_public_ones_is_enough() -> None:
    network = Network()
    with pytest.raises(PrivateAddress), client(network, PUBLIC, "10.0.0.1") as web:
        web.get("http://example.org/")
    assert not network.to


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1"])
def test_private_addresses_can_be_allowed(address: str) -> None:
    network = Network()
    with client(network, address, allow_private=True) as web:
        assert web.get("http://intranet:8080/").text == "hi"
    assert network.to == [(address, 8080)]


@pytest.mark.parametrize(
    ("url", "port", "names"),
    [("http://example.org/", 80, []), ("https://example.org/", 443, ["example.org"])],
)
def test_the_connection_is_to_the_number_and_the_name_stays_in_the_request(
    url: str, port: int, names: list[str]
) -> None:
    network = Network()
    with client(network, PUBLIC) as web:
        assert web.get(url).text == "hi"
    assert network.to == [(PUBLIC, port)]
    assert b"Host: example.org\r\n" in network.sent
    assert network.names == names


def test_a_name_that_changes_its_address_is_asked_for_once_a_connection() -> None:
    """DNS rebinding: what was checked is what is connected to, and a new connection is checked anew."""
    network = Network(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
    answers = [[PUBLIC], ["127.0.0.1"]]
    backend = GuardedBackend(inner=network, resolve=lambda host, port: answers.pop(0))
    with httpx.Client(transport=GuardedTransport(backend)) as web:
        assert web.get("http://rebinding.example/").text == "hi"
        assert network.to == [(PUBLIC, 80)] and len(answers) == 1
        with pytest.raises(PrivateAddress):
            web.get("http://rebinding.example/")
    assert network.to == [(PUBLIC, 80)]


def test_the_next_address_is_tried_where_one_is_dead() -> None:
    network = Network(dead=["2606::1"])
    with client(network, "2606::1", PUBLIC) as web:
        assert web.get("http://example.org/").text == "hi"
    assert network.to == [("2606::1", 80), (PUBLIC, 80)]


def test_a_host_of_dead_addresses_is_given_up() -> None:
    addresses = [f"8.8.8.{number}" for number in range(1, 100)]
    network = Network(dead=addresses)
    with pytest.raises(httpcore.ConnectError, match=r"8\.8\.8\.1 is dead"), client(network, *addresses) as web:
        web.get("http://example.org/")
    assert len(network.to) == MOST_TRIED


def test_a_host_without_an_address() -> None:
    with pytest.raises(NoSuchHost), client(Network()) as web:
        web.get("http://example.org/")


def test_a_resolver_that_is_out_of_order() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    backend = GuardedBackend(inner=Network(), resolve=fail)
    with pytest.raises(httpcore.ConnectError), httpx.Client(transport=GuardedTransport(backend)) as web:
        web.get("http://example.org/")


def test_no_connection_to_a_socket_of_this_machine() -> None:
    with pytest.raises(PrivateAddress):
        GuardedBackend(allow_private=True).connect_unix_socket("/run/service.sock")


def test_redirects_that_the_client_follows_are_guarded_too() -> None:
    network = Network(b"HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\nContent-Length: 0\r\n\r\n")
    known = {"example.org": [PUBLIC], "inside.example": ["192.168.0.1"]}
    backend = GuardedBackend(inner=network, resolve=lambda host, port: known[host])
    with (
        pytest.raises(PrivateAddress, match=r"inside\.example is 192\.168\.0\.1"),
        httpx.Client(transport=GuardedTransport(backend), follow_redirects=True) as web,
    ):
        web.get("http://example.org/")
    assert network.to == [(PUBLIC, 80)]


# Time


def test_a_budget_counts_while_it_runs() -> None:
    budget = Budget()
    budget.left = 10
    time.sleep(0.02)
    assert budget.left == 10
    with budget.running():
        time.sleep(0.02)
        assert budget.within(3) == 3
        assert 9 < (budget.within(None) or 0) < 10
    assert 9 < budget.left < 9.99


def test_a_budget_that_is_used_up_ends_every_step() -> None:
    budget = Budget()
    budget.left = 0
    with budget.running(), pytest.raises(httpcore.ReadTimeout):
        budget.within(20)


def test_without_a_budget_steps_take_the_time_that_they_want() -> None:
    budget = Budget()
    with budget.running():
        assert (budget.within(20), budget.within(None)) == (20, None)
