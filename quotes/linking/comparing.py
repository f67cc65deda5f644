"""Which texts are worth comparing, and what comes of it; a database and a cluster decide by the same rules."""

from __future__ import annotations

from typing import NamedTuple

COMMON = 128
"""Texts with one gram, beyond which it is what everybody says, and finds no candidates."""
FEWEST_SHARED = 0.15
"""Of the grams of the text that has fewer, to be worth comparing."""


class Edge(NamedTuple):
    """How two texts are alike; `conflict` keeps them, and what they are alike, apart."""

    shorter: int
    fuller: int
    kind: str
    score: float


def is_worth_it(shared: int, grams_of_one: int, grams_of_other: int) -> bool:
    """Return whether two texts are worth comparing.

    shared (int): Grams that both have and that are not common.
    """
    return shared > 0 and shared >= FEWEST_SHARED * min(grams_of_one, grams_of_other)
