"""Which first names are nearly always men's, or women's, by the counts of the package nomquamgender."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..lexicon.first_names import checksum

_FEWEST = 50
"""People of a gender, by whom a name is known to be one of it."""
_SHARE = 0.95
"""Of them among all who have the name."""


def table() -> dict[str, NDArray[np.uint32]]:
    """Return the checksums of the names of men and of women, the lowest first.

    RAISES (ModuleNotFoundError): If the package is not installed.
    """
    spec = find_spec("nomquamgender")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("nomquamgender is not installed: pip install 'quotes[train]'")
    rows = json.loads(Path(spec.origin).with_name("name_data.json").read_text(encoding="utf-8"))
    counts: dict[int, tuple[float, float]] = {}
    for name, (_, people, women, *_) in rows.items():
        if len(name) > 1 and name.replace("-", "").isalpha():
            number = checksum(name)  # with and without accents it is one name
            men_before, women_before = counts.get(number, (0.0, 0.0))
            counts[number] = men_before + people * (1 - women), women_before + people * women
    chosen: dict[str, list[int]] = {"man": [], "woman": []}
    for number, (men, women) in counts.items():
        if max(men, women) >= max(_FEWEST, _SHARE * (men + women)):
            chosen["man" if men > women else "woman"].append(number)
    return {gender: np.sort(np.array(numbers, np.uint32)) for gender, numbers in chosen.items()}
