import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline import MODEL
from quotes.pipeline.language.encoder import CONTEXT, OWN, windows
from quotes.pipeline.language.marked_words import CLOSES, DOUBLE, OPENS, OUTSIDE
from quotes.pipeline.language.wordpieces import SHAPES
from quotes.pipeline.language.words import words_of


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
    paragraph = OWN // 2 - 10
    starts = np.zeros(6 * paragraph, bool)
    starts[::paragraph] = True
    found = windows(np.ones(6 * paragraph, int), starts)
    assert [window.start for window in found] == [0, 2 * paragraph, 4 * paragraph]
    assert [window.before for window in found] == [0, 2 * paragraph - CONTEXT, 4 * paragraph - CONTEXT]
    assert [window.after for window in found] == [2 * paragraph, 4 * paragraph, 6 * paragraph]


def test_a_long_paragraph_is_read_with_context_on_both_sides():
    part = OWN - 20
    found = windows(np.ones(3 * part - 1, int), np.arange(3 * part - 1) == 0)
    assert [window.end - window.start for window in found] == [part - 1, part, part]
    assert (found[1].before, found[1].after) == (part - 1 - CONTEXT, 2 * part - 1 + CONTEXT)


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


def test_what_stands_in_quotation_marks_is_told_to_the_network():
    nlp = spacy.blank("en")
    nlp.add_pipe("marks")
    encoder = nlp.add_pipe("encoder")
    encoder.take({"tokenizer.json": (MODEL / "encoder" / "tokenizer.json").read_bytes()})
    doc = nlp.get_pipe("marks")(nlp.make_doc("Kim said “no” twice."))
    (fed,) = encoder.feeds(doc, words_of(doc))
    marked = (fed.network["shapes"][0] // len(SHAPES))[fed.first].tolist()
    assert marked == [OUTSIDE, OUTSIDE, OPENS, DOUBLE, CLOSES, OUTSIDE, OUTSIDE]
