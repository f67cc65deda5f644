from __future__ import annotations

import pytest

from quotes.linking.wordings import wording_key
from quotes.records import Quote, QuoteKind


def key(text: str, kind: QuoteKind = "direct") -> str | None:
    return wording_key(Quote(kind, ((0, len(text)),), text))


SAYING = "“We won’t rebuild the pier, ever – it’s gone,”"


@pytest.mark.parametrize(
    "other",
    [
        "\"We won't rebuild the pier, ever - it's gone.\"",
        "‘We won’t rebuild the pier, ever — it’s gone’",
        "«WE WON’T rebuild the pier ever; it’s gone!»",
        "“We won’t rebuild the\r\npier,” “ever – it’s\u00a0gone,”",
        "“We won’t re-\nbuild the pier, ever – it’s gone,”",
        "“We won’t rebuild the pi\u0301er, ever – it’s gone,”",
    ],
)
def test_one_saying_many_prints(other: str) -> None:
    assert key(SAYING) is not None
    assert key(other) == key(SAYING)


@pytest.mark.parametrize(
    "other",
    [
        "“We will rebuild the pier, ever – it’s gone,”",
        "“We won’t rebuild the pier, ever,”",
        "“We won’t rebuild the pier, ever – its gone,”",
        "“We won’t rebuild the pier in 2025 ever – it’s gone,”",
    ],
)
def test_other_words_are_another_saying(other: str) -> None:
    assert key(other) != key(SAYING)


def test_numbers_count() -> None:
    assert key("“It will cost 1.5 million crowns”") != key("“It will cost 2.5 million crowns”")


@pytest.mark.parametrize("text", ["“No comment,”", "“It is a disgrace”", "“…”", "“”"])
def test_short_ones_are_the_same_by_chance(text: str) -> None:
    assert key(text) is None


def test_five_words_are_enough() -> None:
    assert key("“Who else has he called?”") == key("“who else has he called”") is not None


def test_indirect_speech_is_in_the_words_of_the_paper() -> None:
    words = "that the pier would not be rebuilt this year"
    assert key(words, "indirect") is None
    assert key(f"{words}, “ever”", "mixed") is not None
