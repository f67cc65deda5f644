"""Deciding about quotes that are stored: the rows follow at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from ...errors import DecisionError
from ...linking.links import Linking
from ...records import QUOTE_KINDS, Article, Quote, QuoteKind, Span, Speaker
from ..rows.inserting import now
from ..rows.outlet_rows import OutletRows
from ..rows.stored_quotes import QuoteRows, quote_hash
from .decided_quotes import Decision, Verdict, article_key, laid_over
from .decision_table import decision_on, decisions_of, drop, keep_settled, put

BY_HAND = "by hand"
"""The method of a quote that the machine did not find."""
LEAST_HASH = 6
"""Digits of a hash that may stand for it, where they are of one quote alone."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be another in a quote; None stays as it is.

    speaker (Speaker | None): Its speaker.
    speakerless (bool): The article does not tell the speaker.
    spans (Sequence[Span] | None): Where its pieces stand, as `placed` returns them.
    """

    speaker: Speaker | None = None
    speakerless: bool = False
    kind: QuoteKind | None = None
    spans: Sequence[Span] | None = None


def accept(db: Database, digest: str, by: str, correction: Correction = Correction()) -> Decision:
    """Decide that a quote is right, as it stands or once something in it is corrected.

    digest (str): Its hash. One that was rejected comes back.
    by (str): Who decides.
    RAISES (DecisionError): If there is no such quote, or its correction does not fit the article.
    """
    with db.atomic():
        article_id, before = _decided_so_far(db, digest)
        article = article_of(db, article_id)
        quote = _corrected(article, before.quote, correction)
        verdict: Verdict = before.verdict
        if verdict != "add":
            verdict = "accept" if before.found and _says_same(before.found, quote) else "correct"
        decision = replace(before, quote=quote, verdict=verdict, decided_by=by, decided_at=now(), fits=True)
        settle(db, article_id, put_in=[decision])
    return decision


def reject(db: Database, digest: str, by: str) -> Decision:
    """Decide that something is no quote; what was added by hand is just taken back.

    RAISES (DecisionError): If there is no such quote.
    """
    with db.atomic():
        article_id, before = _decided_so_far(db, digest)
        decision = replace(before, verdict="reject", decided_by=by, decided_at=now())
        if before.found is None and before.verdict == "add":
            settle(db, article_id, taken_back=[digest])
        else:
            settle(db, article_id, put_in=[decision])
    return decision


def add(
    db: Database, article_id: int, spans: Sequence[Span], kind: QuoteKind, speaker: Speaker | None, by: str
) -> Decision:
    """Mark a quote that the machine missed.

    spans (Sequence[Span]): Where its pieces stand in the text of the article.
    RAISES (DecisionError): If there is no such article, nothing stands there, or this very quote is there already.
    """
    with db.atomic():
        article = article_of(db, article_id)
        if kind not in QUOTE_KINDS:
            raise DecisionError(f"{kind}: a quote is {', '.join(QUOTE_KINDS)}")
        placed_spans, text = placed(article, spans)
        quote = Quote(kind, placed_spans, text, speaker=speaker, method=BY_HAND)
        digest = quote_hash(article, quote)
        if decision_on(db, digest) or _article_of_quote(db, digest):
            raise DecisionError(f"{text[:60]!r} is a quote already: {digest[:12]}")
        decision = Decision(digest, article_key(article), "add", quote, None, by, now())
        settle(db, article_id, put_in=[decision])
        kept = next((one for one in decisions_of(db, article) if one.quote.spans == placed_spans), decision)
    return kept


def undo(db: Database, digest: str) -> Decision:
    """Take a decision back: the quote is again as the machine finds it, if it does; return what was decided.

    RAISES (DecisionError): If nothing was decided about it.
    """
    with db.atomic():
        decision = decision_on(db, digest)
        if decision is None:
            raise DecisionError(f"{digest[:12]}: nothing was decided about this quote")
        article_id = article_called(db, decision.article)
        if article_id is None:
            drop(db, digest)
        else:
            settle(db, article_id, taken_back=[digest])
    return decision


def settle(
    db: Database, article_id: int, *, put_in: Sequence[Decision] = (), taken_back: Collection[str] = ()
) -> list[Decision]:
    """Keep decisions about the quotes of an article, forget others, and let its rows follow; return all that it has.

    taken_back (Collection[str]): Hashes.
    """
    article = article_of(db, article_id)
    linking = Linking(db)
    rows = QuoteRows(db, linking, OutletRows(db, linking))
    stored = rows.of_article(article_id)
    found = {one.hash: one.quote for one in stored if one.decision is None}
    found |= {one.hash: one.found for one in decisions_of(db, article) if one.found}
    for digest in taken_back:
        drop(db, digest)
    for one in put_in:
        put(db, one)
    effective, changed = laid_over(article, found, decisions_of(db, article))
    keep_settled(db, changed)
    wanted = {one.hash: one for one in effective}
    for row in stored:
        one_wanted = wanted.pop(row.hash, None)
        if one_wanted is None:
            rows.delete(row)
        elif (one_wanted.quote, one_wanted.decision) != (row.quote, row.decision):
            rows.update(row, article, one_wanted.quote, one_wanted.hash, one_wanted.decision)
    sql = "SELECT id AS article_id, outlet_id, published FROM articles WHERE id = ?"
    home = next(db.query(sql, [article_id]))
    for one_wanted in wanted.values():
        rows.insert(home, article, one_wanted.quote, one_wanted.hash, one_wanted.decision)
    rows.settle()
    return [after for _, after in changed]


def placed(article: Article, spans: Sequence[Span]) -> tuple[tuple[Span, ...], str]:
    """Return pieces of a text in order, without the white space round them, and their words.

    RAISES (DecisionError): If one is empty, lies outside the text or over another.
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        words = article.text[max(start, 0) : max(end, 0)]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < 0 or end <= start:
            raise DecisionError(
                f"nothing stands from {start} to {end} in this article of {len(article.text)} characters"
            )
        if found and start < found[-1][1]:
            raise DecisionError(f"the piece from {start} to {end} lies over the one before it")
        found.append((start, end))
    return tuple(found), " ".join(article.text[start:end] for start, end in found)


def hash_of(db: Database, wanted: str) -> str:
    """Return the whole hash of the quote, or the decision, whose hash begins so.

    RAISES (DecisionError): If there is none, or more than one.
    """
    if len(wanted) < LEAST_HASH or not wanted.isalnum() or not wanted.isascii():
        raise DecisionError(f"{wanted}: not a hash; give its first {LEAST_HASH} digits at least")
    prefix = "substr(hash, 1, length(:low)) = :low AND hash >= :low AND hash < :low || 'g'"
    found = db.execute(
        f"SELECT hash FROM quotes WHERE {prefix} UNION SELECT hash FROM quote_decisions WHERE {prefix} LIMIT 2",
        {"low": wanted.lower()},
    ).fetchall()
    if not found:
        raise DecisionError(f"{wanted}: no quote has this hash; `quotes search WORDS --format csv` shows hashes")
    if len(found) > 1:
        raise DecisionError(f"{wanted}: several quotes have hashes that begin so; give more of its digits")
    return str(found[0][0])


def article_of(db: Database, article_id: int) -> Article:
    """Return an article with what tells it from others: its text and its address.

    RAISES (DecisionError): If there is none.
    """
    row = db.execute("SELECT text, source, url FROM articles WHERE id = ?", [article_id]).fetchone()
    if row is None:
        raise DecisionError(f"{article_id}: no article has this number")
    return Article(row[0], row[1], url=row[2])


def home_of(db: Database, digest: str) -> int:
    """Return the id of the article of a quote that is stored, or was decided about.

    RAISES (DecisionError): If there is none.
    """
    return _decided_so_far(db, digest)[0]


def _decided_so_far(db: Database, digest: str) -> tuple[int, Decision]:
    """Return the article of a quote, and what was decided about it: of one about which nothing was, what it says."""
    decision = decision_on(db, digest)
    article_id = _article_of_quote(db, digest)
    if decision and (decision.fits or article_id is None):
        article_id = article_called(db, decision.article)
        if article_id is None:
            raise DecisionError(f"{digest[:12]}: its article is not in the database: {decision.article}")
        if not decision.fits:
            raise DecisionError(f"{digest[:12]}: its words no longer stand in the article; it can only be undone")
        return article_id, decision
    if article_id is None:
        raise DecisionError(f"{digest[:12]}: no quote has this hash")
    linking = Linking(db)
    stored = QuoteRows(db, linking, OutletRows(db, linking)).of_article(article_id)
    quote = next(one.quote for one in stored if one.hash == digest)
    key = article_key(article_of(db, article_id))
    return article_id, Decision(digest, key, "accept", quote, quote, "", "")


def _article_of_quote(db: Database, digest: str) -> int | None:
    row = db.execute("SELECT article_id FROM quotes WHERE hash = ?", [digest]).fetchone()
    return int(row[0]) if row else None


def article_called(db: Database, key: str) -> int | None:
    """Return the id of the article that decisions call so, None if it is not stored."""
    sql = """SELECT id FROM articles WHERE url = :key
        UNION ALL SELECT id FROM articles WHERE url IS NULL AND sha256 = :key LIMIT 1"""
    row = db.execute(sql, {"key": key}).fetchone()
    return int(row[0]) if row else None


def _corrected(article: Article, quote: Quote, correction: Correction) -> Quote:
    spans, text = placed(article, correction.spans) if correction.spans else (quote.spans, quote.text)
    speaker = None if correction.speakerless else correction.speaker or quote.speaker
    return replace(quote, kind=correction.kind or quote.kind, spans=spans, text=text, speaker=speaker)


def _says_same(one: Quote, other: Quote) -> bool:
    def said(quote: Quote) -> tuple[object, ...]:
        speaker = quote.speaker
        return quote.kind, quote.spans, (speaker.name, speaker.kind, speaker.role) if speaker else None

    return said(one) == said(other)
