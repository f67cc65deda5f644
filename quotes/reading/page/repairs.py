"""Texts that were decoded or escaped once too often are mended: `â€œ`, `&quot;`. Curly marks and ligatures stay."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.I)
_MISREAD = re.compile("[\u00c2\u00c3\u00e2\u00c5\u00d0\u00ef\u00f0][^\x00-\x7f]")
# `â€` with U+009D lost, which cp1252 has no sign for.
_LOST_MARK = re.compile("\u00e2\u20ac\x9d?(?![^\\W\\d_])")


def repaired(text: str) -> str:
    """Return a text without character references, and as it was before UTF-8 was read as another encoding."""
    if "&" in text and _REFERENCE.search(text):
        text = " ".join(unescape(unescape(text)).split())
    if not _MISREAD.search(text):
        return text
    import ftfy

    mended = ftfy.fix_text(text, _options())
    return _LOST_MARK.sub("”", mended)


@cache
def _options() -> Any:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        normalization=None,
        explain=False,
    )
