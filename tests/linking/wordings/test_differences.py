"""Which changes make another saying of it, and which ones outlets make."""

from __future__ import annotations

import pytest

from quotes.linking.wordings.differences import Difference, are_forms_of_one, differences, is_small_change


def differ(one: str, other: str, *, beside_name: bool = False) -> bool:
    """Whether they do, whichever comes first."""
    found, again = (
        list(differences(left.split(), right.split(), beside_name=beside_name))
        for left, right in ((one, other), (other, one))
    )
    assert found == again
    return bool(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "not"),
        ("ever", "never"),
        ("with", "without"),
        ("nobody", "somebody"),
        ("12", "20"),
        ("", "3"),
        ("million", "billion"),
        ("second", "third"),
        ("Keld", "Brandt"),
        ("", "Keld"),
        ("Keld", "weavers"),
        ("i", "you"),
        ("he", "she"),
        ("may", "must"),
        ("some", "all"),
        ("", "most"),
        ("accepted", "rejected"),
        ("legal", "illegal"),
        ("hopeful", "hopeless"),
        ("able", "unable"),
        ("before", "after"),
        ("northern", "southern"),
    ],
)
def test_another_saying(one: str, other: str) -> None:
    assert differ(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "the"),
        ("that", "which"),
        ("is", "has been"),
        ("attack", "attacks"),
        ("cease fire", "ceasefire"),
        ("Zhelenko", "Zhelenkoh"),
        ("Keld", "he"),
        ("big", "huge"),
        ("12", "12"),
        ("will", "would"),
        ("he", "him"),
    ],
)
def test_the_same_saying(one: str, other: str) -> None:
    assert not differ(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12400", "12500"),
        ("Austria", "Australia"),
        ("Southport", "Southend"),
        ("powerful", "powerless"),
        ("fourth", "fourteenth"),
    ],
)
def test_another_saying_though_the_words_look_alike(one: str, other: str) -> None:
    assert differ(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("will", "will not", {"negation"}),
        ("12 boats", "20 boats", {"number"}),
        ("Keld", "Brandt", {"name"}),
        ("some boats", "all boats", {"quantity", "opposite"}),
        ("he", "she", {"person"}),
        ("may", "must", {"modal verb", "opposite"}),
        ("before", "after", {"opposite"}),
        ("Keld may sell 12", "Brandt may not sell 20", {"negation", "number", "name"}),
    ],
)
def test_in_what_they_differ(one: str, other: str, expected: set[Difference]) -> None:
    assert set(differences(one.split(), other.split())) == expected


def test_a_first_name_or_title_beside_the_name_adds_nothing() -> None:
    assert not differ("", "Maro", beside_name=True)
    assert not differ("", "president Maro", beside_name=True)
    assert differ("", "not Maro", beside_name=True)
    assert differ("Maro", "Ilsa", beside_name=True)


@pytest.mark.parametrize(
    ("one", "other", "is_small"),
    [
        ("that", "which", True),
        ("began", "started", True),
        ("negotiate", "negotiating with", True),
        ("mr", "the", True),
        ("boats", "lorries", False),
        ("old boats", "lorries", False),
        ("the boats", "the painted boats", False),
    ],
)
def test_what_outlets_change(one: str, other: str, is_small: bool) -> None:
    assert is_small_change(one.split(), other.split()) is is_small
    assert is_small_change(other.split(), one.split()) is is_small


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("defend", "defends", True),
        ("Defend", "defended", True),
        ("win", "wins", True),
        ("say", "saying", True),
        ("Zelensky", "Zelenskyy", True),
        ("begin", "begining", True),
        ("Iran", "Iraq", False),
        ("Keld", "Held", False),
        ("boat", "goat", False),
        ("river", "liver", False),
        ("winter", "wanderer", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, are_one: bool) -> None:
    assert are_forms_of_one(one, other) is are_forms_of_one(other, one) is are_one
