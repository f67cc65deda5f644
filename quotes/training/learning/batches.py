"""Passages packed into windows of the encoder's length, and windows into batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from ...pipeline.language.encoder import look
from ...pipeline.language.marked_words import marked_words
from ...pipeline.language.marks import pair_marks
from ...pipeline.language.wordpieces import Wordpieces
from ..corpora import Passage
from ..networks.labels import Labels

WINDOW = 272
"""Wordpieces of a window in training. At run time no window is longer than this and its context."""
IGNORE = -100
_BUCKETS = (96, 160, 216, WINDOW)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A passage as numbers; arrays have one entry a word, `pieces` and `shapes` (see `look`) one a wordpiece."""

    pieces: NDArray[np.int32]
    shapes: NDArray[np.int8]
    lengths: NDArray[np.int32]
    starts_paragraph: bool
    targets: dict[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side.

    ids, shapes (Tensor): B x T; `mask` says which are there.
    pool (Tensor): B x W x T, the share of each wordpiece in the mean of its word.
    targets (dict[str, Tensor]): B x W by task, `IGNORE` where there is no word; `sentence` numbers the sentences.
    """

    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    pool: torch.Tensor
    targets: dict[str, torch.Tensor]

    @property
    def wordpieces(self) -> int:
        """How many wordpieces it holds."""
        return int(self.mask.sum())


def encode(passages: Sequence[Passage], wordpieces: Wordpieces, labels: Labels) -> list[Encoded]:
    """Return passages as numbers; those longer than a window are cut."""
    numbers = {task: {label: n for n, label in enumerate(names)} for task, names in labels.items()}
    return [part for passage in passages for part in _encode(passage, wordpieces, numbers)]


def _encode(passage: Passage, wordpieces: Wordpieces, numbers: dict[str, dict[str, int]]) -> Iterator[Encoded]:
    words = [wordpieces.word(text) for text in passage.words]
    lengths = np.array([len(word.pieces) for word in words], np.int32)
    targets = {
        task: np.array([numbers[task].get(label, IGNORE) for label in row], np.int64)
        for task, row in passage.labels.items()
    }
    looks = look(np.array([word.shape for word in words], np.int64), _marked(passage))
    start, room = 0, WINDOW - 2
    while start < len(words):
        stop = start + max(1, int(np.searchsorted(np.cumsum(lengths[start:]), room, side="right")))
        part = slice(start, stop)
        cut = {task: row[part] for task, row in targets.items()}
        if passage.heads:
            heads = np.array(passage.heads[part], np.int64) - start
            cut["head"] = np.where((heads < 0) | (heads >= stop - start), IGNORE, heads)
            cut["start"] = np.array([int(start == 0), *[0] * (stop - start - 1)], np.int64)
        yield Encoded(
            np.array([piece for word in words[part] for piece in word.pieces], np.int32),
            np.repeat(looks[part], lengths[part]).astype(np.int8),
            lengths[part],
            passage.starts_paragraph or start > 0,
            cut,
        )
        start = stop


def _marked(passage: Passage) -> NDArray[np.int64]:
    """Return how each word of a passage stands to its quotation marks."""
    lengths = np.array([len(word) for word in passage.words], np.int64)
    ends = np.cumsum(lengths + np.array(passage.spaces, np.int64)) - np.array(passage.spaces, np.int64)
    text = "".join(word + " " * space for word, space in zip(passage.words, passage.spaces, strict=True))
    return marked_words(ends - lengths, ends, pair_marks(text))[1]


def windows(documents: Sequence[Sequence[Encoded]], order: random.Random) -> list[list[Encoded]]:
    """Return all passages in windows, the documents in a new order, a window over the end of a document or not."""
    shuffled = list(documents)
    order.shuffle(shuffled)
    # The first window is short by chance, so that each round cuts the documents elsewhere.
    room, full = order.randrange(WINDOW // 2, WINDOW), WINDOW
    packed: list[list[Encoded]] = [[]]
    used = 2
    for document in shuffled:
        for passage in document:
            need = len(passage.pieces) + 1
            if packed[-1] and used + need > room:
                packed.append([])
                used, room = 2, full
            packed[-1].append(passage)
            used += need
    return [window for window in packed if window]


def batches(documents: Sequence[Sequence[Encoded]], size: int, seed: int) -> Iterator[list[list[Encoded]]]:
    """Yield batches of about `size` wordpieces for ever, round after round over the documents."""
    turn = 0
    while True:
        order = random.Random(f"{seed} {turn}")
        buckets: dict[int, list[list[Encoded]]] = {}
        ready: list[list[list[Encoded]]] = []
        for window in windows(documents, order):
            bucket = bucket_of(window)
            buckets.setdefault(bucket, []).append(window)
            if len(buckets[bucket]) * bucket >= size:
                ready.append(buckets.pop(bucket))
        ready += buckets.values()
        order.shuffle(ready)
        yield from ready
        turn += 1


def drawn(
    corpus: Mapping[str, Sequence[Sequence[Encoded]]], shares: Mapping[str, float], size: int, seed: int
) -> Iterator[list[list[Encoded]]]:
    """Yield batches of several corpora for ever, each as often as its share says; the same for the same seed."""
    streams = {name: batches(corpus[name], size, seed + n) for n, name in enumerate(shares)}
    order = random.Random(seed)
    while True:
        yield next(streams[order.choices(list(shares), list(shares.values()))[0]])


def bucket_of(window: Sequence[Encoded]) -> int:
    """Return the padded length of a window: one of a few, since each new one costs time."""
    used = 1 + sum(len(p.pieces) for p in window) + sum(p.starts_paragraph for p in window[1:]) + 1
    return next((bucket for bucket in _BUCKETS if used <= bucket), used)


def collate(chosen: Sequence[Sequence[Encoded]], wordpieces: Wordpieces) -> Batch:
    """Return windows as tensors: `[CLS]` before each, `[SEP]` after each paragraph."""
    length = max(bucket_of(window) for window in chosen)
    most = max(sum(len(p.lengths) for p in window) for window in chosen)
    ids = np.zeros((len(chosen), length), np.int64)
    shapes = np.zeros((len(chosen), length), np.int64)
    mask = np.zeros((len(chosen), length), bool)
    pool = np.zeros((len(chosen), most, length), np.float32)
    tasks = sorted({task for window in chosen for p in window for task in p.targets})
    targets = {task: np.full((len(chosen), most), IGNORE, np.int64) for task in tasks}
    if "head" in tasks:
        targets["sentence"] = np.full((len(chosen), most), -1, np.int64)
    for b, window in enumerate(chosen):
        ids[b, 0] = wordpieces.first
        at, word = 1, 0
        for n, passage in enumerate(window):
            if n and passage.starts_paragraph:
                ids[b, at] = wordpieces.between
                at += 1
            stop = at + len(passage.pieces)
            ids[b, at:stop], shapes[b, at:stop] = passage.pieces, passage.shapes
            count = len(passage.lengths)
            owner = np.repeat(np.arange(word, word + count), passage.lengths)
            pool[b, owner, np.arange(at, stop)] = np.repeat(1 / passage.lengths, passage.lengths)
            for task, row in passage.targets.items():
                moved = row + word * ((task == "head") & (row != IGNORE))
                targets[task][b, word : word + count] = moved
            if "sentence" in targets:
                targets["sentence"][b, word : word + count] = n
            at, word = stop, word + count
        ids[b, at] = wordpieces.between
        mask[b, : at + 1] = True
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(shapes),
        torch.from_numpy(mask),
        torch.from_numpy(pool),
        {task: torch.from_numpy(array) for task, array in targets.items()},
    )
