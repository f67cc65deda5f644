from __future__ import annotations

import pytest
from spacy.language import Language

from quotes.pipeline import extract, long_texts
from quotes.pipeline.long_texts import parts as parts_of
from quotes.records import Article


@pytest.fixture
def short_parts(monkeypatch):
    monkeypatch.setattr(long_texts, "LONGEST", 100)


def found(text, **article):
    return [(start, part.text) for start, part in parts_of(Article(text, "test", **article))]


def test_an_article_is_read_in_one_part():
    article = Article("It is so.\n\n" * 1_000, "test", furniture=((0, 3),))
    assert list(parts_of(article)) == [(0, article)]


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize(
    "text",
    ["", "a" * 350, "word " * 100, "It is so. " * 50, "It is so.\n\n" * 50, "x " * 49 + "\n\n" + "y " * 300, " " * 420],
)
def test_the_parts_are_the_text_and_none_is_too_long(text):
    pieces = found(text)
    assert "".join(piece for _, piece in pieces) == text
    assert [text[start : start + len(piece)] for start, piece in pieces] == [piece for _, piece in pieces]
    assert max(len(piece) for _, piece in pieces) <= 100
    assert len(pieces) <= 1 + len(text) // 50


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("unit", ["It is so.\n\n", "It is so. ", "word "])
def test_a_part_ends_where_something_else_does(unit):
    assert all(piece == unit * (len(piece) // len(unit)) for _, piece in found(unit * 60))


@pytest.mark.usefixtures("short_parts")
def test_furniture_and_headline_are_of_the_part_they_stand_in():
    text = "Pier sold\n\n" + "It is so.\n\n" * 20
    whole = Article(text, "test", furniture=((80, 130), (200, 210)), headline=(0, 9))
    pieces = list(parts_of(whole))
    assert [part.headline for _, part in pieces] == [(0, 9), None, None]
    moved = [text[start:][slice(*span)] for start, part in pieces for span in part.furniture]
    assert "".join(moved) == text[80:130] + text[200:210]


def test_quotes_of_all_parts_have_their_places(nlp, monkeypatch):
    monkeypatch.setattr(long_texts, "LONGEST", 200)
    text = "“We knew of it,” said Mara Ellison, the harbour master of the port. The pier fell.\n\n" * 4
    quotes = extract(nlp, Article(text, "test")).quotes
    assert [text[slice(*quote.spans[0])] for quote in quotes] == ["“We knew of it,”"] * 4
    assert {quote.speaker.name for quote in quotes} == {"Mara Ellison"}
    assert [text[quote.mention.start : quote.mention.end] for quote in quotes] == [
        quote.mention.text for quote in quotes
    ]


def test_a_sentence_without_end_is_never_held_whole(nlp, monkeypatch):
    monkeypatch.setattr(long_texts, "LONGEST", 500)
    lengths, make_doc = [], Language.make_doc
    monkeypatch.setattr(Language, "make_doc", lambda nlp, text: lengths.append(len(text)) or make_doc(nlp, text))
    text = "and the minister said that the ferry would sail again in the spring, " * 40
    quotes = extract(nlp, Article(text, "test")).quotes
    assert max(lengths) <= 500
    assert sum(lengths) == len(text)
    assert {n * 10 // len(text) for quote in quotes for n in quote.spans[0]} >= set(range(10)), "from all of it"
