"""The review page: a quote in its paragraph, and all that can be decided about it one key away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from datasette import NotFound
from sqlite_utils import Database

from ...records import QUOTE_KINDS, SPEAKER_KINDS, Speaker
from ...store.decisions.speaker_choices import choices
from ..page_context import PageContext, page_context
from ..pages.article_page import FURNITURE, in_furniture
from ..pages.marking import LAYERS, Mark, Segment, marked_paragraphs
from .review_access import require_reviewer, token
from .review_queue import COLUMNS, FILTERS, Queue, queue_of
from .reviewing import Review

AROUND = 1
"""Paragraphs that are shown before and after those of a quote."""

_ARTICLE = """
SELECT articles.id, articles.title, articles.published, articles.language, articles.text, articles.outlet_id,
       outlets.name AS outlet
FROM articles LEFT JOIN outlets ON outlets.id = outlet_id WHERE articles.id = ?
"""
_QUOTES = f"{COLUMNS} WHERE quotes.article_id = ? ORDER BY quotes.start, quotes.id"
_SPANS = """
SELECT quote_id, n, quote_spans.start, quote_spans."end" FROM quotes JOIN quote_spans ON quote_id = quotes.id
WHERE article_id = ? ORDER BY quote_id, n
"""
_LAST = "SELECT hash, verdict, text, speaker FROM quote_decisions ORDER BY id DESC LIMIT 1"
_LINE_END = re.compile(r"(\r\n?)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that a browser counts as we do: it makes a line feed of other ends of lines.

    at (int): Where it stands in the article's text.
    """

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as segments, each with the runs of its text; and whether it is no part of the story."""

    is_furniture: bool
    segments: tuple[tuple[Segment, tuple[Run, ...]], ...]


async def review_page(request: Any, datasette: Any, review: Review) -> Any:
    """Return the page.

    RAISES (NotFound): If it is another database that is reviewed here, or there is no such article or quote.
    RAISES (Forbidden): If the actor may not review.
    """
    context = await page_context(request, datasette)
    review.require(context.database)
    await require_reviewer(request, datasette, context.database.name)
    queue = queue_of(request.args.get)
    wanted = request.args.get("quote")
    quote = await _quote(context, wanted) if wanted else await queue.next(context)
    article_id = quote["article_id"] if quote else queue.article
    article = await _article(context, article_id) if article_id else None
    speakers = await _choices(context, quote, article_id)
    response = await context.answer(
        "quotes_review.html",
        queue=queue,
        quote=quote,
        article=article,
        shown=await _shown(context, article, quote, whole=queue.article is not None) if article else None,
        choices=speakers,
        kinds=QUOTE_KINDS,
        speaker_kinds=SPEAKER_KINDS,
        left=await queue.left(context),
        decided=(await context.rows("SELECT count(*) FROM quote_decisions"))[0][0],
        last=next(iter(await context.rows(_LAST)), None),
        chosen=await _chosen(context, queue),
        address=context.path("/-/review"),
        behind=queue.behind(quote) if quote else "",
        token=token(request, datasette, context.database.name),
        skipped=queue.after is not None,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


async def _quote(context: PageContext, digest: str) -> Any:
    rows = await context.rows(f"{COLUMNS} WHERE quotes.hash = ?", [digest])
    if not rows:
        raise NotFound("There is no such quote here, unless it was rejected: `quotes correct --undo` has it back")
    return rows[0]


async def _article(context: PageContext, article_id: int) -> Any:
    rows = await context.rows(_ARTICLE, [article_id])
    if not rows:
        raise NotFound(f"There is no article {article_id} here")
    return rows[0]


async def _choices(context: PageContext, quote: Any, article_id: int | None) -> list[Speaker]:
    """Return who may be the speaker, who is now first."""
    if article_id is None:
        return []
    start = quote["start"] if quote else 0
    found: list[Speaker] = await context.database.execute_fn(lambda db: choices(Database(db), article_id, start))
    return found


async def _chosen(context: PageContext, queue: Queue) -> list[tuple[str, str, str]]:
    """Return the filters that are set: what they are, whose, and the query string without them."""
    found = []
    for name, number in queue.chosen:
        column = "title" if name == "article" else "name"
        rows = await context.rows(f"SELECT {column} FROM {FILTERS[name]} WHERE id = ?", [number])
        label = (rows[0][0] if rows else None) or str(number)
        found.append((name, label, queue.without(name).query()))
    return found


async def _shown(context: PageContext, article: Any, quote: Any, *, whole: bool) -> dict[str, Any]:
    """Return what is drawn of an article: all of it, or the paragraphs of a quote with those around."""
    quotes = await context.rows(_QUOTES, [article["id"]])
    spans: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in await context.rows(_SPANS, [article["id"]]):
        spans[row["quote_id"]].append((row["n"], row["start"], row["end"]))
    marks = [Mark(start, end, of, "quote", n) for of, pieces in spans.items() for n, start, end in pieces]
    for layer in LAYERS[1:]:
        if quote and quote[layer] and article["text"].startswith(quote[layer], quote[f"{layer}_start"]):
            start = quote[f"{layer}_start"]
            marks.append(Mark(start, start + len(quote[layer]), quote["id"], layer))
    paragraphs = marked_paragraphs(article["text"], marks)
    first, last = 0, len(paragraphs)
    if quote and not whole:
        first, last = _window(paragraphs, [span[1:] for span in spans[quote["id"]]])
    furniture = [tuple(row) for row in await context.rows(FURNITURE, [article["id"]])]
    return {
        "passages": _passages(paragraphs, in_furniture(paragraphs, furniture), first, last),
        "before": first > 0,
        "after": last < len(paragraphs),
        "quotes": {row["id"]: row for row in quotes},
    }


def _window(paragraphs: Sequence[Iterable[Segment]], spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the first and last paragraph that are shown, the last excluded."""
    ends, at = [], 0
    for paragraph in paragraphs:
        at += sum(len(segment.text) for segment in paragraph)
        ends.append(at)
    places = list(spans) or [(0, 1)]
    start, end = min(span[0] for span in places), max(span[1] for span in places)
    first = next((n for n, past in enumerate(ends) if past > start), 0)
    last = next((n for n, past in enumerate(ends) if past >= end), len(ends) - 1)
    return max(0, first - AROUND), min(len(ends), last + AROUND + 1)


def _passages(
    paragraphs: Sequence[Sequence[Segment]], are_furniture: Sequence[bool], first: int, last: int
) -> list[Passage]:
    found, at = [], 0
    for n, paragraph in enumerate(paragraphs[:last]):
        segments = []
        for segment in paragraph:
            segments.append((segment, _runs(segment.text, at)))
            at += len(segment.text)
        if n >= first:
            found.append(Passage(are_furniture[n], tuple(segments)))
    return found


def _runs(text: str, at: int) -> tuple[Run, ...]:
    runs = []
    for part in _LINE_END.split(text):
        if part and part[0] != "\r":
            runs.append(Run(part, at))
        elif part:
            runs.append(Run("\n", at + len(part) - 1))
        at += len(part)
    return tuple(runs)
