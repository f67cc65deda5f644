"""The `quotes` command."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from . import __version__
from .errors import QuotesError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ingest import Report
    from .records import Extraction

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
DEFAULT_DB = Path("db/quotes.db")
DEMO_DB = Path("db/demo.db")
SHOWN_FAILURES = 20

database = partial(
    click.option,
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    show_default=True,
    help="The SQLite file.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress and no summary, errors only.")
outlet = click.option(
    "--outlet",
    metavar="NAME",
    callback=lambda _ctx, _parameter, name: _as_text(name),
    help="Who printed the articles, over what the files say.",
)


class Commands(click.Group):
    """Commands whose errors are one line each."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; our own errors end it with a line on standard error and exit code 1, Ctrl-C with 130."""
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to fail
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(INTERRUPTED)
        finally:
            sys.stdout.flush()  # where `| head` has gone, click ends us here in silence; at exit Python would not


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


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@database(default=DEFAULT_DB)
@outlet
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=cores,
    metavar="N",
    help="Processes that extract; 0 to use none but this one. [default: one a core]",
)
@quiet
def ingest(sources: tuple[str, ...], db: Path, outlet: str | None, workers: int, quiet: bool) -> None:
    """Put articles into the database.

    A SOURCE is a text file, a folder of them, or - for standard input. What was ingested before
    and has not changed is passed over. What fails is listed, and recorded in the table
    ingest_failures; the rest goes in. The exit code is 0 if everything went in.

    \b
    Examples:
      quotes ingest articles/
      quotes ingest a.txt b.txt --outlet "The Korea Herald" --db db/korea.db
      pdftotext story.pdf - | quotes ingest -
    """
    report = _ingest(sources, db, outlet, quiet, workers)
    if not quiet:
        _summarize(report, db)
    _say_failures(report)
    if report.stopped:
        _say_stopped(db)
    if report.failures:
        sys.exit(1)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    help="How to print them. [default: table on a terminal, jsonl in a pipe]",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Leave out quotes that are less sure than this, from 0 to 1.",
)
@outlet
def extract(sources: tuple[str, ...], form: str | None, min_confidence: float, outlet: str | None) -> None:
    """Print the quotes of articles, without a database.

    \b
    Examples:
      quotes extract story.txt
      quotes extract --format jsonl articles/*.txt > quotes.jsonl
      quotes extract --min-confidence 0.8 story.txt
      curl -s https://example.org/story.txt | quotes extract --format csv -
    """
    from . import printing

    failed: list[str] = []
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    extractions = _extractions(sources, outlet, min_confidence, failed)
    if form == "table":
        from rich.console import Console

        printing.print_table(extractions, Console())
    else:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # programs read it, whatever the terminal's encoding
        print_form = printing.print_csv if form == "csv" else printing.print_jsonl
        print_form(extractions, sys.stdout)
    if failed:
        sys.exit(1)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--speaker", metavar="NAME", help="Only what speakers of this name said.")
@click.option("--outlet", metavar="NAME", help="Only what outlets of this name printed.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@database(default=DEFAULT_DB)
def search(words: tuple[str, ...], speaker: str | None, outlet: str | None, limit: int, db: Path) -> None:
    """Find quotes by their words: all of them, in any order.

    Put a phrase in quotation marks of its own, end a word in * for all that begin so. The exit
    code is 1 if nothing was found.

    \b
    Examples:
      quotes search artillery ammunition
      quotes search '"actively advancing"' --speaker Watson
      quotes search negotiat* --outlet "Korea Herald"
    """
    from rich.console import Console

    from . import printing
    from .store import searching
    from .store.database import open_database

    with open_database(db, create=False) as opened:
        hits = searching.search(opened, " ".join(words), speaker=speaker, outlet=outlet, limit=limit)
        if not printing.print_hits(hits, Console()):
            raise click.ClickException("no quote holds all of these words")


@main.command()
@database(default=DEFAULT_DB)
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve(db: Path, port: int, open_browser: bool) -> None:
    """Browse the database in Datasette, on this machine only.

    \b
    Examples:
      quotes serve --open
      quotes serve --db db/demo.db --port 8002
    """
    from . import serving
    from .store.database import close_database, open_database

    close_database(open_database(db, create=False))
    serving.serve(db, port, open_browser)


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

    from . import printing
    from .store import searching
    from .store.database import open_database

    report = _ingest([str(Path(__file__).parent / "samples")], db, None, quiet, 0)
    _say_failures(report)
    with open_database(db) as opened:
        printing.print_hits(
            searching.shared(opened), Console(), title="Who said what, in more than one outlet", short=True
        )
    if not quiet:
        _summarize(report, db)
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
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print the figures.",
)
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
    from .evaluation.gold import read_gold
    from .evaluation.scoring import Scores
    from .evaluation.systems import SYSTEMS
    from .printing import print_figures

    articles = list(read_gold(gold, texts))
    find_quotes, scores = SYSTEMS[system](), Scores()
    with click.progressbar(articles, label="articles", file=sys.stderr, hidden=quiet or not sys.stderr.isatty()) as bar:
        for article in bar:
            scores.add(article, find_quotes(article.path))
    for kind in ("missed", "spurious", "wrong speaker"):
        for line in [line for line in scores.errors if line.startswith(kind)][:errors]:
            click.echo(line, err=True)
    print_figures(scores.figures(), form, sys.stdout)


def _ingest(sources: Iterable[str], db: Path, outlet: str | None, quiet: bool, workers: int) -> Report:
    from .ingest import ingest as run
    from .reading import articles
    from .store.database import close_database, open_database

    opened = open_database(db)
    try:
        with _progress(sources, quiet) as advance:
            read = articles(sources, outlet)
            return run(read, opened, workers=workers, outlet_given=outlet is not None, advance=advance)
    except KeyboardInterrupt:
        _say_stopped(db)
    finally:
        close_database(opened)


@contextmanager
def _progress(sources: Iterable[str], quiet: bool) -> Iterator[Callable[[Report], None]]:
    """A bar on standard error, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda report: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from .reading import find

    total = sum(1 for _ in find(sources))  # counted and found again: a million files are too many to hold
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[quotes]} quotes"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("articles", total=total, quotes=0)
        yield lambda report: progress.update(task, advance=1, quotes=report.quotes)


def _extractions(
    sources: Iterable[str], outlet: str | None, min_confidence: float, failed: list[str]
) -> Iterator[Extraction]:
    """Yield what was said in each of the files; name those that fail on standard error, and add them to `failed`."""
    from . import pipeline
    from .errors import ReadingError, one_line
    from .reading import articles
    from .records import Extraction

    nlp = pipeline.build()
    for article in articles(sources, outlet):
        try:
            if isinstance(article, ReadingError):
                raise article
            extraction = pipeline.extract(nlp, article)
        except Exception as error:
            source = article.source
            failed.append(source)
            click.echo(f"Error: {source}: {one_line(error, source)}", err=True)
        else:
            sure = tuple(quote for quote in extraction if quote.confidence >= min_confidence)
            yield Extraction(extraction.article, sure)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _summarize(report: Report, db: Path) -> None:
    parts = [_counted(report.new, "new article"), _counted(report.quotes, "quote")]
    parts += [f"{report.updated} updated"] * bool(report.updated)
    parts += [f"{report.unchanged} unchanged"] * bool(report.unchanged)
    parts += [f"{len(report.failures)} failed"] * bool(report.failures)
    click.echo(f"{db}: {', '.join(parts)}", err=True)


def _say_stopped(db: Path) -> NoReturn:
    click.echo(f"Stopped. What went in before is safe in {db}; the same command goes on from there.", err=True)
    sys.exit(INTERRUPTED)


def _say_failures(report: Report) -> None:
    for failure in report.failures[:SHOWN_FAILURES]:
        click.echo(f"Error: {failure.source}: {failure.error}", err=True)
    if len(report.failures) > SHOWN_FAILURES:
        click.echo(f"... and {len(report.failures) - SHOWN_FAILURES} more, in the table ingest_failures", err=True)


def _as_text(name: str | None) -> str | None:
    """A name as it can be stored: single spaces, and no bytes that are no UTF-8."""
    return " ".join(name.encode("utf-8", "replace").decode().split()) if name else None
