"""The messages in a wire's file: SOH and a header, STX and the text, ETX and a trailer, one message after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ....errors import ReadingError
from ...decoding import LARGEST
from ...documents import Document
from ...streams import Given, opened

SOH, STX, ETX = b"\x01", b"\x02", b"\x03"
_EOT = b"\x04"
_STEP = 65_536


@dataclass(frozen=True, slots=True)
class Message:
    """A message, decoded.

    text (str): What stands between STX and ETX; all below the header's lines where they were lost.
    trailer (str): What stands below ETX, such as the time that it was filed.
    whole (bool): Its end came, and not that of the file; where the signs were lost there is no telling.
    """

    header: str
    text: str
    trailer: str
    whole: bool


def stories(
    given: Given, source: str, read: Callable[[str, Message], Document | ReadingError]
) -> Iterator[Document | ReadingError]:
    """Yield the stories of a wire, called `wire.txt#1` and so on; nothing is raised.

    read (Callable): Returns the story that a whole message is, by what it is called.
    """
    try:
        for number, message in enumerate(messages(given, source), 1):
            if isinstance(message, ReadingError):
                yield message
            elif not message.whole:
                yield ReadingError(f"{source}#{number}", "cut short: the end of this message is missing")
            else:
                yield read(f"{source}#{number}", message)
    except ReadingError as error:
        yield error


def messages(given: Given, source: str) -> Iterator[Message | ReadingError]:
    """Yield the messages of a file; one that is too large as an error.

    RAISES (ReadingError): If the file can't be read, or is empty.
    """
    empty = True
    with opened(given, source) as stream:
        for number, (framed, data) in enumerate(_parted(stream), 1):
            empty = False
            if len(data) > LARGEST:
                yield ReadingError(
                    f"{source}#{number}", f"a message larger than {LARGEST // 1_000_000} MB, too large for one article"
                )
            else:
                yield _message(data, framed)
    if empty:
        raise ReadingError(source, "empty, nothing to read")


def _parted(stream: BinaryIO) -> Iterator[tuple[bool, bytes]]:
    """What begins with SOH each, or all of a file without one, and which of both it is.

    Of what is larger than any article there is only as much as shows that.
    """
    rest = b""
    framed = False
    while more := stream.read(_STEP):
        *whole, rest = (rest + more).split(SOH)
        if whole and not framed:
            framed = True
            del whole[0]  # what stands before the first message is none
        yield from ((framed, data) for data in whole if _is_something(data))
        rest = rest[: LARGEST + 1]
    if _is_something(rest):
        yield framed, rest


def _is_something(data: bytes) -> bool:
    return bool(data.strip(b"\x00\x04\x16\x1a \t\r\n"))


def _message(data: bytes, framed: bool) -> Message:
    header, begun, rest = data.partition(STX)
    if not begun:
        header, rest = b"", data
    text, ended, trailer = rest.partition(ETX)
    return Message(_decoded(header), _decoded(text), _decoded(trailer.partition(_EOT)[0]), bool(ended) or not framed)


def _decoded(data: bytes) -> str:
    """Wires are in Latin-1; some that came through newer systems in UTF-8, or with the quotation marks of Windows."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
