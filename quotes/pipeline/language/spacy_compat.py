"""What of spaCy's inside is used or replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spacy.errors import Errors
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

NO_PARSE = Errors.E029
"""What `doc.noun_chunks` says of a Doc that is not parsed."""


def replace_noun_chunks(vocab: Vocab, noun_chunks: Callable[[Doc | Span], Iterator[tuple[int, int, int]]]) -> None:
    """Have `doc.noun_chunks` of all Docs with this vocab ask another function than that of the language."""
    replaced: Any = vocab
    replaced.get_noun_chunks = noun_chunks
