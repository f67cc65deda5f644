from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.wordings.word_changes import MOST_WORK, Piece, word_changes

WORDS = st.lists(st.sampled_from("the The ferry “ferry ferry,” ran aground aground. off Off— 7 it's it’s".split()))
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=60))


def differences(fullest: str, variant: str) -> list[Piece]:
    return word_changes(fullest, [variant])[variant]


def told(fullest: str, variant: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in differences(fullest, variant)]


def bare(text: str) -> list[str]:
    return re.sub(r"[^\w\s]+", "", text).casefold().split()


@given(fullest=TEXTS, variant=TEXTS)
def test_variant_is_told_word_for_word(fullest: str, variant: str) -> None:
    pieces = differences(fullest, variant)
    printed = [word for piece in pieces if piece.change in ("same", "put in") for word in piece.text.split()]
    assert printed == variant.split()


@given(fullest=WORDS.map(" ".join), variant=WORDS.map(" ".join))
def test_fullest_can_be_had_back_but_for_marks_and_case(fullest: str, variant: str) -> None:
    pieces = differences(fullest, variant)
    before = [word for piece in pieces if piece.change != "put in" for word in bare(piece.text)]
    assert before == bare(fullest)


@given(fullest=TEXTS, variant=TEXTS)
def test_every_piece_has_words_and_no_two_alike_follow(fullest: str, variant: str) -> None:
    pieces = differences(fullest, variant)
    assert all(piece.text.strip() for piece in pieces) or not variant.strip()
    changes = [piece.change for piece in pieces]
    assert all(before != after for before, after in itertools.pairwise(changes))


@given(text=TEXTS.filter(str.strip))
def test_same_words_are_one_piece(text: str) -> None:
    assert told(text, text) == [("same", " ".join(text.split()))]


def test_words_left_out_put_in_and_cut() -> None:
    fullest = "“We warned the ferry twice before it ran aground,”"
    assert told(fullest, "warned the ferry before it finally ran") == [
        ("cut", "“We"),
        ("same", "warned the ferry"),
        ("left out", "twice"),
        ("same", "before it"),
        ("put in", "finally"),
        ("same", "ran"),
        ("cut", "aground,”"),
    ]


def test_word_put_in_the_place_of_another() -> None:
    assert told("the ferry was slow", "the boat was slow") == [
        ("same", "the"),
        ("left out", "ferry"),
        ("put in", "boat"),
        ("same", "was slow"),
    ]


@pytest.mark.parametrize(
    ("fullest", "variant"),
    [
        ("“We warned them,”", "we warned them"),
        ("It's late.", "it’s late"),
        ("ITS LATE", "its late"),
        ("We warned them — twice", "We warned them twice"),
        ("We warned them twice", "We warned them - twice"),
        ("No … never", "No never"),
        ("STRASSE", "straße"),
    ],
)
def test_marks_and_case_are_no_difference(fullest: str, variant: str) -> None:
    assert {piece.change for piece in differences(fullest, variant)} == {"same"}


@pytest.mark.parametrize(
    ("fullest", "variant"),
    [
        ("prices rose 1.5 per cent", "prices rose 15 per cent"),
        ("a cut of 2,5 points", "a cut of 25 points"),
        ("it fell to -3 degrees", "it fell to 3 degrees"),
        ("it won 3:1", "it won 31"),
    ],
)
def test_other_numbers_are_a_difference(fullest: str, variant: str) -> None:
    assert "put in" in {piece.change for piece in differences(fullest, variant)}


@pytest.mark.parametrize(("fullest", "variant"), [("", ""), ("  ", " "), ("", "words"), ("words", "")])
def test_without_words(fullest: str, variant: str) -> None:
    expected = {"": [], "words": [("put in", "words")]}[variant.strip()]
    assert told(fullest, variant) == (expected if not fullest.strip() else [("cut", "words")])


def test_what_comes_after_the_work_is_too_much_is_shown_whole() -> None:
    fullest = "we will " * 100
    variants = [*(fullest + str(n) for n in range(MOST_WORK // 200**2 + 2)), "will"]
    found = word_changes(fullest, variants)
    assert [piece.change for piece in found[variants[0]]] == ["same", "put in"]
    assert found[variants[-2]] == [Piece("same", variants[-2])]
    assert [piece.change for piece in found["will"]] == ["cut", "same", "cut"]  # little work is done all the same


def test_runs_of_marks_within_a_word_take_no_longer_than_others() -> None:
    marks = f"no {'a' + '.' * 300_000 + 'b'}"  # took hours when each mark was tried as the first of the last ones
    assert told(f"{marks} more", marks) == [("same", marks), ("cut", "more")]
