"""Spans from labels' probabilities given by hand."""

import numpy as np
import pytest

from quotes.pipeline.language.label_spans import Spans, likelihoods

LABELS = ("O", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON")
ORG, PERSON = "ORG", "PERSON"
SPANS = Spans.of(LABELS, 1.0, 3.0)


def best(*words, starts=(), leaving=None):
    """The spans of words of which each gives some labels a probability and the rest to all others."""
    rows = np.full((len(words), len(LABELS)), 1e-6, np.float32)
    for row, word in zip(rows, words, strict=True):
        for label, probability in word.items():
            row[LABELS.index(label)] = probability
    found = SPANS.best(likelihoods(np.log(rows)), np.isin(np.arange(len(words)), starts), leaving)
    return [(first, last, SPANS.kinds[kind]) for first, last, kind in found]


def test_the_words_after_a_first_belong_to_it():
    assert best({"O": 1}, {"B-ORG": 1}, {"I-ORG": 1}, {"O": 1}, {"B-PERSON": 1}) == [(1, 2, ORG), (4, 4, PERSON)]


def test_a_span_that_does_not_begin_begins_all_the_same():
    assert best({"O": 1}, {"B-ORG": 0.4, "I-ORG": 0.6}, {"I-ORG": 1}) == [(1, 2, ORG)]


def test_a_doubtful_word_goes_with_its_neighbours():
    assert best({"B-ORG": 1}, {"O": 0.6, "I-ORG": 0.4}, {"I-ORG": 1}) == [(0, 2, ORG)]


def test_two_of_a_kind_side_by_side_are_one_unless_it_is_sure():
    assert best({"B-ORG": 1}, {"B-ORG": 0.6, "I-ORG": 0.4}) == [(0, 1, ORG)]
    assert best({"B-ORG": 1}, {"B-ORG": 0.99, "I-ORG": 0.01}) == [(0, 0, ORG), (1, 1, ORG)]


def test_two_kinds_side_by_side_are_two():
    found = best({"B-PERSON": 1}, {"I-PERSON": 1}, {"B-ORG": 0.9, "I-PERSON": 0.1}, {"I-ORG": 1})
    assert found == [(0, 1, PERSON), (2, 3, ORG)]


def test_none_goes_over_the_end_of_a_paragraph():
    assert best({"B-ORG": 1}, {"I-ORG": 0.6, "B-ORG": 0.4}, starts=[0, 1]) == [(0, 0, ORG), (1, 1, ORG)]


def test_no_words_and_no_spans():
    assert best() == []
    assert best({"O": 1}, {"O": 1}) == []


@pytest.mark.parametrize("label", LABELS)
def test_likelihoods_of_a_word_sum_to_one(label):
    scores = np.where(np.array(LABELS) == label, 900.0, -900.0)[None].astype(np.float32)
    assert np.exp(likelihoods(scores)).sum() == pytest.approx(1)


def test_a_span_ends_rather_where_it_costs_nothing():
    words = {"B-ORG": 1}, {"I-ORG": 0.4, "O": 0.6}, {"I-ORG": 0.4, "O": 0.6}, {"O": 1}
    assert best(*words) == [(0, 0, ORG)]
    assert best(*words, leaving=np.array([0, -2.0, 0, 0])) == [(0, 1, ORG)]
    assert best(*words, leaving=np.array([0, -2.0, -2.0, 0])) == [(0, 2, ORG)]
