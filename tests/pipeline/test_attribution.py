"""The network over words: its windows and its spans."""

from __future__ import annotations

import numpy as np
import pytest
from word_tables import table

from quotes.pipeline import attribution
from quotes.pipeline.attribution import AFTER, BEFORE, OWN, distance_classes, windows


def test_every_word_is_the_own_word_of_one_window_and_windows_are_short():
    made = table(" ".join(["one two three four."] * 150 + ["\n\nfive six.\n\n"] * 40 + ["seven"] * 1000))
    found = list(windows(made))
    assert [n for window in found for n in range(window.own, window.until)] == list(range(len(made)))
    assert max(window.end - window.start for window in found) <= OWN + BEFORE + AFTER
    assert all(window.start <= window.own and window.until <= window.end for window in found)


def test_no_words_have_no_window():
    assert list(windows(table("x"))) != []
    assert len(list(windows(table("one. two.")))) == 1


def test_farness_has_a_class_for_twice_as_far():
    assert distance_classes(np.array([-200, -1, 0, 1, 2, 3, 4, 7, 8, 200])).tolist() == [
        0,
        6,
        7,
        8,
        9,
        9,
        10,
        10,
        11,
        14,
    ]


def pointers(words, start, end, nothing=-9.0):
    made = np.full((words + 1, 2), -6.0, np.float32)
    made[start, 0] = made[end, 1] = -0.1
    made[words] = nothing
    return made


def spans(pointed, longest=20, cue=(9, 9), sentence=None, quoted=False):
    """The likeliest spans of ten words, the last of which is the cue."""
    sentence = np.zeros(10, int) if sentence is None else np.array(sentence)
    found = attribution._spans(pointed, np.zeros(11, np.float32), longest, cue, sentence, np.full(10, quoted))
    return [(start, end) for start, end, _ in found]


def test_a_span_is_where_its_ends_are_pointed_at():
    assert spans(pointers(10, 3, 6))[0] == (3, 6)
    assert spans(pointers(10, 3, 6, nothing=0.0)) == []
    assert spans(pointers(10, 6, 3, nothing=-2.0)) == [], "it ends before it starts"
    assert spans(pointers(10, 0, 8, nothing=-2.0), longest=5) == [], "it is too long"


def test_other_places_are_told_but_none_that_is_far_less_likely():
    pointed = pointers(10, 3, 6)
    pointed[5, 1] = -1.0
    assert spans(pointed) == [(3, 6), (3, 5)]
    pointed[5, 1] = -5.0
    assert spans(pointed) == [(3, 6)]


def test_a_span_does_not_hold_its_cue_nor_leave_its_sentence_unless_it_is_quoted():
    sentence = [0] * 5 + [1] * 5
    assert spans(pointers(10, 3, 6, -2.0), cue=(4, 4)) == []
    assert spans(pointers(10, 3, 6, -2.0), sentence=sentence) == []
    assert spans(pointers(10, 3, 6, -2.0), sentence=sentence, quoted=True)[0] == (3, 6)


def test_a_clause_that_ends_in_a_quotation_has_all_its_sentences():
    made = table("She said that “it is late. We go.” “You stay.”")
    within = attribution._within_quotations(made)
    assert [word for word, inside in zip(made.lower, within, strict=True) if not inside] == [
        "she",
        "said",
        "that",
        "“",
        "“",
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("The board said that it would meet on Monday.", "said", "The board", "that it would meet on Monday"),
        (
            "The ferry sank at once, according to the harbour master.",
            "according to",
            "the harbour master",
            "The ferry sank at once",
        ),
        ("“We knew of it,” Mara Ellison said.", "said", "Mara Ellison", "“We knew of it,”"),
    ],
)
def test_attributions(nlp, text, cue, source, content):
    (found,) = nlp(text)._.attributions
    assert text[slice(*found.cue)] == cue
    assert [text[slice(*part.span)] for part in found.sources] == [source]
    assert [text[slice(*part.span)].rstrip(".") for part in found.contents] == [content]
