"""The files of an input, wherever Hadoop finds them, and each of them on the disk of the machine that reads it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ..errors import ReadingError
from ..reading.decoding import printable
from ..reading.source_names import label, labels_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OF_PYARROW = {"s3a": "s3", "s3n": "s3"}
"""Schemes that Hadoop and pyarrow call otherwise."""
_SCHEMES = ("file", "s3", "gs", "hdfs")


def files_in(spark: SparkSession, paths: Sequence[str]) -> list[str]:
    """Return the files that paths stand for, as URIs in sorted order; hidden ones are passed over.

    paths (Sequence[str]): Files, folders and patterns (`s3a://bucket/2025/*.warc.gz`).
    RAISES (ReadingError): If there is nothing, or it can't be looked at.
    """
    from pyspark.errors import PySparkException

    found: set[str] = set()
    for path in paths:
        # Without its column of contents, this source lists files and reads none.
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        try:
            here = [row.path for row in files.load(path).select("path").collect()]
        except PySparkException as error:
            reason = " ".join(str(error).split("\n", 1)[0].split())[:200]
            raise ReadingError(path, f"can't be found or listed ({reason})") from error
        if not here:
            raise ReadingError(path, "no file there")
        found.update(here)
    return sorted(found)


@contextmanager
def on_disk(uri: str) -> Iterator[Path]:
    """A file as it lies on this machine's disk, or a copy of it that is removed at the end.

    What lies elsewhere is copied whole: formats that are read from their end can be read then, and a connection need
    not last as long as the reading does.
    RAISES (OSError): If it can't be copied.
    """
    parts = urlsplit(uri)
    if parts.scheme in ("", "file"):
        yield Path(unquote(parts.path) if parts.scheme else uri)
        return
    from pyarrow.fs import FileSystem

    scheme = _OF_PYARROW.get(parts.scheme, parts.scheme)
    if scheme not in _SCHEMES:
        raise OSError(f"{parts.scheme}:// can't be read; copy it to {', '.join(_SCHEMES[1:])} or a mounted folder")
    system, path = FileSystem.from_uri(uri.replace(parts.scheme, scheme, 1))
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        # The name is kept: its suffix tells what the bytes do not.
        copy = Path(folder, re.sub(r"[^\w.-]", "_", PurePosixPath(path).name))
        with system.open_input_stream(path, compression=None) as stream, copy.open("wb") as file:
            shutil.copyfileobj(stream, file, 1_000_000)
        yield copy


def names_of(paths: Sequence[str]) -> dict[str, str]:
    """Return how what lies on this machine's disk is called in records, by its full path, as `quotes ingest` calls it.

    What was named by a relative path keeps that; of one that was named by its full path only the end is kept.
    """
    named = [_before_pattern(path) for path in paths if "://" not in path]
    relative = {str(Path(path).absolute()): path for path in named if not Path(path).is_absolute()}
    return labels_of(named) | {
        printable(path): "" if name == "." else printable(str(Path(name))) for path, name in relative.items()
    }


def called(uri: str, names: Mapping[str, str]) -> str:
    """Return how a file is called in records.

    names (Mapping[str, str]): As `names_of` returns them.
    """
    parts = urlsplit(uri)
    return label(printable(unquote(parts.path) if parts.scheme == "file" else uri), names)


def _before_pattern(path: str) -> str:
    parts = path.split("/")
    plain = list(takewhile(lambda part: not re.search(r"[*?\[{]", part), parts))
    return "/".join(plain) or ("/" if path.startswith("/") else ".")
