"""What a terminal is shown: nothing in it moves the cursor, changes colours or letters' order, or rings."""

from __future__ import annotations

import re

import click

# Control characters of both sets (U+009B begins a sequence as ESC [ does), marks that turn the direction of what
# follows, ends of lines, and halves of characters, which are no UTF-8.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def plain(text: str) -> str:
    """Return a text as one line in which nothing commands the terminal: file names, titles, what servers answer."""
    return _CONTROL.sub(" ", text)


def say(line: str) -> None:
    """Print a line on standard error."""
    click.echo(plain(line), err=True)
