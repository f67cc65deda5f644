from __future__ import annotations

import random
from itertools import permutations

import pytest
from sqlite_utils import Database
from told import article, loose_ends, parts, rows, said, shuffled, write

from quotes.records import SPEAKER_KINDS, Extraction, Gender, SpeakerKind
from quotes.store.database import open_database
from quotes.store.relinking import link_all

PIER = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"
MAYOR = "mayor of Quillan"


def people(db: Database) -> set[frozenset[str]]:
    """What each speaker is called."""
    return parts(db, "SELECT speaker_id, name FROM speaker_names")


def test_one_speaker_over_articles_and_spellings(db: Database) -> None:
    spellings = ("Ana Cortés", "ANA CORTES", "Ana Corte\u0301s", "Mayor Ana Cortes")
    write(db, *(article(f"a{n}", said(PIER, by=name)) for n, name in enumerate((*spellings, "Ana Cortés"))))
    assert rows(db, "SELECT name FROM speakers") == [("Ana Cortés",)]
    assert people(db) == {frozenset(spellings)}
    assert rows(db, "SELECT DISTINCT speaker_id FROM quotes") == [(1,)]
    assert loose_ends(db) == {}


@pytest.mark.parametrize(
    ("shown", "gender"),
    [
        (("woman", None), "woman"),
        ((None, "man", "man"), "man"),
        ((None, None), None),
        (("woman", "man", "woman"), None),
    ],
)
def test_gender_is_what_all_articles_show(db: Database, shown: tuple[Gender | None, ...], gender: str | None) -> None:
    write(db, *(article(f"a{n}", said(PIER, gender=one)) for n, one in enumerate(shown)))
    assert rows(db, "SELECT gender FROM speakers") == [(gender,)]
    assert rows(db, "SELECT gender FROM quotes ORDER BY id") == [(one,) for one in shown]
    assert loose_ends(db) == {}


def test_gender_follows_when_an_article_goes_or_changes(db: Database) -> None:
    write(db, article("a", said(PIER, gender="woman")), article("b", said(FERRY, gender="man")))
    assert rows(db, "SELECT gender FROM speakers") == [(None,)]
    write(db, article("b", said(FERRY), text="They spoke."))
    assert rows(db, "SELECT gender FROM speakers") == [("woman",)]
    link_all(db)
    assert rows(db, "SELECT gender, gender_words FROM quotes ORDER BY id") == [("woman", "she"), (None, None)]
    assert rows(db, "SELECT gender FROM speakers") == [("woman",)]


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        ("person", ("Goran Đoković", "Goran Djokovic", "Goran Dokovic")),
        ("person", ("Tural Əliyev", "Tural Aliyev")),
        ("person", ("Þorgerður Moss", "Thorgerdur Moss")),
        ("organization", ("Ħamrun Rowers", "Hamrun Rowers")),
        ("organization", ("Œuvre Brandt", "Oeuvre Brandt")),
    ],
)
def test_letters_that_do_not_decompose_link_to_one_in_any_order(kind: SpeakerKind, spellings: tuple[str, ...]) -> None:
    for order in permutations(spellings):
        opened = open_database(":memory:")
        write(opened, *(article(f"a{n}", said(PIER, by=name, speaker_kind=kind)) for n, name in enumerate(order)))
        assert len(rows(opened, "SELECT id FROM speakers")) == 1, order
        assert people(opened) == {frozenset(spellings)}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (("Ana Cortés", None), ("Ana María Cortés", None), False),
        (("Ana Cortés", MAYOR), ("Ana María Cortés", "the mayor of Quillan"), True),
        (("Ana Cortés", MAYOR), ("Cortés", MAYOR), True),
        (("Ana Cortés", MAYOR), ("Cortés", None), False),
        (("Cortés", None), ("Cortés", None), False),
        (("Cortés", MAYOR), ("Cortés", MAYOR), True),
        (("Ana Cortés", MAYOR), ("Ana Cortés", "goalkeeper"), False),
        (("Ana Cortés", None), ("Eva Cortés", None), False),
    ],
)
def test_names_and_roles_tell_who_is_who(
    db: Database, one: tuple[str, str | None], other: tuple[str, str | None], is_one: bool
) -> None:
    write(db, article("a", said(PIER, *one)), article("b", said(FERRY, *other)))
    assert len(rows(db, "SELECT id FROM speakers")) == 2 - is_one


def test_a_bare_surname_is_one_within_its_article(db: Database) -> None:
    write(db, article("a", said(PIER, "Cortés"), said(FERRY, "Cortés")), article("b", said(WELLS, "Cortés")))
    assert rows(db, "SELECT count(*) FROM quotes GROUP BY speaker_id") == [(2,), (1,)]


def test_unnamed_sources_of_two_articles_are_two(db: Database) -> None:
    official = "a senior official"
    write(
        db,
        article("a", said(PIER, official, speaker_kind="unnamed"), said(FERRY, official, speaker_kind="unnamed")),
        article("b", said(WELLS, official, speaker_kind="unnamed")),
    )
    sql = "SELECT speakers.name, count(*) FROM quotes JOIN speakers ON speakers.id = speaker_id GROUP BY speaker_id"
    assert rows(db, sql) == [(official, 2), (official, 1)]


def test_an_organization_and_the_acronym_that_an_article_explains(db: Database) -> None:
    union = article(
        "a",
        said(PIER, "Harbour Workers Union", speaker_kind="organization"),
        text="The Harbour Workers Union (HWU) met.",
    )
    write(db, article("b", said(FERRY, "HWU", speaker_kind="organization")), union)
    assert people(db) == {frozenset({"HWU", "Harbour Workers Union"})}
    assert rows(db, "SELECT name FROM speakers") == [("Harbour Workers Union",)]


def test_the_fullest_usual_name_is_shown(db: Database) -> None:
    write(db, article("a", said(PIER, "CORTES", MAYOR)), article("b", said(PIER, "Mayor Ana Cortés", MAYOR)))
    assert rows(db, "SELECT name FROM speakers") == [("Mayor Ana Cortés",)]
    write(db, article("c", said(FERRY, "Ana Cortés", MAYOR)), article("d", said(WELLS, "Ana Cortés")))
    assert rows(db, "SELECT name FROM speakers") == [("Ana Cortés",)]


def test_the_name_that_most_articles_have_is_shown(db: Database) -> None:
    write(db, *(article(f"a{n}", said(PIER, "Ana Cortés", MAYOR)) for n in range(9)))
    write(db, article("b", said(PIER, "A. Cortes", MAYOR)))
    assert rows(db, "SELECT name FROM speakers") == [("Ana Cortés",)]


@pytest.mark.parametrize("kind", SPEAKER_KINDS)
@pytest.mark.parametrize("name", ["???", "@", "5", "Dr", "’"])
def test_a_name_without_letters_is_a_name(db: Database, name: str, kind: SpeakerKind) -> None:
    write(db, article("a", said(PIER, name, speaker_kind=kind), said(FERRY, name, "painter", speaker_kind=kind)))
    assert {found for (found,) in rows(db, "SELECT name FROM speakers")} == {name}
    assert loose_ends(db) == {}


# -- what lasts, and what follows the articles


def test_the_id_of_a_speaker_lasts(db: Database) -> None:
    write(db, article("a", said(FERRY, "Bo Lind")), article("b", said(PIER, "ANA CORTES")))
    sql = "SELECT id FROM speakers WHERE name LIKE 'ana cort%'"
    before = rows(db, sql)
    write(db, article("c", said(WELLS, "Ana Cortés")), article("d", said(WELLS, "Ana Cortés", "mayor")))
    assert rows(db, sql) == before
    write(db, article("b"))
    assert rows(db, sql) == before, "one of its names is gone, it is not"
    link_all(db)
    assert rows(db, sql) == before
    write(db, article("c"), article("d"))
    assert rows(db, "SELECT name FROM speakers") == rows(db, "SELECT name FROM speaker_names") == [("Bo Lind",)]


def test_of_two_speakers_that_become_one_that_with_more_names_keeps_its_id(db: Database) -> None:
    write(
        db,
        article("a", said(PIER, "Cortés", MAYOR)),
        article("b", said(FERRY, "Ana Cortés", "councillor"), said(WELLS, "Ana Cortes")),
    )
    ((number,),) = rows(db, "SELECT DISTINCT speaker_id FROM quotes WHERE text = ?", FERRY)
    assert len(rows(db, "SELECT id FROM speakers")) == 2
    write(db, article("c", said(PIER, "Ana Cortés", MAYOR)))
    assert rows(db, "SELECT DISTINCT speaker_id FROM quotes") == rows(db, "SELECT id FROM speakers") == [(number,)]


def test_the_role_is_the_latest(db: Database) -> None:
    write(db, article("a", said(PIER, role=MAYOR), day="2025-03-04"))
    assert rows(db, "SELECT role FROM speakers") == [(MAYOR,)]
    write(db, article("b", said(FERRY, role="councillor"), day="2024-05-01"))
    write(db, article("c", said(FERRY), day="2025-06-01"), article("d", said(PIER, role="guest")))
    assert rows(db, "SELECT role FROM speakers") == [(MAYOR,)], "older, none, and of no day"
    write(db, article("e", said(WELLS, role="senator"), day="2025-09-01"))
    assert rows(db, "SELECT role FROM speakers") == [("senator",)]
    write(db, article("e"))
    assert rows(db, "SELECT role FROM speakers") == [(MAYOR,)], "the article that said so is gone"


def test_the_role_is_the_latest_after_an_article_is_replaced(db: Database) -> None:
    write(
        db,
        article("old", said(PIER, role="senator"), day="2024-05-01"),
        article("a", said(FERRY, role=MAYOR), day="2025-03-04"),
        article("b", said(WELLS, role="senator"), day="2025-09-01"),
    )
    assert rows(db, "SELECT role FROM speakers") == [("senator",)]
    write(db, article("b"))
    assert rows(db, "SELECT role FROM speakers") == [(MAYOR,)]


def test_the_role_is_the_latest_after_a_day_is_filled_in(db: Database) -> None:
    later = said(FERRY, role="senator")
    writer = write(db, article("a", said(PIER, role=MAYOR), day="2025-03-04"), article("b", later))
    assert rows(db, "SELECT role FROM speakers") == [(MAYOR,)]
    assert writer.known(article("b", later, day="2025-09-01").article)
    assert rows(db, "SELECT role FROM speakers") == [("senator",)]


def test_a_role_goes_with_those_that_have_it(db: Database) -> None:
    """A mayor and a goalkeeper are two; which of them was meant without a role is not to be told."""
    roles = (None, MAYOR, "goalkeeper")
    write(db, *(article(f"a{n}", said(PIER, "Ana Cortés", role)) for n, role in enumerate(roles)))
    assert {role for (role,) in rows(db, "SELECT role FROM speakers")} == set(roles)
    assert len(rows(db, "SELECT id FROM speakers WHERE role IS NULL")) == 1
    assert loose_ends(db) == {}


def test_a_name_that_is_gone_is_not_shown(db: Database) -> None:
    text = "The Harbour Workers Union (HWU) met."
    union = article("a", said(PIER, "Harbour Workers Union", speaker_kind="organization"), text=text)
    write(db, union, article("b", said(FERRY, "HWU", speaker_kind="organization")))
    write(db, article("a"))
    assert rows(db, "SELECT name FROM speakers") == [("HWU",)]


def test_what_only_one_name_tied_together_falls_apart(db: Database) -> None:
    """Without the article that calls her mayor, nothing says that Haddad, the mayor, is Mona Haddad."""
    one, other = said(PIER, "Mona Haddad", "harbour minister"), said(WELLS, "Haddad", MAYOR)
    both = said(FERRY, "Mona Haddad", MAYOR)
    write(db, article("a", one), article("b", other))
    before = people(db)
    assert len(before) == 2
    write(db, article("c", both))
    assert people(db) == {frozenset({"Mona Haddad", "Haddad"})}
    write(db, article("c"))
    assert people(db) == before


# -- views


def test_views_count_spellings_and_roles(db: Database) -> None:
    write(
        db,
        article("a", said(PIER, role=MAYOR), said(FERRY, role=MAYOR), day="2025-03-04"),
        article("b", said(FERRY, "ANA CORTES", "senator"), day="2025-09-01"),
        article("c", said(FERRY, "ANA CORTES"), said(WELLS, "Bo Lind"), day="2025-10-01"),
        article("d", said(WELLS, role="senator"), day="2025-12-01"),
    )
    assert rows(db, "SELECT speaker_id, name, quotes FROM speaker_spellings ORDER BY 1, 2") == [
        (1, "ANA CORTES", 2),
        (1, "Ana Cortés", 3),
        (2, "Bo Lind", 1),
    ]
    columns = "speaker, role, first_published, last_published, quotes"
    assert rows(db, f"SELECT {columns} FROM speaker_roles ORDER BY role") == [
        ("Ana Cortés", MAYOR, "2025-03-04", "2025-03-04", 2),
        ("Ana Cortés", "senator", "2025-09-01", "2025-12-01", 2),
    ]


# -- the same whatever the order

NAMES = (
    "Ana Cortés", "ANA CORTES", "A. Cortes", "Ana María Cortés", "Cortés", "Mayor Ana Cortes", "Bo Lind", "Bob Lind",
    "Robert Lind", "Lind", "Mohammed Haddad", "Muhammad Hadad", "M. Haddad", "Haddad",
)  # fmt: skip
ROLES = (None, None, MAYOR, "mayor", "striker", "harbour minister", "former mayor of Quillan", "boxer")
FIRMS = ("Harbour Workers Union", "HWU", "Ministry of Fisheries", "Fisheries Ministry", "police")


def press(seed: int) -> dict[str, Extraction]:
    """Articles that name people and organizations this way and that, by name."""
    chance = random.Random(seed)
    found = {}
    for name in (f"a{n}" for n in range(25)):
        quotes = [
            said(f"{PIER} {name}", chance.choice(NAMES), chance.choice(ROLES)) for _ in range(chance.randrange(4))
        ]
        quotes += [said(FERRY, chance.choice(FIRMS), speaker_kind="organization")] * chance.randrange(2)
        text = "The Harbour Workers Union (HWU) met." if chance.random() < 0.3 else name
        found[name] = article(name, *quotes, text=text)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    before, after = press(seed), press(seed + 100)
    changed = random.Random(seed).sample(sorted(before), 8)
    now = before | {name: after[name] for name in changed}
    sql = "SELECT speaker_id, name || '|' || role || '|' || kind || '|' || scope FROM speaker_names"
    fresh = open_database(":memory:")
    write(fresh, *now.values())
    expected = parts(fresh, sql), sorted(rows(fresh, "SELECT name, kind FROM speakers"))
    assert any(len(names) > 2 for names in expected[0])
    db = open_database(":memory:")
    write(db, *shuffled(before.values(), seed), *shuffled((now[name] for name in changed), seed))
    assert (parts(db, sql), sorted(rows(db, "SELECT name, kind FROM speakers"))) == expected
    assert loose_ends(db) == {}
