"""What an article says somebody is: the role before a name, or in the apposition after it."""

from __future__ import annotations

import re

from ...lexicon.source_nouns import ROLES
from ...lexicon.titles import HONORIFICS
from ..word_table import WordTable
from .candidates import Candidate

LONGEST = 70
"""Characters. What is longer is half a sentence: of 100 such roles in newswire all were."""
_LEFT = frozenset(
    {"compound", "amod", "nmod", "nmod:desc", "nmod:poss", "det", "flat", "appos", "case", "punct", "nummod"}
)
_FARTHEST = 12
"""Words before a name."""
_TRIED = 5
"""Mentions of a name."""
_AFTER = re.compile(r",\s+(?:(?:an?|the)\s+)?([^,.;:()\"“”\n]{3,70})(?=[,.;])")
_CLAUSE = re.compile(r"^(?:who|which|that|where|when|and|but)\b|\b(?:is|was|were|are|has|had|said|told|who)\b")
_ARTICLE = re.compile(r"^(?:the|an?|his|her|their|its)\s+", re.IGNORECASE)


def role_of(table: WordTable, candidate: Candidate) -> str | None:
    """Return what the first mentions of a person say that they are: `NSC spokesperson`."""
    for first, last in candidate.mentions[:_TRIED]:
        role = _before(table, first, last) or _behind(table, int(table.ends[last - 1]))
        if role:
            return role
    return None


def _before(table: WordTable, first: int, last: int) -> str | None:
    """`Foreign minister` of `Foreign minister Karl Vogt`; titles alone (`Mr`) say nothing."""
    head = table.head_of(first, last)
    begin = first
    while begin and first - begin < _FARTHEST and table.sentence[begin - 1] == table.sentence[first]:
        word = begin - 1
        if table.deps[word] not in _LEFT or not word < table.heads[word] <= max(head, first):
            break
        begin = word
    words = list(range(begin, last))
    ends = next((n for n in reversed(words) if table.lower[n].rstrip(".") in ROLES and n < last - 1), None)
    if ends is None or (table.entity[ends] >= 0 and table.entity[ends] != table.entity[first]):
        return None
    while begin <= ends and table.lower[begin].rstrip(".") in HONORIFICS - ROLES:
        begin += 1
    return _clean(table.words(begin, ends + 1))


def _behind(table: WordTable, end: int) -> str | None:
    """`a spokesperson for the White House` of `Adrienne Watson, a spokesperson for the White House,`."""
    match = _AFTER.match(table.text, end)
    if match is None or _CLAUSE.search(match[1]):
        return None
    return _clean(match[1]) if table.lower[table.head_of(*table.covered(match.span(1)))] in ROLES else None


def _clean(role: str) -> str | None:
    role = _ARTICLE.sub("", " ".join(role.split())).strip(" ,-–—")
    return role if 1 < len(role) <= LONGEST and role[0].isalpha() else None
