"""Rows as text: CSV that spreadsheets open right, and JSON lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

Cell = str | int | float | None

_END = "\r\n"
"""Asked for, csv puts cells with either sign in quotes; Python 3.11's leaves those with a bare \\r as they are if lines
are to end with \\n, and reads them as two rows."""
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet takes for a formula (OWASP's list for CSV injection), or that, with apostrophes
before it, would read as one that was marked as text."""
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))}
"""What JSON need not escape, and terminals obey."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its cells are of this type, or None."""

    name: str
    type: type[str] | type[int] | type[float] = str


def as_json(value: object, indent: int | None = None) -> str:
    """Return a value as JSON, its letters as they are and what terminals obey escaped."""
    return json.dumps(value, ensure_ascii=False, indent=indent).translate(_ESCAPES)


def as_text(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it where it would.

    Who reads such a CSV otherwise takes one apostrophe off a cell that begins with some and then = + - @, a tab or the
    end of a line; so every text comes back as it was.
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


class _Lines:
    """Lines that end with \\n alone."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out

    def write(self, line: str) -> None:
        """Write a line that ends with `_END`."""
        self.out.write(line.removesuffix(_END) + "\n")


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: IO[str]) -> None:
    """Write a row of names and the rows, with commas; texts that would be formulas are marked by `as_text`."""
    writer = csv.writer(_Lines(out), lineterminator=_END)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])


def write_jsonl(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: IO[str]) -> None:
    """Write one JSON object a row, its texts as they are."""
    names = [column.name for column in columns]
    for row in rows:
        out.write(as_json(dict(zip(names, row, strict=True))) + "\n")
