from __future__ import annotations

import pytest

from quotes.linking.people import plain_name, speaker_key
from quotes.records import Article, Speaker, SpeakerKind

HERE = Article("“No,” she said.", "here.txt")
THERE = Article("“Yes,” she said.", "there.txt")


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ana Cortés", "ana cortes", "ANA CORTÉS", "Ana Corte\u0301s", " Ana  Cortés "),
        ("Nguyễn Văn Đức", "NGUYỄN VĂN ĐỨC"),
        ("Ban Ki-moon", "Ban Ki moon", "BAN KI-MOON", "Ban Ki‑moon"),
        ("Siobhán O'Neill", "Siobhan O’Neill", "SIOBHÁN O’NEILL"),
        ("J. D. Vance", "J.D. Vance", "JD Vance"),
        ("John F. Kennedy", "John F Kennedy"),
        ("Martin Luther King Jr.", "Martin Luther King, Jr"),
        ("Weiß", "WEISS"),
    ],
)
def test_one_person_many_spellings(spellings: tuple[str, ...]) -> None:
    keys = {speaker_key(Speaker(name, "person"), article) for name in spellings for article in (HERE, THERE)}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Cortés", "Ana María Cortés"),
        ("George Bush", "George W. Bush"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Jean Paul", "Jeanne Paul"),
    ],
)
def test_other_people_stay_apart(one: str, other: str) -> None:
    assert speaker_key(Speaker(one, "person"), HERE) != speaker_key(Speaker(other, "person"), HERE)


def test_organizations_with_and_without_the_article() -> None:
    names = ("The River Authority", "River Authority", "the river authority")
    assert len({speaker_key(Speaker(name, "organization"), HERE) for name in names}) == 1


def test_a_name_is_never_eaten_up() -> None:
    assert plain_name("The") == "the"
    assert plain_name("The The") == "the"


def test_a_person_and_a_firm_of_one_name_are_two() -> None:
    assert speaker_key(Speaker("Morgan Stanley", "person"), HERE) != speaker_key(
        Speaker("Morgan Stanley", "organization"), HERE
    )


@pytest.mark.parametrize("kind", ["unnamed", "document"])
def test_without_a_name_it_is_one_only_within_its_article(kind: SpeakerKind) -> None:
    official = Speaker("a senior official", kind)
    assert speaker_key(official, HERE) == speaker_key(Speaker("A senior official", kind), HERE)
    assert speaker_key(official, HERE) != speaker_key(official, THERE)
    assert speaker_key(official, HERE) != speaker_key(Speaker("a junior official", kind), HERE)


def test_an_updated_article_keeps_its_unnamed_sources() -> None:
    address = "https://harbourcourier.example/pier"
    one, two = Article("Old text.", "a.txt", url=address), Article("New text.", "a.txt", url=address)
    official = Speaker("a senior official", "unnamed")
    assert speaker_key(official, one) == speaker_key(official, two)
