"""Headlines and subheads that say who says something in their own short way: `Bridge is safe: Brill`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...lexicon.source_nouns import PEOPLE, ROLES
from ...records import Span

LONGEST_HEADLINE = 22
"""Words of a headline."""
_FIRST = 2
"""Paragraphs of a text that may be its headline though they end with a full stop: an address may stand above it."""
_LONGEST_SUBHEAD = 12
_LONGEST_SOURCE, _LONGEST_LAST = 6, 5
"""Words of a source before what it says, and after it."""
_ENDS = re.compile(r"[.!?:;,…][\"”’'»)]*$")
_PARTS = re.compile(r"(?<=[^\s:]):\s+(?=\S)|\s(?:--?|[–—])\s(?=\S)")
_QUOTE_FIRST = re.compile(r"(?<=[\"”’'])\s?:\s+(?=\S)")
_CROWDS = frozenset(
    """fans voters customers users shoppers drivers commuters pupils tenants bosses unions charities councillors
    lawmakers firefighters nurses viewers listeners players owners council government ministry union club firm company
    court coroner watchdog regulator charity fm ceo boss report study survey poll review audit inquiry police""".split()
)
_SPEAKERS = PEOPLE | ROLES | _CROWDS
"""What heads a source that has no name."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A headline that may be a source and what it says.

    said_first (bool): Whether the words come before their source.
    mark (Span): The colon or dash between them.
    """

    source: Span
    content: Span
    mark: Span
    said_first: bool


def title_lines(text: str, lines: Sequence[Span], headline: Span | None) -> Iterator[int]:
    """Yield which of the paragraphs of a text are its headline or subheads."""
    for n, line in enumerate(lines):
        words = len(text[slice(*line)].split())
        above = line == headline or (n < _FIRST and words <= LONGEST_HEADLINE)
        if above or (words <= _LONGEST_SUBHEAD and not _ENDS.search(text, *line)):
            yield n


def parts_of(text: str, line: Span) -> Iterator[Parts]:
    """Yield what a headline is if its colon or dash parts words from their source."""
    end = line[1] - (text[line[1] - 1] in ".;")
    for match in _PARTS.finditer(text, line[0], end):
        before, after = (line[0], match.start()), (match.end(), end)
        colon = ":" in match.group()
        if colon and len(text[slice(*before)].split()) <= _LONGEST_SOURCE:
            yield Parts(before, after, match.span(), said_first=False)
        if len(text[slice(*after)].split()) <= _LONGEST_LAST:
            yield Parts(after, before, match.span(), said_first=True)


def quote_and_source(text: str, line: Span) -> tuple[int, Span] | None:
    """Return where a quote that begins a headline ends, and whose it is: `‘A disgrace’: fans react`."""
    match = _QUOTE_FIRST.search(text, *line)
    if match is None:
        return None
    words = list(re.finditer(r"\S+", text[match.end() : line[1]]))[:_LONGEST_LAST]
    for n, word in enumerate(words[:-1]):
        if is_speaker(word.group()) and not is_speaker(words[n + 1].group()):
            return match.start(), (match.end(), match.end() + word.end())
    return None


def is_speaker(word: str) -> bool:
    """Return whether a noun is of somebody or something that speaks: `Police`, `minister`, `poll`."""
    return word.lower() in _SPEAKERS
