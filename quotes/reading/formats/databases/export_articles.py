"""What the exports of news databases share, whether they come as plain text, RTF, Word or pages.

A splitter of a database works on lines: a blank line ends a paragraph, and lines without one between them may be
wrapped to a column. So each reader of a file gives its lines that way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import chain, pairwise
from typing import Any, BinaryIO, TextIO

from ....errors import ReadingError
from ....outlets.directory import by_name
from ....spans.paragraphs import WRAPPED
from ...dates import find_date
from ...decoding import LARGEST
from ...documents import Document, Metadata
from ...page.bylines import joined, names_in
from ...streams import Given, as_text, opened, peeked

DATABASES = ("nexis", "factiva", "proquest")
"""Modules that split lines: each has `is_export(text)` and `articles(lines, source)`."""
LOOKED_AT = 65_536
"""Characters in which an export shows which database it is from: a cover page lists up to 500 titles."""

_PIECE = 1_000_000
_BLOCKS = ("p", "div", "center", "td", "h1", "h2", "h3", "h4", "li")
_LONGEST_MATCH = 1000
_WORDS_OF_A_DATE = 12
_EDITION = re.compile(
    r"\s*(?:[;,]|\s[-–—])\s*(?:[\w.’']+\s+){0,3}(?:edition|final)\b.*$"
    r"|\s*\((?:[^()]*\b)?(?:edition|final|online|web|site web|print)\b[^()]*\)",
    re.I,
)
_PLACE = re.compile(r"\s*[(\[][^()\[\]]{2,40}[)\]]\s*$")
_DAY = re.compile(
    r"\d{1,2}\.?º?\s+(?:de\s+|d[’'])?[^\W\d_]{3,}\.?\s+(?:de\s+)?(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
)
_DATE_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "ru", "ja", "zh"]  # of the interfaces
_LANGUAGES = {
    "en": "english englisch anglais inglés inglese inglês engels английский 英語 英文",
    "de": "german deutsch allemand alemán tedesco alemão duits",
    "fr": "french französisch français francés francese francês frans",
    "es": "spanish spanisch espagnol español spagnolo espanhol spaans",
    "it": "italian italienisch italien italiano",
    "pt": "portuguese portugiesisch portugais portugués portoghese português",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands",
}
_LANGUAGE_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


@dataclass(slots=True)
class Export:
    """The articles of one export, numbered from 1 as they come.

    what (str): Whose articles they are, for messages.
    """

    source: str
    what: str
    count: int = 0

    def article(self, story: str, metadata: Metadata) -> Document | ReadingError:
        """Return the next article, an error where it has no text."""
        label = self._next()
        if not story.strip():
            named = f" ({metadata.title[:60]})" if metadata.title else ""
            return ReadingError(label, f"{self.what} article without text{named}; it was exported without it")
        if len(story) > LARGEST:
            return ReadingError(label, f"longer than {LARGEST // 1_000_000} MB, too long for one article")
        return Document(label, story, "text", metadata)

    def cut(self) -> ReadingError:
        """Return what is said of an article that the end of the file cuts off; it is not taken."""
        return ReadingError(self._next(), "cut off at the end of the file; export it again. What was read before stays")

    def none(self, looked_for: str) -> ReadingError:
        """Return what is said of an export without articles."""
        return ReadingError(self.source, f"no {self.what} article in it (looked for {looked_for})")

    def _next(self) -> str:
        self.count += 1
        return f"{self.source}#{self.count}"


def lines_of(stream: BinaryIO, source: str) -> Iterator[str]:
    """Yield the lines of a text, an RTF or a Word file.

    RAISES (ReadingError): If it is none, or broken.
    """
    head, stream = peeked(stream, 8)
    if head.startswith(b"PK"):
        from ..office import docx

        yield from docx.lines(stream, source)
    elif head.startswith(b"{\\rt"):
        from ..office import rtf

        yield from rtf.lines(stream, source)
    else:
        try:
            yield from as_text(stream, source)
        except UnicodeError as error:
            raise ReadingError(source, "broken in the middle: not all of it is text") from error


def caught(
    given: Given, source: str, read: Callable[[BinaryIO], Iterable[Document | ReadingError]]
) -> Iterator[Document | ReadingError]:
    """Open a source and yield what is read of it, and what is raised meanwhile as its last error."""
    try:
        with opened(given, source) as stream:
            if not stream.seekable():
                head, stream = peeked(stream, 1)
            else:
                head = stream.read(1)
                stream.seek(-len(head), io.SEEK_CUR)
            if not head:
                raise ReadingError(source, "empty, nothing to read")
            yield from read(stream)
    except ReadingError as error:
        yield error


def of_document(
    lines: Iterator[str], source: str, title: Callable[[], str | None]
) -> Iterator[Document | ReadingError]:
    """Yield the articles of a word processor's document: those of an export, else the one that it is.

    title (Callable): What the document marks as its title, asked for when its lines are read.
    """
    head: list[str] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if size > LOOKED_AT:
            break
    begin = "\n".join(head)
    for name in DATABASES:
        module = import_module(f".{name}", __package__)
        if module.is_export(begin):
            yield from module.articles(chain(head, lines), source)
            return
    for line in lines:
        head.append(line)
        size += len(line)
        if size > LARGEST:
            raise ReadingError(source, f"longer than {LARGEST // 1_000_000} MB, too long for one article")
    text = story(head)
    if not text:
        raise ReadingError(source, "no text in this document; if it is a scan or a picture, save its text")
    yield Document(source, text, "text", Metadata(title=title()))


def chunks(
    lines: Iterable[str], begins: Callable[[str], bool], ends: Callable[[str], bool]
) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines of each document, and whether a line that ends documents follows; that is the last of them.

    A document longer than an article can be is yielded without what comes after that.
    """
    chunk: list[str] = []
    size = 0
    for line in lines:
        line = line.replace("\xa0", " ").strip("\ufeff").rstrip()
        if begins(line) and chunk:
            yield chunk, True
            chunk, size = [], 0
        size += len(line)
        if size <= LARGEST + LOOKED_AT:
            chunk.append(line)
        if ends(line):
            yield chunk, True
            chunk, size = [], 0
    if chunk:
        yield chunk, False


def blocks(lines: Iterable[str]) -> list[list[str]]:
    """Return the lines between blank lines together."""
    found: list[list[str]] = []
    is_open = False
    for line in map(str.strip, lines):
        if line and is_open:
            found[-1].append(line)
        elif line:
            found.append([line])
        is_open = bool(line)
    return found


def story(lines: Iterable[str]) -> str:
    """Return lines as paragraphs with a blank line between them, what was wrapped to a column in one line."""
    parts = blocks(lines)
    width = max((len(line) for part in parts for line in part), default=0)
    return "\n\n".join(_unwrapped(part, width) for part in parts)


def _unwrapped(lines: list[str], width: int) -> str:
    text = lines[0]
    for above, line in pairwise(lines):
        # It was broken off only because the next word did not fit.
        wrapped = width in WRAPPED and len(above) + 1 + len(line.split(" ", 1)[0]) > width
        text += (" " if wrapped else "\n") + line
    return text


def outlet_name(name: str) -> str | None:
    """Return the name of a publication without its edition, and without its place where it is known without."""
    name = " ".join(name.split()).strip(" ;,.")
    if not by_name(name):
        name = _EDITION.sub("", name).strip(" ;,") or name
        bare = _PLACE.sub("", name)
        name = bare if bare and by_name(bare) and not by_name(name) else name
    return name or None


def byline(text: str) -> str | None:
    """Return the names in a byline; None if there is none."""
    return joined(names_in(text))


def day_in(text: str) -> str | None:
    """Return the first full date of a line as `YYYY-MM-DD`, in any language that the interfaces have."""
    if day := find_date(text):
        return day
    match = _DAY.search(text)
    return _foreign(match.group().replace("º", "")) if match else None


def is_day(line: str) -> bool:
    """Return whether a line is a date, with a weekday, a time or an edition after it at the most."""
    return len(line.split()) <= _WORDS_OF_A_DATE and len(line) < 100 and ":" not in line[:12] and bool(day_in(line))


@cache
def _foreign(text: str) -> str | None:
    import dateparser

    found = dateparser.parse(text, languages=_DATE_LANGUAGES, settings={"STRICT_PARSING": True})
    return found.date().isoformat() if found else None


def language_code(name: str) -> str | None:
    """Return the code of a language by its name: `ENGLISH` is `en`."""
    return _LANGUAGE_CODES.get(name.strip(" ;.").partition(";")[0].lower())


def pieces(stream: BinaryIO, source: str, begin: re.Pattern[str]) -> Iterator[str]:
    """Yield what a page holds from each place on where a pattern matches, up to the next; not what is before the first.

    begin (re.Pattern): It matches at most 1,000 characters.
    RAISES (ReadingError): If it is no text, or a piece is larger than an article can be.
    """
    text: TextIO = as_text(stream, source)
    held = ""
    try:
        while part := text.read(_PIECE):
            held += part
            places = [match.start() for match in begin.finditer(held)]
            for place, following in pairwise(places):
                yield held[place:following]
            held = held[places[-1] :] if places else held[-_LONGEST_MATCH:]
            if len(held) > 5 * LARGEST:  # markup included
                raise ReadingError(source, "broken, or no export: an article without end")
    except UnicodeError as error:
        raise ReadingError(source, "broken in the middle: not all of it is text") from error
    if begin.match(held):
        yield held


def tree_of(page: str) -> Any:
    """Return a piece of a page as a tree; None if there is no element in it."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def block_texts(tree: Any) -> Iterator[str]:
    """Yield the text of each block of a page that has no blocks in it, its line breaks as lines."""
    for line_break in tree.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    for block in tree.iter(*_BLOCKS):
        if next(block.iterdescendants(*_BLOCKS), None) is None:
            yield "".join(block.itertext())
