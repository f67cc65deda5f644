from __future__ import annotations

import io

import pyarrow
import pytest
from pyarrow.parquet import ParquetFile, read_table

from quotes.export import parquet_file
from quotes.export.quote_selection import Selection

from .conftest import Export


def test_columns_have_their_types_and_cells_are_as_they_were(exported: Export) -> None:
    table = read_table(io.BytesIO(exported("parquet", binary=True)))
    assert table.schema.field("start").type == pyarrow.int64()
    assert table.schema.field("via").type == pyarrow.string(), "though it is empty everywhere"
    assert table["text"].to_pylist()[3] == "that\x0b the pier\rwould close"
    assert table["speaker"].to_pylist()[4] is None


def test_rows_are_written_a_group_at_a_time(exported: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "GROUP", 2)
    file = ParquetFile(io.BytesIO(exported("parquet", binary=True)))
    assert (file.metadata.num_rows, file.metadata.num_row_groups) == (5, 3)
    nothing = exported("parquet", Selection(since="2030-01-01"), binary=True)
    assert read_table(io.BytesIO(nothing)).num_rows == 0
