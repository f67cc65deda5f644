"""The best tree over the words of a sentence, given the score of every arc.

Most sentences' best heads form a tree as they are; the others go through Chu and Liu's (1965) and
Edmonds' (1967) algorithm. A word that is its own head is the root, and a sentence has one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Return the head of each word.

    scores (NDArray[float32]): n x n, of word i (first) having the head j, and of being the root where i is j.
    """
    heads: Heads = scores.argmax(1)
    if is_tree(heads):
        return heads
    return _one_root(scores.astype(np.float64), np.flatnonzero(heads == np.arange(len(heads))))


def is_tree(heads: Heads) -> bool:
    """Return whether there is one root, and every word hangs on it."""
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) != 1:
        return False
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == roots[0]).all())


def _one_root(scores: NDArray[np.float64], roots: NDArray[np.int64]) -> Heads:
    """Return the best tree with any of some words as root; where there are none, with the likeliest."""
    alike = scores - scores.max(1, keepdims=True)
    if not len(roots):
        roots = np.array([int(np.diagonal(alike).argmax())])
    # More than a few candidates is a sentence beyond parsing: the likeliest of them will do.
    likely = roots[np.argsort(-np.diagonal(alike)[roots])][:4]
    best: tuple[float, Heads] | None = None
    for root in likely.tolist():
        heads = _arborescence(alike, root)
        total = float(alike[np.arange(len(heads)), heads].sum())
        if best is None or total > best[0]:
            best = (total, heads)
    assert best is not None
    return best[1]


def _arborescence(scores: NDArray[np.float64], root: int) -> Heads:
    """Return the best heads of all words with a given root: cycles become one word, until there is none."""
    count = len(scores)
    work = scores.copy()
    np.fill_diagonal(work, -np.inf)
    heads: Heads = work.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.flatnonzero(inside)
    kept = work[members, heads[members]]
    # One word, the last, stands for the cycle: what enters it there must break it open there.
    entering = work[np.ix_(members, outside)] - kept[:, None]
    leaving = work[np.ix_(outside, members)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = work[np.ix_(outside, outside)]
    small[:-1, -1] = leaving.max(1)
    small[-1, :-1] = entering.max(0)
    inner = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    result: Heads = heads.copy()
    for n, word in enumerate(outside.tolist()):
        if word != root:
            result[word] = members[leaving[n].argmax()] if inner[n] == len(outside) else outside[inner[n]]
    enters = int(inner[-1])
    result[members[entering[:, enters].argmax()]] = outside[enters]
    result[root] = root
    return result


def _cycle(heads: Heads, root: int) -> list[int] | None:
    done = np.zeros(len(heads), np.int64)
    done[root] = -1
    for start in range(len(heads)):
        at = start
        while done[at] == 0:
            done[at] = start + 1
            at = int(heads[at])
        if done[at] == start + 1:
            cycle = [at]
            while int(heads[cycle[-1]]) != at:
                cycle.append(int(heads[cycle[-1]]))
            return cycle
        walk = start
        while done[walk] == start + 1:
            done[walk] = -1
            walk = int(heads[walk])
    return None
