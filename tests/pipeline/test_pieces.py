"""What was said, by marks and by what a network found."""

from __future__ import annotations

import pytest

from quotes.pipeline.attribution import Attribution, Part, Passage
from quotes.pipeline.marks import pair_marks
from quotes.pipeline.pieces import pieces_of


def found(text, *contents, alone=(), furniture=(), likelihood=0.9):
    """The pieces of a text of which a network takes these words for contents of one cue each."""

    def span(words):
        return text.index(words), text.index(words) + len(words)

    attributions = [Attribution((0, 1), (), (Part(span(words), likelihood),), 1.0) for words in contents]
    passages = [Passage((mark.start, mark.end), 0.9 if text[mark.start : mark.end] in alone else 0.1)
                for mark in pair_marks(text)]  # fmt: skip
    pieces = pieces_of(text, attributions, passages, pair_marks(text), [span(words) for words in furniture])
    return [(piece.kind, text[slice(*piece.span)]) for piece in pieces]


@pytest.mark.parametrize("content", ["“We will go", "We will go home", "“We will go home,”", "will go home,” she"])
def test_a_content_goes_from_mark_to_mark(content):
    assert found("“We will go home,” she said.", content) == [("direct", "“We will go home,”")]


def test_a_clause_with_quoted_words_is_mixed_and_holds_them_whole():
    text = "She said that the plan was “a disgrace to us”, and left."
    assert found(text, "that the plan was “a disgrace") == [("mixed", "that the plan was “a disgrace to us”")]


def test_a_clause_that_only_runs_into_a_quotation_ends_before_it():
    text = "He said that all of it was late. “We will not wait for it any longer, and we will go,” Kim said."
    assert found(text, "that all of it was late. “We") == [("indirect", "that all of it was late.")]


def test_a_clause_without_marks_is_indirect():
    assert found("She said the plan was late.", "the plan was late") == [("indirect", "the plan was late")]


def test_speech_within_speech_is_a_piece_of_its_own():
    text = "“He told me that the ship had sunk, and I believed him at once,” she said."
    whole = text[: text.index(" she said")]
    assert found(text, whole, "that the ship had sunk") == [("direct", whole), ("indirect", "that the ship had sunk")]


def test_what_stands_between_inner_marks_is_direct():
    text = "“He told me, ‘The ship has sunk,’ and I believed him at once,” she said."
    assert ("direct", "‘The ship has sunk,’") in found(text, "The ship has sunk")


def test_the_same_words_are_said_once():
    text = "She said that it was late."
    assert found(text, "that it was late", "it was late") == [("indirect", "that it was late")]


def test_quotations_without_a_cue_that_are_speech_and_those_that_are_not():
    text = "“We will go home.” The “Patience” lay at the quay."
    assert found(text, alone=["“We will go home.”"]) == [("direct", "“We will go home.”")]


def test_a_quotation_within_a_mixed_clause_is_no_quote_of_its_own():
    text = "She said that the plan was “a disgrace to us”."
    clause = "that the plan was “a disgrace to us”"
    assert found(text, clause, alone=["“a disgrace to us”"]) == [("mixed", clause)]


def test_nothing_comes_from_furniture():
    text = "“We will go home,” she said.\n\nRead more: “She will stay”"
    assert found(text, alone=["“She will stay”"], furniture=["Read more: “She will stay”"]) == []


def test_what_is_hardly_likely_is_left_out():
    assert found("She said the plan was late.", "the plan was late", likelihood=0.1) == []


@pytest.mark.parametrize("text", ["", "“”", "“", "'''", "“ ” ‘ ’"])
def test_texts_that_say_nothing(text):
    assert pieces_of(text, (), (), pair_marks(text), ()) == []
