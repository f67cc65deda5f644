"""Datasette, started with our metadata and the limits that our pages need."""

from __future__ import annotations

import gc
import io
import socket
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import yaml

from ..errors import DatabaseError, QuotesError
from ..store.database import close_database, is_old, is_read_alone, open_database, reading

# Datasette drops a facet without a word after 200 ms; counting a large table takes longer.
SETTINGS = {
    "facet_time_limit_ms": 2000,
    "sql_time_limit_ms": 5000,
    "default_page_size": 50,
    "num_sql_threads": 4,
    "cache_size_kb": 32_768,
}
COLLECTED = (20_000, 20, 20)
"""How many objects come between two collections of garbage: a page of a table makes thousands, and with Python's 700
the collector takes a tenth to a quarter of its time."""
STEPS = 20_000
"""Steps of SQLite, some milliseconds, after which a query is asked whether it takes too long. After 1,000, as Datasette
has it, it waits for Python so often that beside three other readers it takes half as long again."""
LARGE = 200_000
"""Quotes of a database whose tables are shown without facets: Datasette counts each anew for every page, a fifth of a
second a million. The page of quotes has them all; in a table `?_facet=` still asks for one."""


def metadata_path() -> Path:
    """Return where `metadata.yml` lies: in the installed package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "metadata.yml"
    return packaged if packaged.exists() else package.parent / "metadata.yml"


def serve(
    database: Path, port: int, open_browser: bool, hosts: Iterable[str] = (), *, reviewer: str | None = None
) -> None:
    """Serve a database on 127.0.0.1 until the process is stopped.

    Where it can be written an old one is brought up to date first; where it can't, it is served as it is.
    hosts (Iterable[str]): Names by which it may be asked for, besides those of this machine.
    reviewer (str | None): The name that signs decisions about quotes made in the browser, by whoever has the link that
        is printed; None if nothing is to be decided there.
    RAISES (QuotesError): If something else listens on that port, the file is no database of ours, or is to be reviewed
        and can't be written.
    """
    from . import datasette_compat
    from .host_check import LOCAL, HostCheck
    from .review.reviewing import NAME, Review

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise QuotesError(f"port {port} can't be used ({error.strerror}); choose another with --port") from error
    with _readable(database) as options:
        gc.set_threshold(*COLLECTED)
        datasette_compat.replace_time_limit(time_limit)  # no setting of Datasette's says how often it asks
        datasette_compat.register_plugin(HostCheck((*LOCAL, *hosts)), "quotes: host check")
        if reviewer is not None and "--immutable" in options:
            raise QuotesError(f"{database}: can't be written, so it can't be reviewed")
        is_large = quotes_in(database) > LARGE
        arguments = [*options, "--host", "127.0.0.1", "--port", str(port)]
        for name, value in {**SETTINGS, "suggest_facets": "off" if is_large else "on"}.items():
            arguments += ["--setting", name, str(value)]
        # In place of files that are named by --metadata and --config: there may be no room for them.
        configuration = datasette_compat.configuration(metadata_for(database, with_facets=not is_large))
        files = {name: io.StringIO(_as_yaml(content)) for name, content in configuration.items()}
        if reviewer is None:
            datasette_compat.run_serve(arguments + ["--open"] * open_browser, files)
            return
        review = Review(database, reviewer)
        datasette_compat.register_plugin(review, NAME)
        try:
            datasette_compat.run_serve([*arguments, "--root"] + ["--open"] * open_browser, files)
        finally:
            review.close()


@contextmanager
def _readable(database: Path) -> Iterator[list[str]]:
    """Yield the arguments by which Datasette reads a database, wherever it lies.

    Datasette's own ways are to lay locks beside the file, and to read nothing but the file (`--immutable`). Where the
    first can't be and a part of the database still stands in the log, a copy is served.
    """
    with reading(database) as opened:
        alone = is_read_alone(database)
        if alone == "with its log":
            with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
                copy = Path(folder, database.name)
                with closing(sqlite3.connect(copy)) as written:
                    opened.conn.backup(written)
                yield ["--immutable", str(copy)]
            return
        old = is_old(opened)
    if alone == "immutable":
        yield ["--immutable", str(database.resolve())]
    else:
        if old:
            close_database(open_database(database, create=False))
        yield [str(database.resolve())]


@contextmanager
def time_limit(connection: sqlite3.Connection, milliseconds: float) -> Iterator[None]:
    """Interrupt what runs on a connection in this context and takes longer: as Datasette does, asking less often."""
    deadline = time.perf_counter() + milliseconds / 1000
    connection.set_progress_handler(lambda: time.perf_counter() >= deadline, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, STEPS)


def quotes_in(database: Path) -> int:
    """Return about how many quotes a database holds, 0 if it is not ours."""
    try:
        with reading(database) as db:
            return int(db.execute("SELECT max(id) FROM quotes").fetchone()[0] or 0)
    except (DatabaseError, sqlite3.DatabaseError):
        return 0


def metadata_for(database: Path, *, with_facets: bool = True) -> dict[str, Any]:
    """Return our metadata, for a database of any name: Datasette goes by the file's stem."""
    from .datasette_compat import tilde_encode

    text = metadata_path().read_text(encoding="utf-8").replace('href="quotes/', f'href="{tilde_encode(database.stem)}/')
    loaded: dict[str, Any] = yaml.safe_load(text)
    described = loaded["databases"]["quotes"]
    if not with_facets:
        for table in described["tables"].values():
            table.pop("facets", None)
    loaded["databases"] = {database.stem: described}
    return loaded


def _as_yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
