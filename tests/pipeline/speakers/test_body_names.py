"""The organisations that an article names."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.speakers.cast import named_of


def bodies(one, other):
    made = table(f"The {one} asked. The {other} spoke.", [(one, "ORG"), (other, "ORG")])
    return [(body.name, len(body.mentions)) for body in named_of(made)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Labour", "Labour Ministry"),
        ("Rowing Federation of Delmar", "Delmarian Rowing Federation"),
        ("Harbour Centre", "Harbour Center"),
        ("Farmer Bank", "Farmers Bank"),
        ("Education Ministry", "Education Ministery"),
    ],
)
def test_names_in_another_order_or_spelling_are_one(one, other):
    assert bodies(one, other) == [(one, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Labour Ministry", "Health Ministry"),
        ("Delmar Board", "Delmarian Brigade"),
        ("Moss Foods", "Moss Fonds Capital"),
        ("Australian Foreign Ministry", "Austrian Foreign Ministry"),
        ("Northamptonshire County Council", "Northumberland County Council"),
        ("Niger Foreign Ministry", "Nigerian Foreign Ministry"),
        ("University of Miami", "Miami University"),
        ("Bank of India", "Indian Bank"),
        ("N. B. A.", "A. B. N."),
    ],
)
def test_names_of_other_words_are_two(one, other):
    assert len(bodies(one, other)) == 2


def test_a_short_form_of_one_spelling_is_that_of_the_other():
    text = "The Delmarian Rowing Club asked. The Delmar Rowing Club (DRC) spoke. The DRC left."
    made = table(text, [("Delmarian Rowing Club", "ORG"), ("Delmar Rowing Club", "ORG"), ("DRC", "ORG")])
    assert [body.name for body in named_of(made)] == ["Delmarian Rowing Club"]
