"""What an annotated article teaches the encoder and the networks that read its vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ...pipeline.language.encoder import Feed
from ..networks.attribution_network import Windows
from ..networks.network import WIDTH
from .attribution_learning import Example, collate
from .resolver_learning import Ranker
from .speaker_lessons import SpeakerLesson

HALVES = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
"""Whether encoders are trained in half precision: it takes less time with AVX-512, seven times as much without."""
_LONGEST = 3000
"""Wordpieces that an encoder reads at once."""

Pieces = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
Reader = Callable[[Tensor, Tensor, Tensor | None], Tensor]
"""An encoder: B x T x `WIDTH` of `ids`, `shapes` and what is there."""


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """One article: what the encoder is given, window by window, and what there is to learn.

    vectors (NDArray[float16]): Words x width, of the encoder before it was tuned.
    speakers (SpeakerLesson | None): Who is meant; none if that is not annotated.
    told (NDArray[float16] | None): Words x width, of a larger encoder whose attributions are learned too.
    """

    feeds: Sequence[Feed]
    vectors: NDArray[np.float16]
    examples: Sequence[Example]
    speakers: SpeakerLesson | None = None
    told: NDArray[np.float16] | None = None

    @property
    def words(self) -> int:
        """How many it has."""
        return len(self.vectors)


def begins(lessons: Sequence[Lesson]) -> list[int]:
    """Return how many words stand before each article, and in all."""
    return list(accumulate((lesson.words for lesson in lessons), initial=0))


def word_vectors(encoder: Reader, lessons: Sequence[Lesson], *, halves: bool) -> Tensor:
    """Return words x `WIDTH`, of all articles one after the other: the mean of each word's wordpieces."""
    first = begins(lessons)
    pieces = [_pieces(feed, begin) for lesson, begin in zip(lessons, first, strict=False) for feed in lesson.feeds]
    rows, owners = [], []
    with torch.autocast("cpu", torch.bfloat16, enabled=halves):
        for group in _of_one_length(pieces):
            longest = max(len(ids) for ids, _, _ in group)
            ids, shapes, owner = (
                torch.stack(
                    [F.pad(torch.from_numpy(one[n]), (0, longest - len(one[n])), value=n and 1 - n) for one in group]
                )
                for n in range(3)
            )
            there = torch.arange(longest)[None] < torch.tensor([len(one[0]) for one in group])[:, None]
            read = encoder(ids, shapes, None if bool(there.all()) else there)
            own = owner >= 0
            rows.append(read.float()[own])
            owners.append(owner[own])
    index = torch.cat(owners)
    count = torch.zeros(first[-1]).index_add(0, index, torch.ones(len(index)))
    found = torch.zeros(first[-1], WIDTH).index_add(0, index, torch.cat(rows))
    return found / count.clamp(min=1)[:, None]


def windows_of(lessons: Sequence[Lesson], vectors: Tensor) -> Windows:
    """Return the windows in which attributions are learned, of articles of whose words `vectors` are."""
    examples = zip(lessons, begins(lessons), strict=False)
    return collate([(example, begin) for lesson, begin in examples for example in lesson.examples], vectors)


def speakers_lost(ranker: Ranker, lessons: Sequence[Lesson], vectors: Tensor) -> Tensor:
    """Return how unlikely the right speakers are to a ranker, on average over the questions of some articles."""
    of_articles = zip(lessons, begins(lessons), strict=False)
    losses = [
        lesson.speakers.losses(ranker, vectors[begin : begin + lesson.words])
        for lesson, begin in of_articles
        if lesson.speakers
    ]
    return torch.cat(losses).mean() if losses else torch.zeros(())


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
