"""Which quotes a reader has asked for: facets, days and words, in the query string of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlencode

from ...lexicon.full_text import fts_query
from .facets import FACETS

LONGEST = 500
"""Characters of a search; nobody types more."""
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "sure": "Most certain first",
    "unsure": "Least certain first",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes that a page is to show.

    q (str): Words to be found in them.
    chosen (tuple[tuple[str, int], ...]): Facets with the number that quotes must have, in the order of `FACETS`.
    since, until (str): Days as they were given, or "".
    """

    q: str = ""
    chosen: tuple[tuple[str, int], ...] = ()
    since: str = ""
    until: str = ""

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query string that asks for this, as pairs."""
        pairs = [("q", self.q), *((name, FACETS[name].text(number)) for name, number in self.chosen)]
        return [(name, text) for name, text in (*pairs, ("since", self.since), ("until", self.until)) if text]

    def query(self, *more: tuple[str, str]) -> str:
        """Return the query string, the question mark included, with further parameters at the end."""
        pairs = [*self.parameters, *(pair for pair in more if pair[1])]
        # A page has a hundred links: urlencode(), which looks at the names too, takes twice as long.
        return "?" + "&".join(f"{name}={quote_plus(text)}" for name, text in pairs) if pairs else ""

    def having(self, name: str, number: int) -> Selection:
        """Return this narrowed, or moved, to one value of a facet."""
        return replace(self, chosen=in_order({**dict(self.chosen), name: number}))

    def within(self, since: str, until: str) -> Selection:
        """Return this over other days."""
        return replace(self, since=since, until=until)

    def without(self, name: str) -> Selection:
        """Return this with one condition less."""
        return Selection(
            "" if name == "q" else self.q,
            tuple(pair for pair in self.chosen if pair[0] != name),
            "" if name == "since" else self.since,
            "" if name == "until" else self.until,
        )

    def table_query(self) -> str | None:
        """Return the query string for Datasette's own table of quotes; None where it has no such filter."""
        pairs = []
        for name, number in self.chosen:
            if name in ("subject", "topic", "gender", "standing") or (
                name == "source" and FACETS[name].text(number) != "unresolved"
            ):
                return None
            if not number and not FACETS[name].words:
                pairs.append((f"{FACETS[name].table_filter}__isnull", "1"))
            elif name == "source":
                pairs.append(("speaker_id__isnull", "1"))
            else:
                pairs.append((FACETS[name].table_filter, FACETS[name].text(number)))
        words = fts_query(self.q)
        if self.q and not words:
            return None
        # As it stands, or Datasette would read a phrase and a * otherwise than we do.
        pairs += [("_search", words), ("_searchmode", "raw" if words else "")]
        pairs += [("published__gte", self.since), ("published__lte", self.until)]
        return urlencode([pair for pair in pairs if pair[1]])


def in_order(chosen: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return facets with their numbers in the order of `FACETS`."""
    return tuple((name, chosen[name]) for name in FACETS if name in chosen)


def selection_of(get: Callable[[str], str | None], names: Iterable[str] = FACETS) -> tuple[Selection, list[str]]:
    """Return what a query string asks for, and its parameters that mean nothing.

    get (Callable[[str], str | None]): Returns the value of a parameter.
    names (Iterable[str]): Facets that the page has.
    """
    chosen: dict[str, int] = {}
    invalid = []
    for name in names:
        text = get(name)
        number = FACETS[name].number(text) if text else None
        if number is not None:
            chosen[name] = number
        elif text:
            invalid.append(name)
    days = {}
    for name in ("since", "until"):
        text = (get(name) or "").strip()
        days[name] = text if DAY.fullmatch(text) else ""
        invalid += [name] if text and not days[name] else []
    words = " ".join((get("q") or "").split())[:LONGEST].strip()
    return Selection(words, in_order(chosen), **days), invalid


def day_number(day: str) -> int:
    """Return a day as `Columns.day` has it."""
    return int(day.replace("-", ""))
