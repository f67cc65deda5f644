"""What a cluster has extracted and linked, as a SQLite database: all of it, or some months or outlets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import FileSystem, FileType, SubTreeFileSystem

from ..errors import DatabaseError
from ..ingest.run import Report, Run, database_errors
from ..outlets.directory import by_name
from ..records import Failure, Outlet
from ..store.database import close_database, open_database
from ..store.locking import SharedDatabase
from ..store.writing import Ingest, Writer
from .article_rows import Row, extraction_of_row
from .given_links import Given, GivenLinks
from .spark_session import ClusterError

_PARTS = ds.partitioning(pa.schema([("month", pa.string()), ("outlet", pa.string())]), flavor="hive")
_BATCH = 200
_HOUSE = ("domain", "kind")


def load(
    output: str,
    path: Path,
    *,
    months: Collection[str] = (),
    outlets: Collection[str] = (),
    advance: Callable[[Report, int], None] = lambda report, articles: None,
) -> Report:
    """Make a database of an output, with the links as they were found on the cluster; return how it went.

    output (str): A folder or URI: `s3://bucket/quotes`.
    path (Path): The database, which must be new: it is there when all of it is.
    months, outlets (Collection[str]): Only articles of these, `2025-03` and names as in the articles; all if none are
        given. What is linked with something else stays linked with what is here.
    advance (Callable): Called after each article, with the number of all.
    RAISES (ClusterError): If the output is not finished or has nothing of these.
    RAISES (DatabaseError): If the database is there already or can't be written.
    """
    tables = _Tables(output, months, outlets)
    if path.exists():
        raise DatabaseError(f"{path}: is there already; name a new file with --db, and `quotes ingest` adds to it")
    place = path.with_name(f"{path.name}-loading")
    _remove(place)
    try:
        db = open_database(place)
        with closing(db), database_errors():
            report = _filled(db, tables, advance)
            close_database(db)
        place.replace(path)
    finally:
        _remove(place)
    return report


def _filled(db: SharedDatabase, tables: _Tables, advance: Callable[[Report, int], None]) -> Report:
    pipeline = tables.pipeline()
    links = GivenLinks(db)
    writer = Writer(db, pipeline, linking=links)
    report = Report()
    record = Ingest(db, {"cluster": tables.output}, pipeline)
    run = Run(writer, record, report, lambda report: advance(report, tables.count), str)
    with db.atomic():
        for outlet in tables.outlets():
            writer.outlets.id_of(outlet)
    for articles, said in tables.articles():
        with db.atomic():
            for row in articles:
                run.store(extraction_of_row(row | {"quotes": said.get(row["key"], ())}))
    with db.atomic():
        for row in tables.lost():
            run.fail(Failure(row["source"], row["stage"], row["error"]))
        links.tie_wordings(tables.links("variants"), tables.edges("variant_edges"))
        links.tie_copies(tables.links("copies"), tables.edges("copy_edges"))
        links.join_speakers(tables.links("namings"))
        links.finish()
    run.record.finish()
    return report


class _Tables:
    """The tables of an output, cut down to some months and outlets."""

    def __init__(self, output: str, months: Collection[str], outlets: Collection[str]) -> None:
        self.output = output
        self._files = _system(output)
        if not all(self._has(name, "_SUCCESS") for name in ("articles", "quotes", "failures")):
            raise ClusterError(f"{output}: nothing finished here; `quotes cluster extract INPUT {output}` makes it")
        if not self._has("links", "copy_edges", "_SUCCESS"):
            raise ClusterError(f"{output}: not linked yet; `quotes cluster link {output}` does that")
        wanted = {
            "month": set(months),
            "outlet": {known.name if (known := by_name(name)) else name for name in outlets},
        }
        terms = [ds.field(name).isin(sorted(values)) for name, values in wanted.items() if values]
        self._filter = terms[0] & terms[1] if len(terms) > 1 else terms[0] if terms else None
        self.count = self._parted("articles").count_rows(filter=self._filter)
        if not self.count:
            raise ClusterError(f"{output}: no article of {', '.join([*months, *outlets]) or 'any outlet'}")

    def pipeline(self) -> str:
        """Return what extracted the articles."""
        return str(self._parted("articles").head(1, columns=["pipeline"])["pipeline"][0])

    def outlets(self) -> list[Outlet]:
        """Return the outlets in the order in which articles that are read one after the other name them."""
        first: dict[Outlet, tuple[Any, ...]] = {}
        columns = ["step", "file", "n", "key", "outlet", "outlet_domain", "outlet_kind"]
        columns += ["agency", "agency_domain", "agency_kind"]
        orders: dict[str, tuple[Any, ...]] = {}
        for row in self._rows("articles", columns):
            orders[row["key"]] = order = (row["step"], row["file"], row["n"])
            for place, name in enumerate(("outlet", "agency")):
                if row[name]:
                    outlet = Outlet(row[name], *(row[f"{name}_{part}"] for part in _HOUSE))
                    first[outlet] = min(first.get(outlet, (*order, place)), (*order, place))
        for row in self._rows("quotes", ["key", "n", "via"]):
            if row["via"]:
                outlet = by_name(row["via"]) or Outlet(row["via"])
                order = (*orders[row["key"]], 2 + row["n"])
                first[outlet] = min(first.get(outlet, order), order)
        return sorted(first, key=first.__getitem__)

    def articles(self) -> Iterator[tuple[list[Row], dict[str, list[Row]]]]:
        """Yield articles, some at a time, with the quotes of each by its key."""
        for fragment in self._parted("articles").get_fragments(filter=self._filter):
            part = ds.get_partition_keys(fragment.partition_expression)
            said = self._said(part)
            for batch in fragment.to_batches(schema=self._parted("articles").schema, batch_size=_BATCH):
                yield [self._article(row | part) for row in batch.to_pylist()], said

    def lost(self) -> Iterator[Row]:
        """Yield why articles were left out; what failed in one that was not stands beside that."""
        for row in self._rows("failures", ["key", "source", "stage", "error"]):
            if row["key"] is None:
                yield row

    def links(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table of links."""
        table = ds.dataset(f"links/{name}", filesystem=self._files, format="parquet")
        for batch in table.to_batches():
            yield from batch.to_pylist()

    def edges(self, name: str) -> Iterator[Given]:
        """Yield the edges between texts."""
        for row in self.links(name):
            yield row["shorter"], row["fuller"], row["kind"], row["score"]

    def _article(self, row: Row) -> Row:
        houses: Row = {}
        for name in ("outlet", "agency"):
            house = row.get(name)
            houses[name] = {"name": house, **{part: row[f"{name}_{part}"] for part in _HOUSE}} if house else None
        failures = self._failures().get(row["key"], ())
        return row | houses | {"failures": failures}

    def _failures(self) -> dict[str, list[Row]]:
        if not hasattr(self, "_failed"):
            self._failed: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self._rows("failures", ["key", "stage", "error"]):
                if row["key"] is not None:
                    self._failed[row.pop("key")].append(row)
        return self._failed

    def _said(self, part: dict[str, str | None]) -> dict[str, list[Row]]:
        said: defaultdict[str, list[Row]] = defaultdict(list)
        month, outlet = (_is(name, part.get(name)) for name in ("month", "outlet"))
        for batch in self._parted("quotes").to_batches(filter=month & outlet):
            for row in batch.to_pylist():
                said[row["key"]].append(row)
        for quotes in said.values():
            quotes.sort(key=lambda row: row["n"])
        return said

    def _rows(self, name: str, columns: list[str]) -> Iterator[Row]:
        for batch in self._parted(name).to_batches(columns=columns, filter=self._filter):
            yield from batch.to_pylist()

    def _parted(self, name: str) -> ds.Dataset:
        return ds.dataset(name, filesystem=self._files, format="parquet", partitioning=_PARTS)

    def _has(self, *names: str) -> bool:
        return bool(self._files.get_file_info("/".join(names)).type == FileType.File)


def _is(name: str, value: str | None) -> ds.Expression:
    return ds.field(name).is_null() if value is None else ds.field(name) == value


def _system(output: str) -> Any:
    if "://" in output:
        system, path = FileSystem.from_uri(output.replace("s3a://", "s3://", 1))
        return SubTreeFileSystem(path, system)
    return SubTreeFileSystem(str(Path(output).absolute()), FileSystem.from_uri(Path("/").as_uri())[0])


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
