"""The words of a Doc: its tokens without white space, in paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE
from spacy.tokens import Doc

from ..paragraphs import paragraphs

_END = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one Doc.

    tokens (NDArray[int64]): The place in the Doc of each.
    starts (NDArray[bool]): Whether a paragraph starts with it.
    """

    tokens: NDArray[np.int64]
    starts: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.tokens)


def words_of(doc: Doc) -> Words:
    """Return the words of a Doc."""
    rows = doc.to_array([IDX, IS_SPACE]).astype(np.int64)
    tokens = np.flatnonzero(rows[:, 1] == 0)
    ends = np.array([*(end for _, end in paragraphs(doc.text)), _END])
    paragraph = np.searchsorted(ends, rows[tokens, 0], side="right")
    return Words(tokens, np.diff(paragraph, prepend=-1) != 0)


def over_white_space(words: Words, values: NDArray[np.uint64], blank: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return what `doc.from_array` takes: `values` at the words, and what `blank` says at white space."""
    rows = blank.copy()
    rows[words.tokens] = values
    return rows
