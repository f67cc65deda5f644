"""The table of decisions about quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
