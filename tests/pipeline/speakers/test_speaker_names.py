"""Whom a name in a label means, and sources that words without a name tell."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.cast import cast_of
from quotes.pipeline.speakers.speaker_names import (
    RoleLabels,
    author_of,
    is_narrator,
    named_speaker,
    titled_speaker,
    unsigned_document,
    without_byline,
)
from quotes.records import Article


def named(text, source, *entities, by=named_speaker, head=None):
    made = table(text, entities, heads={word: head for word in source.split() if head and word != head})
    phrase = words(made, source)
    cast = cast_of(made, [phrase])
    found = by(made, cast, phrase)
    return None if found is None else cast[found].name


@pytest.mark.parametrize(
    ("text", "source", "entities", "name"),
    [
        ("BRILL: I stay.\n\nMayor Tom Brill left.", "BRILL", [("Tom Brill", "PERSON")], "Tom Brill"),
        ("CAPT. HOLM: Yes.\n\nLars Holm left.", "CAPT. HOLM", [("Lars Holm", "PERSON"), ("HOLM", "ORG")], "Lars Holm"),
        ("MS. PRYCE: I stay.", "MS. PRYCE", [], "Pryce"),
        ("MS. PRYCE: I stay.", "MS. PRYCE", [(". PRYCE", "PERSON")], "Pryce"),
        ("City boss Lu Ferro: I stay.", "City boss Lu Ferro", [("City", "ORG"), ("Lu Ferro", "PERSON")], "Lu Ferro"),
        ("HMT: I stay.\n\nHarbour Market Trust.", "HMT", [("Harbour Market Trust", "ORG")], "Harbour Market Trust"),
        ("@harbourmayor: I stay.", "@harbourmayor", [], "@harbourmayor"),
        ("“I stay.” — Ana Ríos, mayor", "Ana Ríos", [("Ana", "GPE"), ("Ríos", "PERSON")], "Ana Ríos"),
    ],
)  # fmt: skip
def test_whom_a_label_names(text, source, entities, name):
    assert named(text, source, *entities) == name


@pytest.mark.parametrize(
    ("text", "source", "own"),
    [
        ("It fell, according to accounts filed at Pier House.", "accounts filed at Pier House", True),
        ("It fell, according to a report seen by the Courier.", "a report seen by the Courier", True),
        ("The sign said so.", "The sign", True),
        ("It fell, according to a statement from the Courier.", "a statement from the Courier", False),
        ("It fell, according to a report by the Courier.", "a report by the Courier", False),
    ],
)
def test_a_document_that_no_one_signed_speaks_itself(text, source, own):
    head = next(word for word in source.split() if word in ("accounts", "report", "sign", "statement"))
    found = named(text, source, ("Pier House", "ORG"), ("Courier", "ORG"), by=unsigned_document, head=head)
    assert found == (source if own else None)


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Bridge is safe, says mayor\n\nMayor Tom Brill left.", "mayor", "Tom Brill"),
        ("Bridge is safe, says mayor\n\nMayor Tom Brill left. Mayor Ann Lowe came.", "mayor", None),
        ("Bridge is safe, say residents\n\nTom Brill left.", "residents", "residents"),
        ("Bridge is safe, says Brill\n\nTom Brill left.", "Brill", None),
    ],
)
def test_the_bare_noun_of_a_headline(text, source, name):
    entities = [("Tom Brill", "PERSON"), ("Ann Lowe", "PERSON")]
    assert named(text, source, *entities, by=titled_speaker) == name


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("THE MAYOR: I stay.\n\nMayor Tom Brill left.", "THE MAYOR", "Tom Brill"),
        ("THE MAYOR: I stay.\n\nTom Brill left.", "THE MAYOR", "THE MAYOR"),
        ("THE MAYOR: I stay.\n\nFormer mayor Tom Brill left.", "THE MAYOR", "THE MAYOR"),
        ("THE MAYOR: Tom Brill, will you stay?\n\nTom Brill left.", "THE MAYOR", "THE MAYOR"),
        ("HARBOUR TRUST: We stay.\n\nTom Brill left.", "HARBOUR TRUST", None),
    ],
)
def test_the_bare_role_that_a_line_is_labelled_with(text, source, name):
    def by(made, cast, phrase):
        return RoleLabels(made, cast).speaker(phrase)

    assert named(text, source, ("Tom Brill", "PERSON"), by=by, head=source.split()[-1]) == name


def test_who_only_wrote_the_article_does_not_speak():
    text = "By Ann Lowe\n\nTom Brill left."
    made = table(text, [("Ann Lowe", "PERSON"), ("Tom Brill", "PERSON")])
    cast = without_byline(made, cast_of(made, []), Article(text, "test", byline="Ann Lowe"))
    assert [one.name for one in cast] == ["Tom Brill"]


def test_who_tells_the_story_is_who_signed_it():
    text = "By Ann Lowe\n\nI asked Bo Lind why. “I told him,” she said."
    made = table(text, [("Ann Lowe", "PERSON"), ("Bo Lind", "PERSON")])
    author = author_of(made, cast_of(made, []), Article(text, "test", byline="Ann Lowe"))
    assert author is not None
    assert author.name == "Ann Lowe"
    first, second = (n for n, word in enumerate(made.lower) if word == "i")
    assert is_narrator(made, (first, first + 1))
    assert not is_narrator(made, (second, second + 1))
    assert author_of(made, cast_of(made, []), Article(text, "test")) is None


def test_two_who_signed_are_no_single_author():
    text = "By Ann Lowe and Bo Lind\n\nI asked why."
    made = table(text, [("Ann Lowe", "PERSON"), ("Bo Lind", "PERSON")])
    assert author_of(made, cast_of(made, []), Article(text, "test", byline="Ann Lowe and Bo Lind")) is None
