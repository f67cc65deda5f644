"""Quotes as rows, with their pieces, and as records again."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from ...lexicon.letters import folded
from ...linking.links import Linking
from ...outlets.directory import by_name
from ...records import Article, Mention, Outlet, Quote, Speaker
from .inserting import insert
from .outlet_rows import OutletRows

_QUOTES = """
SELECT quotes.*, via.name AS via, coalesce(speaker_names.name, speakers.name) AS speaker,
       coalesce(speaker_names.kind, speakers.kind) AS speaker_kind, coalesce(speaker_names.role, speakers.role) AS role
FROM quotes LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
WHERE article_id = ? ORDER BY quotes.id
"""
_SPANS = """
SELECT quote_id, quote_spans.start, quote_spans."end" FROM quotes JOIN quote_spans ON quote_id = quotes.id
WHERE article_id = ? ORDER BY quote_id, n
"""


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote with what its row has besides.

    decision (str | None): What was decided about it by hand: `accept`, `correct` or `add`.
    """

    id: int
    hash: str
    decision: str | None
    quote: Quote


class QuoteRows:
    """The rows of quotes in a database. To be used within a transaction; `settle` ends what was begun in it."""

    def __init__(self, db: Database, linking: Linking, outlets: OutletRows) -> None:
        self._db = db
        self._linking = linking
        self._outlets = outlets
        self._left: defaultdict[str, set[int]] = defaultdict(set)

    def insert(
        self, home: dict[str, Any], article: Article, quote: Quote, digest: str, decision: str | None = None
    ) -> None:
        """Insert a quote.

        home (dict): What it has of its article's row: `article_id`, `outlet_id`, `published`.
        digest (str): Its hash.
        """
        columns = home | self._columns(article, quote) | {"hash": digest, "decision": decision}
        quote_id = insert(self._db, "quotes", columns)
        self._insert_spans(quote_id, quote)
        self._linking.wordings.enter(quote_id, quote)

    def update(self, stored: StoredQuote, article: Article, quote: Quote, digest: str, decision: str | None) -> None:
        """Put a quote in the place of one that is stored; it keeps its id."""
        columns: dict[str, object] = {"hash": digest, "decision": decision, "confidence": quote.confidence}
        is_other = replace(quote, confidence=stored.quote.confidence) != stored.quote
        if is_other:
            for column, numbers in self._linking.links_of_quote(stored.id).items():
                self._left[column] |= numbers
            columns |= self._columns(article, quote)
        names = ", ".join(f'"{name}" = ?' for name in columns)
        self._db.execute(f"UPDATE quotes SET {names} WHERE id = ?", [*columns.values(), stored.id])
        if quote.spans != stored.quote.spans:
            self._db.execute("DELETE FROM quote_spans WHERE quote_id = ?", [stored.id])
            self._insert_spans(stored.id, quote)
        if is_other:
            self._db.execute("DELETE FROM sayings WHERE quote_id = ?", [stored.id])
            self._linking.wordings.enter(stored.id, quote)

    def delete(self, stored: StoredQuote) -> None:
        """Delete a quote; triggers take its pieces and note what it led to."""
        self._db.execute("DELETE FROM quotes WHERE id = ?", [stored.id])

    def settle(self) -> None:
        """Link and count anew what quotes led to that were updated or deleted."""
        self._linking.settle(self._left)
        self._left.clear()
        if self._linking.is_stale():
            self._linking.settle_deleted()

    def of_article(self, article_id: int) -> list[StoredQuote]:
        """Return the quotes of an article."""
        spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for quote_id, start, end in self._db.execute(_SPANS, [article_id]):
            spans[quote_id].append((start, end))
        rows = list(self._db.query(_QUOTES, [article_id]))
        return [StoredQuote(row["id"], row["hash"], row["decision"], _quote(row, spans[row["id"]])) for row in rows]

    def _columns(self, article: Article, quote: Quote) -> dict[str, object]:
        via = (by_name(quote.via) or Outlet(quote.via)) if quote.via else None
        speaker = quote.speaker
        return {
            "kind": quote.kind,
            "act": quote.act,
            "text": quote.text,
            "cue": quote.cue.text if quote.cue else None,
            "mention": quote.mention.text if quote.mention else None,
            "mention_kind": quote.mention_kind,
            "via_id": self._outlets.id_of(via),
            "citing": quote.citing,
            "gender": speaker.gender if speaker else None,
            "gender_words": (", ".join(speaker.gender_words) or None) if speaker else None,
            **self._linking.columns(quote, article),
            "confidence": quote.confidence,
            "method": quote.method,
            "start": quote.start,
            "end": quote.end,
            "cue_start": quote.cue.start if quote.cue else None,
            "mention_start": quote.mention.start if quote.mention else None,
            "folded": folded(quote.text, quote.mention.text if quote.mention else None),
        }

    def _insert_spans(self, quote_id: int, quote: Quote) -> None:
        for n, (start, end) in enumerate(quote.spans):
            insert(self._db, "quote_spans", {"quote_id": quote_id, "n": n, "start": start, "end": end})


def quote_hash(article: Article, quote: Quote) -> str:
    """Return the hex digest that makes a quote itself again: its article, its place and its words."""
    parts = [article.url or article.sha256, quote.kind, quote.spans, quote.text]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _quote(row: dict[str, Any], spans: list[tuple[int, int]]) -> Quote:
    words = tuple(row["gender_words"].split(", ")) if row["gender_words"] else ()
    speaker = Speaker(row["speaker"], row["speaker_kind"], row["role"] or None, row["gender"], words)
    return Quote(
        kind=row["kind"],
        spans=tuple(spans) or ((row["start"], row["end"]),),
        text=row["text"],
        cue=_mention(row, "cue"),
        mention=_mention(row, "mention"),
        mention_kind=row["mention_kind"],
        speaker=speaker if row["speaker"] else None,
        via=row["via"],
        citing=row["citing"],
        act=row["act"],
        confidence=row["confidence"],
        method=row["method"],
    )


def _mention(row: dict[str, Any], name: str) -> Mention | None:
    text, start = row[name], row[f"{name}_start"]
    return Mention(text, start, start + len(text)) if text is not None else None
