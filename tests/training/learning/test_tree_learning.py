"""Trees that rank candidates."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("lightgbm", reason="the extra `train` is not installed")
pytest.importorskip("onnx")
pytest.importorskip("torch")

from quotes.pipeline.language.sessions import session_of
from quotes.pipeline.speakers.clues.candidate_features import FEATURES
from quotes.pipeline.speakers.comparison import Compared
from quotes.training.learning import tree_learning
from quotes.training.learning.tree_learning import learn_trees


def question(chance):
    """Five candidates of which the one that has most of the third number is right, however much that is."""
    numbers = np.zeros((5, FEATURES), np.float32)
    numbers[:, 2] = chance.random(5) + 9 * chance.random()
    nothing = np.zeros((5, 4), np.float32)
    compared = Compared(np.arange(5), numbers, np.zeros(5, np.int64), nothing[0], nothing)
    return SimpleNamespace(compared=compared, right=numbers[:, 2] == numbers[:, 2].max())


@pytest.fixture
def questions(monkeypatch):
    monkeypatch.setattr(tree_learning, "ROUNDS", 20)
    chance = np.random.default_rng(1)
    return [question(chance) for _ in range(300)]


def test_they_learn_who_has_the_most_of_something(questions):
    trees = session_of(learn_trees(questions[:200]))

    def best(asked):
        return trees.run(["scores"], {"numbers": asked.compared.side_by_side()})[0].argmax()

    assert sum(asked.right[best(asked)] for asked in questions[200:]) > 95


def test_the_same_questions_give_the_same_trees(questions):
    assert learn_trees(questions) == learn_trees(questions)
