"""The options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from ..export import BINARY


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


DATABASE = "quotes.database"
"""Key in the context's `meta` for the path of the database, for errors that don't know it."""


def _noted(context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    context.meta[DATABASE] = path
    return path


database = partial(
    click.option,
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("db/quotes.db"),
    show_default=True,
    callback=_noted,
    help="The SQLite database.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Print errors only: no progress bar, no summary.")
table_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Output format.",
)
output_file = click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="The file to write. [default: standard output]",
)


def refuse_binary(form: str, path: Path | None) -> None:
    """Refuse to write what is no text to standard output."""
    if form in BINARY and path is None:
        raise click.UsageError(f"{form} is no text; name a file: -o quotes.{form}")


workers = click.option(
    "--workers",
    type=click.IntRange(0),
    default=cores,
    metavar="N",
    help="Worker processes; 0 extracts in this one. [default: one per core]",
)


def _columns(_context: click.Context, _parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(columns.values()):
        raise click.BadParameter("write FIELD=COLUMN, such as text=body")
    return columns


class _Kind(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A format of sources; `?` lists them."""

    name = "KIND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the kind."""
        from ..reading.kinds import DESCRIPTIONS

        if value == "?":
            width = max(map(len, DESCRIPTIONS))
            click.echo("\n".join(f"{kind:{width}}  {what}" for kind, what in DESCRIPTIONS.items()))
            raise click.exceptions.Exit
        if value not in DESCRIPTIONS:
            self.fail(f"{value!r} is not one of {', '.join(DESCRIPTIONS)}", param, ctx)
        return str(value)


language = click.option(
    "--language",
    type=click.Choice(["en", "any"]),
    default="en",
    show_default=True,
    help="Language of the articles to accept.",
)


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for reading sources; the command receives them as one `ReadOptions`."""

    @wraps(command)
    def asking(*args: Any, **options: Any) -> None:
        from ..reading import ReadOptions

        read_options = ReadOptions(**{name: options.pop(name) for name in ReadOptions.__slots__})
        command(*args, read_options=read_options, **options)

    options = (
        click.option(
            "--outlet", metavar="NAME", callback=_name, help="The outlet of all articles, overriding what they say."
        ),
        click.option(
            "--as", "kind", type=_Kind(), help="The format of the sources, overriding detection; ? lists all."
        ),
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            callback=_columns,
            help="The column of a table with text (or html), outlet, title, byline, published, url or language.",
        ),
        click.option(
            "--dates",
            type=click.Choice(["day-first", "month-first"]),
            help="Of a table: how to read 03/04/2025. [default: as the other dates of the column show]",
        ),
        click.option("--user-agent", metavar="TEXT", callback=_agent, help="The User-Agent header to send."),
        click.option(
            "--delay",
            type=click.FloatRange(0),
            default=1.0,
            show_default=True,
            metavar="SECONDS",
            help="Minimum delay between requests to one host.",
        ),
        click.option("--allow-private", is_flag=True, help="Allow private addresses too, such as 127.0.0.1."),
    )
    for option in reversed(options):
        asking = option(asking)
    return asking


def _name(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    return _as_text(name)


def _agent(_context: click.Context, _parameter: click.Parameter, agent: str | None) -> str | None:
    if agent is not None and not (agent.isascii() and agent.isprintable() and agent.strip()):
        raise click.BadParameter("must be printable ASCII")
    return agent


def _as_text(name: str | None) -> str | None:
    """Return a name as it is stored: single spaces, valid UTF-8."""
    return " ".join(name.encode("utf-8", "replace").decode().split()) if name else None
