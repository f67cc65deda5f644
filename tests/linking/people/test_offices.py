"""What roles tell about two people of one name."""

from __future__ import annotations

import pytest

from quotes.linking.people.offices import exclude, field_of, role_words, share_office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spokesman", "a spokeswoman"),
        ("the chairwoman of the Harbour Board", "Harbour Board’s chairman"),
        ("defence minister", "Defense Minister"),
        ("Prime Minister", "the PM"),
        ("M.P.", "lawmaker"),
        ("former mayor of Zülz", "mayor of Zulz"),
    ],
)
def test_one_office_in_other_words(one: str, other: str) -> None:
    assert role_words(one) == role_words(other) != frozenset()


@pytest.mark.parametrize("role", [None, "", "a", "the former", "his deputy", "–", "42"])
def test_roles_that_tell_nothing(role: str | None) -> None:
    assert role_words(role) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("harbour master", "harbour master of Ellery", True),
        ("defence minister", "minister of defense", True),
        ("head of the River Authority", "River Authority director", True),
        ("president", "president", False),
        ("minister", "minister of fisheries", False),
        ("director of the museum", "director of the ferry line", False),
        ("harbour master", "goalkeeper", False),
        ("", "harbour master", False),
    ],
)
def test_an_office_that_two_share_only_if_they_are_one(one: str, other: str, do: bool) -> None:
    left, right = role_words(one), role_words(other)
    assert share_office(left, right) is share_office(right, left) is do


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("goalkeeper for Carrow United", "sport"),
        ("Prime Minister", "politics"),
        ("MP for Ellery", "politics"),
        ("detective inspector", "police"),
        ("archbishop of Zülz", "religion"),
        ("actress", "arts"),
        ("professor of law", "school"),
        ("former senator", None),
        ("ex-goalkeeper", None),
        ("professor and senator", None),
        ("harbour master", None),
        (None, None),
    ],
)
def test_the_field_of_a_role(role: str | None, field: str | None) -> None:
    assert field_of(role) == field


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("police captain", "sport"),
        ("ferry skipper", "sport"),
        ("club president", "politics"),
        ("weapons inspector", "police"),
    ],
)
def test_a_role_is_not_of_a_field_that_it_only_sounds_like(role: str, field: str) -> None:
    assert field_of(role) != field


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("goalkeeper", "senator", True),
        ("police constable", "novelist", True),
        ("bishop", "striker", True),
        ("senator", "mayor", False),
        ("professor", "minister", False),
        ("singer", "senator", False),
        ("goalkeeper", "former senator", False),
        ("goalkeeper", "harbour master", False),
    ],
)
def test_offices_that_are_not_one_persons(one: str, other: str, do: bool) -> None:
    assert exclude(field_of(one), field_of(other)) is exclude(field_of(other), field_of(one)) is do
