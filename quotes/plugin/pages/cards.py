"""What a reader sees of quotes, speakers and wordings, by their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..page_context import PageContext

CARDS = """
SELECT quotes.id, quotes.article_id, quotes.outlet_id, quotes.speaker_id, quotes.published, quotes.kind, quotes.text,
       quotes.cue, CASE quotes.mention_kind WHEN 'description' THEN quotes.mention END AS description, quotes.via_id,
       quotes.citing, quotes.wording_id, quotes.confidence, quotes.decision,
       speakers.name AS speaker, speakers.kind AS speaker_kind,
       coalesce(nullif(speaker_names.role, ''), speakers.role) AS role, outlets.name AS outlet, via.name AS via,
       agencies.id AS agency_id, agencies.name AS agency, articles.title, articles.url, articles.pipeline,
       coalesce(wordings.outlets, 0) AS printed_by, coalesce(wordings.quotes, 1) AS said
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
LEFT JOIN outlets AS agencies ON agencies.id = articles.agency_id
LEFT JOIN wordings ON wordings.id = quotes.wording_id
WHERE quotes.id IN (SELECT value FROM json_each(?))
"""

SPEAKERS = "SELECT id, name, kind, role, gender FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
WORDINGS = """
SELECT id, text, quotes, outlets, first_published, last_published,
       (SELECT group_concat(name, ', ') FROM (
            SELECT DISTINCT outlets.name AS name FROM quotes JOIN outlets ON outlets.id = quotes.outlet_id
            WHERE quotes.wording_id = wordings.id ORDER BY name LIMIT 4)) AS printed_by
FROM wordings WHERE id IN (SELECT value FROM json_each(?))
ORDER BY last_published DESC, outlets DESC, id
"""
PIPELINE = "SELECT pipeline FROM articles ORDER BY id DESC LIMIT 1"


async def cards(context: PageContext, ids: Iterable[int]) -> list[Any]:
    """Return what a card shows, for quotes in the order of these ids; those that are gone are left out."""
    wanted = [int(number) for number in ids]
    found = {row["id"]: row for row in await context.rows(CARDS, [json.dumps(wanted)])}
    return [found[number] for number in wanted if number in found]


async def speaker_rows(context: PageContext, ids: Iterable[int]) -> dict[int, Any]:
    """Return names, kinds and roles of speakers by id."""
    return {row["id"]: row for row in await context.rows(SPEAKERS, [json.dumps(list(ids))])}


async def wordings(context: PageContext, ids: Iterable[int]) -> list[Any]:
    """Return wordings with the outlets that printed them, four at most, those printed last first."""
    return await context.rows(WORDINGS, [json.dumps(list(ids))])


async def pipeline(context: PageContext) -> str:
    """Return the version that found the quotes of the newest article, "" if there is none."""
    return next((str(row["pipeline"]) for row in await context.rows(PIPELINE)), "")
