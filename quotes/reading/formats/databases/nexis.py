"""Exports of Nexis Uni, LexisNexis and its predecessors: text, RTF, Word, and the old pages.

There are two layouts. In the old one (text, pages) a document begins with `1 of 2 DOCUMENTS`, the publication's name
and the date come first, the title after them, and labels in capitals (`BYLINE:`, `LOAD-DATE:`) stand before and after
the story. In the new one (Word, RTF) the title comes first, the story stands between lines `Body` and `Graphic`,
`Classification` or `Load-Date:`, and a document ends with `End of Document`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given, peeked
from ..markup import looks_html
from .export_articles import (
    Export,
    block_texts,
    blocks,
    byline,
    caught,
    chunks,
    day_in,
    is_day,
    language_code,
    lines_of,
    outlet_name,
    pieces,
    story,
    tree_of,
)

if TYPE_CHECKING:
    from ..registry import Head

_NUMBER = re.compile(
    r"\s*(?:\d+ of \d+ DOCUMENTS?|(?:Dokument|Document|Documento) \d+ (?:von|de|di) \d+|\d+ DE \d+ DOCUMENTS?)\s*$"
)
_END = re.compile(r"\s*End of Document\s*$", re.I)
_LOADED = re.compile(r"\s*Load-Date:")
_BODY = re.compile(r"\s*Body\s*$")
_AFTER_BODY = re.compile(
    r"\s*(?:Graphic|Classification|Notes|Correction|Correction-Date|Bibliography|Load-Date:.*)\s*$"
)
# Before the story, in capitals in the old layout; in German and French interfaces too.
_LABEL = re.compile(
    r"\s*(?P<label>BYLINE|AUTOR|AUTEUR|SECTION|RUBRIK|RUBRIQUE|LENGTH|LÄNGE|LONGUEUR|DATELINE|HIGHLIGHT|HEADLINE|TITLE"
    r"|SERIES|SOURCE|COLUMN|DAY|EDITION|KEYWORDS?|TYPE|NAME|ISSUE|DISTRIBUTION|PROGRAM|SHOW|ANCHORS?|GUESTS?"
    r"|REPORTERS?|ABSTRACT|INSERT|CONTACT|COPYRIGHT)\s*:\s*(?P<value>.*)$"
)
_TITLED = re.compile(
    r"\s*(?P<label>Byline|Section|Length|Dateline|Highlight|Headline|Series|Anchor|Guests?|Show|Autor|Rubrik|Länge"
    r"|Autore?|Auteur|Rubrique|Longueur)\s*:\s*(?P<value>.*)$"
)
_AFTER_STORY = re.compile(
    r"\s*(?P<label>LOAD-DATE|UPDATE|LANGUAGE|SPRACHE|LANGUE|GRAPHICS?|GRAFIK|GRAPHIQUE|PUBLICATION-TYPE|PUB-TYPE"
    r"|DOCUMENT-TYPE|JOURNAL-CODE|ACC-NO|SUBJECT|COMPANY|ORGANIZATION|TICKER|INDUSTRY|PERSON|CITY|STATE|COUNTRY|REGION"
    r"|GEOGRAPHIC|CORRECTION-DATE|CORRECTION|EDITOR-NOTE|NOTES|ENHANCEMENT|CATEGORY|PUBLISHER|FILE|TRANSID|URL"
    r"|PUBLICATION_TYPE|ZEITUNGS-CODE|TYPE DE PUBLICATION|CODE DU JOURNAL)\s*:\s*(?P<value>.*)$"
)
_NAMES = {"AUTOR": "BYLINE", "AUTEUR": "BYLINE", "AUTORE": "BYLINE", "SPRACHE": "LANGUAGE", "LANGUE": "LANGUAGE",
          "LÄNGE": "LENGTH", "LONGUEUR": "LENGTH", "TITLE": "HEADLINE"}  # fmt: skip
_RIGHTS = re.compile(
    r"\s*(?:Copyright\b.{0,20}(?:19|20)\d\d\b|Copyright \D{3,80}$|\(c\) Copyright|©|All Rights Reserved)", re.I
)
_EDITION = re.compile(r"(?:\S+ ){0,4}(?:editions?|final|correction appended)\b[^.]{0,30}$", re.I)
_LOOKED_FOR = "lines `1 of 2 DOCUMENTS`, or `Body` and `End of Document`"
_PAGE_END = re.compile(r"</(?:DOCFULL|BODY|HTML)\b", re.I)
_DOCUMENT = re.compile(r"<!--(?:(?!-->)[\s\S]){0,300}?DOC NUMBER", re.I)
_COVER = (re.compile(r"\s*Job Number:"), re.compile(r"\s*Documents? \(\d+\)\s*$"))
_LONG = 60_000
_HEADER = 15  # blocks that stand above a story at the most


def looks_like(head: Head) -> bool:
    """Return whether a text or page that begins so is an export."""
    text = head.text
    if text is None:
        return False
    if text.lstrip().startswith("<"):
        return bool(_DOCUMENT.search(text)) and looks_html(text)
    return is_export(text)


def is_export(text: str) -> bool:
    """Return whether the first lines of a text are those of an export."""
    lines = text.replace("\xa0", " ").splitlines()
    if any(_NUMBER.match(line) for line in lines):
        labels = {match["label"] for line in lines if (match := _LABEL.match(line) or _AFTER_STORY.match(line))}
        return bool(labels)
    if all(any(map(sign.match, lines)) for sign in _COVER):
        return True
    titled = {match["label"] for line in lines if (match := _TITLED.match(line))}
    has_body = any(map(_BODY.match, lines))
    ended = any(_END.match(line) or _LOADED.match(line) for line in lines)
    # A long article ends beyond what is looked at.
    return has_body and (ended or len(text) > _LONG) and ("Length" in titled or any(map(_RIGHTS.match, lines)))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles of an export."""
    yield from caught(given, source, lambda stream: _read(stream, source))


def _read(stream: BinaryIO, source: str) -> Iterator[Document | ReadingError]:
    head, stream = peeked(stream, 100)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield from _articles(_of_page(stream, source), source, is_page=True)
    else:
        yield from articles(lines_of(stream, source), source)


def articles(lines: Iterable[str], source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles in the lines of an export."""
    yield from _articles(
        chunks(lines, lambda line: bool(_NUMBER.match(line)), lambda line: bool(_END.match(line))), source
    )


def _articles(
    found: Iterable[tuple[list[str], bool]], source: str, is_page: bool = False
) -> Iterator[Document | ReadingError]:
    export = Export(source, "Nexis")
    has_labels_below = False
    for chunk, ended in found:
        is_new = any(map(_BODY.match, chunk))
        is_old = not is_new and bool(_NUMBER.match(chunk[0]))
        if not is_new and not is_old:
            # A cover stands before the first document, and nothing after the last.
            if ended and _END.match(chunk[-1]):
                yield export.article("", _new(chunk)[1])
            elif not ended and export.count and any(chunk):
                yield export.cut()
            continue
        is_below = any(map(_AFTER_STORY.match, chunk))
        # What is copied out of the window by hand ends with the date of loading.
        whole = ended or (is_new and any(map(_LOADED.match, chunk)))
        cut = not whole and (is_new or is_page or (has_labels_below and not is_below))
        has_labels_below |= is_below
        yield export.cut() if cut else export.article(*(_new(chunk) if is_new else _old(chunk)))
    if not export.count:
        yield export.none(_LOOKED_FOR)


def _new(chunk: list[str]) -> tuple[str, Metadata]:
    body = next((n for n, line in enumerate(chunk) if _BODY.match(line)), len(chunk))
    head, rest = chunk[:body], chunk[body + 1 :]
    values = _values(head, _TITLED) | _values(rest, re.compile(r"\s*(?P<label>Language)\s*:\s*(?P<value>.*)$"))
    header = [line.strip() for line in head if line.strip()]
    plain = [line for line in header if not _TITLED.match(line) and not _RIGHTS.match(line)]
    # The last date: a cover, with dates of its own, may stand before.
    day = next((n for n in range(len(plain) - 1, -1, -1) if is_day(plain[n])), None)
    outlet = plain[day - 1] if day else None
    title = plain[day - 2] if day and day > 1 else values.get("HEADLINE")
    end = next((n for n, line in enumerate(rest) if _AFTER_BODY.match(line) or _END.match(line)), len(rest))
    return story(rest[:end]), _metadata(title, outlet, plain[day] if day is not None else "", values)


def _old(chunk: list[str]) -> tuple[str, Metadata]:
    parts = blocks(chunk[1:])
    labels = [_labelled(part) for part in parts[:_HEADER]]
    plain: list[list[str]] = []
    values: dict[str, str] = {}
    length = next((n for n, label in enumerate(labels) if label and label[0] == "LENGTH"), -1)
    begin = 0
    for n, (part, label) in enumerate(zip(parts, labels, strict=False)):
        # The first run of labels ends the header, if it is not before the length: stories have such lines too.
        if label:
            values.setdefault(*label)
        elif begin < length or not values:
            plain.append(part)
        else:
            break
        begin = n + 1
    day = next((n for n, part in enumerate(plain) if is_day(part[0])), None)
    if not values:
        begin = min(len(parts), 2 if day is None else day + 2)
        plain = plain[:begin]
    # In the oldest the copyright stands above the name.
    plain = [lines for part in plain if (lines := [line for line in part if not _RIGHTS.match(line)])]
    day = next((n for n, part in enumerate(plain) if is_day(part[0])), None)
    outlet = plain[:1] if day is None else plain[day - 1 : day]
    titles = [part for part in plain[1 if day is None else day + 1 :] if not _EDITION.fullmatch(" ".join(part))]
    title = values.get("HEADLINE") or " ".join(titles[0] if titles else ())
    lines = _from(chunk[1:], begin, parts)
    end = next((n for n, line in enumerate(lines) if _AFTER_STORY.match(line)), len(lines))
    values |= _values(lines[end:], _AFTER_STORY)
    lines = lines[:end]
    while lines and (not lines[-1].strip() or _RIGHTS.match(lines[-1])):
        lines.pop()
    return story(lines), _metadata(
        title, " ".join(map(" ".join, outlet)), plain[day][0] if day is not None else "", values
    )


def _labelled(part: list[str]) -> tuple[str, str] | None:
    match = _LABEL.match(part[0])
    if not match:
        return None
    return _NAMES.get(match["label"], match["label"]), " ".join([match["value"], *part[1:]]).strip()


def _from(lines: list[str], begin: int, parts: list[list[str]]) -> list[str]:
    """The lines from a block on."""
    above = sum(map(len, parts[:begin]))
    for n, line in enumerate(lines):
        if line.strip():
            if not above:
                return lines[n:]
            above -= 1
    return []


def _values(lines: Iterable[str], label: re.Pattern[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in filter(None, map(label.match, lines)):
        name = match["label"].upper()
        found.setdefault(_NAMES.get(name, name), match["value"].strip())
    return found


def _metadata(title: str | None, outlet: str | None, day: str, values: dict[str, str]) -> Metadata:
    return Metadata(
        title=" ".join(title.split()) if title else None,
        outlet=outlet_name(outlet) if outlet else None,
        byline=byline(values.get("BYLINE", "")),
        published=day_in(day),
        language=language_code(values.get("LANGUAGE", "")),
    )


def _of_page(stream: BinaryIO, source: str) -> Iterator[tuple[list[str], bool]]:
    """The lines of each document of a page: a blank line between its blocks."""
    held = ""
    for piece in pieces(stream, source, _DOCUMENT):
        if held:
            yield _page_lines(held), True
        held = piece
    if held:
        # The comment that it begins with may end the one before.
        yield _page_lines(held), bool(_PAGE_END.search(held.partition("-->")[2]))


def _page_lines(piece: str) -> list[str]:
    lines: list[str] = []
    for text in block_texts(tree_of(f"<html>{piece}")):
        lines += [*(" ".join(line.split()) for line in text.splitlines()), ""]
    number = next((n for n, line in enumerate(lines[:_HEADER]) if _NUMBER.match(line)), None)
    return lines[number:] if number is not None else ["1 of 1 DOCUMENTS", *lines]
