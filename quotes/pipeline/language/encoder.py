"""The component `encoder`: reads the whole text once, for every head after it.

A small transformer, run by onnxruntime: `quotes/training` makes it. It reads an article's words, and how they stand to
quotation marks, in windows of whole paragraphs, each with the end of the one before, one window at a time: nothing is
padded, and what comes out for a text depends on that text alone, not on what else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline.pipe import Pipe
from spacy.tokens import Doc

from ..annotations import records_on_doc
from .marked_words import marked_words
from .marks import Quotation
from .sessions import session_of
from .wordpieces import SHAPES, Wordpieces
from .words import Words, words_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WIDTH = 384
"""Numbers in the vector of a token."""
OWN = 240
"""Wordpieces at most in a window, beside its context."""
CONTEXT = 32
"""Wordpieces at most that a window reads of the text before it, and of that after it where it cuts a paragraph."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read together.

    start, end (int): The first word whose vector is taken from it, and one past the last.
    before, after (int): The first word it reads, and one past the last.
    """

    start: int
    end: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A window as the network is given it.

    network (dict[str, NDArray[int64]]): `ids` and `shapes`, 1 x wordpieces.
    first, count (NDArray[int64]): Of each own word the place of its first wordpiece, and how many it has.
    """

    window: Window
    network: dict[str, NDArray[np.int64]]
    first: NDArray[np.int64]
    count: NDArray[np.int64]


@Language.factory("encoder", assigns=["doc.tensor"], requires=["doc._.marks"], default_config={"threads": 1})
def make_encoder(nlp: Language, name: str, threads: int) -> Encoder:
    """Return the component, without weights until `from_disk`."""
    return Encoder(name, threads)


class Encoder(Pipe):
    """Sets `doc.tensor`: a row of `WIDTH` float32 a token, zeros for white space.

    name (str): Of the component.
    threads (int): That onnxruntime may use; 1 leaves the other cores to other processes.
    """

    def __init__(self, name: str = "encoder", threads: int = 1) -> None:
        self.name = name
        self.threads = threads
        self._files: dict[str, bytes] = {}
        records_on_doc("marks", record=Quotation)

    @cached_property
    def wordpieces(self) -> Wordpieces:
        """What looks words up."""
        return Wordpieces(self._file("tokenizer.json"))

    @cached_property
    def session(self) -> InferenceSession:
        """What runs the network."""
        return session_of(self._file("encoder.onnx"), self.threads)

    def _file(self, name: str) -> bytes:
        if name not in self._files:
            raise ValueError(f"the component '{self.name}' has no weights: load a trained pipeline with quotes.load()")
        return self._files[name]

    def __call__(self, doc: Doc) -> Doc:
        """Read `doc` and return it."""
        words = words_of(doc)
        tensor: Any = np.zeros((len(doc), WIDTH), np.float32)
        for fed in self.feeds(doc, words):
            tensor[words.tokens[fed.window.start : fed.window.end]] = self._read(fed)
        doc.tensor = tensor
        return doc

    def feeds(self, doc: Doc, words: Words) -> Iterator[Feed]:
        """Yield what the network is given for each window of a text."""
        spans = zip(words.begins.tolist(), words.ends.tolist(), strict=True)
        found = [self.wordpieces.word(words.text[begin:end]) for begin, end in spans]
        _, marked = marked_words(words.begins, words.ends, doc._.marks)
        count = np.array([len(word.pieces) for word in found], np.int64)
        looks = np.repeat(look(np.array([word.shape for word in found], np.int64), marked), count)
        pieces = np.fromiter(chain.from_iterable(word.pieces for word in found), np.int64, len(looks))
        # A sign stands before each paragraph; a window that begins with one goes without it.
        begins = np.cumsum(count) - count
        paragraphs = begins[words.starts]
        pieces, looks = np.insert(pieces, paragraphs, self.wordpieces.between), np.insert(looks, paragraphs, 0)
        begins += np.cumsum(words.starts)
        edges = (1, 1)
        for window in windows(count, words.starts):
            read = slice(begins[window.before], begins[window.after - 1] + count[window.after - 1])
            ids = np.pad(pieces[read], edges, constant_values=(self.wordpieces.first, self.wordpieces.between))
            network = {"ids": ids[None], "shapes": np.pad(looks[read], edges)[None]}
            own = slice(window.start, window.end)
            yield Feed(window, network, begins[own] - begins[window.before] + 1, count[own])

    def _read(self, fed: Feed) -> NDArray[np.float32]:
        """Return the vectors of a window's own words: the mean of each one's wordpieces."""
        rows: NDArray[np.float32] = self.session.run(["vectors"], fed.network)[0][0]
        vectors: NDArray[np.float32] = rows[fed.first]
        for more in range(1, int(fed.count.max())):
            longer = np.flatnonzero(fed.count > more)
            vectors[longer] += rows[fed.first[longer] + more]
        return np.divide(vectors, fed.count[:, None], dtype=np.float32)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into a folder."""
        Path(path).mkdir(exist_ok=True)
        for name, content in self._files.items():
            (Path(path) / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read the weights from a folder."""
        files = [Path(path) / name for name in ("encoder.onnx", "tokenizer.json")]
        return self.take({file.name: file.read_bytes() for file in files if file.exists()})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the weights as bytes."""
        return bytes(srsly.msgpack_dumps(self._files))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Encoder:
        """Read the weights from bytes."""
        return self.take(srsly.msgpack_loads(data))

    def take(self, files: dict[str, bytes]) -> Encoder:
        """Take over the weights: `encoder.onnx` and `tokenizer.json`."""
        self._files = files
        for made in ("session", "wordpieces"):
            self.__dict__.pop(made, None)
        return self

    def __reduce__(self) -> tuple[Callable[..., Encoder], tuple[Any, ...]]:
        return _again, (self.name, self.threads, self._files)


def _again(name: str, threads: int, files: dict[str, bytes]) -> Encoder:
    return Encoder(name, threads).take(files)


def look(shapes: NDArray[np.int64], marked: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what the network is told of how words look: their place in `SHAPES`, and in `MARKED`, as one number."""
    return shapes + len(SHAPES) * marked


def windows(lengths: NDArray[np.int64], starts: NDArray[np.bool_]) -> list[Window]:
    """Return the windows of a text, in its order; each word is the own word of one.

    lengths (NDArray[int64]): Wordpieces of each word.
    starts (NDArray[bool]): Whether a paragraph starts with it. A window ends with a paragraph, unless the
        paragraph is longer than a window; then the next words are read with it as well.
    """
    if not len(lengths):
        return []
    sums = np.concatenate([[0], np.cumsum(lengths + starts)])  # a paragraph takes a sign of its own
    cuts = _cuts(sums, np.flatnonzero(starts).tolist())
    found: list[Window] = []
    for start, end in pairwise(cuts):
        before = int(np.searchsorted(sums, sums[start] - CONTEXT))
        torn = end < len(lengths) and not starts[end]
        after = int(np.searchsorted(sums, sums[end] + CONTEXT, side="right")) - 1 if torn else end
        found.append(Window(start, end, before, min(after, len(lengths))))
    return found


def _cuts(sums: NDArray[np.int64], paragraphs: list[int]) -> list[int]:
    """Return the first words of the windows, and the number of words; `paragraphs` are the first words of those."""
    ends = [*paragraphs[1:], len(sums) - 1]
    cuts = [0]
    at = 0
    for start, end in zip(paragraphs, ends, strict=True):
        if sums[end] - sums[at] <= OWN:
            continue
        if start > at:
            cuts.append(start)
            at = start
        # A paragraph longer than a window is cut into even parts.
        parts = -(-int(sums[end] - sums[start]) // OWN)
        for part in range(1, parts):
            goal = sums[start] + (sums[end] - sums[start]) * part // parts
            at = max(at + 1, int(np.searchsorted(sums, goal, side="right")) - 1)
            cuts.append(at)
    return [*cuts, len(sums) - 1] if cuts[-1] < len(sums) - 1 else cuts
