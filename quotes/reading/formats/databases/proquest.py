"""Text, RTF and Word exports of ProQuest: fields with their names, documents parted by lines of underscores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...page.bylines import joined, names_in
from ...streams import Given
from .export_articles import Export, blocks, caught, chunks, day_in, language_code, lines_of, outlet_name, story

if TYPE_CHECKING:
    from ..registry import Head

_RULE = re.compile(r"\s*_{20,}\s*$")
_FIELD = re.compile(
    r"(?P<name>Author|Authors|Title|Alternate title|Publication title|Publication info|Publication date"
    r"|Publication year|Publication subject|Full text"
    r"|Abstract|Links|Subject|Location|People|Company / organization|Company|Pages"
    r"|First page|Number of pages|Volume|Issue|Column|Section|Edition|Place of publication|Country of publication"
    r"|Publisher|ISSN|e-ISSN|Source type|Language of publication|Language|Document type|ProQuest document ID"
    r"|Document URL|Copyright|Last updated|Database|Dateline|Source attribution|Identifier / keyword|Classification"
    r"|Accession number|Document feature|Credit|Illustration|Caption|DOI|Year|Online publication date|Ethnicity"
    r"|Publication history|Milestone dates|Length|Word count|Business indexing term|Term)\s?:(?:\s+(?P<value>.*))?$"
)
# By the mark before the number of a document, or as a line with the report's own date.
_REPORT = re.compile(
    r"(?:Report Information from ProQuest|Table of contents|Document \d+ of \d+|Bibliography|Contact us)\b"
)
_RIGHTS = re.compile(r"(?:Credit: |Copyright\b|\(c\)|©|Reproduced with permission)", re.I)
_PUBLISHED = re.compile(
    r"(?P<outlet>[^;.[]{2,100}).*?(?P<day>\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})"
)
_ORDERED = re.compile(r"(?P<last>[^,]+),\s*(?P<first>[^,]+)(?P<suffix>,\s*(?:Jr|Sr|II|III)\.?)?$")


def looks_like(head: Head) -> bool:
    """Return whether a text that begins so is an export."""
    return head.text is not None and not head.text.lstrip().startswith("<") and is_export(head.text)


def is_export(text: str) -> bool:
    """Return whether the first lines of a text are those of an export."""
    found = {match["name"] for line in text.replace("\xa0", " ").splitlines() if (match := _FIELD.match(line.strip()))}
    has_rule = any(map(_RULE.match, text.splitlines())) or "Report Information from ProQuest" in text
    whole = "Full text" in found and bool(found & {"Publication title", "Publication info", "Publication date"})
    return whole and (has_rule or "ProQuest document ID" in found)


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles of an export."""
    yield from caught(given, source, lambda stream: articles(lines_of(stream, source), source))


def articles(lines: Iterable[str], source: str) -> Iterator[Document | ReadingError]:
    """Yield the articles in the lines of an export."""
    export = Export(source, "ProQuest")
    has_below = False
    for chunk, ended in chunks(lines, lambda line: False, lambda line: bool(_RULE.match(line))):
        named = [match["name"] for line in chunk if (match := _FIELD.match(line.strip()))]
        # A cover, a list of titles and what ProQuest says of itself have no such fields.
        if "Full text" not in named and not {"Publication title", "Publication info", "Abstract"} & {*named}:
            if export.count and not ended and named:
                yield export.cut()
            continue
        below = "Full text" in named and len(named) > named.index("Full text") + 1
        cut = not ended and has_below and not below
        has_below |= below
        yield export.cut() if cut else export.article(*_fields(chunk))
    if not export.count:
        yield export.none("fields `Full text:` and `Publication title:`")


def _fields(chunk: list[str]) -> tuple[str, Metadata]:
    values: dict[str, list[str]] = {}
    above: list[str] = []
    name = ""
    for line in chunk:
        match = _FIELD.match(line.strip())
        # In a story only what stands after a blank line can be the next field.
        if match and not (name == "Full text" and values[name][-1].strip() and len(values[name]) > 1):
            name = match["name"]
            values.setdefault(name, []).append(match["value"] or "")
        elif _RULE.match(line):
            continue
        elif name:
            values[name].append(line)
        else:
            above.append(line)
    said = {name: " ".join(" ".join(lines).split()) for name, lines in values.items() if name != "Full text"}
    titles = [" ".join(part) for part in blocks(above) if not _REPORT.match(part[0])]
    info = _PUBLISHED.match(said.get("Publication info", ""))
    outlet = said.get("Publication title") or (info["outlet"] if info else "")
    lines = values.get("Full text", [])
    while lines and (not lines[-1].strip() or _RIGHTS.match(lines[-1].strip())):
        lines.pop()
    return story(lines), Metadata(
        url=None,
        title=said.get("Title") or (titles[0] if titles else None),
        outlet=outlet_name(outlet.partition(";")[0]) if outlet else None,
        byline=_byline(said.get("Author") or said.get("Authors") or ""),
        published=day_in(said.get("Publication date", "")) or (day_in(info["day"]) if info else None),
        language=language_code(said.get("Language of publication") or said.get("Language") or ""),
    )


def _byline(authors: str) -> str | None:
    """The names of `Doe, Jane; Roe, John` in the order in which they are spoken."""
    names: list[str] = []
    for author in authors.split(";"):
        match = _ORDERED.match(author.strip())
        turned = f"{match['first'].strip()} {match['last'].strip()}{match['suffix'] or ''}" if match else author
        names += names_in(turned)
    return joined(names)
