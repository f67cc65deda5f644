"""Headlines whose quoted words stand in the story."""

from __future__ import annotations

import pytest

from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.quotation.statements import Statement
from quotes.pipeline.speakers.told_again import told_again


def again(text, *said):
    """The places of statements that are told again; the first is the headline's."""

    def span(words):
        return text.rindex(words), text.rindex(words) + len(words)

    first = text.index(said[0]), text.index(said[0]) + len(said[0])
    spans = [first, *(span(words) for words in said[1:])]
    statements = [Statement("direct", (place,), None, None, 0.9) for place in spans]
    return list(told_again(text, statements, pair_marks(text), {0}))


def test_words_that_a_headline_quotes_are_of_who_says_them_in_the_story():
    text = "‘We had ten minutes’: families flee\n\n“It is gone,” said Bo.\n\n“Then we had ten minutes,” said Ada."
    assert again(text, "‘We had ten minutes’", "“It is gone,”", "“Then we had ten minutes,”") == [(0, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "‘Heroin’: seized\n\n“She is the hero in it,” said Bo.",  # one word
        "‘A no’: the council\n\n“A nod is enough,” said Bo.",  # another word
        "A long no: the council\n\n“A long no,” said Bo.",  # not quoted
        "‘We had ten minutes’: families flee\n\n“It is gone,” said Bo.",
    ],
)
def test_other_headlines_stand_for_themselves(text):
    title, story = text.split("\n\n")
    assert again(text, title.partition(":")[0], story.partition(" said")[0]) == []
