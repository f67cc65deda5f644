"""First names that nearly all who have them are men, or women: whom a pronoun or a title may mean.

Never what a speaker's gender is: that the text shows, or nobody knows.

The names are those of nomquamgender (MIT License, in `first_names.LICENSE.txt`; Van Buskirk, Clauset and Larremore
2022, "An open-source cultural consensus approach to name-based gender classification"), which gathered them from 36
registers of births, encyclopedias and lists of athletes; kept are their checksums, and
`python -m quotes.training first-names` makes them anew.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .plain_letters import without_accents

TABLE = Path(__file__).with_name("first_names.npz")
_GENDERS: tuple[Literal["man", "woman"], ...] = ("man", "woman")


@lru_cache(4096)
def usual_gender(first_name: str) -> Literal["man", "woman"] | None:
    """Return what nearly all are who have a first name; None if it is not known, or of both."""
    number = checksum(first_name)
    for gender in _GENDERS:
        numbers = _table()[gender]
        place = int(np.searchsorted(numbers, number))
        if place < len(numbers) and numbers[place] == number:
            return gender
    return None


def checksum(first_name: str) -> int:
    """Return the number that stands for a name, without case and accents; 32 bits."""
    return crc32(without_accents(first_name).casefold().encode())


@cache
def _table() -> dict[str, NDArray[np.uint32]]:
    """Return the checksums of each gender's names, the lowest first."""
    with np.load(TABLE, allow_pickle=False) as arrays:
        return {gender: arrays[gender] for gender in _GENDERS}
