"""What commands ask for: the options that several of them share."""

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
"""Under which the context of a command keeps the path of its database, for errors that don't know it."""


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
    help="The SQLite file.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress and no summary, errors only.")
table_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
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
    help="Processes that extract; 0 for none but this one. [default: one a core]",
)


def _columns(_context: click.Context, _parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(columns.values()):
        raise click.BadParameter("write FIELD=COLUMN, as text=body")
    return columns


class _Kind(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A kind of source; `?` lists them."""

    name = "KIND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the kind."""
        from ..reading.kinds import SOURCE_KINDS

        if value == "?":
            click.echo("\n".join(SOURCE_KINDS))
            raise click.exceptions.Exit
        if value not in SOURCE_KINDS:
            self.fail(f"{value!r} is none of {', '.join(SOURCE_KINDS)}", param, ctx)
        return str(value)


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how sources are to be read; they come in as one `Asked`."""

    @wraps(command)
    def asking(*args: Any, **options: Any) -> None:
        from ..reading import Asked

        asked = Asked(**{name: options.pop(name) for name in Asked.__slots__})
        command(*args, asked=asked, **options)

    options = (
        click.option("--outlet", metavar="NAME", callback=_name, help="Who printed the articles, whatever they say."),
        click.option("--as", "kind", type=_Kind(), help="What the sources are, over their looks; ? lists kinds."),
        click.option(
            "--map",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            callback=_columns,
            help="Of a table: which column holds text (or html), outlet, title, byline, published, url, language.",
        ),
        click.option("--user-agent", metavar="TEXT", callback=_agent, help="What servers are told of who asks."),
        click.option(
            "--delay",
            type=click.FloatRange(0),
            default=1.0,
            show_default=True,
            metavar="SECONDS",
            help="Between requests to one host, at least.",
        ),
        click.option("--allow-private", is_flag=True, help="Fetch from private addresses too, such as 127.0.0.1."),
    )
    for option in reversed(options):
        asking = option(asking)
    return asking


def _name(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    return _as_text(name)


def _agent(_context: click.Context, _parameter: click.Parameter, agent: str | None) -> str | None:
    if agent is not None and not (agent.isascii() and agent.isprintable() and agent.strip()):
        raise click.BadParameter("needs words in ASCII")
    return agent


def _as_text(name: str | None) -> str | None:
    """A name as it can be stored: single spaces, and no bytes that are no UTF-8."""
    return " ".join(name.encode("utf-8", "replace").decode().split()) if name else None
