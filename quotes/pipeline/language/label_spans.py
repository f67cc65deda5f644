"""The likeliest spans of a text: its words are outside of them, or the first or a later word of a kind of span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

CERTAIN = float(np.log(0.999))
"""A word that is outside by this much is in no span: the search leaves it out, four words of five in news."""


def likelihoods(scores: Matrix) -> Matrix:
    """Return the logarithms of the labels' probabilities; the last axis has an entry a label."""
    found: Matrix = scores - scores.max(-1, keepdims=True)
    found -= np.log(np.exp(found).sum(-1, keepdims=True))
    return found


@dataclass(frozen=True, slots=True)
class Spans:
    """How spans are read off labels.

    kinds (tuple[str, ...]): The kinds of span, in order.
    kind (array): The number of each label's kind, -1 for outside.
    begins (array): Whether a label is that of a first word.
    after (array): What it costs (below 0) for a label (column) to stand after another (row), or after none (last row).
    """

    kinds: tuple[str, ...]
    kind: NDArray[np.int64]
    begins: NDArray[np.bool_]
    after: Matrix

    @classmethod
    def of(cls, labels: Sequence[str], beside: float, beside_its_kind: float) -> Spans:
        """Return the reading of `labels` ("O", "B-kind", "I-kind").

        beside, beside_its_kind (float): What it costs a span, in log-probability, to begin right after another of
            another kind or of its own.
        """
        parts = [label.partition("-") for label in labels]
        kinds = tuple(sorted({kind for _, _, kind in parts if kind}))
        kind = np.array([kinds.index(name) if name else -1 for _, _, name in parts])
        begins = np.array([place == "B" for place, _, _ in parts])
        before, goes_on = np.append(kind, -1)[:, None], (kind >= 0) & ~begins
        own = (before == kind) & (kind >= 0)
        costs = np.where(begins & (before >= 0), np.where(own, -beside_its_kind, -beside), 0.0)
        return cls(kinds, kind, begins, np.where(goes_on & ~own, -np.inf, costs).astype(np.float32))

    def best(
        self, likely: Matrix, starts: NDArray[np.bool_] | None = None, leaving: NDArray[np.float64] | None = None
    ) -> list[tuple[int, int, int]]:
        """Return the first and the last word of every span and the number of its kind, in order.

        likely (Matrix): Log-probabilities, a row a word.
        starts (array): Which words begin a paragraph, if there are several; no span goes over its end.
        leaving (array): What it costs (below 0) a span to have ended right before each word.
        """
        open_ = np.flatnonzero(likely[:, self.kind < 0].max(1, initial=-np.inf) < CERTAIN)
        breaks = np.diff(open_, prepend=-2) > 1
        if starts is not None:
            breaks |= starts[open_]
        if not len(open_):
            return []
        # The longest first: what is searched at once are those that are long enough.
        runs = sorted(np.split(open_, np.flatnonzero(breaks)[1:]), key=len, reverse=True)
        found: list[tuple[int, int, int]] = []
        for run, labels in zip(runs, self._likeliest(likely, runs, leaving), strict=True):
            inside, begins = self.kind[labels] >= 0, self.begins[labels]
            last = inside & np.append(~inside[1:] | begins[1:], True)
            kinds = self.kind[labels[begins]]
            found += zip(run[begins].tolist(), run[last].tolist(), kinds.tolist(), strict=True)
        return sorted(found)

    def _likeliest(
        self, likely: Matrix, runs: Sequence[NDArray[np.int64]], leaving: NDArray[np.float64] | None
    ) -> list[NDArray[np.int64]]:
        """Return for each run of words, the longest first, the labels with the highest sum (Viterbi 1967)."""
        lengths = np.array([len(run) for run in runs])
        places = np.zeros((len(runs), lengths[0]), np.int64)
        places[np.arange(lengths[0]) < lengths[:, None]] = np.concatenate(runs)
        score = likely[places[:, 0]] + self.after[-1]
        after, labels = self.after[:-1], np.arange(likely.shape[1])
        ends = (self.kind >= 0)[:, None] & ((self.kind < 0) | self.begins)
        came = np.zeros((*places.shape, likely.shape[1]), np.int64)
        counts = [int(np.searchsorted(-lengths, -n)) for n in range(lengths[0])]  # runs that are longer than n
        for n, count in enumerate(counts[1:], 1):
            paths = score[:count, :, None] + after
            if leaving is not None:
                paths += leaving[places[:count, n], None, None] * ends
            came[:count, n] = best = paths.argmax(1)
            score[:count] = paths[np.arange(count)[:, None], best, labels] + likely[places[:count, n]]
        found = np.zeros(places.shape, np.int64)
        found[np.arange(len(runs)), lengths - 1] = score.argmax(1)
        for n in range(len(counts) - 1, 0, -1):
            found[: counts[n], n - 1] = came[np.arange(counts[n]), n, found[: counts[n], n]]
        return [found[n, :length] for n, length in enumerate(lengths.tolist())]
