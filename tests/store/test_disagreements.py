from __future__ import annotations

import pytest
from sqlite_utils import Database
from told import article, rows, said, write

from quotes.records import SpeakerKind
from quotes.store.disagreements import Attribution, disagreements

PIER = "“We will rebuild the harbour pier before winter, and the ferry company must pay every invoice,”"
PIER_CUT = "“We will rebuild the harbour pier before winter,”"
FERRY = "“The ferry was never ours to sell to anybody,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"


def bare(*texts: str) -> list[str]:
    """The words of quotes without marks."""
    return [text.strip("“,”") for text in texts]


def test_words_that_are_given_to_two_people(db: Database) -> None:
    write(
        db,
        article("a", said(PIER_CUT, "Ana Cortés"), said(WELLS, "Ana Cortés"), day="2025-03-05", outlet="Courier"),
        article("b", said(PIER, "Bo Lind"), said(WELLS, "ANA CORTES"), day="2025-03-04", outlet="Lantern"),
        article("c", said(FERRY, "Bo Lind")),
    )
    (found,) = disagreements(db, 10)
    assert [found.words] == bare(PIER)
    assert found.attributions == (
        Attribution("Bo Lind", *bare(PIER), "Lantern", "2025-03-04", 2),
        Attribution("Ana Cortés", *bare(PIER_CUT), "Courier", "2025-03-05", 1),
    )
    assert rows(db, "SELECT wording_id, speaker FROM disagreements ORDER BY quote_id") == [
        (found.wording, "Ana Cortés"),
        (found.wording, "Bo Lind"),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "differ"),
    [
        ("Bo Lind", "person", True),
        ("Harbour Workers Union", "organization", True),
        ("a ferryman", "unnamed", False),
        ("the contract", "document", False),
        ("ANA CORTES", "person", False),
        (None, "person", False),
    ],
)
def test_only_names_disagree(db: Database, name: str | None, kind: SpeakerKind, differ: bool) -> None:
    write(db, article("a", said(PIER)), article("b", said(PIER, name, speaker_kind=kind)))
    assert len(list(disagreements(db, 10))) == differ


def test_a_contrary_is_no_disagreement(db: Database) -> None:
    contrary = PIER_CUT.replace("will", "will not")
    write(db, article("a", said(PIER_CUT, "Ana Cortés")), article("b", said(contrary, "Bo Lind")))
    assert list(disagreements(db, 10)) == []


def test_those_in_most_outlets_come_first(db: Database) -> None:
    quotes = {"a": (WELLS,), "b": (WELLS, FERRY), "c": (PIER, FERRY), "d": (PIER,), "e": (PIER_CUT,)}
    speakers = {"a": "Ana Cortés", "b": "Bo Lind", "c": "Ana Cortés", "d": "Bo Lind", "e": "Ana Cortés"}
    outlets = {"a": "Courier", "b": "Courier", "c": "Lantern", "d": "Post", "e": "Courier"}
    write(db, *(article(n, *(said(text, speakers[n]) for text in quotes[n]), outlet=outlets[n]) for n in quotes))
    assert [found.words for found in disagreements(db, 10)] == bare(PIER, FERRY, WELLS)
    assert [found.words for found in disagreements(db, 2)] == bare(PIER, FERRY), "the limit is of words, not of quotes"
    assert [len(found.attributions) for found in disagreements(db, 1)] == [3]


def test_a_disagreement_ends_when_an_article_is_put_right(db: Database) -> None:
    write(db, article("a", said(PIER, "Ana Cortés")), article("b", said(PIER, "Bo Lind")))
    assert len(list(disagreements(db, 10))) == 1
    write(db, article("b", said(PIER, "Ana Cortés"), text="Corrected."))
    assert list(disagreements(db, 10)) == []
