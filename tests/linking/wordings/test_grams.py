"""No two quotes that are worth comparing are missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.wordings.grams import grams, number
from quotes.linking.wordings.normal_form import normal_form

SAME = [
    json.loads(line)
    for line in Path(__file__).with_name("same_wordings.jsonl").read_text(encoding="utf-8").splitlines()
]
FORM = "the Weir at Orrin … was never inspected by any of the ministers"
WORDS = st.lists(st.sampled_from("weir orrin the a of was never inspected by keld".split()), max_size=12)


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: pair["why"])
def test_quotes_of_one_wording_meet(pair: dict[str, str]) -> None:
    one, other = (normal_form(pair[side]) for side in ("one", "other"))
    assert one is not None and other is not None
    assert grams(one) & grams(other)


@given(st.lists(st.text("abc", min_size=1, max_size=2), min_size=5, max_size=5), WORDS, WORDS, WORDS, WORDS)
def test_quotes_with_five_words_in_common_meet(
    common: list[str], before: list[str], after: list[str], other_before: list[str], other_after: list[str]
) -> None:
    one, other = [*before, *common, *after], [*other_before, *common, *other_after]
    assert grams(" ".join(one)) & grams(" ".join(other))


def test_quotes_with_three_words_in_common_do_not() -> None:
    assert not grams(FORM) & grams("a farm below the weir at Keld's mill was never at risk")


def test_case_and_gaps_do_not_count() -> None:
    assert grams(FORM) == grams(FORM.lower().replace(" …", ""))


def test_there_are_fewer_of_them_than_words() -> None:
    words = [f"{letter}{other}" for letter in "abcdefghijklmnopqrst" for other in "abcdefghijklmnopqrst"]
    assert 0.6 < len(grams(" ".join(words))) / len(words) < 0.74


@pytest.mark.parametrize("form", ["weir", "the weir", "the weir at Orrin"])
def test_a_form_of_few_words_has_one(form: str) -> None:
    assert len(grams(form)) == 1


def test_numbers_fit_the_database_and_stay_what_they_are_in_it() -> None:
    numbers = grams(" ".join(f"w{n}" for n in range(500)))
    assert all(-(2**63) <= one < 2**63 for one in numbers) and min(numbers) < 0 < max(numbers)
    assert number(["we", "will", "not", "leave"]) == 2806220272237307521
