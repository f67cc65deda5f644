"""What a mention is, and which candidates it is compared with."""

from __future__ import annotations

import numpy as np
import pytest
from growth import MOST, growth
from word_tables import table, words

from quotes.pipeline.cast import cast_of
from quotes.pipeline.speaker_features import CANDIDATES, FEATURES, MENTIONS, Comparison, Utterance, mention_kind

TEXT = "Ada Moss met Bo Lind. Moss left. “We won,” he said. “Yes,” the official said."
ENTITIES = [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")]


def compared(made, *sources):
    utterances = [Utterance(words(made, source)[0], words(made, source)[1], words(made, source)) for source in sources]
    cast = cast_of(made, [said.mention for said in utterances])
    comparison = Comparison(made, cast)
    return cast, [comparison.of(utterances, n, [0] * n) for n in range(len(utterances))]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("he", "he"), ("Ada Moss", "person"), ("the official", "definite"), ("We", "i"), ("won", "indefinite")],
)
def test_what_a_mention_is(phrase, kind):
    made = table(TEXT, ENTITIES, heads={"the": "official"}, deps={"the": "det"})
    assert mention_kind(made, words(made, phrase)) == kind


def test_no_mention_is_a_kind_too():
    assert mention_kind(table(TEXT), None) == "none"


def test_nobody_stands_last_and_the_mention_itself_may_be_right():
    made = table(TEXT, ENTITIES)
    cast, (he, official) = compared(made, "he", "the official")
    assert official.candidates[-1] == -1
    assert not official.numbers[-1].any()
    assert official.numbers.shape == (len(official.candidates), FEATURES)
    kinds = [CANDIDATES[pair % len(CANDIDATES)] for pair in official.pairs]
    own = [cast[n].name for n, kind in zip(official.candidates, kinds, strict=True) if kind == "self"]
    assert own == ["the official"]
    assert {MENTIONS[pair // len(CANDIDATES)] for pair in he.pairs} == {"he"}


def test_numbers_are_numbers():
    made = table(TEXT, ENTITIES)
    _, found = compared(made, "he", "the official")
    assert all(np.isfinite(one.numbers).all() for one in found)


def test_time_grows_with_the_article_not_with_its_square():
    def compare(text):
        made = table(text, [("Ada Moss", "PERSON")])
        utterances = [Utterance(n, n + 1, (n, n + 1)) for n in range(0, len(made), 12)]
        comparison = Comparison(made, cast_of(made, [None]))
        for n in range(len(utterances)):
            comparison.of(utterances, n, [0] * n)

    assert growth(compare, "Ada Moss and Bo met the man of the house there and left. ", 60) < MOST
