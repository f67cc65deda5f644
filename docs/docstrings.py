"""The docstrings of this package as Markdown: their lines `name (type): what it is` become lists."""

from __future__ import annotations

import re
from typing import Any

import griffe

_ITEM = re.compile(r"(?P<name>[\w*]+(?:, [\w*]+)*) \((?P<type>[^:]+)\): (?P<meaning>.*)")


class Lists(griffe.Extension):
    """Rewrites the docstrings that mkdocstrings has collected."""

    def on_instance(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Rewrite one."""
        if obj.docstring:
            obj.docstring.value = as_markdown(obj.docstring.value)


def as_markdown(text: str) -> str:
    """Return a docstring with its parameters, attributes and exceptions as a list."""
    lines: list[str] = []
    in_list = False
    for line in text.splitlines():
        item = _ITEM.fullmatch(line)
        goes_on = in_list and (not line or line.startswith(" "))
        if not goes_on and in_list != bool(item):
            lines.append("")
        lines.append(f"- **{item['name']}** (`{item['type']}`): {item['meaning']}" if item else line)
        in_list = bool(item) or goes_on
    return "\n".join(lines)
