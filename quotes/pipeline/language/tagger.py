"""The components `tagger` and `lemmatizer`: each word's tag, part of speech, features and lemma."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH
from spacy.pipeline.tagger import tagger_score
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from .heads import Head, Matrix
from .lemma_scripts import apply
from .words import Words, set_words


@Language.factory(
    "word_tagger",
    assigns=["token.tag", "token.pos", "token.morph"],
    requires=["doc.tensor"],
    default_score_weights={"tag_acc": 0.5, "pos_acc": 0.3, "morph_acc": 0.2},
)
def make_tagger(nlp: Language, name: str) -> Tagger:
    """Return the component, without weights until `from_disk`."""
    return Tagger(nlp.vocab, name, score_words)


def score_words(examples: list[Example], **_: object) -> dict[str, object]:
    """Return how many words have their tag, their part of speech and all their features."""
    found: dict[str, object] = dict(tagger_score(examples))
    found.update(Scorer.score_token_attr(examples, "pos"))
    found.update(Scorer.score_token_attr(examples, "morph"))
    return found


class Tagger(Head):
    """Sets `token.tag_` (Penn Treebank), `token.pos_` and `token.morph` (Universal Dependencies)."""

    def prepare(self) -> None:
        """Turn the labels into the numbers that Docs hold."""
        pairs = [name.partition("|") for name in self.names["morph"]]
        self._tags = self.strings(self.names["tag"])
        self._parts = np.array([PARTS_OF_SPEECH[part] for part, _, _ in pairs], np.uint64)
        self._morphs = np.array([self.vocab.morphology.add(feats) for _, _, feats in pairs], np.uint64)
        self._blank = (self.vocab.strings.add("_SP"), PARTS_OF_SPEECH["SPACE"], self.vocab.morphology.add(""))

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set the best tag, and the best part of speech together with its features."""
        tag = self.linear("tag", vectors).argmax(1)
        morph = self.linear("morph", vectors).argmax(1)
        values = np.stack([self._tags[tag], self._parts[morph], self._morphs[morph]], 1)
        blank = np.tile(np.array(self._blank, np.uint64), (len(doc), 1))
        set_words(doc, words, [TAG, POS, MORPH], values, blank)


@Language.factory(
    "script_lemmatizer",
    assigns=["token.lemma"],
    requires=["doc.tensor"],
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Return the component, without weights until `from_disk`."""
    return Lemmatizer(nlp.vocab, name, score_lemmas)


def score_lemmas(examples: list[Example], **_: object) -> dict[str, object]:
    """Return how many words have their lemma."""
    return dict(Scorer.score_token_attr(examples, "lemma"))


class Lemmatizer(Head):
    """Sets `token.lemma_` by the script that fits best."""

    def prepare(self) -> None:
        """Keep the lemmas of words between texts."""
        self._lemma = lru_cache(maxsize=100_000)(self._look_up)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set the lemmas."""
        chosen = self.linear("lemma", vectors).argmax(1)
        forms = np.asarray(doc.to_array(ORTH), np.uint64)
        # The strings themselves are kept, not their numbers: spaCy's memory zones forget what was added in them.
        lemmas = map(self._lemma, chosen.tolist(), forms[words.tokens].tolist())
        set_words(doc, words, [LEMMA], self.strings(lemmas), forms)

    def _look_up(self, script: int, form: int) -> str:
        """Return a word's lemma by the number of the word."""
        return apply(self.names["lemma"][script], self.vocab.strings[form])
