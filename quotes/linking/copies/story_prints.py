"""What is left of a story by which its copies are known."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from ..wordings.grams import number

RUN = 8
"""Words in a row: what outlets write themselves seldom has eight of another's."""
ONE_IN = 24
"""Runs of which one is kept, by its number (as in Manber 1994): 25 of an article of 600 words."""
COMMON = 1_000
"""Articles with one print, beyond which it finds no candidates: so many outlets carry a story of their agency."""
COPIED = 0.6
"""Share of the prints of the shorter article that the other one has. Of two reports of one event that outlets wrote
themselves, 0 to .2: what they quote."""
FEWEST = 4
"""Prints that two articles share at least: some 100 words that are the same."""
NEAREST = "score DESC, fuller.words, fuller.sha256"
"""How SQL is to order the fuller articles that one is a copy of, the one that it is tied to first."""


@lru_cache(maxsize=4_096)
def story_prints(text: str) -> frozenset[int]:
    """Return numbers that stand for one run of eight words in twenty-four, the same ones in every copy."""
    words = re.findall(r"\w+", text.casefold())
    numbers = (number(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
    return frozenset(one for one in numbers if one % ONE_IN == 0)


def share(prints: Collection[int], other_prints: Collection[int]) -> float | None:
    """Return the share of prints of the article with fewer that the other has; None if neither is a copy of the other.

    prints, other_prints (Collection[int]): As `story_prints` returns them.
    """
    shared = len(set(prints).intersection(other_prints))
    score = shared / min(len(prints), len(other_prints))
    return None if shared < FEWEST or score < COPIED else round(score, 3)


def fullness(prints: Collection[int], sha256: str, url: str | None, source: str) -> tuple[int, str, str, str]:
    """Return what articles are sorted by so that of two copies the fuller one comes first."""
    return -len(prints), sha256, url or "", source
