"""The facets by which quotes are chosen and counted; a new one is a line in `FACETS`, with its column in `Columns`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...lexicon.officials import STANDINGS
from ...records import ACTS, QUOTE_KINDS
from ..page_context import whole_number
from .quote_columns import SHOWN_GENDERS, SOURCES

LARGEST = 2**31 - 1
"""That fits a column."""
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Facet:
    """What quotes are told apart by.

    name (str): Of the parameter, and of the column of `Columns` that has its numbers, or of its `ties`.
    title (str): For the reader.
    words (tuple[str, ...]): What its numbers stand for, where they stand for words; in the query string too.
    table (str): Where its numbers are named, if they are ids.
    table_filter (str): The parameter by which Datasette's table of quotes is filtered likewise; "" if it has none.
    """

    name: str
    title: str
    words: tuple[str, ...] = ()
    table: str = ""
    table_filter: str = ""

    def number(self, text: str) -> int | None:
        """Return the number that a parameter means, None if it means nothing. 0 stands for none."""
        if self.words:
            return self.words.index(text) if text in self.words else None
        if self.name == "month":
            found = MONTH.fullmatch(text)
            return (int(found[1] + found[2]) or None) if found else None
        value = whole_number(text)
        return value if value is not None and value <= LARGEST else None

    def text(self, number: int) -> str:
        """Return the parameter that means a number."""
        if self.words:
            return self.words[number]
        return f"{number // 100:04}-{number % 100:02}" if self.name == "month" else str(number)


FACETS = {
    facet.name: facet
    for facet in (
        Facet("speaker", "Speaker", table="speakers", table_filter="speaker_id"),
        Facet("outlet", "Outlet", table="outlets", table_filter="outlet_id"),
        Facet("source", "Source", words=SOURCES),
        Facet("gender", "Gender of the speaker", words=SHOWN_GENDERS),
        Facet("standing", "Official or not", words=STANDINGS),
        Facet("kind", "Kind of quote", words=QUOTE_KINDS, table_filter="kind"),
        Facet("act", "Act", words=ACTS, table_filter="act"),
        Facet("via", "Quoted via", table="outlets", table_filter="via_id"),
        Facet("subject", "Subject", table="subjects"),
        Facet("topic", "Topic", table="topics"),
        Facet("month", "Month", table_filter="published__startswith"),
    )
}
