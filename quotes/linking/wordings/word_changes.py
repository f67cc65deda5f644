"""How the words of a variant differ from those of a fuller one: same, left out, put in, cut at an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORK = 1_000_000
"""Words of the fullest form times words that a variant has in common with it, over all variants of a page: 0.6 s if
they are made to be hard. Two hundred variants of forty words are a third of it."""

Change = Literal["same", "left out", "put in", "cut"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a variant that the fullest has too, that it leaves out of it, or that it puts in.

    What it leaves out at either end is `cut`.
    """

    change: Change
    text: str


def word_changes(fullest: str, variants: Iterable[str]) -> dict[str, list[Piece]]:
    """Return each variant as pieces, with what it leaves out of the fullest; marks and letters' case are no difference.

    Those that are too much work beside the others are one piece as they stand.
    """
    before = _words(fullest)
    bare = list(map(_bare, before))
    times = Counter(bare)
    found = {}
    left = MOST_WORK
    for variant in dict.fromkeys(variants):
        after = _words(variant)
        other = list(map(_bare, after))
        work = len(bare) * min(len(other), sum(times[word] for word in other))
        if work > left:
            found[variant] = [Piece("same", variant)]
            continue
        left -= work
        matcher = SequenceMatcher(None, bare, other, autojunk=False)
        found[variant] = _pieces(before, after, matcher)
    return found


def _pieces(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> list[Piece]:
    found: list[Piece] = []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", " ".join(after[begin:stop])))
            continue
        is_end = start == 0 or end == len(before)
        lost: Change = "cut" if is_end and end - start > stop - begin else "left out"
        changes: tuple[tuple[Change, list[str]], ...] = ((lost, before[start:end]), ("put in", after[begin:stop]))
        found += [Piece(change, " ".join(words)) for change, words in changes if words]
    return found


def _words(text: str) -> list[str]:
    """Return words with the marks beside them; a mark that stands alone is no word."""
    words: list[str] = []
    for word in text.split():
        if words and (not _bare(word) or not _bare(words[-1])):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _bare(word: str) -> str:
    """Return a word without the marks around it. Those within it, and a minus, are of it: 1.5, -3."""
    start = next((n for n, character in enumerate(word) if character.isalnum()), len(word))
    end = next((n for n in range(len(word), start, -1) if word[n - 1].isalnum()), start)
    if start and word[start - 1] == "-" and word[start : start + 1].isdecimal():
        start -= 1
    return word[start:end].replace("’", "'").casefold()
