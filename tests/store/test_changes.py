from __future__ import annotations

import pytest
from sqlite_utils import Database

from quotes.records import Article, Extraction, Quote, Speaker
from quotes.store.changes import Change, changes, stored_changes
from quotes.store.writing import Writer

PIER = ("“We will rebuild the pier before the summer,”", "Ana Cortés")
SOONER = ("“We will rebuild the pier before Easter,”", "Ana Cortés")
FERRY = ("“The ferry was never ours to sell,”", "Bo Lind")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([], [], []),
        ([PIER, FERRY], [FERRY, PIER], []),
        ([PIER], [PIER, FERRY], [Change("appeared", None, FERRY)]),
        ([PIER, FERRY], [PIER], [Change("vanished", FERRY, None)]),
        ([PIER], [SOONER], [Change("reworded", PIER, SOONER)]),
        ([PIER], [(PIER[0], "Bo Lind")], [Change("reworded", PIER, (PIER[0], "Bo Lind"))]),
        ([PIER], [FERRY], [Change("appeared", None, FERRY), Change("vanished", PIER, None)]),
        ([PIER, PIER], [PIER], [Change("vanished", PIER, None)]),
    ],
)
def test_what_differs(before: list[tuple[str, str]], after: list[tuple[str, str]], found: list[Change]) -> None:
    assert changes(before, after) == found


def extraction(*said: tuple[str, str]) -> Extraction:
    text = "\n\n".join(words for words, _ in said) + "\n"
    quotes = [
        Quote("direct", ((text.index(words), text.index(words) + len(words)),), words, speaker=Speaker(name, "person"))
        for words, name in said
    ]
    return Extraction(Article(text, "pier.txt", title="Pier", url="https://harbourcourier.example/pier"), tuple(quotes))


def test_a_new_version_leaves_its_changes(db: Database) -> None:
    writer = Writer(db, "test 1")
    writer.write(extraction(PIER, FERRY))
    assert list(stored_changes(db, 10)) == []
    writer.write(extraction(SOONER))
    vanished, reworded = stored_changes(db, 10)
    assert (vanished.kind, vanished.before, vanished.after, vanished.speaker_before) == (
        "vanished",
        *FERRY[:1],
        None,
        "Bo Lind",
    )
    assert (reworded.kind, reworded.before, reworded.after) == ("reworded", PIER[0], SOONER[0])
    assert (reworded.article, reworded.outlet) == ("Pier", None)
    assert len(list(stored_changes(db, 1))) == 1


def test_a_newer_pipeline_is_no_new_version(db: Database) -> None:
    Writer(db, "test 1").write(extraction(PIER))
    Writer(db, "test 2").write(Extraction(extraction(PIER).article, ()))
    assert list(stored_changes(db, 10)) == []
