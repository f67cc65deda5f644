"""One organization, however it is called: the spelling of its name, its acronym, and names that many go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...lexicon.plain_letters import plain_name
from ...outlets.directory import by_name

_GENERAL = frozenset(
    "government governments court courts ministry ministries police army military company companies firm agency"
    " agencies"
    " party parties council union university college school hospital bank club team group committee commission board"
    " department office bureau authority authorities state city province federal national local central regional"
    " municipal provincial high supreme appeal appeals apex constitutional district magistrates first lady house senate"
    " parliament congress assembly cabinet administration health foreign defense interior finance education justice"
    " transport agriculture environment energy labor trade industry economy affairs home security information tourism"
    " culture sports science technology general prosecutor prosecutors attorney public service services family embassy"
    " opposition coalition regime judiciary prosecution defence defendants management organizers tribunal bench jury"
    " newspaper channel station website television tv radio broadcaster agency report magazine network daily weekly"
    " regulator regulators watchdog anti corruption judicial human rights securities exchange central reserve"
    " association federation foundation organization organisation institute center centre chamber and of for the in on"
    " prime minister president ministers king crown royal palace presidency secretariat election electoral"
    " statement".split()
)
_KNOWN = """
united nations|un
european union|eu
united states|us|usa|united states of america|america
united kingdom|uk|britain|great britain
north atlantic treaty organization|nato
world health organization|who
international monetary fund|imf
world trade organization|wto
international atomic energy agency|iaea
organization of the petroleum exporting countries|opec
association of southeast asian nations|asean
organization for economic cooperation and development|oecd
federal bureau of investigation|fbi
central intelligence agency|cia
centers for disease control and prevention|cdc
food and drug administration|fda
national aeronautics and space administration|nasa
united nations high commissioner for refugees|unhcr|un refugee agency
united nations childrens fund|unicef
world meteorological organization|wmo
food and agriculture organization|fao
world food programme|wfp|world food program
international criminal court|icc
international labor organization|ilo
amnesty international|amnesty
human rights watch|hrw
international committee of the red cross|icrc
democratic peoples republic of korea|dprk|north korea
peoples republic of china|prc|china
"""
# The first word of "Algerian Foreign Ministry"; without one a ministry may be any country's.
_OF_A_COUNTRY = re.compile(r"(?:[^e]an|ese|ish|sch|nch|ench|[lqntgsd]i|eek|ai|us|uk|wiss|utch|states|kingdom)$")
_SWAPPED = re.compile(r"^(?:(.+) )?(ministry|department) (?:of|for) (?:the )?(.+)$")
_LONG_FORM = re.compile(r"\(([A-Z][A-Za-z&.-]{1,9})\)")
_WORD = re.compile(r"[\w'’]+")
SMALL = frozenset("of the and for in on to at de la del des du".split())


def organization_key(name: str) -> str:
    """Return what the spellings of an organization's name have in common.

    The names and acronyms of outlets and of some that all the world knows are one; `Ministry of
    Defence` is `Defense Ministry`.
    """
    outlet = by_name(name)
    if outlet:
        return plain_name(outlet.name)
    plain = plain_name(name)
    plain = re.sub(r"\bdefence\b", "defense", re.sub(r"\borganisation\b", "organization", plain))
    plain = re.sub(r"\blabour\b", "labor", plain)
    swapped = _SWAPPED.match(plain)
    if swapped:
        plain = " ".join(filter(None, (swapped[1], swapped[3], swapped[2])))
    return _known().get(plain, plain)


def is_general(key: str) -> bool:
    """Return whether a name is one that many go by: `Supreme Court`, `Foreign Ministry`, `police`."""
    words = key.split()
    if not words:
        return False
    is_of_a_state = not _OF_A_COUNTRY.search(words[0]) and bool({"ministry", "ministries"}.intersection(words))
    return is_of_a_state or all(word in _GENERAL for word in words)


def long_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the acronyms that a text explains, each with its long form: `World Meteorological Organization (WMO)`.

    After Schwartz and Hearst (2003), for names: the letters of the acronym begin words of the long form.
    """
    for match in _LONG_FORM.finditer(text):
        letters = [sign.casefold() for sign in match[1] if sign.isalpha()]
        before = list(_WORD.finditer(text, max(0, match.start() - 120), match.start()))
        left, start = len(letters), None
        for word in reversed(before):
            if left and word[0][0].casefold() == letters[left - 1]:
                left -= 1
                start = word.start()
            elif word[0].casefold() not in SMALL:
                break
            if not left:
                break
        if not left and start is not None and len(letters) > 1:
            yield match[1], " ".join(text[start : match.start()].split())


@cache
def _known() -> dict[str, str]:
    groups = [line.split("|") for line in _KNOWN.split("\n") if line]
    return {name: names[0] for names in groups for name in names}
