"""The component `attribution` in PyTorch, as it is trained; `attribution_graph` makes what onnxruntime runs of it.

The names of its weights are those of the component.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ...pipeline.attribution import ATTENTION_HEADS, CUES, FARTHEST, PASSAGES, POINTERS, ROLES, distance_classes
from .network import WIDTH as VECTOR

WIDTH, BLOCKS, PAIR = 192, 2, 128
DROPOUT = 0.15
CUE, ROLE, POINTER, PASSAGE = 4, 3, 0.75, 0.15
"""What the losses of the heads count."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows side by side, B of T words.

    vectors (Tensor): B x T x width of the encoder.
    marked, relation, starts, paragraph (Tensor): B x T; `there` says which words there are.
    cues (Tensor): B x T, labels of `CUES`, -100 where there is nothing to learn.
    window, first, last (Tensor): A, of each attribution its window, and the first and last word of its cue.
    roles (Tensor): A x T, labels of `ROLES`, -100 beyond the window.
    pointers (Tensor): A x 2 `POINTERS`, the word to point to, T for none.
    passages (Tensor): P x 4: the window, the first word, one past the last, and the label of `PASSAGES`.
    """

    vectors: Tensor
    marked: Tensor
    relation: Tensor
    starts: Tensor
    paragraph: Tensor
    there: Tensor
    cues: Tensor
    window: Tensor
    first: Tensor
    last: Tensor
    roles: Tensor
    pointers: Tensor
    passages: Tensor


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of windows, before softmax.

    cues, passages (Tensor): B x T x `CUES`; P x `PASSAGES`.
    roles (Tensor): A x T x `ROLES`.
    pointers (Tensor): A x 2 `POINTERS` x T + 1, nothing to point to last.
    """

    cues: Tensor
    roles: Tensor
    pointers: Tensor
    passages: Tensor

    def loss(self, batch: Windows) -> Tensor:
        """Return how unlikely it makes what there is to learn."""
        loss = CUE * F.cross_entropy(self.cues.flatten(0, 1), batch.cues.flatten(), ignore_index=-100)
        if len(self.roles):
            loss = loss + ROLE * F.cross_entropy(self.roles.flatten(0, 1), batch.roles.flatten(), ignore_index=-100)
            loss = loss + POINTER * F.cross_entropy(self.pointers.flatten(0, 1), batch.pointers.flatten())
        if len(self.passages):
            loss = loss + PASSAGE * F.cross_entropy(self.passages, batch.passages[:, 3])
        return loss

    def apart(self, told: Scores, batch: Windows) -> Tensor:
        """Return how unlikely it makes what another network tells, cross-entropy with its likelihoods."""
        own = batch.cues != -100
        loss = CUE * apart(self.cues[own], told.cues[own])
        if len(self.roles):
            there = batch.roles != -100
            loss = loss + ROLE * apart(self.roles[there], told.roles[there])
            loss = loss + POINTER * apart(self.pointers, told.pointers)
        if len(self.passages):
            loss = loss + PASSAGE * apart(self.passages, told.passages)
        return loss


def apart(scores: Tensor, goal: Tensor) -> Tensor:
    """Return the cross-entropy of scores with what others say, on average."""
    return -(goal.detach().softmax(-1) * scores.log_softmax(-1)).sum(-1).mean()


class Block(nn.Module):
    """A layer of the transformer; what goes in is normalised, not what comes out."""

    def __init__(self) -> None:
        super().__init__()
        self.before_attention = nn.LayerNorm(WIDTH)
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.before_inner = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, 3 * WIDTH)
        self.outer = nn.Linear(3 * WIDTH, WIDTH)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the next layer's input; `bias` (B x heads x T x T) is added to the scores of attention."""
        batch, length, _ = x.shape
        rows = self.attention(self.before_attention(x))
        query, key, value = rows.view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(
            2, 0, 3, 1, 4
        )
        joined = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = x + self.joined(joined.transpose(1, 2).reshape(batch, length, WIDTH))
        inner = F.gelu(self.inner(self.before_inner(x)), approximate="tanh")
        return x + F.dropout(self.outer(inner), DROPOUT, self.training)


class AttributionNetwork(nn.Module):
    """The transformer over words, and its heads.

    relations (int): How many relations of the parse it knows.
    """

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.input = nn.Linear(VECTOR, WIDTH)
        self.marked = nn.Embedding(6, WIDTH)
        self.relation = nn.Embedding(relations + 1, WIDTH)
        self.starts = nn.Embedding(2, WIDTH)
        for embedding in (self.marked, self.relation, self.starts):
            nn.init.normal_(embedding.weight, std=0.05)
        self.far_bias = nn.Parameter(torch.zeros(BLOCKS, 2 * FARTHEST + 1, ATTENTION_HEADS))
        self.same_paragraph = nn.Parameter(torch.zeros(BLOCKS, ATTENTION_HEADS))
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.cue = nn.Linear(WIDTH, len(CUES))
        targets = len(ROLES) + 2 * len(POINTERS)
        self.of_cue = nn.Linear(WIDTH, PAIR)
        self.of_word = nn.Linear(WIDTH, PAIR)
        self.role = nn.Parameter(torch.empty(targets, PAIR + 1, PAIR + 1))
        nn.init.normal_(self.role, std=0.02)
        self.far = nn.Embedding(2 * FARTHEST + 1, targets)
        self.apart = nn.Embedding(5, targets)
        nn.init.zeros_(self.far.weight)
        nn.init.zeros_(self.apart.weight)
        self.nothing = nn.Linear(PAIR + 1, 2 * len(POINTERS))
        self.passage = nn.Sequential(
            nn.Linear(5 * WIDTH, WIDTH), nn.ReLU(), nn.Dropout(0.2), nn.Linear(WIDTH, len(PASSAGES))
        )

    def read(self, batch: Windows) -> Tensor:
        """Return B x T x `WIDTH`: a row for each word."""
        x = self.input(batch.vectors) + self.marked(batch.marked) + self.relation(batch.relation)
        x = F.dropout(x + self.starts(batch.starts), DROPOUT, self.training)
        places = torch.arange(x.shape[1])
        # A product with one-hot rows: the gradient of an embedding of T x T places takes ten times as long.
        far = F.one_hot(_classes(places[None] - places[:, None]), 2 * FARTHEST + 1).float()
        same = (batch.paragraph[:, :, None] == batch.paragraph[:, None, :]).float()[:, None]
        missing = (~batch.there).float()[:, None, None, :] * -1e4
        for n, block in enumerate(self.blocks):
            bias = (far @ self.far_bias[n]).permute(2, 0, 1)[None]
            x = block(x, bias + same * self.same_paragraph[n][None, :, None, None] + missing)
        return self.norm(x)

    def parts(self, x: Tensor, batch: Windows) -> tuple[Tensor, Tensor]:
        """Return A x T x (roles and pointers), and A x pointers for nothing to point at."""
        sums = F.pad(x.cumsum(1), (0, 0, 1, 0))
        length = (batch.last + 1 - batch.first)[:, None]
        mean = (sums[batch.window, batch.last + 1] - sums[batch.window, batch.first]) / length
        cue = F.dropout(F.relu(self.of_cue(mean)), DROPOUT, self.training)
        word = F.dropout(F.relu(self.of_word(x)), DROPOUT, self.training)
        cue, word = F.pad(cue, (0, 1), value=1.0), F.pad(word, (0, 1), value=1.0)
        left = torch.einsum("ni,lij->nlj", cue, self.role)
        scores = torch.einsum("nlj,ntj->ntl", left, word[batch.window])
        places = torch.arange(x.shape[1])[None]
        steps = (places - batch.last[:, None]).clamp(min=0) - (batch.first[:, None] - places).clamp(min=0)
        own = batch.paragraph[batch.window, batch.first][:, None]
        apart = (batch.paragraph[batch.window] - own).clamp(-2, 2) + 2
        return scores + self.far(_classes(steps)) + self.apart(apart), self.nothing(cue)

    def speech(self, x: Tensor, passages: Tensor) -> Tensor:
        """Return P x `PASSAGES`."""
        window, first, end, _ = passages.unbind(1)
        sums = F.pad(x.cumsum(1), (0, 0, 1, 0))
        mean = (sums[window, end] - sums[window, first]) / (end - first)[:, None]
        before, after = x[window, (first - 1).clamp(min=0)], x[window, end.clamp(max=x.shape[1] - 1)]
        return self.passage(torch.cat([x[window, first], x[window, end - 1], mean, before, after], -1))

    def scores(self, batch: Windows) -> Scores:
        """Return what it says of windows."""
        x = self.read(batch)
        scores, nothing = self.parts(x, batch)
        pointers = scores[..., len(ROLES) :].masked_fill(~batch.there[batch.window][..., None], -1e4)
        pointers = torch.cat([pointers, nothing[:, None]], 1).transpose(1, 2)
        return Scores(self.cue(x), scores[..., : len(ROLES)], pointers, self.speech(x, batch.passages))

    def loss(self, batch: Windows) -> Tensor:
        """Return the loss of all heads."""
        return self.scores(batch).loss(batch)


def _classes(steps: Tensor) -> Tensor:
    return torch.from_numpy(distance_classes(steps.numpy()))
