"""The forms that quotes are printed in: JSON lines, CSV and a table for people."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from .records import Extraction, Quote

if TYPE_CHECKING:
    from rich.console import Console

    from .store.searching import Hit

CSV_COLUMNS = (
    "article", "kind", "speaker", "speaker_kind", "role", "text", "cue", "mention", "via", "citing", "act",
    "start", "end", "confidence", "method",
)  # fmt: skip


def as_json(quote: Quote, source: str) -> dict[str, Any]:
    """Return the quote record as JSON has it; `source` is the path of the article as given."""
    return {
        "article": source,
        "kind": quote.kind,
        "spans": [list(span) for span in quote.spans],
        "text": quote.text,
        "cue": asdict(quote.cue) if quote.cue else None,
        "mention": asdict(quote.mention) if quote.mention else None,
        "speaker": quote.speaker.name if quote.speaker else None,
        "speaker_kind": quote.speaker.kind if quote.speaker else None,
        "role": quote.speaker.role if quote.speaker else None,
        "via": quote.via,
        "citing": quote.citing,
        "act": quote.act,
        "confidence": quote.confidence,
        "method": quote.method,
    }


def print_jsonl(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """Print one JSON object a quote."""
    for extraction in extractions:
        for quote in extraction:
            out.write(json.dumps(as_json(quote, extraction.article.source), ensure_ascii=False) + "\n")


def print_csv(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """Print one row a quote, under a row of column names."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for extraction in extractions:
        for quote in extraction:
            record = as_json(quote, extraction.article.source)
            record |= {"start": quote.start, "end": quote.end}
            record |= {key: record[key] and record[key]["text"] for key in ("cue", "mention")}
            writer.writerow([record[column] for column in CSV_COLUMNS])


def print_table(extractions: Iterable[Extraction], console: Console) -> None:
    """Print a table an article: who, how, what."""
    for extraction in extractions:
        article = extraction.article
        rows = [
            (quote.speaker.name if quote.speaker else "?", quote.cue.text if quote.cue else "", quote.kind, quote.text)
            for quote in extraction
        ]
        console.print(_table(article.title or article.source, ("who", "cue", "kind", "what"), rows))


def print_hits(hits: Iterable[Hit], console: Console, title: str | None = None) -> int:
    """Print found quotes as a table: who, what, outlet, date. Return how many there were."""
    rows = [(hit.speaker or "?", hit.text, hit.outlet or hit.source, hit.published or "") for hit in hits]
    if rows:
        console.print(_table(title, ("who", "what", "outlet", "date"), rows))
    return len(rows)


def _table(title: str | None, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    # Text, not str: rich would read "[exercises]" in a quote as its own markup.
    table = Table(title=Text(_plain(title)) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, ratio={"what": 5, "who": 2}.get(column), overflow="fold", no_wrap=column == "date")
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    return table


def _plain(text: str) -> str:
    """A text without what would move the terminal's cursor or change its colours."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text)
