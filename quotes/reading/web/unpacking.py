"""The body of an HTTP answer, unpacked as it comes in and never more of it than there is room for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_AUTOMATIC = zlib.MAX_WBITS | 32  # gzip or zlib, by its first bytes
_GZIP = frozenset({"gzip", "x-gzip"})


class TooLarge(Exception):  # noqa: N818 - what there is, not that it is an error
    """There is more than there is room for."""


class BrokeOff(Exception):  # noqa: N818
    """It ends before its end."""


class NotUnpacked(Exception):  # noqa: N818
    """It is not packed as it says, or in a way that was not asked for."""


def unpack(pieces: Iterable[bytes], coding: str, room: int, *, cut: bool = False) -> bytes:
    """Return the unpacked body.

    coding (str): The header `Content-Encoding`; of gzip and deflate there may be one.
    room (int): Bytes, of the body as it comes in as well as unpacked.
    cut (bool): Return what there is room for where there is more.

    RAISES (TooLarge, BrokeOff, NotUnpacked)
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        inflate = None
    elif coding in _GZIP or coding == "deflate":
        inflate = zlib.decompressobj(_AUTOMATIC)
    else:
        raise NotUnpacked(f"packed as {coding[:40]!r}, which was not asked for")
    came = 0
    data = bytearray()
    for piece in pieces:
        came += len(piece)
        if inflate is None:
            data += piece
        else:
            try:
                data += inflate.decompress(piece, room + 1 - len(data))
            except zlib.error as error:
                if coding != "deflate" or came > len(piece):
                    raise NotUnpacked(f"says that it is packed as {coding}, but is broken or is not") from error
                inflate = zlib.decompressobj(-zlib.MAX_WBITS)  # some leave the header out
                data += _bare(inflate, piece, room + 1)
        # Packed bytes that unpack to nothing could go on for ever, so they count too.
        if len(data) > room or came > room:
            if cut:
                return bytes(data[:room])
            raise TooLarge
    if inflate is not None and came and not inflate.eof:
        raise BrokeOff("its packed data ends too early")
    return bytes(data)


def _bare(inflate: zlib._Decompress, piece: bytes, room: int) -> bytes:
    try:
        return inflate.decompress(piece, room)
    except zlib.error as error:
        raise NotUnpacked("says that it is packed as deflate, but is broken or is not") from error
