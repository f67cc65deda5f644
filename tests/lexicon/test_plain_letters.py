"""Names in plain letters: what all outlets' spellings have in common, and no more."""

from __future__ import annotations

import pytest

from quotes.lexicon.plain_letters import plain_name


@pytest.mark.parametrize(
    ("spellings", "plain"),
    [
        (("Ana Cortés", "ANA CORTÉS", "Ana Corte\u0301s", " Ana  Cortés ", "ana\u00a0cortes"), "ana cortes"),
        (("Han Seong-ho", "Han Seong Ho", "HAN SEONG‑HO", "Han Seong–ho"), "han seong ho"),
        (("Siobhán O'Neill", "Siobhan O’Neill", "Siobhan ONeill"), "siobhan oneill"),
        (("J. D. Marlow", "J.D. Marlow", "JD Marlow", "J D Marlow"), "jd marlow"),
        (("Ellen R. Marlow", "Ellen R Marlow"), "ellen r marlow"),
        (("L.Oyun-Tamir", "L. Oyun-Tamir"), "l oyun tamir"),
        (("Adam Quist Jr.", "Adam Quist, Jr"), "adam quist jr"),
        (("Weiß", "WEISS"), "weiss"),
        (("The River Authority", "the river authority", "River Authority"), "river authority"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...], plain: str) -> None:
    assert {plain_name(spelling) for spelling in spellings} == {plain}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Søren Brandt", "Soren Brandt"), ("Łukasz Keld", "Lukasz Keld"), ("Đức Tarrow", "Duc Tarrow"),
     ("Yıldız Moss", "Yildiz Moss"), ("Əli Tarrow", "Ali Tarrow"), ("Məryəm Keld", "Maryam Keld"),
     ("Þóra Guðrún Moss", "Thora Gudrun Moss"), ("ĦAMRUN ROWERS", "Hamrun Rowers"), ("Ŋaba Keld", "Ngaba Keld"),
     ("Ærø Brandt", "Aero Brandt"), ("Œuvre Keld", "Oeuvre Keld"), ("GROẞ", "Gross"), ("Ɓala Ƙeld", "Bala Keld"),
     ("Ǽthel Moss", "Aethel Moss"), ("Kaʻiu Moss", "Kaiu Moss"), ("ﬁnn Keld", "Finn Keld"),
     ("Geof\xadfrey Keld", "Geoffrey Keld")],
)  # fmt: skip
def test_letters_that_unicode_does_not_take_apart(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(("name", "plain"), [("The", "the"), ("The The", "the"), ("A", "a"), ("", ""), ("!", "")])
def test_little_is_left_of_little(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana Cortés", "Anna Cortés"), ("Ana Cortés", "Ana María Cortés"), ("Theo Brandt", "O. Brandt"),
     ("Adam I. Quist", "Adam Quist"), ("王偉", "王伟")],
)  # fmt: skip
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert plain_name(one) != plain_name(other)


def test_plain_letters_stay_as_they_are() -> None:
    for name in ("J. D. Marlow", "Siobhán O’Neill", "The The", "Han Seong-ho"):
        assert plain_name(plain_name(name)) == plain_name(name)
