from __future__ import annotations

import io

import openpyxl
import pytest

from quotes.export import workbook
from quotes.export.text_tables import Column
from quotes.export.workbook import LONGEST, write_xlsx

from .conftest import Export


def test_cells_are_texts_and_numbers(exported: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", binary=True)))
    names, *rows = book["quotes"].iter_rows(values_only=True)
    first = dict(zip(names, rows[0], strict=True))
    assert len(rows) == 5
    assert first["text"] == "“=1+1 is two,” “and {braces} cost 5% & more_or_less.”"
    assert (first["quote_id"], first["confidence"], first["published"]) == (1, 0.9, "2025-03-04")
    assert rows[4][names.index("speaker")] is None
    assert book["quotes"].auto_filter.ref == f"A1:{book['quotes'].cell(6, len(names)).coordinate}"


def test_no_cell_is_a_formula_or_a_link_and_a_long_one_says_that_it_is_cut() -> None:
    out = io.BytesIO()
    cells = [
        "=1+1",
        "{=SUM(A1)}",
        "https://courier.example/",
        "mailto:a@b.example",
        "x" * (LONGEST + 1),
        "a\x02b_x0041_",
    ]
    write_xlsx([Column("text")], [(cell,) for cell in cells], out)
    sheet = openpyxl.load_workbook(out)["quotes"]
    found = [sheet.cell(n, 1) for n in range(2, 8)]
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)
    assert [cell.value for cell in found[:4]] == cells[:4]
    assert len(found[4].value) == LONGEST and found[4].value.endswith(" […]")
    # As Excel reads them; openpyxl leaves the escapes.
    assert openpyxl.utils.escape.unescape(found[5].value) == "a\x02b_x0041_"


def test_what_a_sheet_does_not_hold_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    out = io.BytesIO()
    write_xlsx([Column("n", int)], [(n,) for n in range(7)], out)
    book = openpyxl.load_workbook(out)
    found = {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert found == {"quotes": ["n", 0, 1, 2], "quotes 2": ["n", 3, 4, 5], "quotes 3": ["n", 6]}
