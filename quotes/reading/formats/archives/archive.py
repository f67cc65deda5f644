"""Zip and tar archives, and single packed files: what they hold, nothing of it unpacked to disk.

Archives come from strangers. The limits below are what a folder of articles stays under, and what
an archive that is made to fill a disk or a memory does not.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Literal, cast

from ....errors import ReadingError
from ....records import SourceKind
from ...decoding import LARGEST, SUFFIXES, printable
from ...kinds import ARCHIVE_KINDS, HEAD, kind_of
from ...streams import Given, Joined, filled, held, opened, peeked
from ..registry import OF_KIND
from ..tables.table_columns import LARGEST_PAGE
from .zstd import unpacked_zstd

ArchiveKind = Literal["zip", "tar", "gzip", "bzip2", "xz", "zstd"]

LARGEST_TOTAL = 20_000_000_000
"""Bytes that may come out of an archive, those of archives in it included."""
MOST_MEMBERS = 1_000_000
HIGHEST_RATIO = 200
"""Times that an archive may grow; text packs 3 to 10 times smaller, and gzip can't do more than 1,032."""
HARMLESS = 50_000_000
"""Bytes that may come out at any ratio."""
DEEPEST = 2
"""Levels: an archive, and an archive in it."""

_LONGEST_HEADER = 4_000_000
_STREAMED = frozenset({"jsonl", "json", "csv", "parquet", "sqlite", "xlsx", "warc", *OF_KIND})
_BROKEN = (
    EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError,
    RuntimeError, ValueError, ImportError, MemoryError, IndexError,
)  # fmt: skip
_WARC_IN_WACZ = re.compile(r"archive/.+\.w?arc(?:\.gz)?$")
_PACKED_SUFFIX = re.compile(r"\.(?:gz|bz2|xz|zst)$", re.I)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    source (str): How it is called in records: `news.zip#2025/ferry.html`.
    name (str): Its name in the archive.
    data (bytes | None): All of it, if it is one article or a feed.
    stream (BinaryIO | None): What a table or web archive is read from, until the next member is asked for.
    """

    source: str
    name: str
    kind: SourceKind
    data: bytes | None = None
    stream: BinaryIO | None = None


def members(given: Given, kind: ArchiveKind, source: str) -> Iterator[Member | ReadingError]:
    """Yield the articles, pages, feeds, tables and web archives in an archive, those in archives in it too.

    Passed over are folders, links, hidden files, and files that are none of these. What can't be
    read, and what keeps the rest from being read, is yielded as an error: nothing is raised.
    """
    budget = _Budget()
    empty = True
    try:
        with opened(given, source) as stream:
            for member in _members(stream, kind, source, budget, 1):
                empty = False
                yield member
    except ReadingError as error:
        yield error
        return
    if empty:
        yield ReadingError(source, "no article in this archive")


@dataclass(slots=True)
class _Budget:
    """What may still come out of an archive and the archives in it."""

    size: int = 0
    members: int = 0

    def spend(self, size: int, source: str) -> None:
        self.size += size
        if self.size > LARGEST_TOTAL:
            limit = LARGEST_TOTAL // 1_000_000_000
            raise _EndError(source, f"more than {limit} GB came out; split it. What was read before stays")

    def count(self, source: str) -> None:
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise _EndError(source, f"more than {MOST_MEMBERS:,} files; split it. What was read before stays")


class _EndError(ReadingError):
    """A limit of the whole archive is passed: nothing more is read, of the archives round it neither."""


class _Unpacking(io.RawIOBase):
    """What comes out of something packed, counted as it comes.

    packed (Callable[[], int]): How many packed bytes went into what came out.
    allowed (int | None): How many bytes may still come; None for any number.
    broken (ReadingError | None): What it failed with, as a reader may take that for the end.
    """

    def __init__(self, stream: Any, packed: Callable[[], int] | None, source: str, budget: _Budget) -> None:
        # `read` loses what was unpacked before a break.
        self._read = getattr(stream, "read1", stream.read)
        self._packed = packed
        self._source = source
        self._budget = budget
        self._size = 0
        self.allowed: int | None = None
        self.broken: ReadingError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.broken:
            raise self.broken
        try:
            data = self._read(len(buffer))
            self._check(len(data))
        except ReadingError as error:
            self.broken = error
            raise
        except _BROKEN as error:
            self.broken = ReadingError(self._source, _reason(error))
            raise self.broken from error
        buffer[: len(data)] = data
        return len(data)

    def _check(self, size: int) -> None:
        self._size += size
        if self._packed:
            self._budget.spend(size, self._source)
            if self._size > HARMLESS and self._size > HIGHEST_RATIO * self._packed():
                raise ReadingError(
                    self._source, f"grows over {HIGHEST_RATIO} times when unpacked, as only a zip bomb does; not read"
                )
        if self.allowed is not None:
            self.allowed -= size
            if self.allowed < 0:
                raise ReadingError(self._source, "broken: a header without end")


class _Counting(io.RawIOBase):
    """A stream that counts what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


def _members(
    stream: BinaryIO, kind: SourceKind, source: str, budget: _Budget, depth: int
) -> Iterator[Member | ReadingError]:
    if depth > DEEPEST:
        yield ReadingError(source, "an archive in an archive in an archive; unpack the outer one first")
        return
    reader = {"zip": _of_zip, "tar": _of_tar}.get(kind, _of_one)
    try:
        yield from reader(stream, source, budget, depth)
    except _EndError:
        raise
    except ReadingError as error:
        yield error
    except _BROKEN as error:
        yield ReadingError(source, _reason(error))


def _of_zip(stream: BinaryIO, source: str, budget: _Budget, depth: int) -> Iterator[Member | ReadingError]:
    seekable = stream if stream.seekable() else held(stream, source)
    with zipfile.ZipFile(seekable) as archive:
        infos = archive.infolist()
        locked = sum(info.flag_bits & 1 for info in infos)
        if locked:
            files = "its files are" if locked == len(infos) else f"{locked:,} of its {len(infos):,} files are"
            yield ReadingError(source, f"{files} locked with a password; unpack it first")
        # Of a WACZ all else tells of what is in these: its list of pages would be a table.
        names = {info.filename for info in infos}
        is_wacz = "datapackage.json" in names and any(map(_WARC_IN_WACZ.match, names))
        for info in infos:
            budget.count(source)
            if is_wacz and not _WARC_IN_WACZ.match(info.filename):
                continue
            if info.is_dir() or info.flag_bits & 1 or _is_link(info) or _is_hidden(info.filename):
                continue
            label = f"{source}#{_label(info.filename)}"
            try:
                file = archive.open(info)
            except _BROKEN as error:
                yield ReadingError(label, _reason(error))
                continue
            with file:
                packed = max(info.compress_size, 1)
                unpacking = _Unpacking(file, lambda packed=packed: packed, label, budget)  # type: ignore[misc]
                yield from _member(unpacking, info.filename, label, budget, depth)


def _is_link(info: zipfile.ZipInfo) -> bool:
    """Whether it is a link or a device, which Unix's zip saves with their mode."""
    sort = info.external_attr >> 16 & 0o170000
    return sort not in (0, 0o100000)


def _of_tar(stream: BinaryIO, source: str, budget: _Budget, depth: int) -> Iterator[Member | ReadingError]:
    counting = _Counting(stream)
    head, packed = peeked(cast(BinaryIO, counting), 8)
    unpacking = _Unpacking(_unpacker(head, packed), lambda: counting.count, source, budget)

    class Header(tarfile.TarInfo):
        """Keeps the last header block: an archive that is whole ends with an empty one."""

        last = b""

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> Any:
            Header.last = bytes(buf)
            info = super().frombuf(buf, encoding or "utf-8", errors)
            if info.size < 0:
                raise tarfile.ReadError("a size below zero")
            return info

    count = 0
    with tarfile.open(
        fileobj=cast(BinaryIO, unpacking), mode="r|", tarinfo=Header, errors="surrogateescape"
    ) as archive:
        while True:
            unpacking.allowed = _LONGEST_HEADER
            info = archive.next()
            unpacking.allowed = None
            # It keeps them all otherwise.
            archive.members = []  # type: ignore[attr-defined]
            if info is None:
                break
            if info.size < 0:
                raise tarfile.ReadError("a size below zero")
            budget.count(source)
            file = archive.extractfile(info) if info.isreg() and not info.issparse() else None
            if file is None:
                continue
            if not _is_hidden(info.name):
                count += 1
                label = f"{source}#{_label(info.name)}"
                reading = _Unpacking(file, None, label, budget)
                yield from _member(reading, info.name, label, budget, depth)
                if reading.broken:
                    return  # it was told, and in a stream nothing can be read after it
            while file.read(65_536):
                pass
        if unpacking.broken:
            raise unpacking.broken
        while unpacking.read(65_536):
            pass  # only at its end does what is packed show that it is whole
        if any(Header.last) or len(Header.last) < tarfile.BLOCKSIZE:
            raise ReadingError(source, f"broken or cut short after {count:,} files; what was read before stays")


def _unpacker(head: bytes, stream: BinaryIO) -> Any:
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if head.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMAFile(stream)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return unpacked_zstd(stream)
    return stream


def _of_one(stream: BinaryIO, source: str, budget: _Budget, depth: int) -> Iterator[Member | ReadingError]:
    counting = _Counting(stream)
    head, packed = peeked(cast(BinaryIO, counting), 8)
    unpacking = _Unpacking(_unpacker(head, packed), lambda: counting.count, source, budget)
    name = re.split(r"[/#]", source)[-1]
    name = _PACKED_SUFFIX.sub("", name)
    budget.count(source)
    # It was asked for by name, so that it is an article if it is text.
    yield from _member(unpacking, name, source, budget, depth, asked=True)


def _member(
    unpacking: _Unpacking, name: str, source: str, budget: _Budget, depth: int, asked: bool = False
) -> Iterator[Member | ReadingError]:
    """What a file is: itself, the files in it, or nothing if it is none of ours."""
    stream = io.BufferedReader(unpacking, HEAD)
    try:
        head = filled(cast(BinaryIO, stream), HEAD)
        kind = kind_of(head, name)
        if kind in _STREAMED or kind in ARCHIVE_KINDS:
            rest = cast(BinaryIO, io.BufferedReader(Joined(head, cast(BinaryIO, stream)), HEAD))
            if kind in ARCHIVE_KINDS:
                yield from _members(rest, kind, source, budget, depth + 1)
            else:
                yield Member(source, name, kind, stream=rest)
            return
        if kind == "text" and not asked and PurePosixPath(name).suffix.lower() not in (*SUFFIXES, ""):
            return
        largest = LARGEST if kind == "text" else LARGEST_PAGE
        data = head + filled(cast(BinaryIO, stream), largest + 1 - len(head))
        if len(data) > largest:
            yield ReadingError(source, f"larger than {largest // 1_000_000} MB, too large for one article")
        else:
            yield Member(source, name, kind, data)
    except _EndError:
        raise
    except ReadingError as error:
        yield error


def _is_hidden(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return any(part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in parts)


def _label(name: str) -> str:
    """A name that every output can hold in one line."""
    return _CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", printable(name))[:1000]


def _reason(error: BaseException) -> str:
    if isinstance(error, EOFError) or "unexpected end of data" in str(error):
        return "cut short; what was read before stays"
    if isinstance(error, ImportError):
        return "Zstandard needs zstandard; pip install 'quotes[zstd]'"
    if isinstance(error, NotImplementedError):
        return "packed in a way that we can't unpack; unpack it first"
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "locked with a password; unpack it first"
    return f"broken, or no archive ({' '.join(str(error).split())[:80] or type(error).__name__})"
