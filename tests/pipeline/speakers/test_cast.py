"""Who may speak in an article."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.candidates import initials, without_article, without_titles
from quotes.pipeline.speakers.cast import cast_of


def cast(text, entities, *sources):
    made = table(text, entities)
    return {
        (one.name, one.kind): len(one.mentions) for one in cast_of(made, [words(made, source) for source in sources])
    }


def test_a_surname_is_its_bearer():
    found = cast("Ada Moss left. Moss said so.", [("Ada Moss", "PERSON"), ("Moss said", "PERSON")])
    assert found.keys() >= {("Ada Moss", "person")}
    text = "Ada Moss left. Then Moss spoke."
    made = table(text, [("Ada Moss", "PERSON")])
    made.entity[5], made.entities[:] = 1, [*made.entities, (5, 6, "PERSON")]
    (one,) = cast_of(made, [])
    assert (one.name, one.mentions) == ("Ada Moss", [(0, 2), (5, 6)])


def test_mr_and_mrs_of_one_surname_are_two():
    made = table("Mr Orr left. Mrs Orr stayed.", [("Orr", "PERSON")])
    assert len(cast_of(made, [])) == 2


def test_people_of_one_surname_are_apart():
    text = "William Ruto spoke. Rachel Ruto listened."
    assert len(cast(text, [("William Ruto", "PERSON"), ("Rachel Ruto", "PERSON")])) == 2


def test_an_acronym_in_brackets_is_the_name_before_it():
    text = "The Harbour Safety Board (HSB) met. HSB said so."
    made = table(text, [("Harbour Safety Board", "ORG"), ("HSB", "ORG")])
    (board,) = cast_of(made, [])
    assert board.name == "Harbour Safety Board"
    assert [made.words(*mention) for mention in board.mentions] == ["Harbour Safety Board", "HSB", "HSB"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The Foundation for Harbour Studies (Fundas) met. Fundas said so.", "Fundas"),
        ("The Harbour Safety Boards (HSBs) met. HSB staff left.", "HSB"),
    ],
)
def test_a_short_form_in_brackets_loses_the_s_of_several_alone(text, short):
    name = text.partition(" (")[0].removeprefix("The ")
    made = table(text, [(name, "ORG"), (short, "ORG")])
    (body,) = cast_of(made, [])
    assert body.name == name
    assert len(body.mentions) == 3


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Moss Foods shut. Then Moss paid.", {"Moss Foods": 2}),
        ("Moss Foods shut. Then Mr Moss paid.", {"Moss Foods": 1, "Moss": 1}),
        ("Ada Moss left. Moss Foods shut. Then Moss paid.", {"Moss Foods": 1, "Ada Moss": 2}),
    ],
)
def test_an_organisation_is_called_by_its_first_word_unless_that_is_somebody(text, mentions):
    made = table(text, [("Moss Foods", "ORG"), ("Ada Moss", "PERSON")])
    last = max(n for n, word in enumerate(made.lower) if word == "moss")
    made.entity[last] = len(made.entities)
    made.entities.append((last, last + 1, "PERSON"))
    assert {one.name: len(one.mentions) for one in cast_of(made, [])} == mentions


def test_a_source_without_a_name_is_a_candidate_once():
    text = "The official left. The official said so."
    assert cast(text, [], "The official", "The official") == {("The official", "description"): 2}


def test_dates_and_money_do_not_speak():
    assert cast("On Monday it cost £4m.", [("Monday", "DATE"), ("£4m", "MONEY")]) == {}


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Prime Minister Ada Moss", "Ada Moss"),
        ("Dr. Ada Moss", "Ada Moss"),
        ("Ada Moss KC", "Ada Moss"),
        ("Ada Moss’s", "Ada Moss"),
        ("the Moss", "Moss"),
        ("President", "President"),
        ("Judge\nAda Moss", "Ada Moss"),
        ("Cllr Ada Moss", "Ada Moss"),
        ("Ada \xadMoss", "Ada Moss"),
        ("-Ada Moss", "Ada Moss"),
    ],
)
def test_names_without_titles(name, bare):
    assert without_titles(name) == bare


def test_names_without_articles():
    assert without_article("The Harbour  Board's") == "Harbour Board"


def test_initials_with_and_without_small_words():
    assert initials("Board of Trade") == "BT"
    assert initials("Board of Trade", small=True) == "BOT"


def test_those_who_speak_together_have_their_full_names():
    text = "Ada Moss met Bo Lind. Later Moss and Lind spoke."
    made = table(text, [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")])
    for n, word in enumerate(made.lower):
        if word in ("moss", "lind") and made.entity[n] < 0:
            made.entity[n] = len(made.entities)
            made.entities.append((n, n + 1, "PERSON"))
    assert [one.name for one in cast_of(made, [words(made, "Moss and Lind")])][-1] == "Ada Moss and Bo Lind"


@pytest.mark.parametrize(
    ("source", "together"), [("Moss spokesman Bo Lind", False), ("Moss and spokesman Bo Lind", True)]
)
def test_whose_spokesman_somebody_is_does_not_speak_with_him(source, together):
    made = table(f"{source} left.", [("Moss", "PERSON"), ("Bo Lind", "PERSON")])
    assert any(one.joint for one in cast_of(made, [words(made, source)])) is together


@pytest.mark.parametrize(
    ("source", "head", "name"),
    [
        ("photonics group Lumetra", "Lumetra", "Lumetra"),
        ("the ruling CPM", "CPM", "CPM"),
        ("mine owner Lumetra Resources", "Resources", "Lumetra Resources"),
        ("many Americans", "Americans", "many Americans"),
        ("a student named Benno", "student", "Benno"),
        ("a poll released Saturday", "poll", "a poll released Saturday"),
        ("the new Minister", "Minister", "the new Minister"),
        ("a former Marine", "Marine", "a former Marine"),
        ("a spokesman for Lumetra", "spokesman", "a spokesman for Lumetra"),
    ],
)
def test_a_description_that_ends_with_a_name_is_called_by_it(source, head, name):
    tags = {"many": "JJ", "ruling": "JJ", "named": "VBN", "released": "VBN", "new": "JJ", "former": "JJ", "for": "IN"}
    proper = dict.fromkeys(("Lumetra", "CPM", "Benno", "Saturday", "Minister", "Marine"), "NNP") | {
        "Resources": "NNPS",
        "Americans": "NNPS",
    }
    made = table(f"{source} left.", heads={word: head for word in source.split() if word != head}, tags=tags | proper)
    assert [one.name for one in cast_of(made, [words(made, source)])] == [name]


@pytest.mark.parametrize(
    ("opening", "people"),
    [("ESKDALE — Ada Moss", 1), ("ESKDALE, May 4 — Ada Moss", 1), ("ESKDALE left. Ada Moss", 2),
     ("ESKDALE, 44 — “I stay.” Ada Moss", 2), ("ESKDALE\n\n— Ada Moss", 2)],
)  # fmt: skip
def test_the_place_of_a_dateline_is_nobody(opening, people):
    made = table(f"{opening} stayed.", [("ESKDALE", "PERSON"), ("Ada Moss", "PERSON")])
    assert len(cast_of(made, [])) == people


def test_who_speaks_with_others_that_have_no_name_is_told_with_them():
    parse = {
        "heads": {"his": "lawyers", "lawyers": "Moss", "and": "lawyers"},
        "deps": {"lawyers": "conj", "and": "cc", "his": "nmod:poss"},
    }
    made = table("Ada Moss left. Moss and his lawyers spoke.", [("Ada Moss", "PERSON")], **parse)
    made.entity[4] = 1
    made.entities.append((4, 5, "PERSON"))
    made.heads[6:8] = (7, 4)
    made.heads[5] = 7
    assert [one.name for one in cast_of(made, [(4, 8)])][-1] == "Ada Moss and his lawyers"


def test_initials_are_the_person_who_alone_has_them():
    named = [("Xavier Luc Dorval", "PERSON"), ("XLD", "ORG")]
    assert cast("Xavier Luc Dorval left. XLD spoke.", named) == {("Xavier Luc Dorval", "person"): 2}
    assert cast("Derrick Amery left. DA spoke.", [("Derrick Amery", "PERSON"), ("DA", "ORG")]) == {
        ("Derrick Amery", "person"): 1,
        ("DA", "organization"): 1,
    }
    two = [*named, ("Xenia Lotte Dahl", "PERSON")]
    assert ("XLD", "organization") in cast("Xavier Luc Dorval met Xenia Lotte Dahl. XLD spoke.", two)


def test_somebody_without_a_name_may_speak_later():
    made = table(
        "A neighbour, a woman, heard glass.",
        heads={"A": "neighbour", "a": "woman", "woman": "neighbour"},
        deps={"neighbour": "nsubj", "woman": "appos"},
        tags={"neighbour": "NN", "woman": "NN"},
    )
    assert "A neighbour" in [one.name for one in cast_of(made, [])]
    made = table(
        "Moss’s mother wept.",
        [("Moss", "PERSON")],
        heads={"Moss": "mother", "’s": "Moss"},
        deps={"mother": "nsubj", "Moss": "nmod:poss", "’s": "case"},
        tags={"mother": "NN"},
    )
    assert "Moss’s mother" in [one.name for one in cast_of(made, [])]


def test_a_pronoun_is_no_speaker_by_itself():
    assert cast("“No,” she said.", [], "she") == {}
    assert cast("A town, who said no.", [], "who") == {}


@pytest.mark.parametrize(
    ("name", "short", "joined"),
    [
        ("Moss Harbour Courier", "Moss", True),
        ("Moss Harbour Courier", "Courier", True),
        ("White House", "House", False),
        ("Council of the Isles", "Isles", False),
        ("Harbour Board NHB", "NHB", False),
    ],
)
def test_an_organisation_may_be_called_by_the_first_or_last_word_of_its_name(name, short, joined):
    text = f"The {name} asked. {short} spoke."
    made = table(text, [(name, "ORG")])
    place = len(made) - 3
    made.entity[place], made.entities[:] = 1, [*made.entities, (place, place + 1, "ORG")]
    body, *others = cast_of(made, [])
    assert (body.name, len(body.mentions), len(others)) == (name, 1 + joined, not joined)


@pytest.mark.parametrize(
    ("others", "again", "told"),
    [
        ("", "the mayor", 2),
        ("Mayor Bo Lind came. ", "the mayor", 1),
        ("", "the former mayor", 1),
        ("", "a mayor", 1),
        ("", "the mayor", 1),
    ],
)
def test_the_only_mayor_is_told_of_by_the_mayor(others, again, told):
    text = f"Mayor Ada Moss came. {others}Then {again} left."
    names = [name for name in ("Ada Moss", "Bo Lind") if name in text]
    made = table(text, [(name, "PERSON") for name in names])
    for n, word in enumerate(made.lower):
        if word == "mayor" and made.entity[n + 1] >= 0:
            made.heads[n], made.deps[n] = n + 2, "compound"
        if word in ("ada", "bo"):
            made.heads[n] = n + 1
    mayor = len(made) - 3
    made.deps[mayor] = "nsubj"
    made.heads[mayor - len(again.split()) + 1 : mayor], made.heads[mayor] = mayor, mayor + 1
    is_source = not others and again == "the mayor" and told == 1
    (ada, *_) = cast_of(made, [(mayor - 1, mayor + 1)] if is_source else [])
    assert (ada.name, len(ada.told), len(ada.mentions)) == ("Ada Moss", told, 1)


@pytest.mark.parametrize(
    ("text", "entity", "name"),
    [
        ("Brewer Moss said so.", "Brewer Moss", "Moss"),
        ("Bank Moss said so.", "Bank Moss", "Bank Moss"),
        ("Carrier Corp said so.", "Carrier Corp", "Carrier Corp"),
        ("So said Brewer Moss.", "Brewer Moss", "Brewer Moss"),
        ("Cmdr. left.", "Cmdr", None),
    ],
)
def test_what_a_company_does_and_titles_are_no_names(text, entity, name):
    assert [one.name for one in cast_of(table(text, [(entity, "ORG")]), [])] == ([name] if name else [])


@pytest.mark.parametrize(("title", "noun"), [("Sen.", "senator"), ("Cr", "councillor"), ("Dr", "doctor"), ("Mr", None)])
def test_a_title_tells_what_somebody_is_called(title, noun):
    made = table(f"{title} Ada Moss left.", [("Ada Moss", "PERSON")])
    (one,) = cast_of(made, [])
    assert one.roles & {"senator", "councillor", "doctor"} == ({noun} if noun else set())


def test_what_is_said_of_somebody_may_hang_on_the_title():
    made = table(
        "Cr Ada Moss , a dairy farmer , left.",
        [("Ada Moss", "PERSON")],
        heads={"Ada": "Moss", "Moss": "Cr", "farmer": "Cr", "Cr": "left"},
        deps={"Moss": "flat", "farmer": "appos"},
    )
    (one,) = (one for one in cast_of(made, []) if one.kind == "person")
    assert "farmer" in one.roles
