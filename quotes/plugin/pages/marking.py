"""From a text and the passages to be marked in it to segments that a template writes as nested HTML.

HTML elements nest, quotes need not: where two passages cross, or a passage runs on into the next
paragraph, the inner element is closed and taken up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ...spans.paragraphs import paragraphs

Layer = Literal["quote", "mention", "cue"]
LAYERS: tuple[Layer, ...] = ("quote", "mention", "cue")  # outermost first, where both ends are the same

# Real articles nest three deep. The bound keeps the work linear, whatever a database holds.
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be marked.

    quote (int): The id of the quote it belongs to.
    piece (int): For the layer `quote`, which of the quote's spans it is, from 0.
    """

    start: int
    end: int
    quote: int
    layer: Layer = "quote"
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """An element that starts before a segment. Not `first` if it is being taken up again."""

    mark: Mark
    first: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in which nothing starts or ends.

    opens (tuple[Opening, ...]): Elements to open before the text, the outermost first.
    closes (tuple[Mark, ...]): Elements to close after it, the innermost first.
    anchors (tuple[Mark, ...]): Marks that begin here, nested too deep to be drawn.
    """

    text: str
    opens: tuple[Opening, ...] = ()
    closes: tuple[Mark, ...] = ()
    anchors: tuple[Mark, ...] = ()


def marked_paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Segment]]:
    """Return the paragraphs of a text as segments, their elements closed at each paragraph's end.

    marks (Iterable[Mark]): In any order; they may nest, cross and repeat. What lies outside the
        text is left out.
    RETURNS (list[list[Segment]]): The texts of all segments, joined, are the text.
    """
    if not text:
        return []
    waiting = sorted(_within(text, marks), key=_outermost_first, reverse=True)
    starts = {0, *(start for start, _ in paragraphs(text)[1:])}
    bounds = starts | {len(text)}
    bounds.update(bound for mark in waiting for bound in (mark.start, mark.end))

    found: list[list[Segment]] = []
    open_marks: list[Mark] = []
    resumed: list[Mark] = []
    for left, right in pairwise(sorted(bounds)):
        opens = [Opening(mark, False) for mark in resumed]
        anchors = []
        while waiting and waiting[-1].start == left:
            mark = waiting.pop()
            if len(open_marks) + len(opens) < MAX_DEPTH:
                opens.append(Opening(mark, True))
            else:
                anchors.append(mark)
        opens.sort(key=lambda opening: _outermost_first(opening.mark, at=left))
        open_marks.extend(opening.mark for opening in opens)
        keep = 0 if right in starts else _first_to_end(open_marks, right)
        closed = open_marks[keep:]
        del open_marks[keep:]
        resumed = [mark for mark in closed if mark.end > right]
        if left in starts:
            found.append([])
        found[-1].append(Segment(text[left:right], tuple(opens), tuple(reversed(closed)), tuple(anchors)))
    return found


def _within(text: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            yield mark


def _outermost_first(mark: Mark, at: int | None = None) -> tuple[int, int, int, int, int]:
    start = mark.start if at is None else at
    return start, -mark.end, LAYERS.index(mark.layer), mark.quote, mark.piece


def _first_to_end(open_marks: list[Mark], bound: int) -> int:
    """Return the index of the outermost mark that ends at `bound`: all from there on must be closed."""
    return next((n for n, mark in enumerate(open_marks) if mark.end == bound), len(open_marks))
