"""Tables become documents, a row an article: CSV here, the other formats each in a module."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TextIO

from ....errors import ReadingError
from ....records import SourceKind
from ...dates import DateOrder, is_unclear_date, order_of
from ...documents import Document, Link
from ...streams import Given, as_text, opened
from . import json_rows, parquet, sqlite_tables, xlsx
from .table_columns import LARGEST_PAGE, Mapping, Values, choose, document, is_cut, recognised, row

Row = tuple[int, Values]

_LONGEST_ROW = LARGEST_PAGE + 2_000_000  # characters
_DELIMITERS = ",\t;|"
_MOST_REPAIRS = 20
_LOOKED_AT = 500
"""Rows at the beginning of a table that tell what stands first in all of its dates."""
_MOST_LOOKED_AT = 20_000_000  # characters of theirs that are held meanwhile


def rows(
    given: Given, kind: SourceKind, source: str, mapping: Mapping | None = None, dates: DateOrder | None = None
) -> Iterator[Document | Link | ReadingError]:
    """Yield the articles of a table, one a row, called `news.csv#12` by number.

    Where no column holds texts the articles are linked to. A row that is none, and what keeps the
    table or the rest of it from being read, is yielded as an error: nothing is raised.

    given (Path | BinaryIO): A table of a database may be named as `news.db#articles`.
    kind (SourceKind): `csv`, `jsonl`, `json`, `parquet`, `sqlite` or `xlsx`.
    mapping (Mapping | None): The columns, by the field that they hold; what isn't told is guessed.
    dates (DateOrder | None): What stands first in 03/04/2025; what isn't told the other dates of the column tell.
    """
    count = cut = unclear = 0
    try:
        read = _READERS[kind](given, source, mapping or {})
        if dates is None:
            dates, read = _order_of_dates(read)
        for row in read:
            count += 1
            if isinstance(row, ReadingError):
                yield row
            else:
                number, values = row
                cut += is_cut(values)
                unclear += dates is None and is_unclear_date(values.get("published"))
                yield _document(values, f"{source}#{number}", dates)
    except ReadingError as error:
        yield error
        return
    except UnicodeError:
        yield ReadingError(source, "broken: its bytes are not in the encoding that it begins with")
        return
    if not count:
        yield ReadingError(source, "no rows in this table")
    if unclear:
        what = f"{unclear:,} date{'s' * (unclear > 1)} such as 03/04/2025 can be read in two ways"
        yield ReadingError(source, f"{what}: left out; --dates day-first or month-first says how")
    if cut:
        yield ReadingError(
            source, f"{cut:,} of {count:,} texts are cut by who sent them ([+... chars]); their beginnings are read"
        )


def _order_of_dates(
    read: Iterator[Row | ReadingError],
) -> tuple[DateOrder | None, Iterator[Row | ReadingError]]:
    """Return what stands first in the dates of a table, None if that isn't clear, and all of its rows."""
    begin: list[Row | ReadingError] = []
    size = 0
    broken: Exception | None = None
    try:
        for row in islice(read, _LOOKED_AT):
            begin.append(row)
            if not isinstance(row, ReadingError):
                size += sum(len(value) for value in row[1].values() if isinstance(value, (str, bytes)))
            if size > _MOST_LOOKED_AT:
                break
    except (ReadingError, UnicodeError) as error:
        broken = error
    values = (row[1].get("published") for row in begin if not isinstance(row, ReadingError))
    return order_of(value for value in values if isinstance(value, str)), chain(begin, _rest(read, broken))


def _rest(read: Iterator[Row | ReadingError], broken: Exception | None) -> Iterator[Row | ReadingError]:
    if broken:
        raise broken
    yield from read


def _document(values: Values, source: str, dates: DateOrder | None) -> Document | Link | ReadingError:
    try:
        return document(values, source, dates)
    except ReadingError as error:
        return error


def read_csv(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of a CSV or TSV file, with what they hold by field.

    RAISES (ReadingError): If it is no text, has no header, or not the columns that it needs.
    """
    # The limit is one for the whole process, and small.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_ROW))
    with opened(given, source) as stream, as_text(stream, source, newline="") as text:
        lines = _Lines(text)
        delimiter = _delimiter(lines, source)
        reader = csv.reader(lines, delimiter=delimiter)
        lines.begin()
        try:
            names = [name.strip() for name in next(reader, [])]
        except (csv.Error, _TooLongError) as error:
            raise ReadingError(source, "no header: its first line is no row of column names") from error
        columns = choose(names, mapping, source)
        places = {name: names.index(name) for wanted in columns.values() for name in wanted}
        number = repairs = 0
        while True:
            lines.begin()
            fault = None
            cells: list[str] = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLongError):
                fault = "longer than any article; is a quotation mark not closed?"
            else:
                if lines.ended:
                    fault = "a quotation mark is opened and never closed"
                elif len(cells) > len(names) and any(cells[len(names) :]):
                    fault = (
                        f"{len(cells)} cells where the header has {len(names)}; a text with {delimiter!r} needs quotes"
                    )
            if fault is None:
                if not any(cells):
                    continue  # a blank line
                number += 1
                yield number, row(columns, partial(_cell, cells, places))
                continue
            number += 1
            yield ReadingError(f"{source}#{number}", fault)
            if not cells or lines.ended:
                # The lines that the open mark swallowed are rows, if the next of them looks like one.
                repairs += 1
                if repairs <= _MOST_REPAIRS and lines.next_cells(delimiter) == len(names) > 1:
                    lines.back()


def _cell(cells: list[str], places: dict[str, int], name: str) -> str | None:
    return cells[places[name]] if places[name] < len(cells) else None


class _TooLongError(Exception):
    """A row is longer than `_LONGEST_ROW`."""


class _Lines:
    """The lines of a table. Those of the row that is being read are kept, so that they can be read again.

    ended (bool): Whether the end of the file came within a row.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._length = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(_LONGEST_ROW)
        if not line:
            self.ended = bool(self._row)
            raise StopIteration
        self._row.append(line)
        self._length += len(line)
        if self._length >= _LONGEST_ROW:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(_LONGEST_ROW)
            raise _TooLongError
        return line

    def begin(self) -> None:
        """Begin a row."""
        self._row.clear()
        self._length = 0
        self.ended = False

    def first(self) -> str:
        """Return the first line that isn't blank, still to be read; empty if there is none."""
        for line in self:
            if line.strip():
                self._again.appendleft(line)
                return line
            self.begin()
        return ""

    def next_cells(self, delimiter: str) -> int:
        """Return how many cells the second line of the row has, read as a row of its own."""
        try:
            return len(next(csv.reader(self._row[1:2], delimiter=delimiter), []))
        except csv.Error:
            return 0

    def back(self) -> None:
        """Have all lines of the row but the first read again."""
        self._again.extendleft(reversed(self._row[1:]))


def _delimiter(lines: _Lines, source: str) -> str:
    """What parts the cells: that by which the header has the most columns that we know, else the most columns.

    `csv.Sniffer` is not asked: it goes by how often a sign stands in each line, and stories have commas.
    """
    try:
        header = lines.first()
    except _TooLongError as error:
        raise ReadingError(source, "no header: its first line is longer than any row") from error
    if not header:
        raise ReadingError(source, "empty, nothing to read")
    if header.startswith("sep=") and len(header.rstrip("\r\n")) == 5:  # as Excel writes it
        next(lines)
        return header[4]

    def columns(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return len(recognised(names)), len(names)

    return max(_DELIMITERS, key=columns)


_READERS: dict[SourceKind, Callable[[Given, str, Mapping], Iterator[Row | ReadingError]]] = {
    "csv": read_csv,
    "jsonl": json_rows.read_lines,
    "json": json_rows.read_objects,
    "parquet": parquet.read,
    "sqlite": sqlite_tables.read,
    "xlsx": xlsx.read,
}
