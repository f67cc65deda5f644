"""Bytes that come as a file or as a stream: looked into, decoded and held without reading them whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from ..errors import ReadingError
from .decoding import NOT_WESTERN, WESTERN, WIDE_BOMS, is_mostly_utf_8

Given = Path | BinaryIO
"""What a source is read from. A stream need not seek, and is left open."""

LARGEST_HELD = 256_000_000
"""Bytes that are held in memory where a format must be read out of order and can't be where it is."""

_SAMPLE = 262_144  # bytes that tell the encoding
_BUFFER = 262_144
_LARGEST_READ = 4_000_000
_MOST_NULS = 0.01


class Joined(io.RawIOBase):
    """The bytes that were read from a stream to look at them, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; return how many bytes."""
        data: memoryview | bytes = self._head[: len(buffer)]
        if data:
            self._head = self._head[len(data) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(given: Given, source: str) -> Iterator[BinaryIO]:
    """Open what is a path; pass on what is a stream.

    RAISES (ReadingError): If it can't be opened, or fails while it is read.
    """
    try:
        if isinstance(given, Path):
            with given.open("rb") as file:
                yield file
        else:
            yield given
    except OSError as error:
        reason = error.strerror or " ".join(str(error).split())[:100]
        raise ReadingError(source, f"can't be read ({reason})") from error


def peeked(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a stream, and a stream that still begins with them."""
    head = filled(stream, size)
    return head, io.BufferedReader(Joined(head, stream), _BUFFER)


def filled(stream: BinaryIO, size: int) -> bytes:
    """Return as many bytes, fewer only at the end of the stream."""
    parts: list[bytes] = []
    # In pieces: a buffered reader sets aside all that it is asked for, though there be less.
    while size > 0 and (part := stream.read(min(size, _LARGEST_READ))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def held(stream: BinaryIO, source: str) -> io.BytesIO:
    """Return a stream as one that can seek, in memory.

    RAISES (ReadingError): If it is larger than `LARGEST_HELD`.
    """
    data = filled(stream, LARGEST_HELD + 1)
    if len(data) > LARGEST_HELD:
        limit = LARGEST_HELD // 1_000_000
        raise ReadingError(source, f"larger than {limit} MB, too large to be read from a stream; save it as a file")
    return io.BytesIO(data)


def as_text(stream: BinaryIO, source: str, newline: str | None = None) -> TextIO:
    """Return a stream of bytes as one of text, decoded as files are, by what its beginning says.

    newline (str | None): As for `open`.
    RAISES (ReadingError): If it is no text.
    """
    head, stream = peeked(stream, _SAMPLE)
    encoding, errors = _encoding(head, source)
    return io.TextIOWrapper(stream, encoding, errors, newline=newline)


def _encoding(head: bytes, source: str) -> tuple[str, str]:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", WESTERN
    wide = next((name for bom, name in WIDE_BOMS if head.startswith(bom)), None)
    if wide:
        return wide, "strict"
    if head.count(0) > _MOST_NULS * len(head):
        raise ReadingError(source, "holds NUL bytes, so it is no text; is it a binary file?")
    try:
        # Not final: the sample may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        if not is_mostly_utf_8(head):
            return _guessed(head, source), "replace"
    return "utf-8", WESTERN


def _guessed(head: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(head)
    best = matches.best()
    if best is None:
        raise ReadingError(source, "in no encoding that we know; save it as UTF-8")
    # As for files: where every code page fits as well as the next, it is the usual one.
    usual = any(
        match.encoding == "cp1252" and match.chaos <= best.chaos and not NOT_WESTERN.search(str(match))
        for match in matches
    )
    return "cp1252" if usual else best.encoding
