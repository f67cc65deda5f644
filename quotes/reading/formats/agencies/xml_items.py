"""The items of an XML file, one after another, however large the file is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, BinaryIO

from ....errors import ReadingError
from ...streams import Given, opened, peeked

_SAMPLE = 1024
_STEP = 65_536
_LONGEST_REFERENCE = 12
# Not allowed in XML, and found in it all the same: control characters, names of HTML, an ampersand by itself.
_FAULTS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,9});|(?!#?\w{1,10};))")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def items(given: Given, source: str, *names: str) -> Iterator[Any]:
    """Yield the elements that are called so, in any namespace; each is emptied when the next is asked for.

    RAISES (ReadingError): If the file can't be read, or is broken or cut short from some place on.
    """
    from lxml import etree

    with opened(given, source) as stream:
        head, stream = peeked(stream, _SAMPLE)
        if not head.strip():
            raise ReadingError(source, "empty, nothing to read")
        is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head
        parsed = etree.iterparse(
            stream if is_wide else io.BufferedReader(_Mended(stream), _STEP),
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,  # they may stand for files, or for gigabytes
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        number = 0
        try:
            for _, element in parsed:
                number += 1
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            after = f" after {number:,} item{'s' * (number != 1)}; what was read before stays" if number else ""
            raise ReadingError(source, f"XML that is broken or cut short in line {error.lineno}{after}") from error


class _Mended(io.RawIOBase):
    """XML without the faults that keep a parser from going on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ready = b""
        self._rest = b""
        self._begun = self._ended = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; return how many bytes."""
        while not self._ready and not self._ended:
            self._fill()
        data = self._ready[: len(buffer)]
        self._ready = self._ready[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def _fill(self) -> None:
        more = self._stream.read(_STEP)
        self._ended = not more
        data = self._rest + more
        # A reference may go on in what is read next.
        cut = data.rfind(b"&", -_LONGEST_REFERENCE) if more else -1
        data, self._rest = (data[:cut], data[cut:]) if cut >= 0 else (data, b"")
        if not self._begun:
            data = data.lstrip()  # a declaration stands first or nowhere
            self._begun = bool(data)
        self._ready = _FAULTS.sub(_mended, data)


def _mended(match: re.Match[bytes]) -> bytes:
    name = match["name"]
    if name in _OF_XML:
        return match.group()
    if name:
        code = name2codepoint.get(name.decode())
        return b"&#%d;" % code if code else match.group()
    return b"&amp;" if match.group() == b"&" else b""
