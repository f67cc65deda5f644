from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlite_utils import Database
from told import article, loose_ends, parts, rows, said, write

from quotes.errors import DecisionError
from quotes.records import SpeakerKind
from quotes.store.decisions.speaker_decisions import find_speaker, list_speakers, merge, rename, split
from quotes.store.relinking import link_all

PIER = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"
MAYOR = "mayor of Quillan"


def people(db: Database) -> set[frozenset[str]]:
    """What each speaker is called in its articles."""
    return parts(db, "SELECT quotes.speaker_id, name FROM quotes JOIN speaker_names ON speaker_names.id = name_id")


def shown(db: Database) -> list[str]:
    return [name for (name,) in rows(db, "SELECT name FROM speakers ORDER BY name")]


def quoted(db: Database, *names: str, role: str | None = None, kind: SpeakerKind = "person") -> None:
    """Write an article for each of the names."""
    there = len(rows(db, "SELECT id FROM articles"))
    texts = (PIER, FERRY, WELLS)
    for n, name in enumerate(names):
        write(db, article(f"a{there + n}", said(texts[n % 3], name, role, speaker_kind=kind)))


def join(db: Database, one: str, other: str) -> int:
    return merge(db, find_speaker(db, one), find_speaker(db, other))


LOLA, STEFAN = "Lola Reyne", "Stefan Moss"


# -- merging


def test_merging_makes_one_speaker_for_good(db: Database) -> None:
    quoted(db, LOLA, STEFAN, "Bo Lind")
    merged = join(db, LOLA, STEFAN)
    both = {frozenset({LOLA, STEFAN}), frozenset({"Bo Lind"})}
    assert people(db) == both
    assert rows(db, "SELECT count(*) FROM quotes WHERE speaker_id = ?", merged) == [(2,)]
    write(db, article("later", said(WELLS, "STEFAN MOSS", "harpist")))
    both = {frozenset({LOLA, STEFAN, "STEFAN MOSS"}), frozenset({"Bo Lind"})}
    assert people(db) == both
    assert rows(db, "SELECT role FROM speakers WHERE id = ?", merged) == [("harpist",)]
    link_all(db)
    assert people(db) == both
    assert loose_ends(db) == {}


def test_merged_speakers_no_longer_disagree(db: Database) -> None:
    write(db, article("a", said(PIER, LOLA)), article("b", said(PIER, STEFAN)))
    assert rows(db, "SELECT speakers FROM wordings") == [(2,)]
    join(db, LOLA, STEFAN)
    assert rows(db, "SELECT speakers FROM wordings") == [(1,)]
    split(db, find_speaker(db, LOLA), [STEFAN])
    assert rows(db, "SELECT speakers FROM wordings") == [(2,)]


def test_a_merged_name_that_goes_and_comes_back_is_known(db: Database) -> None:
    write(db, article("a", said(PIER, LOLA)), article("b", said(FERRY, STEFAN)))
    join(db, LOLA, STEFAN)
    write(db, article("b"))
    assert people(db) == {frozenset({LOLA})}
    write(db, article("b", said(FERRY, STEFAN)))
    assert people(db) == {frozenset({LOLA, STEFAN})}


def test_an_organization_is_merged_with_another(db: Database) -> None:
    quoted(db, "Coastline Group", "Brannock Shipping", kind="organization")
    join(db, "Coastline Group", "the Brannock Shipping")
    assert people(db) == {frozenset({"Coastline Group", "Brannock Shipping"})}


@pytest.mark.xfail(strict=True, reason="a decision is kept by what a name has in common with its namesakes'")
def test_a_namesake_is_not_merged_with_them(db: Database) -> None:
    quoted(db, "John Okoro", role="senator")
    quoted(db, "John Okoro", role="boxer")
    quoted(db, "Johnny Thunder")
    merge(db, 2, find_speaker(db, "Johnny Thunder"))
    assert rows(db, "SELECT role FROM speakers ORDER BY id") == [("senator",), ("boxer",)]


def test_two_unnamed_sources_are_merged_without_the_others(db: Database) -> None:
    quoted(db, "a senior official", "a senior official", "a senior official", kind="unnamed")
    merge(db, 1, 2)
    assert sorted(rows(db, "SELECT count(*) FROM quotes GROUP BY speaker_id")) == [(1,), (2,)]


def test_three_merged_names_are_one_without_that_in_the_middle(db: Database) -> None:
    names = {LOLA: PIER, STEFAN: FERRY, "Ned Quist": WELLS}
    write(db, *(article(name[:3], said(text, name)) for name, text in names.items()))
    join(db, LOLA, STEFAN)
    join(db, STEFAN, "Ned Quist")
    assert people(db) == {frozenset(names)}
    write(db, article("Lol"))
    link_all(db)
    assert people(db) == {frozenset(names) - {LOLA}}


def test_a_merged_speaker_is_not_shown_by_a_name_that_is_gone(db: Database) -> None:
    write(db, article("a", said(PIER, LOLA)), article("b", said(FERRY, STEFAN)))
    join(db, LOLA, STEFAN)
    ((name, gone),) = rows(db, "SELECT name, CASE name WHEN ? THEN 'a' ELSE 'b' END FROM speakers", LOLA)
    write(db, article(gone))
    assert shown(db) == [{LOLA: STEFAN, STEFAN: LOLA}[name]]


def test_a_name_of_signs_is_merged(db: Database) -> None:
    quoted(db, "@", "Bo Lind")
    join(db, "@", "Bo Lind")
    assert people(db) == {frozenset({"@", "Bo Lind"})}


# -- splitting


def test_splitting_makes_two_speakers_for_good(db: Database) -> None:
    quoted(db, "Ana Cortés", "A. Cortes", "ANA CORTES", role=MAYOR)
    assert len(people(db)) == 1
    split(db, find_speaker(db, "Ana Cortés"), ["a cortes"])
    assert people(db) == {frozenset({"A. Cortes"}), frozenset({"Ana Cortés", "ANA CORTES"})}
    write(db, article("later", said(WELLS, "A. Cortés", "the mayor of Quillan"), said(PIER, "Ana Cortes", MAYOR)))
    apart = {frozenset({"A. Cortes", "A. Cortés"}), frozenset({"Ana Cortés", "ANA CORTES", "Ana Cortes"})}
    assert people(db) == apart
    link_all(db)
    assert people(db) == apart
    assert loose_ends(db) == {}


def test_one_of_three_merged_names_is_split_off(db: Database) -> None:
    quoted(db, LOLA, STEFAN, "Ned Quist")
    join(db, LOLA, STEFAN)
    join(db, LOLA, "Ned Quist")
    split(db, find_speaker(db, LOLA), ["Ned Quist"])
    assert people(db) == {frozenset({LOLA, STEFAN}), frozenset({"Ned Quist"})}


@pytest.mark.xfail(strict=True, reason="names that may be of either of two are left alone")
def test_names_that_are_one_by_their_role_stay_one_when_another_is_split_off(db: Database) -> None:
    quoted(db, "Ana Cortés", "A. Cortes", "Ana Maria Cortes", role=MAYOR)
    assert len(people(db)) == 1
    split(db, find_speaker(db, "Ana Cortés"), ["A. Cortes"])
    assert people(db) == {frozenset({"A. Cortes"}), frozenset({"Ana Cortés", "Ana Maria Cortes"})}


def test_names_that_stay_when_another_is_split_off_stay_one(db: Database) -> None:
    quoted(db, LOLA, STEFAN, "Ned Quist")
    join(db, LOLA, STEFAN)
    join(db, STEFAN, "Ned Quist")
    split(db, find_speaker(db, LOLA), [LOLA])
    assert people(db) == {frozenset({LOLA}), frozenset({STEFAN, "Ned Quist"})}


# -- renaming


@pytest.mark.parametrize("which", ["1", "Ana Cortés", "ana cortes", "A. Cortes"], ids=str)
def test_a_speaker_is_renamed_by_number_or_any_name_for_good(db: Database, which: str) -> None:
    quoted(db, "Ana Cortés", "A. Cortes", role=MAYOR)
    quoted(db, "Bo Lind")
    rename(db, find_speaker(db, which), "Ana C.")
    assert shown(db) == ["Ana C.", "Bo Lind"]
    quoted(db, "ANA CORTES", "A. Cortes", "Ana Maria Cortes", role=MAYOR)
    assert shown(db) == ["Ana C.", "Bo Lind"]
    link_all(db)
    assert shown(db) == ["Ana C.", "Bo Lind"]
    assert find_speaker(db, "ana c") == find_speaker(db, "Ana Cortés") == 1
    assert rows(db, "SELECT DISTINCT speaker FROM who_said_what ORDER BY 1") == [("Ana C.",), ("Bo Lind",)]


def test_the_article_of_a_renamed_speaker_may_go_and_come_back(db: Database) -> None:
    write(db, article("a", said(PIER, LOLA)))
    rename(db, 1, "Lola")
    write(db, article("a"))
    assert shown(db) == []
    write(db, article("b", said(PIER, LOLA)))
    assert shown(db) == ["Lola"]


@pytest.mark.xfail(strict=True, reason="a decision is kept by what a name has in common with its namesakes'")
def test_a_namesake_is_not_renamed_with_them(db: Database) -> None:
    quoted(db, "John Okoro", role="senator")
    quoted(db, "John Okoro", role="boxer")
    rename(db, 1, "Senator Okoro")
    assert shown(db) == ["John Okoro", "Senator Okoro"]
    quoted(db, "John Okoro", role="champion boxer")
    assert shown(db) == ["John Okoro", "Senator Okoro"]


# -- the latest decision holds


def test_what_was_merged_can_be_split(db: Database) -> None:
    quoted(db, LOLA, STEFAN)
    for _ in range(2):
        join(db, LOLA, STEFAN)
        assert people(db) == {frozenset({LOLA, STEFAN})}
        split(db, find_speaker(db, LOLA), [STEFAN])
        link_all(db)
        assert people(db) == {frozenset({LOLA}), frozenset({STEFAN})}


def test_what_was_split_can_be_merged(db: Database) -> None:
    quoted(db, "Ana Cortés", "A. Cortes", role=MAYOR)
    for _ in range(2):
        split(db, find_speaker(db, "Ana Cortés"), ["A. Cortes"])
        assert people(db) == {frozenset({"Ana Cortés"}), frozenset({"A. Cortes"})}
        join(db, "A. Cortes", "Ana Cortés")
        link_all(db)
        assert people(db) == {frozenset({"Ana Cortés", "A. Cortes"})}


@pytest.mark.xfail(strict=True, reason="names are all that split can tell two speakers by")
def test_namesakes_that_were_merged_can_be_split(db: Database) -> None:
    quoted(db, "John Okoro", role="senator")
    quoted(db, "John Okoro", role="boxer")
    merged = merge(db, 1, 2)
    split(db, merged, ["John Okoro"])
    assert len(people(db)) == 2


def test_the_latest_name_holds(db: Database) -> None:
    quoted(db, LOLA, STEFAN)
    rename(db, find_speaker(db, LOLA), "One")
    rename(db, find_speaker(db, STEFAN), "Two")
    rename(db, find_speaker(db, LOLA), "Three")
    join(db, LOLA, STEFAN)
    assert shown(db) == ["Three"]
    split(db, find_speaker(db, LOLA), [LOLA])
    assert shown(db) == ["Three", "Two"]


# -- what can't be done


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (lambda db: find_speaker(db, "Nemo Nobody"), "Nemo Nobody: no speaker of this name or number"),
        (lambda db: find_speaker(db, "12345"), "12345: no speaker"),
        (lambda db: find_speaker(db, "-1"), "-1: no speaker"),
        (lambda db: find_speaker(db, ""), "no speaker"),
        (lambda db: find_speaker(db, "Cort"), "Cort: no speaker"),
        (lambda db: find_speaker(db, "Ana Cortés'; DELETE FROM quotes; --"), "no speaker"),
        (lambda db: find_speaker(db, "John Okoro"), r"2 speakers have this name.*4 John Okoro, senator; 5 .*, boxer"),
        (lambda db: merge(db, 1, 1), "speaker 1 is one already"),
        (lambda db: join(db, "Ana Cortés", "A. Cortes"), "speaker 1 is one already"),
        (lambda db: join(db, LOLA, "Coastline Group"), "organization and person are not one speaker"),
        (lambda db: merge(db, 1, 12345), "there is no speaker 12345"),
        (lambda db: split(db, 1, ["Ana Cortés", "Nemo"]), "Nemo: speaker 1 is not called so, but A. Cortes, Ana Cort"),
        (lambda db: split(db, find_speaker(db, LOLA), [LOLA]), f"has no other name than {LOLA}"),
        (lambda db: split(db, 1, ["Ana Cortés", "A. Cortes"]), "has no other name than Ana Cortés, A. Cortes"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(db: Database, decide: Callable[[Database], object], words: str) -> None:
    quoted(db, "Ana Cortés", "A. Cortes", role=MAYOR)
    quoted(db, LOLA, "LOLA REYNE")
    quoted(db, "Coastline Group", kind="organization")
    quoted(db, "John Okoro", role="senator")
    quoted(db, "John Okoro", role="boxer")
    before = people(db), shown(db)
    with pytest.raises(DecisionError, match=words) as raised:
        decide(db)
    assert "\n" not in str(raised.value)
    assert (people(db), shown(db)) == before
    assert rows(db, "SELECT * FROM speaker_decisions") == []


@pytest.mark.parametrize("wanted", ["9" * 20, "9" * 5000, "%", ""], ids=["large", "too large", "a sign", "nothing"])
def test_what_is_no_name_and_no_number_finds_nobody(db: Database, wanted: str) -> None:
    quoted(db, "???", kind="organization")
    with pytest.raises(DecisionError, match="no speaker of this name"):
        find_speaker(db, wanted)


def test_a_number_goes_before_a_name(db: Database) -> None:
    quoted(db, "2", "Bo Lind")
    assert find_speaker(db, "2") == 2
    assert find_speaker(db, "02") == 2


# -- listing


def test_speakers_are_listed_with_what_is_known_of_them(db: Database) -> None:
    write(
        db,
        article("a", said(PIER, "Ana Cortés", MAYOR, gender="woman"), said(FERRY, "Bo Lind"), outlet="Harbour Courier"),
        article("b", said(WELLS, "ANA CORTES"), said(PIER, "ANA CORTES"), outlet="Eastern Lantern"),
        article("c", said(FERRY, "Coastline Group", speaker_kind="organization")),
    )
    first, second, third = list_speakers(db)
    assert (first.name, first.kind, first.role, first.quotes, first.outlets) == ("Ana Cortés", "person", MAYOR, 3, 2)
    assert first.spellings == "ANA CORTES (2), Ana Cortés (1)"
    assert [(one.name, one.outlets) for one in (second, third)] == [("Bo Lind", 1), ("Coastline Group", 0)]
    assert [one.id for one in list_speakers(db, limit=1)] == [first.id]
    assert [one.name for one in list_speakers(db, kind="organization")] == ["Coastline Group"]
    assert (first.gender, second.gender) == ("woman", None)
    assert [one.name for one in list_speakers(db, gender="woman")] == ["Ana Cortés"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("cortes", 1), ("CORTÉS ana", 1), ("ana lind", 0), ("c_rtes", 0), ("100%", 0), ("' OR 1=1 --", 0), ("in", 1)],
)
def test_speakers_are_found_by_words_of_their_names(db: Database, words: str, found: int) -> None:
    quoted(db, "Ana Cortés", "Bo Lind")
    assert len(list(list_speakers(db, words))) == found


def test_a_renamed_speaker_is_listed_by_its_new_name(db: Database) -> None:
    quoted(db, LOLA)
    rename(db, 1, "Thunder Queen")
    assert [one.name for one in list_speakers(db, "thunder")] == ["Thunder Queen"]
