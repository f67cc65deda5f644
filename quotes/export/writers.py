"""Which writer writes which format, and to where; what the formats are called stands in `export`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast

from sqlite_utils import Database

from . import BINARY, TABLES
from .citations import write_bibtex, write_csl
from .parquet_file import write_parquet
from .quote_rows import COLUMNS, quote_rows
from .quote_selection import Advance, Selection, counted
from .source_networks import WRITERS as GRAPH_WRITERS
from .source_networks import Network, network
from .text_tables import Cell, Column, write_csv, write_jsonl
from .web_annotations import write_annotations
from .workbook import write_xlsx

TableWriter = Callable[[Sequence[Column], Iterable[Sequence[Cell]], IO[Any]], None]
Writer = Callable[[Database, Selection, IO[Any], Advance], None]

TABLE_WRITERS: dict[str, TableWriter] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
OTHER_WRITERS: dict[str, Writer] = {
    "webannotation": write_annotations,
    "csl-json": write_csl,
    "bibtex": write_bibtex,
}


def export(
    db: Database, selection: Selection, form: str, out: IO[Any], advance: Advance, which: Network = "quoting"
) -> None:
    """Write the quotes that are meant in one of `FORMATS`; within a `snapshot`.

    out (IO): Of bytes where the format is one of `BINARY`, else of text.
    advance (Callable): Told of rows as they are written: quotes, or nodes and edges.
    """
    if form in TABLES:
        TABLE_WRITERS[form](COLUMNS, counted(quote_rows(db, selection), advance), out)
    elif form in GRAPH_WRITERS:
        GRAPH_WRITERS[form](network(db, selection, which, advance), out)
    else:
        OTHER_WRITERS[form](db, selection, out, advance)


@contextmanager
def written(path: Path, form: str) -> Iterator[IO[Any]]:
    """A file to write a format into, which takes its place when it is whole; what was there stays until then.

    CSV begins with a byte order mark: without it Excel takes UTF-8 for something else.
    """
    text = {"encoding": "utf-8-sig" if form == "csv" else "utf-8", "newline": ""}
    mode, how = ("wb", {}) if form in BINARY else ("w", text)
    if path.exists() and not path.is_file():  # a pipe, a device
        with cast(IO[Any], path.open(mode, **how)) as out:  # type: ignore[call-overload]
            yield out
        return
    # Beside it: a rename is whole only within one file system.
    target = path.resolve()
    with NamedTemporaryFile(mode, dir=target.parent, prefix=f".{target.name[:50]}-", delete=False, **how) as out:  # type: ignore[call-overload]
        try:
            yield out
            out.close()
            Path(out.name).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
            Path(out.name).replace(target)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    os.umask(mask := os.umask(0o077))
    return mask
