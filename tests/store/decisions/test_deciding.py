from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from told import END, FULL, WELLS, article, loose_ends, rows, said, write

from quotes.errors import DecisionError
from quotes.records import Extraction, Quote, Speaker
from quotes.store.checking import check
from quotes.store.database import close_database, open_database
from quotes.store.decisions import deciding
from quotes.store.decisions.deciding import Correction
from quotes.store.decisions.decision_files import read, take_in, written
from quotes.store.decisions.speaker_choices import choices, speaker_called
from quotes.store.writing import Writer

BO = Speaker("Bo Lind", "person", "mayor of Quillan")
PIER = article("pier", said(FULL), said(WELLS, "Stefan Moss"), said("that the ferry sank", kind="indirect"))
SHOWN = (
    "SELECT text, coalesce(name, '-'), quotes.kind, decision FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id"
)


def hashes(db: Database) -> list[str]:
    return [digest for (digest,) in rows(db, "SELECT hash FROM quotes ORDER BY start")]


def shown(db: Database) -> set[tuple[object, ...]]:
    return set(rows(db, SHOWN))


def again(db: Database, extraction: Extraction, pipeline: str = "test 2") -> None:
    """Write an article anew, as another version of the pipeline does."""
    Writer(db, pipeline).write(extraction)


def test_a_corrected_speaker_is_the_speaker_everywhere(db: Database) -> None:
    write(db, PIER, article("other", said(FULL, "Bo Lind", "mayor of Quillan")))
    assert rows(db, "SELECT speakers FROM wordings WHERE quotes = 2") == [(2,)]
    first = hashes(db)[0]
    decision = deciding.accept(db, first, "ann", Correction(speaker=BO))
    assert (decision.verdict, decision.decided_by) == ("correct", "ann")
    assert (FULL, "Bo Lind", "direct", "correct") in shown(db)
    assert rows(db, "SELECT speakers FROM wordings WHERE quotes = 2") == [(1,)]
    assert rows(db, "SELECT confidence FROM quotes WHERE hash = ?", first) == [(1.0,)]
    assert rows(db, "SELECT count(*) FROM speakers WHERE name = 'Ana Cortés'") == [(1,)], "she said another thing"
    assert loose_ends(db) == {}


def test_a_rejected_quote_is_gone_from_counts_and_search_and_can_be_had_back(db: Database) -> None:
    write(db, PIER, article("other", said(FULL)))
    first, before = hashes(db)[0], shown(db)
    deciding.reject(db, first, "ann")
    assert rows(db, "SELECT quotes FROM wordings WHERE text = ?", FULL.strip("“,”")) == [(1,)]
    assert rows(db, "SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH 'invoice'") == [(1,)]
    assert loose_ends(db) == {}
    assert deciding.undo(db, first).verdict == "reject"
    assert shown(db) == before
    assert rows(db, "SELECT quotes FROM wordings WHERE text = ?", FULL.strip("“,”")) == [(2,)]
    assert loose_ends(db) == {}


def test_accepting_says_so_and_touches_nothing_else(db: Database) -> None:
    write(db, PIER)
    before = rows(db, "SELECT id, quotes.text, speaker_id, wording_id FROM quotes JOIN sayings ON quote_id = id")
    assert deciding.accept(db, hashes(db)[1], "ann").verdict == "accept"
    assert (
        rows(db, "SELECT id, quotes.text, speaker_id, wording_id FROM quotes JOIN sayings ON quote_id = id") == before
    )
    assert rows(db, "SELECT text FROM quotes WHERE decision = 'accept'") == [(WELLS,)]


def test_kind_and_place_are_corrected_and_the_hash_stays(db: Database) -> None:
    write(db, PIER)
    digest, text = hashes(db)[0], PIER.article.text
    at = text.index("the ferry company")
    deciding.accept(db, digest, "ann", Correction(kind="mixed", spans=[(at - 1, at + len("the ferry company"))]))
    assert rows(db, "SELECT text, kind, hash FROM quotes WHERE decision = 'correct'") == [
        ("the ferry company", "mixed", digest)
    ]
    assert rows(db, "SELECT start FROM quote_spans WHERE quote_id = 1") == [(at,)]
    deciding.undo(db, digest)
    assert rows(db, "SELECT text, kind FROM quotes WHERE hash = ?", digest) == [(FULL, "direct")]
    assert loose_ends(db) == {}


def test_a_missed_quote_is_marked_and_taken_back(db: Database) -> None:
    write(db, article("pier", text="He left. The mayor said it was over. She stayed."))
    at = (9, 36)
    decision = deciding.add(db, 1, [at], "indirect", BO, "ann")
    assert shown(db) == {("The mayor said it was over.", "Bo Lind", "indirect", "add")}
    with pytest.raises(DecisionError, match="is a quote already"):
        deciding.add(db, 1, [at], "indirect", BO, "ann")
    deciding.reject(db, decision.hash, "ann")
    assert shown(db) == set()
    assert rows(db, "SELECT * FROM quote_decisions") == []


@pytest.mark.parametrize("spans", [[(3, 3)], [(5, 4)], [(8, 9)], [(900, 920)], [(0, 5), (3, 8)], [(-4, 2)]])
def test_a_place_where_nothing_stands_is_refused(db: Database, spans: list[tuple[int, int]]) -> None:
    write(db, article("pier", text="He left. The mayor said it was over."))
    with pytest.raises(DecisionError, match=r"stands from|lies over"):
        deciding.add(db, 1, spans, "indirect", None, "ann")


def decide_all(db: Database) -> None:
    first, second, third = hashes(db)
    deciding.accept(db, first, "ann", Correction(speaker=BO))
    deciding.reject(db, second, "ann")
    deciding.accept(db, third, "ann")


DECIDED = {
    (FULL, "Bo Lind", "direct", "correct"),
    ("that the ferry sank", "Ana Cortés", "indirect", "accept"),
}


def test_decisions_hold_when_the_article_is_read_again(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    made = rows(db, "SELECT hash, decided_by, decided_at FROM quote_decisions")
    again(db, PIER)
    assert shown(db) == DECIDED
    assert rows(db, "SELECT hash, decided_by, decided_at FROM quote_decisions") == made
    assert loose_ends(db) == {}


def test_decisions_hold_when_the_article_was_removed_and_comes_back(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    db.execute("DELETE FROM articles")
    again(db, PIER)
    assert shown(db) == DECIDED


def test_decisions_hold_where_a_new_pipeline_finds_less_more_or_otherwise(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    full, wells, _ = PIER.quotes
    cut = replace(full, spans=((0, len(FULL) - 12),), text=FULL[: len(FULL) - 12], speaker=Speaker("No One", "person"))
    other_kind = replace(wells, kind="mixed")
    again(db, Extraction(PIER.article, (cut, other_kind)))
    assert shown(db) == DECIDED
    assert rows(db, "SELECT count(*) FROM quote_decisions WHERE fits") == [(3,)]
    assert loose_ends(db) == {}
    digest = rows(db, "SELECT hash FROM quotes WHERE text = ?", FULL)[0][0]
    deciding.undo(db, digest)
    assert (cut.text, "No One", "direct", None) in shown(db), "an undo gives what the machine finds now"


def test_decisions_move_with_their_words_in_a_new_text_and_are_listed_where_these_are_gone(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    new = article("pier", said("“Something else came first,”"), said(FULL))
    again(db, new)
    assert shown(db) == {
        (FULL, "Bo Lind", "direct", "correct"),
        ("“Something else came first,”", "Ana Cortés", "direct", None),
    }
    unfit = rows(db, "SELECT text FROM quote_decisions WHERE NOT fits ORDER BY text")
    assert unfit == [("that the ferry sank",), (WELLS,)]
    ((at,),) = rows(db, "SELECT start FROM quotes WHERE decision = 'correct'")
    assert db.execute("SELECT substr(text, ? + 1, ?) FROM articles", [at, len(FULL)]).fetchone() == (FULL,)
    with pytest.raises(DecisionError, match="only be undone"):
        deciding.accept(db, rows(db, "SELECT hash FROM quote_decisions WHERE NOT fits")[0][0], "ann")
    again(db, PIER)
    assert shown(db) == DECIDED, "and hold again when the words come back"


def test_where_a_correction_no_longer_fits_the_machine_is_believed_until_it_is_decided_anew(db: Database) -> None:
    write(db, article("pier", said(FULL), text="He waved."))
    digest, end = hashes(db)[0], len(FULL) + len("\nHe waved.")
    deciding.accept(db, digest, "ann", Correction(spans=[(0, end)]))
    again(db, article("pier", said(FULL), text="He left."))
    assert shown(db) == {(FULL, "Ana Cortés", "direct", None)}
    deciding.accept(db, digest, "ann")
    assert shown(db) == {(FULL, "Ana Cortés", "direct", "accept")}
    assert rows(db, "SELECT fits FROM quote_decisions") == [(1,)]


def test_short_words_are_not_looked_for_elsewhere(db: Database) -> None:
    write(db, article("pier", said("“No,”"), text="Later."))
    deciding.accept(db, hashes(db)[0], "ann")
    again(db, article("pier", text="It was late when someone wrote “No,” on the wall."))
    assert shown(db) == set()
    assert rows(db, "SELECT fits FROM quote_decisions") == [(0,)]


def test_a_quote_marked_by_hand_that_the_machine_finds_later_is_one(db: Database) -> None:
    bare = article("pier", text=FULL)
    write(db, bare)
    deciding.add(db, 1, [(0, len(FULL))], "direct", BO, "ann")
    again(db, Extraction(bare.article, (Quote("direct", ((0, len(FULL) - 1),), FULL[:-1], speaker=None),)))
    assert shown(db) == {(FULL, "Bo Lind", "direct", "add")}


def test_a_correction_is_corrected_and_an_accepted_rejection_comes_back(db: Database) -> None:
    write(db, PIER)
    digest = hashes(db)[0]
    deciding.accept(db, digest, "ann", Correction(speaker=BO))
    deciding.accept(db, digest, "bea", Correction(kind="mixed"))
    assert (FULL, "Bo Lind", "mixed", "correct") in shown(db)
    deciding.reject(db, digest, "ann")
    assert deciding.accept(db, digest, "ann").verdict == "correct"
    assert (FULL, "Bo Lind", "mixed", "correct") in shown(db)
    deciding.accept(db, digest, "ann", Correction(speakerless=True))
    assert (FULL, "-", "mixed", "correct") in shown(db)
    assert loose_ends(db) == {}


def test_decisions_travel_to_another_database_of_the_same_articles(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    lines = list(written(db))
    assert [json.loads(line)["verdict"] for line in lines] == ["correct", "reject", "accept"]
    there = open_database(":memory:")
    write(there, article("other", said(WELLS)), PIER)
    report = take_in(there, read(lines))
    assert (report.new, report.known, report.unfit) == (3, 0, [])
    assert shown(there) == {*DECIDED, (WELLS, "Ana Cortés", "direct", None)}
    assert loose_ends(there) == {}
    assert take_in(there, read(lines)).known == 3
    assert list(written(there)) == lines


def test_an_import_says_what_did_not_fit_and_keeps_it_for_later(db: Database) -> None:
    write(db, PIER)
    decide_all(db)
    there = open_database(":memory:")
    assert len(take_in(there, read(written(db))).unfit) == 3
    write(there, PIER)
    assert shown(there) == DECIDED


def test_the_newer_of_two_decisions_holds(db: Database) -> None:
    write(db, PIER)
    deciding.accept(db, hashes(db)[0], "ann", Correction(speaker=BO))
    line = next(written(db))
    older, newer = (
        read([line.replace("Bo Lind", name).replace('"decided_at": "2', f'"decided_at": "{age}')])
        for name, age in (("Old One", 1), ("New One", 3))
    )
    assert take_in(db, older).known == 1
    assert (FULL, "Bo Lind", "direct", "correct") in shown(db)
    assert take_in(db, newer).new == 1
    assert (FULL, "New One", "direct", "correct") in shown(db)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("{", "line 2: not a decision"),
        ("[]", "line 2"),
        ('{"hash": "0"}', "no 'verdict'"),
        ('{"verdict": "maybe"}', "not one of accept"),
    ],
)
def test_a_broken_line_is_named_and_nothing_goes_in(db: Database, broken: str, why: str) -> None:
    write(db, PIER)
    deciding.accept(db, hashes(db)[0], "ann")
    with pytest.raises(DecisionError, match=why):
        read([*written(db), broken])


def test_hashes_may_be_short_where_they_are_of_one(db: Database) -> None:
    write(db, PIER)
    digest = hashes(db)[0]
    assert deciding.hash_of(db, digest[:8].upper()) == digest
    for wanted, why in (("abc", "first 6"), ("00000000", "no quote has"), ("%%%%%%%", "not a hash")):
        with pytest.raises(DecisionError, match=why):
            deciding.hash_of(db, wanted)


def test_speakers_to_choose_from_are_near_first_and_nobody_twice(db: Database) -> None:
    write(db, article("a", said(FULL, "Bo Lind", "mayor"), said(WELLS, "Stefan Moss"), said(END, "Bo Lind", "mayor")))
    write(db, article("b", said(FULL, "Lola Reyne")))
    start = rows(db, "SELECT start FROM quotes WHERE text = ?", WELLS)[0][0]
    assert [one.name for one in choices(db, 1, start)] == ["Stefan Moss", "Bo Lind"]
    assert [one.name for one in choices(db, 1, 0)] == ["Bo Lind", "Stefan Moss", "Lola Reyne"]
    assert speaker_called(db, 1, " bo  LIND ") == Speaker("Bo Lind", "person", "mayor")
    assert speaker_called(db, 1, "Lola Reyne").name == "Lola Reyne"
    assert speaker_called(db, 1, "Harbour Board", "organization") == Speaker("Harbour Board", "organization")
    with pytest.raises(DecisionError, match="is empty"):
        speaker_called(db, 1, "  ")


def test_a_database_with_decisions_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    opened = open_database(path)
    write(opened, PIER, article("other", said(FULL)))
    for digest, act in zip(hashes(opened), (deciding.reject, deciding.accept), strict=False):
        act(opened, digest, "ann")
    deciding.add(opened, 2, [(0, 8)], "direct", BO, "ann")
    assert list(check(opened, path)) == []
    close_database(opened)
