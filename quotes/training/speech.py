"""The run that trains the components that find quotes, and measures them out of fold.

The encoder is tuned for them, with the components of language that read it too, and learns from a larger one that is
too slow to be packaged. Each part of the articles is read by a whole pipeline, encoder and all, that was trained on the
others, as was the larger network that it learned from. A pipeline that finds quotes already is trained further: it
knows what it was trained on before, all parts but the first.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from spacy.language import Language

from .. import pipeline
from ..pipeline.language.words import words_of
from ..pipeline.word_table import WordTable
from .annotated_articles import Annotated, annotated, further, polnear_entries, read, unseen_written
from .answers import Answer, answers, gold_of
from .learning import joint_learning, larger_learning, resolver_learning
from .learning.attribution_learning import examples
from .learning.batches import Batch, collate, drawn
from .learning.joint_learning import JointNetwork
from .learning.language_learning import language_corpus
from .learning.larger_learning import LargerNetwork
from .learning.lessons import Lesson
from .learning.resolver_learning import SpeakerExamples
from .learning.speaker_lessons import SpeakerLesson
from .networks import packaging
from .networks.attribution_network import AttributionNetwork
from .networks.labels import Labels
from .networks.mpnet import mpnet
from .piece_judging import PieceJudge
from .speaker_ranking import examples_of, same_speaker

FIRST_ROUNDS = 2
"""Over PolNeAR, to begin with."""
ROUNDS, MORE_ROUNDS = 3, 0.7
"""Over the annotated articles, to begin with and where a pipeline that finds quotes is trained further."""
_LANGUAGE_PIECES = 900
"""Wordpieces of a batch of the language corpora."""
_SHARES = {"syntax": 0.6, "entity": 0.4}

Weights = Mapping[str, torch.Tensor]


class SpeechRun:
    """Trains in a folder: what was read and the checkpoints lie there, and a run that was stopped goes on.

    folder (Path): Of the run.
    corpora (Path): Holds `polnear`, and what `python -m quotes.training train` reads.
    articles (Path): The annotated articles that it is measured on; it learns from those of `annotated_articles` too.
    model (Path): The pipeline whose encoder and components of language it begins with, and whose attribution if it
        has one.
    teacher (Path | None): A pipeline with a larger encoder that says what there is to retain of language; `model` if
        none.
    """

    def __init__(
        self, folder: Path, corpora: Path, articles: Path, model: Path = pipeline.MODEL, teacher: Path | None = None
    ) -> None:
        self.folder, self.corpora, self.path, self.model = folder, corpora, articles, model
        self.teacher = teacher or model
        folder.mkdir(parents=True, exist_ok=True)
        self.nlp = pipeline.build(path=model)
        self.articles = annotated(articles)
        self._for_judging = unseen_written()
        spared = {article.name for article in self._for_judging}
        every = [*self.articles, *further(corpora, self.articles)]
        self.learned_from = [article for article in every if article.name not in spared]
        parser: Any = self.nlp.get_pipe("parser")
        self.relations = {name: n + 1 for n, name in enumerate(sorted(parser.names["dep"]))}

    @property
    def folds(self) -> list[int]:
        """The parts of the articles."""
        return sorted({article.fold for article in self.articles})

    @property
    def unknown_parts(self) -> list[int]:
        """Those of `folds` that the pipeline that it begins with has not learned: the first if that finds quotes."""
        return self.folds if self._attribution is None else self.folds[:1]

    @cached_property
    def _attribution(self) -> AttributionNetwork | None:
        """What finds attributions in the pipeline that it begins with, if that does."""
        return packaging.taken_attribution(pipeline.build(path=self.model), list(self.relations))

    @cached_property
    def _start(self) -> Language:
        """The pipeline that it begins with."""
        return pipeline.build(path=self.model, exclude=pipeline.AFTER_LANGUAGE)

    @cached_property
    def _before(self) -> Language:
        """The pipeline that says what there is to retain."""
        return pipeline.build(path=self.teacher, exclude=pipeline.AFTER_LANGUAGE)

    @cached_property
    def _lessons(self) -> dict[str, Lesson]:
        return {article.name: self._lesson(article) for article in self.learned_from}

    def _lessons_of(self, chosen: Sequence[Annotated]) -> list[Lesson]:
        return [self._lessons[article.name] for article in chosen]

    def _lesson(self, article: Annotated, *, polnear: bool = False) -> Lesson:
        """Return what an article teaches; one of PolNeAR's nothing of passages in marks nor of speakers."""
        doc = read(self._start, article, self.folder / "read")
        words = words_of(doc)
        encoder: Any = self._start.get_pipe("encoder")
        table = WordTable.of(doc)
        found = examples(table, article.entries, self.relations, passages=not polnear)
        asked = None if polnear else SpeakerLesson.of(SpeakerExamples.annotated(table, article.entries, same_speaker))
        before = table.vectors
        if self.teacher != self.model:
            before = WordTable.of(read(self._before, article, self.folder / "read-before")).vectors
        return Lesson(list(encoder.feeds(doc, words)), before.astype(np.float16), list(found), asked)

    @cached_property
    def _begun(self) -> tuple[Weights, float]:
        """The weights that it begins with, and how many rounds over the annotated articles follow.

        They are those of a pipeline that finds quotes; of one that does not yet, those after PolNeAR without the texts
        of the articles that it is measured on.
        """
        if self._attribution is None:
            return self._kept("polnear", self._from_polnear), ROUNDS
        network, _ = self._network()
        network.attribution = self._attribution
        return self._kept("begun", network.state_dict), MORE_ROUNDS

    def _from_polnear(self) -> Weights:
        articles = polnear_entries(self.corpora, self.articles)
        return self._learn([self._lesson(article, polnear=True) for article in articles], FIRST_ROUNDS, "polnear")

    def _told(self, chosen: Sequence[Annotated], name: str) -> tuple[list[Lesson], AttributionNetwork]:
        """Return the lessons of articles, with what a larger network that learned them tells, and what reads that."""
        lessons, folder = self._lessons_of(chosen), self.folder / f"told-{name}"
        if not (self.folder / f"{name}.larger.weights").exists():  # what others told is not what this one would
            shutil.rmtree(folder, ignore_errors=True)
        network = LargerNetwork(len(self.relations))
        network.load_state_dict(dict(self._kept(f"{name}.larger", lambda: self._larger(lessons, name))))
        folder.mkdir(exist_ok=True)
        told = []
        for article, lesson in zip(chosen, lessons, strict=True):
            path = folder / f"{article.name}.npy"
            if not path.exists():
                np.save(path, larger_learning.read(network, lesson).numpy())
            told.append(replace(lesson, told=np.load(path)))
        return told, network.attribution.eval()

    def _larger(self, lessons: Sequence[Lesson], name: str) -> Weights:
        network = LargerNetwork(len(self.relations))
        network.encoder.start_from_mpnet(mpnet(self.folder))
        return larger_learning.learn(network, lessons, self.folder / f"{name}.larger.checkpoint")

    def _network(self, weights: Weights | None = None) -> tuple[JointNetwork, Labels]:
        language, labels = packaging.taken(self._start)
        network = JointNetwork(language, len(self.relations))
        if weights:
            network.load_state_dict(dict(weights))
        return network, labels

    def _learn(
        self,
        lessons: Sequence[Lesson],
        rounds: float,
        name: str,
        start: Weights | None = None,
        larger: AttributionNetwork | None = None,
    ) -> Weights:
        network, labels = self._network(start)
        checkpoint = self.folder / f"{name}.checkpoint"
        before, _ = packaging.taken(self._before)
        return joint_learning.learn(network, before.eval(), lessons, self._language(labels), rounds, checkpoint, larger)

    def _taught(self, chosen: Sequence[Annotated], name: str) -> Weights:
        lessons, larger = self._told(chosen, name)
        begun, rounds = self._begun
        return self._learn(lessons, rounds, name, begun, larger)

    def _language(self, labels: Labels) -> Iterator[Batch]:
        """Yield batches of the language corpora for ever."""
        encoder: Any = self._start.get_pipe("encoder")
        corpus = language_corpus(self.corpora, encoder.wordpieces, labels)
        for batch in drawn(corpus, _SHARES, _LANGUAGE_PIECES, 1):
            yield collate(batch, encoder.wordpieces)

    def _kept(self, name: str, make: Callable[[], Weights]) -> Weights:
        """Return weights that the folder holds, made and written if it does not."""
        path = self.folder / f"{name}.weights"
        if not path.exists():
            torch.save(dict(make()), path)
        weights: Weights = torch.load(path, weights_only=True)
        return weights

    def train(self, without: int) -> None:
        """Give the pipeline weights that were trained on the articles that are not of one part.

        That part has the articles from which judging pieces is learned: the network is as unsure of them as of others.
        """
        chosen = [article for article in self.learned_from if article.fold != without]
        name = f"fold-{without}"
        if not (self.folder / f"{name}.weights").exists():  # what others read is not what these would
            shutil.rmtree(self.folder / f"read-{name}", ignore_errors=True)
        weights = self._kept(name, lambda: self._taught(chosen, name))
        network, labels = self._network(weights)
        packaging.give(self.nlp, network.language, labels)
        packaging.give_attribution(self.nlp, network.attribution, list(self.relations))
        news = [article for article in self.learned_from if article.fold == without]
        self._pieces = PieceJudge(self.nlp, news, self.folder / f"read-{name}", self._for_judging)
        self._pieces.train()
        # The ranker reads the vectors that this encoder gives.
        packaging.give_rankers(self.nlp, self._kept(f"{name}.speaker_resolver", lambda: self._resolver(chosen, name)))

    def _resolver(self, chosen: Sequence[Annotated], name: str) -> Weights:
        kept, every = self.folder / f"read-{name}", [*chosen, *self._for_judging]
        return resolver_learning.learn([examples_of(self.nlp, article, kept) for article in every])

    def package(self, target: Path) -> Language:
        """Train, and write the whole pipeline into a folder that `spacy.load` reads.

        The encoder and `attribution` learn from all parts of the articles but the first, the ranker from all.
        """
        spared = self.folds[0]
        self.train(spared)
        every = self._kept("all.speaker_resolver", lambda: self._resolver(self.learned_from, f"fold-{spared}"))
        packaging.give_rankers(self.nlp, every)
        # The articles that were read have left their words in this vocabulary.
        self.nlp.to_disk(target, exclude=["vocab"])
        pipeline.build(path=self.model).vocab.to_disk(target / "vocab")
        return self.nlp

    def unseen(self, fold: int) -> Iterator[Annotated]:
        """Yield the articles of a part; the training taught the pipeline nothing of an article when it comes."""
        self.train(fold)
        for group in self._pieces.groups([article for article in self.articles if article.fold == fold]):
            yield from group

    def out_of_fold(self, parts: Sequence[int] = ()) -> Iterator[Answer]:
        """Yield all articles, or those of some parts, as they are read by what was not trained on their part."""
        gold = gold_of(self.path)
        for fold in parts or self.unknown_parts:
            for article in self.unseen(fold):
                yield from answers(self.nlp, [article], gold, self.folder / f"read-fold-{fold}")
