"""The commands that keep a database in order: `remove`, `check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import database, quiet
from .terminal import plain, say

SHOWN = 20


@click.command()
@click.argument("articles", nargs=-1, type=int, metavar="[ARTICLE]...")
@click.option("--url", "urls", multiple=True, metavar="URL", help="The article with this address.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="All that this outlet printed.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="All that was read from this file, folder, archive or address.",
)
@click.option("-y", "--yes", is_flag=True, help="Don't ask.")
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
    """Take articles out of the database, as if they had never come in.

    With an article go its quotes, its old texts, what is counted of it, and the speakers, wordings,
    outlets and topics that nothing else leads to. ARTICLE is its number, as its page and the
    table of articles have it. What was decided by hand (`quotes speakers`) and the record of ingests
    stay. Ingested again, it comes in again.

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
        raise click.UsageError("name articles, or say --url, --outlet or --source")
    with writing(db) as opened:
        found = removing.find_articles(opened, articles, urls=urls, outlets=outlets, sources=sources)
        if not (quiet and yes):
            output.print_articles(found[:SHOWN], Console(stderr=True))
            if len(found) > SHOWN:
                say(f"... and {len(found) - SHOWN:,} more")
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError("nobody is there to be asked; say --yes to remove them")
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
    """Check that a database is sound.

    The file and its indexes, what leads to rows that are not there, the words of each quote in its
    article, what is counted, full-text search. Each fault is a line on standard output with what to
    do about it; the exit code is 1 if there is one. Nothing is changed.

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
            say(f"{db}: sound, {counts[0]:,} articles and {counts[1]:,} quotes")
    if faults:
        sys.exit(1)
