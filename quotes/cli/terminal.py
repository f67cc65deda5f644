"""Text made safe for a terminal: no escape sequences, no bidirectional controls, no bell."""

from __future__ import annotations

import re

import click

# C0 and C1 control characters (U+009B begins a sequence as ESC [ does), bidirectional controls, line and paragraph
# separators, and lone surrogates, which are not valid UTF-8.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def plain(text: str) -> str:
    """Return untrusted text (file names, titles, answers of servers) as one line without control characters."""
    return _CONTROL.sub(" ", text)


def say(line: str) -> None:
    """Print a line on standard error."""
    click.echo(plain(line), err=True)
