"""Who may have said a quote: those whom its article quotes or is about, and those who said the same words elsewhere."""

from __future__ import annotations

from sqlite_utils import Database

from ...errors import DecisionError
from ...lexicon.plain_letters import plain_name
from ...records import Speaker, SpeakerKind

MOST = 9
"""As many as there are keys for them."""

_OF_ARTICLE = """
SELECT coalesce(speaker_names.name, speakers.name) AS name, speakers.kind AS kind,
       nullif(coalesce(speaker_names.role, speakers.role), '') AS role
FROM quotes JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
WHERE quotes.article_id = :article
ORDER BY abs(quotes.start - :start), quotes.id
"""
_OF_WORDING = """
SELECT speakers.name, speakers.kind, speakers.role
FROM sayings JOIN quotes ON quotes.id = sayings.quote_id JOIN speakers ON speakers.id = quotes.speaker_id
WHERE sayings.wording_id IN (
        SELECT wording_id FROM quotes AS here JOIN sayings AS said ON said.quote_id = here.id
        WHERE here.article_id = :article AND here.start = :start)
    AND speakers.kind IN ('person', 'organization')
GROUP BY speakers.id ORDER BY count(*) DESC, speakers.id LIMIT 9
"""
_OF_TOPICS = """
SELECT speakers.name, speakers.kind, speakers.role
FROM article_topics JOIN topics ON topics.id = topic_id JOIN speakers ON speakers.name = topics.name
WHERE article_id = :article AND speakers.kind IN ('person', 'organization') ORDER BY speakers.id LIMIT 9
"""
_NAMED = """
SELECT speaker_names.name, speakers.kind, nullif(speakers.role, '')
FROM speaker_names JOIN speakers ON speakers.id = speaker_id
WHERE speaker_names.scope = '' AND speaker_names.name = ? COLLATE NOCASE
ORDER BY (SELECT count(*) FROM quotes WHERE quotes.speaker_id = speakers.id) DESC, speakers.id LIMIT 1
"""
_CALLED = """
SELECT speaker_names.name, speakers.kind, nullif(speakers.role, '')
FROM speakers JOIN speaker_names ON speaker_names.speaker_id = speakers.id
WHERE speakers.name = ? AND speaker_names.scope = ''
ORDER BY length(speaker_names.name) DESC, speaker_names.id LIMIT 1
"""


def choices(db: Database, article_id: int, start: int) -> list[Speaker]:
    """Return who may have said what stands at a place of an article, the likeliest first, nobody twice.

    start (int): Of the quote, in characters.
    """
    found: dict[str, Speaker] = {}
    for sql in (_OF_ARTICLE, _OF_WORDING, _OF_TOPICS):
        for name, kind, role in db.execute(sql, {"article": article_id, "start": start}):
            found.setdefault(plain_name(name) or name, Speaker(name, kind, role))
    return list(found.values())[:MOST]


def speaker_called(db: Database, article_id: int, name: str, kind: SpeakerKind | None = None) -> Speaker:
    """Return the speaker that somebody means by a name.

    name (str): Of a speaker of this article, else of any in the database, else of one that is new.
    kind (SpeakerKind | None): What it is; None for as it is known, a person if it is new.
    RAISES (DecisionError): If the name is empty.
    """
    name = " ".join(name.encode("utf-8", "replace").decode().split())
    if not name:
        raise DecisionError("the name of the speaker is empty")
    here = (Speaker(*row) for row in db.execute(_OF_ARTICLE, {"article": article_id, "start": 0}))
    known = next((one for one in here if plain_name(one.name) == plain_name(name)), None)
    for sql in (_NAMED, _CALLED):
        if known is None and (row := db.execute(sql, [name]).fetchone()):
            known = Speaker(*row)
    if known and kind in (None, known.kind):
        return known
    return Speaker(name, kind or "person")
