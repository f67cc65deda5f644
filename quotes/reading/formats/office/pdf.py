"""PDFs with a text layer: one article each, the lines as they were set, paragraphs parted by blank lines."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ....errors import ReadingError
from ...decoding import LARGEST
from ...documents import Document, Metadata
from ...streams import Given, held, opened
from ..registry import Head

MOST_PAGES = 500
"""Of an article; a PDF of more is a book."""

# PDFium puts this where a word is broken by a hyphen at a line's end, soft or not, and leaves out the line's end.
_BROKEN = frozenset("\ufffe\x02")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’'»)\]]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.I)
# What browsers print below and above a page.
_ADDRESS = re.compile(r"(?P<url>https?://\S+)\s*(?:\d+/\d+)?$")
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},\s\d{1,2}[:.]\d\d(?:\s[AP]M)?\b.{0,200}$")
_MARGIN = 3  # lines from a page's top or bottom that may be its header or footer
_FAR = 1.8  # times the size of the letters, from a page number to the text
_LARGER_GAP = 1.25  # times the usual distance of lines
_LARGEST_GAP = 1.6  # times that, of lines within a sentence
_OTHER_SIZE = 0.08
_INDENT = 0.5  # times the size of the letters
_START = 3_000  # characters, where a title stands


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was set: from `left` to `right` on the baseline `y`, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int

    @property
    def form(self) -> str:
        """The same on all pages if it is their header or footer."""
        return re.sub(r"\d+", "0", self.text)


def looks_like(head: Head) -> bool:
    """Return whether it begins as a PDF."""
    return head.data[:1024].lstrip().startswith(b"%PDF-")


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the article in a PDF, without what stands on all of its pages."""
    try:
        try:
            import pypdfium2
        except ImportError as error:
            raise ReadingError(source, "PDF needs pypdfium2; pip install 'quotes[pdf]'") from error
        with opened(given, source) as stream:
            data: Any = given if isinstance(given, Path) else held(stream, source)
            try:
                pdf = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                locked = "password" in str(error).lower()
                message = "locked with a password; save it without one" if locked else "broken, or no PDF"
                raise ReadingError(source, message) from error
            try:
                yield _article(pdf, source)
            except pypdfium2.PdfiumError as error:
                raise ReadingError(source, f"broken ({' '.join(str(error).split())[:100]})") from error
            finally:
                pdf.close()
    except ReadingError as error:
        yield error


def _article(pdf: Any, source: str) -> Document:
    if len(pdf) > MOST_PAGES:
        raise ReadingError(source, f"{len(pdf):,} pages, too many for one article; split it")
    pages = [_lines(page, number) for number, page in enumerate(pdf)]
    if not any(pages):
        raise ReadingError(
            source, "no text in this PDF, only pictures; run OCR on it (as ocrmypdf does), read what comes"
        )
    url = next((match["url"] for page in pages for line in page if (match := _ADDRESS.match(line.text))), None)
    text = "\n\n".join(_paragraphs(_without_margins(pages)))
    if len(text) > LARGEST:
        raise ReadingError(source, f"larger than {LARGEST // 1_000_000} MB, too large for one article")
    if not text:
        raise ReadingError(source, "nothing but page numbers and headers in this PDF")
    return Document(source, text, "text", _metadata(pdf.get_metadata_dict(), text, url))


def _metadata(metadata: dict[str, str], text: str, url: str | None) -> Metadata:
    """What the PDF says of itself, as far as it stands in the text too: programs write much else there."""
    start = " ".join(text[:_START].casefold().split())

    def shown(name: str) -> str | None:
        words = " ".join(metadata.get(name, "").split())
        return words if len(words) > 3 and words.casefold() in start else None

    return Metadata(url=url, title=shown("Title"), byline=shown("Author"))


def _lines(page: Any, number: int) -> list[_Line]:
    """The lines of a page in the order in which they were set, which keeps columns apart."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        found: list[_Line] = []
        signs: list[tuple[int, str]] = []
        for n in range(raw.FPDFText_CountChars(text_page)):
            sign = chr(raw.FPDFText_GetUnicode(text_page, n))
            if sign in "\r\n":
                _end_line(text_page, signs, found, number)
            elif sign in _BROKEN or (raw.FPDFText_IsHyphen(text_page, n) == 1 and sign == "\xad"):
                signs.append((n, "-"))
                _end_line(text_page, signs, found, number)
            else:
                signs.append((n, sign))
        _end_line(text_page, signs, found, number)
        return found
    finally:
        text_page.close()
        page.close()


def _end_line(text_page: Any, signs: list[tuple[int, str]], found: list[_Line], page: int) -> None:
    from pypdfium2 import raw

    shown = [(n, sign) for n, sign in signs if not sign.isspace()]
    text = _CONTROL.sub("", " ".join("".join(sign for _, sign in signs).split())).translate(_LIGATURES)
    signs.clear()
    if not text:
        return
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    raw.FPDFText_GetCharOrigin(text_page, shown[0][0], x, y)
    raw.FPDFText_GetCharBox(text_page, shown[-1][0], left, right, bottom, top)
    # A line may begin with a word in another font.
    some = (shown[0], shown[len(shown) // 2], shown[-1])
    size = median(raw.FPDFText_GetFontSize(text_page, n) for n, _ in some) or 10.0
    found.append(_Line(text, x.value, right.value, y.value, size, page))


def _without_margins(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without headers, footers and page numbers."""
    edges = [_edges(page) for page in pages]
    often = Counter(key for lines in edges for key in {(line.form, round(line.y)) for line in lines})
    kept = []
    for page, lines in zip(pages, edges, strict=True):
        margin = {
            line
            for line in lines
            if (often[line.form, round(line.y)] > max(1, len(pages) // 2))
            or (_PAGE_NUMBER.match(line.text) and _stands_alone(line, page))
            or _ADDRESS.match(line.text)
            or _PRINTED.match(line.text)
        }
        kept.append([line for line in page if line not in margin])
    return kept


def _stands_alone(line: _Line, page: list[_Line]) -> bool:
    """Whether no line is near: a number may also be the last word of a paragraph."""
    return all(other is line or abs(other.y - line.y) > _FAR * line.size for other in page)


def _edges(page: list[_Line]) -> list[_Line]:
    heights = sorted({round(line.y) for line in page})
    outer = {*heights[:_MARGIN], *heights[-_MARGIN:]}
    return [line for line in page if round(line.y) in outer]


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    """The paragraphs; one that goes on in the next column or on the next page is whole."""
    lines = [line for page in pages for line in page]
    leading = _leading(lines)
    rights: dict[int, float] = {}
    for line in lines:
        rights[_column(line)] = max(rights.get(_column(line), 0.0), line.right)
    paragraph: list[str] = []
    for n, line in enumerate(lines):
        if n and _begins(lines[n - 1], line, lines[n + 1] if n + 1 < len(lines) else None, leading, rights):
            yield "\n".join(paragraph)
            paragraph = []
        paragraph.append(line.text)
    if paragraph:
        yield "\n".join(paragraph)


def _column(line: _Line) -> int:
    return round(line.left / (3 * line.size))


def _leading(lines: list[_Line]) -> float:
    """The usual distance of two lines, in sizes of their letters."""
    gaps = sorted(
        (above.y - below.y) / below.size
        for above, below in pairwise(lines)
        if 0 < above.y - below.y < 3 * below.size and _is_same_size(above, below)
    )
    # The lower quarter: those between paragraphs are larger, and short texts have as many of these.
    return gaps[len(gaps) // 4] if gaps else 1.2


def _is_same_size(above: _Line, below: _Line) -> bool:
    return abs(above.size - below.size) <= _OTHER_SIZE * below.size


def _begins(above: _Line, line: _Line, below: _Line | None, leading: float, rights: dict[int, float]) -> bool:
    """Whether a paragraph begins with a line."""
    ends = bool(_ENDS_SENTENCE.search(above.text))
    gap = above.y - line.y
    room = rights[_column(above)] - above.right
    is_full = room < 2 * line.size and _is_same_size(above, line)
    if not ends and gap < _LARGEST_GAP * leading * line.size and (is_full or line.text[0].islower()):
        return False
    if not _is_same_size(above, line):
        return True
    goes_on_elsewhere = above.page != line.page or gap < 0
    if not goes_on_elsewhere:
        if abs(gap) < 0.3 * line.size:
            return False  # a part of the same line
        if gap > _LARGER_GAP * leading * line.size:
            return True
    if below is not None and below.y < line.y and line.left - below.left > _INDENT * line.size:
        return goes_on_elsewhere or line.left - above.left > _INDENT * line.size or ends
    # The first word had room in the line above: it was ended on purpose.
    word = len(line.text.split()[0]) + 1
    width = word * (line.right - line.left) / max(len(line.text), 1)
    return ends and room > width
