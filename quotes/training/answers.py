"""The quotes that a pipeline finds in annotated articles that it was not trained on, and how many of them are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from .. import pipeline
from ..evaluation.gold import GoldArticle, read_gold
from ..evaluation.scoring import Scores
from ..records import Quote
from .annotated_articles import Annotated, read_on

_SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """One article with the quotes that were found in it by what never saw it."""

    article: GoldArticle
    fold: int
    quotes: Sequence[Quote]


def gold_of(folder: Path) -> dict[str, GoldArticle]:
    """Return the annotated articles of a folder as they are scored, by name.

    RAISES (ReadingError): If one of them is broken, or does not fit its text.
    """
    return {article.path.name: article for article in read_gold(folder, folder / "texts")}


def answers(
    nlp: Language, articles: Iterable[Annotated], gold: Mapping[str, GoldArticle], kept: Path
) -> Iterator[Answer]:
    """Yield articles as a pipeline reads them.

    kept (Path): Has what was read but the quotes, or gets it.
    """
    for article in articles:
        doc = read_on(nlp, article, kept, pipeline.QUOTES)
        yield Answer(gold[article.name], article.fold, doc._.quotes)


def table(found: Sequence[Answer]) -> dict[str, tuple[float, float, float]]:
    """Return the figures of all articles, each with the ends of its 95 % interval (bootstrap over articles)."""
    counts = []
    for answer in found:
        scores = Scores()
        scores.add(answer.article, answer.quotes)
        counts.append(scores.n)
    keys = sorted({key for count in counts for key in count})
    rows = np.array([[count[key] for key in keys] for count in counts])
    order = np.random.default_rng(0)
    drawn = [_figures(keys, rows[order.integers(0, len(rows), len(rows))].sum(0)) for _ in range(_SAMPLES)]
    figures = {}
    for name, value in _figures(keys, rows.sum(0)).items():
        low, high = np.quantile([sample[name] for sample in drawn if name in sample], [0.025, 0.975])
        figures[name] = value, float(low), float(high)
    return figures


def _figures(keys: Sequence[str], counts: Any) -> dict[str, float]:
    return Scores(Counter(dict(zip(keys, counts.tolist(), strict=True)))).figures()
