"""What a description tells of who is meant: `his wife`, `the former minister`, `the Ugandan`, `the 39-year-old`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ....lexicon.source_nouns import FAMILY
from ...word_table import WordTable
from ..candidates import SMALL, Candidate, Phrase

NEW = frozenset({"a", "an", "another", "one"})
"""What begins a description of somebody who was not told of before."""
_OWNED = frozenset({"his", "her", "their", "its"})
_FORMER = frozenset(
    """former formerly ex late outgoing departing deposed ousted sacked retired retiring predecessor then previous
    onetime""".split()
)
_LATER = frozenset("new incoming successor current next designate elect".split())
_RANKS = frozenset("acting deputy vice assistant junior interim associate sub under second".split())
"""What makes another office of one: the deputy governor is not the governor."""
_QUALIFIERS = _FORMER | _LATER | _RANKS
_LEFT = frozenset(
    """former predecessor predecessors resigned resigns quit quits left leaves stepped stepping ousted sacked fired
    deposed dismissed retired retires outgoing departing succeeded replaced lost until ex then previously""".split()
)
"""Words near the name of who held an office before."""
_CAME = frozenset(
    """successor succeeds succeed succeeding replaces replacing replace incoming acting appointed elected took takes
    becomes became named interim takeover""".split()
)
"""Words near the name of who holds it since."""
_EARLIER = 20
"""Places of a noun that are looked at; the work stays linear in the length of an article."""
NATION, TRADE = 4, 5
"""Letters that words of one stem have in common: `Uganda` and `Ugandan`; `research` and `researchers`."""


@dataclass(frozen=True, slots=True)
class Description:
    """A source's mention, and what was told before it.

    told, told_as_new, told_near (bool): Whether its noun stands earlier in the article, behind `a` too, and in this or
        the last paragraph.
    owned (bool): It begins with `his` or `its`.
    words (frozenset[str]): Without small ones; `noun` is the one that heads it.
    nations (frozenset[str]): Stems of its words with capitals that are no names.
    trade (str): Stem of its noun.
    """

    told: bool = False
    told_as_new: bool = False
    told_near: bool = False
    owned: bool = False
    of_family: bool = False
    new: bool = False
    several: bool = False
    former: bool = False
    later: bool = False
    qualifiers: frozenset[str] = frozenset()
    noun: str = ""
    words: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    trade: str = ""
    ages: frozenset[str] = frozenset()

    @staticmethod
    def of(table: WordTable, mention: Phrase, head: int, places: Sequence[int]) -> Description:
        """Return what a mention tells.

        head (int): Its noun.
        places (Sequence[int]): Where that noun stands in the article, ascending.
        """
        first, last = mention
        words = table.lower[first:last]
        qualified = qualifiers(table, mention)
        earlier = bisect_left(places, first)
        before = places[max(0, earlier - _EARLIER) : earlier]
        capitals = [n for n in range(first + 1, last) if table.entity[n] < 0 and table.words(n, n + 1)[0].isupper()]
        ages = [word for word in words if word.isdigit()] if "old" in words else []
        return Description(
            told=bool(before),
            told_as_new=any(not NEW.isdisjoint(table.lower[max(0, place - 4) : place]) for place in before),
            told_near=bool(before) and bool(table.paragraph[first] - table.paragraph[before[-1]] <= 1),
            owned=words[0] in _OWNED,
            of_family=table.lower[head] in FAMILY,
            new=words[0] in NEW,
            several=table.tags[head] in ("NNS", "NNPS"),
            former=not _FORMER.isdisjoint(qualified),
            later=not _LATER.isdisjoint(qualified),
            qualifiers=qualified,
            noun=table.lower[head],
            words=frozenset(word for word in words if word[0].isalnum()) - SMALL,
            nations=frozenset(table.lower[n][:NATION] for n in capitals if len(table.lower[n]) >= NATION),
            trade=table.lower[head][:TRADE],
            ages=frozenset(ages),
        )


def qualifiers(table: WordTable, mention: Phrase) -> frozenset[str]:
    """Return the words of a mention that tell an office from others of one name: `former`, `deputy`."""
    if mention[1] - mention[0] == 1:
        return frozenset()
    return _QUALIFIERS.intersection(table.lower[n] for n in range(*mention) if table.entity[n] < 0)


def clues(of: Description, candidate: Candidate, *, own: bool) -> list[float]:
    """Return what a description tells of a candidate, `CLUES` numbers.

    own (bool): Whether the candidate is this description.
    """
    has_noun = of.noun in candidate.titles
    was, is_now = not _FORMER.isdisjoint(candidate.titles), not _LATER.isdisjoint(candidate.titles)
    fit = len(of.words & candidate.titles) / max(1, len(of.words))
    other_rank = has_noun and bool((of.words ^ candidate.titles) & _RANKS)
    left, came = not _LEFT.isdisjoint(candidate.near), not _CAME.isdisjoint(candidate.near)
    return [
        float(clue)
        for clue in (
            *(of.told, of.told_as_new, of.told_near, of.owned, of.of_family, of.new, of.several),
            *(own and of.told, own and of.told_as_new, own and of.told_near),
            candidate.has_relatives,
            of.noun in candidate.kin,
            *(of.former, of.former and was, of.former and left, of.former and came, has_noun and was and not of.former),
            *(of.later, of.later and is_now, of.later and came, of.later and left),
            *(has_noun, other_rank, fit, fit == 1),
            *(bool(of.nations), not of.nations.isdisjoint(candidate.nations)),
            *(of.trade in candidate.own_stems, of.trade in candidate.stems),
            *(bool(of.ages), not of.ages.isdisjoint(candidate.near)),
        )
    ]


CLUES = 31
