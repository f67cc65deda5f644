"""What an article asks of a ranker of speakers while the encoder that it reads still learns.

The ranker that is packaged learns last, on vectors that stay as they are. Before, one like it learns together with the
encoder, so that the vectors come to tell who may be meant (end to end, as Lee et al. 2017 learn coreference).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...pipeline.speakers.candidates import Phrase
from .resolver_learning import NOISE, Question, Ranker, SpeakerExamples, unlikely


@dataclass(frozen=True, eq=False, slots=True)
class Means:
    """Rows that are weighted means of words' vectors: of each weight its row, its word and what it is."""

    rows: int
    row: Tensor
    word: Tensor
    weight: Tensor

    @staticmethod
    def of(groups: Sequence[Sequence[Sequence[Phrase]]]) -> Means:
        """Return, for each row, the mean of the means of its groups of phrases, each phrase the mean of its words."""
        row: list[int] = []
        word: list[int] = []
        weight: list[float] = []
        for n, of_row in enumerate(groups):
            for group in of_row:
                for first, last in group:
                    row += [n] * (last - first)
                    word += range(first, last)
                    weight += [1 / (len(of_row) * len(group) * (last - first))] * (last - first)
        return Means(len(groups), torch.tensor(row).int(), torch.tensor(word).int(), torch.tensor(weight))

    def __call__(self, vectors: Tensor) -> Tensor:
        """Return the rows, of words x width."""
        found = torch.zeros(self.rows, vectors.shape[1])
        return found.index_add(0, self.row.long(), vectors[self.word.long()] * self.weight[:, None])


@dataclass(frozen=True, eq=False, slots=True)
class SpeakerLesson:
    """The questions of an article that have an answer.

    numbers, pairs, right (Tensor): Of the candidates of all questions, one after the other.
    sizes (Tensor): How many each question has.
    mentions, candidates (Means): Their vectors.
    """

    numbers: Tensor
    pairs: Tensor
    right: Tensor
    sizes: Tensor
    mentions: Means
    candidates: Means

    @staticmethod
    def of(examples: SpeakerExamples) -> SpeakerLesson | None:
        """Return what an article asks; None if nothing."""
        asked: list[Question] = [question for question in examples.as_annotated() if question.right.any()]
        if not asked:
            return None
        return SpeakerLesson(
            torch.from_numpy(np.concatenate([question.compared.numbers for question in asked])),
            torch.from_numpy(np.concatenate([question.compared.pairs for question in asked])),
            torch.from_numpy(np.concatenate([question.right for question in asked])),
            torch.tensor([len(question.right) for question in asked]),
            Means.of([[[question.words]] for question in asked]),
            Means.of([groups for question in asked for groups in question.mentions]),
        )

    def losses(self, ranker: Ranker, vectors: Tensor) -> Tensor:
        """Return the loss of each question; `vectors` (words x width) are those of the article."""
        own, other = self.mentions(vectors), self.candidates(vectors)
        if ranker.training:  # else the encoder learns by heart whom the vectors of an article mean
            noise = NOISE * vectors.detach().std(0, correction=0).mean()  # here of single words
            own, other = (rows + noise * torch.randn_like(rows) for rows in (own, other))
        found = ranker(self.numbers, self.pairs, own, self.sizes, other)
        return unlikely(found, self.right, self.sizes)
