"""The words of a Doc: its tokens without white space, in paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, LENGTH
from spacy.tokens import Doc

from ...spans.paragraphs import paragraphs

_END = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one Doc.

    tokens (NDArray[int64]): The place in the Doc of each.
    begins, ends (NDArray[int64]): Where each stands in the text.
    starts (NDArray[bool]): Whether a paragraph starts with it.
    text (str): The Doc's; a Doc puts it together anew each time it is asked for it.
    """

    tokens: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    starts: NDArray[np.bool_]
    text: str

    def __len__(self) -> int:
        return len(self.tokens)


def words_of(doc: Doc) -> Words:
    """Return the words of a Doc."""
    return _words_of(doc, len(doc))


@lru_cache(maxsize=1)  # the encoder and all heads ask for one Doc after another
def _words_of(doc: Doc, tokens: int) -> Words:
    rows: NDArray[np.int64] = np.asarray(doc.to_array([IDX, LENGTH, IS_SPACE])).astype(np.int64)
    places = np.flatnonzero(rows[:, 2] == 0)
    begins = rows[places, 0]
    text = _text_of(doc)
    starts = np.diff(paragraph_numbers(text, begins), prepend=-1) != 0
    return Words(places, begins, begins + rows[places, 1], starts, text)


def forget() -> None:
    """Let go of the Doc whose words were asked for last."""
    _words_of.cache_clear()


def _text_of(doc: Doc) -> str:
    """Return the text of a Doc: that of its article, if it was made of one.

    spaCy puts `doc.text` together token by token at every call: an eighth of the time of the whole pipeline.
    """
    article = doc._.article if Doc.has_extension("article") else None
    if article is not None and len(doc) and len(article.text) == doc[-1].idx + len(doc[-1].text_with_ws):
        text: str = article.text
        return text
    return doc.text


def paragraph_numbers(text: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return in which of the paragraphs of a text each place is."""
    return np.searchsorted(np.array([*(end for _, end in paragraphs(text)), _END]), places, side="right")


def set_words(
    doc: Doc, words: Words, attributes: list[int | str], values: NDArray[np.uint64], blank: NDArray[np.uint64]
) -> None:
    """Set attributes of all tokens: those of `values` (a row a word) at words, of `blank` (a row a token) elsewhere."""
    rows: Any = blank.copy()
    rows[words.tokens] = values
    doc.from_array(attributes, rows)
