"""How often quotes are right, with their speakers, by how sure the pipeline is of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..evaluation.gold import GoldArticle
from ..evaluation.scoring import matched, speaker_right
from ..records import Quote

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece of a quote that was found, and whether it is right: the words, and whose they are."""

    method: str
    confidence: float
    right: bool


def judged(article: GoldArticle, quotes: Sequence[Quote]) -> Iterator[Judged]:
    """Yield the pieces of the quotes of one article; what may be left out is passed over."""
    answers = [(quote, span) for quote in quotes for span in quote.spans]
    pairs = matched(article.text, [gold.span for gold in article.quotes], [span for _, span in answers])
    found = {answer: article.quotes[gold] for gold, answer in pairs.items()}
    for n, (quote, _) in enumerate(answers):
        gold = found.get(n)
        if gold is None or not gold.optional:
            yield Judged(quote.method, quote.confidence, gold is not None and speaker_right(gold, quote))


def reliability(judged: Sequence[Judged]) -> list[tuple[float, float, int, float, float]]:
    """Return rows of a reliability table: from, to, how many, their mean confidence, the share that is right."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [one for one in judged if low <= one.confidence < high or high == one.confidence == 1]
        if inside:
            sure, right = (float(np.mean([getattr(one, key) for one in inside])) for key in ("confidence", "right"))
            rows.append((low, high, len(inside), sure, right))
    return rows


def fit(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return a and b of the logistic regression a + b x log-odds of the confidence, 0 and 1 where it is right."""
    sure = np.clip([one.confidence for one in judged], 1e-6, 1 - 1e-6)
    x = np.stack([np.ones_like(sure), np.log(sure / (1 - sure))], 1)
    y = np.array([one.right for one in judged], float)
    weights = np.array([0.0, 1.0])
    for _ in range(25):  # Newton's method; ten are enough
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = (x * (chance * (1 - chance))[:, None]).T @ x + 1e-6 * np.eye(2)
        weights += np.linalg.solve(slope, x.T @ (y - chance))
    return float(weights[0]), float(weights[1])
