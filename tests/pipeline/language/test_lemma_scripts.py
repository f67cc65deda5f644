import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.language.lemma_scripts import SAME, apply, script_of


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("said", "say", "lower|2|y"),
        ("Studies", "study", "lower|3|y"),
        ("studies", "study", "lower|3|y"),
        ("Reuters", "Reuters", SAME),
        ("ministers", "minister", "lower|1|"),
        ("better", "good", "lower||good"),
        ("n’t", "not", "lower|2|ot"),
    ],
)
def test_words_of_one_pattern_share_a_script(form, lemma, script):
    assert script_of(form, lemma) == script
    assert apply(script, form) == lemma


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_a_script_makes_its_lemma(form, lemma):
    assert apply(script_of(form, lemma), form) == lemma


@pytest.mark.parametrize("script", ["lower|3|", "lower|3|y", "lower|2|y", "same|2|"])
def test_a_script_that_does_not_fit_leaves_the_word(script):
    assert apply(script, "Is") == "is"
