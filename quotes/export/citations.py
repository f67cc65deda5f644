"""The articles that are quoted from as citations, with what is quoted as their notes: CSL-JSON and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any
from urllib.parse import quote as percent_encoded

from sqlite_utils import Database

from ..lexicon.plain_letters import plain_name
from ..reading.page.bylines import names_in
from .quote_rows import JOINS, ROLE
from .quote_selection import Advance, Selection, counted
from .text_tables import as_json

_CSL_TYPES = {"magazine": "article-magazine", "website": "webpage", "government": "webpage"}
"""By kind of outlet; of the others it is `article-newspaper`."""
BETWEEN = " / "
"""Quotes in an `annote`, in which lines don't end."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    # Not \{ and \}: BibTeX counts braces, whatever stands before them.
    "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
}  # fmt: skip
_TO_TEX = str.maketrans(_TEX)
# What commands a terminal, or parts lines, is white space in BibTeX.
_WHITE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")

# By the index of articles: nothing is to be sorted.
_SQL = f"""
SELECT quotes.article_id, articles.title, articles.byline, articles.published, articles.url, articles.source,
       articles.language, outlets.name AS outlet, outlets.kind AS outlet_kind, quotes.text, speakers.name AS speaker,
       {ROLE} AS role
FROM quotes INDEXED BY quotes_article {JOINS} WHERE {{where}} ORDER BY quotes.article_id, quotes.id
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article that is quoted from.

    key (str): ASCII letters and digits, of this article alone.
    authors (tuple[str, ...]): Names of people, as the byline has them.
    published (str | None): `YYYY-MM-DD`.
    source (str | None): What it was read from, of an article without an outlet and a URL.
    notes (tuple[str, ...]): What is quoted, and who said it, in the order of the text.
    """

    key: str
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    source: str | None
    language: str
    outlet: str | None
    outlet_kind: str | None
    notes: tuple[str, ...]


def citations(db: Database, selection: Selection, advance: Advance) -> Iterator[Citation]:
    """Yield the articles from which quotes are meant, by id."""
    rows = counted(db.query(_SQL.format(where=selection.where), selection.parameters), advance)
    for article, group in groupby(rows, lambda row: row["article_id"]):
        quotes = list(group)
        first = quotes[0]
        name = "".join(re.findall("[a-z0-9]+", plain_name(first["outlet"] or "article")))
        yield Citation(
            f"{name or 'article'}{(first['published'] or '')[:4]}-{article}", first["title"],
            tuple(names_in(first["byline"] or "")), first["published"], first["url"],
            None if first["outlet"] or first["url"] else first["source"], first["language"],
            first["outlet"], first["outlet_kind"], tuple(map(_note, quotes)),
        )  # fmt: skip


def _note(row: dict[str, Any]) -> str:
    who = ", ".join(filter(None, (row["speaker"] or "no speaker found", row["role"])))
    return f"{quoted(row['text'])} — {who}"


def quoted(words: str) -> str:
    """Return words between quotation marks, which those of a direct quote have already."""
    return words if words[:1] in "“\"‘'«„" else f"“{words}”"


def write_csl(db: Database, selection: Selection, out: IO[str], advance: Advance) -> None:
    """Write a JSON array of CSL items, one a line, the quotes in `note`."""
    out.write("[")
    for n, citation in enumerate(citations(db, selection, advance)):
        out.write((",\n" if n else "\n") + as_json(_csl(citation)))
    out.write("\n]\n")


def _csl(citation: Citation) -> dict[str, Any]:
    day = [int(part) for part in (citation.published or "").split("-") if part]
    item = {
        "id": citation.key,
        "type": _CSL_TYPES.get(citation.outlet_kind or "", "article-newspaper"),
        "title": citation.title,
        # Literally: which part of a name is the family's is not known.
        "author": [{"literal": name} for name in citation.authors],
        "container-title": citation.outlet,
        "issued": {"date-parts": [day]} if day else None,
        "URL": citation.url,
        "source": citation.source,
        "language": citation.language,
        "note": "\n".join(citation.notes),
    }
    return {name: value for name, value in item.items() if value}


def write_bibtex(db: Database, selection: Selection, out: IO[str], advance: Advance) -> None:
    """Write BibTeX entries in UTF-8, the quotes in `annote`: a `note` would be printed in the bibliography."""
    for citation in citations(db, selection, advance):
        fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex(citation))
        kind = "article" if citation.outlet else "misc"
        out.write(f"@{kind}{{{citation.key},\n{fields}}}\n\n")


def _bibtex(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.title:
        yield "title", f"{{{{{tex(citation.title)}}}}}"  # twice: no style is to write its names small
    if citation.authors:
        yield "author", f"{{{' and '.join(f'{{{tex(name)}}}' for name in citation.authors)}}}"
    if citation.outlet:
        yield "journal", f"{{{tex(citation.outlet)}}}"
    if citation.published:
        year, month, day = citation.published.split("-")
        yield "year", f"{{{year}}}"
        if 1 <= int(month) <= len(_MONTHS):
            yield "month", _MONTHS[int(month) - 1]
        yield "day", f"{{{int(day)}}}"
    if citation.url:
        # Styles print it as it stands.
        yield "url", f"{{{percent_encoded(citation.url, safe=_IN_URLS)}}}"
    if citation.source:
        yield "howpublished", f"{{{tex(citation.source)}}}"
    yield "annote", f"{{{tex(BETWEEN.join(citation.notes))}}}"


_IN_URLS = "%:/?#[]@!$&'()*+,;=~"
"""What may stand in an address and needs no other sign in its place."""


def tex(text: str) -> str:
    """Return a text as LaTeX prints it, in one line with its braces in pairs."""
    return _WHITE.sub(" ", text).strip().translate(_TO_TEX)
