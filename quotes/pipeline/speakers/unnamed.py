"""Whom a story tells of without a name, so that pronouns may mean them: people, and documents that say something."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...lexicon.source_nouns import DOCUMENTS, KIN, PEOPLE, ROLES, TRADES
from ..word_table import WordTable
from .candidates import POSSESSIVE, Phrase
from .name_clusters import CALLED_AFTER, NAMING

_STANDS_ALONE = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "iobj", "conj"})
_LONGEST = 8
"""Words of a description before its noun, and behind it."""
_DETERMINERS = frozenset("a an the his her its their my our another one".split())
_BEHIND = frozenset({"of", "for", "in", "with", "from", "at"})
"""What joins to a noun that which belongs to its description."""


def unnamed(table: WordTable) -> Iterator[Phrase]:
    """Yield those whom the story tells of without a name: `a woman`, `the driver of the van`, `the report`, `doctors`.

    People, one or several, and documents that something is said of.
    """
    for noun, lower in enumerate(table.lower):
        if table.entity[noun] >= 0 or table.marked[noun] or table.deps[noun] not in _STANDS_ALONE:
            continue
        if "-" in table.lower[noun + 1 : noun + 2]:
            continue  # `his mother-in-law` is not his mother
        several = lower in PEOPLE
        if table.tags[noun] == "NN":
            known = lower in ROLES or lower in KIN or lower in TRADES or _has_who(table, noun)
            if not (known or (table.is_subject(noun) and (several or lower in DOCUMENTS))):
                continue
        elif not (several and table.tags[noun] == "NNS" and table.is_subject(noun)):
            continue
        first = _begin(table, noun)
        determined = table.lower[first] in _DETERMINERS or any(_is_possessive(table, n) for n in range(first, noun))
        if not determined and table.tags[noun] == "NN":
            continue
        behind = np.flatnonzero(table.heads[noun + 1 : noun + CALLED_AFTER] == noun) + noun + 1
        if any(table.deps[n] in NAMING and table.tags[n].startswith("NNP") for n in behind.tolist()):
            continue  # it has a name
        yield first, _end(table, noun)


def _is_possessive(table: WordTable, word: int) -> bool:
    """Whether a word is the ending of an owner: `’` in `inspectors’ report`, which may be a mark too."""
    lower = table.lower[word]
    return lower in POSSESSIVE and (lower.endswith("s") or table.tags[word] == "POS")


def _has_who(table: WordTable, noun: int) -> bool:
    """Whether a noun is a person by what is said of it: `a driller who`."""
    near = range(noun + 1, min(noun + _LONGEST, len(table)))
    who = next((n for n in near if table.lower[n] == "who"), None)
    return who is not None and table.heads[table.heads[who]] == noun


def _end(table: WordTable, noun: int) -> int:
    """Return where a description ends that a noun heads: behind `van` of `the driver of the van`."""
    last = noun + 1
    if last >= len(table) or table.lower[last] not in _BEHIND or table.heads[table.heads[last]] != noun:
        return last
    until = min(len(table), noun + _LONGEST + 1, int(table.heads[last]) + 1)
    while last < until and table.lower[last][0].isalnum():
        last += 1
    return last if last == int(table.heads[noun + 1]) + 1 else noun + 1


def _begin(table: WordTable, noun: int) -> int:
    """Return where a description begins that a noun heads: `the` of `the driver`, `Vane` of `Vane's mother`."""
    first = noun
    while first and noun - first < _LONGEST and table.sentence[first - 1] == table.sentence[noun]:
        before = first - 1
        owner = before - 1 if before and _is_possessive(table, before) else before
        if not owner < table.heads[owner] <= noun:
            break
        first = owner
    return first
