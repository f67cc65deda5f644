"""Quotes as a reader sees them: the words, who said them in which role, where they stand, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .ours import Visit

CARDS = """
SELECT quotes.id, quotes.article_id, quotes.outlet_id, quotes.speaker_id, quotes.published, quotes.kind, quotes.act,
       quotes.text, quotes.cue, quotes.mention, quotes.via_id, quotes.citing, quotes.wording_id, quotes.confidence,
       speakers.name AS speaker, speakers.kind AS speaker_kind,
       coalesce(nullif(speaker_names.role, ''), speakers.role) AS role, outlets.name AS outlet, via.name AS via,
       agencies.id AS agency_id, agencies.name AS agency, articles.title, articles.pipeline,
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


async def cards(visit: Visit, ids: Iterable[int]) -> list[Any]:
    """Return what a card shows, for quotes in the order of these ids; those that are gone are left out."""
    wanted = [int(number) for number in ids]
    found = {row["id"]: row for row in await visit.rows(CARDS, [json.dumps(wanted)])}
    return [found[number] for number in wanted if number in found]
