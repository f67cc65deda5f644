"""Boosted trees as ONNX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

TREES = "trees"
"""What they are called among the weights of a ranker."""
_OPSET, _TREE_OPSET, _IR = 17, 5, 9
_SUM = 1
_LESS_OR_EQUAL = 0


class _Nodes:
    """The nodes and leaves of all trees, one column an attribute of the operator `TreeEnsemble`."""

    def __init__(self) -> None:
        self.features: list[int] = []
        self.splits: list[float] = []
        self.on_true: list[int] = []
        self.on_false: list[int] = []
        self.true_is_leaf: list[int] = []
        self.false_is_leaf: list[int] = []
        self.leaves: list[float] = []

    def add(self, node: Mapping[str, Any]) -> tuple[int, bool]:
        """Add a node and what is below it; return its place, and whether it is a leaf."""
        if "leaf_value" in node:
            self.leaves.append(node["leaf_value"])
            return len(self.leaves) - 1, True
        if node["decision_type"] != "<=" or node.get("missing_type", "None") != "None":
            raise ValueError(f"a split by {node['decision_type']}: only numbers are known, of which none is missing")
        place = len(self.features)
        self.features.append(node["split_feature"])
        self.splits.append(node["threshold"])
        for column in (self.on_true, self.on_false, self.true_is_leaf, self.false_is_leaf):
            column.append(0)
        self.on_true[place], self.true_is_leaf[place] = self.add(node["left_child"])
        self.on_false[place], self.false_is_leaf[place] = self.add(node["right_child"])
        return place, False


def trees_graph(boosters: Sequence[Sequence[Mapping[str, Any]]], width: int) -> bytes:
    """Return the mean of what several boosters say: `numbers` (rows x width) in, `scores` (rows x 1) out.

    boosters (Sequence[Sequence[Mapping]]): The trees of each, whose values are summed, as
        `lightgbm.Booster.dump_model` tells them under `tree_info`.
    """
    nodes = _Nodes()
    roots = [nodes.add(_split(tree["tree_structure"]))[0] for trees in boosters for tree in trees]
    ensemble = helper.make_node(
        "TreeEnsemble",
        ["numbers"],
        ["scores"],
        domain="ai.onnx.ml",
        aggregate_function=_SUM,
        n_targets=1,
        tree_roots=roots,
        nodes_featureids=nodes.features,
        nodes_splits=numpy_helper.from_array(_below(np.array(nodes.splits))),
        nodes_modes=numpy_helper.from_array(np.full(len(nodes.features), _LESS_OR_EQUAL, np.uint8)),
        nodes_truenodeids=nodes.on_true,
        nodes_trueleafs=[int(leaf) for leaf in nodes.true_is_leaf],
        nodes_falsenodeids=nodes.on_false,
        nodes_falseleafs=[int(leaf) for leaf in nodes.false_is_leaf],
        leaf_targetids=[0] * len(nodes.leaves),
        leaf_weights=numpy_helper.from_array(np.array(nodes.leaves, np.float32) / len(boosters)),
    )
    given = helper.make_tensor_value_info("numbers", TensorProto.FLOAT, ["rows", width])
    made = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", 1])
    graph = helper.make_graph([ensemble], "quotes", [given], [made])
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", _TREE_OPSET)]
    return bytes(helper.make_model(graph, opset_imports=sets, ir_version=_IR).SerializeToString())


def _below(splits: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the next numbers in single precision that are no larger: what is compared with them is single too."""
    found = splits.astype(np.float32)
    return np.where(found > splits, np.nextafter(found, np.float32(-np.inf)), found).astype(np.float32)


def _split(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a tree that is not a leaf alone, which the operator does not know."""
    if "leaf_value" not in tree:
        return tree
    return {"split_feature": 0, "threshold": 0.0, "decision_type": "<=", "left_child": tree, "right_child": tree}
