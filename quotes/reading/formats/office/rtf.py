"""Rich Text Format: its text, read as a stream of control words.

Not striprtf 0.0.35, which keeps hidden and deleted text, writes a link's address in quotation marks behind its words,
and fails for the whole file where one byte is undefined in its code page. Written by the specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from ....errors import ReadingError
from ...documents import Document
from ...streams import Given
from ..databases.export_articles import caught, of_document

if TYPE_CHECKING:
    from ..registry import Head

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)|(?P<stray>[\s\S])"
)
_PIECE = 262_144
_LONGEST_TOKEN = 64  # bytes of a control word with its number
_DEEPEST = 10_000
# Groups whose text is not the document's.
_ASIDE = frozenset(
    "fonttbl colortbl stylesheet info pict object objdata header headerl headerr headerf footer footerl footerr "
    "footerf footnote annotation atnid atnauthor fldinst listtable listoverridetable revtbl rsidtbl generator "
    "themedata colorschememapping datastore latentstyles xmlnstbl filetbl bkmkstart bkmkend tc xe txe rxe sp shprslt "
    "nonshppict pntext pntxta pntxtb listtext mmathPr upr".split()
)
_STARRED = frozenset({"shpinst"})  # what older readers pass over and has text all the same
_ENDS = frozenset("par sect row nestrow".split())
_BREAKS = frozenset("line lbr".split())
_SIGNS = {
    "tab": "\t", "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
# Of fonts, by their \fcharset.
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    255: "cp850",
}  # fmt: skip


def looks_like(head: Head) -> bool:
    """Return whether it is an RTF document."""
    return head.data.removeprefix(codecs.BOM_UTF8).lstrip()[:5] == b"{\\rtf"


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the article that a document is, or those of the export in it."""
    yield from caught(given, source, lambda stream: of_document(lines(stream, source), source, lambda: None))


def lines(stream: BinaryIO, source: str) -> Iterator[str]:
    """Yield the lines of the paragraphs, an empty one after each.

    RAISES (ReadingError): If it is no RTF, or ends within a group.
    """
    reader = _Reader()
    for match in _tokens(stream):
        if not reader.groups and match["brace"] is None:
            if match["stray"] and match["stray"].isspace():
                continue
            raise ReadingError(source, "no RTF document; it does not begin with {\\rtf")
        if (text := reader.read(match)) is not None:
            yield from text.split("\n")
            yield ""
        if reader.is_over:
            return
        if len(reader.groups) > _DEEPEST:
            raise ReadingError(source, "broken: groups in groups without end; save it again")
    yield from reader.rest().split("\n")
    yield ""
    raise ReadingError(source, "cut off: it ends in the middle; save or export it again. What was read before stays")


def _tokens(stream: BinaryIO) -> Iterator[re.Match[bytes]]:
    data = b""
    at_end = False
    skip = 0  # bytes of a picture, which follow \bin as they are
    while not at_end:
        piece = stream.read(_PIECE)
        at_end = not piece
        passed = min(skip, len(piece))
        skip -= passed
        data += piece[passed:]
        place = 0
        # A control word may go on in the next piece.
        while place < len(data) - (0 if at_end else _LONGEST_TOKEN):
            match = _TOKEN.match(data, place)
            assert match
            place = match.end()
            yield match
            if match["word"] == b"bin" and match["number"]:
                size = max(int(match["number"]), 0)
                skip = max(0, place + size - len(data))
                place = min(len(data), place + size)
        data = data[place:]


@dataclass(slots=True)
class _Group:
    """What holds until a group ends.

    unicode_bytes (int): How many characters stand in for one that `\\u` gives.
    """

    charset: str = "cp1252"
    is_aside: bool = False
    is_hidden: bool = False
    is_fonts: bool = False
    unicode_bytes: int = 1


class _Reader:
    """Takes one token after the other; gives the text of a paragraph where it ends."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self.is_over = False
        self._texts: list[str] = []
        self._bytes = bytearray()
        self._charset = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._starred = False
        self._skip = 0
        self._high = 0

    def read(self, match: re.Match[bytes]) -> str | None:
        """Return the text of a paragraph that ends, else None."""
        if brace := match["brace"]:
            self._flush()
            self._starred, self._skip = False, 0
            if brace == b"{":
                self.groups.append(replace(self.groups[-1]) if self.groups else _Group())
            else:
                self.groups.pop()
                self.is_over = not self.groups
                return self.rest() if self.is_over else None
        elif word := match["word"]:
            return self._control(word.decode(), int(match["number"]) if match["number"] else None)
        elif match["byte"]:
            if self._skip:
                self._skip -= 1
            else:
                self._bytes += bytes([int(match["byte"], 16)])
        elif sign := match["sign"]:
            return self._symbol(sign)
        elif match["text"]:
            text = match["text"]
            passed = min(self._skip, len(text))
            self._skip -= passed
            self._bytes += text[passed:]
            if self.groups[-1].is_fonts and b";" in text:
                self._bytes.clear()
        return None

    def rest(self) -> str:
        """Return the text since the last paragraph."""
        self._flush()
        text = "".join(self._texts)
        self._texts.clear()
        return text

    def _symbol(self, sign: bytes) -> str | None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            return self._end()
        elif sign == b"~":
            self._add("\xa0")
        elif sign == b"_":
            self._add("-")
        elif sign in b"\\{}":
            self._bytes += sign
        return None

    def _control(self, word: str, number: int | None) -> str | None:
        group = self.groups[-1]
        if word == "u" and number is not None:
            self._unicode(number)
            return None
        if self._skip:  # a control word stands in for a character
            self._skip -= 1
        if word in _ASIDE or (self._starred and word not in _STARRED):
            group.is_aside = True
            group.is_fonts = word == "fonttbl"
        self._starred = False
        if word in _ENDS:
            return self._end()
        if word in _BREAKS:
            self._add("\n")
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word == "uc":
            group.unicode_bytes = max(number or 0, 0)
        elif word in ("v", "deleted"):
            self._flush()
            group.is_hidden = number != 0
        elif word == "plain":
            self._flush()
            group.is_hidden = False
            group.charset = self._default
        elif word in _SETS:
            self._set(_SETS[word])
        elif word == "ansicpg":
            self._set({10000: "mac_roman", 65001: "utf-8"}.get(number or 0, f"cp{number}"))
        elif word == "f" and number is not None:
            self._flush()
            self._font = number
            group.charset = self._fonts.get(number, self._default)
        elif word == "fcharset" and group.is_fonts and number in _CHARSETS:
            # The usual one of fonts says nothing against the document's own.
            self._fonts[self._font] = _CHARSETS[number] if number else self._default
        return None

    def _set(self, charset: str) -> None:
        try:
            codecs.lookup(charset)
        except LookupError:
            return
        self._flush()
        self._default = self.groups[-1].charset = charset

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % 0x10000 if number < 0x10000 else number
        self._skip = self.groups[-1].unicode_bytes
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + (self._high - 0xD800) * 0x400 + code - 0xDC00 if self._high else 0xFFFD
        self._high = 0
        self._add(chr(code) if 0 < code <= 0x10FFFF else "\ufffd")

    def _add(self, text: str) -> None:
        self._flush()
        group = self.groups[-1]
        if not (group.is_aside or group.is_hidden):
            self._texts.append(text)

    def _end(self) -> str | None:
        """The text of a paragraph, if it is one of the document's."""
        self._flush()
        return None if self.groups[-1].is_aside else self.rest()

    def _flush(self) -> None:
        if self._bytes:
            group = self.groups[-1]
            if not (group.is_aside or group.is_hidden):
                self._texts.append(self._bytes.decode(group.charset, "replace"))
            self._bytes.clear()
