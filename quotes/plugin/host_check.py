"""Who may ask this server: those who call it by a name that it goes by.

A page of another site can give its own name our address (DNS rebinding); to the reader's browser the answers would then
be that site's own, and its scripts could read them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from datasette import hookimpl as untyped_hookimpl

from .datasette_compat import asgi_send

App = Callable[..., Awaitable[None]]
Hook = TypeVar("Hook", bound=Callable[..., Any])
hookimpl: Callable[[Hook], Hook] = untyped_hookimpl  # Datasette carries no types

LOCAL = ("localhost", "127.0.0.1", "::1")
"""Names of this machine for itself."""


class HostCheck:
    """A plugin of Datasette: answers 403 to whoever asks by another name.

    hosts (Iterable[str]): The names, without ports.
    """

    __name__ = "quotes_host_check"

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(host.lower().strip("[]").rstrip(".") for host in hosts)

    @hookimpl
    def asgi_wrapper(self) -> Callable[[App], App]:
        """Return what Datasette's application is wrapped in."""
        return self.wrap

    def wrap(self, app: App) -> App:
        """Return an ASGI application that looks at the header Host first."""

        async def checked(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                named = [host_name(value.decode("latin-1")) for name, value in scope["headers"] if name == b"host"]
                if len(named) != 1 or named[0] not in self.hosts:
                    message = "This server does not go by that name."
                    if len(named) == 1 and re.fullmatch(r"[\w.-]+", named[0], re.ASCII):
                        message += f" To have it answer: quotes serve --allow-host {named[0]}"
                    await asgi_send(send, message, 403, content_type="text/plain; charset=utf-8")
                    return
            await app(scope, receive, send)

        return checked


def host_name(host: str) -> str:
    """Return the name in a header Host, without its port: `[::1]:8001` is `::1`; "" for what is none."""
    found = re.fullmatch(r"(?:\[([^\]]*)\]|([^:]*))(?::[0-9]*)?", host.strip())
    return (found[1] or found[2] or "").lower().rstrip(".") if found else ""
