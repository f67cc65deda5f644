"""A row a quote: what tables have of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from .quote_selection import Selection
from .text_tables import Cell, Column

_SQL = {
    Column("quote_id", int): "quotes.id",
    Column("hash"): "quotes.hash",
    Column("outlet"): "outlets.name",
    Column("title"): "articles.title",
    Column("published"): "quotes.published",
    Column("url"): "articles.url",
    Column("source"): "articles.source",
    Column("speaker"): "speakers.name",
    Column("speaker_kind"): "speakers.kind",
    Column("role"): "coalesce(nullif(speaker_names.role, ''), speakers.role)",
    Column("gender"): "coalesce(quotes.gender, speakers.gender)",
    Column("text"): "quotes.text",
    Column("kind"): "quotes.kind",
    Column("act"): "quotes.act",
    Column("cue"): "quotes.cue",
    Column("mention"): "quotes.mention",
    Column("via"): "via.name",
    Column("citing"): "quotes.citing",
    Column("start", int): "quotes.start",
    Column("end", int): 'quotes."end"',
    Column("confidence", float): "quotes.confidence",
}
COLUMNS = tuple(_SQL)
"""Of a quote, in the order of `quote_rows`."""

JOINS = """
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
LEFT JOIN outlets AS via ON via.id = quotes.via_id
"""
ROLE = _SQL[Column("role")]
_SELECT = f"SELECT {', '.join(_SQL.values())}"


def quote_rows(db: Database, selection: Selection) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of quotes by id, one at a time."""
    # Through the table, not an index: by id there is nothing to be sorted, which would take all rows into memory.
    sql = f"{_SELECT} FROM quotes NOT INDEXED {JOINS} WHERE {selection.where} ORDER BY quotes.id"
    yield from db.execute(sql, selection.parameters)


def rows_of(db: Database, ids: Iterable[int]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the quotes with these ids, in their order."""
    for number in ids:
        yield from db.execute(f"{_SELECT} FROM quotes {JOINS} WHERE quotes.id = ?", [number])
