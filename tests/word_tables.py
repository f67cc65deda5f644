"""Articles as tables of words, put together by hand."""

from __future__ import annotations

import re

import numpy as np

from quotes.pipeline.language.marked_words import covered, marked_words
from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.language.words import paragraph_numbers
from quotes.pipeline.word_table import WordTable

WIDTH = 4
_TOKEN = re.compile(r"['’]s\b|(?:(?!['’]s\b)[\w.'’-])*\w|[^\w\s]")


def table(text, entities=(), heads=None, deps=None, tags=None):
    """Return the words of a text; each sentence ends with a full stop or a paragraph.

    entities: pairs of words and label; every place where the words stand is one.
    heads, deps: by word, for those that matter; the first of several places.
    """
    tokens = list(_TOKEN.finditer(text))
    starts = np.array([token.start() for token in tokens])
    ends = np.array([token.end() for token in tokens])
    words = [token.group() for token in tokens]
    paragraph = paragraph_numbers(text, starts)
    new = [n == 0 or words[n - 1] == "." or paragraph[n] != paragraph[n - 1] for n in range(len(words))]
    entity, found = np.full(len(words), -1), []
    for name, label in entities:
        for match in re.finditer(re.escape(name), text):
            first, last = covered(starts, ends, match.span())
            entity[first:last] = len(found)
            found.append((first, last, label))
    place = {word: n for n, word in reversed(list(enumerate(words)))}
    head = np.arange(len(words))
    for word, other in (heads or {}).items():
        head[place[word]] = place[other]
    quotations, marked = marked_words(starts, ends, pair_marks(text))
    return WordTable(
        text,
        starts,
        ends,
        [word.lower() for word in words],
        [(tags or {}).get(word, "NN") for word in words],
        [(deps or {}).get(word, "") for word in words],
        head,
        np.cumsum(new),
        paragraph,
        entity,
        sorted(found),
        quotations,
        marked,
        np.ones((len(words), WIDTH), np.float32),
    )


def words(made, phrase):
    """Return where a phrase stands in a table, in words."""
    at = made.text.index(phrase)
    return made.covered((at, at + len(phrase)))
