"""The ranker of `speaker_resolver` in PyTorch, and how it learns; `quotes.pipeline.resolution` runs it with numpy."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ..pipeline.cast import cast_of
from ..pipeline.speaker_features import CANDIDATES, FEATURES, MENTIONS, Compared, Comparison, Utterance, antecedent
from ..pipeline.word_table import WordTable
from ..records import SPEAKER_KINDS
from .gold import Entry, phrase
from .network import WIDTH as VECTOR

PAIR, PROJECTED, HIDDEN = 16, 8, 64
BATCH = 24
EPOCHS = 14
RATE = 2e-3
_NONE_RIGHT = -2

SameSpeaker = Callable[[Entry, str], bool]
"""Whether a name is that of an entry's speaker, as a reader would say."""


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """The candidates of one utterance, which of them are right, and what the speaker is."""

    compared: Compared
    right: NDArray[np.bool_]
    kind: str | None


class Ranker(nn.Module):
    """Scores the candidates of an utterance, and says what a source that is no name of the cast is."""

    def __init__(self) -> None:
        super().__init__()
        self.pair = nn.Embedding(len(MENTIONS) * len(CANDIDATES), PAIR)
        nn.init.normal_(self.pair.weight, std=0.1)
        self.of_mention = nn.Linear(VECTOR, PROJECTED)
        self.of_candidate = nn.Linear(VECTOR, PROJECTED)
        self.first = nn.Linear(FEATURES + PAIR + 3 * PROJECTED, HIDDEN)
        self.second = nn.Linear(HIDDEN, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1)
        self.kind = nn.Linear(VECTOR, len(SPEAKER_KINDS))

    def forward(self, numbers: Tensor, pairs: Tensor, mention: Tensor, vectors: Tensor) -> Tensor:
        """Return a score for each candidate (first axis of all)."""
        own = F.dropout(torch.tanh(self.of_mention(mention)), 0.3, self.training)
        other = F.dropout(torch.tanh(self.of_candidate(vectors)), 0.3, self.training)
        x = torch.cat([numbers, self.pair(pairs), own, other, own * other], -1)
        x = F.dropout(F.relu(self.first(x)), 0.25, self.training)
        x = F.dropout(F.relu(self.second(x)), 0.15, self.training)
        found: Tensor = self.score(x)[:, 0]
        return found


class Asked:
    """One article, and what its entries ask.

    table (WordTable), entries (Sequence[Entry]): The article, and what was said in it, by annotated sources.
    same (SameSpeaker): Tells which candidates are right.
    """

    def __init__(self, table: WordTable, entries: Sequence[Entry], same: SameSpeaker) -> None:
        self.utterances = []
        for entry in entries:
            first, last = table.covered((entry["start"], entry["end"]))
            first = min(first, len(table) - 1)
            mention = antecedent(table, phrase(table, entry, "source"))
            self.utterances.append(Utterance(first, max(last, first + 1), mention))
        self.entries, self.same = entries, same
        self.cast = cast_of(table, [said.mention for said in self.utterances])
        self.comparison = Comparison(table, self.cast)

    def question(self, n: int, chosen: Sequence[int]) -> Question:
        """Return what entry `n` asks where these candidates were chosen before."""
        entry = self.entries[n]
        compared = self.comparison.of(self.utterances, n, chosen)
        right = [
            entry["speaker"] is None if m < 0 else entry["speaker"] is not None and self.same(entry, self.cast[m].name)
            for m in compared.candidates.tolist()
        ]
        return Question(compared, np.array(right), entry["speaker_type"])

    def as_annotated(self) -> list[Question]:
        """Return all questions where who spoke before is told as it was annotated."""
        chosen: list[int] = []
        found = []
        for n in range(len(self.entries)):
            question = self.question(n, chosen)
            found.append(question)
            able = question.compared.candidates[question.right].tolist()
            most = max(able, key=lambda m: len(self.cast[m].mentions) if m >= 0 else 0) if able else _NONE_RIGHT
            chosen.append(most)
        return found


def learn(articles: Sequence[Asked], seed: int = 1) -> dict[str, Tensor]:
    """Return the weights of the ranker; questions without a right candidate teach nothing.

    Turns as a ranker of the other half of the articles tells them, errors and all, were tried beside the annotated
    ones: out of fold no more speakers were right.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    asked = [question for article in articles for question in article.as_annotated()]
    answerable = [question for question in asked if question.right.any()]
    ranker = Ranker()
    optimizer = torch.optim.AdamW(ranker.parameters(), lr=RATE, weight_decay=0.03)
    total, step = EPOCHS * (len(answerable) // BATCH), 0
    ranker.train()
    for _ in range(EPOCHS):
        order.shuffle(answerable)
        for n in range(0, len(answerable) - BATCH + 1, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.03, min((step + 1) / 100, 1 - step / total))
            optimizer.zero_grad()
            _loss(ranker, answerable[n : n + BATCH]).backward()
            optimizer.step()
            step += 1
    weights: dict[str, Tensor] = ranker.state_dict()
    return weights


def _loss(ranker: Ranker, batch: Sequence[Question]) -> Tensor:
    """Return the negative logarithm of the likelihood that all right candidates have together, on average."""
    sizes = [len(question.right) for question in batch]
    compared = [question.compared for question in batch]
    scores = ranker(
        torch.from_numpy(np.concatenate([one.numbers for one in compared])),
        torch.from_numpy(np.concatenate([one.pairs for one in compared])),
        torch.from_numpy(np.repeat(np.array([one.mention for one in compared]), sizes, 0)),
        torch.from_numpy(np.concatenate([one.vectors for one in compared])),
    )
    losses = [
        torch.logsumexp(own, 0) - torch.logsumexp(own[torch.from_numpy(question.right)], 0)
        for own, question in zip(scores.split(sizes), batch, strict=True)
    ]
    loss = torch.stack(losses).mean()
    own_words = [
        (question.compared.mention, SPEAKER_KINDS.index(question.kind))
        for question in batch
        if question.kind and (question.right & (question.compared.pairs % len(CANDIDATES) == 0)).any()
    ]
    if own_words:
        mentions = F.dropout(torch.from_numpy(np.array([mention for mention, _ in own_words])), 0.3)
        kinds = torch.tensor([kind for _, kind in own_words])
        loss = loss + F.cross_entropy(ranker.kind(mentions), kinds, reduction="sum") / 2
    return loss
