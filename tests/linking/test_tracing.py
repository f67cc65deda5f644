from __future__ import annotations

import pytest
from sqlite_utils import Database
from told import FULL, MAYOR, START, article, content, rows, said, write

from quotes.linking.tracing import MOST, Trace, is_other, trace
from quotes.linking.wordings.word_changes import Piece
from quotes.records import Quote, Speaker, SpeakerKind

WEIR = "The weir at Orrin was never inspected by anyone from the council."
FARMS = "Every farm below it will drown."


@pytest.fixture
def press(db: Database) -> Database:
    write(
        db,
        article("a", said(f"“{WEIR} {FARMS}”", "Ana Cortés", MAYOR), outlet="Courier", day="2025-03-04"),
        article("b", said(f"“{WEIR}”", "Bo Lind"), outlet="Lantern", day="2025-03-02"),
        article("c", said(FULL, "Ana Cortés"), outlet="Courier", day="2025-03-05"),
    )
    return db


def traced(db: Database, text: str, by: str | None = "Ana Cortés") -> list[Trace]:
    return list(trace(db, [said(f"“{text}”", by)]))


def test_who_printed_each_sentence_before(press: Database) -> None:
    weir, farms = traced(press, f"{WEIR} {FARMS}")
    assert (weir.text, farms.text) == (WEIR, FARMS)
    assert [(one.outlet, one.published, one.relation, one.differences) for one in farms.printings] == [
        ("Courier", "2025-03-04", "same", ())
    ]
    assert [(one.outlet, one.speaker, one.other_speaker) for one in weir.printings] == [
        ("Lantern", "Bo Lind", True),
        ("Courier", "Ana Cortés", False),
    ], "another speaker comes first"
    assert weir.printings[1].changes == (Piece("same", WEIR),)
    assert rows(press, "SELECT text FROM quotes WHERE id = ?", weir.printings[0].quote_id) == [(f"“{WEIR}”",)]


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        (WEIR.replace("was never", "was always"), {"negation", "quantity", "opposite"}),
        (WEIR.replace("was never", "was"), {"negation"}),
        (WEIR.replace("Orrin", "Quillan"), {"name"}),
        (WEIR.replace("anyone", "7 men"), {"number", "quantity"}),
    ],
)
def test_what_matters_in_words_that_differ_is_a_conflict(press: Database, text: str, differences: set[str]) -> None:
    (one,) = traced(press, text)
    assert {printing.relation for printing in one.printings} == {"conflict"}
    assert set(one.printings[0].differences) <= differences and one.printings[0].differences
    assert one.rank < traced(press, WEIR)[0].rank


def test_words_out_of_their_sentence_are_cut(press: Database) -> None:
    (one,) = traced(press, "the ferry company must pay every invoice")
    (printing,) = one.printings
    assert (printing.relation, printing.differences) == ("cut", ())
    assert printing.changes[0].change == "cut" and "harbour pier" in printing.changes[0].text


def test_a_negation_that_is_cut_off_is_told(db: Database) -> None:
    write(db, article("a", said("“I do not believe for a second that the ferry company must pay every invoice,”")))
    (one,) = traced(db, "the ferry company must pay every invoice")
    assert [(printing.relation, printing.differences) for printing in one.printings] == [("cut", ("negation",))]


def test_a_text_may_have_more_than_was_printed(db: Database) -> None:
    write(db, article("a", said(START)))
    (one,) = traced(db, FULL.strip("“,”"))
    assert [printing.relation for printing in one.printings] == ["longer"]


def test_what_can_not_be_told_by_its_words_is_not_traced(press: Database) -> None:
    assert traced(press, "No comment.") == []
    (one,) = traced(press, "Nobody in Quillan has ever seen a heron build a nest.")
    assert (one.printings, one.rank[0]) == ((), 9)


def test_an_article_is_not_compared_with_itself(press: Database) -> None:
    ((sha256, url),) = rows(press, "SELECT sha256, url FROM articles WHERE url LIKE '%/b'")
    for same in ({"sha256": sha256}, {"url": url}):
        (one,) = trace(press, [said(f"“{WEIR}”", "Bo Lind")], **same)
        assert [printing.outlet for printing in one.printings] == ["Courier"]


def test_nothing_is_written(press: Database) -> None:
    before = content(press)
    traced(press, f"{WEIR} {FARMS} Nobody in Quillan has ever seen a heron build a nest.")
    assert content(press) == before


def test_the_first_of_many_are_told_and_the_others_counted(db: Database) -> None:
    forms = (WEIR, WEIR.replace("was", "has been"))
    texts = [f"“{forms[n % 2]}”" for n in range(MOST + 6)]
    write(db, *(article(f"a{n}", said(text), day=f"2025-03-{n + 1:02}") for n, text in enumerate(texts)))
    (one,) = traced(db, WEIR)
    assert len(one.printings) == MOST and one.more == 6
    assert one.printings[0].published == "2025-03-01"


@pytest.mark.parametrize(
    ("name", "kind", "printed", "printed_kind", "expected"),
    [
        ("Ana Cortés", "person", "ANA CORTES", "person", False),
        ("Cortés", "person", "Ana Cortés", "person", False),
        ("Ana Cortés", "person", "Bo Lind", "person", True),
        ("Ministry of Defence", "organization", "Defense Ministry", "organization", False),
        ("Harbour Union", "organization", "Bo Lind", "person", True),
        ("a ferryman", "unnamed", "Bo Lind", "person", None),
        ("Bo Lind", "person", None, None, None),
    ],
)
def test_another_speaker(
    name: str, kind: SpeakerKind, printed: str | None, printed_kind: str | None, expected: bool | None
) -> None:
    assert is_other(Speaker(name, kind), printed, printed_kind) is expected
    assert is_other(None, printed, printed_kind) is None


def test_a_quote_round_its_cue_is_placed_in_the_text(press: Database) -> None:
    story = "“The weir at Orrin,” he said, “was never inspected by anyone from the council.”"
    first, second = story.index("”") + 1, story.rindex("“")
    quote = Quote("direct", ((0, first), (second, len(story))), f"{story[:first]} {story[second:]}")
    (one,) = trace(press, [quote])
    assert (one.start, one.end) == (1, len(story) - 1)
    assert {printing.relation for printing in one.printings} == {"same"}
