"""What the network of `attribution` learns from annotated articles, and how."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from ..pipeline.attribution import POINTERS, windows
from ..pipeline.cast import Phrase
from ..pipeline.pieces import Letters
from ..pipeline.word_table import WordTable
from .attribution_network import AttributionNetwork, Windows
from .gold import Entry, phrase

IGNORE = -100
BATCH = 12
"""Windows."""
RATE = 8e-4
_KEPT = 0.998
"""Of the running average of the weights, which is what is packaged, at each step."""
_WARMUP = 100

Array = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Example:
    """One window of an article: the columns of `Windows` for it alone."""

    vectors: NDArray[np.float16]
    marked: Array
    relation: Array
    starts: Array
    paragraph: Array
    cues: Array
    attributions: list[Phrase]
    roles: Array
    pointers: Array
    passages: list[tuple[int, int, int]]


def examples(
    table: WordTable, entries: Sequence[Entry], relations: Mapping[str, int], *, passages: bool = True
) -> Iterator[Example]:
    """Yield the windows of an article.

    passages (bool): Whether it tells which passages in quotation marks are speech.
    """
    by_cue: dict[Phrase, dict[str, set[Phrase]]] = {}
    for entry in entries:
        cue = phrase(table, entry, "cue")
        if cue:
            parts = by_cue.setdefault(cue, {"content": set(), "source": set()})
            parts["content"].add(table.covered((entry["start"], entry["end"])))
            source = phrase(table, entry, "source")
            parts["source"].update([source] if source else ())
    cues = np.zeros(len(table), np.int64)
    for cue in by_cue:
        _label(cues, cue, 1)
    relation = np.array([relations.get(dep, 0) for dep in table.deps], np.int64)
    starts = (np.diff(table.paragraph, prepend=-1) != 0).astype(np.int64)
    labels = _passages(table, entries) if passages else []
    for window in windows(table):
        read = slice(window.start, window.end)
        length = window.end - window.start
        own = [(cue, parts) for cue, parts in by_cue.items() if window.own <= cue[0] < window.until]
        roles = np.zeros((len(own), length), np.int64)
        pointers = np.full((len(own), 2 * len(POINTERS)), -1, np.int64)
        for n, (cue, parts) in enumerate(own):
            contents = _within(parts["content"], window.start, length)
            sources = _within(parts["source"], window.start, length)
            for content in contents:
                _label(roles[n], content, 3)
            for source in sources:
                _label(roles[n], source, 1)
            at = cue[0] - window.start
            nearest = sorted(_by_distance(contents, at)[:2])
            for m, part in enumerate(nearest):
                pointers[n, 2 * m : 2 * m + 2] = part[0], part[1] - 1
            if sources:
                part = _by_distance(sources, at)[0]
                pointers[n, 4:] = part[0], part[1] - 1
        chosen = cues[read].copy()
        chosen[: window.own - window.start] = chosen[window.until - window.start :] = IGNORE
        yield Example(
            table.vectors[read].astype(np.float16),
            table.marked[read],
            relation[read],
            starts[read],
            table.paragraph[read],
            chosen,
            [(cue[0] - window.start, min(cue[1] - window.start, length)) for cue, _ in own],
            roles,
            pointers,
            [
                (first - window.start, min(last - window.start, length), label)
                for first, last, label in labels
                if window.own <= first < window.until
            ],
        )


def _label(row: Array, part: Phrase, first: int) -> None:
    row[part[0] : part[1]] = first + 1
    row[part[0] : part[0] + 1] = first


def _within(parts: Iterable[Phrase], start: int, length: int) -> list[Phrase]:
    moved = [(max(0, first - start), min(length, last - start)) for first, last in parts]
    return sorted((first, last) for first, last in moved if first < last)


def _by_distance(parts: Iterable[Phrase], place: int) -> list[Phrase]:
    return sorted(parts, key=lambda part: min(abs(part[0] - place), abs(part[1] - 1 - place)))


def _passages(table: WordTable, entries: Sequence[Entry]) -> list[tuple[int, int, int]]:
    """Return each passage in marks with its label of `PASSAGES`."""
    letters = Letters(table.text)
    found = []
    for first, last, mark in table.quotations:
        span, label = (mark.start, mark.end), 0
        for entry in entries:
            content = (entry["start"], entry["end"])
            both = letters.count((max(span[0], content[0]), max(span[0], content[0], min(span[1], content[1]))))
            if not both:
                continue
            if entry["kind"] == "direct" and letters.shared(span, content) >= 0.5:
                label = max(label, 3 if entry.get("cue_start") is None else 1)
            elif 2 * both > letters.count(span):
                label = label or 2
        found.append((first, last, label))
    return found


def collate(chosen: Sequence[Example]) -> Windows:
    """Return windows as tensors."""
    longest = max(len(example.marked) for example in chosen)

    def padded(name: str, value: int) -> torch.Tensor:
        rows = [torch.from_numpy(getattr(example, name)) for example in chosen]
        return torch.stack([F.pad(row, (0, longest - len(row)), value=value) for row in rows])

    vectors = torch.zeros(len(chosen), longest, chosen[0].vectors.shape[1])
    for n, example in enumerate(chosen):
        vectors[n, : len(example.vectors)] = torch.from_numpy(example.vectors.astype(np.float32))
    paragraph = padded("paragraph", -9)
    cues = [(n, first, last - 1) for n, example in enumerate(chosen) for first, last in example.attributions]
    roles = [np.pad(e.roles, ((0, 0), (0, longest - e.roles.shape[1])), constant_values=IGNORE) for e in chosen]
    pointers = [np.where(e.pointers < 0, longest, e.pointers) for e in chosen]
    passages = [(n, *passage) for n, example in enumerate(chosen) for passage in example.passages]
    window, first, last = torch.tensor(cues, dtype=torch.long).reshape(-1, 3).unbind(1)
    return Windows(
        vectors,
        padded("marked", 0),
        padded("relation", 0),
        padded("starts", 0),
        paragraph,
        paragraph != -9,
        padded("cues", IGNORE),
        window,
        first,
        last,
        torch.from_numpy(np.concatenate(roles)),
        torch.from_numpy(np.concatenate(pointers)),
        torch.tensor(passages, dtype=torch.long).reshape(-1, 4),
    )


def learn(
    windows_of: Sequence[Example],
    relations: int,
    epochs: int,
    checkpoint: Path,
    start: Mapping[str, torch.Tensor] | None = None,
    seed: int = 1,
) -> dict[str, torch.Tensor]:
    """Return the weights of the network after some rounds over all windows.

    checkpoint (Path): Written after each round; a run that was stopped goes on from there.
    start (Mapping[str, Tensor] | None): Weights to begin with; random ones if None.
    """
    torch.manual_seed(seed)
    network = AttributionNetwork(relations)
    if start:
        network.load_state_dict(dict(start))
    average = copy.deepcopy(network.state_dict())
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.02, fused=True)
    rounds, step = 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, rounds, step = state["average"], state["rounds"], state["step"]
    total = epochs * math.ceil(len(windows_of) / BATCH)
    for turn in range(rounds, epochs):
        network.train()
        for batch in _batches(windows_of, random.Random(f"{seed} {turn}")):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min((step + 1) / _WARMUP, max(0.02, 1 - step / total))
            optimizer.zero_grad()
            network.loss(collate(batch)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            kept = min(_KEPT, (1 + step) / (10 + step))
            for name, value in network.state_dict().items():
                average[name].lerp_(value, 1 - kept)
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
        torch.save({**state, "rounds": turn + 1, "step": step}, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    found: dict[str, torch.Tensor] = average
    return found


def _batches(windows_of: Sequence[Example], order: random.Random) -> Iterator[list[Example]]:
    """Yield all windows once, those of about a length together."""
    shuffled = list(windows_of)
    order.shuffle(shuffled)
    near = 8 * BATCH
    batches = []
    for n in range(0, len(shuffled), near):
        group = sorted(shuffled[n : n + near], key=lambda example: len(example.marked))
        batches += [group[m : m + BATCH] for m in range(0, len(group), BATCH)]
    order.shuffle(batches)
    yield from batches
