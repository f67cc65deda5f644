"""What a mention of a source is, and where it ends."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.mention_kinds import antecedent, mention_kind, whole

TEXT = "Ada Moss met Bo Lind. Moss left. “We won,” he said. “Yes,” the official said. a letter came."
ENTITIES = [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("he", "he"),
        ("Ada Moss", "person"),
        ("the official", "definite person"),
        ("We", "i"),
        ("won", "indefinite other"),
        ("a letter", "indefinite document"),
    ],
)
def test_what_a_mention_is(phrase, kind):
    made = table(TEXT, ENTITIES, heads={"the": "official"}, deps={"the": "det"})
    assert mention_kind(made, words(made, phrase)) == kind


@pytest.mark.parametrize(
    ("text", "phrase", "tag", "kind"),
    [
        ("The Swede laughed.", "The Swede", "NNP", "definite person"),
        ("The Swedes laughed.", "The Swedes", "NNPS", "organization"),
        ("The Irish laughed.", "The Irish", "JJ", "organization"),
    ],
)
def test_the_swede_is_a_person(text, phrase, tag, kind):
    nation = phrase.split()[-1]
    made = table(text, [(nation, "NORP")], heads={"The": nation}, deps={"The": "det"}, tags={nation: tag})
    assert mention_kind(made, words(made, phrase)) == kind


def test_no_mention_is_a_kind_too():
    assert mention_kind(table(TEXT), None) == "none"


def test_an_ally_of_somebody_is_not_a_name():
    made = table("A Moss ally agreed.", [("Moss", "PERSON")], heads={"Moss": "ally"}, deps={"Moss": "compound"})
    assert mention_kind(made, words(made, "A Moss ally")) == "indefinite other"


@pytest.mark.parametrize(
    ("text", "source", "parse", "found"),
    [
        (
            "Ada Moss’s lawyer agreed.",
            "Ada Moss",
            {"heads": {"Ada": "lawyer", "Moss": "Ada"}, "deps": {"Ada": "nmod:poss", "Moss": "flat"}},
            "Ada Moss’s lawyer",
        ),
        (
            "Ada Moss and Bo Lind agreed.",
            "Ada Moss",
            {
                "heads": {"Moss": "Ada", "Bo": "Ada", "Lind": "Bo"},
                "deps": {"Moss": "flat", "Bo": "conj", "Lind": "flat"},
            },
            "Ada Moss and Bo Lind",
        ),
        ("Ada Moss and the rest agreed.", "Ada Moss", {"heads": {"rest": "Ada"}, "deps": {"rest": "conj"}}, "Ada Moss"),
    ],
)
def test_a_mention_goes_on_to_its_end(text, source, parse, found):
    made = table(text, ENTITIES, **parse)
    assert made.words(*whole(made, words(made, source))) == found


def test_no_mention_stays_none():
    assert whole(table(TEXT), None) is None


def test_a_relative_pronoun_is_the_noun_before_it():
    parse = {"heads": {"who": "said", "said": "farmer"}, "deps": {"said": "acl:relcl"}}
    made = table("a farmer who said so.", **parse)
    assert antecedent(made, words(made, "who")) == words(made, "farmer")
