"""What quotes are compared by: their words, however an outlet writes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.wordings.normal_form import GAP, normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“The weir at Orrin was never inspected,”", "«the weir, at Orrin, was never inspected!»"),
        ("The weir isn’t safe and they've known it", "The weir is not safe and they have known it"),
        ("We can’t, won't and shouldn’t sell the weir", "We cannot, will not and should not sell the weir"),
        ("It’s a farce, let’s sell, I’m off to Orrin", "It is a farce, let us sell, I am off to Orrin"),
        ("They’re gonna lose; you’ll lose the weir", "They are going to lose; you will lose the weir"),
        ("The harbour programme honours its neighbours", "The harbor program honors its neighbors"),
        ("They apologised, analysed and cancelled it", "They apologized, analyzed and canceled it"),
        ("The grey theatre by the kerb, whilst ageing", "The gray theater by the curb, while aging"),
        ("Seven weirs lost, twelve farms and nine barns", "7 weirs lost, 12 farms and 9 barns"),
        ("The weir cost 1,250,000 crowns, or 18%, last year", "The weir cost 1250000 crowns or 18 per cent last year"),
        ("The U.S. and the U.N. built the weir", "The US and the United Nations built the weir"),
        ("The café of René Duvall burnt down in Zülz", "The cafe of Rene Duvall burned down in Zulz"),
        ("Cafe\u0301 Zu\u0308lz belongs to Duvall, always", "Café Zülz belongs to Duvall, always"),
        ("A co-ordinated, short-sighted, anti-weir plot", "A coordinated short sighted antiweir plot"),
        ("THE WEIR AT ORRIN WAS NEVER INSPECTED", "the weir at orrin was never inspected"),
        ("[T]he weir at Orrin was never inspect[ed]", "The weir at Orrin was never inspected"),
        ("The weir \u00a0 at\nOrrin was never inspected", "The weir at Orrin was never inspected"),
        ("The weir opens at 9 a.m. on Sunday in Orrin", "The weir opens at 9 am on Sunday in Orrin"),
    ],
)
def test_spellings_of_one_saying(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The weir at Orrin can be saved, trust me", "The weir at Orrin can’t be saved, trust me"),
        ("The weir at Orrin lost 4.5 metres of wall", "The weir at Orrin lost 45 metres of wall"),
        ("The weir at Orrin opened at 10:30, not later", "The weir at Orrin opened at 10:50, not later"),
        ("The weir at Orrin was built by us, not Duvall", "The weir at Orrin was built by US, not Duvall"),
    ],
)
def test_what_matters_is_not_lost(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_names_keep_a_capital_and_nothing_else_does() -> None:
    found = normal_form("“We told Mr Quist: the Orrin weir will break. Then it Broke, didn’t it, and I said so.”")
    assert found is not None
    assert {word for word in found.split() if word[0].isupper()} >= {"Quist", "Orrin"}
    assert not {"We", "Then", "I", "The"}.intersection(found.split())


@pytest.mark.parametrize("gap", ["...", "…", ". . .", "[...]", "[…]", "[of stone]", "(laughs)", "… [sic] ..."])
def test_what_is_left_out_or_put_in_is_one_gap(gap: str) -> None:
    assert normal_form(f"The weir at Orrin {gap} was never inspected") == f"the weir at Orrin {GAP} was never inspected"


@pytest.mark.parametrize("text", ["… the weir at Orrin was never inspected", "the weir at Orrin was never inspected …"])
def test_there_is_no_gap_at_the_ends(text: str) -> None:
    assert normal_form(text) == "the weir at Orrin was never inspected"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "A disgrace",
        "No comment at all.",
        "We will see what we can do",
        "Our thoughts and prayers are with them and with their families.",
        "We do not comment on pending litigation.",
        "I would like to thank everyone who came.",
        pytest.param("Our thoughts and prayers are with the families of the victims."),
    ],
)
def test_what_anybody_says_can_not_be_told_by_its_words(text: str) -> None:
    assert normal_form(text) is None


def test_a_stock_phrase_does_not_hide_what_stands_beside_it() -> None:
    assert normal_form("At the end of the day the weir at Orrin was never inspected") is not None


@given(st.text(alphabet="Aab '’“”\"[]().…-%1,é\n", max_size=80))
def test_whatever_the_text_is_a_form_is_words_with_one_space_between_them(text: str) -> None:
    words = (normal_form(f"{text} the weir at Orrin was never inspected {text}") or "weir").split(" ")
    assert all(words) and GAP not in (words[0], words[-1]) and (GAP, GAP) not in pairwise(words)


def test_words_that_a_line_has_broken_are_the_same_words():
    whole = "“We knew of the closure and discussed it with the self-employed pilots of the harbour,”"
    broken = (
        "“We knew of the clo\u00adsure and dis-\ncussed it with the self-\nemployed pilots of the har\u00ad\nbour,”"
    )
    assert normal_form(whole) == normal_form(broken) is not None
