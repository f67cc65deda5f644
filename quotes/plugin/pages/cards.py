"""What a reader sees of quotes, speakers and wordings, by their numbers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from ..page_context import PageContext

CARDS = """
SELECT quotes.id, quotes.article_id, quotes.outlet_id, quotes.speaker_id, quotes.published, quotes.kind, quotes.text,
       quotes.cue, CASE quotes.mention_kind WHEN 'description' THEN quotes.mention END AS description, quotes.via_id,
       quotes.citing, quotes.confidence, quotes.decision,
       speakers.name AS speaker, speakers.kind AS speaker_kind,
       coalesce(nullif(speaker_names.role, ''), speakers.role) AS role, outlets.name AS outlet, via.name AS via,
       agencies.id AS agency_id, agencies.name AS agency, articles.title, articles.url, articles.pipeline
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id
WHERE quotes.id IN (SELECT value FROM json_each(?))
"""

SHARED = """
SELECT sayings.quote_id, wordings.id, wordings.text, wordings.quotes, wordings.outlets
FROM sayings JOIN wordings ON wordings.id = sayings.wording_id
WHERE sayings.quote_id IN (SELECT value FROM json_each(?)) AND wordings.quotes > 1
GROUP BY sayings.quote_id, wordings.id
ORDER BY sayings.quote_id, min(sayings.n)
"""
SPEAKERS = "SELECT id, name, kind, role FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
WORDINGS = """
SELECT id, text, quotes, outlets, first_published, last_published,
       (SELECT group_concat(name, ', ') FROM (
            SELECT DISTINCT outlets.name AS name FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
            JOIN outlets ON outlets.id = quotes.outlet_id
            WHERE sayings.wording_id = wordings.id ORDER BY name LIMIT 4)) AS printed_by
FROM wordings WHERE id IN (SELECT value FROM json_each(?))
ORDER BY last_published DESC, outlets DESC, id
"""
PIPELINE = "SELECT pipeline FROM articles ORDER BY id DESC LIMIT 1"


async def cards(context: PageContext, ids: Iterable[int]) -> list[Any]:
    """Return what a card shows, for quotes in the order of these ids; those that are gone are left out."""
    wanted = [int(number) for number in ids]
    rows, shared = await asyncio.gather(context.rows(CARDS, [json.dumps(wanted)]), shared_sayings(context, wanted))
    found = {row["id"]: {**dict(row), "shared": shared.get(row["id"], [])} for row in rows}
    return [found[number] for number in wanted if number in found]


async def shared_sayings(context: PageContext, ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return the wordings of the sayings of quotes that have been printed more than once, by quote."""
    found: dict[int, list[Any]] = {}
    for row in await context.rows(SHARED, [json.dumps(sorted(ids))]):
        found.setdefault(row["quote_id"], []).append(row)
    return found


async def speaker_rows(context: PageContext, ids: Iterable[int]) -> dict[int, Any]:
    """Return names, kinds and roles of speakers by id."""
    return {row["id"]: row for row in await context.rows(SPEAKERS, [json.dumps(list(ids))])}


async def wordings(context: PageContext, ids: Iterable[int]) -> list[Any]:
    """Return wordings with the outlets that printed them, four at most, those printed last first."""
    return await context.rows(WORDINGS, [json.dumps(list(ids))])


async def pipeline(context: PageContext) -> str:
    """Return the version that found the quotes of the newest article, "" if there is none."""
    return next((str(row["pipeline"]) for row in await context.rows(PIPELINE)), "")
