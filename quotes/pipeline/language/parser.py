"""The component `parser`: where sentences start, and the tree of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.tokens import Doc

from .heads import Head, Matrix
from .noun_chunks import noun_chunks
from .spacy_compat import replace_noun_chunks
from .trees import best_tree
from .words import Words, set_words

_LONGEST = 200
"""Words. The longest of 17,450 sentences of treebank has 159; a longer one is a table or broken, and is cut:
the work on a sentence grows with its square."""
_BLOCK = 256
"""Words at least that are worked on at once: the scores of their labels stay in the processor's cache."""

_SIDES = ("arc_dep", "arc_head", "label_dep", "label_head")
_ENDS, _CLOSING = frozenset(".!?:;…-–—*|"), frozenset("”\"’')]»")
"""Signs that a sentence ends with, and that may follow them."""
UNMARKED = 2.0
"""By how much (log-odds) a sentence must rather start after a word than after such a sign. On the dev sets it takes
sentence F1 of GUM's interviews from 91.7 to 95.0, news stays at 100, EWT's mails and posts lose 0.6."""


@Language.factory(
    "biaffine_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    requires=["doc.tensor"],
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5, "sents_f": 0.0},
)
def make_parser(nlp: Language, name: str) -> Parser:
    """Return the component, without weights until `from_disk`; `doc.noun_chunks` then reads its labels."""
    replace_noun_chunks(nlp.vocab, noun_chunks)
    return Parser(nlp.vocab, name, parser_score)


class Parser(Head):
    """Sets `token.dep_` and `token.head` (Universal Dependencies), and with them `doc.sents`.

    Biaffine (Dozat and Manning 2017): every word scores every other as its head, the best tree is taken.
    Sentences that are set already are kept. A paragraph's end is a sentence's end. Where `doc._.marks` pairs
    marks, a sentence starts before an opening one, not between it and its first word, and never before a closing one.
    """

    def prepare(self) -> None:
        """Lay the weights of both sides of arcs and labels side by side, for one multiplication; so those of labels."""
        biases = [self.weights[f"{side}.bias"] for side in _SIDES]
        self._biases, self._cuts = np.concatenate(biases), np.cumsum([len(bias) for bias in biases])[:-1]
        self._sides = np.ascontiguousarray(np.concatenate([self.weights[f"{side}.weight"] for side in _SIDES]).T)
        label = self.weights["label"]
        self._wide = np.ascontiguousarray(label.transpose(2, 0, 1).reshape(label.shape[2], -1))
        self._root = self.names["dep"].index("ROOT")
        self._names = self.strings([*self.names["dep"], "dep"])

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set sentences and trees."""
        cuts = self._starts(doc, words, vectors) if len(words) else []
        heads, deps = self._trees(vectors, cuts)
        self._set(doc, words, heads, self._names[deps])

    def _starts(self, doc: Doc, words: Words, vectors: Matrix) -> list[int]:
        """Return the first word of every sentence."""
        scores = self.linear("start", vectors)
        chance = scores[:, 1] - scores[:, 0]
        _keep_marks(chance, doc, words)
        chance[~_may_start(words)] -= UNMARKED
        chance[words.starts] = np.inf
        given = np.asarray(doc.to_array(SENT_START)).astype(np.int64)
        if given.any():
            chance[given[words.tokens] < 0] = -np.inf
            # A start at white space is one at the word after it.
            at = np.searchsorted(words.tokens, np.flatnonzero(given > 0))
            chance[at[at < len(words)]] = np.inf
        chance[0] = np.inf
        chosen = np.flatnonzero(chance > 0).tolist()
        return [
            part
            for start, end in zip(chosen, [*chosen[1:], len(words)], strict=True)
            for part in range(start, end, _LONGEST)
        ]

    def _trees(self, vectors: Matrix, cuts: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the head (its place among the words) and the label of each word, in blocks of whole sentences."""
        ends = [*cuts, len(vectors)][1:]
        heads, labels = np.zeros(len(vectors), np.int64), np.zeros(len(vectors), np.int64)
        block: list[tuple[int, int]] = []
        for start, end in zip(cuts, ends, strict=True):
            block.append((start, end))
            if end - block[0][0] >= _BLOCK or end == len(vectors):
                part = slice(block[0][0], end)
                found = self._block(vectors[part], [(s - part.start, e - part.start) for s, e in block])
                heads[part], labels[part] = found[0] + part.start, found[1]
                block = []
        return heads, labels

    def _block(self, vectors: Matrix, sentences: list[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return heads and labels of some sentences, of which the first starts with the first vector."""
        both = vectors @ self._sides + self._biases
        np.maximum(both, 0, out=both)
        arc_dep, arc_head, label_dep, label_head = np.split(both, self._cuts, 1)
        left = arc_dep @ self.weights["arc"][:-1] + self.weights["arc"][-1]
        heads = np.zeros(len(vectors), np.int64)
        for start, end in sentences:
            heads[start:end] = start + best_tree(left[start:end] @ arc_head[start:end].T)
        labels = self._labels(label_dep, label_head, heads)
        roots = heads == np.arange(len(heads))
        labels[roots, self._root] = np.inf
        labels[~roots, self._root] = -np.inf
        return heads, labels.argmax(1)

    def _labels(self, dep: Matrix, head: Matrix, heads: NDArray[np.int64]) -> Matrix:
        """Return words x labels: the score of each relation between a word and its head.

        Half of all words are nobody's head: what there is to multiply for a head is done once for all that hang on it.
        """
        labels, width, _ = self.weights["label"].shape
        order = np.argsort(heads, kind="stable")
        owners, firsts = np.unique(heads[order], return_index=True)
        ones = np.ones((len(dep), 1), np.float32)
        right = (np.concatenate([head[owners], ones[: len(owners)]], 1) @ self._wide).reshape(-1, labels, width)
        left = np.concatenate([dep, ones], 1)[order]
        found = np.empty((len(dep), labels), np.float32)
        ends = [*firsts[1:].tolist(), len(dep)]
        for n, (first, end) in enumerate(zip(firsts.tolist(), ends, strict=True)):
            found[order[first:end]] = left[first:end] @ right[n].T
        return found

    def _set(self, doc: Doc, words: Words, heads: NDArray[np.int64], deps: NDArray[np.uint64]) -> None:
        """Write the trees into `doc`; white space hangs on the word before it."""
        tokens = words.tokens
        spaces = np.setdiff1d(np.arange(len(doc)), tokens, assume_unique=True)
        blank = np.full((len(doc), 2), self._names[-1], np.uint64)
        # In a text of nothing else, it hangs on the first.
        before = tokens[np.maximum(np.searchsorted(tokens, spaces) - 1, 0)] if len(tokens) else np.zeros_like(spaces)
        blank[spaces, 0] = (before - spaces).astype(np.uint64)
        offsets = (tokens[heads] - tokens).astype(np.uint64)
        set_words(doc, words, [HEAD, DEP], np.stack([offsets, deps], 1), blank)


def _may_start(words: Words) -> NDArray[np.bool_]:
    """Return which words stand right after a sign that ends a sentence, or after marks that close behind one."""
    may, ended = [], True
    for end in words.ends.tolist():
        may.append(ended)
        sign = words.text[end - 1]
        ended = sign in _ENDS or (ended and sign in _CLOSING)
    return np.array(may, bool)


def _keep_marks(chance: Matrix, doc: Doc, words: Words) -> None:
    """Move the chances of a sentence's start to the outer side of the marks that `doc._.marks` pairs."""
    marks = doc._.marks if Doc.has_extension("marks") else ()
    if not marks:
        return
    offsets = words.begins
    for mark in marks:
        if mark.closed:
            last = int(np.searchsorted(offsets, mark.end - 1, side="right")) - 1
            _move(chance, last, last + 1)
            if 0 < last < len(chance) - 1 and doc[int(words.tokens[last - 1])].text == ",":
                chance[last + 1] = -1  # its cue follows: `“We knew,” Kim said.`
        if mark.opened:
            first = int(np.searchsorted(offsets, mark.start))
            _move(chance, first + 1, first)


def _move(chance: Matrix, place: int, to: int) -> None:
    """Move a sentence's start, where one is found at `place`, to another word."""
    if 0 <= place < len(chance) and chance[place] > 0:
        if to < len(chance):
            chance[to] = max(chance[to], chance[place])
        chance[place] = -1
