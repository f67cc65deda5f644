from itertools import product

import numpy as np
import pytest

from quotes.pipeline.trees import best_tree, is_tree


def brute(scores):
    n = len(scores)
    trees = (np.array(heads) for heads in product(range(n), repeat=n))
    return max((t for t in trees if is_tree(t)), key=lambda t: scores[np.arange(n), t].sum())


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_best_of_all_trees_with_that_root(size):
    random = np.random.default_rng(size)
    for _ in range(60):
        scores = random.normal(size=(size, size)).astype(np.float32)
        found, best = best_tree(scores), brute(scores)
        assert is_tree(found)
        at = np.arange(size)
        wanted = scores.argmax(1)
        if (wanted == at).any():
            # The root is one of those that want to be: among them the tree is the best there is.
            roots = np.flatnonzero(wanted == at)
            held = scores.copy()
            np.fill_diagonal(held, -100)
            held[roots, roots] = scores[roots, roots]
            assert scores[at, found].sum() == pytest.approx(held[at, brute(held)].sum(), abs=1e-4)
        elif found.tolist() == best.tolist():
            assert scores[at, found].sum() == pytest.approx(scores[at, best].sum(), abs=1e-4)


def test_long_cycles_are_broken():
    n = 60
    scores = np.zeros((n, n), np.float32)
    scores[np.arange(n), (np.arange(n) + 1) % n] = 5
    assert is_tree(best_tree(scores))


def test_ties_and_infinite_scores():
    assert is_tree(best_tree(np.zeros((30, 30), np.float32)))


@pytest.mark.parametrize(
    ("heads", "tree"), [([0], True), ([0, 0, 1], True), ([1, 0], False), ([0, 1], False), ([1, 2, 1, 3], False)]
)
def test_is_tree(heads, tree):
    assert is_tree(np.array(heads)) is tree
