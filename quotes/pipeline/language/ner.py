"""The component `ner`: named entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import TAG
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span

from ...lexicon.noun_classes import NOUN_CLASSES
from ...lexicon.source_nouns import ROLES
from ...lexicon.titles import HONORIFICS
from .heads import Head, Matrix
from .label_spans import Spans, likelihoods
from .words import Words

BESIDE, BESIDE_ITS_KIND = 1.0, 3.0
"""What it costs an entity to begin right after another (log-probability).

Of 38,371 entities of newswire 38 stand right after one of their own kind. On the 40 articles of dev F1 is 86.7
without these costs, 87.6 with them, and 87.0 where each word goes by its own best label. What is found side by side
all the same (`Ana` and `Cortés`) is one.
"""

_LONGEST_NAME = 4
"""Words of a person's name."""
_ADDRESSED = frozenset("mr mrs ms miss mx dr sir sen rep gov prof".split())
"""Titles that stand before names of people alone."""


@Language.factory(
    "word_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=["doc.tensor", "token.tag"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
def make_ner(nlp: Language, name: str) -> Entities:
    """Return the component, without weights until `from_disk`."""
    return Entities(nlp.vocab, name, get_ner_prf)


class Entities(Head):
    """Sets `doc.ents`: PERSON, ORG, LOC, FAC, NORP, PRODUCT, DATE, MONEY and MISC.

    The classes are those of the English Worldwide Newswire (Shan et al. 2023); LOC holds countries and cities too.
    """

    def prepare(self) -> None:
        """Make the kinds strings of the vocabulary, and tell which label begins which kind."""
        self._spans = Spans.of(self.names["entity"], BESIDE, BESIDE_ITS_KIND)
        self.strings(self._spans.kinds)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set the entities beside those that are there; none goes over a paragraph's end."""
        likely = likelihoods(self.linear("entity", vectors))
        person = self._spans.kinds.index("PERSON")
        places = list(joined(self._spans.best(likely, words.starts), words, person))
        tags = np.asarray(doc.to_array(TAG))[words.tokens]
        places = names_again(words, tags == self.vocab.strings["NNP"], places, person)
        # What stands for one thing in an article stands for it throughout (Gale, Church and Yarowsky 1992): all
        # mentions of a name choose its kind together. F1 on 40 articles of newswire: 81.4 instead of 79.8.
        likely -= likely.max(1, keepdims=True)
        of_kinds = np.cumsum(np.pad(self._of_kinds(likely), ((1, 0), (0, 0))), 0, np.float64)
        begins, ends, tokens = words.begins.tolist(), words.ends.tolist(), words.tokens.tolist()
        votes: dict[str, NDArray[np.float64]] = {}
        found: list[tuple[int, int, str]] = []
        for first, last, _ in places:
            name = words.text[begins[first] : ends[last]]
            vote = (of_kinds[last + 1] - of_kinds[first]) / (last + 1 - first)
            votes[name] = votes[name] + vote if name in votes else vote
            found.append((tokens[first], tokens[last] + 1, name))
        chosen = {name: self._spans.kinds[int(vote.argmax())] for name, vote in votes.items()}
        # What another component found before stays.
        taken = {token for ent in doc.ents for token in range(ent.start, ent.end)}
        ours = [Span(doc, start, end, label=chosen[name]) for start, end, name in found]
        doc.set_ents([*doc.ents, *(ent for ent in ours if taken.isdisjoint(range(ent.start, ent.end)))])

    def _of_kinds(self, likely: Matrix) -> Matrix:
        """Return words x kinds: how likely each word is of it, whether as a first word or not."""
        best: Matrix = np.stack([likely[:, self._spans.kind == n].max(1) for n in range(len(self._spans.kinds))], 1)
        return best


def names_again(
    words: Words, proper: NDArray[np.bool_], places: Sequence[tuple[int, int, int]], person: int
) -> list[tuple[int, int, int]]:
    """Return entities with those names of people that the network took for none, or cut, where it saw them elsewhere.

    proper (NDArray[bool]): Which words are proper nouns.
    places (Sequence[tuple[int, int, int]]): First and last word, and kind.
    """
    texts = [words.text[begin:end] for begin, end in zip(words.begins.tolist(), words.ends.tolist(), strict=True)]
    surnames = {texts[last] for _, last, kind in places if kind == person}
    taken = np.full(len(words), -1)
    for n, (first, last, _) in enumerate(places):
        taken[first : last + 1] = n
    found: dict[int, tuple[int, int, int]] = dict(enumerate(places))
    for first, end in _runs(proper, words):
        inside = {int(n) for n in taken[first:end] if n >= 0}
        before = texts[first - 1] if first else ""
        if before == "of" or len(inside) > 1:  # `Minister of Tourism Moss`
            continue
        if not inside:
            title = max((n for n in range(first, end - 1) if _is_title(texts[n])), default=first - 1)
            addressed = title >= 0 and texts[title].lower().rstrip(".") in _ADDRESSED
            if end - title - 1 <= _LONGEST_NAME and (addressed or texts[end - 1] in surnames):
                found[len(found)] = title + 1, end - 1, person
        elif places[n := inside.pop()][2] == person and places[n][0] == places[n][1]:
            name = places[n][0]
            begin = max((n + 1 for n in range(first, name) if _is_title(texts[n])), default=first)
            rest = [*range(begin, name), *range(name + 1, end)]
            if len(rest) == 1 and not _is_title(texts[rest[0]]):
                found[n] = begin, end - 1, person
    return sorted(found.values())


def _runs(proper: NDArray[np.bool_], words: Words) -> Iterator[tuple[int, int]]:
    """Yield where words that are proper nouns stand side by side: the first, and one past the last."""
    breaks = np.cumsum((np.diff(proper, prepend=False) != 0) | words.starts)
    for _, group in groupby(np.flatnonzero(proper).tolist(), key=breaks.__getitem__):
        run = list(group)
        yield run[0], run[-1] + 1


def _is_title(word: str) -> bool:
    """Whether a word before a name is none of it: `Mrs`, `Senator`, `CM`."""
    lower = word.lower().rstrip(".")
    return lower in HONORIFICS or lower in ROLES or lower in NOUN_CLASSES or (len(word) < 4 and word.isupper())


def joined(places: list[tuple[int, int, int]], words: Words, person: int) -> Iterator[tuple[int, int, int]]:
    """Yield spans (first and last word, kind), as one those of a kind that nothing stands between.

    A hyphen in somebody's name parts nothing either: `Per-Olof Lind`; two surnames are two: `Moss-Lind`, and
    so are two names.
    """
    waiting: tuple[int, int, int] | None = None
    for first, last, kind in places:
        beside = waiting is not None and waiting[1:] == (first - 1, kind) and not words.starts[first]
        if waiting and (
            beside or (waiting[1:] == (first - 2, kind) and kind == person and _hyphened(words, waiting, last))
        ):
            waiting = waiting[0], last, kind
        else:
            if waiting:
                yield waiting
            waiting = first, last, kind
    if waiting:
        yield waiting


def _hyphened(words: Words, before: tuple[int, int, int], last: int) -> bool:
    """Whether a hyphen stands between one word of a name and several, the last of which is `last`."""
    hyphen = before[1] + 1
    between = words.text[words.ends[before[1]] : words.begins[hyphen + 1]]
    return between == "-" and before[0] == before[1] and hyphen + 1 < last
