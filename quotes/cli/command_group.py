"""The group of all commands: whatever goes wrong outside the program ends with one line and an exit code."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

import click

from ..errors import QuotesError, os_words, sqlite_words
from .options import DATABASE
from .progress import INTERRUPTED
from .terminal import plain, say


class Commands(click.Group):
    """Commands that report an error in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. An error ends it with a line on standard error and exit code 1, Ctrl-C with 130."""
        _replace_closed_streams()
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a character that the terminal lacks is no reason to fail
        with _one_line_errors(ctx):
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # where `| head` has gone, click ends us here in silence; at exit Python would not


@contextmanager
def _one_line_errors(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except QuotesError as error:
        raise click.ClickException(plain(str(error))) from error
    except click.ClickException as error:
        vars(error)["message"] = plain(error.message)  # what was typed may be shown in it
        raise
    except sqlite3.Error as error:
        where = ctx.meta.get(DATABASE, "the database")
        raise click.ClickException(plain(f"{where}: {sqlite_words(error)}")) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _drop_output()
        raise click.ClickException(plain(os_words(error))) from error
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(INTERRUPTED)


def _drop_output() -> None:
    """Discard what could not be written: at exit Python would try again, and print a traceback."""
    if sys.stdout is sys.__stdout__ and sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _replace_closed_streams() -> None:
    """Open standard streams that are closed (`quotes search x >&-`) in the wrong mode, as GNU commands do.

    Using one is then an error. Python sets them to None, and the next file opened would get their descriptor.
    """
    for name, mode, flags in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            opened = open(os.open(os.devnull, flags), mode, encoding="utf-8", errors="replace")  # noqa: PTH123, SIM115
            setattr(sys, name, opened)
            setattr(sys, f"__{name}__", opened)
