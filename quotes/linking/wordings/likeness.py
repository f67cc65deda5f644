"""Whether two quotes are the same words with small differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz.distance import LCSseq

from .differences import Difference, differences, is_small_change
from .normal_form import GAP, WEIGHT, weight, without_stock_phrases

LikenessKind = Literal["same", "contains", "overlaps", "conflict"]
LIKENESS_KINDS: tuple[LikenessKind, ...] = get_args(LikenessKind)

FEWEST_IN_COMMON = 0.25
"""Of the shorter one's words, in the same order: below it two quotes are not compared further."""
CONTAINED = 0.75
"""Of the shorter one's words, found in the longer one: `to include` for `including` leaves 7 of 8."""
NEARLY_THE_SAME = 0.6
"""Of the shorter one's words: from here on a difference in meaning is a conflict, not another saying."""
LONGEST_CHANGE = 4
"""Words that are left out, put in or changed without a mark."""
REPEATED = 4
"""Times that the words of a quote stand in it on average, from which on it is a chant; to align them takes too long."""
WORDS_A_CHANGE = 4
"""Same words for each one that is left out, put in or changed without a mark."""
LONGEST_FILLING = 80
"""Words that an ellipsis stands for."""
LONGEST_BRACKET = 12
"""Words that a bracket or an ellipsis stands for where both have other words there."""
SLIDE = 2
"""Words between a gap and the place where the words differ: of `an appeal … to abide` and `an appeal to all to abide`,
`to` is the same word."""
RUN = 8
"""Words that two quotes share, with small changes, only if they are of one source: cuts that overlap."""
WEIGHT_OF_RUN = 17
"""As `WEIGHT`: nine words with four that are not frequent, or seventeen that all are."""


NEAREST = "kind = 'overlaps', score DESC, length(fuller.form), fuller.form"
"""How SQL is to order the fuller forms that one is alike, the one that it is tied to first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two quotes are alike.

    kind (LikenessKind): `same` words; one `contains` the other; two cuts that have a part in common
        (`overlaps`); or the same but for what matters (`conflict`): a negation, a number, a name.
    score (float): Share of the shorter one's words that the other has, 0 to 1.
    differences (tuple[Difference, ...]): In what they are in conflict.
    """

    kind: LikenessKind
    score: float
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of the fuller form and those of the shorter one in their place.

    is_marked (bool): An ellipsis or bracket stands there in one of them.
    is_end (bool): Nothing that both have comes before it, or after it.
    """

    fuller: tuple[str, ...]
    shorter: tuple[str, ...]
    is_marked: bool
    is_end: bool
    beside_name: bool

    @property
    def is_cut(self) -> bool:
        """Whether one just goes on where the other ends, or leaves out what follows."""
        return self.is_end and (self.is_marked or not (self.fuller and self.shorter))

    @property
    def longest(self) -> int:
        return max(len(self.fuller), len(self.shorter))

    def differences(self) -> Iterator[Difference]:
        """Yield in what it makes another saying of it."""
        if self.is_cut or self.longest > LONGEST_CHANGE:
            return
        if not self.is_marked:
            yield from differences(self.fuller, self.shorter, beside_name=self.beside_name)
        elif self.fuller and self.shorter:
            # What an ellipsis hides is not known, and a bracket may name whom a pronoun stands for.
            small = [[word for word in words if word[0].islower()] for words in (self.fuller, self.shorter)]
            yield from differences(*small)

    def matters(self) -> bool:
        """Whether it makes another saying of it."""
        return any(True for _ in self.differences())

    def is_small(self) -> bool:
        """Whether outlets make such changes."""
        if self.is_cut:
            return True
        if self.is_marked:
            return self.longest <= (LONGEST_BRACKET if self.fuller and self.shorter else LONGEST_FILLING)
        if self.longest > LONGEST_CHANGE:
            return False
        if not self.fuller or not self.shorter:
            return True
        return is_small_change(self.fuller, self.shorter)


def fuller_first(one: str, other: str) -> tuple[str, str]:
    """Return two normal forms, the one with more words first; between equals the alphabet decides."""
    fuller, shorter = sorted((one, other), key=lambda form: (-len(_parsed(form)[0]), form))
    return fuller, shorter


def compared(one: str, other: str) -> tuple[str, Likeness] | None:
    """Return which of two normal forms is the shorter one, and how they are alike; None for different sayings."""
    fuller, shorter = fuller_first(one, other)
    alike = likeness(fuller, shorter)
    return (shorter, alike) if alike else None


def likeness(fuller: str, shorter: str) -> Likeness | None:
    """Return how two normal forms are alike, None if they are different sayings.

    fuller, shorter (str): As `fuller_first` returns them.
    """
    words, gaps = _parsed(fuller)
    cut, cut_gaps = _parsed(shorter)
    small, small_cut = _lowered(fuller), _lowered(shorter)
    least = FEWEST_IN_COMMON * len(cut)
    if len(set(small_cut)) * REPEATED < len(small_cut):
        return None
    if LCSseq.similarity(small, small_cut) < least:
        return None
    matcher = SequenceMatcher(None, small, small_cut, autojunk=len(cut) > 500)
    blocks = _close(matcher.get_matching_blocks()[:-1], gaps, cut_gaps)
    equal = [word for a, _, size in blocks for word in small[a : a + size]]
    told = weight(without_stock_phrases(equal))
    if told < WEIGHT:
        return None
    changes = _changes(blocks, words, cut, gaps, cut_gaps)
    score = round(len(equal) / len(cut), 3)
    if score >= NEARLY_THE_SAME and any(change.matters() for change in changes):
        found = dict.fromkeys(difference for change in changes for difference in change.differences())
        return Likeness("conflict", score, tuple(found))
    unmarked = sum(change.longest for change in changes if not change.is_cut and not change.is_marked)
    is_little = unmarked <= max(1, len(equal) // WORDS_A_CHANGE)
    if score >= CONTAINED and is_little and all(change.is_small() for change in changes):
        is_all = len(words) - len(cut) <= 1 and not any(change.longest > 2 for change in changes)
        return Likeness("same" if is_all else "contains", score)
    inner = [change for change in changes if not change.is_end]
    # Two sentences that differ before it and after it have a phrase in common, and are not cuts of one.
    is_within = len(changes) - len(inner) == 2 and not any(change.is_cut for change in changes if change.is_end)
    is_run = len(equal) >= RUN and told >= WEIGHT_OF_RUN and not is_within
    if is_run and all(change.is_small() and not change.matters() for change in inner):
        return Likeness("overlaps", score)
    return None


@lru_cache(maxsize=4_096)
def _parsed(form: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the words of a normal form, and the places among them where a gap stands."""
    words: list[str] = []
    gaps: set[int] = set()
    for word in form.split():
        if word == GAP:
            gaps.add(len(words))
        else:
            words.append(word)
    return tuple(words), frozenset(gaps)


@lru_cache(maxsize=4_096)
def _lowered(form: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _parsed(form)[0])


_Block = tuple[int, int, int]


def _close(blocks: Sequence[_Block], gaps: frozenset[int], cut_gaps: frozenset[int]) -> list[_Block]:
    """Leave out matches of few words that lie far from the others: they are chance."""
    if not blocks:
        return []
    kept = [max(blocks, key=lambda block: block[2])]
    middle = blocks.index(kept[0])
    for later in blocks[middle + 1 :]:
        a, b, size = kept[-1]
        if _is_near(later[0] - a - size, later[1] - b - size, later[2], b + size in cut_gaps or a + size in gaps):
            kept.append(later)
    for earlier in reversed(blocks[:middle]):
        a, b, _ = kept[0]
        ahead_a, ahead_b = a - earlier[0] - earlier[2], b - earlier[1] - earlier[2]
        if _is_near(ahead_a, ahead_b, earlier[2], b in cut_gaps or a in gaps):
            kept.insert(0, earlier)
    return kept


def _is_near(between: int, between_cut: int, size: int, is_marked: bool) -> bool:
    longest = max(between, between_cut)
    return longest <= max(LONGEST_CHANGE, 2 * size) or (is_marked and longest <= LONGEST_FILLING)


def _changes(
    blocks: Sequence[_Block],
    words: tuple[str, ...],
    cut: tuple[str, ...],
    gaps: frozenset[int],
    cut_gaps: frozenset[int],
) -> list[_Change]:
    """Return what lies before, between and after the blocks that both have."""
    found = []
    bounds = [(0, 0, 0), *blocks, (len(words), len(cut), 0)]
    for n, ((a, b, size), (next_a, next_b, _)) in enumerate(pairwise(bounds)):
        here, there = words[a + size : next_a], cut[b + size : next_b]
        if not here and not there:
            continue
        is_end = n in (0, len(bounds) - 2)
        if is_end and here and there:  # one goes on where the other has other words: these are what counts
            reach = min(len(here), len(there))
            here, there = (here[-reach:], there[-reach:]) if n == 0 else (here[:reach], there[:reach])
        # Where what follows the gap begins as what it hides does, the gap may stand a few words off.
        slide = 0 if here and there else SLIDE
        beside = (words[next_a : next_a + 1] or ("",))[0] + (words[a + size - 1 : a + size] or ("",))[0]
        found.append(
            _Change(
                here,
                there,
                is_marked=any(a + size - slide <= gap <= next_a + slide for gap in gaps)
                or any(b + size - slide <= gap <= next_b + slide for gap in cut_gaps),
                is_end=is_end,
                beside_name=any(map(str.isupper, beside)),
            )
        )
    return found
