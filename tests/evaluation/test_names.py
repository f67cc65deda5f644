import pytest

from quotes.evaluation.names import same_source


@pytest.mark.parametrize(
    ("right", "found", "kind"),
    [
        ("Adrienne Watson", "NSC spokesperson Adrienne Watson", "person"),
        ("Mario Abdo Benítez", "Mario Benitez", "person"),
        ("World Health Organization", "WHO", "organization"),
        ("New York Times", "The Times", "organization"),
        ("United States", "Washington", "organization"),
        ("a State Department spokesperson", "the spokesperson", "unnamed"),
        ("Harbour Board", "the Harbour Board of Havenport", "organization"),
    ],
)
def test_the_same(right, found, kind):
    assert same_source(right, found, kind)


@pytest.mark.parametrize(
    ("right", "found", "kind"),
    [
        ("Adrienne Watson", None, "person"),
        ("Adrienne Watson", "Watson", "person"),
        ("Adrienne Watson", "Emma Watson", "person"),
        ("Ministry of Defence", "Ministry of the Interior", "organization"),
        ("a State Department spokesperson", "a villager", "unnamed"),
        ("—", "Watson", "person"),
    ],
)
def test_not_the_same(right, found, kind):
    assert not same_source(right, found, kind)
