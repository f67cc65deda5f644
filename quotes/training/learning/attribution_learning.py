"""What the network of `attribution` learns from annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ...pipeline.attribution import POINTERS, windows
from ...pipeline.quotation.pieces import Letters
from ...pipeline.speakers.cast import Phrase
from ...pipeline.word_table import WordTable
from ..annotated_articles import Entry, phrase
from ..networks.attribution_network import Windows
from .batches import IGNORE

Array = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Example:
    """One window of an article, from its word `first` on: the columns of `Windows` for it alone."""

    first: int
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
            window.start,
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


def collate(chosen: Sequence[tuple[Example, int]], vectors: Tensor) -> Windows:
    """Return windows as tensors.

    chosen (Sequence[tuple[Example, int]]): Each with the row of `vectors` where its article begins.
    vectors (Tensor): Words x width, of all their articles.
    """
    examples = [example for example, _ in chosen]
    longest = max(len(example.marked) for example in examples)

    def padded(name: str, value: int) -> Tensor:
        rows = [torch.from_numpy(getattr(example, name)) for example in examples]
        return torch.stack([F.pad(row, (0, longest - len(row)), value=value) for row in rows])

    rows = torch.full((len(chosen), longest), len(vectors))
    for n, (example, begin) in enumerate(chosen):
        length = len(example.marked)
        rows[n, :length] = torch.arange(begin + example.first, begin + example.first + length)
    paragraph = padded("paragraph", -9)
    cues = [(n, first, last - 1) for n, example in enumerate(examples) for first, last in example.attributions]
    roles = [np.pad(e.roles, ((0, 0), (0, longest - e.roles.shape[1])), constant_values=IGNORE) for e in examples]
    pointers = [np.where(e.pointers < 0, longest, e.pointers) for e in examples]
    passages = [(n, *passage) for n, example in enumerate(examples) for passage in example.passages]
    window, first, last = torch.tensor(cues, dtype=torch.long).reshape(-1, 3).unbind(1)
    return Windows(
        F.pad(vectors, (0, 0, 0, 1))[rows],
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
