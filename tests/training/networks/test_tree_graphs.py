"""Boosted trees as ONNX."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx", reason="the extra `train` is not installed")

from quotes.pipeline.language.sessions import session_of
from quotes.training.networks.tree_graphs import trees_graph


def node(feature, threshold, left, right, decision="<="):
    return {
        "split_feature": feature,
        "threshold": threshold,
        "decision_type": decision,
        "left_child": left if isinstance(left, dict) else {"leaf_value": left},
        "right_child": right if isinstance(right, dict) else {"leaf_value": right},
    }


def scores(trees, rows):
    return means([trees], rows)


def means(boosters, rows):
    told = [[{"tree_structure": tree} for tree in trees] for trees in boosters]
    graph = trees_graph(told, len(rows[0]))
    return session_of(graph).run(["scores"], {"numbers": np.array(rows, np.float32)})[0][:, 0].tolist()


def test_each_row_gets_the_sum_of_the_leaves_that_it_falls_into():
    deep = node(0, 0.5, node(1, 0.5, 1.0, 2.0), 4.0)
    rows = [[0, 0], [0.5, 1], [1, 0]]
    assert scores([deep], rows) == [1, 2, 4]
    assert scores([deep, node(1, 0, 8.0, 16.0)], rows) == [9, 18, 12]


def test_several_boosters_have_one_say():
    assert means([[{"leaf_value": 3.0}], [node(0, 0, 1.0, 2.0), {"leaf_value": 4.0}]], [[-1.0], [1.0]]) == [4, 4.5]


def test_a_tree_that_is_a_leaf_alone_counts_for_every_row():
    assert scores([{"leaf_value": 3.0}], [[-1.0], [1.0]]) == [3, 3]
    assert scores([{"leaf_value": 3.0}, node(0, 0, 1.0, 2.0)], [[-1.0], [1.0]]) == [4, 5]


def test_a_split_between_neighbours_parts_them():
    low = np.float32(0.1)
    high = np.nextafter(low, np.float32(1))
    between = float(low) + 0.9 * (float(high) - float(low))  # is `high` when it is rounded
    assert scores([node(0, between, 1.0, 2.0)], [[low], [high]]) == [1, 2]


def test_splits_by_anything_but_numbers_are_refused():
    with pytest.raises(ValueError, match="=="):
        scores([node(0, "1||2", 1.0, 2.0, decision="==")], [[0.0]])
