"""The component `ner`: named entities."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span

from .heads import Head, Matrix
from .words import Words


@Language.factory(
    "word_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=["doc.tensor"],
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
        parts = [name.partition("-") for name in self.names["entity"]]
        self._kinds = sorted({kind for _, _, kind in parts if kind})
        self.strings(self._kinds)
        self._begins = np.array([place == "B" for place, _, _ in parts])
        self._kind = np.array([self._kinds.index(kind) if kind else -1 for _, _, kind in parts])

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set the entities; none goes over a paragraph's end."""
        scores = self.linear("entity", vectors)
        chosen = scores.argmax(1)
        kind, begins = self._kind[chosen], self._begins[chosen]
        inside = np.flatnonzero(kind >= 0)
        # A word begins an entity if none stands before it, or one of another kind does. Of 38,371 entities of
        # newswire 38 stand right after one of their own kind, while a name's second word is often taken for a first.
        joined = np.diff(inside, prepend=-2) == 1
        changed = begins[inside] & (kind[inside] != kind[inside - 1])
        first = inside[~joined | changed | words.starts[inside]]
        after = [*first[1:].tolist(), len(words)]
        tokens = words.tokens
        found = []
        for start, limit in zip(first.tolist(), after, strict=False):
            end = int(inside[np.searchsorted(inside, limit) - 1])
            label = self._label(scores[start : end + 1])
            found.append(Span(doc, int(tokens[start]), int(tokens[end]) + 1, label=label))
        doc.set_ents(found)

    def _label(self, scores: Matrix) -> str:
        """Return the kind that suits all words of an entity best, whether as a first word or not."""
        best = [scores[:, self._kind == n].max(1).sum() for n in range(len(self._kinds))]
        return self._kinds[int(np.argmax(best))]
