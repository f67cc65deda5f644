"""Boosted trees (LightGBM), trained alike wherever this project uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..networks.tree_graphs import trees_graph

if TYPE_CHECKING:
    from lightgbm import Dataset

_SETTINGS: Mapping[str, Any] = {
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_pre_filter": False,  # else a few articles leave nothing to learn from
    "lambda_l2": 5.0,
    "num_threads": 1,  # the sums of more come out in another order each time
    "deterministic": True,
    "verbose": -1,
}


def boosted(rows: Dataset, settings: Mapping[str, Any], rounds: int, seeds: Sequence[int]) -> bytes:
    """Return trees as ONNX (`networks.tree_graphs`): the mean of boosters, one a seed.

    settings (Mapping[str, Any]): Of LightGBM, beside those that all have.
    """
    import lightgbm

    boosters = [lightgbm.train({**_SETTINGS, **settings, "seed": seed}, rows, rounds) for seed in seeds]
    return trees_graph([booster.dump_model()["tree_info"] for booster in boosters], rows.num_feature())
