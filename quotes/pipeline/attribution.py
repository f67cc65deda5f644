"""The component `attribution`: cues, and the sources and contents that belong to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import HEAD, IS_PUNCT
from spacy.language import Language
from spacy.tokens import Doc

from ..records import Span
from .annotations import records_on_doc
from .heads import Head, Matrix
from .spans import Spans, likelihoods
from .words import Words

FARTHEST = 7
"""Classes of distance to each side of a cue: 1, 2 to 3, 4 to 7 ... words, the last 64 and more."""
REACH = 120
"""Words to each side of a cue that may belong to it, in its paragraph: as far as the training windows go."""
EAGER = 0.5
"""By how much (log-probability) a word is rather a cue than outside; what is no cue gets no content."""
TORN = 5.0
"""What it costs a content (log-probability) to end where the parse has its phrase go on.

Exact contents of what is said, on PolNeAR's dev part, with earlier weights: F1 .681 without, .686 with 1, .687 with
2 or 4.
"""
_DEEPEST = 20
"""Words on the way from one to the top of what hangs on a word before it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source and its contents, all as places in the text.

    sources, contents (tuple[Span, ...]): In the order of the text; either may be empty.
    likelihood (float): 0 to 1, of the cue and of the words' roles on average.
    """

    cue: Span
    sources: tuple[Span, ...]
    contents: tuple[Span, ...]
    likelihood: float


@Language.factory("attribution", assigns=["doc._.attributions"], requires=["doc.tensor"])
def make_attribution(nlp: Language, name: str) -> Attributor:
    """Return the component, without weights until `from_disk`."""
    return Attributor(nlp.vocab, name)


class Attributor(Head):
    """Sets `doc._.attributions`: a tuple of `Attribution`, in the order of their cues.

    Trained on PolNeAR (Newell, Margolin and Ruths 2018), which marks beliefs and attitudes as well as speech.
    """

    def prepare(self) -> None:
        """Tell which label begins which role."""
        records_on_doc("attributions", record=Attribution)
        self._cues = Spans.of(self.names["cue"], 0.0, 0.0)
        self._roles = Spans.of(self.names["role"], 0.0, 0.0)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Find the attributions; none goes over a paragraph's end."""
        likely = likelihoods(self.linear("cue", vectors))
        sure = 1 - np.exp(likely[:, self._cues.kind < 0].max(1))
        likely[:, self._cues.kind < 0] -= EAGER
        cues = [(first, last) for first, last, _ in self._cues.best(likely, words.starts)]
        starts = np.append(np.flatnonzero(words.starts), len(words))
        of_word = np.maximum(self.linear("of_word", vectors), 0)
        place = _Places(doc, words)
        ties = _Ties(doc, words)
        found = []
        for (first, last), own in zip(cues, self._of_cues(vectors, cues), strict=True):
            paragraph = int(np.searchsorted(starts, first, side="right")) - 1
            start, end = max(int(starts[paragraph]), first - REACH), min(int(starts[paragraph + 1]), last + 1 + REACH)
            scores = of_word[start:end] @ own[:, :-1].T + own[:, -1]
            places = np.arange(start, end)
            steps = np.maximum(places - last, 0) - np.maximum(first - places, 0)
            roles = likelihoods(scores + self.weights["far"][farness(steps)])
            parts: dict[str, list[Span]] = {kind: [] for kind in self._roles.kinds}
            likelihood = [float(sure[first : last + 1].min())]
            content, other = self._is_likely(roles, "content"), self._is_likely(roles, "source")
            other[first - start : last + 1 - start] = True
            leaving = np.where(ties.torn(start, content, other), -TORN, 0.0)
            for begin, stop, kind in self._roles.best(roles, leaving=leaving):
                parts[self._roles.kinds[kind]].append(place.of(start + begin, start + stop))
                likelihood.append(float(np.exp(roles[begin : stop + 1, self._roles.kind == kind].max(1)).mean()))
            found.append(
                Attribution(
                    place.of(first, last),
                    tuple(parts["source"]),
                    tuple(parts["content"]),
                    likelihood[0] * float(np.mean(likelihood[1:] or 1)),
                )
            )
        doc._.attributions = tuple(found)

    def _is_likely(self, roles: Matrix, kind: str) -> NDArray[np.bool_]:
        """Return whether each word, by the logarithms of its roles, is rather in a source or content than not."""
        likely: NDArray[np.bool_] = np.exp(roles[:, self._roles.kind == self._roles.kinds.index(kind)]).sum(1) > 0.5
        return likely

    def _of_cues(self, vectors: Matrix, cues: list[tuple[int, int]]) -> Matrix:
        """Return cues x labels x width + 1: what a word's vector is multiplied with, and what is added to it."""
        mean = np.array([vectors[first : last + 1].mean(0) for first, last in cues], np.float32)
        cue = np.maximum(self.linear("of_cue", mean.reshape(len(cues), vectors.shape[1])), 0)
        cue = np.append(cue, np.ones((len(cues), 1), np.float32), 1)
        found: Matrix = np.einsum("ai,lij->alj", cue, self.weights["role"], optimize=True)
        return found


class _Ties:
    """What each word of a Doc hangs on, seen from its left.

    words (Words): The Doc's.
    """

    def __init__(self, doc: Doc, words: Words) -> None:
        rows = doc.to_array([HEAD, IS_PUNCT])[words.tokens].astype(np.int64)
        here = np.arange(len(words))
        word_of = np.full(len(doc), -1)
        word_of[words.tokens] = here
        head = word_of[words.tokens + rows[:, 0]]
        head = np.where(head < 0, here, head)
        top = here
        for _ in range(_DEEPEST):
            top = np.where(head[top] >= here, head[top], top)
        before = np.where(head[top] < here, head[top], -1)
        # Of a sign, what the word behind it hangs on.
        behind = np.minimum.accumulate(np.where(rows[:, 1] == 0, here, len(words))[::-1])[::-1]
        self._behind = np.minimum(behind, len(words) - 1)
        self._before = before[self._behind]

    def torn(self, start: int, content: NDArray[np.bool_], other: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether a content that ended before a word would be torn from what hangs on it.

        start (int): The first of the words in question.
        content, other (NDArray[bool]): Which of them are a content's; which belong to something else.
        """
        end = start + len(content)
        before, behind = self._before[start:end] - start, np.minimum(self._behind[start:end], end - 1) - start
        # Of a sign that ends a paragraph the word behind it, and what that hangs on, stand in the next.
        inside = (before >= 0) & (before < len(content))
        found: NDArray[np.bool_] = inside & content[np.where(inside, before, 0)] & ~other[behind]
        return found


class _Places:
    """Where the words of a Doc stand in its text."""

    def __init__(self, doc: Doc, words: Words) -> None:
        rows = doc.to_array(["IDX", "LENGTH"])[words.tokens].astype(np.int64)
        self._starts, self._ends = rows[:, 0], rows.sum(1)

    def of(self, first: int, last: int) -> Span:
        """Return the place from the first word to the last."""
        return int(self._starts[first]), int(self._ends[last])


def farness(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of which class each distance in words is, 0 to 2 x `FARTHEST`, each twice as wide as the one before."""
    size = np.minimum(np.ceil(np.log2(np.abs(steps) + 1)).astype(np.int64), FARTHEST)
    found: NDArray[np.int64] = FARTHEST + size * np.sign(steps)
    return found
