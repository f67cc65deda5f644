from itertools import product

import numpy as np
import pytest

from quotes.pipeline.language.trees import best_tree, is_tree


def best_total(scores, roots):
    """Return the score of the best of all trees that have one of some words as root."""
    at = np.arange(len(scores))
    trees = (np.array(heads) for heads in product(at, repeat=len(at)))
    return max(scores[at, tree].sum() for tree in trees if is_tree(tree) and (tree == at)[roots].any())


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_best_of_all_trees_with_a_likely_root(size):
    random = np.random.default_rng(size)
    at = np.arange(size)
    for _ in range(60):
        scores = random.normal(size=(size, size)).astype(np.float32)
        roots = np.flatnonzero(scores.argmax(1) == at)
        if not len(roots):  # no word wants to be the root: the one that minds least is
            roots = np.array([(np.diagonal(scores) - scores.max(1)).argmax()])
        found = best_tree(scores)
        assert is_tree(found)
        assert scores[at, found].sum() == pytest.approx(best_total(scores, roots), abs=1e-4)


def test_long_cycles_are_broken():
    n = 60
    scores = np.zeros((n, n), np.float32)
    scores[np.arange(n), (np.arange(n) + 1) % n] = 5
    assert is_tree(best_tree(scores))


def test_ties():
    assert is_tree(best_tree(np.zeros((30, 30), np.float32)))


@pytest.mark.parametrize(
    ("heads", "tree"), [([0], True), ([0, 0, 1], True), ([1, 0], False), ([0, 1], False), ([1, 2, 1, 3], False)]
)
def test_is_tree(heads, tree):
    assert is_tree(np.array(heads)) is tree
