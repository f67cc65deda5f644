"""Quotations with a verb and a name behind them."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.attribution import Attribution, Part
from quotes.pipeline.quotation.pieces import Piece
from quotes.pipeline.quotation.verb_and_name import with_names

TAGS = {
    **dict.fromkeys(("deadpanned", "piped", "chimed", "took", "was"), "VBD"),
    **dict.fromkeys(("up", "in", "from", "the", "sure"), "RB"),
    **dict.fromkeys(",.“”!?", "."),
    "’s": "POS",
}


def names(text, *said, people=("Moss",), own=None):
    """Cue and source of each quotation; `own` is the source of a cue that all of them have had."""
    made = table(text, [(name, "PERSON") for name in people], tags=TAGS | dict.fromkeys(",.“”", "."))
    before = []
    if own:
        place = text.index(own), text.index(own) + len(own)
        before = [Attribution((0, 1), (Part(place, 1.0),), (), 0.9)]
    pieces = [
        Piece((text.index(words), text.index(words) + len(words)), "direct", 0 if own else None, 0.9) for words in said
    ]
    pieces, every = with_names(made, pieces, before)
    found = [None if piece.attribution is None else every[piece.attribution] for piece in pieces]
    return [one and (text[slice(*one.cue)], text[slice(*one.sources[0].span)]) for one in found]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“Which Friday?” deadpanned Moss.", "deadpanned"),
        ("“Which Friday?” deadpanned Moss", "deadpanned"),
        ("“Not for free,” piped up Moss from the floor.", "piped"),
        ("“None of it,” Moss chimed in.", "chimed"),
    ],
)
def test_a_verb_and_a_name_behind_a_quotation_say_whose_it_is(text, cue):
    assert names(text, text[: text.index("”") + 1]) == [(cue, "Moss")]


def test_a_title_belongs_to_the_name():
    assert names("“No,” deadpanned Mr Moss.", "“No,”") == [("deadpanned", "Mr Moss")]


def test_another_cue_gives_way_but_not_one_of_the_same_source():
    assert names("He said. “No,” deadpanned Moss.", "“No,”", own="He") == [("deadpanned", "Moss")]
    assert names("“No,” deadpanned Moss.", "“No,”", own="Moss") == [("“", "Moss")]


def test_a_name_behind_the_second_half_is_its_own():
    text = "“No,” deadpanned Moss. “Yes,” chimed in Lind."
    found = names(text, "“No,”", "“Yes,”", people=("Moss", "Lind"), own="Lind")
    assert [name for _, name in found] == ["Moss", "Lind"]


def test_both_halves_round_the_name_are_of_one_cue():
    found = names("“No,” chimed in Moss, “thank God.”", "“No,”", "“thank God.”")
    assert found == [("chimed", "Moss")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "“No,” deadpanned Moss’s lawyer.",
        "“No,” deadpanned Moss aide Lind.",
        "“No,” was Moss sure.",
        "“No!” Moss took the bus.",
        "The words “No” took Moss home.",
        "“No,” Moss took the bus.",
        "“No,”\n\ndeadpanned Moss.",
        "“No,”",
        "“No,” deadpanned",
    ],
)
def test_other_words_behind_a_quotation_say_nothing(text):
    assert names(text, text[text.index("“") : text.index("”") + 1]) == [None]
