"""Whether an answer names the right source."""

from __future__ import annotations

import re

from ..lexicon.plain_letters import plain_name
from ..lexicon.source_nouns import ROLES
from ..lexicon.titles import HONORIFICS
from ..records import SpeakerKind

_TITLES = HONORIFICS | ROLES | frozenset("prime general first deputy vice former ex acting".split())
_SMALL = frozenset("of in at for from and who which that".split())
_SAME = (
    frozenset({"us", "usa", "united states", "united states of america", "america", "washington"}),
    frozenset({"uk", "united kingdom", "britain", "great britain"}),
    frozenset({"north korea", "dprk", "democratic peoples republic of korea", "pyongyang"}),
    frozenset({"russia", "moscow", "kremlin"}),
    frozenset({"china", "beijing"}),
    frozenset({"new york times", "nyt", "times"}),
)
"""A state goes by its name, its short name and its capital."""


def same_source(right: str, found: str | None, kind: SpeakerKind) -> bool:
    """Return whether a name stands for the right source.

    The same words do, without case, accents, articles and titles before them, and so does an acronym. For a person
    the shorter name's words, two at least, must be in the longer one, with the same surname; for an organisation
    they must be half of it; of a description, half of the shorter's words must be in the other.
    """
    if not found:
        return False
    one, other = _words(right), _words(found)
    if not one or not other:
        return False
    plain, answer = " ".join(one), " ".join(other)
    if plain == answer or any(plain in names and answer in names for names in _SAME):
        return True
    short, long = sorted((one, other), key=len)
    if kind == "person":
        return len(short) >= 2 and short[-1] == long[-1] and set(short) <= set(long)
    if answer == "".join(word[0] for word in one) or plain == "".join(word[0] for word in other):
        return True
    if kind == "organization":
        return set(short) <= set(long) and len(short) / len(long) >= 0.5
    left, rest = set(one) - _SMALL, set(other) - _SMALL
    return bool(left and rest) and len(left & rest) / min(len(left), len(rest)) >= 0.5


def _words(name: str) -> list[str]:
    words = [word for word in re.sub(r"['’]s\b", "", plain_name(name)).split() if word not in ("a", "an", "the")]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words
