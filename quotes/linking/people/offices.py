"""What two descriptions of a person's office have in common, and which can't be of one person."""

from __future__ import annotations

import re

from ...lexicon.plain_letters import without_accents

_EMPTY = frozenset(
    "a an the of for and in at to on with by from his her its their who was is as former ex acting late then new senior"
    " top veteran deputy assistant vice longtime current incoming outgoing chief".split()
)
_ALIKE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair", "congresswoman": "congressman", "policewoman": "policeman", "businesswoman": "businessman",
    "defence": "defense", "pm": "premier", "mp": "lawmaker",
    "legislator": "lawmaker", "parliamentarian": "lawmaker", "actress": "actor",
}  # fmt: skip
GENERAL = frozenset(
    "president minister spokesperson director chair head officer secretary general executive member professor analyst"
    " leader lawmaker senator governor mayor manager founder editor author expert researcher lawyer judge justice"
    " official coach player captain king queen prince premier ambassador economist doctor dr police commissioner"
    " commander candidate resident company national state party council committee department ministry government"
    " university group association center institute school co cofounder principal managing".split()
)
"""Words of offices that many hold: two of one surname may."""
_FIELDS = {
    "sport": "coach striker midfielder defender goalkeeper footballer cricketer batsman bowler golfer boxer player"
    " quarterback swimmer sprinter winger pitcher",
    "police": "policeman constable sergeant superintendent sheriff detective trooper",
    "politics": "minister premier senator congressman lawmaker governor mayor councillor councilor ambassador",
    "religion": "bishop archbishop priest imam rabbi pastor pope cardinal reverend",
    "arts": "actor singer rapper musician novelist painter filmmaker drummer guitarist comedian",
    "school": "professor lecturer teacher student pupil scientist researcher",
    "private": "manager resident driver farmer fisherman shopkeeper trader vendor neighbor tourist passenger waiter",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split()}
_TOGETHER = frozenset(
    frozenset(pair)
    for pair in (("politics", "school"), ("arts", "school"), ("arts", "politics"), ("religion", "school"))
)


def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role that tell something, `spokesman` and `spokeswoman` alike."""
    bare = without_accents((role or "").casefold())
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b|\.", "", bare).replace("prime minister", "premier"))
    return frozenset(_ALIKE.get(word, word) for word in words if word not in _EMPTY)


def share_office(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two roles, as `role_words`, have more in common than that many hold such an office."""
    common = one & other
    return bool(common - GENERAL) or len(common) > 1


def field_of(role: str | None) -> str | None:
    """Return the field that a role is of (`sport`, `politics` ...); None if it tells none, or is a former one."""
    if re.search(r"\b(?:former|ex|late|retired)\b", (role or "").casefold()):
        return None
    fields = {_FIELD_OF[word] for word in role_words(role) if word in _FIELD_OF}
    return fields.pop() if len(fields) == 1 else None


def exclude(one: str | None, other: str | None) -> bool:
    """Return whether one person is not of both fields."""
    return one is not None and other is not None and one != other and frozenset((one, other)) not in _TOGETHER
