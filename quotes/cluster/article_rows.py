"""Articles and what was found in them as rows of Arrow, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import pyarrow as pa

from ..reading.formats.text import outlet_of
from ..records import Article, Extraction, Failure, Mention, Outlet, Quote, Span, Speaker
from ..store.rows.stored_quotes import quote_hash

Row = dict[str, Any]

SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
OUTLET = pa.struct([("name", pa.string()), ("domain", pa.string()), ("kind", pa.string())])
_MENTION = pa.struct([("text", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
_SPEAKER = pa.struct(
    [
        ("name", pa.string()),
        ("kind", pa.string()),
        ("role", pa.string()),
        ("gender", pa.string()),
        ("gender_words", pa.list_(pa.string())),
    ]
)
QUOTE = pa.struct(
    [
        ("hash", pa.string()),
        ("kind", pa.string()),
        ("spans", SPANS),
        ("text", pa.string()),
        ("cue", _MENTION),
        ("mention", _MENTION),
        ("mention_kind", pa.string()),
        ("speaker", _SPEAKER),
        ("via", pa.string()),
        ("citing", pa.string()),
        ("act", pa.string()),
        ("confidence", pa.float64()),
        ("method", pa.string()),
    ]
)
PLACE = [("file", pa.string()), ("n", pa.int64())]
"""Where an article was read: the file, and its number there, from 0."""
ARTICLE = [
    ("key", pa.string()),
    ("sha256", pa.string()),
    ("text", pa.string()),
    ("source", pa.string()),
    ("title", pa.string()),
    ("byline", pa.string()),
    ("published", pa.string()),
    ("place", pa.string()),
    ("url", pa.string()),
    ("outlet", OUTLET),
    ("agency", OUTLET),
    ("language", pa.string()),
    ("furniture", SPANS),
    ("headline", SPANS),
    ("markup", SPANS),
]
"""An article; `key` is what makes it itself again: its address, or the digest of its text."""
ARTICLES = pa.schema([*PLACE, *ARTICLE, ("error", pa.string())])
"""What was read: an article, or the source and why it could not be read."""
EXTRACTIONS = pa.schema(
    [
        *PLACE,
        ("outcome", pa.string()),
        *ARTICLE,
        ("quotes", pa.list_(QUOTE)),
        ("topics", pa.list_(pa.string())),
        ("subjects", pa.list_(pa.struct([("name", pa.string()), ("likelihood", pa.float64())]))),
        ("failures", pa.list_(pa.struct([("stage", pa.string()), ("error", pa.string())]))),
        ("pipeline", pa.string()),
    ]
)
"""What was found: `outcome` is `stored`, `lost` (no text, but why) or `repeated` (another row has the same text)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article and where it was read."""

    file: str
    n: int
    article: Article

    @property
    def place(self) -> Row:
        """The columns `PLACE`."""
        return {"file": self.file, "n": self.n}


def key_of(article: Article) -> str:
    """Return what makes an article itself again."""
    return article.url or article.sha256


def article_row(article: Article) -> Row:
    """Return the columns `ARTICLE`."""
    headline = (article.headline,) if article.headline else ()
    return {
        **{name: getattr(article, name) for name, _ in ARTICLE[2:9]},
        "key": key_of(article),
        "sha256": article.sha256,
        "outlet": article.outlet and asdict(article.outlet),
        "agency": article.agency and asdict(article.agency),
        "language": article.language,
        "furniture": _span_rows(article.furniture),
        "headline": _span_rows(headline),
        "markup": _span_rows(article.markup),
    }


def article_of_row(row: Mapping[str, Any]) -> Article:
    """Return the article of a row; of the columns `ARTICLE` only `text` need be there."""
    headline = _spans(row.get("headline"))
    return Article(
        row["text"],
        row.get("source") or row.get("url") or "",
        **{name: row.get(name) for name in ("title", "byline", "published", "place", "url")},
        outlet=_outlet(row.get("outlet"), row.get("url")),
        agency=_outlet(row.get("agency"), None),
        language=row.get("language") or "en",
        furniture=_spans(row.get("furniture")),
        headline=headline[0] if headline else None,
        markup=_spans(row.get("markup")),
    )


def extraction_row(placed: Placed, answer: Extraction | Failure, pipeline: str) -> Row:
    """Return the columns `EXTRACTIONS` for what was found in an article, or for why it is left out."""
    row = {**placed.place, "pipeline": pipeline}
    if isinstance(answer, Failure):
        lost = {**article_row(placed.article), "text": None, "furniture": None, "headline": None, "markup": None}
        return {**row, **lost, "outcome": "lost", "failures": _failure_rows([answer])}
    return {
        **row,
        **article_row(answer.article),
        "outcome": "stored",
        "quotes": [_quote_row(answer.article, quote) for quote in answer.quotes],
        "topics": list(answer.topics),
        "subjects": [{"name": name, "likelihood": likelihood} for name, likelihood in answer.subjects],
        "failures": _failure_rows(answer.failures),
    }


def repeated_row(placed: Placed, pipeline: str) -> Row:
    """Return the columns `EXTRACTIONS` for an article that another row has: its text is there."""
    row = {**placed.place, **article_row(placed.article), "outcome": "repeated", "pipeline": pipeline}
    return {**row, "text": None}


def unread_row(row: Mapping[str, Any], pipeline: str) -> Row:
    """Return the columns `EXTRACTIONS` for what could not be read."""
    failure = Failure(row.get("source") or "", "read", row.get("error") or "no text")
    columns = {name: row.get(name) for name in ("file", "n", "source")}
    return {**columns, "outcome": "lost", "failures": _failure_rows([failure]), "pipeline": pipeline}


def extraction_of_row(row: Mapping[str, Any]) -> Extraction:
    """Return what was found in an article, from the columns `EXTRACTIONS`."""
    article = article_of_row(row)
    return Extraction(
        article,
        tuple(map(quote_of_row, row["quotes"])),
        tuple(row["topics"] or ()),
        tuple(Failure(article.source, **failure) for failure in row["failures"] or ()),
        tuple((subject["name"], subject["likelihood"]) for subject in row["subjects"] or ()),
    )


def quote_of_row(row: Mapping[str, Any]) -> Quote:
    """Return the quote of a struct `QUOTE`."""
    speaker = row["speaker"]
    plain = ("kind", "text", "mention_kind", "via", "citing", "act", "confidence", "method")
    return Quote(
        spans=_spans(row["spans"]),
        cue=_mention(row["cue"]),
        mention=_mention(row["mention"]),
        speaker=Speaker(**{**speaker, "gender_words": tuple(speaker["gender_words"] or ())}) if speaker else None,
        **{name: row[name] for name in plain},
    )


def rows_of(batch: pa.RecordBatch) -> list[Row]:
    """Return the rows of a batch as Python's values."""
    found: list[Row] = batch.to_pylist()
    return found


def batch_of(rows: Iterable[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as a batch; columns that a row lacks are null."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


def renamed(answer: Failure, article: Article) -> Failure:
    """Return the reason why an article is left out, for another one with the same text."""
    return replace(answer, source=article.source)


def _quote_row(article: Article, quote: Quote) -> Row:
    return asdict(quote) | {"hash": quote_hash(article, quote), "spans": _span_rows(quote.spans)}


def _failure_rows(failures: Iterable[Failure]) -> list[Row]:
    return [{"stage": failure.stage, "error": failure.error} for failure in failures]


def _span_rows(spans: Iterable[Span]) -> list[Row]:
    return [{"start": start, "end": end} for start, end in spans]


def _spans(rows: Iterable[Mapping[str, int]] | None) -> tuple[Span, ...]:
    return tuple((row["start"], row["end"]) for row in rows or ())


def _outlet(row: Mapping[str, Any] | str | None, url: str | None) -> Outlet | None:
    if isinstance(row, str):
        return outlet_of(row, url)
    return Outlet(row["name"], row.get("domain"), row.get("kind") or "other") if row and row["name"] else None


def _mention(row: Mapping[str, Any] | None) -> Mention | None:
    return Mention(**row) if row else None
