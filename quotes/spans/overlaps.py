"""Which of many places in a text lie over another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from ..records import Span


class Overlaps:
    """Places that are asked for by what they overlap; a question costs no more for many than for few.

    Those of about one length are kept together, so that one long place doesn't have all short ones looked through.

    spans (Iterable[Span]): The places; they may lie over each other.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._by_size: dict[int, list[tuple[int, int, int]]] = {}
        self._count = 0
        for span in spans:
            self._by_size.setdefault(_size(span), []).append((*span, self._count))
            self._count += 1
        for alike in self._by_size.values():
            alike.sort()

    def add(self, span: Span) -> None:
        """Take in another place."""
        insort(self._by_size.setdefault(_size(span), []), (*span, self._count))
        self._count += 1

    def over(self, span: Span) -> Iterator[int]:
        """Yield the numbers of the places that share a character with a span, in the order they were given."""
        start, end = span
        found: list[int] = []
        for size, alike in self._by_size.items():
            first = bisect_left(alike, (start - 2**size, 0, 0))
            last = bisect_left(alike, (end, 0, 0))
            found += [n for _, stop, n in alike[first:last] if stop > start]
        yield from sorted(found)

    def touch(self, span: Span) -> bool:
        """Return whether any of them shares a character with a span."""
        return next(self.over(span), None) is not None


def _size(span: Span) -> int:
    """Return the power of two that a place is shorter than."""
    return (span[1] - span[0]).bit_length()
