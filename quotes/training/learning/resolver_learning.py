"""The ranker of `speaker_resolver` in PyTorch, and how it learns; `speakers/resolution.py` runs it with numpy."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ...pipeline.quotation.statements import Statement
from ...pipeline.speakers.candidates import Phrase
from ...pipeline.speakers.cast import cast_of
from ...pipeline.speakers.clues.candidate_features import FEATURES
from ...pipeline.speakers.clues.scene import Utterance
from ...pipeline.speakers.comparison import CANDIDATES, Compared, Comparison
from ...pipeline.speakers.mention_kinds import MENTIONS, antecedent, is_one_person, whole
from ...pipeline.speakers.resolution import utterance, who_says_i
from ...pipeline.word_table import WordTable
from ...records import SPEAKER_KINDS
from ..annotated_articles import Entry, phrase
from ..networks.network import WIDTH as VECTOR
from ..networks.tree_graphs import TREES
from .tree_learning import learn_trees

PAIR, PROJECTED, HIDDEN = 16, 16, 128
BATCH = 24
EPOCHS = 14
RATE = 2e-3
SEEDS = (1, 2, 3, 4, 5, 6, 7, 8)
"""Of the networks that score together: alone, one has half a point more or less of the speakers than the next."""
NOISE = 2.2
"""What is added to vectors by chance, in their mean standard deviations: the encoder knows the articles that the ranker
learns from, so their vectors tell more than those of others do. Of 1,490 speakers that are ranked, in articles that
neither saw, 82 to 82.7 % are right with it, by the seeds, and 81.1 to 81.3 without. Vectors of encoders that each saw
the other half of the articles gain as much."""
_NONE_RIGHT = -2
_NO_KIND = -1
_SAME = 0.5
"""Characters that a statement and an entry must share, of the longer, to be one."""

Weights = Mapping[str, Tensor]
SameSpeaker = Callable[[Entry, str], bool]
"""Whether a name is that of an entry's speaker, as a reader would say."""


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """The candidates of one utterance, which of them are right, and what the speaker is.

    words (Phrase): Those whose mean vector stands for the mention.
    mentions (list[list[list[Phrase]]]): For each candidate the groups of its mentions whose means are averaged; nobody
        has none.
    """

    compared: Compared
    right: NDArray[np.bool_]
    kind: str | None
    words: Phrase
    mentions: list[list[list[Phrase]]]


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

    def forward(self, numbers: Tensor, pairs: Tensor, mentions: Tensor, sizes: Tensor, vectors: Tensor) -> Tensor:
        """Return a score for each candidate: the first axis of all but mentions, which have so many (`sizes`) each."""
        own = torch.repeat_interleave(torch.tanh(self.of_mention(mentions)), sizes, 0)
        own = F.dropout(own, 0.3, self.training)
        other = F.dropout(torch.tanh(self.of_candidate(vectors)), 0.3, self.training)
        x = torch.cat([numbers, self.pair(pairs), own, other, own * other], -1)
        x = F.dropout(F.relu(self.first(x)), 0.35, self.training)
        x = F.dropout(F.relu(self.second(x)), 0.15, self.training)
        found: Tensor = self.score(x)[:, 0]
        return found


class SpeakerExamples:
    """One article, and what is asked of it: who said what was said.

    table (WordTable): The article.
    asked (Sequence[tuple[Utterance, Entry | None]]): What was said in it, with the entry that tells who said it, if
        one does.
    same (SameSpeaker): Tells which candidates are right.
    """

    def __init__(self, table: WordTable, asked: Sequence[tuple[Utterance, Entry | None]], same: SameSpeaker) -> None:
        self.utterances = [said for said, _ in asked]
        self.entries, self.same = [entry for _, entry in asked], same
        self.cast = cast_of(table, [said.mention for said in self.utterances])
        self.comparison = Comparison(table, self.cast)

    @staticmethod
    def annotated(table: WordTable, entries: Sequence[Entry], same: SameSpeaker) -> SpeakerExamples:
        """Return what the entries ask, by their annotated sources."""
        asked: list[tuple[Utterance, Entry | None]] = []
        for entry in entries:
            first, last = table.covered((entry["start"], entry["end"]))
            first = min(first, len(table) - 1)
            mention = whole(table, antecedent(table, phrase(table, entry, "source")))
            asked.append((Utterance(first, max(last, first + 1), mention), entry))
        return SpeakerExamples(table, asked, same)

    @staticmethod
    def found(
        table: WordTable, statements: Sequence[Statement], entries: Sequence[Entry], same: SameSpeaker
    ) -> SpeakerExamples:
        """Return what an article asks as a pipeline finds it; each statement by the entry that it is, if it is one."""
        return SpeakerExamples(table, [(utterance(table, one), entry_of(one, entries)) for one in statements], same)

    def question(self, n: int, chosen: Sequence[int]) -> Question:
        """Return what is asked at `n`, which an entry tells of, where these candidates were chosen before."""
        entry = self.entries[n]
        assert entry is not None
        compared = self.comparison.of(self.utterances, n, chosen)
        right = self._right(entry, compared.candidates.tolist())
        said = self.utterances[n]
        mentions = [self._averaged(m, said) for m in compared.candidates.tolist()]
        return Question(compared, np.array(right), entry["speaker_type"], self.comparison.beside(said), mentions)

    def _right(self, entry: Entry, candidates: Sequence[int]) -> list[bool]:
        """Return which candidates are the speaker of an entry: not who only has its name in his description.

        `A harbour spokesman` is not the harbour, whose word he has, nor is `an engineer at Moss Foods` the company.
        """
        if entry["speaker"] is None:
            return [n < 0 for n in candidates]
        right = [n >= 0 and self.same(entry, self.cast[n].name) for n in candidates]
        described = [r and self.cast[n].kind == "description" for n, r in zip(candidates, right, strict=True)]
        if entry["speaker_type"] == "unnamed":
            return described if any(described) else right
        if described == right or entry["speaker_type"] != "organization":
            return right
        table = self.comparison.table
        return [r and not is_one_person(table, self.cast[n].head) for n, r in zip(candidates, right, strict=True)]

    def _averaged(self, n: int, said: Utterance) -> list[list[Phrase]]:
        if n < 0:
            return []
        last = self.comparison.mentioned_last(n, said)
        return [self.cast[n].first_mentions, *([[last]] if last else [])]

    def as_annotated(self) -> list[Question]:
        """Return all questions that names do not answer; who spoke before is told as it was annotated."""
        chosen: list[int] = []
        found = []
        for n, said in enumerate(self.utterances):
            outer = who_says_i(self.comparison.table, self.utterances, n)
            named = self.comparison.certain(said.mention) if outer is None else chosen[outer]
            if named is not None:
                chosen.append(named)
                continue
            if self.entries[n] is None:
                chosen.append(_NONE_RIGHT)
                continue
            question = self.question(n, chosen)
            found.append(question)
            able = question.compared.candidates[question.right].tolist()
            most = max(able, key=lambda m: len(self.cast[m].mentions) if m >= 0 else 0) if able else _NONE_RIGHT
            chosen.append(most)
        return found


def entry_of(statement: Statement, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry that shares the most with a piece of a statement, more than half of the longer."""
    best, most = None, _SAME
    for entry in entries:
        for start, end in statement.spans:
            both = min(end, entry["end"]) - max(start, entry["start"])
            share = both / max(end - start, entry["end"] - entry["start"])
            if share > most:
                best, most = entry, share
    return best


def learn(articles: Sequence[SpeakerExamples], seeds: Sequence[int] = SEEDS) -> dict[str, Tensor]:
    """Return the weights of networks that score together, one a seed, and trees (`TREES`, as bytes).

    Only answerable questions teach something.

    Turns as a ranker of the other half of the articles tells them, errors and all, were tried beside the annotated
    ones: out of fold no more speakers were right.
    """
    asked = [question for article in articles for question in article.as_annotated() if question.right.any()]
    stack = _Stack(asked)
    trees = torch.frombuffer(bytearray(learn_trees(asked)), dtype=torch.uint8)
    return joined([_learned(stack, seed) for seed in seeds]) | {TREES: trees}


def joined(rankers: Sequence[Weights]) -> dict[str, Tensor]:
    """Return the weights of rankers that score together, stacked; what a source is they have one say in."""
    weights = {name: torch.stack([one[name] for one in rankers]) for name in rankers[0]}
    return weights | {name: weights[name].mean(0) for name in ("kind.weight", "kind.bias")}


def _learned(answerable: _Stack, seed: int) -> dict[str, Tensor]:
    torch.manual_seed(seed)
    order = random.Random(seed)
    ranker = Ranker()
    optimizer = torch.optim.AdamW(ranker.parameters(), lr=RATE, weight_decay=0.03)
    places = list(range(len(answerable)))
    total, step = EPOCHS * (len(places) // BATCH), 0
    ranker.train()
    for _ in range(EPOCHS):
        order.shuffle(places)
        for n in range(0, len(places) - BATCH + 1, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.03, min((step + 1) / 100, 1 - step / total))
            optimizer.zero_grad()
            answerable.loss(ranker, torch.tensor(places[n : n + BATCH])).backward()
            optimizer.step()
            step += 1
    weights: dict[str, Tensor] = ranker.state_dict()
    return weights


class _Stack:
    """Questions as tensors, all candidates of all of them below one another."""

    def __init__(self, questions: Sequence[Question]) -> None:
        compared = [question.compared for question in questions]
        self._numbers = torch.from_numpy(np.concatenate([one.numbers for one in compared]))
        self._pairs = torch.from_numpy(np.concatenate([one.pairs for one in compared]))
        self._vectors = torch.from_numpy(np.concatenate([one.vectors for one in compared]))
        self._noise = NOISE * self._vectors.std(0).mean()
        self._right = torch.from_numpy(np.concatenate([question.right for question in questions]))
        self._mentions = torch.from_numpy(np.array([one.mention for one in compared]))
        self._sizes = torch.tensor([len(question.right) for question in questions])
        self._starts = torch.cumsum(self._sizes, 0) - self._sizes
        # What a source is that stands for itself is learned of those alone.
        own = [(question.right & (question.compared.pairs % len(CANDIDATES) == 0)).any() for question in questions]
        kinds = [
            SPEAKER_KINDS.index(question.kind) if question.kind and alone else _NO_KIND
            for question, alone in zip(questions, own, strict=True)
        ]
        self._kinds = torch.tensor(kinds)

    def __len__(self) -> int:
        return len(self._sizes)

    def _noisy(self, vectors: Tensor) -> Tensor:
        return vectors + self._noise * torch.randn_like(vectors)

    def loss(self, ranker: Ranker, batch: Tensor) -> Tensor:
        """Return the loss of some questions."""
        sizes = self._sizes[batch]
        within = torch.arange(int(sizes.max())) < sizes[:, None]
        rows = (self._starts[batch][:, None] + torch.arange(within.shape[1]))[within]
        mentions = self._mentions[batch]
        scores = ranker(
            self._numbers[rows], self._pairs[rows], self._noisy(mentions), sizes, self._noisy(self._vectors[rows])
        )
        of_kind = F.cross_entropy(
            ranker.kind(F.dropout(mentions, 0.3)), self._kinds[batch], ignore_index=_NO_KIND, reduction="sum"
        )
        return unlikely(scores, self._right[rows], sizes).mean() + of_kind / 2


def unlikely(scores: Tensor, right: Tensor, sizes: Tensor) -> Tensor:
    """Return the negative logarithm of the likelihood that all right candidates have together, of each question.

    scores, right (Tensor): Of the candidates of all questions, one after the other.
    sizes (Tensor): How many each question has.
    """
    within = torch.arange(int(sizes.max())) < sizes[:, None]
    table = torch.full(within.shape, -torch.inf).masked_scatter(within, scores)
    wrong = ~torch.zeros_like(within).masked_scatter(within, right)
    return torch.logsumexp(table, 1) - torch.logsumexp(table.masked_fill(wrong, -torch.inf), 1)
