"""What is left of a story by which its copies are known."""

from __future__ import annotations

import re
from functools import lru_cache

from ..wordings.grams import number

RUN = 8
"""Words in a row: what outlets write themselves seldom has eight of another's."""
ONE_IN = 24
"""Runs of which one is kept, by its number (as in Manber 1994): 25 of an article of 600 words."""


@lru_cache(maxsize=4_096)
def story_prints(text: str) -> frozenset[int]:
    """Return numbers that stand for one run of eight words in twenty-four, the same ones in every copy."""
    words = re.findall(r"\w+", text.casefold())
    numbers = (number(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
    return frozenset(one for one in numbers if one % ONE_IN == 0)
