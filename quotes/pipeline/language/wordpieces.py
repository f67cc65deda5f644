"""Words as the encoder reads them: their wordpieces and their shape.

The wordpieces are uncased, as the encoder's first weights were; the shape says what the case was.
Both belong to a word alone, whatever stands beside it, so that they are kept between documents.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tokenizers import Tokenizer

SHAPES = ("other", "lower", "Title", "UPPER", "Initial", "miXed", "digits", "d1g1ts", "punctuation")
"""What a word's signs tell of its case. `other` is for a paragraph's end and what has no letters of our alphabet."""
LONGEST = 8
"""Wordpieces of one word that are read, half from its beginning and half from its end: an address can have hundreds.
Of 163,810 words of newswire 99.99 % have at most 7."""
_LONGEST_WORD = 100


class Word(NamedTuple):
    """One word's wordpieces.

    pieces (tuple[int, ...]): Their numbers in the vocabulary, 1 to `LONGEST`.
    shape (int): The place of its shape in `SHAPES`.
    """

    pieces: tuple[int, ...]
    shape: int


class Wordpieces:
    """Looks words up.

    file (bytes): A `tokenizer.json` of the library `tokenizers`.
    """

    def __init__(self, file: bytes) -> None:
        self._tokenizer = Tokenizer.from_buffer(file)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first = self._special("[CLS]")
        self.between = self._special("[SEP]")
        self._unknown = self._special("[UNK]")
        self._word = lru_cache(maxsize=100_000)(self._look_up)

    def _special(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the tokenizer has no {name}")
        return int(number)

    def word(self, text: str) -> Word:
        """Return a word's wordpieces and shape."""
        if len(text) > _LONGEST_WORD:
            text = text[: _LONGEST_WORD // 2] + text[-_LONGEST_WORD // 2 :]
        return self._word(text)

    def knows(self, word: str) -> bool:
        """Return whether a word, in small letters, stands in the vocabulary as it is."""
        return self._tokenizer.token_to_id(word) is not None

    def _look_up(self, text: str) -> Word:
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids or [self._unknown]
        if len(ids) > LONGEST:
            ids = ids[: LONGEST // 2] + ids[-LONGEST // 2 :]
        return Word(tuple(ids), SHAPES.index(shape(text)))


def shape(text: str) -> str:
    """Return which of `SHAPES` a word has."""
    if not any(sign.isalnum() for sign in text):
        return "punctuation"
    if any(sign.isdigit() for sign in text):
        return "d1g1ts" if any(sign.isalpha() for sign in text) else "digits"
    if text.islower():
        return "lower"
    if text.isupper():
        return "Initial" if sum(sign.isalpha() for sign in text) == 1 else "UPPER"
    if text[0].isupper() and text[1:].islower():
        return "Title"
    return "miXed" if text.lower() != text.upper() else "other"
