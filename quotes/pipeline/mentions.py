"""Mentions of sources: where the noun phrase beside a cue begins and ends, and what sort of thing it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.outlets import by_name
from ..records import MentionKind, SpeakerKind

PRONOUNS = frozenset("he she they it we i you this that who".split())
HE, SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her"})

HONORIFICS = frozenset(
    "mr mrs ms miss cmdr dr prof sir dame lord lady rev hon sen rep gov gen col capt lt maj sgt pres st smt shri "
    "mx messrs madam madame ustad sheikh sheikha hajj haji datuk dato tan sri tun imam pastor bishop father "
    "sister brother judge justice h.e he".split()
) - {"he"}

ABBREVIATIONS = HONORIFICS | frozenset("supt insp det cpl pte no vs jr sr inc co corp ltd spc adm brig".split())
AFTER_NAME = frozenset("kc qc mp mbe obe cbe phd md jr sr esq mla mna msp".split())

# Nouns for what a person is; the last one before a name divides the role from the name.
ROLES = frozenset(
    """president vice-president premier chancellor minister secretary undersecretary governor mayor senator
    congressman congresswoman representative lawmaker legislator mp mps councillor councilor councilman
    councilwoman ambassador envoy diplomat consul spokesperson spokesman spokeswoman official officer chief
    director director-general manager chairman chairwoman chairperson chair head master leader deputy ceo cfo coo
    founder co-founder cofounder partner owner boss executive president-elect professor lecturer researcher
    scientist analyst economist strategist expert historian author writer poet novelist editor reporter
    journalist columnist correspondent anchor lawyer attorney solicitor barrister prosecutor judge justice
    magistrate general colonel major captain lieutenant sergeant commander admiral marshal brigadier inspector
    superintendent commissioner constable detective sheriff policeman doctor physician surgeon nurse
    epidemiologist virologist psychologist teacher principal headteacher student pupil pupils engineer architect
    farmer fisherman fisher miner driver pilot actor actress singer rapper artist musician director-designate
    coach player captain midfielder striker goalkeeper defender manager activist campaigner advocate organizer
    organiser coordinator co-ordinator adviser advisor aide assistant counsel clerk treasurer comptroller
    registrar auditor inspector-general king queen prince princess emperor pope bishop archbishop cardinal
    priest pastor imam rabbi reverend resident villager witness survivor victim neighbour neighbor brother
    sister mother father son daughter husband wife uncle aunt cousin grandfather grandmother widow friend
    colleague businessman businesswoman entrepreneur trader vendor shopkeeper investor banker tycoon
    developer producer user employee worker volunteer member chief-of-staff harbourmaster harbormaster skipper
    candidate nominee veteran speaker moderator negotiator mediator convener convenor chieftain chief-executive
    tourist traveller traveler passenger customer expat pharmacist attorney-general pm dp prez ex-president
    minister-counselor rapporteur commentator blogger statesman politician opposition""".split()
)
PLURALS = frozenset(
    """officials authorities police prosecutors investigators residents sources people experts analysts
    scientists researchers critics supporters activists protesters witnesses lawmakers lawyers diplomats
    economists doctors farmers fishermen miners workers villagers neighbours neighbors relatives parents
    students teachers readers users observers historians advocates opponents campaigners organizers organisers
    executives managers employees journalists reporters leaders members ministers spokespeople insiders
    aides advisers colleagues friends families locals passengers survivors victims traders investors""".split()
)
DOCUMENTS = frozenset(
    """report statement letter study survey poll release document documents filing lawsuit complaint affidavit
    memo note email e-mail tweet post article editorial story paper notice indictment ruling judgment judgement
    verdict order resolution communique communiqué declaration bulletin testimony transcript book newsletter
    review audit motion petition website caption log inquiry findings data figures statistics analysis""".split()
)
ORGANIZATIONS = frozenset(
    """ministry department council agency authority committee commission court police bureau office board union
    association federation party congress parliament senate assembly government administration company
    corporation corp inc ltd plc group bank university college school institute centre center foundation trust
    society club league organization organisation network press times post herald news daily tribune guardian
    journal telegraph gazette chronicle observer tv radio television service services army navy force forces
    guard airlines airways hospital church museum house team army kremlin pentagon treasury embassy coalition
    alliance movement front campaign secretariat archives holdings industries partners media watch international
    cooperative cooperation nations republic kingdom zoo line lines ferries mining lithium power water rail
    regulator watchdog newspaper paper outlet broadcaster magazine regime state city county province district
    chamber forum consortium collective initiative programme program project""".split()
)
# A body that is one thing, if only by its description: `the finance ministry`. Not `police`, `the team`.
_BODIES = frozenset(
    """ministry department council agency authority committee commission union association federation court
    government administration bank board party parliament senate university company regulator watchdog newspaper
    broadcaster embassy tribunal""".split()
)
OUTLETS = frozenset(
    """outlet newspaper paper broadcaster channel network station magazine daily weekly tabloid website
    publication""".split()
)
"""What an outlet is called without its name."""
STATES = frozenset("regime country nation kingdom".split())
COLLECTIVES = frozenset("family couple pair duo trio crew community public crowd band panel jury majority".split())
_PLACES = frozenset(
    """washington moscow beijing seoul pyongyang tokyo london paris berlin brussels kyiv kiev ankara tehran
    jerusalem delhi islamabad kabul cairo riyadh canberra ottawa taipei hanoi manila jakarta russia china japan
    britain france germany ukraine turkey iran israel india pakistan egypt australia canada taiwan vietnam
    america korea us u.s. uk u.k. eu un u.n. nato dprk mexico brazil argentina chile spain italy poland
    kenya nigeria ghana ethiopia uganda rwanda namibia zimbabwe""".split()
)
_PARTICLES = frozenset("al bin ibn bint de del della der den di da dos du el la le van von ter ten y e ben abu".split())
_WORD = re.compile(r"[^\W\d_][\w.'’\-]*|\d+")
_POSSESSIVE = re.compile(r"['’]s?$")


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
DAYS = WEEKDAYS | {"yesterday", "today", "tomorrow"}
_DETERMINERS = frozenset("the a an one some his her their its this that these those another".split())
_PREPOSITIONS = frozenset("of for from at in on with to by about as into".split())
_ENDS_HEAD = frozenset("of for from at in on with who to by close familiar".split())
_NOT_A_SOURCE = _PREPOSITIONS | frozenset("who whom which whose told said because while when where if".split())


_OPENERS = frozenset(
    """there here many most few several others throughout looking once today also still yet even such both all each
    nothing everything plenty much more less instead""".split()
)
_FINITE = re.compile(r"\b(?:is|was|were|has|had|have|will|would|could|should|did|does|[a-z]{3,}ed (?:an?|the|that))\b")


@dataclass(frozen=True, slots=True)
class Described:
    """What a mention says of its source.

    name (str | None): The proper name in it, without titles.
    role (str | None): What it says the person is.
    kind (SpeakerKind | None): None for a pronoun.
    mention_kind (MentionKind): Name, description or pronoun.
    gender (str | None): `he` or `she` where a title or pronoun tells.
    """

    name: str | None
    role: str | None
    kind: SpeakerKind | None
    mention_kind: MentionKind
    gender: str | None = None


def describe(mention: str) -> Described:
    """Return what the words of a mention tell by themselves, without the article around them."""
    words = _WORD.findall(mention)
    while len(words) > 2 and words[-1].lower() in AFTER_NAME:
        words.pop()
    lower = [word.lower().rstrip(".") for word in words]
    if not words:
        return Described(None, None, "unnamed", "description")
    if len(words) == 1 and lower[0] in PRONOUNS:
        gender = "he" if lower[0] in HE else "she" if lower[0] in SHE else None
        return Described(None, None, None, "pronoun", gender)
    gender = (
        "she"
        if {"mrs", "ms", "miss", "spokeswoman", "chairwoman", "madam", "dame", "actress"} & set(lower)
        else ("he" if {"mr", "sir", "spokesman", "chairman", "lord"} & set(lower) else None)
    )
    run = _last_name_run(words)
    if run is None:
        head = _head(lower)
        kind: SpeakerKind = "document" if head in DOCUMENTS else "organization" if head in _BODIES else "unnamed"
        return Described(None, None, kind, "description", gender)
    first, last = run
    split = _after_role(words, lower, first, last) or _after_organization(words, lower, first, last)
    if split is not None and split < last:
        name = " ".join(words[split:last])
        role = _role(mention, words[:split])
        if not _is_organization(lower[split:last]):
            return Described(_clean(name), role, "person", "name", gender)
    head = _head(lower)
    if last < len(words) and _POSSESSIVE.search(words[last - 1]) and head in ORGANIZATIONS:
        return Described(None, None, "organization", "description")  # `the Communist Party's disciplinary watchdog`
    article = lower[0] in ("the", "a", "an")
    if last < len(words) and lower[last] in ("of", "for", "from", "at", "in") and head == lower[last - 1]:
        # `Greta Solheim of Aldwater Partners`, `the Association of Savings Banks`
        if _is_organization(lower[first:last]):
            return Described(" ".join(words[first:]), None, "organization", "name")
        if last - first > 1:
            return Described(" ".join(words[first:last]), None, "person", "name", gender)
        if _is_organization(lower[last:]) and head not in ROLES | PLURALS:
            return Described(" ".join(words[first:]), None, "organization", "name")  # `the Port of Ellery Authority`
    if last < len(words) and not _is_organization(lower[first:last]) and head not in ORGANIZATIONS:
        # `the State Department spokesperson`, `The New York Times report`: the name only tells which.
        described: SpeakerKind = "document" if head in DOCUMENTS else "unnamed"
        return Described(None, None, described, "description", gender)
    if head in DOCUMENTS:
        return Described(None, None, "document", "description", gender)
    if head in ROLES or head in PLURALS:
        return Described(None, None, "unnamed", "description", gender)
    name = _clean(" ".join(words[first:last]))
    if article or _is_organization(lower[first:last]) or _looks_like_acronym(name) or by_name(name):
        return Described(name, None, "organization", "name")
    return Described(name, None, "person", "name", gender)


def plausible(mention: str) -> bool:
    """Whether the words could be somebody who speaks: a name, a pronoun, or a noun for a source."""
    words = mention.split()
    lower = [word.lower() for word in _WORD.findall(mention)]
    if not lower or lower[0] in _NOT_A_SOURCE or set(lower) <= _DETERMINERS | DAYS:
        return False
    if _FINITE.search(mention.split(" who ")[0]):
        return False  # a clause: `Her reply was shorter`
    if len(lower) == 1 and lower[0] in _OPENERS:
        return False
    if words[0].endswith(("ing", "ed")) and len(lower) > 1 and lower[1] in _PREPOSITIONS | _DETERMINERS:
        return False  # `travelling with two of her pupils`
    if describe(mention).mention_kind != "description":
        return True
    known = ROLES | PLURALS | DOCUMENTS | ORGANIZATIONS
    return lower[0] in _DETERMINERS or words[0][0].isupper() or bool(set(lower) & known)


_OUTLET_WORDS = frozenset(
    """agency press news times post herald daily tribune guardian journal telegraph gazette chronicle observer
    courier standard broadcasting broadcaster radio tv television wire ledger lantern weekly mail express star
    independent magazine newspaper channel network ilbo shimbun zeitung globe review
    inquirer examiner bulletin""".split()
)


def plausible_outlet(name: str) -> bool:
    """Whether a name says by itself that it is an outlet's: `Meridian Press Agency`, `MPA`."""
    words = name.lower().split()
    return (len(words) > 1 and words[-1] in _OUTLET_WORDS) or (len(name) > 2 and _looks_like_acronym(name))


def _head(lower: list[str]) -> str:
    """The head noun: the last word before the first preposition."""
    for i, word in enumerate(lower):
        if i and word in _ENDS_HEAD:
            return lower[i - 1]
    return lower[-1]


def _last_name_run(words: list[str]) -> tuple[int, int] | None:
    """Where the last run of capitalised words stands: (first, one past the last)."""
    last = len(words)
    stop = next((i for i, w in enumerate(words) if i and w.lower() in ("of", "for", "from", "at", "in", "who")), last)
    last = stop
    while last and not _capital(words[last - 1]):
        last -= 1
    first = last
    while first and (_capital(words[first - 1]) or (words[first - 1].lower() in _PARTICLES and first < last)):
        first -= 1
    while first < last and words[first].lower() in ("the", "a", "an", "one", "another", "some"):
        first += 1
    return (first, last) if first < last else None


def _capital(word: str) -> bool:
    return word[0].isupper()


def _after_role(words: list[str], lower: list[str], first: int, last: int) -> int | None:
    """Where the name begins after the titles and roles before it, if there are any."""
    for i in range(last - 1, -1, -1):
        if lower[i] in ROLES or lower[i] in HONORIFICS:
            return i + 1 if i + 1 >= first else (first if i == first - 1 else None)
        if i < first and _POSSESSIVE.search(words[i]):
            return None
    return None


def _after_organization(words: list[str], lower: list[str], first: int, last: int) -> int | None:
    """Where the name begins in `Ambassador to the United Nations Linda Greenfield`."""
    begins = last - len(after_organization(words[first:last]))
    return begins if begins > first and set(lower[:first]) & ROLES else None


def _role(mention: str, words: list[str]) -> str | None:
    kept = [w for w in words if w.lower().rstrip(".") not in HONORIFICS - ROLES]
    while kept and kept[0].lower() in ("the", "a", "an"):
        kept = kept[1:]
    return " ".join(kept) or None


def _clean(name: str) -> str:
    return _POSSESSIVE.sub("", name) if name.endswith(("'s", "’s")) else name


def after_organization(words: list[str]) -> list[str]:
    """Return the words after the last that names an organization, if two or more are left: a person's name."""
    inside = [i for i, word in enumerate(words) if word.lower().rstrip(".") in ORGANIZATIONS]
    return words[inside[-1] + 1 :] if inside and len(words) - inside[-1] > 2 else words


def _is_organization(lower: list[str]) -> bool:
    return bool(set(lower) & ORGANIZATIONS) or " ".join(lower) in _PLACES or (len(lower) <= 2 and lower[-1] in _PLACES)


def _looks_like_acronym(name: str) -> bool:
    return name.isupper() and 2 <= len(name) <= 7 and " " not in name
