"""Sources behind set phrases."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from quotes.pipeline.quotation.formulas import formulas


@pytest.fixture
def found(blank):
    """The source and the words of each formula of a text of one sentence."""

    def of(text):
        words = [token.text for token in blank(text)]
        spaces = [bool(token.whitespace_) for token in blank(text)]
        doc = Doc(blank.vocab, words, spaces, sent_starts=[n == 0 for n in range(len(words))])
        return [(text[slice(*one.sources[0].span)], text[slice(*one.contents[0].span)]) for one in formulas(doc, text)]

    return of


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("The reactor leaked for days, per the report.", "the report", "The reactor leaked for days"),
        ("Per police, the driver fled on foot.", "police", "the driver fled on foot"),
        ("The deal is off, as first reported by the Ledger.", "the Ledger", "The deal is off"),
    ],
)
def test_a_formula_names_the_source(found, text, who, words):
    assert found(text) == [(who, words)]


@pytest.mark.parametrize(
    "text",
    ["It costs ten euros, per day.", "Per capita, the town is rich.", "Sales rose by five per cent, the club said."],
)
def test_a_measure_is_no_source(found, text):
    assert found(text) == []
