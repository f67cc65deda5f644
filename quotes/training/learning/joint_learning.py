"""How the encoder and the network of `attribution` learn together, and the heads of language with them.

What the encoder has learned of language it would lose while it learns who said what. So every other step takes a batch
of the treebanks or of the newswire's entities as well, and on the articles themselves the heads of language shall say
what they said of the encoder's vectors before (as in learning without forgetting, Li and Hoiem 2016). Where a larger
network read an article, its attributions and its vectors are learned beside what was annotated.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..networks.attribution_network import AttributionNetwork, apart
from ..networks.network import DROPOUT, WIDTH, Network
from .batches import Batch
from .language_learning import weighted
from .lessons import HALVES, Lesson, speakers_lost, windows_of, word_vectors
from .resolver_learning import Ranker
from .tuning import tune

RATES = 1.5e-4, 5e-4
"""The highest learning rates of the encoder and of its heads."""
LANGUAGE = 0.5
"""What the loss of the language corpora counts."""
RETAINED = {"entity": 1.0, "tag": 0.5, "start": 0.5, "morph": 0.25, "arcs": 0.5, "labels": 0.25}
"""What each head of language counts on the annotated articles; without this, entities of newswire fall by 3 points."""
ANNOTATED, TOLD, HINT, SPEAKERS = 0.6, 0.6, 1.0, 0.5
"""What counts where a larger network told something: what was annotated, what it told, its vectors; and the ranker."""
_LANGUAGE_STEPS = 0.5


class JointNetwork(nn.Module):
    """The encoder with the heads of language, and what reads its vectors: attribution, and a ranker of speakers.

    language (Network): Its encoder is the one that all read.
    relations (int): How many relations of the parse it knows.
    """

    def __init__(self, language: Network, relations: int) -> None:
        super().__init__()
        self.language = language
        self.attribution = AttributionNetwork(relations)
        self.ranker = Ranker()
        self.hint = nn.Linear(WIDTH, WIDTH)
        # The package keeps the word vectors as they are; they are also two thirds of all weights.
        for embedding in (language.encoder.words, language.encoder.places):
            embedding.weight.requires_grad = False

    def vectors(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return words x `WIDTH`, of all articles one after the other."""
        return word_vectors(self.language.encoder, lessons, halves=self.training and HALVES)

    def loss(self, lessons: Sequence[Lesson], before: Network, larger: AttributionNetwork | None = None) -> Tensor:
        """Return the loss of what some articles teach, and of what is told of language otherwise than `before`.

        larger (AttributionNetwork | None): What read the vectors that a larger encoder told.
        """
        exact = self.vectors(lessons)
        vectors = F.dropout(exact, DROPOUT, self.training)
        batch = windows_of(lessons, vectors)
        scores = self.attribution.scores(batch)
        loss = scores.loss(batch) * (ANNOTATED if larger else 1)
        if larger:
            told = torch.from_numpy(np.concatenate([lesson.told for lesson in lessons if lesson.told is not None]))
            told = told.float()
            with torch.no_grad():
                goal = larger.scores(windows_of(lessons, told))
            standard = F.batch_norm(told, None, None, training=True)
            loss = loss + TOLD * scores.apart(goal, batch) + HINT * F.mse_loss(self.hint(exact), standard)
        loss = loss + SPEAKERS * speakers_lost(self.ranker, lessons, vectors)
        return loss + self.retained(lessons, vectors, before)

    def retained(self, lessons: Sequence[Lesson], vectors: Tensor, before: Network) -> Tensor:
        """Return by how much the heads of language tell otherwise than those of another network told before.

        Trees are compared within one window of each article.
        """
        old = torch.from_numpy(np.concatenate([lesson.vectors for lesson in lessons])).float()
        loss = torch.zeros(())
        for task in RETAINED.keys() & self.language.linear.keys():
            loss = loss + RETAINED[task] * apart(self.language.linear[task](vectors), before.linear[task](old))
        parser, begin = self.language.parser, 0
        for lesson in lessons:
            window = lesson.feeds[int(torch.randint(len(lesson.feeds), ()))].window
            own = slice(begin + window.start, begin + window.end)
            x, goal = vectors[None, own], old[None, own]
            arcs = before.parser.arcs(goal)
            heads = arcs.argmax(-1)
            trees = RETAINED["arcs"] * apart(parser.arcs(x), arcs)
            trees = trees + RETAINED["labels"] * apart(parser.labels(x, heads), before.parser.labels(goal, heads))
            loss = loss + trees / len(lessons)
            begin += lesson.words
        return loss

    def language_loss(self, batch: Batch) -> Tensor:
        """Return the loss of what a batch of the language corpora teaches."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and HALVES):
            read = self.language.encoder(batch.ids, batch.shapes, batch.mask)
        return weighted(self.language.losses(batch, batch.pool @ read.float()))


def learn(
    network: JointNetwork,
    before: Network,
    lessons: Sequence[Lesson],
    language: Iterator[Batch],
    rounds: float,
    checkpoint: Path,
    larger: AttributionNetwork | None = None,
) -> dict[str, Tensor]:
    """Train a network and return the running average of its weights.

    before (Network): What it was before it was tuned.
    rounds (float): Over all lessons.
    checkpoint (Path): A run that was stopped goes on from there.
    larger (AttributionNetwork | None): See `JointNetwork.loss`.
    """

    def loss(chosen: Sequence[Lesson], chance: random.Random) -> Tensor:
        lost = network.loss(chosen, before, larger)
        if chance.random() < _LANGUAGE_STEPS:
            lost = lost + LANGUAGE * network.language_loss(next(language))
        return lost

    return tune(network, network.language.encoder, loss, lessons, rounds, RATES, checkpoint)
