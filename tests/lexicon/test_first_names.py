"""First names of men, and of women."""

from __future__ import annotations

import pytest

from quotes.lexicon.first_names import usual_gender


@pytest.mark.parametrize("name", ["Sandra", "Fatima", "Priya", "Sofía", "Sofia", "ANN"])
def test_of_women(name):
    assert usual_gender(name) == "woman"


@pytest.mark.parametrize("name", ["Keith", "Mohammed", "Raghav", "Kwame", "Jürgen", "Jean-Pierre", "paul"])
def test_of_men(name):
    assert usual_gender(name) == "man"


@pytest.mark.parametrize("name", ["Kim", "Robin", "Jean", "Wei", "Taylor", "J.", "K", "KB", "", "Zorbertus"])
def test_of_both_or_not_known(name):
    assert usual_gender(name) is None
