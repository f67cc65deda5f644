"""Reported speech on the trained pipeline, in sentences written for it."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The harbour board will close the north pier on Monday, its chair Mara Ellison said.",
            "The harbour board will close the north pier on Monday",
            "Mara Ellison",
        ),
        (
            "Mara Ellison told reporters on Sunday that the north pier would have to close.",
            "that the north pier would have to close",
            "Mara Ellison",
        ),
        (
            "According to the Ministry of Transport, three ferries were out of service last week.",
            "three ferries were out of service last week",
            "Ministry of Transport",
        ),
        (
            "Two officials who asked not to be named said the pumps had failed before.",
            "the pumps had failed before",
            "two officials who asked not to be named",
        ),
        ("Mara Ellison urged the government to reopen the pier.", "to reopen the pier", "Mara Ellison"),
    ],
)
def test_an_indirect_quote(quotes_of, text, content, speaker):
    (quote,) = quotes_of(text)
    assert (quote.kind, quote.text) == ("indirect", content)
    assert quote.speaker.name == speaker
    assert quote.method == "attribution"
    assert text[slice(*quote.spans[0])] == content


@pytest.mark.parametrize(
    "text",
    [
        "Mara Ellison believes that the pier will close.",
        "Mara Ellison declined to comment.",
        "The ministry criticised the deal.",
        "Ferries did not run on Monday because the pier was closed.",
    ],
)
def test_what_is_thought_or_only_mentioned_is_no_quote(quotes_of, text):
    assert quotes_of(text) == ()


def test_a_reported_clause_with_quoted_words_is_mixed(quotes_of):
    (quote,) = quotes_of("The minister said that the state of the pier was “a disgrace” to the town.")
    assert quote.kind == "mixed"
    assert quote.text == "that the state of the pier was “a disgrace” to the town"


def test_a_clause_ends_with_the_marks_that_hold_its_comma(quotes_of):
    (quote,) = quotes_of("She said the pier was “unsafe,” standing in the rain before the ferry.")
    assert quote.text == "the pier was “unsafe,”"


def test_one_that_adds_has_the_source_of_the_other(quotes_of):
    quotes = quotes_of("Mara Ellison said the pier would close on Monday, adding that the ferries would still run.")
    assert [quote.text for quote in quotes] == [
        "the pier would close on Monday",
        "that the ferries would still run",
    ]
    assert {quote.speaker.name for quote in quotes} == {"Mara Ellison"}


@pytest.mark.parametrize("withheld", ["did not say whether", "declined to say whether", "would not say why"])
def test_what_was_withheld_is_no_quote(quotes_of, withheld):
    assert quotes_of(f"The minister {withheld} the pier would be closed.") == ()


def test_what_was_asked_is_one(quotes_of):
    (quote,) = quotes_of("The minister asked whether the pier would be closed.")
    assert (quote.kind, quote.act) == ("indirect", "ask")


def test_a_participle_has_the_source_of_the_cue_beside_it(quotes_of):
    quotes = quotes_of("“The pier will close,” said the harbour board, noting that it had stood for ninety years.")
    assert [quote.text for quote in quotes] == ["“The pier will close,”", "that it had stood for ninety years"]
    assert {quote.speaker.name for quote in quotes} == {"harbour board"}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "One of the things done to help the port was the founding of a register, the president said.",
            "One of the things done to help the port was the founding of a register",
        ),
        ("Mara Ellison requested the Ministry of Transport to draw up a plan soon.", "to draw up a plan soon"),
        ("Mara Ellison said the same thing.", None),
    ],
)
def test_a_clause_has_a_finite_verb_of_its_own_or_is_what_is_urged(quotes_of, text, content):
    assert [quote.text for quote in quotes_of(text)] == ([content] if content else [])
