import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.encoder import CONTEXT, OWN, windows


@st.composite
def texts(draw):
    lengths = draw(st.lists(st.integers(1, 12), min_size=1, max_size=400))
    starts = [True, *draw(st.lists(st.booleans(), min_size=len(lengths) - 1, max_size=len(lengths) - 1))]
    rare = draw(st.booleans())
    return np.array(lengths), np.array([s and (not rare or n % 97 == 0) for n, s in enumerate(starts)])


@given(texts())
def test_every_word_is_the_own_word_of_one_window(text):
    lengths, starts = text
    found = windows(lengths, starts)
    assert [n for window in found for n in range(window.start, window.end)] == list(range(len(lengths)))


@given(texts())
def test_no_window_is_longer_than_the_encoder_was_trained_for(text):
    lengths, starts = text
    signs = lengths + starts  # one stands between two paragraphs
    for window in windows(lengths, starts):
        assert signs[window.start : window.end].sum() <= OWN + lengths.max()
        assert signs[window.before : window.start].sum() <= CONTEXT
        assert signs[window.end : window.after].sum() <= CONTEXT


def test_a_window_ends_with_a_paragraph():
    starts = np.zeros(300, bool)
    starts[[0, 50, 100, 150, 200, 250]] = True
    found = windows(np.ones(300, int), starts)
    assert [window.start for window in found] == [0, 100, 200]
    assert [window.before for window in found] == [0, 100 - CONTEXT, 200 - CONTEXT]
    assert [window.after for window in found] == [100, 200, 300]


def test_a_long_paragraph_is_read_with_context_on_both_sides():
    found = windows(np.ones(299, int), np.arange(299) == 0)
    assert [window.end - window.start for window in found] == [99, 100, 100]
    assert (found[1].before, found[1].after) == (99 - CONTEXT, 199 + CONTEXT)


def test_a_text_without_words_has_no_windows():
    assert windows(np.array([], int), np.array([], bool)) == []


@pytest.mark.parametrize("words", [1, 7, OWN - 1, OWN])
def test_short_texts(words):
    assert len(windows(np.ones(words, int), np.arange(words) == 0)) == (1 if words < OWN else 2)


def test_without_weights_it_says_so():
    nlp = spacy.blank("en")
    nlp.add_pipe("encoder")
    with pytest.raises(ValueError, match="'encoder' has no weights"):
        nlp("Kim said so.")
