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
    ],
)
def test_names_of_other_words_are_two(one, other):
    assert len(bodies(one, other)) == 2
