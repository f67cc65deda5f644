"""What the tests of exports share: reading bytes as a kind, small Word and RTF documents."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from quotes.errors import ReadingError
from quotes.reading.documents import Document
from quotes.reading.formats.registry import OF_KIND

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(kind: str, content: str | bytes) -> tuple[list[Document], list[str]]:
    """The documents and the errors of an export that is called `news`."""
    data = content if isinstance(content, bytes) else content.encode()
    documents, errors = [], []
    for found in OF_KIND[kind].documents(io.BytesIO(data), "news"):
        if isinstance(found, ReadingError):
            assert "\n" not in str(found)
            errors.append(str(found))
        else:
            documents.append(found)
    return documents, errors


def paragraph(text: str, style: str = "Normal") -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{runs}</w:r></w:p>'


def word(body: str) -> bytes:
    """A Word document of the paragraphs in a body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return file.getvalue()


def rich(lines: Iterable[str]) -> bytes:
    """An RTF document with a paragraph a line."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\colortbl;\red0\green0\blue0;}"
    return (head + "".join(rf"\pard\f0 {_encoded(line)}\par " for line in lines) + "}").encode("ascii")


def _encoded(line: str) -> str:
    return "".join(sign if sign.isascii() else rf"\u{ord(sign)}?" for sign in line)
