"""What sort of source some bytes are: told by what is in them, by the name's suffix where that can't tell."""

from __future__ import annotations

import bz2
import codecs
import csv
import lzma
import re
import tarfile
import zlib
from pathlib import PurePosixPath

from ..records import SourceKind
from .formats.markup import has_element, looks_html, root
from .formats.registry import FORMATS, Head
from .formats.table_columns import recognised

HEAD = 65_536
"""Bytes of a source that `kind_of` wants to see."""

SOURCE_KINDS: tuple[SourceKind, ...] = (
    "text", "html", "feed", "jsonl", "json", "csv", "parquet", "sqlite", "warc", "zip", "tar", "gzip",
    *(one.kind for one in FORMATS),
)  # fmt: skip
OF_SUFFIX: dict[str, SourceKind] = {
    **{suffix: one.kind for one in reversed(FORMATS) for suffix in one.suffixes},
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".parquet": "parquet", ".pq": "parquet",
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".db3": "sqlite",
    ".warc": "warc", ".arc": "warc",
    ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar", ".gz": "gzip",
}  # fmt: skip
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"mimetype")
_GZIP = b"\x1f\x8b"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEEDS = frozenset({"rss", "feed", "rdf"})
_OBJECT = re.compile(r'\{\s*(?:\}|"(?:[^"\\]|\\.)*+"\s*:\s*(?:["\[{\d-]|true|false|null|NaN))')
_LINE_END = re.compile(r"\r\n?|\n")
_ARRAY = re.compile(r"\[\s*(?:\{|\]\s*\Z)")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_COLUMN = re.compile(r"[\w .-]{1,40}")
_DELIMITERS = ",\t;|"


def kind_of(head: bytes, name: str) -> SourceKind:
    """Return what sort of source it is; `text` where it is nothing else, readable or not.

    head (bytes): Its first `HEAD` bytes, or all of it.
    name (str): How it is called: a path, a URL or a name in an archive.
    """
    suffix = _suffix(name)
    begin = Head(head, _decoded(head), name, len(head) < HEAD)
    of_its_own = next((one.kind for one in FORMATS if one.looks_like(begin)), None)
    return of_its_own or _packed(head) or _written(begin, suffix) or OF_SUFFIX.get(suffix, "text")


def _suffix(name: str) -> str:
    if "://" in name:
        name = re.sub(r"[?#].*", "", name, flags=re.S)
    path = PurePosixPath(name.lower())
    if path.suffix in {".gz", ".bz2", ".xz"} and path.stem.endswith(".tar"):
        return ".tar"
    if path.suffix == ".gz" and path.stem.endswith((".warc", ".arc")):
        return ".warc"
    # `news.db#articles` names a table of a database.
    return re.sub(r"^(\.(?:db3?|sqlite3?))#.*", r"\1", path.suffix)


def _packed(head: bytes) -> SourceKind | None:
    """The kind that magic numbers tell."""
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head.startswith((b"PAR1", b"PARE")):
        return "parquet"
    if head.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        # A spreadsheet or an e-book is a zip archive too, and no collection of articles.
        return "text" if head[30:60].startswith(_OFFICE) else "zip"
    if head.startswith(_GZIP):
        inner = _beginning(head)
        if inner.startswith((b"WARC/", b"filedesc://")):
            return "warc"
        return "tar" if _is_tar(inner) else "gzip"
    if head.startswith((b"BZh", b"\xfd7zXZ\0")):
        return "tar" if _is_tar(_beginning(head)) else None
    return "tar" if _is_tar(head) else None


def _beginning(head: bytes) -> bytes:
    """The first bytes of what is compressed; empty if it is broken."""
    try:
        if head.startswith(_GZIP):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        return lzma.LZMADecompressor(memlimit=100_000_000).decompress(head, 1024)
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError):
        return b""


def _is_tar(head: bytes) -> bool:
    if len(head) < tarfile.BLOCKSIZE or not head[0]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _written(head: Head, suffix: str) -> SourceKind | None:
    """The kind of what is text; None if it is none or that can't tell."""
    text = head.text
    if text is None:
        return None
    begin = text.lstrip()
    if begin.startswith("<"):
        return _markup(begin, suffix)
    if suffix in HTML_SUFFIXES and has_element(text):
        return "html"
    if begin.startswith("{"):
        return _objects(begin, suffix, not head.whole)
    if begin.startswith("[") and (suffix == ".json" or _ARRAY.match(begin)):
        return "json"
    if suffix not in OF_SUFFIX and _is_table(text, head.whole):
        return "csv"
    return None


def _decoded(head: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "replace").removeprefix("\ufeff")
    if head.count(0) > len(head) // 100:
        return None
    return head.decode("utf-8", "replace")


def _markup(text: str, suffix: str) -> SourceKind | None:
    if root(text) in _FEEDS:
        return "feed"
    return "html" if looks_html(text) or (suffix in HTML_SUFFIXES and has_element(text)) else None


def _objects(text: str, suffix: str, cut: bool) -> SourceKind | None:
    if not _OBJECT.match(text):
        # A table whose first line is broken is one all the same.
        return "json" if suffix == ".json" else None
    if _JSON_FEED.search(text):
        return "feed"
    lines = [line for line in map(str.strip, _LINE_END.split(text)) if line]
    if len(lines) == 1:
        return "json" if suffix == ".json" else "jsonl"
    if cut:
        lines.pop()
    # Each of JSON lines is an object, though one may be broken; of one that runs over several lines hardly any is.
    whole = sum(line.startswith("{") and line.endswith("}") for line in lines)
    if 2 * whole == len(lines):
        return OF_SUFFIX.get(suffix, "json")
    return "jsonl" if 2 * whole > len(lines) else "json"


def _is_table(text: str, whole: bool) -> bool:
    """Whether the first line is a header of column names that we know, and the next row has as many cells."""
    first, _, rest = text.partition("\n")
    if not rest.strip():
        return False
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"') for name in first.split(delimiter)]
        if len(names) < 2 or len(recognised(names)) < 2 or not all(map(_COLUMN.fullmatch, names)):
            continue
        if not {"text", "html"} & recognised(names).keys():
            continue
        try:
            row = next(csv.reader(rest.splitlines(keepends=True), delimiter=delimiter), [])
        except csv.Error:
            continue
        # The head may end within the row.
        if len(row) == len(names) or not whole:
            return True
    return False
