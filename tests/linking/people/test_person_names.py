"""Which names may be one person's, and which can't."""

from __future__ import annotations

import pytest

from quotes.linking.people.person_names import Agreement, agreement, is_bare, name_words, surname


def agree(one: str, other: str) -> Agreement:
    """How far two names do, whichever comes first; names that are never compared don't."""
    left, right = name_words(one), name_words(other)
    assert agreement(left, right) == agreement(right, left)
    return agreement(left, right) if surname(left) == surname(right) else "no"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("KIM JONG UN", "Kim Jong-Un"),
        ("Sergei Zhelenko", "Sergey Zhelenkoh"),
        ("Volodymyr Orlensky", "Volodymyr Orlenskyy"),
        ("Mohammed al-Masri", "Muhammad Al Masri"),
        ("Mohamed Masri", "Muhammad al-Masri"),
        ("Jörg Müller", "Joerg Mueller"),
        ("René Duvall", "Rene Duvall"),
        ("Gen. Mark Tolliver", "Mark Tolliver"),
        ("President Dr Ana Cortés", "Ana Cortes"),
        ("His Excellency Emil Tarrow", "Emil Tarrow"),
        ("Adam Quist Jr.", "Adam Quist"),
        ("Siobhan O’Neill", "Siobhán O'Neill"),
        ("J.D. Marlow", "J. D. Marlow"),
        ("Goran Đoković", "Goran Djokovic"),
        ("Goran Đoković", "Goran Dokovic"),
        ("Goran Dokovic", "Goran Djokovic"),
        ("Đorđe Đinđić", "Djordje Djindjic"),
        ("Đặng Keld", "Dang Keld"),
        ("Tural Əliyev", "Tural Aliyev"),
        ("Þorgerður Moss", "Thorgerdur Moss"),
        ("Lars Løkke", "Lars Loekke"),
        ("Lars Løkke", "Lars Lokke"),
        ("Mærsk Brandt", "Maersk Brandt"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert agree(one, other) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ellen Marlow", "Ellen R. Marlow"),
        ("G. Marlow", "Greta Marlow"),
        ("Ellen Marlow", "Ellen Ruth Marlow"),
        ("G. R. Marlow", "G. Marlow"),
        ("Bob Halden", "Robert Halden"),
        ("Ana Ruiz Calvo", "Ana Calvo"),
        ("Ruiz Calvo", "Ana Ruiz Calvo"),
        ("Marlow", "Ellen Marlow"),
        pytest.param("dos Santos", "Rui dos Santos"),
    ],
)
def test_short_forms_need_a_role(one: str, other: str) -> None:
    assert agree(one, other) == "needs a role"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Ellen Marlow", "Ellen Tarrow"),
        ("Ellen Marlow", "Greta Marlow"),
        ("Ellen R. Marlow", "Ellen S. Marlow"),
        ("G. Marlow", "Ellen Marlow"),
        ("Maria Keld", "Mario Keld"),
        ("Paul Varga", "Paula Varga"),
        ("Jean Marlow", "Jeanne Marlow"),
        ("Jan Novak", "Jon Novak"),
        ("Li Wang", "Lu Wang"),
        ("Ed Keld", "Ev Keld"),
        ("Marlow", "Tarrow"),
        ("Marlow", "Marlow Keld"),
        ("Nadja Keld", "Nada Keld"),
        ("Hadji Keld", "Hadi Keld"),
        ("Goran Jokovic", "Goran Dokovic"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert agree(one, other) == "no"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paul Morris", "Paul Myers"),
        ("Richard Barton", "Richard Burton"),
        ("Mark Stone", "Mark Stein"),
        ("Simon Keld", "Simone Keld"),
        ("Daniel Keld", "Danielle Keld"),
        ("Mark Tolliver", "Mark Toller"),
    ],
)
def test_two_people_whose_names_have_the_same_consonants(one: str, other: str) -> None:
    assert agree(one, other) != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. R. Marlow", "John Robert Marlow"),
        ("Alexei Marov", "Aleksei Marov"),
        ("Yevgeny Marov", "Evgeny Marov"),
        ("Stephen Marov", "Steven Marov"),
        ("Jonas Støre", "Jonas Store"),
        ("Łukasz Marov", "Lukasz Marov"),
    ],
)
def test_one_person_though_the_names_look_unlike(one: str, other: str) -> None:
    assert agree(one, other) != "no"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Prime Minister Ana Cortés", ("ana", "cortes")),
        ("Sheikh Hamad bin Tarek", ("hamad", "bin", "tarek")),
        ("Lt. Col. Emil Tarrow III", ("emil", "tarrow")),
        ("President", ("president",)),
        ("Dr", ("dr",)),
        ("", ()),
    ],
)
def test_titles_and_suffixes_are_no_part_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize("name", ["Don Keld", "Amir Keld", "Tan Wei Ming"])
def test_a_first_name_that_is_a_title_elsewhere_is_kept(name: str) -> None:
    assert name_words(name) == tuple(name.lower().split())


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Marlow", True), ("Mr Marlow", True), ("dos Santos", True), ("al-Masri", True), ("G. Marlow", False),
     ("Kim Jong Un", False)],
)  # fmt: skip
def test_a_surname_alone_is_bare(name: str, bare: bool) -> None:
    assert is_bare(name_words(name)) is bare


@pytest.mark.parametrize("name", ["E. Marlow", "Y. Marlow", "E. R. Marlow"])
def test_a_first_name_that_is_a_particle_elsewhere_is_kept(name: str) -> None:
    assert not is_bare(name_words(name))
