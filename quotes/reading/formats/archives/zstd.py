"""Zstandard, by Python's own module where it has one (3.14), else by the package zstandard."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

_PIECE = 512
"""Packed bytes at a time: a block of 4 may hold 128 KB, so that up to 16 MB come out."""


def unpacked_zstd(stream: BinaryIO) -> Any:
    """Return a stream of what is packed in one.

    It raises EOFError where that is cut short and OSError where it is broken.
    RAISES (ImportError): If neither module is there.
    """
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return io.BufferedReader(_Unpacked(stream))
    return zstd.ZstdFile(stream)


class _Unpacked(io.RawIOBase):
    """What comes out frame by frame: zstandard's own reader takes a stream that is cut short for one that ends."""

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard

        self._stream = stream
        self._error = zstandard.ZstdError
        self._unpacker = zstandard.ZstdDecompressor()
        self._frame: Any = None
        self._packed = b""
        self._out = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; return how many bytes."""
        while not self._out:
            if not self._packed:
                self._packed = self._stream.read(_PIECE)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._frame = self._frame or self._unpacker.decompressobj()
            try:
                self._out = memoryview(self._frame.decompress(self._packed))
            except self._error as error:
                raise OSError(str(error)) from error
            self._packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = None
        size = min(len(buffer), len(self._out))
        buffer[:size] = self._out[:size]
        self._out = self._out[size:]
        return size
