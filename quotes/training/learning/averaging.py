"""Weights that are the average of several runs', which read unseen text better than each of them.

After Wortsman et al. 2022, "Model soups": runs of which one went on from another lie close enough together.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch


def average(runs: Mapping[Path, float], folder: Path) -> None:
    """Make a folder that is packaged as a run is: the first run's, with the weighted average of all.

    runs (Mapping[Path, float]): Folders of runs, each with its share. What another run's network lacks, or has in
        another shape, is averaged over the rest.
    """
    states: list[tuple[dict[str, Any], float]] = [
        (torch.load(run / "checkpoint.pt", weights_only=True), share) for run, share in runs.items()
    ]
    first = states[0][0]
    network = first["network"]
    for name, own in network.items():
        others = [(state["network"].get(name), share) for state, share in states]
        alike = [(weights, share) for weights, share in others if weights is not None and weights.shape == own.shape]
        if own.is_floating_point():
            total = sum(share for _, share in alike)
            network[name] = torch.stack([weights * (share / total) for weights, share in alike]).sum(0)
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(first, folder / "checkpoint.pt")
    for name in ("settings.json", "labels.json"):
        shutil.copy(next(iter(runs)) / name, folder / name)
