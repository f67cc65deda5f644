"""Characters that a text holds in another form: HTML entities, string escapes, UTF-8 read as something else, markup.

Copies of web pages and dumps of databases leave `&ldquo;`, `\\"`, `\\u201c` or `â€œ` where a quotation mark stood. They
are read as what they stand for. The article's text stays as it is; what is found is placed in it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import merge
from html.entities import html5

from ..records import Article, Span
from .language.marks import DOUBLE, SINGLE

_MARKS = frozenset(DOUBLE + SINGLE)
# The bytes of a character in UTF-8 after its first, as Windows-1252 shows them; Latin-1 has control characters there.
_SHOWN = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xC0)}
_SHOWN |= {chr(byte): byte for byte in range(0x80, 0xC0)} | {"Â": 0xC2, "Ã": 0xC3, "â": 0xE2}
_LATER = "[" + re.escape("".join(sorted(set(_SHOWN) - set("ÂÃâ")))) + "]"
_FORM = (
    r"&(?:amp;)*(?P<entity>#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    rf"|(?P<windows>[ÂÃ]{_LATER}|â[€\x80„\x84]{_LATER})|(?P<cut>â[€\x80]\ufffd?)"
    r"|(?P<mac>‚Ä[^\x00-\x7f])"
)
_ESCAPE = r"\\(?P<escape>u[0-9a-fA-F]{4}|[\"'nrt/\\])"
_ANY, _ANY_ESCAPED = re.compile(_FORM), re.compile(f"{_ESCAPE}|{_FORM}")
_IS_ESCAPED = re.compile(r"\\(?:\"|u20[0-9a-fA-F]{2}|n\\n|r\\n)")
"""What tells that a text is the inside of a string literal; elsewhere a backslash is one: `C:\\new`."""
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the characters of a text stood in the one that it was made of.

    starts, ends (Sequence[int]): An entry a character, ascending.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Origins:
        """Return those of a text that is as it was."""
        return cls(range(len(text)), range(1, len(text) + 1))

    def span(self, span: Span) -> Span:
        """Return where a passage stood."""
        return self.starts[span[0]], self.ends[span[1] - 1]

    def words(self, span: Span, text: str) -> Span:
        """Return where a passage of the text stood, less marks at its ends that were no marks there but `&quot;`."""
        first, last = span[0], span[1] - 1
        while first < last and text[first] in _MARKS and self.ends[first] - self.starts[first] > 1:
            first += 1
        while first < last and text[last] in _MARKS and self.ends[last] - self.starts[last] > 1:
            last -= 1
        return self.starts[first], self.ends[last]


def unescaped(article: Article) -> tuple[Article, Origins]:
    """Return an article without markup, with the characters that its text holds in another form, and their places."""
    text, origins = plain(article.text, article.markup)
    if text is article.text:
        return article, origins

    def moved(span: Span) -> Span:
        return bisect_left(origins.starts, span[0]), bisect_left(origins.starts, span[1])

    furniture = tuple(span for span in map(moved, article.furniture) if span[0] < span[1])
    headline = moved(article.headline) if article.headline else None
    return replace(article, text=text, furniture=furniture, headline=headline, markup=()), origins


def plain(text: str, markup: Sequence[Span] = ()) -> tuple[str, Origins]:
    """Return a text with the characters that it holds in another form, itself if there are none, and their origins.

    markup (Sequence[Span]): What stands for nothing.
    """
    pattern = _ANY_ESCAPED if _IS_ESCAPED.search(text) else _ANY
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    at = 0
    forms = ((found.start(), found.end(), _meant(found)) for found in pattern.finditer(text))
    signs = ((start, end, "") for start, end in markup)
    for start, end, meant in merge(signs, (form for form in forms if form[2] is not None)):
        if start < at:
            continue  # within markup
        pieces += text[at:start], meant or ""
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        starts.extend([start] * len(meant or ""))
        ends.extend([end] * len(meant or ""))
        at = end
    if not pieces:
        return text, Origins.of(text)
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return "".join([*pieces, text[at:]]), Origins(starts, ends)


def _meant(found: re.Match[str]) -> str | None:
    """Return what a form stands for; None if for nothing that can stand in a text."""
    form = found.lastgroup
    if form == "entity":
        name = found["entity"]
        if name[0] != "#":
            return html5.get(f"{name};")
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return _character(bytes([number]).decode("cp1252", "ignore") if 0x80 <= number < 0xA0 else number)
    if form == "escape":
        name = found["escape"]
        return _character(int(name[1:], 16)) if len(name) > 1 else _CONTROLS.get(name, name)
    if form == "cut":  # Windows-1252 has no character for the last byte of ”
        return "”"
    shown = found.group()
    try:
        data = shown.encode("mac_roman") if form == "mac" else bytes(_SHOWN[sign] for sign in shown)
        return data.decode()
    except (UnicodeError, KeyError):
        return None


def _character(meant: int | str) -> str | None:
    if isinstance(meant, str):
        return meant or None
    sound = 0x20 <= meant < 0xD800 or 0xE000 <= meant < 0x110000 or meant in (0x09, 0x0A, 0x0D)
    return chr(meant) if sound else None
