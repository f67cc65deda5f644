"""How the time of some work grows with its input: a ratio within one run, never an absolute time."""

from collections.abc import Callable
from time import perf_counter

LARGER = 4
"""How many times larger the larger input is: linear work takes 4 times as long, quadratic 16."""
LEAST = 0.002
"""Seconds; below it a clock measures the machine."""


def growth(work: Callable[[str], object], part: str, length: int) -> float:
    """Return how many times longer work takes on `part` repeated to 4 times the length, best of three."""

    def seconds(text: str) -> float:
        taken = []
        for _ in range(3):
            began = perf_counter()
            work(text)
            taken.append(perf_counter() - began)
        return min(taken)

    small = part * (length // len(part))
    return seconds(small * LARGER) / max(seconds(small), LEAST)


MOST = 2 * LARGER
"""Growth from which the work is no longer linear."""
