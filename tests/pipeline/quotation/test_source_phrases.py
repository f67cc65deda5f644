"""Which phrase is the source where an outlet stands between."""

from __future__ import annotations

import pytest

from quotes.pipeline.quotation.source_phrases import who_is_quoted


def source(blank, text, cue, given, words=None):
    """The source of a cue, where the network gave another."""

    def span(phrase):
        return text.index(phrase), text.index(phrase) + len(phrase)

    found = who_is_quoted(blank(text), text, span(cue), span(given) if given else None)
    return found and text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "cue", "given", "who"),
    [
        ("Xinhua quoted Mara Moss as saying that it was late.", "saying", "Xinhua", "Mara Moss"),
        ("“It is late,” Xinhua quoted Moss as saying.", "quoted", "Xinhua", "Moss"),
        ("It was late, Bloomberg reported on Monday, citing two people.", "reported", "Bloomberg", "two people"),
        ("It was late, reports our correspondent quoting police.", "reports", "our correspondent", "police"),
        (
            "“It is late,” said the owner of the pier to Puente.",
            "said",
            "the owner of the pier to Puente",
            "the owner of the pier",
        ),
        ("Moss said it was late, citing the weather report.", "said", "Moss", "Moss"),
        ("Reuters reported that it was late.", "reported", "Reuters", "Reuters"),
        ("It was late, said Moss.", "said", None, None),
        ("Asked whether it was late, Moss said no.", "Asked", "Moss", None),
        ("Moss was asked to explain it by the board.", "asked", "the board", "the board"),
        ("“Is it late?” asked Moss.", "asked", "Moss", "Moss"),
        ("Bridge to close for a year, residents told\r\n\r\nIt shuts.", "told", "residents", None),
        ("The bridge will close, Moss told residents.", "told", "Moss", "Moss"),
        ("The bridge will close, Moss told\nresidents.", "told", "Moss", "Moss"),
    ],
)
def test_who_is_quoted(blank, text, cue, given, who):
    assert source(blank, text, cue, given) == who


@pytest.mark.model
def test_who_is_quoted_by_an_agency_speaks(quotes_of):
    (quote,) = quotes_of("Mara Moss left.\n\n“We will wait,” Moss was quoted as saying by the Xinhua news agency.")
    assert quote.speaker.name == "Mara Moss"
    assert quote.via.startswith("Xinhua")


@pytest.mark.model
def test_who_has_said_it_is_whom_the_clause_is_about(quotes_of):
    (quote,) = quotes_of("The minister, who has said he will resign, met the board on Monday.")
    assert (quote.mention.text, quote.speaker.name) == ("who", "the minister")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Karl Vogt thanked a nurse who told him the ward was “on its knees.”", "a nurse"),
        ("Karl Vogt, who thanked a nurse, told her the ward was “on its knees.”", "Karl Vogt"),
    ],
)
def test_who_is_thanked_speaks(quotes_of, text, speaker):
    (quote,) = quotes_of(text)
    assert quote.speaker.name == speaker
