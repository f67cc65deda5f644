"""Parquet files, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ....errors import ReadingError
from ...streams import Given, held, opened
from .table_columns import Mapping, Values, choose, row

Row = tuple[int, Values]

_ROWS = 64  # a batch; of pages of 10 MB that is 640 MB at the very worst


def read(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of a Parquet file, with what they hold by field.

    RAISES (ReadingError): If pyarrow is not installed, the file is broken, or has not the columns that it needs.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise ReadingError(source, "Parquet needs pyarrow; pip install 'quotes[parquet]'") from error

    number = 0
    with opened(given, source) as stream:
        try:
            # Its index is at the end; a member of an archive can't be read backwards.
            seekable = stream if isinstance(given, Path) else held(stream, source)
            with ParquetFile(seekable, pre_buffer=False) as file:
                columns = choose(file.schema_arrow.names, mapping, source)
                wanted = sorted({name for names in columns.values() for name in names})
                for batch in file.iter_batches(_ROWS, columns=wanted, use_threads=False):
                    values = {name: _values(batch, name, pyarrow) for name in wanted}
                    for place in range(batch.num_rows):
                        number += 1
                        yield number, row(columns, {name: cells[place] for name, cells in values.items()}.get)
        except (pyarrow.ArrowException, OSError, ValueError, NotImplementedError) as error:
            after = f" after row {number:,}" if number else ""
            raise ReadingError(source, f"broken{after}, or no Parquet file ({_line(error)})") from error


def _values(batch: Any, column: str, pyarrow: Any) -> list[object]:
    """The cells of a column as Python's values."""
    place = batch.schema.get_field_index(column)
    if place < 0:
        return [None] * int(batch.num_rows)
    cells = batch.column(place)
    if pyarrow.types.is_timestamp(cells.type):
        # Nanoseconds and unknown time zones have no value in Python; we need the day.
        cells = cells.cast(pyarrow.timestamp("s"), safe=False).cast(pyarrow.date32(), safe=False)
    found: list[object] = cells.to_pylist()
    return found


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:100]
