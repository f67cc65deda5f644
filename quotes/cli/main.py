"""The `quotes` command."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..export import TABLES
from ..version import __version__
from .cluster_commands import cluster
from .command_group import Commands
from .export_commands import export, publish_copy
from .extracting import extractions
from .ingest_commands import demo, ingest, retry
from .linking_commands import disagreements, link, speakers
from .options import database, output_file, quiet, reading, refuse_binary, table_or_json
from .report_commands import report
from .review_commands import by, correct, decisions
from .terminal import say
from .trace_command import trace
from .upkeep_commands import check, remove

if TYPE_CHECKING:
    from ..reading import ReadOptions

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="quotes")
def main() -> None:
    """Who said what, and where: quotes and their sources from English news articles.

    \b
    Examples:
      quotes demo                          try it on the sample articles
      quotes ingest articles/              ingest a folder into db/quotes.db
      quotes serve --open                  explore it in the browser
      quotes search "arms deal"            search quotes from the shell
      quotes extract story.txt             print the quotes of one article
    """
    # An article has small matrices: on two cores two threads take twice the CPU time of one, and longer by the clock.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command()
@database()
@table_or_json
def status(db: Path, form: str) -> None:
    """Show the contents of the database, and what failed.

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
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Maximum number of rows.")
@database()
def changes(limit: int, db: Path) -> None:
    """List quotes that new versions of articles added, dropped or reworded, the latest first.

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
            say("no article has changed its quotes")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *TABLES]),
    help="Output format. [default: table on a terminal, jsonl in a pipe or a file]",
)
@output_file
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="CONFIDENCE",
    help="Leave out quotes of lower confidence than this, from 0 to 1.",
)
@reading
def extract(
    sources: tuple[str, ...], form: str | None, path: Path | None, min_confidence: float, read_options: ReadOptions
) -> None:
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
    found = extractions(sources, read_options, min_confidence, failed)
    with output.output(path, form) as out:
        if form == "table":
            from rich.console import Console

            output.print_table(found, Console(file=out))
        elif form == "jsonl":
            output.print_records(found, out)
        else:
            output.print_rows(form, output.COLUMNS, output.quote_cells(found), out)
    if failed:
        sys.exit(1)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--speaker", metavar="NAME", help="Only quotes of speakers with this name.")
@click.option("--outlet", metavar="NAME", help="Only quotes in outlets with this name.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Maximum number of rows.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="Output format; csv and jsonl as `quotes export` writes them.",
)
@database()
def search(words: tuple[str, ...], speaker: str | None, outlet: str | None, limit: int, form: str, db: Path) -> None:
    """Search quotes for all of these words, in any order.

    Enclose a phrase in quotation marks of its own; end a word in * to search for a prefix. The exit
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
            raise click.ClickException("no quote contains all of these words")


@main.command()
@database()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Accept this host name too, behind a proxy say; without it only localhost, 127.0.0.1 and [::1].",
)
@click.option("--review", is_flag=True, help="Let whoever has the printed link review and correct quotes.")
@by
def serve(db: Path, port: int, open_browser: bool, hosts: tuple[str, ...], review: bool, by: str) -> None:
    """Serve the database in Datasette, on this machine only.

    With --review, quotes can be accepted, rejected and corrected in the browser, the least sure first, by whoever
    opens the link that is printed. Without it nothing can be changed.

    \b
    Examples:
      quotes serve --open
      quotes serve --review --open
      quotes serve --db db/demo.db --port 8002
      quotes serve --allow-host news.example.org
    """
    from ..plugin import serving

    if review and hosts:
        raise click.UsageError("--review is for this machine alone: it goes without --allow-host")
    if review:
        say("To review, open the link below with auth-token in it; it works once, for whoever has it.")
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # it is printed there, which may be a pipe
    serving.serve(db, port, open_browser, hosts, reviewer=by if review else None)


@main.command()
@click.argument("gold", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("texts", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--db",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Measure against the quotes that were accepted, corrected, rejected and added in this database.",
)
@click.option(
    "--system",
    type=click.Choice(["quotes", "textacy"]),
    default="quotes",
    show_default=True,
    help="The system to measure: this package, or textacy's direct_quotations on the same parses.",
)
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List up to N errors of each type.")
@table_or_json
@quiet
def evaluate(
    gold: Path | None, texts: Path | None, db: Path | None, system: str, errors: int, form: str, quiet: bool
) -> None:
    """Measure accuracy against articles annotated by hand, or reviewed in a database.

    GOLD is a folder of JSON files, one per article; TEXTS is the folder of the articles that they
    name. Figures go to standard output, errors to standard error. A piece of content counts as found
    when it overlaps by half (intersection over union of letters and digits). With --db, articles in which
    something was decided (`quotes serve --review`, `quotes correct`) are read anew; quotes about which nothing was
    decided count neither way.

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
      quotes evaluate --db db/quotes.db
    """
    from ..evaluation.gold import read_gold
    from ..evaluation.scoring import Scores
    from ..evaluation.systems import SYSTEMS
    from ..export.decided_gold import decided_gold
    from ..reading import Found, read_article
    from ..store.database import reading as reading_database
    from .output import print_figures

    if db and not gold:
        with reading_database(db) as opened:
            articles = list(decided_gold(opened))
        if not articles:
            raise click.ClickException(f"{db}: nothing was decided about its quotes; see `quotes serve --review`")
    elif gold and texts and not db:
        annotated = read_gold(gold, texts)
        articles = [(one, read_article(Found(str(one.path), one.path))) for one in annotated]
    else:
        raise click.UsageError("give GOLD and TEXTS, or --db")
    find_quotes, scores = SYSTEMS[system](), Scores()
    with click.progressbar(articles, label="articles", file=sys.stderr, hidden=quiet or not sys.stderr.isatty()) as bar:
        for of_gold, article in bar:
            scores.add(of_gold, find_quotes(article))
    for kind in ("missed", "spurious", "wrong speaker"):
        for line in [line for line in scores.errors if line.startswith(kind)][:errors]:
            say(line)
    print_figures(scores.figures(), form, sys.stdout)


for command in (
    ingest, retry, demo, link, speakers, disagreements, correct, decisions, remove, check, export, report, publish_copy,
    trace, cluster,
):  # fmt: skip
    main.add_command(command)
