"""Sources that are several who speak together."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.cast import named_of
from quotes.pipeline.speakers.joint_sources import joint_name


def joint(source, named, heads, deps):
    made = table(f"{source} spoke.", named, heads=heads, deps=deps)
    return joint_name(made, words(made, source), {place: one for one in named_of(made) for place in one.mentions})


JOINED = {"Lind": "conj", "captains": "conj", "Board": "conj", "clerk": "conj", "Moss": "nsubj"}


@pytest.mark.parametrize(
    ("source", "named", "heads", "deps", "name"),
    [
        (
            "Moss , Lind and other captains",
            [("Moss", "PERSON"), ("Lind", "PERSON")],
            {"Lind": "Moss", ",": "Lind", "captains": "Moss", "and": "captains", "other": "captains"},
            {},
            "Moss, Lind and other captains",
        ),
        (
            "Moss and the Harbour Board",
            [("Moss", "PERSON"), ("Harbour Board", "ORG")],
            {"Board": "Moss", "and": "Board", "the": "Board", "Harbour": "Board"},
            {},
            "Moss and Harbour Board",
        ),
        (
            "Moss and the clerk , Lind",
            [("Moss", "PERSON"), ("Lind", "PERSON")],
            {"clerk": "Moss", "and": "clerk", "the": "clerk", "Lind": "clerk", ",": "Lind"},
            {"Lind": "appos"},
            "Moss and Lind",
        ),
        (
            "Moss or the clerk",
            [("Moss", "PERSON")],
            {"clerk": "Moss", "or": "clerk", "the": "clerk"},
            {},
            None,
        ),
        (
            "the founder and chief , Moss",
            [("Moss", "PERSON")],
            {"chief": "founder", "and": "chief", "the": "founder", "Moss": "founder", ",": "Moss"},
            {"chief": "conj", "Moss": "appos"},
            None,
        ),
        (
            "the clerk and residents",
            [],
            {"residents": "clerk", "and": "residents", "the": "clerk"},
            {"residents": "conj"},
            None,
        ),
        (
            "Ministry of Health and Sport",
            [("Ministry of Health and Sport", "ORG")],
            {"Health": "Ministry", "of": "Health", "Sport": "Ministry", "and": "Sport"},
            {"Sport": "conj"},
            None,
        ),
    ],
)
def test_several_are_called_by_their_names_or_as_they_are_described(source, named, heads, deps, name):
    assert joint(source, named, heads, JOINED | deps) == name
