"""Whether two wordings differ in something that matters: a negation, a number, a name, the opposite word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import Levenshtein

from ...lexicon.content_words import COUNTING, FUNCTION, MODALS, NEGATIONS, OPPOSITES, PERSONS, QUANTIFIERS, SYNONYMS
from ...lexicon.titles import TITLES

_FEWEST_LETTERS = 5  # of names that may be told by their consonants: Iran and Iraq, Mali and Male are short
_FEWEST_IN_MISSPELT = 7
_VOWELS = re.compile("[aeiouy]")
_SILENT = re.compile("(?<=[aeiou])h$")
_DOUBLED = re.compile(r"(.)\1")
_PRONOUNS = frozenset().union(*PERSONS)
_NEGATING = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "de")


Difference = Literal["negation", "number", "name", "quantity", "person", "modal verb", "opposite"]


def differences(one: Sequence[str], other: Sequence[str], *, beside_name: bool = False) -> Iterator[Difference]:
    """Yield in what words that stand in each other's place make another saying of it.

    one, other (Sequence[str]): Words in normal form; either may be empty, where the other has them in addition.
    beside_name (bool): A name stands next to them: `Sergei` in `Sergei Shoigu` adds nothing.
    """
    left, right = _unlike(one, other)
    small_left, small_right = {word.lower() for word in left}, {word.lower() for word in right}
    if _negations(one) != _negations(other):
        yield "negation"
    if small_left & COUNTING != small_right & COUNTING or (
        set(filter(_is_number, left)) != set(filter(_is_number, right))
    ):
        yield "number"
    if _differ_in_names(left, right, beside_name):
        yield "name"
    if small_left & QUANTIFIERS != small_right & QUANTIFIERS:
        yield "quantity"
    if _differ_in_group(small_left, small_right, PERSONS):
        yield "person"
    if _differ_in_group(small_left, small_right, MODALS):
        yield "modal verb"
    if any(_are_opposite(word, against) for word in small_left for against in small_right):
        yield "opposite"


def is_small_change(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether words that stand in each other's place are function words, forms of a word or synonyms."""
    left, right = map(_telling, _unlike(one, other))
    return left == right == [] or (len(left) == len(right) == 1 and frozenset((left[0], right[0])) in SYNONYMS)


def are_forms_of_one(word: str, other: str) -> bool:
    """Return whether two words are spellings or inflections of one: `defends` and `defending`, `Aliev` and `Aliyev`."""
    if word.lower() == other.lower():
        return True
    if not (word.isalpha() and other.isalpha()) or word[0].lower() != other[0].lower():
        return False
    if word[0].isupper() and other[0].isupper():
        is_long = min(len(word), len(other)) >= _FEWEST_LETTERS
        return is_long and _consonants(word) == _consonants(other) and Levenshtein.distance(word, other) <= 2
    word, other = word.lower(), other.lower()
    return bool(_stems(word) & _stems(other)) or (
        min(len(word), len(other)) >= _FEWEST_IN_MISSPELT
        and word[-2:] == other[-2:]
        and Levenshtein.distance(word, other) == 1
    )


def _consonants(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _SILENT.sub("", word.lower())))


def _stems(word: str) -> set[str]:
    """Return what may be left of a word without its ending."""
    stems = {word} | {word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing", "e", "ly")}
    stems |= {stem + "y" for ending in ("ies", "ied") if (stem := word.removesuffix(ending)) != word}
    stems |= {_DOUBLED.sub(r"\1", stem) if stem[-2:-1] == stem[-1:] else stem for stem in stems}
    return {stem for stem in stems if len(stem) > 2}


def _unlike(one: Iterable[str], other: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words on either side that have no form of themselves on the other; `cease fire` is `ceasefire`."""
    one, other = list(one), list(other)
    if "".join(one).lower() == "".join(other).lower():
        return [], []
    left, right = [], list(other)
    for word in one:
        match = next((against for against in right if are_forms_of_one(word, against)), None)
        if match is None:
            left.append(word)
        else:
            right.remove(match)
    return left, right


def _negations(words: Iterable[str]) -> int:
    return sum(word.lower() in NEGATIONS for word in words)


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in TITLES


def _differ_in_names(left: list[str], right: list[str], beside_name: bool) -> bool:
    """Whether a name stands for another; for a pronoun, or beside another name, it may stand."""
    if not any(map(_is_name, left + right)):
        return False
    if any(map(_is_name, left)) and any(map(_is_name, right)):
        return True
    named, bare = (left, right) if any(map(_is_name, left)) else (right, left)
    if bare:
        return not any(word.lower() in _PRONOUNS for word in bare)
    return not (beside_name and all(_is_name(word) or word.lower() in TITLES for word in named))


def _differ_in_group(left: set[str], right: set[str], groups: Iterable[frozenset[str]]) -> bool:
    """Whether both sides have a word of some group, and not of the same ones."""
    of_left = {n for n, group in enumerate(groups) if group & left}
    of_right = {n for n, group in enumerate(groups) if group & right}
    return bool(of_left and of_right and of_left != of_right)


def _are_opposite(word: str, other: str) -> bool:
    if frozenset((word, other)) in OPPOSITES:
        return True
    short, long = sorted((word, other), key=len)
    return any(long == prefix + short for prefix in _NEGATING) or (
        short.endswith("ful") and long == short[:-3] + "less"
    )


def _telling(words: Iterable[str]) -> list[str]:
    return [word.lower() for word in words if word.lower() not in FUNCTION and word.lower() not in TITLES]
