"""Paragraphs out of lines as wires have them: wrapped to a column, parted by blank lines or by an indent."""

from __future__ import annotations

import re

_INDENT = 2  # columns that an indent has at least: Reuters' has 4, AFP's and ANSA's 3
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_GLUED = re.compile(r"[.,;:!?)](?:\s|$)")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each in one line.

    A paragraph begins after a blank line, and at a line that stands further in than others do: where all
    stand as far in, as an editor of XML leaves them, the indent says nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").expandtabs(4)
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    base = min(map(_indent, lines), default=0)
    found: list[str] = []
    for block in _BLANK.split(text):
        found += _of_block([line for line in block.split("\n") if line.strip()], base)
    return found


def _of_block(lines: list[str], base: int) -> list[str]:
    if len(lines) > 1 and all(_ENDS_SENTENCE.search(line.rstrip()) for line in lines):
        return [" ".join(line.split()) for line in lines]
    found: list[str] = []
    for number, line in enumerate(lines):
        words = " ".join(line.split())
        if number and _indent(line) < base + _INDENT:
            found[-1] += words if _GLUED.match(words) else f" {words}"
        else:
            found.append(words)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
