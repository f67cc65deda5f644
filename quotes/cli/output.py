"""Output formats: JSON lines, CSV, and tables for people."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from ..export.text_tables import Cell, Column, as_json
from ..records import Extraction, Quote
from .terminal import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ..store.changes import StoredChange
    from ..store.decisions.decision_table import ListedDecision
    from ..store.decisions.speaker_decisions import ListedSpeaker
    from ..store.disagreements import Disagreement
    from ..store.removing import StoredArticle
    from ..store.searching import Hit
    from ..store.status import Status

Listed = TypeVar("Listed", "ListedDecision", "ListedSpeaker")

COLUMNS = (
    *map(Column, ("article", "kind", "speaker", "speaker_kind", "role", "gender", "text", "cue", "mention", "via")),
    *map(Column, ("citing", "act")),
    Column("start", int), Column("end", int), Column("confidence", float), Column("method"),
)  # fmt: skip
"""Of a quote of an article that is in no database."""

SHORT = 90
WIDTHS = {"who": 2, "what": 5, "where": 3, "cue": 1, "kind": 1, "speaker": 3, "role": 3, "also called": 5}
"""Shares of the terminal's width."""


def quote_record(quote: Quote, source: str) -> dict[str, Any]:
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
        "gender": quote.speaker.gender if quote.speaker else None,
        "gender_words": list(quote.speaker.gender_words) if quote.speaker else [],
        "via": quote.via,
        "citing": quote.citing,
        "act": quote.act,
        "confidence": quote.confidence,
        "method": quote.method,
    }


def print_records(extractions: Iterable[Extraction], out: IO[str]) -> None:
    """Print one JSON object a quote, with its spans."""
    for extraction in extractions:
        for quote in extraction:
            out.write(as_json(quote_record(quote, extraction.article.source)) + "\n")


def quote_cells(extractions: Iterable[Extraction]) -> Iterator[list[Cell]]:
    """Yield one row a quote, with the `COLUMNS`."""
    for extraction in extractions:
        for quote in extraction:
            record = quote_record(quote, extraction.article.source)
            record |= {"start": quote.start, "end": quote.end}
            record |= {key: record[key] and record[key]["text"] for key in ("cue", "mention")}
            yield [record[column.name] for column in COLUMNS]


def print_rows(form: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: IO[Any]) -> None:
    """Print rows in one of the forms of tables."""
    from ..export.writers import TABLE_WRITERS

    if form == "csv" and out.isatty():  # a file has every character of the text; a terminal would obey some of them
        rows = ([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    TABLE_WRITERS[form](columns, rows, out)


@contextmanager
def output(path: Path | None, form: str) -> Iterator[IO[Any]]:
    """Where a format is to go: a file, else standard output, which programs read, whatever the terminal's encoding."""
    from ..export.writers import written

    if path is not None:
        with written(path, form) as out:
            yield out
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    yield sys.stdout


def print_table(extractions: Iterable[Extraction], console: Console) -> None:
    """Print one table per article: who, how, what."""
    for extraction in extractions:
        article = extraction.article
        rows = [
            (
                quote.speaker.name if quote.speaker else "?",
                quote.cue.text if quote.cue else "",
                quote.kind,
                quote.text,
            )
            for quote in extraction
        ]
        title = article.title or article.source
        if rows:
            console.print(_table(title, ("who", "cue", "kind", "what"), rows))
        else:
            console.print(plain(f"{title}: no quotes"), markup=False, highlight=False)


def print_hits(hits: Iterable[Hit], console: Console, *, title: str | None = None, short: bool = False) -> int:
    """Print hits as a table: who, what, where. Return their number.

    short (bool): Cut the words to what fits about two lines.
    """
    rows = [
        (
            hit.speaker or "?",
            textwrap.shorten(hit.text, SHORT, placeholder=" …") if short else hit.text,
            ", ".join(filter(None, (hit.outlet or hit.source, hit.published))),
        )
        for hit in hits
    ]
    if rows:
        console.print(_table(title, ("who", "what", "where"), rows))
    return len(rows)


def print_changes(changes: Iterable[StoredChange], console: Console) -> int:
    """Print changes of quotes as a table: what, where, before, after. Return their number."""
    rows = [
        (
            change.kind,
            ", ".join(filter(None, (change.outlet, change.article, change.changed_at[:10]))),
            _said(change.before, change.speaker_before),
            _said(change.after, change.speaker_after),
        )
        for change in changes
    ]
    if rows:
        console.print(_table(None, ("change", "where", "before", "after"), rows))
    return len(rows)


def print_speakers(speakers: Iterable[ListedSpeaker], form: str, console: Console, out: IO[str]) -> int:
    """Print speakers as a table, or as JSON lines (`form` is `table` or `json`). Return how many there were."""

    def cells(one: ListedSpeaker) -> tuple[str, ...]:
        called = one.spellings if ", " in one.spellings else ""
        return str(one.id), one.name, one.role or "", one.gender or "", str(one.quotes), called

    heads = ("id", "speaker", "role", "gender", "quotes", "also called")
    return _print_listed(list(speakers), form, heads, cells, console, out)


def print_disagreements(found: Iterable[Disagreement], form: str, console: Console, out: IO[str]) -> int:
    """Print words that outlets give to different speakers: a table each, or JSON lines. Return how many there were."""
    n = 0
    for n, one in enumerate(found, 1):  # noqa: B007 counted
        if form == "json":
            out.write(as_json(asdict(one)) + "\n")
            continue
        rows = [
            (said.speaker, said.text, ", ".join(filter(None, (said.outlet, said.published))))
            for said in one.attributions
        ]
        title = textwrap.shorten(one.words, SHORT, placeholder=" …")
        console.print(_table(f"{one.wording}: {title}", ("who", "what", "where"), rows))
    return n


def print_decisions(found: Iterable[ListedDecision], form: str, console: Console, out: IO[str]) -> int:
    """Print decisions as a table, or as JSON lines. Return how many there were."""

    def cells(one: ListedDecision) -> tuple[str, ...]:
        return (
            one.hash[:12],
            one.verdict,
            one.speaker or "?",
            textwrap.shorten(one.text, SHORT, placeholder=" …"),
            ", ".join(filter(None, (one.outlet, one.article or one.article_key))),
            f"{one.decided_by}, {one.decided_at[:10]}" + (f"; {one.unfit}" if one.unfit else ""),
        )

    return _print_listed(list(found), form, ("hash", "decided", "who", "what", "where", "by"), cells, console, out)


def _print_listed(
    found: Sequence[Listed],
    form: str,
    heads: tuple[str, ...],
    cells: Callable[[Listed], tuple[str, ...]],
    console: Console,
    out: IO[str],
) -> int:
    """Print records as a table of their cells, or as JSON lines. Return how many there were."""
    if form == "json":
        for one in found:
            out.write(as_json(asdict(one)) + "\n")
    elif found:
        console.print(_table(None, heads, map(cells, found)))
    return len(found)


def print_articles(articles: Iterable[StoredArticle], console: Console) -> None:
    """Print articles as a table: id, title, outlet and date, number of quotes."""
    rows = [
        (
            str(one.id),
            one.title or one.source,
            ", ".join(filter(None, (one.outlet, one.published))),
            str(one.quotes),
        )
        for one in articles
    ]
    if rows:
        console.print(_table(None, ("id", "article", "where", "quotes"), rows))


def _said(words: str | None, speaker: str | None) -> str:
    return "" if words is None else f"{words} ({speaker or '?'})"


def print_status(status: Status, form: str, console: Console, out: IO[str]) -> None:
    """Print the contents of a database: as tables, or as one JSON object (`form` is `table` or `json`)."""
    if form == "json":
        out.write(as_json(asdict(status), indent=1) + "\n")
        return
    counted = ("articles", "quotes", "speakers", "outlets", "wordings")
    rows = [(name, f"{getattr(status, name):,}") for name in counted]
    rows.append(("published", f"{status.first or '?'} to {status.last or '?'}"))
    if run := status.run:
        end = f"finished {run.finished}" if run.finished else "not finished"
        rows.append(("last ingest", f"started {run.started}, {end}: {run.articles} articles, {run.failed} failed"))
    rows.append(("failures to retry", f"{status.failures:,}"))
    console.print(_table(None, ("in the database", ""), rows))
    if status.causes:
        causes = [(f"{n:,}", stage, error, source) for n, stage, error, source in status.causes]
        console.print(_table("Failures; quotes retry reads them again", ("count", "stage", "error", "example"), causes))


def print_voices(by: str, rows: Sequence[Mapping[str, Any]], total: Mapping[str, Any], form: str, out: IO[Any]) -> None:
    """Print who gets to speak: as a table with the total at its end, as CSV without it, or as one JSON object.

    The table has the share of women among women and men, and the quotes of unnamed sources and of officials.
    """
    if form == "json":
        out.write(as_json({"by": by, "rows": rows, "total": total}, indent=1) + "\n")
    elif form == "csv":
        columns = [Column(name, float if name.startswith("percent") else int) for name in total]
        print_rows("csv", [Column(by), *columns], (list(row.values()) for row in rows), out)
    else:
        from rich.console import Console

        names = (by, "quotes", "people", "women", "men", "unknown", "% women", "unnamed", "officials")
        cells = [_voices_cells(str(row[by]), row) for row in rows]
        table = _table(None, names, [*cells, _voices_cells("all", total)])
        table.padding = 0  # for room for names
        for column in table.columns[1:]:
            column.justify, column.no_wrap = "right", True
        Console(file=out).print(table)


def _voices_cells(name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    def of(part: int, whole: int, percent: float | None) -> str:
        return f"{part:,} of {whole:,}" if percent is None else f"{percent:.0f} % of {whole:,}"

    counts = (f"{row[key]:,}" for key in ("quotes", "people", "women", "men", "gender_not_shown"))
    women = row["percent_women_of_shown"]
    sources = row["quotes_of_named"] + row["quotes_of_unnamed"]
    told = row["quotes_of_officials"] + row["quotes_of_others"]
    return (
        name,
        *counts,
        "–" if women is None else f"{women:.0f}",
        of(row["quotes_of_unnamed"], sources, row["percent_quotes_of_unnamed"]),
        of(row["quotes_of_officials"], told, row["percent_quotes_of_officials_of_told"]),
    )


def _table(title: str | None, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(plain(title)) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, ratio=WIDTHS.get(column), overflow="fold")
    for row in rows:
        # Text, not str: rich would read "[exercises]" in a quote as its own markup.
        table.add_row(*(Text(plain(cell)) for cell in row))
    return table


def print_figures(figures: Mapping[str, float], form: str, out: IO[str]) -> None:
    """Print measures: one per line, or as one JSON object (`form` is `table` or `json`)."""
    if form == "json":
        out.write(json.dumps({name: round(share, 4) for name, share in figures.items()}, indent=1) + "\n")
        return
    for name, share in figures.items():
        out.write(f"{name:40} {share:.3f}\n")
