"""How the words of a text stand to its quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .marks import Quotation

MARKED = OUTSIDE, DOUBLE, SINGLE, OPENS, CLOSES, BROKEN = tuple(range(6))
"""Outside, inside double or single marks, first or last word of a quotation, inside one that has lost a mark."""


def covered(starts: NDArray[np.int64], ends: NDArray[np.int64], span: Sequence[int]) -> tuple[int, int]:
    """Return which words, given where they start and end, a passage touches: the first, and one past the last."""
    return int(np.searchsorted(ends, span[0], side="right")), int(np.searchsorted(starts, span[1], side="left"))


def marked_words(
    starts: NDArray[np.int64], ends: NDArray[np.int64], quotations: Iterable[Quotation]
) -> tuple[list[tuple[int, int, Quotation]], NDArray[np.int64]]:
    """Return the first word of each quotation, one past its last, and itself; and for every word, one of `MARKED`.

    starts, ends (NDArray[int64]): Where the words stand in the text.
    """
    found = []
    marked = np.full(len(starts), OUTSIDE)
    for quotation in sorted(quotations, key=lambda quotation: (quotation.start, -quotation.end)):
        first, last = covered(starts, ends, (quotation.start, quotation.end))
        if first < last:
            found.append((first, last, quotation))
            _mark(marked, first, last, quotation)
    return found, marked


def _mark(marked: NDArray[np.int64], first: int, last: int, quotation: Quotation) -> None:
    if quotation.opened and quotation.closed:
        marked[first:last] = SINGLE if quotation.single else DOUBLE
    else:
        marked[first:last] = BROKEN
    if quotation.opened:
        marked[first] = OPENS
    if quotation.closed:
        marked[last - 1] = CLOSES
