"""Who speaks for a public authority: told by what a source is said to be, never by who it is.

A rule over few words, in this order: who was in office, stands for one, or is at home with it (`the minister's wife`)
is no official; who holds a public office is one (`minister`, `judge`); so is who belongs to an authority (`police`,
`ministry`), unless to a body that is no authority too (`police union`); offices that others have as well (`president`,
`secretary`, `official`) count where no such body is named.
"""

from __future__ import annotations

import re
from typing import Literal

from .plain_letters import without_accents
from .source_nouns import KIN

Standing = Literal["official", "other", "not told"]
STANDINGS: tuple[Standing, ...] = ("official", "other", "not told")

OFFICES = frozenset(
    """minister ministers premier pm mp mps mep meps senator senators sen lawmaker lawmakers legislator legislators
    congressman congresswoman parliamentarian parliamentarians councillor councillors councilor councilman councilwoman
    assemblyman assemblywoman mla mayor governor gov ambassador envoy diplomat diplomats consul undersecretary judge
    judges magistrate prosecutor prosecutors sheriff policeman policewoman constable sgt sergeant lt lieutenant col
    colonel brigadier admiral commander king queen prince princess emperor sultan emir""".split()
)
"""Held under a state only."""
SHARED_OFFICES = frozenset(
    """president presidents vice-president chancellor secretary official officials authorities commissioner
    superintendent inspector detective officer officers investigators representative general""".split()
)
"""Held under a state, if nothing else is named."""
PRESIDING = frozenset("president presidents vice-president secretary".split())
"""Of these, those of a body that is named by its initials (`ABC president`): mostly a party or a federation."""
AUTHORITIES = frozenset(
    """government governments ministry ministries department departments police army navy military forces parliament
    senate congress assembly cabinet court tribunal council commission agency authority bureau embassy consulate
    presidency kremlin pentagon administration junta regime municipality municipal county federal parliamentary
    presidential treasury customs coastguard regulator secretariat directorate nato un unicef unhcr fbi cia""".split()
)
"""Words of the names of public bodies, of a state or between states."""
AUTHORITY_NAMES = re.compile(
    r"\b(?:white house|downing street|foreign office|home office|united nations|european union|african union"
    r"|(?:central|reserve|federal) (?:bank|reserve)|coast guard|fire (?:service|brigade)|air force|supreme leader"
    r"|(?:attorney|solicitor)[- ]general|(?:chief|associate|lord) justice"
    r"|(?:district|state'?s?|us) attorney|secretary of state|chief of staff)\b"
)
OTHER_BODIES = frozenset(
    """company companies corporation corp firm firms inc ltd plc group holdings business union unions association
    federation society foundation charity ngo institute university college school academy club team league church
    mosque bank hotel airline hospital newspaper magazine news television tv radio media broadcaster campaign party
    chamber football fifa uefa hamas hezbollah taliban""".split()
)
"""Words of the names of bodies that are no authorities."""
COMPANY_OFFICES = frozenset(
    "executive operating financial marketing data technology manager counsel brand sales".split()
)
"""Before or behind a shared office they make it a company's: `chief executive officer`, `general manager`."""
OUTSIDERS = KIN | frozenset(
    """candidate nominee hopeful contender critic opponent supporter activist campaigner protester lawyer attorney
    solicitor barrister analyst expert professor lecturer researcher scientist historian economist author writer editor
    reporter journalist correspondent columnist veteran expert experts critics supporters opponents lawyers reporters
    journalists analysts""".split()
)
"""Heads of what says that somebody is not of the authority that is named: `police reporter`, `government critic`."""
VAGUE = frozenset(
    """source sources person people somebody someone insider insiders spokesman spokeswoman spokesperson spokespeople
    speaker""".split()
)
"""They tell nothing if nothing else is told: a spokesman, but whose?"""
_INITIALS = re.compile(r"\b(?!USA|UAE|DRC)[A-Z]{3,}\b")
_FORMER = re.compile(r"\b(?:former|ex|late|retired|onetime|one-time|then)\b")
_EMPTY = frozenset(
    """a an the senior top high ranking unnamed one of two three several some many other others another familiar with
    matter who close to""".split()
)
_HEAD_ENDS = re.compile(r",|\b(?:of|for|to|at|in|from|with|on|who|and)\b")


def standing(kind: str | None, name: str, role: str | None) -> Standing | None:
    """Return whether a source is an official or a public authority; None for a document, and for no source.

    kind (str | None): One of `SPEAKER_KINDS`.
    name (str): That of an organization tells what it is; that of an unnamed source is what it is called.
    role (str | None): What an article says that a person is.
    """
    if kind is None or kind == "document":
        return None
    if kind == "person":
        return _standing(role or "") if role else "official" if _first_word(name) in OFFICES else "not told"
    found = _standing(f"{name}, {role}" if role and kind == "unnamed" else name)
    return "other" if kind == "organization" and found == "not told" else found


def _first_word(name: str) -> str:
    return name.partition(" ")[0].rstrip(".").casefold() if " " in name else ""


def _standing(text: str) -> Standing:
    plain = without_accents(text.casefold()).replace("’", "'").replace(".", "")
    words = [word.removesuffix("'s").strip("'-") for word in re.findall(r"[a-z][a-z'-]*", plain)]
    if not set(words) - VAGUE - _EMPTY:
        return "not told"
    named = AUTHORITY_NAMES.search(plain)
    head = [word for word in words if word in _head(plain)][-1:]
    if _FORMER.search(plain) or (OUTSIDERS.intersection(head) and not named):
        return "other"
    if OFFICES.intersection(words) or named:
        return "official"
    if OTHER_BODIES.intersection(words):
        return "other"
    if AUTHORITIES.intersection(words):
        return "official"
    shared = SHARED_OFFICES.intersection(words)
    if COMPANY_OFFICES.intersection(words) or (shared <= PRESIDING and _INITIALS.search(text)):
        return "other"
    return "official" if shared or words == ["justice"] else "other"


def _head(plain: str) -> list[str]:
    """Return the words up to the first that begins what they are of: `the wife` of `the wife of the minister`."""
    return re.findall(r"[a-z][a-z'-]*", _HEAD_ENDS.split(plain, maxsplit=1)[0])
