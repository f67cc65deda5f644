"""A larger network that finds attributions, from which the one that is packaged learns (Hinton et al. 2015).

It finds more, and has nine times the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..networks.attribution_network import AttributionNetwork
from ..networks.mpnet import LAYERS, LargerEncoder
from .lessons import HALVES, Lesson, speakers_lost, windows_of, word_vectors
from .resolver_learning import Ranker
from .tuning import tune

ROUNDS = 2.39
"""Over the annotated articles. After .84 it was worse on articles of part 0 than the network that it taught."""
RATES = 6e-5, 5e-4
"""The highest learning rates of the encoder and of its heads."""
SPEAKERS = 0.5
"""What the ranker's loss counts."""
_DROPOUT = 0.1


class LargerNetwork(nn.Module):
    """A large encoder with an attribution and a ranker of speakers that read its vectors.

    relations (int): How many relations of the parse the attribution knows.
    """

    def __init__(self, relations: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = LargerEncoder(layers)
        self.attribution = AttributionNetwork(relations)
        self.ranker = Ranker()

    def vectors(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return words x width, of all articles one after the other."""
        return word_vectors(self.encoder, lessons, halves=HALVES)

    def loss(self, lessons: Sequence[Lesson]) -> Tensor:
        """Return the loss of what some articles teach."""
        vectors = self.vectors(lessons)
        attributed = self.attribution.loss(windows_of(lessons, F.dropout(vectors, _DROPOUT, self.training)))
        return attributed + SPEAKERS * speakers_lost(self.ranker, lessons, vectors)


def learn(
    network: LargerNetwork, lessons: Sequence[Lesson], checkpoint: Path, rounds: float = ROUNDS
) -> dict[str, Tensor]:
    """Train a network and return its weights; a run that was stopped goes on from its checkpoint."""
    return tune(network, network.encoder, lambda chosen, _: network.loss(chosen), lessons, rounds, RATES, checkpoint)


@torch.no_grad()
def read(network: LargerNetwork, lesson: Lesson) -> Tensor:
    """Return words x width (float16), what a network makes of an article."""
    return network.eval().vectors([lesson]).half()
