"""The words of a Doc as columns: what the attribution and the resolution of speakers read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, SENT_START, TAG
from spacy.tokens import Doc

from ..records import Span
from .language import words
from .language.heads import Matrix
from .language.marked_words import covered, marked_words
from .language.marks import Quotation

_BEGINS, _INSIDE = 3, 1
"""spaCy's numbers for the first and a later token of an entity."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


@dataclass(frozen=True, eq=False)
class WordTable:
    """The words of one article; every column has an entry a word.

    starts, ends (NDArray[int64]): Where each stands in the text.
    lower, tags, deps (list[str]): In lower case; its Penn Treebank tag; its relation to its head.
    heads (NDArray[int64]): The word that it hangs on, its own place for the root.
    sentence, paragraph (NDArray[int64]): The number of its sentence and paragraph.
    entity (NDArray[int64]): Which of `entities` it belongs to, -1 for none.
    entities (list[tuple[int, int, str]]): First word, one past the last, label.
    quotations (list[tuple[int, int, Quotation]]): The same of passages in quotation marks.
    marked (NDArray[int64]): How it stands to them.
    vectors (Matrix): Words x width, of the encoder.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: NDArray[np.int64]
    sentence: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    entity: NDArray[np.int64]
    entities: list[tuple[int, int, str]]
    quotations: list[tuple[int, int, Quotation]]
    marked: NDArray[np.int64]
    vectors: Matrix

    @staticmethod
    def of(doc: Doc) -> WordTable:
        """Return the words of a parsed Doc with named entities, marks and vectors."""
        rows = np.asarray(doc.to_array([HEAD, SENT_START, TAG, DEP, ENT_IOB, ENT_TYPE]))
        return _table(doc, rows.tobytes())

    def __len__(self) -> int:
        return len(self.starts)

    def covered(self, span: Span) -> tuple[int, int]:
        """Return the first word that a passage of the text touches, and one past the last."""
        return covered(self.starts, self.ends, span)

    def span(self, first: int, last: int) -> Span:
        """Return where the words from one to before another stand in the text."""
        return int(self.starts[first]), int(self.ends[last - 1])

    def words(self, first: int, last: int) -> str:
        """Return the text from one word to before another."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def head_of(self, first: int, last: int) -> int:
        """Return the word on which the others of a phrase hang."""
        for n in range(last - 1, first - 1, -1):
            head = self.heads[n]
            if (not first <= head < last or head == n) and self.deps[n] not in ("punct", "case", "det"):
                return n
        return last - 1

    def is_subject(self, word: int) -> bool:
        """Return whether a word heads the subject of a clause."""
        return self.deps[word] in _SUBJECTS


@lru_cache(maxsize=1)  # several components ask for one Doc after another
def _table(doc: Doc, annotations: bytes) -> WordTable:
    found = words.words_of(doc)
    tokens, text, starts, ends = found.tokens, found.text, found.begins, found.ends
    head, sentence, tag, dep, iob, kind = np.frombuffer(annotations, np.uint64).reshape(len(doc), -1)[tokens].T
    place = np.full(len(doc), -1)
    place[tokens] = np.arange(len(tokens))
    hangs_on = place[tokens + head.astype(np.int64)]
    strings = doc.vocab.strings
    # `doc.ents` makes a token of every word for it.
    begins = iob == _BEGINS
    entity = np.where(begins | (iob == _INSIDE), np.cumsum(begins) - 1, -1)
    firsts = np.flatnonzero(begins)
    lasts = np.searchsorted(entity[entity >= 0], np.arange(len(firsts)), side="right")
    ends_of = np.flatnonzero(entity >= 0)[lasts - 1] + 1 if len(firsts) else firsts
    kinds = [strings[int(number)] for number in kind[firsts]]
    quotations, marked = marked_words(starts, ends, doc._.marks)
    return WordTable(
        text,
        starts,
        ends,
        [text[start:end].lower() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)],
        [strings[number] for number in tag.tolist()],
        [strings[number] for number in dep.tolist()],
        np.where(hangs_on < 0, np.arange(len(tokens)), hangs_on),
        np.cumsum(sentence == 1),
        np.cumsum(found.starts),
        entity,
        list(zip(firsts.tolist(), ends_of.tolist(), kinds, strict=True)),
        quotations,
        marked,
        np.asarray(doc.tensor[tokens], np.float32),
    )


def forget() -> None:
    """Let go of the Doc whose words were asked for last."""
    _table.cache_clear()
    words.forget()
