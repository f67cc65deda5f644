"""What judges pieces and ranks speakers, trained on what an encoder as it is makes of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from .. import pipeline
from ..evaluation.names import same_source
from ..pipeline.word_table import WordTable
from .annotated_articles import (
    Annotated,
    Entry,
    annotated,
    further,
    read,
    read_on,
    unseen_written,
)
from .answers import Answer, gold_of
from .learning import resolver_learning
from .learning.resolver_learning import SpeakerExamples
from .networks import packaging
from .piece_judging import PieceJudge

Figures = dict[str, tuple[int, int]]
"""How many speakers are right, and of how many."""


class RankerRun:
    """Reads annotated articles with a pipeline, and gives it what judges pieces and a ranker, trained on them.

    folder (Path): Keeps what was read.
    corpora (Path): Where the texts lie that were annotated with this project.
    articles (Path): The annotated articles that it is measured on; it learns from those of `annotated_articles` too.
    model (Path): The pipeline; one whose encoder saw the articles is better on them than on others.
    unseen (Sequence[int]): The parts of the articles that its encoder did not see.
    """

    def __init__(
        self, folder: Path, corpora: Path, articles: Path, model: Path = pipeline.MODEL, unseen: Sequence[int] = (0,)
    ) -> None:
        self.nlp: Language = pipeline.build(path=model)
        self._gold, self._read = gold_of(articles), folder / "read"
        measured = annotated(articles)
        self._measured = measured
        every = [*measured, *further(corpora, measured)]
        news = [article for article in every if article.fold in unseen]
        self._pieces = PieceJudge(self.nlp, news, self._read, unseen_written())
        self._pieces.train()
        self._examples = [(article, examples_of(self.nlp, article, self._read)) for article in every]

    def train(self, without: int | None = None) -> None:
        """Train a ranker on all articles, or on those that are not of one part."""
        chosen = [examples for article, examples in self._examples if article.fold != without]
        packaging.give_rankers(self.nlp, resolver_learning.learn(chosen))

    @property
    def _resolver(self) -> Any:
        return self.nlp.get_pipe("speaker_resolver")

    @property
    def folds(self) -> list[int]:
        """The parts of the articles."""
        return sorted({article.fold for article in self._measured})

    def out_of_fold(self, parts: Sequence[int] = ()) -> tuple[Figures, list[Answer]]:
        """Return how many speakers of annotated sources are right, and what is found in all.

        Each part is measured with a ranker that was not trained on it, and each article with pieces judged by trees
        that learned nothing of its outlet; the answers are out of fold only where the encoder did not see it either.
        Sources that are names are told apart from those that are ranked; who spoke before is as it was found.

        parts (Sequence[int]): Those to measure on; all if none.
        """
        right: Counter[str] = Counter()
        every: Counter[str] = Counter()
        found: list[Answer] = []
        for fold in parts or self.folds:
            self.train(fold)
            measured = [article for article in self._measured if article.fold == fold]
            for article in measured:
                table = WordTable.of(read(self.nlp, article, self._read))
                for kind, is_right in self._judged(SpeakerExamples.annotated(table, article.entries, same_speaker)):
                    every.update(("all", kind))
                    right.update(("all", kind) if is_right else ())
            found += self._pieces.answers(measured, self._gold)
        self._pieces.train()
        return {kind: (right[kind], count) for kind, count in every.most_common()}, found

    def _judged(self, examples: SpeakerExamples) -> list[tuple[str, bool]]:
        chosen, _ = self._resolver.choose(examples.comparison, examples.utterances)
        found = []
        for entry, said, n in zip(examples.entries, examples.utterances, chosen, strict=True):
            named = examples.comparison.certain(said.mention) is not None
            speaker = examples.cast[n].name if n >= 0 else None
            assert entry is not None
            right = speaker is not None and same_speaker(entry, speaker) if entry["speaker"] else speaker is None
            found.append(("named" if named else "ranked", right))
        return found


def examples_of(nlp: Language, article: Annotated, kept: Path) -> SpeakerExamples:
    """Return what an article asks of a ranker: who said what the pipeline finds in it.

    kept (Path): Has what was read but the quotes, or gets it.
    """
    doc = read_on(nlp, article, kept, pipeline.QUOTES[: pipeline.QUOTES.index("speaker_resolver")])
    return SpeakerExamples.found(WordTable.of(doc), doc._.statements, article.entries, same_speaker)


def same_speaker(entry: Entry, name: str) -> bool:
    """Return whether a name is that of an entry's speaker, as a reader would say."""
    return same_source(entry["speaker"], name, entry["speaker_type"])
