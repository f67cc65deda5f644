"""How often quotes are right, by how sure the pipeline is of them: on PolNeAR's dev part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language

from ..evaluation.scoring import LEAST_OVERLAP, letters, overlap
from ..pipeline import extract
from ..records import Article, Quote, Span
from . import corpora

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote that was found, and whether it is right: half of its content and a part of its source, at least."""

    method: str
    confidence: float
    right: bool


def judge(nlp: Language, data: Path) -> Iterator[Judged]:
    """Yield the quotes found in PolNeAR's dev part."""
    for text, attributions in corpora.polnear(data, "dev"):
        gold = [(_letters(text, a["content"]), _letters(text, a["source"])) for a in attributions]
        for quote in extract(nlp, Article(text, "polnear")):
            yield Judged(quote.method, quote.confidence, _right(text, quote, gold))


def _right(text: str, quote: Quote, gold: Sequence[tuple[set[int], set[int]]]) -> bool:
    content = {place for span in quote.spans for place in letters(text, span)}
    mention = letters(text, (quote.mention.start, quote.mention.end)) if quote.mention else set()
    return any(
        overlap(content, wanted) >= LEAST_OVERLAP and (not source or bool(source & mention)) for wanted, source in gold
    )


def _letters(text: str, spans: Sequence[tuple[int, int, str]]) -> set[int]:
    places: list[Span] = [(start, end) for start, end, _ in spans]
    return {place for span in places for place in letters(text, span)}


def shares(judged: Sequence[Judged]) -> dict[str, tuple[int, float]]:
    """Return by method how many there are, and the share that is right."""
    found: dict[str, list[bool]] = {}
    for one in judged:
        found.setdefault(one.method, []).append(one.right)
    return {method: (len(rights), float(np.mean(rights))) for method, rights in sorted(found.items())}


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
