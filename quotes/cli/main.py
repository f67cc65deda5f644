"""The `quotes` command."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import __version__
from ..export import TABLES
from .command_group import Commands
from .export_commands import export, publish_copy
from .linking_commands import disagreements, link, speakers
from .options import database, output_file, quiet, reading, refuse_binary, table_or_json, workers
from .progress import progress, say_failures, say_stopped, say_stopping, summarize, told, waiting
from .terminal import say
from .upkeep_commands import check, remove

if TYPE_CHECKING:
    from ..ingest.run import Report
    from ..reading import Asked
    from ..records import Extraction

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
DEMO_DB = Path("db/demo.db")


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="quotes")
def main() -> None:
    """Who said what, and where: quotes and their sources from English news articles.

    \b
    Examples:
      quotes demo                          try it on the articles that come with it
      quotes ingest articles/              put a folder of articles into db/quotes.db
      quotes serve --open                  look around in the browser
      quotes search "arms deal"            find quotes from the shell
      quotes extract story.txt             see the quotes of one article
    """
    # An article has small matrices: on two cores two threads take twice the CPU time of one, and longer by the clock.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@database()
@reading
@click.option(
    "--language", type=click.Choice(["en", "any"]), default="en", show_default=True, help="Articles to take in."
)
@workers
@quiet
def ingest(sources: tuple[str, ...], db: Path, asked: Asked, language: str, workers: int, quiet: bool) -> None:
    """Put articles into the database.

    A SOURCE is a file, a folder, the address of a page or feed, or - for standard input. A file is
    an article as text or HTML, a feed (RSS, Atom, JSON), a table with a row an article (CSV, JSON
    lines, Parquet, SQLite: news.db or news.db#table), a web archive (WARC), or a zip or tar archive
    of these; its bytes tell which. What was ingested before and has not changed is passed over.
    What fails is listed, and recorded in the table ingest_failures; the rest goes in. The exit code
    is 0 if everything went in. After Ctrl-C the same command goes on where it stopped.

    \b
    Examples:
      quotes ingest articles/
      quotes ingest a.txt page.html --outlet "The Korea Herald" --db db/korea.db
      quotes ingest https://example.org/feed.xml
      quotes ingest export.csv --map text=body --map outlet=source
      quotes ingest CC-NEWS-20250304.warc.gz --workers 8
      pdftotext story.pdf - | quotes ingest -
    """
    if told(_ingest(sources, db, asked, quiet, workers, language), db, quiet):
        sys.exit(1)


@main.command()
@database()
@click.option("--language", type=click.Choice(["en", "any"]), help="Articles to take in, if not those of then.")
@workers
@quiet
def retry(db: Path, language: str | None, workers: int, quiet: bool) -> None:
    """Read again what failed to go in, or went in without all its quotes, as it was asked for then.

    What came by standard input or a pipe can't be read again: it is listed, and stays among what failed.

    \b
    Examples:
      quotes retry
      quotes retry --db db/korea.db
      quotes retry --language any          what was left out as it is not in English too
    """
    from ..reading import Asked
    from ..reading.source_names import NotReadAgainError, source_of
    from ..store.database import reading
    from ..store.places import folders
    from ..store.status import to_retry

    with reading(db) as opened:
        waiting = list(to_retry(opened))
    if not waiting and not quiet:
        say(f"{db}: nothing has failed that is not in by now")
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
            report = _ingest(list(labels), db, Asked(**options), quiet, workers, language or then, labels)
            failed |= told(report, db, quiet)
    if failed:
        sys.exit(1)


@main.command()
@database()
@table_or_json
def status(db: Path, form: str) -> None:
    """Show what is in the database, and what failed to go in.

    \b
    Examples:
      quotes status
      quotes status --db db/korea.db --format json
    """
    from rich.console import Console

    from ..store import status as stored
    from ..store.database import reading
    from . import output

    with reading(db) as opened:
        output.print_status(stored.status(opened), form, Console(), sys.stdout)


@main.command()
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@database()
def changes(limit: int, db: Path) -> None:
    """List the quotes that appeared, vanished or were reworded in new versions of articles, the latest first.

    \b
    Examples:
      quotes changes
      quotes changes -n 500 --db db/korea.db
    """
    from rich.console import Console

    from ..store.changes import stored_changes
    from ..store.database import reading
    from . import output

    with reading(db) as opened:
        if not output.print_changes(stored_changes(opened, limit), Console()):
            say("no article has come in a version with other quotes")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *TABLES]),
    help="How to print them. [default: table on a terminal, jsonl in a pipe or a file]",
)
@output_file
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Leave out quotes that are less sure than this, from 0 to 1.",
)
@reading
def extract(sources: tuple[str, ...], form: str | None, path: Path | None, min_confidence: float, asked: Asked) -> None:
    """Print the quotes of articles, without a database.

    \b
    Examples:
      quotes extract story.txt
      quotes extract --format jsonl articles/*.txt > quotes.jsonl
      quotes extract --format xlsx -o quotes.xlsx articles/
      quotes extract --min-confidence 0.8 story.txt
      curl -s https://example.org/story.txt | quotes extract --format csv -
    """

    from . import output

    failed: list[str] = []
    form = form or ("table" if path is None and sys.stdout.isatty() else "jsonl")
    refuse_binary(form, path)
    extractions = _extractions(sources, asked, min_confidence, failed)
    with output.output(path, form) as out:
        if form == "table":
            from rich.console import Console

            output.print_table(extractions, Console(file=out))
        elif form == "jsonl":
            output.print_records(extractions, out)
        else:
            output.print_rows(form, output.COLUMNS, output.quote_cells(extractions), out)
    if failed:
        sys.exit(1)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--speaker", metavar="NAME", help="Only what speakers of this name said.")
@click.option("--outlet", metavar="NAME", help="Only what outlets of this name printed.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print them: csv and jsonl as `quotes export` writes them.",
)
@database()
def search(words: tuple[str, ...], speaker: str | None, outlet: str | None, limit: int, form: str, db: Path) -> None:
    """Find quotes by their words: all of them, in any order.

    Put a phrase in quotation marks of its own, end a word in * for all that begin so. The exit
    code is 1 if nothing was found.

    \b
    Examples:
      quotes search artillery ammunition
      quotes search '"actively advancing"' --speaker Watson
      quotes search negotiat* --outlet "Korea Herald"
      quotes search ferry --format csv -n 1000 > ferry.csv
    """
    from rich.console import Console

    from ..export.quote_rows import COLUMNS, rows_of
    from ..store import searching
    from ..store.database import reading
    from . import output

    with reading(db) as opened:
        hits = list(searching.search(opened, " ".join(words), speaker=speaker, outlet=outlet, limit=limit))
        if form == "table":
            output.print_hits(hits, Console())
        else:
            with output.output(None, form) as out:
                output.print_rows(form, COLUMNS, rows_of(opened, (hit.id for hit in hits)), out)
        if not hits:
            raise click.ClickException("no quote holds all of these words")


@main.command()
@database()
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, as behind a proxy or in a container; else to localhost, 127.0.0.1 and [::1] only.",
)
def serve(db: Path, port: int, open_browser: bool, hosts: tuple[str, ...]) -> None:
    """Browse the database in Datasette, on this machine only.

    \b
    Examples:
      quotes serve --open
      quotes serve --db db/demo.db --port 8002
      quotes serve --allow-host news.example.org
    """
    from ..plugin import serving

    serving.serve(db, port, open_browser, hosts)


@main.command()
@database(default=DEMO_DB)
@quiet
def demo(db: Path, quiet: bool) -> None:
    """Ingest the sample articles and show who said what.

    \b
    Examples:
      quotes demo
      quotes demo --db /tmp/demo.db
    """
    from rich.console import Console

    from ..reading import Asked
    from ..store import searching
    from ..store.database import open_database
    from . import output

    report = _ingest([str(Path(__file__).parents[1] / "samples")], db, Asked(), quiet, 0)
    say_failures(report)
    with open_database(db) as opened:
        output.print_hits(
            searching.shared(opened), Console(), title="Who said what, in more than one outlet", short=True
        )
    if not quiet:
        summarize(report, db)
        click.echo(f"Browse it:  quotes serve --open --db {shlex.quote(str(db))}")
        click.echo(f"Search it:  quotes search telephone --db {shlex.quote(str(db))}")


@main.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("texts", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--system",
    type=click.Choice(["quotes", "textacy"]),
    default="quotes",
    show_default=True,
    help="What finds the quotes: this package, or textacy's direct_quotations on the same trees.",
)
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List N of each kind of error.")
@table_or_json
@quiet
def evaluate(gold: Path, texts: Path, system: str, errors: int, form: str, quiet: bool) -> None:
    """Measure against articles annotated by hand.

    GOLD is a folder of JSON files, one an article; TEXTS is the folder of the articles that they
    name. Figures go to standard output, errors to standard error. A piece of content is found
    when it overlaps by half (intersection over union of letters and digits).

    \b
    A gold file:
      {"doc": "story.txt", "quotes": [
        {"text": "“We knew,”", "kind": "direct", "speaker": "Mara Ellison", "speaker_type": "person"},
        {"text": "that they knew", "occurrence": 2, "kind": "indirect", "speaker": "a spokesperson",
         "speaker_type": "unnamed", "via": "Reuters", "optional": true}]}

    \b
    Examples:
      quotes evaluate gold/ articles/ --errors 20
      quotes evaluate gold/ articles/ --system textacy
    """
    from ..evaluation.gold import read_gold
    from ..evaluation.scoring import Scores
    from ..evaluation.systems import SYSTEMS
    from .output import print_figures

    articles = list(read_gold(gold, texts))
    find_quotes, scores = SYSTEMS[system](), Scores()
    with click.progressbar(articles, label="articles", file=sys.stderr, hidden=quiet or not sys.stderr.isatty()) as bar:
        for article in bar:
            scores.add(article, find_quotes(article.path))
    for kind in ("missed", "spurious", "wrong speaker"):
        for line in [line for line in scores.errors if line.startswith(kind)][:errors]:
            say(line)
    print_figures(scores.figures(), form, sys.stdout)


def _ingest(
    sources: Sequence[str],
    db: Path,
    asked: Asked,
    quiet: bool,
    workers: int,
    language: str = "en",
    again: Mapping[str, str] | None = None,
) -> Report:
    """Put sources into the database; `again` are those of a retry, by the names that they have there."""
    from ..ingest.run import ingest as run
    from ..ingest.workers import pipeline_extract
    from ..reading import articles
    from ..reading.source_names import label, labels_of
    from ..store.database import close_database, open_database
    from ..store.fetches import StoredFetches
    from ..store.places import keep_folders

    opened = open_database(db, on_wait=waiting(db, quiet))
    fetched = StoredFetches(opened, again or ())
    labels = labels_of(sources) if again is None else again
    if again is None:
        keep_folders(db, labels)
    options = {**asdict(asked), "language": language}
    try:
        with progress(sources, quiet) as advance:
            read = articles(sources, asked, fetched)
            report = run(
                read, opened, workers=workers, outlet_given=asked.outlet is not None, options=options,
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


def _extractions(
    sources: Iterable[str], asked: Asked, min_confidence: float, failed: list[str]
) -> Iterator[Extraction]:
    """Yield what was said in each of the files; name those that fail on standard error, and add them to `failed`."""
    from .. import pipeline
    from ..errors import ExtractionError, ReadingError, one_line
    from ..reading import Unchanged, articles
    from ..records import Extraction

    nlp = pipeline.build()
    for article in articles(sources, asked):
        if isinstance(article, Unchanged):
            continue
        extraction: Extraction | None = None
        try:
            if isinstance(article, ReadingError):
                raise article
            extraction = pipeline.extract(nlp, article)
        except Exception as error:
            source = article.source
            failed.append(source)
            say(f"Error: {source}: {one_line(error, source)}")
            if isinstance(error, ExtractionError):
                extraction = error.extraction
        if extraction:
            sure = tuple(quote for quote in extraction if quote.confidence >= min_confidence)
            yield Extraction(extraction.article, sure)


for command in (link, speakers, disagreements, remove, check, export, publish_copy):
    main.add_command(command)
