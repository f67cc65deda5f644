"""Which of many places in a text lie over another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from ..records import Span


class Overlaps:
    """Places that are asked for by what they overlap; a question costs no more for many than for few.

    spans (Iterable[Span]): The places; they may lie over each other.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._sorted: list[tuple[int, int, int]] = sorted((*span, n) for n, span in enumerate(spans))
        self._longest = max((end - start for start, end, _ in self._sorted), default=0)

    def add(self, span: Span) -> None:
        """Take in another place."""
        insort(self._sorted, (*span, len(self._sorted)))
        self._longest = max(self._longest, span[1] - span[0])

    def over(self, span: Span) -> Iterator[int]:
        """Yield the numbers of the places that share a character with a span, in the order they were given."""
        start, end = span
        first = bisect_left(self._sorted, (start - self._longest, 0, 0))
        last = bisect_left(self._sorted, (end, 0, 0))
        yield from sorted(n for _, stop, n in self._sorted[first:last] if stop > start)

    def touch(self, span: Span) -> bool:
        """Return whether any of them shares a character with a span."""
        return next(self.over(span), None) is not None
