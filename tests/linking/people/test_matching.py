"""Which namings, in many articles, are of one speaker, and which must not be."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from quotes.linking.people.matching import Decisions, Naming, best_name, naming, speakers
from quotes.linking.people.organizations import long_forms
from quotes.records import Article, Speaker, SpeakerKind

UNION = "The Ostmoor Fishing Union (OFU) said no."


def person(name: str, role: str | None = None, article: int = 0, *, kind: SpeakerKind = "person") -> Naming:
    return naming(Speaker(name, kind, role), Article("", "a.txt", url=f"https://courier.example/{article}"), {})


def organization(name: str, article: int = 0, text: str = "") -> Naming:
    address = f"https://courier.example/{article}"
    return naming(Speaker(name, "organization"), Article(text, "a.txt", url=address), dict(long_forms(text)))


def linked(*namings: Naming, decisions: Decisions | None = None) -> set[frozenset[Naming]]:
    """The namings of each speaker, compared block by block, as in a database, where no decision ties the blocks."""
    blocks: defaultdict[tuple[str, str], list[Naming]] = defaultdict(list)
    for one in dict.fromkeys(namings):
        blocks["" if decisions else one.kind, "" if decisions else one.block].append(one)
    found = [group for block in blocks.values() for group in speakers(block, decisions or Decisions())]
    assert sorted(one for group in found for one in group) == sorted(set(namings))
    return set(map(frozenset, found))


def pair(one: Naming, other: Naming) -> frozenset[str]:
    return frozenset((one.address, other.address))


@pytest.mark.parametrize(
    "names",
    [
        ("Kim Jong-un", "Kim Jong Un", "KIM JONG UN"),
        ("Sergei Zhelenko", "Sergey Zhelenkoh", "Sergey Zhelenko"),
        ("Mohammed al-Masri", "Muhammad Al Masri", "Mohamed Masri"),
        ("René Duvall", "Rene Duvall", "Rene\u0301 Duvall", "Mr René Duvall"),
        ("J. D. Marlow", "J.D. Marlow", "JD Marlow"),
        ("Gen. Mark Tolliver", "Mark Tolliver", "Mark Tolliver Jr."),
    ],
)
def test_spellings_are_one_person_without_roles(names: tuple[str, ...]) -> None:
    assert len(linked(*(person(name, article=n) for n, name in enumerate(names)))) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Ellen Marlow", "Ellen R. Marlow"),
        ("Ellen Marlow", "Ellen R. Marlow, PhD"),
        ("Greta Marlow", "G. Marlow"),
        ("Robert Halden", "Bob Halden"),
        ("Ellen Ruth Marlow", "Ellen Marlow"),
    ],
)
def test_short_forms_are_one_person_if_the_roles_say_so(names: tuple[str, str]) -> None:
    one, other = names
    assert len(linked(person(one, "harbour master"), person(other, "harbour master of Ellery", 1))) == 1
    assert len(linked(person(one, "harbour master"), person(other, "goalkeeper", 1))) == 2
    assert len(linked(person(one), person(other, article=1))) == 2


def test_other_people_stay_apart() -> None:
    names = ("Kim Jong Un", "Kim Jong Il", "Ellen Marlow", "Ellen S. Tarrow", "Maria Keld", "Mario Keld", "Paul Keld")
    assert len(linked(*(person(name, "minister", n) for n, name in enumerate(names)))) == len(names)


def test_a_name_whose_offices_exclude_each_other_is_two_people() -> None:
    keeper, united = person("Ana Ruiz", "goalkeeper"), person("Ana Ruiz", "goalkeeper for Carrow United", 1)
    senator, middle = person("Ana Ruiz", "senator for Ellery", 2), person("Ana M. Ruiz", "senator for Ellery", 3)
    assert linked(keeper, united, senator, middle) == {frozenset({keeper, united}), frozenset({senator, middle})}
    assert len(linked(keeper, united, person("Ana Ruiz", article=4))) == 1


def test_a_name_without_a_role_is_neither_of_two_people() -> None:
    nobody = person("Ana Ruiz", article=2)
    assert frozenset({nobody}) in linked(person("Ana Ruiz", "goalkeeper"), person("Ana Ruiz", "senator", 1), nobody)


@pytest.mark.parametrize("role", [None, "the", "president", "minister"])
def test_a_bare_surname_is_its_articles_alone(role: str | None) -> None:
    full = person("Ellen Jane Marlow", role)
    here, there = person("Marlow", role, 1), person("Mr Marlow", role, 2)
    assert len(linked(full, here, there)) == 3
    assert len(linked(full, here, person("Mr Marlow", role, 1))) == 2


def test_a_bare_surname_is_the_one_who_holds_the_office() -> None:
    full = person("Ellen Marlow", "harbour master")
    assert len(linked(full, person("Marlow", "harbour master of Ellery", 1))) == 1
    assert len(linked(full, person("Marlow", "pastry cook", 1))) == 2


def test_bare_surnames_with_two_offices_are_two_people() -> None:
    assert len(linked(person("Marlow", "harbour master"), person("Marlow", "pastry cook", 1))) == 2


def test_a_bare_surname_is_neither_of_two_who_hold_the_office() -> None:
    two = [person("Ana Marlow", "harbour master"), person("Bo Marlow", "harbour master", 1)]
    assert len(linked(*two, person("Marlow", "harbour master", 2))) == 3


def test_initials_are_neither_of_two_who_hold_the_office() -> None:
    two = [person("Greta Marlow", "harbour master"), person("Gil Marlow", "harbour master", 1)]
    assert len(linked(*two, person("G. Marlow", "harbour master", 2))) == 3


@pytest.mark.parametrize("name", ["Ellen Marlow", "Zoe Marlow"])
@pytest.mark.parametrize("role", ["president", "president of the Harbour Board"])
def test_president_is_not_enough_for_a_bare_surname(name: str, role: str) -> None:
    assert len(linked(person(name, role), person("Marlow", "president", 1))) == 2


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Ellen Marlow"),
        "Zoe Marlow",
    ],
)
def test_nor_is_it_where_the_full_name_has_no_more(name: str) -> None:
    assert len(linked(person(name, "president"), person("Marlow", "president of Ostmoor", 1))) == 2


def test_organizations_are_one_by_the_acronym_that_an_article_explains() -> None:
    explained, short = organization("Ostmoor Fishing Union", 0, UNION), organization("OFU", 1)
    assert len(linked(explained, organization("OFU", 0, UNION), short, organization("the OFU", 2))) == 1
    assert len(linked(organization("Ostmoor Fishing Union"), short)) == 2
    other = organization("Orrin Film Union", 3, "The Orrin Film Union (OFU)")
    assert len(linked(explained, short, other)) == 3


@pytest.mark.parametrize("name", ["Ministry of River Transport (MRT)", "Centre for Research in Ports (CRP)"])
def test_an_acronym_meets_the_name_that_explains_it(name: str) -> None:
    long, short = name.removesuffix(")").split(" (")
    assert organization(long, 0, f"Tarvian {name}").block == organization(short, 1).block


def test_a_general_name_is_its_articles_alone() -> None:
    for name in ("Foreign Ministry", "Supreme Court", "police"):
        assert len(linked(organization(name, 0), organization(f"the {name}", 0), organization(name, 1))) == 2
    assert len(linked(*(organization("Tarvian Foreign Ministry", n) for n in range(3)))) == 1


@pytest.mark.parametrize("kind", ["unnamed", "document"])
def test_without_a_name_it_is_one_only_within_its_article(kind: SpeakerKind) -> None:
    official, again = person("a senior official", kind=kind), person("A senior official", kind=kind)
    assert len(linked(official, again)) == 1
    assert len(linked(official, person("a senior official", article=1, kind=kind))) == 2
    assert len(linked(official, person("a junior official", kind=kind))) == 2


def test_an_updated_article_keeps_its_unnamed_sources() -> None:
    address = "https://courier.example/pier"
    found = {naming(Speaker("an aide", "unnamed"), Article(text, "a", url=address), {}) for text in ("Old.", "New.")}
    assert len(found) == 1
    assert len({naming(Speaker("an aide", "unnamed"), Article(text, "a"), {}) for text in ("Old.", "New.")}) == 2


def test_a_person_and_a_firm_of_one_name_are_two() -> None:
    assert len(linked(person("Morgan Keld"), organization("Morgan Keld"))) == 2


def test_what_was_decided_wins() -> None:
    stage, born = person("The Vesper Moth"), person("Ilsa Brandt", "pastry cook", 1)
    assert len(linked(stage, born, decisions=Decisions(together=frozenset({pair(stage, born)})))) == 1
    keeper, senator = person("Ana Ruiz", "goalkeeper"), person("Ana Ruiz", "senator", 1)
    assert len(linked(keeper, senator, decisions=Decisions(together=frozenset({pair(keeper, senator)})))) == 1
    one, other = person("Sergei Zhelenko"), person("Sergey Zhelenkoh", article=1)
    assert len(linked(one, other, decisions=Decisions(apart=frozenset({pair(one, other)})))) == 2
    explained, short = organization("Ostmoor Fishing Union", 0, UNION), organization("OFU", 1)
    assert len(linked(explained, short, decisions=Decisions(apart=frozenset({pair(explained, short)})))) == 2


def test_people_between_two_that_are_apart_do_not_join_them() -> None:
    one, other = person("Ellen Marlow", "harbour master"), person("Ellen Ruth Marlow", "harbour master", 1)
    between = person("E. Marlow", "harbour master", 2)
    found = linked(one, other, between, decisions=Decisions(apart=frozenset({pair(one, other)})))
    assert not any({one, other} <= group for group in found)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_namings_does_not_matter(seed: int) -> None:
    names = ["Ana Marlow", "A. Marlow", "Marlow", "Ana Ruth Marlow", "Bo Marlow", "Sergei Marlow", "Sergey Marlow"]
    roles = [None, "president", "harbour master", "harbour master of Ellery", "goalkeeper", "senator"]
    namings = [person(name, role, n) for n, name in enumerate(names) for role in roles]
    namings += [organization("OFU", 1), organization("Ostmoor Fishing Union", 0, UNION), organization("police")]
    decisions = Decisions(
        frozenset({pair(person("Bo Marlow"), person("Sergei Marlow"))}),
        frozenset({pair(person("Ana Marlow"), person("A. Marlow"))}),
    )
    expected = linked(*namings), linked(*namings, decisions=decisions)
    Random(seed).shuffle(namings)
    assert (linked(*namings), linked(*namings, decisions=decisions)) == expected


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (("Ellen Marlow", "Marlow", "Ellen Marlow", "ELLEN MARLOW"), "Ellen Marlow"),
        (("Marlow", "Marlow", "Ellen Marlow"), "Ellen Marlow"),
        (("Kim Jong Un", "Kim Jong-un", "Kim Jong Un"), "Kim Jong Un"),
        (("MARLOW",), "MARLOW"),
    ],
)
def test_the_name_that_is_shown(names: tuple[str, ...], best: str) -> None:
    namings = [person(name, article=n) for n, name in enumerate(names)]
    assert best_name(namings) == best_name(namings[::-1]) == best
