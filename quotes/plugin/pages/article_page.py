"""The article page: a story with every quote marked in place, and who said it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..datasette_compat import is_url
from ..page_context import page_context
from .cards import shared_sayings
from .marking import LAYERS, Mark, Segment, marked_paragraphs

ROUTE = r"/(?P<database>[^/]+)/-/article/(?P<article>[^/]+)$"
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
    colour (str): The CSS classes that colour this speaker's quotes, and that the legend chooses them by.
    """

    id: int | None
    name: str | None
    kind: str | None
    role: str | None
    quotes: int
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hand through which words came.

    table (str): Where it stands, with the number `id`; "" if it is only named.
    """

    does: str
    table: str
    id: int | None
    name: str


Chain = tuple[Link, ...]


async def article_page(request: Any, datasette: Any) -> Any:
    """Return the page of one article.

    RAISES (NotFound): If there is no such database or article, or the database is not one of quotes.
    RAISES (Forbidden): If one of the tables that the page shows may not be seen by this visitor.
    """
    context = await page_context(request, datasette)
    article = await context.row(ARTICLE, "article")
    article_id = article["id"]
    quotes = await context.rows(QUOTES, [article_id])
    spans = await context.rows(SPANS, [article_id])
    furniture = [tuple(row) for row in await context.rows(FURNITURE, [article_id])]
    shared = await shared_sayings(context, [quote["id"] for quote in quotes])

    speakers = legend(quotes)
    paragraphs = marked_paragraphs(article["text"], _marks(article["text"], quotes, spans))
    return await context.answer(
        "quotes_article.html",
        article=article,
        link=article["url"] if is_url(article["url"]) else None,
        quotes={quote["id"]: quote for quote in quotes},
        speakers=speakers,
        colours={speaker.id: speaker.colour for speaker in speakers},
        shared=shared,
        details={quote["id"]: details(quote) for quote in quotes},
        chains=chains(article, quotes),
        order={quote["id"]: n for n, quote in enumerate(quotes, 1)},
        paragraphs=list(zip(paragraphs, in_furniture(paragraphs, furniture), strict=True)),
        in_pieces=in_pieces(paragraphs),
    )


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
            f"speaker-{n % COLOURS} by-{n + 1}",
        )
        for n, key in enumerate(named)
    ]
    if counts[None]:
        entries.append(SpeakerEntry(None, None, None, None, counts[None], f"speaker-none by-{len(named) + 1}"))
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
    parts.append("checked by hand" if quote["decision"] else f"confidence {quote['confidence']:.2f}")
    return " · ".join(parts)


def chains(article: Any, quotes: Iterable[Any]) -> list[tuple[Chain, list[int]]]:
    """Return the ways by which words came to the outlet through more hands than the speaker's, with the quotes."""
    found: defaultdict[Chain, list[int]] = defaultdict(list)
    for quote in quotes:
        is_own = _plain(quote["via"]) == _plain(quote["speaker"])  # what a newspaper says comes through itself
        carriers = (
            [Link("came through", "outlets", quote["via_id"], quote["via"])] if quote["via"] and not is_own else []
        )
        if article["agency"] and article["agency_id"] not in (quote["via_id"], article["outlet_id"]):
            carriers.append(Link("written by", "outlets", article["agency_id"], article["agency"]))
        if not carriers and not quote["citing"]:
            continue
        source = [Link("cited by", "", None, quote["citing"])] if quote["citing"] else []
        speaker = [Link("said by", "speakers", quote["speaker_id"], quote["speaker"] or "no speaker found")]
        outlet = [Link("printed by", "outlets", article["outlet_id"], article["outlet"] or "outlet unknown")]
        found[(*source, *speaker, *carriers, *outlet)].append(quote["id"])
    return list(found.items())


def _plain(name: str | None) -> str:
    return (name or "").casefold().removeprefix("the ")


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
