"""The commands that ingest articles: `ingest`, `retry`, `demo`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import database, language, quiet, reading, workers
from .progress import progress, report_outcome, say_failures, say_stopped, say_stopping, summarize, waiting
from .terminal import say

if TYPE_CHECKING:
    from ..ingest.run import Report
    from ..reading import ReadOptions

DEMO_DB = Path("db/demo.db")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@database()
@reading
@language
@click.option("--force", is_flag=True, help="Extract unchanged articles anew too. Decisions made by hand are kept.")
@workers
@quiet
def ingest(
    sources: tuple[str, ...], db: Path, read_options: ReadOptions, language: str, force: bool, workers: int, quiet: bool
) -> None:
    """Ingest articles into the database.

    A SOURCE is a file, a folder, the URL of a page or feed, or - for standard input. A file holds
    one article or many, in any of the formats that `--as ?` lists: text, HTML, PDF, office
    documents, feeds, agency feeds, mail, exports of news databases, tables with one article per row
    (SQLite: news.db or news.db#table), answers of news services, web archives, or an archive of
    these. The format is detected from the contents. Unchanged articles are skipped. Failures are
    listed, and recorded in the table ingest_failures; the rest is ingested. The exit code is 0 if
    nothing failed. After Ctrl-C the same command resumes the ingest.

    \b
    Examples:
      quotes ingest articles/
      quotes ingest a.txt page.html --outlet "The Korea Herald" --db db/korea.db
      quotes ingest https://example.org/feed.xml
      quotes ingest export.csv --map text=body --map outlet=source
      quotes ingest CC-NEWS-20250304.warc.gz --workers 8
      quotes ingest hits.json --map text=_source.body
    """
    if report_outcome(_ingest(sources, db, read_options, quiet, workers, language, force=force), db, quiet):
        sys.exit(1)


@click.command()
@database()
@click.option(
    "--language",
    type=click.Choice(["en", "any"]),
    help="Language of the articles to accept. [default: as in the failed ingest]",
)
@workers
@quiet
def retry(db: Path, language: str | None, workers: int, quiet: bool) -> None:
    """Retry failed articles, with the options of their ingest.

    Articles that went in without all their quotes are retried too. Standard input and pipes can't be
    read again: they are listed, and stay among the failures.

    \b
    Examples:
      quotes retry
      quotes retry --db db/korea.db
      quotes retry --language any          include articles refused as not English
    """
    from ..reading import ReadOptions
    from ..reading.source_names import NotReadAgainError, source_of
    from ..store.database import reading
    from ..store.local_folders import folders
    from ..store.status import to_retry

    with reading(db) as opened:
        waiting = list(to_retry(opened))
    if not waiting and not quiet:
        say(f"{db}: nothing to retry")
    failed, places = False, folders(db)
    for options, failures in waiting:
        labels: dict[str, str] = {}
        for one in failures:
            try:
                source, called = source_of(one, places)
                labels[source] = called
            except NotReadAgainError as error:
                failed = True
                say(f"Error: {one}: {error}; ingest it again")
        then = str(options.pop("language", "en"))
        if labels:
            report = _ingest(list(labels), db, ReadOptions(**options), quiet, workers, language or then, labels)
            failed |= report_outcome(report, db, quiet)
    if failed:
        sys.exit(1)


@click.command()
@database(default=DEMO_DB)
@quiet
def demo(db: Path, quiet: bool) -> None:
    """Ingest the sample articles and print words that several of them share.

    \b
    Examples:
      quotes demo
      quotes demo --db /tmp/demo.db
    """
    from rich.console import Console

    from ..reading import ReadOptions
    from ..store import searching
    from ..store.database import open_database
    from . import output

    report = _ingest([str(Path(__file__).parents[1] / "samples")], db, ReadOptions(), quiet, 0)
    say_failures(report)
    with open_database(db) as opened:
        output.print_hits(
            searching.shared(opened), Console(), title="Who said what, in more than one outlet", short=True
        )
    if not quiet:
        summarize(report, db)
        click.echo(f"Browse it:  quotes serve --open --db {shlex.quote(str(db))}")
        click.echo(f"Search it:  quotes search telephone --db {shlex.quote(str(db))}")


def _ingest(
    sources: Sequence[str],
    db: Path,
    read_options: ReadOptions,
    quiet: bool,
    workers: int,
    language: str = "en",
    again: Mapping[str, str] | None = None,
    *,
    force: bool = False,
) -> Report:
    """Ingest sources; `again` are those of a retry, with their names in the database."""
    from ..ingest.run import ingest as run
    from ..ingest.workers import pipeline_extract
    from ..reading import articles
    from ..reading.source_names import label, labels_of
    from ..store.database import close_database, open_database
    from ..store.fetches import StoredFetches
    from ..store.local_folders import keep_folders

    opened = open_database(db, on_wait=waiting(db, quiet))
    fetched = StoredFetches(opened, again or (), force=force)
    labels = labels_of(sources) if again is None else again
    if again is None:
        keep_folders(db, labels)
    options = {**asdict(read_options), "language": language}
    try:
        with progress(sources, quiet) as advance:
            read = articles(sources, read_options, fetched)
            report = run(
                read, opened, workers=workers, outlet_given=read_options.outlet is not None,
                force=force, options=options,
                advance=advance, stopping=say_stopping,
                factory=partial(pipeline_extract, any_language=language == "any"),
                label=partial(label, labels=labels),
            )  # fmt: skip
        if not report.stopped:
            fetched.store()
        return report
    except KeyboardInterrupt:
        say_stopped(db)
    finally:
        close_database(opened)
