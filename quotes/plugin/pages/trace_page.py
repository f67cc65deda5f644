"""The page on which a text is traced: its quotations beside the same words in the database.

The pipeline is not asked who speaks: it would take seconds to load, and a published copy is to run no model for its
visitors. What stands in quotation marks is looked up, or every sentence where nothing does; `quotes trace` knows
the speakers too.
"""

from __future__ import annotations

import re
from typing import Any

from sqlite_utils import Database

from ...linking.tracing import Trace, trace
from ...linking.wordings.sayings import marked_spans
from ...records import Quote
from ...spans.paragraphs import paragraphs
from ..page_context import page_context

ROUTE = r"/(?P<database>[^/]+)/-/trace$"
MOST = 100_000
"""Characters of a text: an article of 15,000 words. Where all of it is quoted, and known, it takes some seconds."""
SHOWN = 6
"""Printings of a saying; the page of its wording has all."""

_BROKEN = re.compile(r"\u00ad\s*|(?<=\w)[-\u2010][ \t]*\r?\n[ \t]*(?=[a-z])")


async def trace_page(request: Any, datasette: Any) -> Any:
    """Return the page: a box for a text, and what was found of the text that was sent.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    text = (await request.post_vars()).get("text", "") if request.method == "POST" else ""
    is_long = len(text) > MOST
    quotes = [] if is_long else quotations(text)
    found: list[Trace] = []
    if quotes:
        found = await context.database.execute_fn(lambda connection: list(trace(Database(connection), quotes)))
    known = sorted((one for one in found if one.printings), key=lambda one: (one.rank, one.start))
    answer = await context.answer(
        "quotes_trace.html",
        text=text[:MOST],
        is_asked=bool(text.strip()),
        is_long=is_long,
        most=MOST,
        total=len(found),
        known=known,
        unknown=[one for one in found if not one.printings],
        shown=SHOWN,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def quotations(text: str) -> list[Quote]:
    """Return what stands in quotation marks in a text as one quote a paragraph; all of it where nothing does."""
    text = _BROKEN.sub("", text)
    all_spans = paragraphs(text)
    marked = [[(start + a, start + b) for a, b in marked_spans(text[start:end])] for start, end in all_spans]
    spans = [tuple(some) for some in marked if some] or [(span,) for span in all_spans]
    return [Quote("direct", some, " ".join(text[start:end] for start, end in some)) for some in spans]
