import pytest

from quotes.pipeline.cues import act_of, clausal_forms, naming_forms
from quotes.records import ACTS


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", "say"),
        ("according to", "say"),
        (":", "say"),
        ("chuckled", "say"),
        ("added", "add"),
        ("denies", "deny"),
        ("warned", "warn"),
        ("urging", "urge"),
        ("vowed", "promise"),
        ("pointed out", "say"),
        ("tweeted", "write"),
        ("admitted", "confirm"),
        ("slammed", "criticize"),
        ("Announced", "announce"),
    ],
)
def test_the_act_of_a_cue(cue, act):
    assert act_of(cue) == act


@pytest.mark.parametrize("form", ["said", "tells", "wrote", "denying", "quipped", "replied", "underscored"])
def test_irregular_and_regular_forms_are_cues(form):
    assert form in clausal_forms()


def test_every_act_is_one_that_the_database_takes():
    assert set(clausal_forms().values()) | set(naming_forms().values()) <= set(ACTS)
