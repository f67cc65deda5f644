"""What the components that read `doc.tensor` share: weights, and how they are kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self, cast

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.pipeline.pipe import Pipe
from spacy.tokens import Doc
from spacy.vocab import Vocab

from .words import Words, words_of

Matrix = NDArray[np.float32]


class Head(Pipe):
    """A component that reads the vectors of the encoder.

    vocab (Vocab): Of the pipeline; the labels become strings of it.
    name (str): Of the component.
    scorer (Callable | None): What `nlp.evaluate` measures it with.
    """

    def __init__(self, vocab: Vocab, name: str, scorer: Callable[..., Any] | None = None) -> None:
        self.vocab = vocab
        self.name = name
        self.scorer = scorer
        self.names: dict[str, list[str]] = {}
        self.weights: dict[str, Matrix] = {}
        self.graph = b""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` and return it."""
        self.need_weights()
        if len(doc) and doc.tensor.shape[0] != len(doc):
            raise ValueError(f"the component '{self.name}' needs 'encoder' before it")
        if len(doc):
            words, vectors = words_of(doc), cast(Matrix, doc.tensor)
            self.annotate(doc, words, vectors if len(words) == len(doc) else vectors[words.tokens])
        return doc

    def need_weights(self) -> None:
        """RAISES (ValueError): If there are none."""
        if not self.weights and not self.graph:
            raise ValueError(f"the component '{self.name}' has no weights: load a trained pipeline with quotes.load()")

    def __reduce__(self) -> tuple[Callable[..., Head], tuple[Any, ...]]:
        return _again, (type(self), self.vocab, self.name, self.scorer, self.names, self.weights, self.graph)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set what this head finds; `vectors` has a row a word."""
        raise NotImplementedError

    @property
    def labels(self) -> tuple[str, ...]:
        """What it chooses from."""
        return tuple(name for names in self.names.values() for name in names)

    def linear(self, task: str, vectors: Matrix) -> Matrix:
        """Return the scores of a task's labels, a row a word."""
        scores: Matrix = vectors @ self.weights[f"{task}.weight"].T + self.weights[f"{task}.bias"]
        return scores

    def take(
        self, names: dict[str, list[str]], weights: Mapping[str, NDArray[np.floating[Any]]], graph: bytes = b""
    ) -> Self:
        """Take over labels and weights; they are kept in half precision and used in single.

        graph (bytes): What of the head is a network of its own, in ONNX.
        """
        self.names = names
        self.graph = graph
        self.weights = {key: np.ascontiguousarray(value, np.float32) for key, value in weights.items()}
        if weights or graph:
            self.prepare()
        return self

    def prepare(self) -> None:
        """Make ready what does not change from text to text, once labels and weights are there."""

    def strings(self, labels: Iterable[str]) -> NDArray[np.uint64]:
        """Return the numbers of labels as strings of the vocabulary."""
        return np.array([self.vocab.strings.add(label) for label in labels], np.uint64)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return labels and weights as bytes."""
        arrays = io.BytesIO()
        np.savez(arrays, allow_pickle=False, **{key: value.astype(np.float16) for key, value in self.weights.items()})
        return bytes(srsly.msgpack_dumps({"names": self.names, "weights": arrays.getvalue(), "graph": self.graph}))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Read labels and weights from bytes."""
        state = srsly.msgpack_loads(data)
        with np.load(io.BytesIO(state["weights"]), allow_pickle=False) as arrays:
            return self.take(state["names"], {key: arrays[key] for key in arrays.files}, state.get("graph", b""))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write labels and weights into a folder."""
        Path(path).mkdir(exist_ok=True)
        (Path(path) / "head.msgpack").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read labels and weights from a folder."""
        return self.from_bytes((Path(path) / "head.msgpack").read_bytes())


def _again(
    kind: type[Head],
    vocab: Vocab,
    name: str,
    scorer: Callable[..., Any] | None,
    names: dict[str, list[str]],
    weights: dict[str, Matrix],
    graph: bytes,
) -> Head:
    head = kind(vocab, name, scorer)
    return head.take(names, weights, graph)
