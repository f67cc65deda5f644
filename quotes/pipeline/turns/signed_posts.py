"""Posts and comments of readers, one below the other, each signed in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .article_lines import ArticleLines, Turn
from .turn_lines import Label, is_like_a_name

_HANDLE = re.compile(r"(?P<who>@\w{2,30})\.?")
_NAME = re.compile(r"(?P<who>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){1,3})\.")
"""With a full stop: a name without one may be a heading."""
_FEWEST = 3
"""Signatures, from which an article is seen to be made of what they sign: two of 648 annotated ones are."""
_SHORTEST = 4
"""Words of a post."""
_MOST = 12
"""Paragraphs of a comment."""


def signed(lines: ArticleLines) -> Iterator[Turn]:
    """Yield the posts of an article, each signed below: `Let the river be.`, and in the next line `@harbourmayor`."""
    signatures = {n: found for n in range(1, len(lines.lines)) if (found := _signature(lines, n))}
    if len(signatures) < _FEWEST:
        return
    first = next(iter(signatures))  # above whose post stands what all of them are about
    for n, found in signatures.items():
        most = 1 if n == first or found.kind == "handle" else _MOST
        posts = tuple(lines.lines[m] for m in sorted(_above(lines, n, most)))
        if posts:
            lines.taken.add(n)
            yield lines.turn_of(found, posts)


def _above(lines: ArticleLines, n: int, most: int) -> Iterator[int]:
    """Yield the paragraphs that a line signs, which are taken with it: up to a heading."""
    for m in range(n - 1, max(-1, n - 1 - most), -1):
        if m in lines.taken or not lines.is_prose(*lines.lines[m]) or _is_short(lines, m):
            return
        lines.taken.add(m)
        yield m


def _is_short(lines: ArticleLines, n: int) -> bool:
    return len(lines.text[slice(*lines.lines[n])].split()) < _SHORTEST


def _signature(lines: ArticleLines, n: int) -> Label | None:
    """Return who a line names that is nothing else, if the one above it is a post."""
    (start, end), above = lines.lines[n], lines.lines[n - 1]
    line = lines.text[start:end]
    handle = _HANDLE.fullmatch(line)
    found = handle or _NAME.fullmatch(line)
    if found is None or n in lines.taken or _is_short(lines, n - 1):
        return None
    who = start + found.start("who"), start + found.end("who")
    named = handle or (is_like_a_name(found["who"]) and lines.names.has("PERSON", who))
    if not named or not lines.is_prose(*above) or (handle is None and not _is_comment(lines, n)):
        return None
    return Label(who, None, end, "handle" if handle else "name")


def _is_comment(lines: ArticleLines, n: int) -> bool:
    """Whether a name signs a comment: no answer to a question, nor a letter, which has the place below."""
    if n + 1 < len(lines.lines) and _is_short(lines, n + 1) and not _HANDLE.fullmatch(lines.text, *lines.lines[n + 1]):
        return False
    return lines.text[lines.lines[n - 1][1] - 1] != "?"
