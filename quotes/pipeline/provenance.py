"""The chain of sources: who carried the words to this outlet, and whom the speaker leans on."""

from __future__ import annotations

import re

from ..reading.outlets import by_name
from ..records import Outlet, Span
from .candidates import without_article
from .mentions import OUTLETS, plausible_outlet
from .word_table import WordTable

_NAMED_SO = OUTLETS | frozenset({"agency", "news", "radio", "site", "portal"})
"""What stands before a name that is an outlet's: `state broadcaster RTA`."""
_TOLD = frozenset({"told", "tells", "telling", "informed"})
_NO_OUTLETS = frozenset(
    """court committee commission council parliament congress senate assembly police board inquiry panel jury tribunal
    ministry department government house union party group meeting conference""".split()
)
_PEOPLE = frozenset({"PERSON", "NORP", "DATE", "MONEY"})
_CITED = re.compile(r"\bciting\s+([^,.;()\n]{3,90}?)(?=\s+(?:that|who|which|as saying)\b|[,.;()\n]|$)")
_SAYS = re.compile(
    r"official|source|report|statement|people|person|document|data|figure|stud|survey|poll|expert|analyst|witness"
    r"|resident|ministry|agency|author|spokes|minister|police|media|researcher|diplomat|executive|aide|lawyer"
)


class Carriers:
    """The outlets and agencies that an article names.

    table (WordTable): The article.
    own (str | None): The outlet that printed it, which is never `via`.
    """

    def __init__(self, table: WordTable, own: str | None) -> None:
        self._table = table
        self._by_sentence: dict[int, list[tuple[int, int, str]]] = {}
        fullest: dict[Outlet, str] = {}
        known: dict[str, Outlet | None] = {}
        for first, last, label in table.entities:
            if label in _PEOPLE or table.marked[first]:
                continue
            name = without_article(table.words(first, last)).strip("'\"“”‘’ ")
            if not _is_outlet(table, first, name, label) or same_outlet(name, own):
                continue
            outlet = known[name] = by_name(name)
            if outlet:
                fullest[outlet] = max(fullest.get(outlet, ""), name, key=len)
            self._by_sentence.setdefault(int(table.sentence[first]), []).append((first, last, name))
        self._names = {name: fullest[outlet] if outlet else name for name, outlet in known.items()}

    def via(self, cue: Span, source: Span | None, spans: tuple[Span, ...], speaker: str | None) -> str | None:
        """Return who carried the words with this cue, source and content, if the sentence of the cue names them."""
        table = self._table
        word = min(table.covered(cue)[0], len(table) - 1)
        for first, last, name in self._by_sentence.get(int(table.sentence[word]), ()):
            place = table.span(first, last)
            if not any(span and place[0] < span[1] and span[0] < place[1] for span in (source, *spans)) and (
                speaker is None or not same_outlet(name, speaker)
            ):
                return self._names[name]
        return None


def _is_outlet(table: WordTable, first: int, name: str, label: str) -> bool:
    if by_name(name) or (plausible_outlet(name) and " " in name):
        return True
    before = table.lower[max(0, first - 3) : first]
    if _NAMED_SO & set(before[-2:]):
        return label in ("ORG", "MISC")
    told = bool(_TOLD & set(before[-2:])) and not _TOLD.isdisjoint(before)
    return told and label == "ORG" and _NO_OUTLETS.isdisjoint(name.lower().split())


def citing(table: WordTable, cue: Span) -> str | None:
    """Return whom the speaker names as their source in the sentence of the cue: `citing unnamed officials`.

    Only who or what can say something is a source, not a fact that is pointed to: `citing a trip`.
    """
    word = min(table.covered(cue)[0], len(table) - 1)
    inside = table.sentence == table.sentence[word]
    start, end = int(table.starts[inside][0]), int(table.ends[inside][-1])
    match = _CITED.search(table.text, start, end)
    if match is None or cue[0] <= match.start() < cue[1]:
        return None
    cited = match[1].strip(" \"“”‘’'")
    entity = any(table.entity[n] >= 0 for n in range(*table.covered(match.span(1))))
    return cited if _SAYS.search(cited.lower()) or (entity and "’s " not in cited and "'s " not in cited) else None


def same_outlet(name: str, own: str | None) -> bool:
    """Return whether two spellings name one outlet."""
    if own is None:
        return False
    mine, other = by_name(own), by_name(name)
    return (mine is not None and mine == other) or _plain(name) == _plain(own)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.casefold())
