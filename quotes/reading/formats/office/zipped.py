"""Documents that are zip archives of XML: their parts by name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ....errors import ReadingError
from ...streams import Given, held, opened
from ..registry import Head
from ..tables.table_columns import LARGEST_PAGE

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def has_mimetype(head: Head, mimetype: str) -> bool:
    """Return whether a source is a zip archive whose first part, `mimetype`, says so."""
    return head.data.startswith(b"PK\x03\x04") and f"mimetype{mimetype}".encode() in head.data[30:200]


@contextmanager
def opened_zip(given: Given, source: str, title: str) -> Iterator[zipfile.ZipFile]:
    """Open a document for its parts.

    title (str): What it should be, for the message: `an EPUB`.
    RAISES (ReadingError): If it is no zip archive.
    """
    with opened(given, source) as stream:
        seekable: Any = given if isinstance(given, Path) else held(stream, source)
        try:
            archive = zipfile.ZipFile(seekable)
        except _BROKEN as error:
            raise ReadingError(source, f"cut short, broken, or not {title}") from error
        with archive:
            yield archive


def part(archive: zipfile.ZipFile, name: str, source: str) -> bytes:
    """Return a part.

    RAISES (ReadingError): If it is not there, locked, broken or larger than a page.
    """
    try:
        with archive.open(name) as file:
            data = file.read(LARGEST_PAGE + 1)
    except KeyError as error:
        raise ReadingError(source, f"broken: there is no {name[:100]} in it") from error
    except _BROKEN as error:
        what = "locked with a password" if "password" in str(error) else f"broken: {name[:100]} can't be unpacked"
        raise ReadingError(source, what) from error
    if len(data) > LARGEST_PAGE:
        raise ReadingError(source, f"{name[:100]} is larger than {LARGEST_PAGE // 1_000_000} MB, too large")
    return data


def xml_part(archive: zipfile.ZipFile, name: str, source: str) -> Any:
    """Return a part as a tree.

    RAISES (ReadingError): As `part` does, and if it is no XML.
    """
    from lxml import etree

    data = part(archive, name, source)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(source, f"broken: {name[:100]} is no XML") from error
