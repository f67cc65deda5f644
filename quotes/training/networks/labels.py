"""The labels that each task chooses from, as found in the training part of the corpora."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..corpora import ENTITIES, Passage

SYNTAX = ("tag", "morph", "lemma", "dep")
RARE = 3
"""A label seen less often is left out: 0.3 % of lemmas, less than 0.05 % of all else."""

Labels = dict[str, tuple[str, ...]]


def labels_of(passages: Iterable[Passage]) -> Labels:
    """Return the labels of every task, the most frequent first, from the sentences of treebanks."""
    counts: dict[str, Counter[str]] = {task: Counter() for task in SYNTAX}
    for passage in passages:
        for task in SYNTAX:
            counts[task].update(passage.labels[task])
    found = {task: tuple(label for label, n in count.most_common() if n >= RARE) for task, count in counts.items()}
    found["entity"] = bio(ENTITIES.values())
    return found


def bio(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the labels of a sequence: outside, and the beginning and inside of each kind."""
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BI"))
