import pytest

from quotes.lexicon.cues import CLAUSAL, NAMING, act_of
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


def test_every_act_is_one_that_the_database_takes():
    assert {act for lists in (CLAUSAL, NAMING) for act in lists} <= set(ACTS)
