"""The commands that give a database to others: `export`, `publish-copy`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..export import FORMATS, GRAPHS, NETWORKS
from .options import database, output_file, quiet, refuse_binary
from .terminal import say

if TYPE_CHECKING:
    from datetime import datetime

    from ..export.source_networks import Network

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="How to write them.")
@output_file
@click.option("--speaker", metavar="NAME", help="Only what speakers of this name said.")
@click.option("--outlet", metavar="NAME", help="Only what outlets of this name printed.")
@click.option("--since", type=DAY, metavar="DAY", help="Only of articles of this day (YYYY-MM-DD) or later.")
@click.option("--until", type=DAY, metavar="DAY", help="Only of articles of this day or before.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Leave out quotes that are less sure than this, from 0 to 1.",
)
@click.option(
    "--network",
    type=click.Choice(NETWORKS),
    help="Of gexf and graphml: outlets and whom they quote, or speakers quoted in one article. [default: quoting]",
)
@database()
@quiet
def export(
    form: str,
    path: Path | None,
    speaker: str | None,
    outlet: str | None,
    since: datetime | None,
    until: datetime | None,
    min_confidence: float,
    network: Network | None,
    db: Path,
    quiet: bool,
) -> None:
    """Write quotes in the formats of other programs, to a file or standard output.

    \b
    csv, xlsx,      a row a quote: for spreadsheets, R, pandas. In CSV a text that a
    jsonl, parquet  spreadsheet would take for a formula begins with an apostrophe.
    gexf, graphml   networks, for Gephi, igraph, networkx
    webannotation   W3C Web Annotations: the words in their article
    csl-json,       the articles as citations, their quotes as notes: for Zotero,
    bibtex          pandoc, LaTeX

    xlsx and parquet need a library more: pip install 'quotes[xlsx]', 'quotes[parquet]'. A sheet of
    xlsx ends at 1,048,576 rows, and the next goes on.

    \b
    Examples:
      quotes export --format csv -o quotes.csv
      quotes export --format xlsx -o watson.xlsx --speaker Watson --since 2025-01-01
      quotes export --format jsonl --min-confidence 0.8 | jq .speaker
      quotes export --format gexf --network together -o together.gexf
      quotes export --format bibtex --outlet "Harbour Courier" -o courier.bib
    """
    from ..export import quote_selection, writers
    from ..store.database import reading
    from .output import output

    refuse_binary(form, path)
    if network and form not in GRAPHS:
        raise click.UsageError(f"--network is for {' and '.join(GRAPHS)}")
    if since and until and since > until:
        raise click.UsageError("--since is after --until")
    first, last = (day.date().isoformat() if day else None for day in (since, until))
    chosen = quote_selection.Selection(speaker, outlet, first, last, min_confidence)
    hidden = quiet or not sys.stderr.isatty() or (path is None and sys.stdout.isatty())
    with reading(db) as opened, quote_selection.snapshot(opened):
        quote_selection.refuse_unknown_names(opened, chosen)
        quotes = quote_selection.count(opened, chosen)
        with (
            output(path, form) as out,
            click.progressbar(length=quotes, label="exported", file=sys.stderr, hidden=hidden) as bar,
        ):
            writers.export(opened, chosen, form, out, bar.update, network or "quoting")
    if not quiet and (path or not quotes):
        say(f"{path or db}: {quotes:,} quote{'s' * (quotes != 1)}")


@click.command("publish-copy")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--without-texts", is_flag=True, help="Leave of each article only the passages round its quotes.")
@database()
@quiet
def publish_copy(target: Path, without_texts: bool, db: Path, quiet: bool) -> None:
    """Make a copy of the database for others: to publish, to hand on.

    TARGET is the file to make; it must not be there. Left out of the copy are what failed to go in,
    how ingests were asked for, what is kept of addresses to fetch them again, who decided what about
    quotes (these are as they were decided), and what is left in the file of articles that were removed;
    sources lose the folders of this machine. The original stays as it is.

    With --without-texts the texts have [...] for all that stands farther than a few words from a
    quote, and say so at their end; older versions of texts are left out. Quotes stand where they
    stood: their pages, search and exports work.

    \b
    Examples:
      quotes publish-copy public.db
      quotes publish-copy public.db --without-texts --db db/korea.db
    """
    from ..export.publishing import publish
    from ..store.database import reading

    with reading(db) as opened:
        length = opened.execute("SELECT count(*) FROM articles").fetchone()[0] if without_texts else 0
        hidden = quiet or not length or not sys.stderr.isatty()
        with click.progressbar(length=length, label="articles", file=sys.stderr, hidden=hidden) as bar:
            publish(opened, target, without_texts=without_texts, advance=bar.update)
    if not quiet:
        say(f"{target}: a copy of {db}{', without the texts of articles' if without_texts else ''}")
