"""Which quotes are worth comparing: those that share a few words in a row."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from .normal_form import GAP

GRAM = 4
"""Words in a row."""
WINDOW = 2
"""Grams of which the one with the least number is kept (winnowing; Schleimer, Wilkerson and Aiken 2003): whatever
five words two quotes share, a gram of theirs is kept in both."""


def grams(form: str) -> frozenset[int]:
    """Return numbers that stand for the runs of words in a normal form: two thirds of the runs of four words.

    Each number fits a signed integer of 64 bits.
    """
    words = [word for word in form.lower().split() if word != GAP]
    return winnowed([number(words[n : n + GRAM]) for n in range(max(1, len(words) - GRAM + 1))])


def winnowed(numbers: list[int]) -> frozenset[int]:
    """Return the least number of each window."""
    return frozenset(min(numbers[n : n + WINDOW]) for n in range(max(1, len(numbers) - WINDOW + 1)))


def number(words: Iterable[str]) -> int:
    """Return a number that stands for words in a row, the same on every machine."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), signed=True)
