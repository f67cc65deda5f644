import pytest

from quotes.pipeline.first_names import pronoun_of


@pytest.mark.parametrize(("name", "pronoun"), [("Amina Diallo", "she"), ("Mateusz Nowak", "he"), ("Zoë Marsh", "she")])
def test_what_a_first_name_tells(name, pronoun):
    assert pronoun_of(name) == pronoun


@pytest.mark.parametrize("name", ["Robin Marsh", "Xqwzt Marsh", "Amina", "", "Marsh Amina"])
def test_where_it_tells_nothing(name):
    assert pronoun_of(name) is None
