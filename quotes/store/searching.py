"""Reading back: search, and who said what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from ..lexicon.full_text import fts_query
from ..lexicon.plain_letters import plain_name


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote that was found, with who said it, where and when."""

    id: int
    text: str
    kind: str
    speaker: str | None
    cue: str | None
    outlet: str | None
    published: str | None
    article: str | None
    source: str


_SELECT = """
SELECT quotes.id, quotes.text, quotes.kind, speakers.name AS speaker, quotes.cue, outlets.name AS outlet,
       quotes.published, articles.title AS article, coalesce(articles.url, articles.source) AS source
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
"""


def search(
    db: Database,
    words: str,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    limit: int = 20,
) -> Iterator[Hit]:
    """Yield the quotes that hold all the words, the best match first.

    words (str): Words in any order, or a "phrase in double quotes". A word ending in * matches
        every word that begins so. Nothing in it is an operator, so nothing in it is an error.
    speaker (str | None): Only quotes of speakers whose name holds this; case and accents don't matter.
    outlet (str | None): Only quotes from outlets whose name holds this; likewise.
    """
    query = fts_query(words)
    if not query:
        return
    db.register_function(plain_name, deterministic=True, replace=True)
    where = ["quotes_fts MATCH :query"]
    where += ["instr(plain_name(coalesce(speakers.name, '')), nullif(:speaker, ''))"] * bool(speaker)
    where += ["instr(plain_name(coalesce(outlets.name, '')), nullif(:outlet, ''))"] * bool(outlet)
    sql = (
        f"{_SELECT} JOIN quotes_fts ON quotes_fts.rowid = quotes.id WHERE {' AND '.join(where)}"
        " ORDER BY quotes_fts.rank LIMIT :limit"
    )
    parameters = {
        "query": query,
        "speaker": plain_name(speaker or ""),
        "outlet": plain_name(outlet or ""),
        "limit": limit,
    }
    for row in db.query(sql, parameters):
        yield Hit(**row)


def shared(db: Database, limit: int = 16) -> Iterator[Hit]:
    """Yield sayings that stand in more than one outlet, one after the other: of each quote those words."""
    said = _SELECT.replace("quotes.text", "group_concat(sayings.text, ' … ') AS text")
    sql = f"""{said} JOIN sayings ON sayings.quote_id = quotes.id JOIN wordings ON wordings.id = sayings.wording_id
        WHERE wordings.outlets > 1 GROUP BY wordings.id, quotes.id
        ORDER BY wordings.outlets DESC, wordings.id, quotes.published, quotes.id LIMIT ?"""
    for row in db.query(sql, [limit]):
        yield Hit(**row)
