"""Exports of Factiva: text and RTF, with codes before each field or without, pages, and XML.

With codes the story is in LP and TD. Without, a document is its title, who wrote it, `937 words`, the date, a time, the
publication, its code, the language and the copyright, a line each in the interface's language, and then the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...page.bylines import names_in
from ...streams import Given, peeked
from ..elements import text_of
from ..markup import looks_html, root
from .export_articles import (
    Export,
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

_CODES = (
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY CX CLM LP TD ART CT RF CO IN NS RE IPC IPD PUB AN DLN NGC GC".split()
)
_BELOW = frozenset("ART CT RF CO IN NS RE IPC IPD PUB AN NGC GC".split())
_CODE = re.compile(rf"\s*(?P<code>{'|'.join(_CODES)})(?:\t|\s{{2,}}|\s*$)\s*(?P<value>.*)$")
# Before the story a single space is enough: nothing else stands there.
_HEADER_CODE = re.compile(rf"\s*(?P<code>{'|'.join(c for c in _CODES if c not in _BELOW)})\s+(?P<value>\S.*)$")
_END = re.compile(
    r"\s*(?:AN\s+)?(?:Document|Dokument|Documento|Документ|文書|文件|文档)\s+[A-Za-z]{1,12}\d{10,14}\w{4,14}\s*$"
)
_WORDS = re.compile(
    r"\s*[\d.,’' \u202f]{1,9}\s?(?:words?|W[öo]rter|Wort|mots?|palabras?|parole|parola|palavras?|woorden"
    r"|слов\w*|語|字|字词)\s*$",
    re.I,
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?:\s*(?:[ap]m|GMT|UTC))?$", re.I)
_RIGHTS = re.compile(r"(?:\(c\)|©|copyright\b)", re.I)
_OURS = re.compile(r"©\s*\d{4} Factiva, Inc\.|Factiva, Inc\. (?:All|Alle|Tous)", re.I)
_SHORT = re.compile(r"[A-Z0-9]{2,8}$")
_NAMED = re.compile(r"(?:by|von|par|por|di|da|door)\b", re.I)
_LINES_ABOVE = 4
_LOOKED_FOR = "fields HD, LP and TD, or a line `937 words` and one `Document ABC0000020230905...`"
_ARTICLE = re.compile(r"<div\b[^<>]{0,200}class=[\"']?article [a-z]{2}Article\b", re.I)
_XML_ARTICLE = re.compile(r"<(?:\w+:)?article\b", re.I)
_XML_MARKS = ("leadparagraph", "tailparagraph", "leadpara", "tailpara")
_XML_ROOTS = frozenset("response ppsarticle articles article ppsarticleresultset searchresponse".split())


def looks_like(head: Head) -> bool:
    """Return whether a text or page that begins so is an export."""
    text = head.text
    if text is None:
        return False
    if text.lstrip().startswith("<"):
        if looks_html(text):
            return bool(_ARTICLE.search(text) or "articleParagraph" in text or "<title>Factiva</title>" in text)
        return root(text) in _XML_ROOTS and any(mark in text.lower() for mark in _XML_MARKS)
    return is_export(text)


def is_export(text: str) -> bool:
    """Return whether the first lines of a text are those of an export."""
    lines = text.replace("\xa0", " ").splitlines()
    codes = {match["code"] for line in lines if (match := _CODE.match(line) or _HEADER_CODE.match(line))}
    if {"HD", "WC", "PD"} <= codes and codes & {"LP", "TD"}:
        return True
    words = [n for n, line in enumerate(lines) if _WORDS.match(line)]
    days = sum(any(is_day(line.strip()) for line in lines[n + 1 : n + 4]) for n in words)
    return bool(days) and (any(map(_END.match, lines)) or any(map(_OURS.search, lines)))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles of an export."""
    yield from caught(given, source, lambda stream: _read(stream, source))


def _read(stream: BinaryIO, source: str) -> Iterator[Document | ReadingError]:
    head, stream = peeked(stream, 65_536)
    text = head.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if not text.startswith("<"):
        yield from articles(lines_of(stream, source), source)
        return
    export = Export(source, "Factiva")
    if looks_html(text):
        for piece in pieces(stream, source, _ARTICLE):
            chunk = list(_of_page(tree_of(piece)))
            ended = any(map(_END.match, chunk)) or bool(re.search(r"</div>\s*(?:</div>|</body>|<br)", piece[-3000:]))
            yield export.article(*_fields(chunk)) if ended else export.cut()
    else:
        for piece in pieces(stream, source, _XML_ARTICLE):
            whole = re.search(r"</(?:\w+:)?article>", piece, re.I)
            yield export.article(*_of_xml(tree_of(piece))) if whole else export.cut()
    if not export.count:
        yield export.none('<div class="article enArticle">' if looks_html(text) else "<article>")


def articles(lines: Iterable[str], source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles in the lines of an export."""
    export = Export(source, "Factiva")
    has_ends = False
    for chunk, ended in _chunks(lines):
        if not any(_WORDS.match(line) or (_code(line, False) or ("",))[0] == "WC" for line in chunk):
            if export.count and not ended and len([line for line in chunk if line.strip()]) > 2 and _is_begun(chunk):
                yield export.cut()
            continue
        has_end = any(map(_END.match, chunk))
        cut = not ended and has_ends and not has_end
        has_ends |= has_end
        yield export.cut() if cut else export.article(*_fields(chunk))
    if not export.count:
        yield export.none(_LOOKED_FOR)


def _is_begun(chunk: list[str]) -> bool:
    return any((_code(line, False) or ("",))[0] == "HD" for line in chunk)


def _chunks(lines: Iterable[str]) -> Iterator[tuple[list[str], bool]]:
    """The lines of each document; they end with its code or, where that is missing, with the next one's title."""
    seen: set[str] = set()

    def begins(line: str) -> bool:
        code = (_code(line, False) or ("",))[0]
        new = code in {"SE", "HD"} and bool(seen & {"LP", "TD"})
        if new:
            seen.clear()
        if code:
            seen.add(code)
        return new

    def ends(line: str) -> bool:
        return bool(_END.match(line))

    return chunks(lines, begins, ends)


def _code(line: str, in_story: bool) -> tuple[str, str] | None:
    match = _CODE.match(line) or (None if in_story else _HEADER_CODE.match(line))
    return (match["code"], match["value"].strip()) if match else None


def _fields(chunk: list[str]) -> tuple[str, Metadata]:
    return _coded(chunk) if any((_code(line, False) or ("",))[0] in {"LP", "TD"} for line in chunk) else _plain(chunk)


def _coded(chunk: list[str]) -> tuple[str, Metadata]:
    values: dict[str, list[str]] = {}
    at = ""
    for line in chunk:
        in_story = at in {"LP", "TD"}
        code = _code(line, in_story)
        if code and not (in_story and code[0] not in _BELOW | {"LP", "TD"}):
            at, value = code
            values.setdefault(at, []).append("")  # LP and TD are paragraphs of their own
            values[at].append(value)
        elif _END.match(line):
            at = ""
        elif at:
            values[at].append(line)
    said = {code: " ".join(" ".join(lines).split()) for code, lines in values.items() if code not in {"LP", "TD"}}
    text = story([*values.get("LP", ()), "", *values.get("TD", ())])
    return text, _metadata(said.get("HD"), said.get("SN"), said.get("BY", ""), said.get("PD", ""), said.get("LA", ""))


def _plain(chunk: list[str]) -> tuple[str, Metadata]:
    at = next(n for n, line in enumerate(chunk) if _WORDS.match(line))
    above = [line.strip() for line in chunk[:at] if line.strip() and not _OURS.search(line)][-_LINES_ABOVE:]
    author = ""
    if len(above) > 1 and (_NAMED.match(above[-1]) or (names_in(above[-1]) and len(above[-1].split()) < 8)):
        author = above.pop()
    rest = chunk[at + 1 :]
    places = [n for n, line in enumerate(rest) if line.strip()][:9]
    day = next((n for n in places[:3] if is_day(rest[n].strip())), None)
    begin, outlet, language = 0, "", ""
    for n in places:
        line = rest[n].strip()
        if day is not None and n > day and not outlet and not _TIME.match(line):
            outlet = line
        if _RIGHTS.match(line):
            begin = n + 1
            break
        if language_code(line):
            language, begin = line, n + 1
    if not begin:
        begin = next((n + 1 for n in reversed(places) if _SHORT.match(rest[n].strip())), (day or 0) + 2)
    while (
        begin < len(rest) and rest[begin].strip() and _RIGHTS.match(rest[begin - 1].strip()) and _is_right(rest[begin])
    ):
        begin += 1
    text = story(line for line in rest[begin:] if not _END.match(line) and not _OURS.search(line))
    return text, _metadata(above[-1] if above else None, outlet, author, rest[day] if day is not None else "", language)


def _is_right(line: str) -> bool:
    """Whether a line goes on with a copyright notice."""
    return bool(re.match(r"\s*(?:all rights|distributed by|provided by|alle rechte|tous droits)", line, re.I))


def _metadata(title: str | None, outlet: str | None, author: str, day: str, language: str) -> Metadata:
    return Metadata(
        title=" ".join(title.split()) if title else None,
        outlet=outlet_name(outlet) if outlet else None,
        byline=byline(author),
        published=day_in(day),
        language=language_code(language),
    )


def _of_page(tree: Any) -> Iterator[str]:
    """The article of a page as lines with codes."""
    article = next(iter(tree.xpath("//div[contains(concat(' ', @class, ' '), 'Article ')]")), None)
    if article is None:
        return
    if rows := article.xpath(".//tr[count(td) > 1]"):
        for row in rows:
            code, value = row.xpath("./td")[:2]
            paragraphs = value.xpath(".//p") or [value]
            yield f"{text_of(code)}\t{text_of(paragraphs[0])}"
            for paragraph in paragraphs[1:]:
                yield from ("", text_of(paragraph))
            yield ""
    else:
        heading = article.xpath(".//span[contains(@class, 'Headline')] | .//*[@id='hd']")
        author = article.xpath(".//div[contains(concat(' ', @class, ' '), ' author ')]")
        yield f"HD\t{text_of(heading[0]) if heading else ''}"
        yield f"BY\t{text_of(author[0]) if author else ''}"
        fields = [text_of(div) for div in article.xpath(".//div[not(@class) and not(@id) and not(div)]")]
        yield from _header_codes([field for field in fields if field])
        yield "LP\t"
        for paragraph in article.xpath(".//p[contains(@class, 'articleParagraph')]"):
            yield from (text_of(paragraph), "")
    for last in article.xpath(".//p[not(contains(@class, 'articleParagraph'))]")[-1:]:
        if _END.match(text_of(last)):
            yield text_of(last)


def _header_codes(fields: list[str]) -> Iterator[str]:
    """The unnamed lines of a page's header with their codes: words, date, time, publication, code, language."""
    day = next((n for n, field in enumerate(fields) if is_day(field)), None)
    if day is not None:
        yield f"PD\t{fields[day]}"
        names = [field for field in fields[day + 1 :] if not _TIME.match(field)]
        yield f"SN\t{names[0] if names else ''}"
    for field in fields:
        if language_code(field):
            yield f"LA\t{field}"


def _of_xml(tree: Any) -> tuple[str, Metadata]:
    def texts(*names: str) -> list[str]:
        return [text for name in names for found in tree.iter(name) if (text := text_of(found))]

    def first(*names: str) -> str:
        return next(iter(texts(*names)), "")

    paragraphs: list[str] = []
    for part in ("leadparagraph", "leadpara", "leadparas", "tailparagraphs", "tailparagraph", "tailparas", "tailpara"):
        for element in tree.iter(part):
            inner = list(element.iter("paragraph", "para", "p")) or [element]
            if not any(above.tag.startswith(("lead", "tail")) for above in element.iterancestors()):
                paragraphs += [text for one in inner if (text := text_of(one))]
    day = first("publicationdate", "pubdate") or next((d.get("date", "") for d in tree.iter("pubdate")), "")
    outlet = first("sourcename", "srcname", "pubname")
    text = "\n\n".join(paragraphs)
    return text, _metadata(first("headline"), outlet, first("byline"), day[:10] if day[:4].isdigit() else day, "")
