"""How the time of some work grows with its input: a ratio within one run, never an absolute time."""

from collections.abc import Callable
from time import process_time

LARGER = 4
"""How many times larger the larger input is: linear work takes 4 times as long, quadratic 16."""
MOST = 2 * LARGER
"""Growth from which the work is no longer linear."""
LEAST = 0.002
"""Seconds; below it a clock measures the machine."""
ROUNDS = 5


def growth(work: Callable[[str], object], part: str, length: int) -> float:
    """Return how many times longer work takes on `part` repeated to 4 times the length.

    The time is that of this process alone, the best of rounds that take the small and the large
    input in turns: a busy neighbour then weighs on neither, or on both.
    """
    small = part * (length // len(part))
    large = small * LARGER
    rounds = [(_seconds(work, small), _seconds(work, large)) for _ in range(ROUNDS)]
    least, most = (min(taken) for taken in zip(*rounds, strict=True))
    return most / max(least, LEAST)


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = process_time()
    work(text)
    return process_time() - began
