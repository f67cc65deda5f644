"""What a page of ours may load: a Content-Security-Policy without `unsafe-inline`.

What stands in a page itself is allowed by its hash, and only what comes from a template, a plugin or the metadata:
nothing of an article ever is. Datasette's own pages, whose scripts are in them, go without.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markupsafe import Markup

ALWAYS = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'"
)
INLINE = re.compile(r"<script(?:\s[^>]*)?>(.+?)</script>", re.DOTALL)


@dataclass(slots=True)
class Policy:
    """Gathers, as a template is drawn, what its page loads."""

    scripts: list[str] = field(default_factory=lambda: ["'self'"])
    styles: list[str] = field(default_factory=lambda: ["'self'"])

    def script_at(self, url: str) -> str:
        """Return the address of a script, which is allowed."""
        return _allow(self.scripts, _origin(url), url)

    def style_at(self, url: str) -> str:
        """Return the address of a stylesheet, which is allowed."""
        return _allow(self.styles, _origin(url), url)

    def script(self, text: str) -> Markup:
        """Return the inside of a script element, which is allowed."""
        return Markup(_allow(self.scripts, _hash(text), text))

    def style(self, text: str) -> Markup:
        """Return the inside of a style element, which is allowed."""
        return Markup(_allow(self.styles, _hash(text), text))

    def part(self, html: str) -> Markup:
        """Return a part of a page that comes from a template alone; the scripts in it are allowed."""
        for text in INLINE.findall(str(html)):
            self.script(text)
        return Markup(html)

    def header(self) -> str:
        """Return the value of the header `Content-Security-Policy`."""
        return f"{ALWAYS}; script-src {' '.join(self.scripts)}; style-src {' '.join(self.styles)}"


def _allow(sources: list[str], source: str, thing: str) -> str:
    if source and source not in sources:
        sources.append(source)
    return str(thing)


def _origin(url: str) -> str:
    parts = urlsplit(str(url))
    return f"{parts.scheme or 'https'}://{parts.netloc}" if re.fullmatch(r"[\w.:\[\]-]+", parts.netloc) else ""


def _hash(text: str) -> str:
    digest = hashlib.sha256(str(text).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
