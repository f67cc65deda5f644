"""The people whom an article names."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.speakers.name_clusters import people_of


def people(text, *names, **parse):
    made = table(
        text, [(name, label) for name, label in (n if isinstance(n, tuple) else (n, "PERSON") for n in names)], **parse
    )
    return [one.name for one in people_of(made)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr Tom Orr", "Mrs Ann Orr"),
        ("Roy Cole Sr.", "Roy Cole Jr."),
        ("Nawaf Al-Ahmad Al-Sabah", "Mishal Al-Ahmad Al-Sabah"),
        ("Abdullah bin Ali Al Harthi", "Abdullah bin Khamis Al Raisi"),
        ("William Rono", "Rachel Rono"),
        ("Mario Conti", "Maria Conti"),
        ("Mahmoud Sayed", "Mohamed Sayed"),
        ("Andrew Orr", "Andrea"),
        ("Julia Hart", "Julie Hart"),
        ("Brandon Cole", "Brendan Cole"),
        ("Karen Orr", "Karin Orr"),
        ("Richard Alford", "Ford"),
        ("Larry Ellison", "Allison"),
        ("Walter Cole", "Walker"),
    ],
)
def test_two_people(one, other):
    assert len(people(f"{one} left. {other} stayed.", one, other)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("George Orr", "George W. Orr"),
        ("Ana Ruiz", "Ana Cortés Ruiz"),
        ("Moss", "Ada Moss"),
        ("Kremlacek", "Ann Kremacek"),
        ("Ali", "Noor Al-Ali"),
        ("Hillary Orr", "Hilary Orr"),
        ("Mohamed Talfan", "Muhammad Talfan"),
        ("Atikul", "Md Atiqul Alam"),
    ],
)
def test_one_person(one, other):
    assert len(people(f"{other} left. {one} stayed.", one, other)) == 1


def test_mr_and_mrs_of_one_surname_are_two():
    assert people("Mr Orr left. Mrs Orr stayed. Orr spoke.", "Orr") == ["Mr Orr", "Mrs Orr"]


def test_the_wife_of_somebody_is_not_mr():
    made = table(
        "Tom Orr met his wife Ann Orr. Mr Orr left.",
        [("Tom Orr", "PERSON"), ("Ann Orr", "PERSON")],
        deps={"wife": "appos"},
    )
    made.heads[4] = 6
    made.entities.append((9, 10, "PERSON"))
    made.entity[9] = 2
    tom, ann = people_of(made)
    assert (len(tom.mentions), len(ann.mentions)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "entity", "name"),
    [
        ("Ada “Tig” Moss left.", "Ada", "Ada “Tig” Moss"),
        ("Ada Moss (R-Ohio) left.", "Ada Moss", "Ada Moss"),
        ("MICHELLE Moss left.", "MICHELLE Moss", "MICHELLE Moss"),
        ("ASI Moss left.", "ASI Moss", "Moss"),
    ],
)
def test_names_are_whole_and_no_more(text, entity, name):
    assert people(text, entity, tags=dict.fromkeys(("Moss", "Tig"), "NNP")) == [name]


@pytest.mark.parametrize("entities", [("Ada", "Tig", "Moss"), ("Ada", "Tig) Moss")])
def test_a_nickname_in_brackets_is_part_of_the_name(entities):
    assert people("Ada (Tig) Moss left. Moss spoke.", *entities) == ["Ada (Tig) Moss"]


def test_somebody_else_in_brackets_is_not():
    assert people("Ada Moss (Lind) left.", "Ada Moss", "Lind") == ["Ada Moss", "Lind"]


def test_a_party_in_brackets_is_nobody():
    assert people("Ada Moss (D-R.I.) left. Bo Lind (DA) too.", "Ada Moss", "D-R.I", "Bo Lind", "DA") == [
        "Ada Moss",
        "Bo Lind",
    ]


def test_a_full_name_with_another_label_is_the_person_of_the_surname():
    made = table("Ada Lind left. Lind spoke.", [("Ada Lind", "ORG")])
    made.entities.append((4, 5, "PERSON"))
    assert [one.name for one in people_of(made)] == ["Ada Lind"]


def test_a_surname_with_another_label_is_who_was_told_of_in_full():
    text = "Ada Lind left. Lind spoke. They went to Lind."
    made = table(text, [("Ada Lind", "PERSON")], deps={"to": "case"})
    for place in (4, 10):
        made.entity[place] = len(made.entities)
        made.entities.append((place, place + 1, "LOC"))
        made.deps[place] = "nsubj" if place == 4 else "root"
    (ada,) = people_of(made)
    assert ada.mentions == [(0, 2), (4, 5)]


def test_an_arabic_article_may_be_left_out():
    assert people("Waleed Al-Jari left. Jari spoke.", "Waleed Al-Jari", "Jari") == ["Waleed Al-Jari"]


def entities(made, *names):
    """Add names to a table that `table` would find at their first place only."""
    for first, last in names:
        made.entities.append((first, last, "PERSON"))
        made.entity[first:last] = len(made.entities) - 1
    made.entities.sort()
    for n, (first, last, _) in enumerate(made.entities):
        made.entity[first:last] = n
    return made


def test_a_surname_of_two_is_whose_it_was_first():
    made = table("Seo Dae left. Seo Min stayed. Then Seo spoke.", [("Seo Dae", "PERSON"), ("Seo Min", "PERSON")])
    dae, minor = people_of(entities(made, (9, 10)))
    assert (len(dae.mentions), len(minor.mentions)) == (2, 1)
    assert dae.shared == {(9, 10)}


def test_a_title_is_not_of_somebody_whose_first_name_is_of_the_other_gender():
    made = table("Keith Orr and Sandra Orr met. Ms Orr left.", [("Keith Orr", "PERSON"), ("Sandra Orr", "PERSON")])
    keith, sandra = people_of(entities(made, (8, 9)))
    assert (len(keith.mentions), len(sandra.mentions)) == (1, 2)
    made = table("Sir Keith Orr and Lady Orr met.", [("Keith Orr", "PERSON")])
    assert [one.name for one in people_of(entities(made, (5, 6)))] == ["Keith Orr", "Lady Orr"]


def test_an_honorific_is_no_name():
    made = table("Atiku Orr left. Alhaji Orr spoke.", [("Atiku Orr", "PERSON"), ("Alhaji Orr", "PERSON")])
    assert [len(one.mentions) for one in people_of(made)] == [2]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Paul and Sita Kumar met.", {"Paul Kumar", "Sita Kumar"}),
        ("After a week, Paul and Sita Kumar met.", {"Paul Kumar", "Sita Kumar"}),
        ("Rita, Paul and Sita Kumar met.", {"Rita", "Paul", "Sita Kumar"}),
        ("Zelnik and Sita Kumar met.", {"Zelnik", "Sita Kumar"}),
        ("Paul and the Kumar family met.", {"Paul", "Kumar"}),
    ],
)
def test_a_surname_may_be_of_two(text, names):
    assert set(people(text, "Rita", "Paul", "Zelnik", "Sita Kumar" if "Sita" in text else "Kumar")) == names


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Paul and Ann Orr left. Her husband drove, his wife slept.", {"Paul Orr": {"husband"}, "Ann Orr": {"wife"}}),
        ("Paul and Ann Moss met Ann Orr. His wife slept.", {"Ann Moss": {"wife"}, "Ann Orr": set()}),
    ],
)
def test_who_shares_a_surname_may_be_called_what_relatives_are(text, called):
    names = [name for name in ("Paul", "Ann Orr", "Ann Moss") if name in text]
    made = table(text, [(name, "PERSON") for name in names])
    found = {one.name: one.kin for one in people_of(made)}
    assert {name: found[name] for name in called} == called


def test_an_honorific_of_any_country_is_no_name():
    assert people("Khin Thuzar came. Daw Khin spoke.", "Khin Thuzar", "Daw Khin") == ["Khin Thuzar"]


@pytest.mark.parametrize(("age", "called"), [("9", {"girl", "child"}), ("40", set()), ("81", {"pensioner"})])
def test_who_is_of_an_age_may_be_called_so(age, called):
    made = table(f"Ann Orr, {age}, left.", [("Ann Orr", "PERSON")])
    (ann,) = people_of(made)
    assert called <= ann.kin
    assert bool(called) is bool(ann.kin)
    assert "boy" not in ann.kin


def test_a_title_is_nobody_by_itself():
    made = table("Cmdr. Nadia Moss left. Tan spoke.", [("Cmdr", "ORG"), ("Nadia Moss", "PERSON"), ("Tan", "PERSON")])
    assert [(one.name, [made.words(*m) for m in one.mentions]) for one in people_of(made)] == [
        ("Nadia Moss", ["Cmdr. Nadia Moss"]),
        ("Tan", ["Tan"]),
    ]
