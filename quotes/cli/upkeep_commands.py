"""The commands for database maintenance: `remove`, `check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import database, quiet
from .terminal import plain, say

SHOWN = 20


@click.command()
@click.argument("articles", nargs=-1, type=int, metavar="[ARTICLE]...")
@click.option("--url", "urls", multiple=True, metavar="URL", help="The article with this URL.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="All articles of this outlet.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="All articles read from this file, folder, archive or URL.",
)
@click.option("-y", "--yes", is_flag=True, help="Don't ask for confirmation.")
@database()
@quiet
def remove(
    articles: tuple[int, ...],
    urls: tuple[str, ...],
    outlets: tuple[str, ...],
    sources: tuple[str, ...],
    yes: bool,
    db: Path,
    quiet: bool,
) -> None:
    """Remove articles from the database, as if they had never been ingested.

    An article goes with its quotes, its old versions, its share of all counts, and the speakers,
    wordings, outlets and topics that nothing else refers to. ARTICLE is its id, as shown on its page and
    in the table of articles. Manual decisions (`quotes speakers`) and the log of ingests are kept.
    A later ingest can bring the article back.

    \b
    Examples:
      quotes remove 12 407
      quotes remove --url https://harbourcourier.example/pier
      quotes remove --outlet "Harbour Courier" --yes
      quotes remove --source articles/wrong/ --db db/korea.db
    """
    from rich.console import Console

    from ..store import removing
    from ..store.database import writing
    from . import output

    if not (articles or urls or outlets or sources):
        raise click.UsageError("name articles by id, --url, --outlet or --source")
    with writing(db) as opened:
        found = removing.find_articles(opened, articles, urls=urls, outlets=outlets, sources=sources)
        if not (quiet and yes):
            output.print_articles(found[:SHOWN], Console(stderr=True))
            if len(found) > SHOWN:
                say(f"... and {len(found) - SHOWN:,} more")
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError("can't ask for confirmation, standard input is not a terminal; pass --yes")
            what = "this article" if len(found) == 1 else f"these {len(found):,} articles"
            click.confirm(plain(f"Remove {what} from {db}?"), abort=True, err=True)
        hidden = quiet or not sys.stderr.isatty()
        with click.progressbar(length=len(found), label="articles", file=sys.stderr, hidden=hidden) as bar:
            gone = removing.remove(opened, found, sources=sources, advance=bar.update)
    if not quiet:
        went = ", ".join(f"{count:,} {table if count != 1 else table[:-1]}" for table, count in gone.items() if count)
        say(f"{db}: removed {went or 'no article'}")


@click.command()
@database()
@quiet
def check(db: Path, quiet: bool) -> None:
    """Check the integrity of a database.

    Checks the file and its indexes, foreign keys, the text of each quote against its article, stored
    counts, and the full-text index. Each problem is a line on standard output with its remedy; the
    exit code is 1 if there is one. Nothing is changed.

    \b
    Examples:
      quotes check
      quotes check --db db/korea.db
    """
    from ..store import checking
    from ..store.database import reading

    faults = 0
    with reading(db) as opened:
        for faults, fault in enumerate(checking.check(opened, db), 1):  # noqa: B007 counted
            click.echo(plain(f"{fault.what}; {fault.remedy}"))
        if not faults and not quiet:
            counts = [opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("articles", "quotes")]
            say(f"{db}: ok, {counts[0]:,} articles and {counts[1]:,} quotes")
    if faults:
        sys.exit(1)
