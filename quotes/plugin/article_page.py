"""The article page: a story with every quote marked in place, and who said it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from datasette import Forbidden, NotFound, Response
from datasette.utils import is_url, tilde_decode

from .marking import LAYERS, Mark, Segment, marked_paragraphs
from .ours import is_ours

ROUTE = r"/(?P<database>[^/]+)/-/article/(?P<article>[^/]+)$"
NUMBER = re.compile(r"[0-9]{1,18}")  # what fits SQLite's integers, whatever the digits
TABLES = ("articles", "furniture", "outlets", "quotes", "quote_spans", "speakers")
COLOURS = 10  # as many as the stylesheet has; further speakers begin anew

ARTICLE = """
SELECT articles.*, outlets.name AS outlet, agencies.name AS agency
FROM articles
LEFT JOIN outlets ON outlets.id = articles.outlet_id
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id
WHERE articles.id = ?
"""
QUOTES = """
SELECT quotes.*, speakers.name AS speaker, speakers.kind AS speaker_kind, speakers.role AS role,
       via.name AS via
FROM quotes
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
WHERE quotes.article_id = ?
ORDER BY quotes.start, quotes.id
"""
FURNITURE = 'SELECT start, "end" FROM furniture WHERE article_id = ? ORDER BY n'
SPANS = """
SELECT quote_spans.quote_id, quote_spans.n, quote_spans.start, quote_spans."end"
FROM quotes JOIN quote_spans ON quote_spans.quote_id = quotes.id
WHERE quotes.article_id = ?
ORDER BY quote_spans.quote_id, quote_spans.n
"""


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A line of the legend.

    id (int | None): None for the quotes whose speaker the article does not tell.
    colour (str): The CSS class that colours this speaker's quotes.
    """

    id: int | None
    name: str | None
    kind: str | None
    role: str | None
    quotes: int
    colour: str


async def article_page(request: Any, datasette: Any) -> Any:
    """Return the page of one article.

    RAISES (NotFound): If there is no such database or article, or the database is not ours.
    RAISES (Forbidden): If one of the tables that the page shows may not be seen by this visitor.
    """
    try:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    if not await is_ours(database):
        raise NotFound("This database holds no articles")
    private = await _check_permissions(datasette, request.actor, database.name)

    number = request.url_vars["article"]
    article_id = int(number) if NUMBER.fullmatch(number) else -1
    article = (await database.execute(ARTICLE, [article_id])).first()
    if article is None:
        raise NotFound("Article not found")
    quotes = (await database.execute(QUOTES, [article_id])).rows
    spans = (await database.execute(SPANS, [article_id])).rows
    furniture = [tuple(row) for row in (await database.execute(FURNITURE, [article_id])).rows]

    speakers = legend(quotes)
    paragraphs = marked_paragraphs(article["text"], _marks(article["text"], quotes, spans))
    context = {
        "database": database.name,
        "private": private,
        "article": article,
        "link": article["url"] if is_url(article["url"]) else None,
        "quotes": {quote["id"]: quote for quote in quotes},
        "speakers": speakers,
        "colours": {speaker.id: speaker.colour for speaker in speakers},
        "details": {quote["id"]: details(quote) for quote in quotes},
        "paragraphs": list(zip(paragraphs, in_furniture(paragraphs, furniture), strict=True)),
        "in_pieces": in_pieces(paragraphs),
    }
    return Response.html(await datasette.render_template("quotes_article.html", context, request=request))


async def _check_permissions(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether the page is hidden from the anonymous visitor.

    RAISES (Forbidden): If the visitor may not see all the tables: the page joins them.
    """
    hidden = False
    for table in TABLES:
        permissions = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        visible, private = await datasette.check_visibility(actor, permissions=permissions)
        if not visible:
            raise Forbidden("You do not have permission to view this article")
        hidden = hidden or private
    return hidden


def legend(quotes: list[Any]) -> list[SpeakerEntry]:
    """Return the speakers of an article in the order in which they speak, the unknown one last."""
    counts = Counter(quote["speaker_id"] for quote in quotes)
    firsts = {quote["speaker_id"]: quote for quote in reversed(quotes)}
    named = [key for key in counts if key is not None]
    entries = [
        SpeakerEntry(
            key,
            firsts[key]["speaker"],
            firsts[key]["speaker_kind"],
            firsts[key]["role"],
            counts[key],
            f"speaker-{n % COLOURS}",
        )
        for n, key in enumerate(named)
    ]
    if counts[None]:
        entries.append(SpeakerEntry(None, None, None, None, counts[None], "speaker-none"))
    return entries


def details(quote: Any) -> str:
    """Return what is known of a quote in one line, for the tooltip."""
    speaker = quote["speaker"] or "No speaker found"
    if quote["role"]:
        speaker += f", {quote['role']}"
    parts = [speaker, f"{quote['kind']} quote"]
    if quote["cue"]:
        parts.append(f"cue “{quote['cue']}”")
    if quote["via"]:
        parts.append(f"via {quote['via']}")
    if quote["citing"]:
        parts.append(f"citing {quote['citing']}")
    parts.append(f"confidence {quote['confidence']:.2f}")
    return " · ".join(parts)


def in_furniture(paragraphs: Iterable[Iterable[Segment]], furniture: Iterable[tuple[int, int]]) -> list[bool]:
    """Return for each paragraph whether it begins within a passage of page furniture.

    furniture (Iterable[tuple[int, int]]): Spans of the article's text, sorted and not overlapping.
    """
    passages = deque(furniture)
    found = []
    at = 0
    for paragraph in paragraphs:
        text = "".join(segment.text for segment in paragraph)
        first = at + len(text) - len(text.lstrip())
        while passages and passages[0][1] <= first:
            passages.popleft()
        found.append(bool(passages) and passages[0][0] <= first)
        at += len(text)
    return found


def in_pieces(paragraphs: Iterable[Iterable[Segment]]) -> list[int]:
    """Return the ids of the quotes that are drawn as more than one element."""
    elements = Counter(
        opening.mark.quote
        for paragraph in paragraphs
        for segment in paragraph
        for opening in segment.opens
        if opening.mark.layer == "quote"
    )
    return [quote for quote, count in elements.items() if count > 1]


def _marks(text: str, quotes: list[Any], spans: list[Any]) -> Iterator[Mark]:
    known = {quote["id"] for quote in quotes}
    for span in spans:
        if span["quote_id"] in known:  # or it was written since the quotes were read
            yield Mark(span["start"], span["end"], span["quote_id"], "quote", span["n"])
    for quote in quotes:
        for layer in LAYERS[1:]:
            words, start = quote[layer], quote[f"{layer}_start"]
            # A database that other tools have written to may be wrong here; then nothing is marked.
            if words and text.startswith(words, start):
                yield Mark(start, start + len(words), quote["id"], layer)
