"""Excel files: each sheet is a table, its rows go the way of CSV rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any

from ....errors import ReadingError
from ...streams import Given, held, opened
from .table_columns import Mapping, Values, choose, recognised, row

Row = tuple[int, Values]

_LOOKED_AT = 20
"""Rows at the top of a sheet in which its header may stand, below a title or a note."""
_LARGEST_PART = 2_000_000_000
"""Bytes of a sheet, unpacked; Excel's own limit of rows stays below."""
_HIGHEST_RATIO = 500
"""Times that a part may grow. Sheets of equal numbers pack 100 times smaller."""
_HARMLESS = 50_000_000


def read(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of all sheets that hold articles, with what they hold by field, numbered through.

    RAISES (ReadingError): If openpyxl is not installed, the file is broken, or no sheet has the columns that it needs.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise ReadingError(source, "Excel files need openpyxl; pip install 'quotes[xlsx]'") from error
    number = 0
    with opened(given, source) as stream:
        try:
            # Not the path: openpyxl refuses one by its suffix.
            seekable: Any = stream if stream.seekable() else held(stream, source)
            _check_size(seekable, source)
            book = openpyxl.load_workbook(seekable, read_only=True, data_only=True)
            try:
                fault: ReadingError | None = None
                for sheet in book.worksheets:
                    try:
                        for values in _rows(sheet, mapping, source):
                            number += 1
                            yield number, values
                    except ReadingError as error:
                        fault = fault or error
                if fault and not number:
                    raise fault
            finally:
                book.close()
        except ReadingError:
            raise
        except Exception as error:  # openpyxl raises what its parser happens to fall over
            after = f" after row {number:,}" if number else ""
            reason = " ".join(str(error).split())[:100]
            raise ReadingError(source, f"broken{after}, locked, or no Excel file ({reason})") from error


def _check_size(given: Any, source: str) -> None:
    with zipfile.ZipFile(given) as archive:
        for info in archive.infolist():
            grows = info.file_size > _HARMLESS and info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1)
            if info.file_size > _LARGEST_PART or grows:
                raise ReadingError(source, "grows too much when unpacked, as only a zip bomb does; not read")


def _rows(sheet: Any, mapping: Mapping, source: str) -> Iterator[Values]:
    """The rows of a sheet below its header: of its first rows the one with the most columns that we know."""
    # Programs write wrong sizes into sheets, which would cut them off.
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows(values_only=True))
    first = [cells for _, cells in zip(range(_LOOKED_AT), rows, strict=False)]
    if not first:
        return
    known = [
        len(recognised(_names(cells))) + sum(name in mapping.values() for name in _names(cells)) for cells in first
    ]
    header = known.index(max(known))
    names = _names(first[header])
    columns = choose(names, mapping, source)
    places = {name: names.index(name) for wanted in columns.values() for name in wanted}
    for cells in chain(first[header + 1 :], rows):
        if any(cell is not None for cell in cells):
            yield row(columns, partial(_cell, cells, places))


def _names(cells: tuple[Any, ...]) -> list[str]:
    return ["" if cell is None else " ".join(str(cell).split()) for cell in cells]


def _cell(cells: tuple[Any, ...], places: dict[str, int], name: str) -> object:
    cell = cells[places[name]] if places[name] < len(cells) else None
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, (str, int, float, date)) else None
