"""The run that trains the components that find quotes, and measures them out of fold.

They read what the language components make of a text, which stay as they are: encoder, tagger, parser and entities
never saw who said what in the annotated articles. Each part of the articles is predicted by components that were
trained on the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from spacy.language import Language

from .. import pipeline
from ..evaluation.gold import GoldArticle, read_gold
from ..evaluation.names import same_source
from ..evaluation.scoring import Scores
from ..pipeline.word_table import WordTable
from ..records import Quote
from . import attribution_learning, resolver_learning
from .gold import Annotated, Entry, annotated, polnear_entries, read

FIRST_ROUNDS = 3
"""Over PolNeAR, to begin with."""
ROUNDS = 6
"""Over the annotated articles."""
_SAMPLES = 1000

Weights = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Answer:
    """One article with the quotes that were found in it by what never saw it."""

    article: GoldArticle
    fold: int
    quotes: Sequence[Quote]


class SpeechRun:
    """Trains in a folder: what was read and the checkpoints lie there, and a run that was stopped goes on.

    folder (Path): Of the run.
    corpora (Path): Holds `polnear`.
    articles (Path): The annotated articles.
    model (Path): The pipeline whose language components are read with.
    """

    def __init__(self, folder: Path, corpora: Path, articles: Path, model: Path = pipeline.MODEL) -> None:
        self.folder, self.corpora, self.path = folder, corpora, articles
        folder.mkdir(parents=True, exist_ok=True)
        self.nlp = pipeline.build(path=model)
        self.articles = annotated(articles)
        parser: Any = self.nlp.get_pipe("parser")
        self.relations = {name: n + 1 for n, name in enumerate(sorted(parser.names["dep"]))}

    @property
    def folds(self) -> list[int]:
        """The parts of the articles."""
        return sorted({article.fold for article in self.articles})

    @cached_property
    def _tables(self) -> dict[str, WordTable]:
        return {article.name: self._table(article) for article in self.articles}

    def _table(self, article: Annotated) -> WordTable:
        return WordTable.of(read(self.nlp, article, self.folder / "read"))

    @cached_property
    def _asked(self) -> dict[str, resolver_learning.Asked]:
        return {
            article.name: resolver_learning.Asked(self._tables[article.name], article.entries, _same)
            for article in self.articles
        }

    @cached_property
    def _begun(self) -> Weights:
        """The weights of `attribution` after PolNeAR, of which no annotated article's text is read."""
        return self._kept("polnear", self._from_polnear)

    def _from_polnear(self) -> Weights:
        windows = [
            example
            for article in polnear_entries(self.corpora, self.articles)
            for example in attribution_learning.examples(
                self._table(article), article.entries, self.relations, passages=False
            )
        ]
        checkpoint = self.folder / "polnear.checkpoint"
        return attribution_learning.learn(windows, len(self.relations), FIRST_ROUNDS, checkpoint)

    def _attribution(self, chosen: Sequence[Annotated], name: str) -> Weights:
        windows = [
            example
            for article in chosen
            for example in attribution_learning.examples(self._tables[article.name], article.entries, self.relations)
        ]
        checkpoint = self.folder / f"{name}.checkpoint"
        return attribution_learning.learn(windows, len(self.relations), ROUNDS, checkpoint, self._begun)

    def _resolver(self, chosen: Sequence[Annotated]) -> Weights:
        return resolver_learning.learn([self._asked[article.name] for article in chosen])

    def _kept(self, name: str, make: Callable[[], Weights]) -> Weights:
        """Return weights that the folder holds, made and written if it does not."""
        path = self.folder / f"{name}.weights"
        if not path.exists():
            torch.save(dict(make()), path)
        weights: Weights = torch.load(path, weights_only=True)
        return weights

    def train(self, without: int | None = None) -> None:
        """Give the pipeline weights that were trained on all articles, or on those that are not of one part."""
        chosen = [article for article in self.articles if article.fold != without]
        name = "all" if without is None else f"fold-{without}"
        weights = {
            "attribution": self._kept(f"{name}.attribution", lambda: self._attribution(chosen, name)),
            "speaker_resolver": self._kept(f"{name}.speaker_resolver", lambda: self._resolver(chosen)),
        }
        names = {"attribution": {"relation": sorted(self.relations, key=self.relations.__getitem__)}}
        for component, own in weights.items():
            pipe: Any = self.nlp.get_pipe(component)
            pipe.take(names.get(component, {}), {key: value.numpy() for key, value in own.items()})

    def package(self, target: Path) -> Language:
        """Train on all articles and write the whole pipeline into a folder that `spacy.load` reads."""
        self.train()
        self.nlp.to_disk(target)
        return self.nlp

    def out_of_fold(self) -> Iterator[Answer]:
        """Yield all articles as they are read by what was not trained on their part."""
        gold = {article.path.name: article for article in read_gold(self.path, self.path / "texts")}
        for fold in self.folds:
            self.train(fold)
            for article in self.articles:
                if article.fold == fold:
                    doc = read(self.nlp, article, self.folder / "read")
                    for component in pipeline.QUOTES:
                        doc = self.nlp.get_pipe(component)(doc)
                    yield Answer(gold[article.name], fold, doc._.quotes)


def _same(entry: Entry, name: str) -> bool:
    return same_source(entry["speaker"], name, entry["speaker_type"])


def table(answers: Sequence[Answer]) -> dict[str, tuple[float, float, float]]:
    """Return the figures of all articles, each with the ends of its 95 % interval (bootstrap over articles)."""
    counts = []
    for answer in answers:
        scores = Scores()
        scores.add(answer.article, answer.quotes)
        counts.append(scores.n)
    keys = sorted({key for count in counts for key in count})
    rows = np.array([[count[key] for key in keys] for count in counts])
    order = np.random.default_rng(0)
    drawn = [_figures(keys, rows[order.integers(0, len(rows), len(rows))].sum(0)) for _ in range(_SAMPLES)]
    found = {}
    for name, value in _figures(keys, rows.sum(0)).items():
        low, high = np.quantile([sample[name] for sample in drawn if name in sample], [0.025, 0.975])
        found[name] = value, float(low), float(high)
    return found


def _figures(keys: Sequence[str], counts: Any) -> dict[str, float]:
    return Scores(Counter(dict(zip(keys, counts.tolist(), strict=True)))).figures()
