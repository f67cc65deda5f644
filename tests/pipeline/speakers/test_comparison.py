"""What a mention is, and which candidates it is compared with."""

from __future__ import annotations

import numpy as np
import pytest
from growth import MOST, growth
from word_tables import table, words

from quotes.pipeline.speakers.cast import cast_of
from quotes.pipeline.speakers.clues.candidate_features import FEATURES, OWN
from quotes.pipeline.speakers.clues.scene import Utterance
from quotes.pipeline.speakers.clues.turn_taking import Spoken
from quotes.pipeline.speakers.comparison import CANDIDATES, SIDE_BY_SIDE, Compared, Comparison
from quotes.pipeline.speakers.mention_kinds import MENTIONS

TEXT = "Ada Moss met Bo Lind. Moss left. “We won,” he said. “Yes,” the official said."
ENTITIES = [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")]


def compared(made, *sources):
    utterances = [Utterance(words(made, source)[0], words(made, source)[1], words(made, source)) for source in sources]
    cast = cast_of(made, [said.mention for said in utterances])
    comparison = Comparison(made, cast)
    return cast, [comparison.of(utterances, n, [0] * n) for n in range(len(utterances))]


def test_nobody_stands_last_and_the_mention_itself_may_be_right():
    made = table(TEXT, ENTITIES)
    cast, (he, official) = compared(made, "he", "the official")
    assert official.candidates[-1] == -1
    assert not official.numbers[-1, :OWN].any()
    assert official.numbers.shape == (len(official.candidates), FEATURES)
    kinds = [CANDIDATES[pair % len(CANDIDATES)] for pair in official.pairs]
    own = [cast[n].name for n, kind in zip(official.candidates, kinds, strict=True) if kind == "self"]
    assert own == ["the official"]
    assert {MENTIONS[pair // len(CANDIDATES)] for pair in he.pairs} == {"he"}


def pool(text, entities, source, **parse):
    made = table(text, entities, **parse)
    cast, (only,) = compared(made, source)
    return {cast[n].name for n in only.candidates if n >= 0}


def test_whom_a_mention_names_as_somebody_else_is_not_meant():
    lawyer = {"heads": {"Moss": "lawyer", "’s": "Moss"}, "deps": {"Moss": "nmod:poss", "’s": "case"}}
    assert pool("Moss’s lawyer agreed.", [("Moss", "PERSON")], "Moss’s lawyer", **lawyer) == {"Moss’s lawyer"}
    aide = {
        "heads": {"an": "aide", "to": "Bo", "Senator": "Bo", "Bo": "aide", "Lind": "Bo"},
        "deps": {"Bo": "nmod", "Lind": "flat"},
    }
    assert pool(
        "an aide to Senator Bo Lind said so.", [("Bo Lind", "PERSON")], "an aide to Senator Bo Lind", **aide
    ) == {"an aide to Senator Bo Lind"}
    aide["heads"] |= {"Harbour": "Senator"}
    assert pool(
        "an aide to Harbour Senator Bo Lind said so.",
        [("Bo Lind", "PERSON")],
        "an aide to Harbour Senator Bo Lind",
        **aide,
    ) == {"an aide to Harbour Senator Bo Lind"}


def test_a_letter_may_speak_for_its_writer():
    letter = {"heads": {"Moss": "letter"}, "deps": {"Moss": "nmod:poss"}}
    found = pool("Ada Moss left. Moss’s letter said so.", [("Ada Moss", "PERSON")], "Moss’s letter", **letter)
    assert "Ada Moss" in found


@pytest.mark.parametrize(
    ("source", "issued"),
    [
        ("figures from the Harbour Board", True),
        ("a report by Harbour Board", True),
        ("a report on the Harbour Board", False),
        ("a geologist from the Harbour Board", False),
    ],
)
def test_a_thing_by_somebody_is_no_speaker_by_itself(source, issued):
    head = source.split()[source.startswith("a ")]
    heads = {word: head for word in source.split() if word not in (head, "Board")} | {"Board": head}
    found = pool(f"{source} hailed it.", [("Harbour Board", "ORG")], source, heads=heads)
    assert (source not in found) is issued


def test_a_name_is_certain_and_a_surname_that_two_have_is_not():
    made = table("Ada Moss met Bo Lind. Lind left.", [*ENTITIES, ("Lind", "PERSON")])
    comparison = Comparison(made, cast_of(made, []))
    assert comparison.certain(words(made, "Ada Moss")) is not None
    assert comparison.certain(words(made, "left")) is None
    assert comparison.certain(None) is None


def test_numbers_are_numbers():
    made = table(TEXT, ENTITIES)
    _, found = compared(made, "he", "the official")
    assert all(np.isfinite(one.numbers).all() for one in found)


def test_candidates_stand_side_by_side():
    made = table(TEXT, ENTITIES)
    _, (he, _) = compared(made, "he", "the official")
    beside = he.side_by_side()
    assert beside.shape == (len(he.candidates), SIDE_BY_SIDE)
    assert (beside[:, :FEATURES] == he.numbers).all()
    more, less = beside[:, FEATURES : 2 * FEATURES], beside[:, 2 * FEATURES : 3 * FEATURES]
    assert ((more == 0) == (he.numbers == he.numbers.max(0))).all()
    assert ((less == 0) == (he.numbers == he.numbers.min(0))).all()
    assert (beside[:, -2] == MENTIONS.index("he")).all()
    assert beside[-1, -1] == CANDIDATES.index("nobody")


def test_others_that_have_more_and_less_are_counted():
    numbers = np.random.default_rng(1).integers(0, 3, (9, FEATURES)).astype(np.float32)
    made = Compared(np.arange(9), numbers, np.zeros(9, np.int64), numbers[0], numbers).side_by_side()
    more, less = made[:, FEATURES : 2 * FEATURES], made[:, 2 * FEATURES : 3 * FEATURES]
    assert (more == (numbers[None] > numbers[:, None]).sum(1)).all()
    assert (less == (numbers[None] < numbers[:, None]).sum(1)).all()


def test_likenesses_and_the_course_stand_behind_what_is_a_candidates_own():
    made = table(TEXT, ENTITIES)
    _, found = compared(made, "he", "the official")
    for one in found:
        likenesses, course = one.numbers[:, OWN : OWN + 2], one.numbers[:, OWN + 2 :]
        assert np.allclose(likenesses[:-1], 1), "all vectors of this table are one"
        assert not likenesses[-1].any()
        assert (course == course[0]).all()
    assert (found[0].numbers[0, OWN + 2 :] != found[1].numbers[0, OWN + 2 :]).any()


def test_time_grows_with_the_article_not_with_its_square():
    def compare(text):
        made = table(text, [("Ada Moss", "PERSON")])
        utterances = [Utterance(n, n + 1, (n, n + 1)) for n in range(0, len(made), 12)]
        comparison = Comparison(made, cast_of(made, [None]))
        chosen = []
        for n in range(len(utterances)):
            comparison.of(utterances, n, chosen).side_by_side()
            chosen.append(0)

    assert growth(compare, "Ada Moss and Bo met the man of the house there and left. ", 3000) < MOST


def test_he_and_she_mean_nobody_of_the_other_gender_nor_who_comes_later():
    named = [("Keith Moss", "PERSON"), ("Sandra Lind", "PERSON"), ("Bo Roe", "PERSON")]
    text = "Keith Moss met Sandra Lind. “No,” she said. Bo Roe left."
    assert pool(text, named, "she") == {"Sandra Lind"}
    assert pool("Mr Keith Moss wept. “No,” he said.", named[:1], "he") == {"Keith Moss"}
    assert pool("Keith Moss said she wept. “No,” he said.", named[:1], "he") == {"Keith Moss"}
    shown = pool("Keith Moss lost her seat. “No,” she said.", named[:1], "she")
    assert shown == {"Keith Moss"}  # the text knows better


def test_he_and_she_mean_no_place_and_no_body():
    entities = [("Ada Moss", "PERSON"), ("Eskdale", "LOC"), ("Harbour Board", "ORG")]
    text = "Ada Moss met the Harbour Board in Eskdale. “We won,” she said. “Yes,” it said."
    assert pool(text, entities, "she") == {"Ada Moss"}
    assert pool(text, entities, "it") >= {"Harbour Board", "Eskdale"}


def test_a_body_is_no_document():
    heads = {"A": "statement", "from": "Rovers", "Rovers": "statement"}
    made = table("A statement from Rovers hailed it. “No,” the club said.", heads=heads, deps={"Rovers": "nmod"})
    cast, (_, club) = compared(made, "A statement from Rovers", "the club")
    assert {cast[n].name for n in club.candidates if n >= 0} == {"the club"}


def test_a_body_is_no_person_and_no_he():
    text = "Ann Moss left. The council agreed. “Yes,” he said."
    made = table(text, [("Ann Moss", "PERSON")])
    he = made.lower.index("he")
    sources = [words(made, "The council"), (he, he + 1)]
    utterances = [Utterance(*source, source) for source in sources]
    cast = cast_of(made, sources)
    comparison = Comparison(made, cast)
    council, he = ({cast[n].name for n in comparison.of(utterances, n, [0]).candidates if n >= 0} for n in range(2))
    assert (council, he) == ({"The council"}, set())


@pytest.mark.parametrize(("noun", "may_be"), [("retailer", True), ("farmer", False)])
def test_a_body_may_have_a_persons_name(noun, may_be):
    made = table(f"The {noun} Ann Moss left. The firm agreed.", [("Ann Moss", "PERSON")])
    at = made.lower.index(noun)
    made.heads[at], made.deps[at], made.heads[at + 1] = at + 2, "compound", at + 2
    cast, (only,) = compared(made, "The firm")
    assert ("Ann Moss" in {cast[n].name for n in only.candidates if n >= 0}) is may_be


def test_he_is_nobody_with_a_womans_first_name_alone():
    assert pool("Morag left. “Yes,” he said.", [("Morag", "PERSON")], "he") == set()


def test_who_was_meant_by_the_acting_mayor_is_not_the_mayor():
    made = table("The acting mayor asked. The mayor agreed. The mayor left.", tags={"mayor": "NN"})
    at = [n for n, word in enumerate(made.lower) if word == "the"]
    utterances = [Utterance(n, n + 1, (n, made.lower.index("mayor", n) + 1)) for n in at]
    chosen = [3]
    spoken = Spoken(chosen)
    assert spoken.before(made, utterances, 1).called["mayor"] == {frozenset({"acting"}): 3}
    chosen.append(5)
    turns = spoken.before(made, utterances, 2)
    assert turns.called["mayor"] == {frozenset({"acting"}): 3, frozenset(): 5}


@pytest.mark.parametrize(
    ("tag", "between", "named"), [("NN", ", farmer ", True), ("NNS", ", farmer ", False), ("NN", " (farmer) ", False)]
)
def test_who_stands_in_apposition_is_meant(tag, between, named):
    text = f"The winner{between}Ada Moss said so."
    made = table(text, [("Ada Moss", "PERSON")], tags={"winner": tag})
    ada = made.lower.index("ada")
    farmer = made.lower.index("farmer")
    made.heads[0], made.heads[ada + 1] = 1, ada
    made.heads[farmer], made.deps[farmer], made.heads[ada], made.deps[ada] = 1, "appos", farmer, "flat"
    mention = words(made, "The winner")
    cast = cast_of(made, [mention])
    assert (Comparison(made, cast).certain(mention) is not None) is named


@pytest.mark.parametrize(
    ("text", "clause", "named"),
    [
        ("A student named Benno said so.", "acl", True),
        ("A student who was named Benno said so.", "acl:relcl", True),
        ("A student , who gave her name as Benno , said so.", "acl:relcl", True),
        ("A student known only as Benno said so.", "acl", True),
        ("A student who saw Benno said so.", "acl:relcl", False),
        ("A student who named Benno said so.", "acl:relcl", False),
        ("A student who saw himself as Benno said so.", "acl:relcl", False),
        ("A student named Benno chairman .", "root", False),
    ],
)
def test_whoever_is_given_a_name_behind_is_meant(text, clause, named):
    made = table(text, [("Benno", "PERSON")], tags={"student": "NN", "named": "VBN"})
    verb = next(n for n, word in enumerate(made.lower) if word in ("named", "gave", "saw", "known"))
    made.heads[made.lower.index("benno")] = verb
    made.heads[verb], made.deps[verb] = 1, clause
    mention = words(made, "A student")
    cast = cast_of(made, [mention])
    assert (Comparison(made, cast).certain(mention) is not None) is named


def test_a_name_with_its_short_form_in_brackets_is_the_name():
    made = table("The Harbour Safety Board (HSB) agreed.", [("Harbour Safety Board", "ORG"), ("HSB", "ORG")])
    mention = words(made, "The Harbour Safety Board (HSB)")
    cast = cast_of(made, [mention])
    assert cast[Comparison(made, cast).certain(mention)].name == "Harbour Safety Board"


def test_a_mother_of_three_may_be_anybody_and_her_mother_is_not():
    people = [("Ada Moss", "PERSON"), ("Paul Lind", "PERSON")]
    of_three = {"heads": {"The": "mother", "of": "three", "three": "mother"}}
    found = pool(
        "Ada Moss met Paul Lind. It rained all day. The mother of three left.",
        people,
        "The mother of three",
        **of_three,
    )
    assert found == {"Ada Moss", "The mother of three"}
    assert pool("Ada Moss met Paul Lind. It rained all day. His mother left.", people, "His mother") == {"His mother"}


def test_where_somebody_is_called_a_daughter_no_other_is_the_daughter():
    parse = {"heads": {"daughter": "Rita"}, "deps": {"daughter": "compound"}}
    people = [("Ada Moss", "PERSON"), ("Paul Moss", "PERSON"), ("Rita", "PERSON")]
    text = "Ada Moss met Paul Moss. Their daughter Rita left. The daughter laughed."
    assert pool(text, people, "The daughter", **parse) & {"Ada Moss", "Paul Moss", "Rita"} == {"Rita"}


@pytest.mark.parametrize("mention", ["It", "The company"])
def test_a_body_is_nobody_who_works_there(mention):
    made = table(
        f"An engineer at Moss Foods wrote. {mention} denied it.",
        [("Moss Foods", "ORG")],
        heads={"An": "engineer", "at": "Foods", "Moss": "Foods", "Foods": "engineer"},
    )
    cast, (_, body) = compared(made, "An engineer at Moss Foods", mention)
    assert {cast[n].name for n in body.candidates if n >= 0} >= {"Moss Foods"}
    assert "An engineer at Moss Foods" not in {cast[n].name for n in body.candidates if n >= 0}


def test_a_description_that_ends_with_a_known_name_is_of_who_has_it():
    made = table(
        "Tuskfin grew. The mobile lender Tuskfin said so.",
        [("Tuskfin", "PERSON")],
        heads={"mobile": "lender"},
        tags={"mobile": "JJ", "Tuskfin": "NNP"},
    )
    source = words(made, "The mobile lender Tuskfin")
    cast = cast_of(made, [source])
    assert [one.name for one in cast] == ["Tuskfin"]
    assert Comparison(made, cast).certain(source) == 0
