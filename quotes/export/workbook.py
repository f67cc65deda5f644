"""Rows as an Excel workbook, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

from ..errors import ExportError
from .text_tables import Cell, Column

MOST_ROWS = 1_048_576
"""Of a sheet, its header included: what Excel reads."""
LONGEST = 32_767
"""Characters of a cell."""
CUT = " […]"
SHEET = "quotes"
WIDTHS = {"text": 70, "title": 40, "speaker": 28, "role": 28, "outlet": 24}
"""Characters that columns show; what is not here is 13 wide."""


def write_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> None:
    """Write rows under a row of names; what does not fit into a sheet goes on in `quotes 2` and so on.

    Texts are texts: none becomes a formula or a link. One that is longer than a cell may be ends with `[…]`.
    RAISES (ExportError): If XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise ExportError("xlsx needs XlsxWriter; pip install 'quotes[xlsx]'") from error

    # Strings are written as such below, whatever they begin with: links beyond 65,530 in a sheet would be dropped.
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.use_zip64()
        bold = book.add_format({"bold": True})
        sheet = _add_sheet(book, columns, bold)
        line = 1
        for row in rows:
            if line == MOST_ROWS:
                _let_filter(sheet, line, columns)
                sheet = _add_sheet(book, columns, bold)
                line = 1
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell if len(cell) <= LONGEST else cell[: LONGEST - len(CUT)] + CUT)
                elif cell is not None:
                    sheet.write_number(line, at, cell)
            line += 1
        _let_filter(sheet, line, columns)


def _add_sheet(book: Any, columns: Sequence[Column], bold: Any) -> Any:
    number = len(book.worksheets()) + 1
    sheet = book.add_worksheet(SHEET if number == 1 else f"{SHEET} {number}")
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, bold)
        sheet.set_column(at, at, WIDTHS.get(column.name, 13))
    return sheet


def _let_filter(sheet: Any, lines: int, columns: Sequence[Column]) -> None:
    """Put the arrows on the names by which readers choose rows."""
    sheet.autofilter(0, 0, lines - 1, len(columns) - 1)
