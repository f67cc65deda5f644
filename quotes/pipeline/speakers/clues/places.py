"""Where an article tells of a candidate: how near to a source, in the story or in what is said."""

from __future__ import annotations

from bisect import bisect_left
from math import exp, log1p

from ..candidates import Candidate
from .scene import Scene, last_apart

_FAR = 30
"""Sentences or paragraphs, for what was not mentioned yet."""
_TOLD, _HEADS = 12, 4
"""Places, and subjects among them, that are looked at."""
_SENTENCES = 3
"""How far back mentions are counted."""
_OPENS = 6
"""Words from the beginning of a paragraph to its first subject."""
_LATE = 600
"""Words."""


def nearness(scene: Scene, candidate: Candidate, rank: int) -> list[float]:
    """By where it was mentioned."""
    table, place = scene.table, scene.place
    sentence, paragraph = table.sentence[place], table.paragraph[place]
    last = last_apart(candidate, place, scene.mention)
    told = last
    while told >= 0 and table.marked[candidate.told[told][0]]:
        told -= 1
    sentences_told = float(sentence - table.sentence[candidate.told[told][0]]) if told >= 0 else _FAR
    next_one = 0.0
    if last >= 0:
        first, end = candidate.told[last]
        sentences, paragraphs = float(sentence - table.sentence[first]), float(paragraph - table.paragraph[first])
        words = float(max(0, place - end))
        head = table.head_of(first, end)
        subject = float(table.is_subject(head))
        quoted = float(table.marked[first] > 0)
        object_ = float(table.deps[head] in ("obj", "obl", "nmod", "nmod:poss"))
    else:
        sentences = paragraphs = float(_FAR)
        words, subject, quoted, object_ = 500.0, 0.0, 0.0, 0.0
        end = scene.mention[1] if scene.mention else place
        after = bisect_left(candidate.starts, end)
        if after < len(candidate.starts):
            next_one = exp(-(candidate.starts[after] - end) / 40)
    return [
        log1p(sentences),
        log1p(sentences_told),
        log1p(paragraphs),
        log1p(words) / 5,
        float(sentences == 0),
        float(sentences == 1),
        float(paragraphs == 0),
        float(paragraphs == 1),
        subject,
        object_,
        quoted,
        float(sentences == 0) * subject,
        float(sentences == 1) * subject,
        float(last < 0),
        next_one,
        float(rank == 0),
        float(rank == 1),
        float(rank == 2),
        min(rank, 9) / 9,
        log1p(len(candidate.mentions)),
        float(candidate.mentions[0][0] < 30),
        float(candidate.mentions[0][0] <= place),
        float(len(candidate.words) > 1),
    ]


def places(scene: Scene, candidate: Candidate) -> list[float]:
    """By where the story tells of it before a source: its last mentions, and the subjects among them."""
    table, place = scene.table, scene.place
    last = candidate.last_before(place)
    sentence, paragraph = table.sentence[place], table.paragraph[place]
    before = candidate.told[max(0, last + 1 - _TOLD) : last + 1]
    story = [phrase for phrase in before if not table.marked[phrase[0]]]
    here = sum(1 for first, _ in story if table.paragraph[first] == paragraph)
    heads = [table.head_of(*phrase) for phrase in story[-_HEADS:]]
    subjects = [head for head in heads if table.is_subject(head)]
    main = [head for head in subjects if table.heads[table.heads[head]] == table.heads[head]]
    ago = int(sentence - table.sentence[main[-1]]) if main else _FAR
    opening = [head for head in main if head < _OPENS or table.paragraph[head - _OPENS] != table.paragraph[head]]
    opened = int(paragraph - table.paragraph[opening[-1]]) if opening else _FAR
    return [
        float(here > 0),
        log1p(here),
        log1p(sum(1 for first, _ in story if sentence - table.sentence[first] <= _SENTENCES)),
        len(story) / max(1, len(before)),
        *(float(ago == n) for n in range(3)),
        *(float(opened == n) for n in range(2)),
        float(bool(subjects) and bool(table.paragraph[subjects[-1]] == paragraph)),
        min(candidate.mentions[0][0], _LATE) / _LATE,
        log1p(len(candidate.told) - last - 1),
        *_ahead(scene, candidate),
    ]


def _ahead(scene: Scene, candidate: Candidate) -> list[float]:
    """By where it is told of next behind what is said: `“...” That is how Ada Moss remembers it.`"""
    table, end = scene.table, scene.said.last
    after = bisect_left(candidate.told, (end,))
    if after == len(candidate.told):
        return [0.0, 0.0, 0.0]
    first, last = candidate.told[after]
    next_one = bool(table.sentence[first] - table.sentence[end - 1] <= 1)
    return [
        exp(-(first - end) / 40),
        float(bool(table.paragraph[first] - table.paragraph[end - 1] <= 1)),
        float(next_one and table.is_subject(table.head_of(first, last))),
    ]


NEARNESS, PLACES = 23, 15
