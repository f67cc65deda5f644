"""The same words in many outlets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ..records import Quote

FEWEST_WORDS = 5
"""Shorter quotes are the same by chance: "no comment", "a disgrace"."""


def wording_key(quote: Quote) -> str | None:
    """Return the normal form of a quote's words, equal for quotes that say the same; None if too short.

    Quotation marks, case, punctuation and spacing do not count. What is left out, inserted or
    reworded does: those stay wordings of their own.
    """
    if quote.kind == "indirect":
        return None
    words = re.findall(r"\w+(?:'\w+)*", _normal_form()(quote.text).casefold())
    return " ".join(words) if len(words) >= FEWEST_WORDS else None


@cache
def _normal_form() -> Callable[[str], str]:
    from textacy import preprocessing

    made: Callable[[str], str] = preprocessing.make_pipeline(
        preprocessing.normalize.unicode,
        preprocessing.normalize.quotation_marks,
        preprocessing.normalize.hyphenated_words,
        preprocessing.remove.accents,
    )
    return made
