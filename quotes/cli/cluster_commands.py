"""The commands for a cluster: `quotes cluster extract`, `link`, `load`."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import QuotesError
from .options import database, language, quiet, reading
from .progress import report_outcome
from .terminal import say

if TYPE_CHECKING:
    from ..ingest.run import Report
    from ..reading import ReadOptions

_EVERY = 0.5
"""Seconds between looks at what Spark is doing."""

master = click.option(
    "--master",
    metavar="URL",
    help="The Spark cluster. [default: as spark-submit or the configuration says, else the cores of this machine]",
)


@click.group()
def cluster() -> None:
    """Extract and link on Apache Spark what is too much for one machine.

    Needs Java and pip install 'quotes[cluster]'. INPUT and OUTPUT are folders or URIs that Spark
    reaches: local, s3a://, gs://, hdfs://.

    \b
    Examples:
      quotes cluster extract warc/ out/
      quotes cluster link out/
      quotes cluster load out/ --db one.db --month 2025-03
    """


@cluster.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("output")
@reading
@language
@click.option(
    "--partitions",
    type=click.IntRange(1),
    metavar="N",
    help="Tasks of a step; some hundred articles for each are a good number. [default: spark.sql.shuffle.partitions]",
)
@click.option(
    "--files-per-step",
    "files_a_step",
    type=click.IntRange(1),
    metavar="N",
    help="Input files that are finished together. [default: one per core]",
)
@master
@quiet
def extract(
    inputs: tuple[str, ...],
    output: str,
    read_options: ReadOptions,
    language: str,
    partitions: int | None,
    files_a_step: int | None,
    master: str | None,
    quiet: bool,
) -> None:
    """Extract the quotes of all files in INPUT into Parquet tables in OUTPUT.

    An INPUT is a file, folder or pattern; a file holds articles in any format that `quotes ingest`
    reads. OUTPUT gets the tables articles, quotes, quote_spans and failures, by month and outlet.
    Files that OUTPUT has already are passed over: after an interrupt, or when files have come, the
    same command goes on. What can't be read or extracted is a row in the table failures.

    \b
    Examples:
      quotes cluster extract warc/ out/
      quotes cluster extract "s3a://bucket/CC-NEWS-202503*.warc.gz" s3a://bucket/quotes/
      quotes cluster extract hdfs:///news hdfs:///quotes --master yarn --partitions 2000
    """
    with _spark(master, "quotes extract") as spark, _progress(spark, "files", quiet) as advance:
        from ..cluster.extraction_run import extract_files
        from ..ingest.workers import pipeline_extract

        done = extract_files(
            spark,
            inputs,
            output,
            options=read_options,
            partitions=partitions,
            files_a_step=files_a_step,
            factory=partial(pipeline_extract, language == "any"),
            advance=lambda progress: advance(progress.files_done, progress.files, f"{progress.quotes:,} quotes"),
        )
    if not quiet:
        before = f", {done.files_before:,} of them before" if done.files_before else ""
        lost = f", {done.lost:,} failed (see the table failures)" if done.lost else ""
        say(f"{output}: {done.files:,} files{before}; {done.articles:,} articles, {done.quotes:,} quotes{lost}")


@cluster.command()
@click.argument("output")
@master
@quiet
def link(output: str, master: str | None, quiet: bool) -> None:
    """Link speakers, wordings and copies across all articles in OUTPUT.

    The result is what `quotes ingest` would find, whatever the number of machines. It is found
    anew each time, from the tables that `quotes cluster extract` has written.

    \b
    Examples:
      quotes cluster link out/
      quotes cluster link s3a://bucket/quotes/ --master yarn
    """
    with _spark(master, "quotes link") as spark, _progress(spark, "linking", quiet):
        from ..cluster.linked_tables import write_links
        from ..cluster.output_folder import OutputFolder

        write_links(OutputFolder(spark, output))
    if not quiet:
        say(f"{output}: linked; quotes cluster load {output} --db quotes.db makes a database of it")


@cluster.command()
@click.argument("output")
@click.option("--month", "months", multiple=True, metavar="YYYY-MM", help="Only articles of this month.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only articles of this outlet.")
@database()
@quiet
def load(output: str, months: tuple[str, ...], outlets: tuple[str, ...], db: Path, quiet: bool) -> None:
    """Make a SQLite database of OUTPUT, whole or in part, without Spark.

    Links are as `quotes cluster link` found them: a wording or a speaker keeps the quotes that are
    in the part. `quotes ingest --db` adds articles to the database afterwards.

    \b
    Examples:
      quotes cluster load out/ --db db/quotes.db
      quotes cluster load s3://bucket/quotes/ --db march.db --month 2025-03
      quotes cluster load out/ --db courier.db --outlet "Harbour Courier"
    """
    try:
        from ..cluster.loading import load as run
    except ImportError as error:
        raise QuotesError("Parquet needs pyarrow; pip install 'quotes[cluster]'") from error

    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(length=0, label="articles", file=sys.stderr, hidden=hidden) as bar:

        def advance(report: Report, articles: int) -> None:
            bar.length = articles
            bar.update(report.done - bar.pos)

        report = run(output, db, months=months, outlets=outlets, advance=advance)
    report_outcome(report, db, quiet)


@contextmanager
def _spark(master: str | None, name: str) -> Iterator[Any]:
    try:
        from ..cluster.spark_session import session
    except ImportError as error:
        raise QuotesError("Spark needs pyspark and pyarrow; pip install 'quotes[cluster]'") from error

    with session(master, name) as spark:
        yield spark


@contextmanager
def _progress(spark: Any, what: str, quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show on standard error, if that is a terminal, what is done, and the tasks of Spark's job meanwhile."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, more: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[more]}"))
    ended = threading.Event()
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        files, tasks = (bar.add_task(name, total=None, more="") for name in (what, "tasks"))

        def look() -> None:
            tracker = spark.sparkContext.statusTracker()
            while not ended.is_set():
                stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
                now = [stage for stage in stages if stage]
                total = sum(stage.numTasks for stage in now)
                bar.update(tasks, completed=sum(stage.numCompletedTasks for stage in now), total=total or None)
                time.sleep(_EVERY)

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            yield lambda done, total, more: bar.update(files, completed=done, total=total, more=more)
        finally:
            ended.set()
            looking.join()
