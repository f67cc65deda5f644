"""Sources that are several who speak together: `Ada Moss and Bo Lind`, `Moss and her lawyers`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..word_table import WordTable
from .candidates import TITLES, Candidate, Phrase, without_article

_JOINS = frozenset({",", "and", "both", "."})
_OTHER_JOINS = frozenset({"or", "nor", "neither", "but", "well", "not"})
_PRONOUNS = frozenset({"PRP", "WP", "WDT"})
_APPOSED = frozenset({"appos", "flat"})
_LONGEST_DESCRIPTION = 10
"""Words of one of several who speak together."""


def joint_name(table: WordTable, phrase: Phrase, named_at: Mapping[Phrase, Candidate]) -> str | None:
    """Return what several are called that speak together: `Ada Moss and Bo Lind`, `Ada Moss and her lawyers`."""
    inside = [
        (first, last)
        for first, last, _ in table.entities[slice(*(bisect_left(table.entities, (place,)) for place in phrase))]
        if last <= phrase[1] and (first, last) in named_at
    ]
    if not inside:
        return None
    people = [place for place in inside if named_at[place].kind == "person"]
    one_kind = inside if len({named_at[place].kind for place in inside}) == 1 else []
    names = _of_conjuncts(table, phrase, {place: named_at[place] for place in inside}) or [
        named_at[place].name for found in (people, one_kind) if _listed(table, phrase, found) for place in found
    ]
    names = list(dict.fromkeys(names))
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else None


def _of_conjuncts(table: WordTable, phrase: Phrase, named: Mapping[Phrase, Candidate]) -> list[str]:
    """Return what those are called whom the tree of a phrase joins, by name or as they are described.

    named (Mapping[Phrase, Candidate]): Who is named in it; if none of those that are joined is, none is returned.
    """
    joined = _joined(table, phrase)
    heads = {table.head_of(*place): one.name for place, one in named.items()}
    called = {table.heads[head]: name for head, name in heads.items() if table.deps[head] in _APPOSED} | heads
    one_name = any(first <= joined[0] and joined[-1] < last for first, last in named)  # `Ministry of Health and Sport`
    if len(joined) < 2 or one_name or called.keys().isdisjoint(joined):
        return []
    parts = _parts(table, phrase, joined)
    if parts is None:
        return []
    found = []
    joined_names = {called[head] for head in joined if head in called}
    for head, (first, last) in zip(joined, parts, strict=True):
        name = called.get(head)
        people = [one.name for place, one in sorted(named.items()) if first <= place[0] < last and one.kind == "person"]
        unknown = table.tags[head] in _PRONOUNS or last - first > _LONGEST_DESCRIPTION or joined_names & {*people}
        if unknown if name is None else people and people[0] != name:  # `Moss, Lind` in one part
            return []
        found.append(name or without_article(table.words(first, last)))
    return found


def _joined(table: WordTable, phrase: Phrase) -> list[int]:
    """Return the word that heads a phrase, with those that its tree joins to it."""
    found = [table.head_of(*phrase)]
    for n in range(found[0] + 1, phrase[1]):
        if table.deps[n] == "conj" and table.heads[n] in found:
            found.append(n)
    return found


def _parts(table: WordTable, phrase: Phrase, joined: Sequence[int]) -> list[Phrase] | None:
    """Return the parts of a phrase that several words head, without the commas and the `and` between them.

    Returns None if something else joins them: `Moss or Lind`, `Moss as well as Lind`.
    """
    if not _OTHER_JOINS.isdisjoint(table.lower[phrase[0] : joined[-1]]):
        return None
    found = []
    start = phrase[0]
    for head, other in pairwise(joined):
        between = [
            n
            for n in range(head + 1, other)
            if table.lower[n] in ("and", "&") or (table.lower[n] == "," and table.heads[n] == other)
        ]
        if not between:
            return None
        found.append((start, between[0]))
        start = between[-1] + 1
    return [*found, (start, phrase[1])]


def _listed(table: WordTable, phrase: Phrase, named: Sequence[Phrase]) -> bool:
    """Return whether a phrase is nothing but names, two or more, with titles: not `Moss spokesman Bo Lind`."""
    if len(named) < 2:
        return False
    between = [set(table.lower[one[1] : other[0]]) for one, other in pairwise(named)]
    before, behind = set(table.lower[phrase[0] : named[0][0]]), phrase[1] - named[-1][1]
    joined = all(words & _JOINS for words in between)
    return joined and not any(words - _JOINS - TITLES for words in (*between, before)) and not behind
