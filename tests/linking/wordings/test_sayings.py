"""What of a quote other outlets may print by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database
from told import article, loose_ends, rows, said, write

from quotes.linking.wordings.normal_form import GAP
from quotes.linking.wordings.sayings import sayings
from quotes.records import Quote, QuoteKind

WEIR = "The weir at Orrin was never inspected."
FARMS = "Every farm below it will drown."
BOATS = "Nobody warned the ferrymen of Quillan"


def texts(text: str, kind: QuoteKind = "direct") -> list[str]:
    return [saying.text for saying in sayings(Quote(kind, ((0, len(text)),), text))]


def forms(text: str, kind: QuoteKind = "direct") -> list[str | None]:
    return [saying.form for saying in sayings(Quote(kind, ((0, len(text)),), text))]


def test_each_sentence_is_a_saying() -> None:
    assert texts(f"“{WEIR} {FARMS} {BOATS},”") == [WEIR, FARMS, BOATS]
    assert texts(f"“{WEIR}\n\n“{FARMS}”") == [WEIR, FARMS], "over paragraphs"
    assert texts(f"“He told me, ‘{WEIR}’ {FARMS}”") == [f"He told me, ‘{WEIR}", FARMS]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Duvall met Dr. J. Keld of Orrin Inc. in Quillan on Jan. 5 at No. 10",
        "The U.S. Senate and the weir of Orrin have 5.5 metres between them",
        "Did they ask me to inspect the weir? they did not, not in Orrin",
        "We were walking, well... Walking... to the weir",
        "The weir was built in Orrin by Duvall, who said vs. nothing at all",
    ],
)
def test_a_full_stop_within_a_sentence_ends_none(text: str) -> None:
    assert len(texts(text)) == 1


@pytest.mark.parametrize("end", ["the U.S. We", "Keld and I. We", "is No. We", "in 1990. We", "the weir?! We"])
def test_what_looks_like_one_may_end_a_sentence(end: str) -> None:
    assert len(texts(f"The farmers of Orrin have drained {end} will never inspect the weir of Quillan")) == 2


def test_a_short_sentence_has_no_form_and_joins_no_other() -> None:
    assert forms(f"“{WEIR} Why not? {FARMS}”")[1] is None
    assert texts(f"“{WEIR} Why not? No comment. {FARMS}”") == [WEIR, "Why not? No comment.", FARMS]


def test_short_sentences_in_a_row_are_a_saying() -> None:
    found = sayings(Quote("direct", ((0, 57),), "“He was a farmer. He was my brother. He drowned in Orrin.”"))
    assert [saying.form for saying in found] == ["he was a farmer he was my brother he drowned in Orrin"]


def test_an_ellipsis_parts_what_can_be_told_on_either_side() -> None:
    for gap in ("...", "…", ". . .", "[...]", "[…]", "....", ". …"):
        assert forms(f"“the weir at Orrin was never inspected {gap} every farm below it will drown,”") == [
            "the weir at Orrin was never inspected",
            "every farm below it will drown",
        ]
    assert forms("“the weir … was never inspected by anyone from Orrin,”") == [
        f"the weir {GAP} was never inspected by anyone from Orrin"
    ]
    assert forms("“the weir at Orrin [which Duvall built] was never inspected, and every farm below it drowned”") == [
        f"the weir at Orrin {GAP} was never inspected and every farm below it drowned"
    ]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("“The weir at Orrin,”", "“was never inspected.”"), ["The weir at Orrin, was never inspected."]),
        ((f"“{WEIR}”", f"“{FARMS}”"), [WEIR, FARMS]),
        ((f"“{WEIR[:-1]},”", f"“{FARMS}”"), [WEIR[:-1], FARMS]),
        (("“I think,”", "“Duvall will never inspect the weir.”"), ["I think, Duvall will never inspect the weir."]),
        ((f"“{WEIR[:-1]},”", "“Duvall never sent anyone to look.”"), [WEIR[:-1], "Duvall never sent anyone to look."]),
        ((f"“{WEIR[:-1]},”", "“We asked Duvall to look.”"), [WEIR[:-1], "We asked Duvall to look."]),
    ],
)
def test_a_cue_may_stand_between_two_sentences_or_in_one(pieces: tuple[str, str], expected: list[str]) -> None:
    story = f"{pieces[0]} she told the court. {pieces[1]}"
    spans = ((0, len(pieces[0])), (len(story) - len(pieces[1]), len(story)))
    found = sayings(Quote("direct", spans, " ".join(pieces)))
    assert [saying.text for saying in found] == expected
    for saying in found:
        assert story[saying.start :].startswith(saying.text[:5])
        assert story[: saying.end].endswith(saying.text[-10:])


def test_reported_words_are_none() -> None:
    assert sayings(Quote("indirect", ((0, 60),), "that the weir at Orrin was never inspected by anyone")) == []


@pytest.mark.parametrize(
    "text",
    [
        "the minister called it “a licence to drown every farm below Orrin”",
        "the minister called it ‘a licence to drown every farm below Orrin’, he added",
        'the minister’s office called it "a licence to drown every farm below Orrin" and didn\'t apologise',
        "the minister called it «a licence to drown every farm below Orrin»",
        pytest.param("in the '90s it was “a licence to drown every farm below Orrin”"),
    ],
)
def test_of_a_mixed_quote_only_the_quoted_words_count(text: str) -> None:
    assert texts(text, "mixed") == ["a licence to drown every farm below Orrin"]


def test_quoted_pieces_of_a_mixed_quote_are_parted_as_by_an_ellipsis() -> None:
    text = "the weir was “a licence to drown” people and “a monument to Duvall”, she said"
    assert forms(text, "mixed") == [f"a license to drown {GAP} a monument to Duvall"]
    text = "the weir was “a licence to drown people in Orrin” and “a monument to the vanity of Duvall”, she said"
    assert len(forms(text, "mixed")) == 2


def test_a_mixed_quote_of_two_paragraphs_keeps_both() -> None:
    found = texts("the minister said “the weir at Orrin is lost. “The farms below it will drown”", "mixed")
    assert found == ["the weir at Orrin is lost.", "The farms below it will drown"]


@given(st.text(alphabet="Aab. '’“”\"[]()….!?-%1,é\n", max_size=80), st.sampled_from(["direct", "mixed"]))
def test_whatever_the_text_is_sayings_are_parts_of_it_in_order(text: str, kind: QuoteKind) -> None:
    text = f"“{text} the weir at Orrin was never inspected {text}”"
    found = sayings(Quote(kind, ((7, 7 + len(text)),), text))
    assert found
    at = 7
    for saying in found:
        assert at <= saying.start < saying.end <= 7 + len(text) and saying.text
        at = saying.end


# -- in the database


def test_outlets_that_print_a_sentence_each_do_not_hang_together_by_one_that_prints_both(db: Database) -> None:
    write(
        db,
        article("a", said(f"“{WEIR} {FARMS}”"), outlet="Courier"),
        article("b", said(f"“{WEIR}”"), outlet="Lantern"),
        article("c", said(f"“{FARMS}”", "Bo Lind"), outlet="Post"),
        article("d", said(f"“{FARMS[:-1]},”"), outlet="Lantern"),
    )
    assert rows(db, "SELECT text, quotes, outlets, speakers FROM wordings ORDER BY id") == [
        (WEIR, 2, 2, 1),
        (FARMS[:-1], 3, 3, 2),
    ]
    assert rows(db, 'SELECT quote_id, n, start, "end" FROM sayings WHERE quote_id = 1') == [
        (1, 0, 1, 1 + len(WEIR)),
        (1, 1, 2 + len(WEIR), 2 + len(WEIR) + len(FARMS)),
    ]
    assert loose_ends(db) == {}


def test_a_quote_with_two_parts_of_one_sentence_is_counted_once(db: Database) -> None:
    whole = "The weir at Orrin was never inspected, though we wrote to Duvall, and every farm below it will drown"
    cut = "the weir at Orrin was never inspected … and every farm below it will drown"
    write(db, article("a", said(f"“{whole},”"), outlet="Courier"), article("b", said(f"“{cut},”"), outlet="Post"))
    assert rows(db, "SELECT text, quotes, outlets FROM wordings") == [(whole, 2, 2)]
    assert rows(db, "SELECT quote_id, n FROM sayings WHERE wording_id = 1") == [(1, 0), (2, 0), (2, 1)]
    write(db, article("a"), article("b"))
    assert rows(db, "SELECT * FROM sayings") == rows(db, "SELECT * FROM wordings") == []
