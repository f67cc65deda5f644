"""The table of decisions about quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from ...records import Article, Quote
from .decided_quotes import Decision, article_key
from .quote_json import from_json, to_json

_COLUMNS = (
    "hash", "article", "verdict", "kind", "text", "speaker", "speaker_kind", "decided", "found", "fits",
    "decided_by", "decided_at",
)  # fmt: skip
_SELECT = "SELECT hash, article, verdict, decided, found, decided_by, decided_at, fits FROM quote_decisions"
_LISTED = """
SELECT quote_decisions.hash, verdict, quote_decisions.kind, quote_decisions.text, speaker,
       coalesce(articles.title, articles.source) AS article, outlets.name AS outlet, article AS article_key,
       decided_by, decided_at,
       CASE WHEN articles.id IS NULL THEN 'its article is not there' WHEN fits THEN NULL
            ELSE 'its words are not in the article' END AS unfit
FROM quote_decisions
LEFT JOIN articles ON articles.id = coalesce(
    (SELECT id FROM articles WHERE url = article), (SELECT id FROM articles WHERE url IS NULL AND sha256 = article))
LEFT JOIN outlets ON outlets.id = articles.outlet_id
"""


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision with its article.

    article_key (str): The address of its article; of one without, the SHA-256 of its text.
    unfit (str | None): Why it is without effect, None if it is not.
    """

    hash: str
    verdict: str
    kind: str
    text: str
    speaker: str | None
    article: str | None
    outlet: str | None
    article_key: str
    decided_by: str
    decided_at: str
    unfit: str | None


def listed(
    db: Database, *, verdict: str | None = None, unfit: bool = False, limit: int = 50
) -> Iterator[ListedDecision]:
    """Yield decisions, the last first.

    unfit (bool): Only those without effect.
    """
    where = "(:verdict IS NULL OR verdict = :verdict) AND (NOT :unfit OR NOT fits OR articles.id IS NULL)"
    parameters = {"verdict": verdict, "unfit": unfit, "limit": limit}
    rows = db.query(f"{_LISTED} WHERE {where} ORDER BY quote_decisions.id DESC LIMIT :limit", parameters)
    yield from (ListedDecision(**row) for row in rows)


def decisions_of(db: Database, article: Article) -> list[Decision]:
    """Return the decisions about quotes of an article, in the order in which they were made."""
    return list(decisions(db, "article = ?", article_key(article)))


def decision_on(db: Database, digest: str) -> Decision | None:
    """Return the decision about the quote with this hash, None if there is none."""
    return next(decisions(db, "hash = ?", digest), None)


def decisions(db: Database, where: str = "1", *parameters: object, limit: int = -1) -> Iterator[Decision]:
    """Yield the decisions that a condition holds for, in the order in which they were made."""
    for row in db.execute(f"{_SELECT} WHERE {where} ORDER BY id LIMIT ?", [*parameters, limit]).fetchall():
        yield _decision(*row)


def keep_settled(db: Database, changed: Iterable[tuple[Decision, Decision]]) -> None:
    """Note what has become of decisions in a new text or under another pipeline; when they were made stays."""
    for before, after in changed:
        if before != after:
            names = ", ".join(f"{name} = ?" for name in _COLUMNS)
            db.execute(f"UPDATE quote_decisions SET {names} WHERE hash = ?", [*_row(after), before.hash])


def put(db: Database, decision: Decision) -> None:
    """Keep a decision, as the last that was made, in place of one about the same quote."""
    marks = ", ".join("?" * len(_COLUMNS))
    db.execute(f"INSERT OR REPLACE INTO quote_decisions ({', '.join(_COLUMNS)}) VALUES ({marks})", _row(decision))


def drop(db: Database, digest: str) -> None:
    """Forget a decision."""
    db.execute("DELETE FROM quote_decisions WHERE hash = ?", [digest])


def _row(one: Decision) -> list[object]:
    speaker = one.quote.speaker
    return [
        one.hash, one.article, one.verdict, one.quote.kind, one.quote.text, speaker.name if speaker else None,
        speaker.kind if speaker else None, to_json(one.quote), to_json(one.found) if one.found else None,
        int(one.fits), one.decided_by, one.decided_at,
    ]  # fmt: skip


def _decision(
    digest: str, article: str, verdict: Any, decided: str, found: str | None, by: str, at: str, fits: int
) -> Decision:
    quote: Quote = from_json(decided)
    return Decision(digest, article, verdict, quote, from_json(found) if found else None, by, at, bool(fits))
