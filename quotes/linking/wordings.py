"""The same words in many outlets."""

from __future__ import annotations

import re

from ..records import Quote

FEWEST_WORDS = 5
"""Shorter quotes are the same by chance: "no comment", "a disgrace"."""


def wording_key(quote: Quote) -> str | None:
    """Return the normal form of a quote's words, equal for quotes that say the same; None if too short.

    Quotation marks, case, punctuation and spacing do not count. What is left out, inserted or
    reworded does: those stay wordings of their own.
    """
    from textacy import preprocessing

    if quote.kind == "indirect":
        return None
    normal = preprocessing.make_pipeline(
        preprocessing.normalize.unicode,
        preprocessing.normalize.quotation_marks,
        preprocessing.normalize.hyphenated_words,
        preprocessing.remove.accents,
    )(quote.text)
    words = re.findall(r"\w+(?:'\w+)*", normal.casefold())
    return " ".join(words) if len(words) >= FEWEST_WORDS else None
