from __future__ import annotations

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline import extract
from quotes.pipeline.hyphenation import rejoined, whole_words
from quotes.records import Article
from quotes.spans.paragraphs import LINE_IN_PARAGRAPH

WORDS = frozenset("self employed well known dis understanding discussed harbour master second hand afford".split())
LINE = LINE_IN_PARAGRAPH


def read(text):
    return whole_words(text, WORDS.__contains__)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We dis-\ncussed it.", f"We discussed{LINE}it."),
        ("We dis\u00ad\ncussed it.", f"We discussed{LINE}it."),
        ("We dis- \r\n  cussed it.", f"We discussed{LINE}it."),
        ("We dis\u00adcussed it.", "We discussed it."),
        ("We dis\u00ad cussed it.", "We discussed it."),
        ("Geof\u00ad\nfrey left.", f"Geoffrey{LINE}left."),
        ("It is well-\nknown here.", f"It is well-known{LINE}here."),
        ("It is well\u00ad\nknown here.", f"It is well-known{LINE}here."),
        ("It is well‐\nknown here.", f"It is well-known{LINE}here."),
        ("Ann Thomas-\nGreenfield left.", f"Ann Thomas-Greenfield{LINE}left."),
        ("Ann Mc-\nDonald left.", f"Ann McDonald{LINE}left."),
        ("ANN GEOF-\nFREY left.", f"ANN GEOFFREY{LINE}left."),
        ("It was afford-\nable once.", f"It was affordable{LINE}once."),
        ("Page one dis-\n\n\fcussed it.", f"Page one discussed{LINE}it."),
        ("in\u00adfra\u00adstruc\u00adture", "infrastructure"),
        ("first-\nand second-hand", "first-\nand second-hand"),
        ("The end\u00ad\n\nOf it.\u00ad", "The end\n\nOf it."),
        ("He left -\nand so on", "He left -\nand so on"),
        ("in 2019-\n20 and F-\n16", "in 2019-\n20 and F-\n16"),
        ("No break at all, well-known.", "No break at all, well-known."),
    ],
)
def test_broken_words_are_whole(text, whole):
    assert read(text)[0] == whole


def test_an_article_knows_best_how_it_writes_a_word():
    assert "harbourmaster" in read("The harbourmaster left. The harbour-\nmaster said so.")[0].replace(LINE, " ")
    assert read("The harbour-\nmaster said so.")[0] == f"The harbour-master{LINE}said so."
    assert "re-elected" in read("A re-elected man, and re-\nelected again.")[0].split(", ")[1]


def test_lines_stay_as_long_as_they_were():
    assert read("one dis-\ncussed two\nthree dis-\ncussed\nfour")[0] == (
        f"one discussed{LINE}two\nthree discussed\nfour"
    )


def test_furniture_and_headline_move_with_the_text():
    text = "Pier dis-\ncussed\n\nShare this\n\nIt is so."
    article, places = rejoined(Article(text, "test", furniture=((18, 28),), headline=(0, 16)))
    assert [article.text[slice(*span)] for span in article.furniture] == ["Share this"]
    assert article.text[slice(*article.headline)] == "Pier discussed"
    assert text[places[article.text.index("It")] :] == "It is so."


SIGNS = st.sampled_from(
    ["dis", "cussed", "A", "é", "-", "‐", "\u00ad", " ", "\n", "\r\n", "\f", "\u2028", ".", "and", "9"]
)


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_every_character_has_a_place_and_nothing_but_breaks_is_gone(text):
    whole, places = read(text)
    assert len(places) == len(whole)
    assert list(places) == sorted(set(places))
    for sign, place in zip(whole, places, strict=True):
        assert sign == text[place] or (sign in "-" + LINE and text[place] in "-‐\u00ad \t")
    kept = set(places)
    assert all(sign in "-‐\u00ad \t\r\n\f\u2028" for n, sign in enumerate(text) if n not in kept)


def test_the_list_of_words_is_the_encoders():
    assert whole_words("dis-\ncussed self-\nemployed geof-\nfrey")[0].replace(LINE, " ") == (
        "discussed self-employed geoffrey"
    )


@pytest.mark.parametrize("part", ["dis-\ncussed it ", "a\u00ad", "a\u00ad ", "a-\n", "-\n", "abc", "dis\u00ad-\n"])
def test_time_grows_with_length_alone(part):
    assert growth(whole_words, part, 10_000) < MOST


def test_names_are_whole_and_places_are_the_texts(nlp):
    text = "The talks ended.\n\n“It is over,” Geof\u00ad\nfrey Mar-\nlowe said. Mar\u00adlowe said Marlowe was glad."
    first, second = extract(nlp, Article(text, "test")).quotes
    assert first.speaker == second.speaker
    assert first.speaker.name == "Geoffrey Marlowe"
    assert [text[quote.mention.start : quote.mention.end] for quote in (first, second)] == [
        "Geof\u00ad\nfrey Mar-\nlowe", "Mar\u00adlowe",
    ]  # fmt: skip
