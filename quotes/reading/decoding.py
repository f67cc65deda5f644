"""What the bytes of a text file say."""

from __future__ import annotations

import codecs
import os
import re

from ..errors import ReadingError

SUFFIXES = frozenset({".txt", ".text"})
"""Of plain text."""

LARGEST = 2_000_000
"""Bytes. The longest of 1,073 real articles has 60,000; a file beyond this is a dump of many."""

WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks of encodings with two or four bytes a character."""
BOMS = ((codecs.BOM_UTF8, "utf-8"), *WIDE_BOMS)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<rss")
# Central European letters that are read as Western ones: `Pawe³` for Paweł, `£ód¼` for Łódź.
NOT_WESTERN = re.compile(r"[a-z]{3}[³¹¿]|£[a-zà-ÿ]|¯")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LONGEST_CUT = 3  # bytes of a character that the end of the file cuts in two
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# Of zip archives by the names of what is in them.
_OFFICE = (
    (b"application/vnd.oasis.opendocument", "an OpenDocument file, not text; save it as CSV or as plain text"),
    (b"word/", "a Word document, not plain text; read it as --as docx"),
    (b"xl/", "a spreadsheet, not text; read it as --as xlsx"),
    (b"ppt/", "a presentation; save its text"),
)
# Text has none of these but tab and line ends; a share of one in a hundred is a binary file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.01


def printable(path: str) -> str:
    """Return a path as text that every output can hold: bytes that are no UTF-8 stand as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def decode(data: bytes, source: str) -> str:
    """Return the text of a file's bytes: UTF-8, else what a byte order mark or charset-normalizer says.

    RAISES (ReadingError): If there is none.
    """
    if len(data) > LARGEST:
        limit = LARGEST // 1_000_000
        raise ReadingError(
            source, f"larger than {limit} MB, too large for one article; split it into a file an article"
        )
    if data[:5] == b"%PDF-":
        raise ReadingError(source, "a PDF, not text; convert it first, for instance with pdftotext")
    if data[:5] == b"{\\rtf":
        raise ReadingError(source, "an RTF document, not plain text; read it as --as rtf")
    if office := _office(data):
        raise ReadingError(source, office)
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:15].lower().startswith(_MARKUP):
        raise ReadingError(source, "a page of markup, not text; save the article's text and read that")
    text = _decoded(data, source)
    if not text.removeprefix("\ufeff").strip():
        raise ReadingError(source, "empty, nothing to read")
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise ReadingError(source, "not text (control characters all through); is it a binary file?")
    return text


def _office(data: bytes) -> str | None:
    """What is said of a file of an office program that is no text."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "an old Word or Office file, or one locked with a password; save it as .docx without one"
    if data.startswith(b"PK\x03\x04"):
        return next((message for mark, message in _OFFICE if mark in data), None)
    return None


def _decoded(data: bytes, source: str) -> str:
    wide = next((name for bom, name in WIDE_BOMS if data.startswith(bom)), None)
    if wide is None and b"\0" in data:
        raise ReadingError(source, "holds NUL bytes, so it is no text; is it a binary file?")
    try:
        text = data.decode(wide or "utf-8")
    except UnicodeDecodeError as error:
        if wide:
            raise ReadingError(source, f"begins as {wide.upper()} but is broken at byte {error.start}") from error
        text = data.decode("utf-8", WESTERN) if is_mostly_utf_8(data) else _guessed(data, source)
    if "\0" in text:
        raise ReadingError(source, "holds NUL characters, so it is no text; is it a binary file?")
    return text


def is_mostly_utf_8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: a file cut short, or one that bytes of another strayed into."""
    good = sum(map(len, _UTF_8.findall(data)))
    return 0 < good > 0.8 * (len(_NOT_ASCII.findall(data)) - _LONGEST_CUT)


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes of a UTF-8 file that are no UTF-8 as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


WESTERN = "quotes.western"
codecs.register_error(WESTERN, _as_western)


def _guessed(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise ReadingError(source, "in no encoding that we know; save it as UTF-8")
    # In a long English text every code page fits as well as the next: then it is the usual one.
    usual = next((str(match) for match in matches if match.encoding == "cp1252" and match.chaos <= best.chaos), "")
    return usual if usual and not NOT_WESTERN.search(usual) else str(best)
