"""The component `subjects`: which of the subjects of news an article is about, by its words.

It is linear: each word of the story adds its weights, the more the oftener it stands there and the rarer it is
elsewhere. Needs no other component. `quotes/training/learning/subject_learning.py` makes the weights; what the encoder
says of an article was measured there too, and adds nothing to its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from ..records import Article
from .annotations import article_on_doc, records_on_doc
from .language.heads import Head, Matrix
from .language.words import Words, words_of

MOST = 3
"""Subjects of an article; those that one annotator gave 1,071 articles of newswire are one or two."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@Language.factory("subjects", assigns=["doc._.subjects"])
def make_subjects(nlp: Language, name: str) -> Subjects:
    """Return the component, without weights until `from_disk`."""
    return Subjects(nlp.vocab, name)


class Subjects(Head):
    """Sets `doc._.subjects`: one to three pairs of a subject's name and its likelihood, most likely first.

    The names are those of `quotes.lexicon.media_topics`. The likeliest is always given, others where they are likely
    enough; a text without a word that is known has none.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` and return it."""
        self.need_weights()
        places, shares = bag(story_words(words_of(doc), doc._.article), self._places, self.weights["rarity"])
        if len(places):
            scores = shares @ self.weights["word.weight"][places] + self.weights["word.bias"]
            likely = 1 / (1 + np.exp(-scores))
            (given,) = chosen(likely[None], self.weights["threshold"])
            doc._.subjects = tuple((self.names["subject"][n], round(float(likely[n]), 4)) for n in given)
        return doc

    def prepare(self) -> None:
        """Make the table of words."""
        article_on_doc()
        records_on_doc("subjects")
        self._places = {word: n for n, word in enumerate(self.names["word"])}


def story_words(words: Words, article: Article | None) -> list[str]:
    """Return the words of a story in small letters, then those of its address, and of a title that is not in the text.

    article (Article | None): Says what of the text is no story; without one all of it is.
    """
    told = np.ones(len(words), bool)
    more: list[str] = []
    if article is not None:
        for start, end in article.furniture:
            told[np.searchsorted(words.ends, start, "right") : np.searchsorted(words.begins, end)] = False
        more = _WORD.findall(urlsplit(article.url or "").path.lower())
        if article.title and article.headline is None:
            more += _WORD.findall(article.title.lower())
    spans = zip(words.begins[told].tolist(), words.ends[told].tolist(), strict=True)
    return [*(words.text[begin:end].lower() for begin, end in spans), *more]


def bag(words: Iterable[str], table: Mapping[str, int], rarity: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    """Return which words of a table a story has, and how much each counts; the squares of that sum to 1.

    table (Mapping[str, int]): The places of words.
    rarity (Matrix): How much rarer than others each is.
    """
    counted = Counter(map(table.get, words))
    del counted[None]
    places = np.fromiter(counted, np.int64, len(counted))
    shares = (1 + np.log(np.fromiter(counted.values(), np.float32, len(counted)))) * rarity[places]
    return places, shares / max(float(np.linalg.norm(shares)), 1e-9)


def chosen(likelihoods: Matrix, threshold: Matrix | float) -> list[list[int]]:
    """Return the places of the subjects of articles (rows), the likeliest first: one, and more above a threshold."""
    order = np.argsort(-likelihoods, axis=1, kind="stable")[:, :MOST]
    enough = np.take_along_axis(likelihoods, order, 1) >= threshold
    enough[:, 0] = True
    return [row[given].tolist() for row, given in zip(order, enough, strict=True)]
