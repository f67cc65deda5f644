"""The page of a wording: every variant by outlet and day, what differs from the fullest, and to whom it is given."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from ...linking.wordings.word_changes import word_changes
from ..page_context import page_context
from .cards import cards

ROUTE = r"/(?P<database>[^/]+)/-/wording/(?P<wording>[^/]+)$"
MOST = 200
"""Quotes of a wording that are shown, the earliest first; the table has all."""
WORDING = "SELECT * FROM wordings WHERE id = ?"
SAID = f"""
SELECT quotes.id, group_concat(sayings.text, ' … ') AS said FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
WHERE sayings.wording_id = ? GROUP BY quotes.id
ORDER BY quotes.published IS NULL, quotes.published, quotes.id LIMIT {MOST}
"""
THROUGH = {"table": "sayings", "column": "wording_id"}
"""How Datasette's table of quotes is filtered by what another table says of them."""


async def wording_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `page_context` does, or if there is no such wording.
    """
    context = await page_context(request, datasette)
    wording = await context.row(WORDING, "wording")
    said = {row["id"]: row["said"] for row in await context.rows(SAID, [wording["id"]])}
    quotes = await cards(context, said)
    fullest = wording["text"] or ""
    named = [quote for quote in quotes if quote["speaker_kind"] in ("person", "organization")]
    given_to = Counter((quote["speaker_id"], quote["speaker"]) for quote in named)
    return await context.answer(
        "quotes_wording.html",
        wording=wording,
        fullest=fullest,
        quotes=quotes,
        differences=word_changes(fullest, said.values()),
        said=said,
        first=[quote for quote in quotes if quote["published"] and quote["published"] == quotes[0]["published"]],
        given_to=given_to.most_common() if wording["speakers"] > 1 else [],
        **context.table(urlencode({"_through": json.dumps({**THROUGH, "value": wording["id"]})})),
    )
