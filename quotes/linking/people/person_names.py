"""Whether two names may be one person's: spellings, initials, middle names, transliterations, short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from ...lexicon.name_particles import PARTICLES
from ...lexicon.plain_letters import plain_name
from ...lexicon.titles import SUFFIXES, TITLES, TITLES_AND_STYLES

Agreement = Literal["same", "needs a role", "no"]

_NICKNAMES = """
abe abraham|al albert|alex alexander alexandra|andy andrew|tony anthony antony|art arthur|barb barbara|ben benjamin
bernie bernard|bert albert|beth elizabeth|betty elizabeth|bill william|billy william|bob robert|bobby robert
cathy catherine
charlie charles|chris christopher christine|chuck charles|cindy cynthia|dan daniel|danny daniel|dave david
debbie deborah
dick richard|don donald|doug douglas|ed edward|eddie edward|fred frederick|gabe gabriel|gene eugene|greg gregory
hank henry
harry harold|jack john|jake jacob|jeff jeffrey|jen jennifer|jenny jennifer|jerry gerald|jim james|jimmy james|joe joseph
joey joseph|jon jonathan|josh joshua|kate katherine|kathy katherine|ken kenneth|kim kimberly|larry lawrence|len leonard
leo leonard|liz elizabeth|maggie margaret|matt matthew|max maxwell|meg margaret|mike michael|mick michael|nancy ann
nate nathan|ned edward|nick nicholas|pam pamela|pat patrick patricia|peggy margaret|pete peter|phil philip phillip
ray raymond|rick richard|rob robert|ron ronald|sam samuel samantha|sandy sandra alexander|steve steven stephen
stephen steven|sue susan
ted edward theodore|terry terrence|tim timothy|tom thomas|tommy thomas|vicky victoria|vince vincent|walt walter
will william
zach zachary|sergey sergei|aleksandr alexander|mohd mohammed
"""
_VOWELS = re.compile(r"[aeiouy]+")
_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"), (re.compile("ph"), "f"), (re.compile("kh|ck|q|c(?![hieys])"), "k"),
    (re.compile("dj|dzh|zh"), "j"), (re.compile("dh"), "d"), (re.compile("gh"), "g"), (re.compile("tch|tsch"), "ch"),
    (re.compile("w"), "v"), (re.compile("x"), "ks"), (re.compile("^ye(?=[vg])"), "e"),
    (re.compile("sz"), "s"), (re.compile("(?<=[aeiou])h(?=$)"), ""),
)  # fmt: skip
_MUHAMMAD = re.compile(r"^m[ou]h?amm?[ae]d$|^mohd$")
_UMLAUT = re.compile(r"([aou])e")
_ENDING = re.compile(r"(?:iy|yy|ii|ij|y)h?$")
_FEWEST_CONSONANTS = 3
_FEWEST_LETTERS = 7
_SHORT = 5


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in plain letters, without titles before it and suffixes behind it."""
    words = plain_name(name).split()
    while words and len(words) > (1 if words[0] in TITLES else 2) and words[0] in TITLES_AND_STYLES:
        del words[0]
    while len(words) > 1 and words[-1] in SUFFIXES:
        del words[-1]
    return tuple(words)


def surname(words: tuple[str, ...]) -> str:
    """Return what all spellings of the last word of a name have in common; names are compared where it is the same."""
    return _sound(words[-1]).replace("j", "d")  # Dokovic is Djokovic, and Jabou is Djabou


def is_bare(words: tuple[str, ...]) -> bool:
    """Return whether a name is a surname alone: `Shoigu`, `dos Santos`."""
    return len(_telling(words)) == 1


@lru_cache(maxsize=65_536)
def agreement(one: tuple[str, ...], other: tuple[str, ...]) -> Agreement:
    """Return whether two names of one surname are one person's: for certain, if the roles say so too, or not.

    one, other (tuple[str, ...]): As `name_words` returns them.
    """
    if one == other:
        return "same"
    left, right = _telling(one), _telling(other)
    if not left or not right or len(left) == 1 or len(right) == 1:
        return "needs a role" if left and right and _have_one_sound(left[-1], right[-1]) else "no"
    if len(left) == len(right) and all(map(_sound_alike, left, right)):
        return "same" if _is_safe(left, right) else "needs a role"
    if _is_short_form(left, right) or _is_short_form(right, left):
        return "needs a role"
    return "no"


@lru_cache(maxsize=65_536)
def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in PARTICLES) or words


@lru_cache(maxsize=65_536)
def _sound_alike(word: str, other: str) -> bool:
    """Whether two words are spellings of one: equal but for vowels and how a sound is written."""
    if word == other:
        return True
    if min(len(word), len(other)) < 4 or {word[-1], other[-1]} == {"a", "o"}:  # Maria and Mario
        return False
    if (word[-1] == "a") != (other[-1] == "a"):  # Paul and Paula
        return False
    return _have_one_sound(word, other)


def _have_one_sound(word: str, other: str) -> bool:
    sounds, others = ({_sound(one), _sound(_with_d(one))} for one in (word, other))
    return not sounds.isdisjoint(others)


def _is_safe(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words that differ do so in a letter or two of many: Mohammed and Mohammad, not Barton and Burton."""
    return all(
        _usual(word) == _usual(against)
        or (min(len(word), len(against)) >= _FEWEST_LETTERS and Levenshtein.distance(word, against) <= 1)
        for word, against in zip(one, other, strict=True)
    )


def _is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is another with initials or a nickname, without middle names, or its surnames only."""
    if not _sound_alike(short[-1], full[-1]):
        return False
    if _is_given(short[0], full[0]):
        middle, rest = short[1:-1], list(full[1:-1])
        return all(any(_is_given(word, against) for against in rest) for word in middle)
    if len(short) == 2 and len(full) > 2 and short[0] == "".join(word[0] for word in full[:-1]):
        return True
    return len(short) < len(full) and all(map(_sound_alike, short, full[-len(short) :]))


def _is_given(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    initial = len(short) == 1 and long.startswith(short)
    return initial or _sound_alike(word, other) or long in _nicknames()[short] or short in _nicknames()[long]


@lru_cache(maxsize=1)
def _nicknames() -> defaultdict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for line in _NICKNAMES.split("\n"):
        for group in filter(None, line.split("|")):
            short, *full = group.split()
            names[short] |= set(full)
    return names


def _usual(word: str) -> str:
    """Return one of the spellings that some put in place of another in every name that has it."""
    return _MUHAMMAD.sub("muhammad", _UMLAUT.sub(r"\1", _ENDING.sub("i", _with_d(word))))


def _with_d(word: str) -> str:
    """Return a word with d where some write dj for a đ (Djokovic, Dokovic); Nadja and Hadji are not Nada and Hadi."""
    return word.replace("dj", "d") if len(word) > _SHORT or word.startswith("dj") else word


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    consonants = _VOWELS.sub("", word)
    return word[:1] + _VOWELS.sub("", word[1:]) if len(consonants) >= _FEWEST_CONSONANTS else _UMLAUT.sub(r"\1", word)
