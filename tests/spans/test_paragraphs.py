"""Paragraphs are found whatever way a file breaks its lines, and no character of the story falls between them."""

from itertools import pairwise

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.spans.paragraphs import lines, paragraphs

BREAKS = ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\x0c", "\x85", "\xa0", "\ufeff", " ", "\t"]
WORDS = [
    "“We knew,”",
    "she said.",
    "Ferrant",
    "and",
    "The crew of the Sula Maid were taken off by lifeboat before dawn",
]
texts = st.lists(st.sampled_from(BREAKS + WORDS) | st.text(max_size=6), max_size=30).map("".join)

WRAPPED = """\
The car ferry ran onto the Kittle rocks outside Port Ellery on Monday
night, and all 212 people aboard were taken off by lifeboat. Commander
Nadia Ferrant said nobody in the port had answered.

“We had nine minutes,” she said."""


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@given(texts)
def test_spans_are_in_order_without_white_space_round_them_and_hold_every_sign(text: str) -> None:
    for spans in (paragraphs(text), lines(text)):
        assert all(start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(text[start:end] == text[start:end].strip() for start, end in spans)
        outside = list(text)
        for start, end in spans:
            outside[start:end] = " " * (end - start)
        assert not "".join(outside).replace("\ufeff", "").strip()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_part_paragraphs_on_every_system(end: str) -> None:
    text = f"“We knew,” said Ferrant.{end}{end} \t{end}The tide was out.{end}"
    assert found(text) == ["“We knew,” said Ferrant.", "The tide was out."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_wrapped_paragraph_is_one(end: str) -> None:
    text = WRAPPED.replace("\n", end)
    first, second = found(text)
    assert first.startswith("The car ferry") and first.endswith("had answered.")
    assert second == "“We had nine minutes,” she said."


def test_one_paragraph_a_line_without_blank_lines() -> None:
    story = [
        "The car ferry ran onto the Kittle rocks outside Port Ellery on Monday night, and all 212 people aboard were"
        " taken off by lifeboat before dawn.",
        "“We had nine minutes,” said Commander Nadia Ferrant of the coastguard, “and nobody in the port answered us.”",
        "Skerry Line denied it.",
    ]
    assert found("\n".join(story)) == story


def test_a_title_and_a_byline_stand_alone() -> None:
    assert found("Ferry aground\nBy Lena Marsh\nMarch 4, 2025") == ["Ferry aground", "By Lena Marsh", "March 4, 2025"]


def test_a_line_broken_in_the_middle_of_a_sentence_goes_on() -> None:
    assert found("Ferrant said\nnobody had answered.") == ["Ferrant said\nnobody had answered."]


def test_a_blank_line_parts_even_the_middle_of_a_sentence() -> None:
    assert len(found("Ferrant said\n\nnobody had answered.")) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert lines("\ufeffFerry aground\r\n") == [(1, 14)]
    assert lines("\ufeff\r\n \ufeff ") == []


def test_no_break_spaces_at_the_ends_are_left_out() -> None:
    assert found("\xa0“We knew,”\xa0she said.\xa0\n") == ["“We knew,”\xa0she said."]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t\xa0\u2028"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    assert paragraphs(text) == lines(text) == []


@pytest.mark.parametrize("part", ["a ", " ", ".”", "(", "\n", "a\n", "“"])
def test_long_lines_take_linear_time(part: str) -> None:
    assert growth(paragraphs, part, 50_000) < MOST
