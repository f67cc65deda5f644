"""How the encoder and the network of `attribution` learn together, and the heads of language with them.

What the encoder has learned of language it would lose while it learns who said what. So every other step takes a batch
of the treebanks or of the newswire's entities as well, and on the articles themselves the heads of language shall say
what they said of the encoder's vectors before (as in learning without forgetting, Li and Hoiem 2016).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ...pipeline.language.encoder import Feed
from ..networks.attribution_network import AttributionNetwork
from ..networks.network import DROPOUT, WIDTH, Network
from .attribution_learning import Example, collate
from .batches import Batch
from .language_learning import save, weighted

ARTICLES = 2
"""Of a step."""
ENCODER_RATE, HEAD_RATE = 1e-4, 5e-4
"""The highest learning rates; each falls to a fiftieth."""
LANGUAGE = 0.5
"""What the loss of the language corpora counts."""
RETAINED = {"entity": 1.0, "tag": 0.5, "start": 0.5, "morph": 0.25, "arcs": 0.5, "labels": 0.25}
"""What each head of language counts on the annotated articles; without this, entities of newswire fall by 3 points."""
_LANGUAGE_STEPS = 0.5
_WARMUP = 100
_KEPT = 0.992
"""Of the running average of the weights, which is what is packaged, at every fourth step."""
_LONGEST = 3000
"""Wordpieces that the encoder reads at once."""


HALVES = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
"""Whether the encoder is trained in half precision: it takes less time with AVX-512, seven times as much without."""

Pieces = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """One article: what the encoder is given, window by window, and what there is to learn.

    vectors (NDArray[float16]): Words x width, of the encoder before it was tuned, or of a larger one.
    """

    feeds: Sequence[Feed]
    vectors: NDArray[np.float16]
    examples: Sequence[Example]

    @property
    def words(self) -> int:
        """How many it has."""
        return len(self.vectors)


class JointNetwork(nn.Module):
    """The encoder with the heads of language, and the network that finds attributions in what it makes of the words.

    language (Network): Its encoder is the one that both read.
    relations (int): How many relations of the parse it knows.
    """

    def __init__(self, language: Network, relations: int) -> None:
        super().__init__()
        self.language = language
        self.attribution = AttributionNetwork(relations)
        # The package keeps the word vectors as they are; they are also two thirds of all weights.
        for embedding in (language.encoder.words, language.encoder.places):
            embedding.weight.requires_grad = False

    def vectors(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return words x `WIDTH`, of all articles one after the other: the mean of each word's wordpieces."""
        begins = _begins(lessons)
        pieces = [_pieces(f, begin) for lesson, begin in zip(lessons, begins, strict=False) for f in lesson.feeds]
        rows, owners = [], []
        for group in _of_one_length(pieces):
            longest = max(len(ids) for ids, _, _ in group)
            ids, shapes, owner = (
                torch.stack(
                    [F.pad(torch.from_numpy(one[n]), (0, longest - len(one[n])), value=n and 1 - n) for one in group]
                )
                for n in range(3)
            )
            there = torch.arange(longest)[None] < torch.tensor([len(one[0]) for one in group])[:, None]
            with torch.autocast("cpu", torch.bfloat16, enabled=self.training and HALVES):
                read = self.language.encoder(ids, shapes, None if bool(there.all()) else there)
            own = owner >= 0
            rows.append(read.float()[own])
            owners.append(owner[own])
        index = torch.cat(owners)
        count = torch.zeros(begins[-1]).index_add(0, index, torch.ones(len(index)))
        found = torch.zeros(begins[-1], WIDTH).index_add(0, index, torch.cat(rows))
        return found / count.clamp(min=1)[:, None]

    def loss(self, lessons: Sequence[Lesson], before: Network) -> Tensor:
        """Return the loss of what some articles teach, and of what is told of language otherwise than `before`."""
        vectors = F.dropout(self.vectors(lessons), DROPOUT, self.training)
        return self.attributed(lessons, vectors) + self.retained(lessons, vectors, before)

    def attributed(self, lessons: Sequence[Lesson], vectors: Tensor) -> Tensor:
        """Return the loss of what some articles teach, of whose words `vectors` are."""
        begins = _begins(lessons)
        chosen = [
            (example, begin) for lesson, begin in zip(lessons, begins, strict=False) for example in lesson.examples
        ]
        return self.attribution.loss(collate(chosen, vectors))

    def retained(self, lessons: Sequence[Lesson], vectors: Tensor, before: Network) -> Tensor:
        """Return by how much the heads of language tell otherwise than those of another network told before.

        Trees are compared within one window of each article.
        """
        old = torch.from_numpy(np.concatenate([lesson.vectors for lesson in lessons])).float()
        loss = torch.zeros(())
        for task in RETAINED.keys() & self.language.linear.keys():
            loss = loss + RETAINED[task] * _apart(self.language.linear[task](vectors), before.linear[task](old))
        parser, begin = self.language.parser, 0
        for lesson in lessons:
            window = lesson.feeds[int(torch.randint(len(lesson.feeds), ()))].window
            own = slice(begin + window.start, begin + window.end)
            x, goal = vectors[None, own], old[None, own]
            arcs = before.parser.arcs(goal)
            heads = arcs.argmax(-1)
            trees = RETAINED["arcs"] * _apart(parser.arcs(x), arcs)
            trees = trees + RETAINED["labels"] * _apart(parser.labels(x, heads), before.parser.labels(goal, heads))
            loss = loss + trees / len(lessons)
            begin += lesson.words
        return loss

    def language_loss(self, batch: Batch) -> Tensor:
        """Return the loss of what a batch of the language corpora teaches."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and HALVES):
            read = self.language.encoder(batch.ids, batch.shapes, batch.mask)
        return weighted(self.language.losses(batch, batch.pool @ read.float()))


def _begins(lessons: Sequence[Lesson]) -> list[int]:
    """Return how many words stand before each article, and in all."""
    return list(accumulate((lesson.words for lesson in lessons), initial=0))


def _apart(scores: Tensor, goal: Tensor) -> Tensor:
    """Return the cross-entropy of scores with what others say, on average."""
    return -(goal.detach().softmax(-1) * scores.log_softmax(-1)).sum(-1).mean()


def _pieces(feed: Feed, begin: int) -> Pieces:
    """Return a window's wordpieces, their shapes, and which of its own words each belongs to, -1 for none."""
    owner = np.full(feed.network["ids"].shape[1], -1, np.int64)
    for n, (first, count) in enumerate(zip(feed.first.tolist(), feed.count.tolist(), strict=True)):
        owner[first : first + count] = begin + feed.window.start + n
    return feed.network["ids"][0], feed.network["shapes"][0], owner


def _of_one_length(pieces: Sequence[Pieces]) -> Iterator[list[Pieces]]:
    """Yield windows of about one length together."""
    group: list[Pieces] = []
    for one in sorted(pieces, key=lambda one: len(one[0])):
        if group and (len(one[0]) > 1.15 * len(group[0][0]) or len(group) * len(one[0]) > _LONGEST):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def learn(
    network: JointNetwork,
    before: Network,
    lessons: Sequence[Lesson],
    language: Iterator[Batch],
    rounds: int,
    checkpoint: Path,
    seed: int = 1,
) -> dict[str, Tensor]:
    """Train a network and return the running average of its weights.

    before (Network): What it was before it was tuned.
    rounds (int): Over all lessons.
    checkpoint (Path): Written after each round; a run that was stopped goes on from there.
    """
    torch.manual_seed(seed)
    encoder = [value for value in network.language.encoder.parameters() if value.requires_grad]
    own = {id(value) for value in encoder}
    heads = [value for value in network.parameters() if value.requires_grad and id(value) not in own]
    rates = (ENCODER_RATE, HEAD_RATE)
    optimizer = torch.optim.AdamW(
        [{"params": encoder}, {"params": heads}], betas=(0.9, 0.98), weight_decay=0.02, fused=True
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    done, step = 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, done, step = state["average"], state["rounds"], state["step"]
    total = rounds * math.ceil(len(lessons) / ARTICLES)
    network.train()
    for turn in range(done, rounds):
        order = random.Random(f"{seed} {turn}")
        shuffled = list(lessons)
        order.shuffle(shuffled)
        for n in range(0, len(shuffled), ARTICLES):
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min((step + 1) / _WARMUP, max(0.02, 1 - step / total))
            optimizer.zero_grad()
            loss = network.loss(shuffled[n : n + ARTICLES], before)
            if order.random() < _LANGUAGE_STEPS:
                loss = loss + LANGUAGE * network.language_loss(next(language))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 4 == 0:
                kept = min(_KEPT, (4 + step) / (40 + step))
                for name, value in network.named_parameters():
                    if value.requires_grad:
                        average[name].lerp_(value.detach(), 1 - kept)
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
        save({**state, "rounds": turn + 1, "step": step}, checkpoint)
    return average
