"""How a candidate's words are those of a source: `the harbour chief` and `Harbour Board`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ....lexicon.noun_classes import NOUN_CLASSES
from ....lexicon.source_nouns import DOCUMENTS, PEOPLE, ROLES
from ...language.heads import Matrix
from ...word_table import WordTable
from ..candidates import POSSESSIVE, SMALL, Candidate, Phrase, initials
from ..mention_kinds import JOINED
from .scene import Scene, overlap


def likeness(scene: Scene, candidate: Candidate, last_word: Sequence[str]) -> list[float]:
    """By their words."""
    mention, words, table = scene.mention, scene.words, scene.table
    if mention is None:
        return [0.0] * LIKENESS
    head = scene.head
    inside = [phrase for phrase in candidate.mentions_near(mention) if overlap(phrase, mention)]
    heads = any(first <= head < last for first, last in inside) if head is not None else False
    joined = (
        head is not None
        and not heads
        and any(
            table.heads[word] == head and table.deps[word] in JOINED
            for first, last in inside
            for word in range(max(first, head + 1), last)
        )
    )
    own = candidate.words - SMALL
    head_word = table.lower[head] if head is not None else ""
    shared = len(words & own)
    return [
        float(candidate.kind == "description" and mention in candidate.mentions),
        float(heads),
        float(joined),
        float(bool(inside) and not heads and not joined),
        float(scene.phrase in candidate.forms),
        min(shared, 3) / 3,
        float(bool(words) and words <= own),
        float(bool(own) and own <= words),
        float(bool(last_word) and last_word[0] in words),
        float(head_word in own),
        float(head_word in candidate.near),
        len(words & candidate.near) / max(1, len(words)),
        float(len(scene.phrase) > 1 and scene.phrase.upper() == initials(candidate.name)),
        float(candidate.head is not None and table.lower[candidate.head] == head_word),
        min(len(words - own), 4) / 4,
        min(len(own - words), 4) / 4,
        shared / max(1, len(words | own)),
        len(words & (candidate.near | own)) / max(1, len(words)),
        float(len(own) > 1 and shared == 0 and len(words) > 0),
        *_by_head(head_word, apart=bool(inside) and not heads and not joined, own=mention in candidate.mentions),
        *_by_sort(head_word, words, candidate),
        *_beside(table, mention, candidate, inside),
    ]


def _by_sort(head: str, words: set[str], candidate: Candidate) -> list[float]:
    """By what it is called, and what sort of person or body that is."""
    sorts = NOUN_CLASSES.get(head, frozenset())
    return [
        float(head in candidate.roles),
        len(words & candidate.roles) / max(1, len(words)),
        float(bool(sorts & candidate.sorts)),
        float(bool(sorts and candidate.sorts) and not sorts & candidate.sorts),
        float(bool(sorts) and any(sorts & NOUN_CLASSES.get(word, frozenset()) for word in candidate.near)),
    ]


def _beside(table: WordTable, mention: Phrase, candidate: Candidate, inside: Sequence[Phrase]) -> list[float]:
    """By how its names stand in the mention or right beside it: `local archaeologist, Hocine Taoutaou`."""
    first, last = mention
    behind = bisect_left(candidate.starts, last)
    gap = candidate.starts[behind] - last if behind < len(candidate.starts) else 9
    before = bisect_left(candidate.starts, first) - 1
    since = first - candidate.mentions[before][1] if before >= 0 else 9
    possessive = any(end < last and table.lower[end] in POSSESSIVE for _, end in inside)
    after = any(begin > table.head_of(first, last) for begin, _ in inside)
    return [
        float(gap == 0),
        float(gap == 1 and table.lower[last] in (",", "(", "-", "–", "—")),
        float(since == 1 and table.lower[first - 1] in (",", "(", "-", "–", "—")),
        float(possessive),
        float(after),
        float(any(phrase in candidate.shared for phrase in inside)),
        float(bool(inside) and inside[0] == mention),
    ]


def _by_head(head: str, *, apart: bool, own: bool) -> list[float]:
    """By what heads the mention: a spokesman for somebody speaks for himself, somebody's letter for its writer.

    apart (bool): Whether the candidate is named in the mention, but not its head.
    own (bool): Whether the mention is one of the candidate's.
    """
    person, document = float(head in ROLES or head in PEOPLE), float(head in DOCUMENTS)
    return [person * apart, person * own, document * apart, document * own, person, document]


def meaning(alike: Matrix | None, candidate: Candidate) -> list[float]:
    """By how alike the vectors of the mention's head and of its name, and of the words near its name, are."""
    if alike is None:
        return [0.0, 0.0]
    return [float(alike[candidate.named].max()), float(alike[candidate.beside].max(initial=-1.0))]


LIKENESS = 37
