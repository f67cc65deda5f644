"""The component `attribution`: cues with the sources and contents that belong to each, and what is quoted speech.

A small transformer over the words of an article reads the encoder's vectors together with what is certain: the
quotation marks, the paragraphs, the relations of the parse. From what it makes of them, one head finds the cues;
one points, for each cue, to where its source and its contents begin and end, as systems that answer questions point
at answers (Seo et al. 2017); one tells which passages in quotation marks are speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from ..records import Span
from .annotations import records_on_doc
from .language.heads import Head, Matrix
from .language.label_spans import Spans, likelihoods
from .language.sessions import session_of
from .language.words import Words
from .word_table import WordTable

OWN, BEFORE, AFTER = 240, 40, 20
"""Words of a window whose cues it finds, and of the text before and after that it reads with them."""
FARTHEST = 7
"""Classes of distance to each side: 1, 2 to 3, 4 to 7 ... words, the last 64 and more."""
ATTENTION_HEADS = 6
CUES = ("O", "B-cue", "I-cue")
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
POINTERS = ("content", "second content", "source")
"""A start and an end each; the second content is for what is cut in two by its cue."""
PASSAGES = ("none", "quote", "part", "alone")
"""What a passage in quotation marks is: no speech, a quote with a cue, part of a longer content, a quote without."""
EAGER = 1.0
"""By how much (log-probability) a word is rather a cue than outside; the least likely are left out later."""
LONGEST_SOURCE, LONGEST_CONTENT = 15, 150
"""Words."""
_TRIED = 6
"""Starts, and ends, that are tried for one span: the likeliest."""
_PLACES, _MARGIN = 8, 4.0
"""Places of one content that are told, and by how much the score of the best may be higher."""
_SURE = 1e-4


@dataclass(frozen=True, slots=True)
class Part:
    """A source or content as places of the text.

    likelihood (float): 0 to 1, of its two ends.
    others (tuple[Part, ...]): Less likely places of a content, the likeliest first.
    """

    span: Span
    likelihood: float
    others: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source and its contents.

    sources, contents (tuple[Part, ...]): In the order of the text; either may be empty.
    likelihood (float): 0 to 1, that the cue is one.
    """

    cue: Span
    sources: tuple[Part, ...]
    contents: tuple[Part, ...]
    likelihood: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in quotation marks, and how likely it is, by itself, something that somebody said."""

    span: Span
    likelihood: float


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read together: `start` to `end`, of which those from `own` to `until` are its own."""

    start: int
    own: int
    until: int
    end: int


@Language.factory("attribution", assigns=["doc._.attributions", "doc._.passages"], requires=["doc.tensor", "token.dep"])
def make_attribution(nlp: Language, name: str) -> Attributor:
    """Return the component, without weights until `from_disk`."""
    return Attributor(nlp.vocab, name)


class Attributor(Head):
    """Sets `doc._.attributions`, in the order of their cues, and `doc._.passages`, in the order of the text."""

    def prepare(self) -> None:
        """Number the relations that it knows, and make the transformer ready."""
        self._session = session_of(self.graph)
        records_on_doc("attributions", record=Attribution)
        records_on_doc("passages", record=Passage)
        records_on_doc("parts", record=Part)
        self._relations = {name: n + 1 for n, name in enumerate(self.names["relation"])}
        self._cues = Spans.of(CUES, 0.0, 0.0)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Find the attributions of a text, window by window."""
        table = WordTable.of(doc)
        relations = np.array([self._relations.get(dep, 0) for dep in table.deps])
        attributions: list[Attribution] = []
        passages: list[Passage] = []
        within = _within_quotations(table)
        for window in windows(table):
            read = slice(window.start, window.end)
            x = self.read(table, relations, read)
            attributions += self._attributions(table, window, x, within)
            passages += self._passages(table, window, x)
        doc._.attributions = tuple(attributions)
        doc._.passages = tuple(passages)

    # -- the transformer

    def read(self, table: WordTable, relations: NDArray[np.int64], read: slice) -> Matrix:
        """Return a row for each word of a window: what the layers make of it and the words round it."""
        w = self.weights
        starts = np.diff(table.paragraph, prepend=-1)[read] != 0
        known = w["marked.weight"][table.marked[read]] + w["relation.weight"][relations[read]]
        known += w["starts.weight"][starts.astype(int)]
        far = distance_classes(np.arange(1 - len(known), len(known)))
        paragraphs = list(pairwise([0, *(np.flatnonzero(starts[1:]) + 1).tolist(), len(known)]))
        given = {"vectors": table.vectors[read], "known": known}
        for n, by_class in enumerate(w["far_bias"]):
            bias = _by_distance(np.ascontiguousarray(by_class.T[:, far])).copy()
            for first, end in paragraphs:
                bias[:, first:end, first:end] += w["same_paragraph"][n][:, None, None]
            given[f"bias.{n}"] = bias
        rows: Matrix = self._session.run(["rows"], given)[0]
        return rows

    # -- the heads

    def _attributions(
        self, table: WordTable, window: Window, x: Matrix, within: NDArray[np.bool_]
    ) -> Iterator[Attribution]:
        likely = likelihoods(self.linear("cue", x))
        eager = likely.copy()
        eager[:, 1:] += EAGER  # not less to outside: of what is certain, nothing is searched
        eager[: window.own - window.start] = eager[window.until - window.start :] = (0.0, -50.0, -50.0)
        starts = np.diff(table.paragraph[window.start : window.end], prepend=-1) != 0
        cues = [(first, last) for first, last, _ in self._cues.best(eager, starts)]
        if not cues:
            return
        sentence = table.sentence[window.start : window.end]
        apart = np.cumsum((np.diff(sentence, prepend=-1) != 0) & ~within[window.start : window.end])
        quoted = table.marked[window.start : window.end] > 0
        unquoted = np.zeros_like(quoted)
        scores, nothing = self._scores(x, cues, table.paragraph[window.start : window.end])
        roles = np.exp(likelihoods(scores[..., : len(ROLES)]))
        of_sources, of_contents = _evidence(roles[..., 1:3]), _evidence(roles[..., 3:5])
        pointed = np.concatenate([scores[..., len(ROLES) :], nothing[:, None]], 1)
        pointed = likelihoods(np.ascontiguousarray(pointed.transpose(0, 2, 1))).transpose(0, 2, 1)
        for (first, last), ends, source, content in zip(cues, pointed, of_sources, of_contents, strict=True):
            sources = _spans(ends[:, 4:6], source, LONGEST_SOURCE, (first, last), sentence, unquoted)[:1]
            contents = [
                _spans(ends[:, n : n + 2], content, LONGEST_CONTENT, (first, last), apart, quoted) for n in (0, 2)
            ]
            if contents[0] and contents[1] and _overlap(contents[0][0], contents[1][0]):
                contents = contents[:1]
            found = [
                tuple(_part(table, window, places) for places in sorted(filter(None, parts)))
                for parts in ([sources], contents)
            ]
            cue = table.span(window.start + first, window.start + last + 1)
            yield Attribution(cue, found[0], found[1], float(1 - np.exp(likely[first : last + 1, 0].max())))

    def _scores(self, x: Matrix, cues: list[tuple[int, int]], paragraph: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
        """Return cues x words x (roles and pointers), and cues x pointers for there being nothing to point at."""
        w = self.weights
        first, last = np.array(cues).T
        sums = np.cumsum(np.pad(x, ((1, 0), (0, 0))), 0)
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None].astype(np.float32)
        ones = np.ones((len(cues), 1), np.float32)
        cue = np.append(np.maximum(self.linear("of_cue", mean), 0), ones, 1)
        word = np.append(np.maximum(self.linear("of_word", x), 0), np.ones((len(x), 1), np.float32), 1)
        left = np.einsum("ni,lij->nlj", cue, w["role"], optimize=True)
        scores = np.einsum("nlj,tj->ntl", left, word, optimize=True)
        places = np.arange(len(x))[None]
        steps = np.maximum(places - last[:, None], 0) - np.maximum(first[:, None] - places, 0)
        apart = np.clip(paragraph[None] - paragraph[first][:, None], -2, 2) + 2
        scores += w["far.weight"][distance_classes(steps)] + w["apart.weight"][apart]
        return scores.astype(np.float32), self.linear("nothing", cue)

    def _passages(self, table: WordTable, window: Window, x: Matrix) -> Iterator[Passage]:
        for first, end, mark in table.quotations:
            if not window.own <= first < window.until:
                continue
            i, j = first - window.start, min(end, window.end) - window.start
            rows = (x[i], x[j - 1], x[i:j].mean(0), x[max(0, i - 1)], x[min(j, len(x) - 1)])
            hidden = np.maximum(self.linear("passage.0", np.concatenate(rows)[None]), 0)
            likely = np.exp(likelihoods(self.linear("passage.3", hidden)))[0]
            yield Passage((mark.start, mark.end), float(likely[1] + likely[3]))


def windows(table: WordTable) -> Iterator[Window]:
    """Yield the windows of a text; they end with a paragraph, unless one is longer than a window."""
    length = len(table)
    if not length:
        return
    starts = [*np.flatnonzero(np.diff(table.paragraph, prepend=-1)).tolist(), length]
    cuts = [0]
    for start, end in pairwise(starts):
        if end - cuts[-1] > OWN and start > cuts[-1]:
            cuts.append(start)
        while end - cuts[-1] > OWN:
            cuts.append(cuts[-1] + OWN)
    cuts.append(length)
    for own, until in pairwise(cuts):
        yield Window(max(0, own - BEFORE), own, until, min(length, until + AFTER))


def distance_classes(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of which class each distance in words is, 0 to 2 x `FARTHEST`, each twice as wide as the one before."""
    size = np.minimum(np.ceil(np.log2(np.abs(steps) + 1)).astype(np.int64), FARTHEST)
    found: NDArray[np.int64] = FARTHEST + size * np.sign(steps)
    return found


def _by_distance(values: Matrix) -> Matrix:
    """Return heads x words x words, of `values` (heads x distances, from the farthest before to the farthest after)."""
    heads, length = values.shape[0], (values.shape[1] + 1) // 2
    head, step = values.strides
    return np.lib.stride_tricks.as_strided(values[:, length - 1 :], (heads, length, length), (head, -step, step))


def _within_quotations(table: WordTable) -> NDArray[np.bool_]:
    """Return which words stand in one quotation with the word before: a clause that ends in it has all its sentences.

    `She said that “it is late. We leave.”`
    """
    found = np.zeros(len(table), bool)
    for first, end, mark in table.quotations:
        if not mark.depth:
            found[first + 1 : end] = True
    return found


def _evidence(inside: Matrix) -> Matrix:
    """Return cues x words + 1: the sums, from the first word on, of the log-odds that words are inside."""
    odds = inside.sum(-1).clip(_SURE, 1 - _SURE)
    return np.pad(np.cumsum(np.log(odds) - np.log(1 - odds), 1), ((0, 0), (1, 0)))


def _part(table: WordTable, window: Window, places: Sequence[tuple[int, int, float]]) -> Part:
    """Return the likeliest place of a window as a part, with the others."""
    parts = [
        Part(table.span(window.start + first, window.start + last + 1), likelihood)
        for first, last, likelihood in places
    ]
    return replace(parts[0], others=tuple(parts[1:]))


def _spans(
    pointed: Matrix,
    evidence: Matrix,
    longest: int,
    cue: tuple[int, int],
    sentence: NDArray[np.int64],
    quoted: NDArray[np.bool_],
) -> list[tuple[int, int, float]]:
    """Return the first and the last word of the likeliest spans and their likelihoods, the best first.

    There are none where it is likelier that there is nothing.

    pointed (Matrix): Words and one more for nothing x 2, log-probabilities of the start and of the end.
    evidence (Matrix): Of the words between them, see `_evidence`.
    longest (int): Words.
    cue (tuple[int, int]): What they may not overlap.
    sentence, quoted: A span ends in the sentence where it starts, unless both of its ends are in quotation marks.
    """
    words = len(pointed) - 1
    found: list[tuple[float, int, int]] = []
    starts, ends = (_highest(pointed[:words, n]) for n in range(2))
    for start in starts:
        for end in ends:
            if not start <= end < start + longest or (start <= cue[1] and cue[0] <= end):
                continue
            if sentence[start] != sentence[end] and not (quoted[start] and quoted[end]):
                continue
            inside = float(np.tanh((evidence[end + 1] - evidence[start]) / (end + 1 - start) / 2))
            found.append((float(pointed[start, 0] + pointed[end, 1]) + inside, start, end))
    found.sort(key=lambda one: -one[0])
    if not found or found[0][0] < float(pointed[words].sum()):
        return []
    return [
        (start, end, float(np.exp((pointed[start, 0] + pointed[end, 1]) / 2)))
        for score, start, end in found[:_PLACES]
        if score > found[0][0] - _MARGIN
    ]


def _highest(scores: Matrix) -> list[int]:
    """Return the places of the `_TRIED` highest scores, the highest first."""
    places = np.argpartition(-scores, _TRIED)[:_TRIED] if len(scores) > _TRIED else np.arange(len(scores))
    found: list[int] = places[np.argsort(-scores[places], kind="stable")].tolist()
    return found


def _overlap(one: tuple[int, int, float], other: tuple[int, int, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
