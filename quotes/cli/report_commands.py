"""The command `report`: who gets to speak."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from .options import database, output_file, quiet
from .terminal import say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from ..plugin.counts.selection import Selection

DAY = click.DateTime(["%Y-%m-%d"])
BY = ("outlet", "subject", "month")
FORMS = ("table", "csv", "json", "html")


@click.command()
@click.option("--by", type=click.Choice(BY), default="outlet", show_default=True, help="What to have a row for.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet printed.")
@click.option("--subject", metavar="NAME", help="Only articles on this subject, such as politics.")
@click.option("--month", metavar="MONTH", help="Only articles of this month (YYYY-MM).")
@click.option("--since", type=DAY, metavar="DAY", help="Only articles of this day (YYYY-MM-DD) or later.")
@click.option("--until", type=DAY, metavar="DAY", help="Only articles of this day or before.")
@click.option("--each-story-once", "once", is_flag=True, help="Count copies of one story once a row, by the first.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="table",
    show_default=True,
    help="How to write it; html is a page of A4 for each month and outlet.",
)
@output_file
@database()
@quiet
def report(
    by: str,
    outlet: str | None,
    subject: str | None,
    month: str | None,
    since: datetime | None,
    until: datetime | None,
    once: bool,
    form: str,
    path: Path | None,
    db: Path,
    quiet: bool,
) -> None:
    """Report who gets to speak: women and men, named and unnamed sources, officials and others.

    Quotes and sources are counted by outlet, subject or month. Gender is what the articles show,
    and is not shown of many; officials are told by their roles. Shares are of the numbers beside
    them, and left out where these are below 30. Copies of a story count as often as they were
    printed, unless --each-story-once.

    \b
    Examples:
      quotes report
      quotes report --by month --outlet "Harbour Courier" --each-story-once
      quotes report --by subject --since 2026-01-01 --format csv -o voices.csv
      quotes report --month 2026-03 --format html -o march.html
    """
    from ..plugin import voice_report
    from ..plugin.counts.counting import matching
    from ..plugin.counts.quote_columns import read_columns
    from ..store.database import reading
    from . import output

    with reading(db) as opened:
        selection = _selection(opened, outlet, subject, month, since, until)
        columns = read_columns(opened.conn)
        if not len(matching(columns, selection)):
            raise click.ClickException("there is no quote of what was asked for")
        with output.output(path, form) as out:
            if form == "html":
                pages = len(voice_report.sheets(columns, selection))
                hidden = quiet or path is None or not sys.stderr.isatty()
                with click.progressbar(length=pages, label="pages", file=sys.stderr, hidden=hidden) as bar:
                    voice_report.write_html(opened.conn, columns, selection, out, once=once, advance=bar.update)
                told = f"{pages:,} page{'s' * (pages != 1)}"
            else:
                rows = list(voice_report.rows(opened.conn, columns, selection, cast(Any, by), once=once))
                total = voice_report.total(columns, selection, once=once)
                output.print_voices(by, rows, total, form, out)
                told = f"{len(rows):,} row{'s' * (len(rows) != 1)}"
    if path and not quiet:
        say(f"{path}: {told}")


def _selection(
    db: Database,
    outlet: str | None,
    subject: str | None,
    month: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Selection:
    """Return what the options ask for.

    RAISES (UsageError): Where one means nothing, or not one thing.
    """
    from ..plugin.counts.facets import FACETS
    from ..plugin.counts.selection import Selection, in_order

    if since and until and since > until:
        raise click.UsageError("--since is after --until")
    chosen = {name: _numbered(db, name, asked) for name, asked in (("outlet", outlet), ("subject", subject)) if asked}
    if month:
        number = FACETS["month"].number(month)
        if number is None:
            raise click.UsageError(f"--month {month}: write it as YYYY-MM")
        chosen["month"] = number
    first, last = (day.date().isoformat() if day else "" for day in (since, until))
    return Selection("", in_order(chosen), first, last)


def _numbered(db: Database, name: str, asked: str) -> int:
    """Return the number of the outlet, or the subject, of a name: the whole name, or a part that only one has."""
    from ..lexicon.plain_letters import plain_name

    wanted = plain_name(asked)
    named = {plain_name(found): (number, found) for number, found in db.execute(f"SELECT id, name FROM {name}s")}
    if wanted in named:
        return int(named[wanted][0])
    alike = sorted(found for plain, (_, found) in named.items() if wanted in plain)
    if not alike:
        every = f": there are {', '.join(sorted(found for _, found in named.values()))}" if name == "subject" else ""
        raise click.UsageError(f"--{name} {asked}: no {name} has this in its name{every}")
    if len(alike) > 1:
        more = f" and {len(alike) - 5} more" if len(alike) > 5 else ""
        raise click.UsageError(
            f"--{name} {asked}: several have this in their name, give one in full: {', '.join(alike[:5])}{more}"
        )
    return int(named[plain_name(alike[0])][0])
