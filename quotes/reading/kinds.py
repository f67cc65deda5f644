"""What sort of source some bytes are: told by what is in them, by the name's suffix where that can't tell."""

from __future__ import annotations

import bz2
import csv
import lzma
import re
import tarfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from ..records import SourceKind
from .decoding import BOMS
from .formats.archives.zstd import unpacked_zstd
from .formats.markup import has_element, looks_html, root
from .formats.registry import FORMATS, Head
from .formats.tables.table_columns import recognised

HEAD = 65_536
"""Bytes of a source that `kind_of` wants to see."""

ARCHIVE_KINDS: tuple[SourceKind, ...] = ("zip", "tar", "gzip", "bzip2", "xz", "zstd")
"""Kinds of sources that hold others."""
DESCRIPTIONS: dict[SourceKind, str] = {
    "text": "plain text, which may begin with YAML front matter",
    "html": "web page",
    "feed": "RSS, Atom or JSON feed: an article an entry",
    "jsonl": "JSON lines: an article an object",
    "json": "JSON: an article an object; answers of news services",
    "csv": "CSV, TSV and the like: an article a row",
    "xlsx": "Excel: an article a row (needs the extra `xlsx`)",
    "parquet": "Parquet: an article a row (needs the extra `parquet`)",
    "sqlite": "SQLite database (news.db, news.db#table): an article a row",
    "warc": "web archive: WARC, WET",
    "zip": "zip archive of any of these; WACZ",
    "tar": "tar archive of any of these, compressed too",
    "gzip": "any of these, compressed by gzip",
    "bzip2": "any of these, compressed by bzip2",
    "xz": "any of these, compressed by xz",
    "zstd": "any of these, compressed by Zstandard (needs the extra `zstd`)",
    **{one.kind: one.title + (f" (needs the extra `{one.extra}`)" if one.extra else "") for one in FORMATS},
}
"""What `--as` calls each kind of source, and what it is."""
SOURCE_KINDS = tuple(DESCRIPTIONS)
OF_SUFFIX: dict[str, SourceKind] = {
    **{suffix: one.kind for one in reversed(FORMATS) for suffix in one.suffixes},
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".parquet": "parquet", ".pq": "parquet",
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".db3": "sqlite",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".warc": "warc", ".arc": "warc",
    ".zip": "zip", ".wacz": "zip", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar", ".tzst": "tar",
    ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd",
}  # fmt: skip
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_EXCEL = b"xl/"
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"mimetype")
_GZIP = b"\x1f\x8b"
_PACKED = re.compile(rb"(?P<gzip>\x1f\x8b)|(?P<bzip2>BZh[1-9]1AY&SY)|(?P<xz>\xfd7zXZ\0)|(?P<zstd>\x28\xb5\x2f\xfd)")
_ZIPPED = re.compile(rb"PK\x03\x04.{26}([\w./-]{3,80})", re.S)  # names of files in a zip archive
_EXCEL_SUFFIXES = {".xlsx", ".xlsm"}
_ARCHIVE_SUFFIXES = {".gz", ".bz2", ".xz", ".zst"}
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
    return of_its_own or _packed(head, suffix) or _written(begin, suffix) or OF_SUFFIX.get(suffix, "text")


def _suffix(name: str) -> str:
    if "://" in name:
        name = re.sub(r"[?#].*", "", name, flags=re.S)
    path = PurePosixPath(name.lower())
    if path.suffix in _ARCHIVE_SUFFIXES and path.stem.endswith(".tar"):
        return ".tar"
    if path.suffix == ".gz" and path.stem.endswith((".warc", ".arc")):
        return ".warc"
    # `news.db#articles` names a table of a database.
    return re.sub(r"^(\.(?:db3?|sqlite3?))#.*", r"\1", path.suffix)


def _packed(head: bytes, suffix: str) -> SourceKind | None:
    """The kind that magic numbers tell."""
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head.startswith((b"PAR1", b"PARE")):
        return "parquet"
    if head.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        # A Word file or an e-book is a zip archive too, and no collection of articles.
        if not head[30:60].startswith((*_OFFICE, _EXCEL)):
            return "zip"
        return (
            "xlsx"
            if any(name.startswith(_EXCEL) for name in _ZIPPED.findall(head)) or suffix in _EXCEL_SUFFIXES
            else "text"
        )
    if match := _PACKED.match(head):
        inner = _beginning(head)
        if match.lastgroup == "gzip" and inner.startswith((b"WARC/", b"filedesc://")):
            return "warc"
        # Of bzip2 nothing comes out before the end of a block of up to 900 KB.
        return "tar" if _is_tar(inner) or (not inner and suffix == ".tar") else match.lastgroup
    return "tar" if _is_tar(head) else None


def _beginning(head: bytes) -> bytes:
    """The first bytes of what is compressed; empty if it is broken."""
    try:
        if head.startswith(_GZIP):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        if head.startswith(b"\xfd7z"):
            return lzma.LZMADecompressor(memlimit=100_000_000).decompress(head, 1024)
        return bytes(unpacked_zstd(BytesIO(head)).read1(1024))
    except (ImportError, zlib.error, lzma.LZMAError, OSError, ValueError, EOFError):
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
    for bom, encoding in BOMS:
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
