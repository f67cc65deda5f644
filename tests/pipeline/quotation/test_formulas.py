"""Sources behind set phrases."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.quotation.formulas import formulas, spoken_of


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


@pytest.mark.parametrize(
    ("behind", "who"),
    [
        ("came the reply from the chair, Ada Moss.", "the chair"),
        ("That was the verdict of the chair.", "the chair"),
        ("The words are those of the chair.", "the chair"),
        ("was the talk of the chair.", None),
    ],
)
def test_a_noun_of_speech_names_who_said_what_stands_before_it(blank, behind, who):
    text = f"“Sit down.” {behind}"
    tokens = blank(text)
    chair = next(token.i for token in tokens if token.text == "chair")
    hang = [token.i == chair - 1 or (token.i > chair and token.text != ".") for token in tokens]
    heads = [chair if hangs else n for n, hangs in enumerate(hang)]
    deps = ["appos" if token.text == "Moss" else "dep" for token in tokens]
    words, spaces = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
    doc = Doc(blank.vocab, words, spaces, heads=heads, deps=deps)
    said = [(text[slice(*one.sources[0].span)], text[slice(*one.contents[0].span)])
            for one in spoken_of(doc, text, pair_marks(text))]  # fmt: skip
    assert said == ([(who, "“Sit down.”")] if who else [])


@pytest.mark.parametrize(
    ("behind", "who", "cue"),
    [
        ("was how ward secretary Ada Moss put it.", "ward secretary Ada Moss", "put"),
        ("was Mr Moss’s curt reply.", "Mr Moss", "reply"),
        ("was the trustees’ verdict.", "the trustees", "verdict"),
        ("was how it began.", None, None),
        ("was the mayor's car.", None, None),
    ],
)
def test_whoever_put_it_so_said_it(blank, behind, who, cue):
    text = f"“Not yet,” {behind}"
    said = [
        (text[slice(*one.sources[0].span)], text[slice(*one.cue)])
        for one in spoken_of(blank(text), text, pair_marks(text))
    ]
    assert said == ([(who, cue)] if who else [])
