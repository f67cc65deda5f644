"""Rows as a Parquet file, a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO

from ..errors import ExportError
from .text_tables import Cell, Column

GROUP = 20_000
"""Rows that are held at a time: 20 MB of quotes, and enough for columns to compress well."""


def write_parquet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> None:
    """Write rows with a type a column, whatever cells are empty.

    RAISES (ExportError): If pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow; pip install 'quotes[parquet]'") from error

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
    left = iter(rows)
    with ParquetWriter(out, schema) as writer:
        while group := list(islice(left, GROUP)):
            columns_of_group = zip(*group, strict=True)
            arrays = [
                pyarrow.array(cells, type=field.type) for cells, field in zip(columns_of_group, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
