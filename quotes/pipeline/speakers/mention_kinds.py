"""What the words are by which an article names who spoke: pronoun, name or description; and where they end."""

from __future__ import annotations

from ...lexicon.noun_classes import NOUN_CLASSES
from ...lexicon.source_nouns import DOCUMENTS, KIN, PEOPLE, ROLES, TRADES
from ..word_table import WordTable
from .candidates import Phrase

_NOUNS = ("person", "people", "document", "body", "other")
"""What heads a description."""
MENTIONS = (
    *("none", "he", "she", "it", "they", "i", "pronoun", "person", "organization"),
    *(f"{how} {noun}" for how in ("definite", "indefinite") for noun in _NOUNS),
)
"""What a source's mention may be."""
_PRONOUNS = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their themselves".split(), "they"),
    **dict.fromkeys("i me my myself we us our".split(), "i"),
    **dict.fromkeys(
        "who you that which this one others some many both another everyone someone most those these all".split(),
        "pronoun",
    ),
}
PRONOUNS = frozenset(_PRONOUNS.values())
"""Those of `MENTIONS` that are pronouns."""
_DEFINITE = frozenset("the this that his her its their these those".split())
_PEOPLES = ("ish", "ch", "ese", "ss")
"""How words for nations end that mean all of one: `the Irish`."""
JOINED = frozenset({"appos", "flat", "compound"})
"""How a name hangs on a noun before it: `the mayor Ada Moss`."""
_REACH = 15
"""Words from a relative pronoun back to its noun."""


def mention_kind(table: WordTable, mention: Phrase | None) -> str:
    """Return which of `MENTIONS` a mention is."""
    if mention is None:
        return "none"
    first, last = mention
    head = table.head_of(first, last)
    if last - first == 1 or table.lower[head] in _PRONOUNS:
        pronoun = _PRONOUNS.get(table.lower[head])
        if pronoun:
            return pronoun
    if table.entity[head] >= 0:
        kind = table.entities[table.entity[head]][2]
        one = table.tags[head] not in ("NNPS", "NNS") and not table.lower[head].endswith(_PEOPLES)
        if kind == "NORP" and table.lower[first] == "the" and one:
            return "definite person"  # `the Swede`: 5 of 6 annotated sources of this form
        return "person" if kind == "PERSON" else "organization"
    for word in range(head + 1, last):
        entity = table.entity[word]
        if (
            entity >= 0
            and table.entities[entity][2] == "PERSON"
            and table.heads[word] == head
            and table.deps[word] in JOINED
        ):
            return "person"
    return f"{'definite' if table.lower[first] in _DEFINITE else 'indefinite'} {_noun(table.lower[head])}"


def is_person(noun: str) -> bool:
    """Return whether a noun stands for a person or for people."""
    return noun in ROLES or noun in PEOPLE or noun in KIN or noun in TRADES


def is_one_person(table: WordTable, noun: int | None) -> bool:
    """Return whether a word that heads a description stands for a single person."""
    return noun is not None and table.tags[noun] == "NN" and _noun(table.lower[noun]) == "person"


def is_body(noun: str) -> bool:
    """Return whether a noun stands for a body alone."""
    return noun in NOUN_CLASSES and not is_person(noun)


def is_somebody(noun: str) -> bool:
    """Return whether a noun stands for a person, people or a body."""
    return is_person(noun) or noun in NOUN_CLASSES


def _noun(head: str) -> str:
    """Return which of `_NOUNS` a word is."""
    if head in ROLES or head in KIN or head in TRADES:
        return "person"
    if head in PEOPLE:
        return "people"
    if head in DOCUMENTS:
        return "document"
    return "body" if head in NOUN_CLASSES else "other"


def antecedent(table: WordTable, mention: Phrase | None) -> Phrase | None:
    """Return the noun phrase that a relative pronoun stands for (`a farmer who said`), else the mention itself."""
    if mention is None or mention[1] - mention[0] > 1 or table.lower[mention[0]] not in ("who", "which", "that"):
        return mention
    verb = int(table.heads[mention[0]])
    noun = int(table.heads[verb])
    if not table.deps[verb].startswith("acl") or not mention[0] - _REACH < noun < mention[0]:
        return mention
    first = noun
    while first and table.sentence[first - 1] == table.sentence[noun] and first - 1 < table.heads[first - 1] <= noun:
        first -= 1
    last = mention[0]
    while last > noun + 1 and not table.lower[last - 1][-1].isalnum():
        last -= 1
    return first, last


def whole(table: WordTable, mention: Phrase | None) -> Phrase | None:
    """Return a mention to its end: `Moss’s lawyer` of `Moss`, `Moss and Lind` of `Moss`, `Ann Day-Roe` of `Ann Day`."""
    if mention is None:
        return None
    first, last = mention
    head = table.head_of(first, last)
    entity = int(table.entity[last - 1])
    if entity >= 0:
        last = max(last, table.entities[entity][1]) if table.entities[entity][1] - last <= 3 else last
    above = int(table.heads[head])
    if table.deps[head] == "nmod:poss" and last <= above <= last + _REACH // 2:
        return first, above + 1
    if last + 1 < len(table) and table.lower[last] == "and" and table.entity[head] >= 0:
        other = int(table.entity[last + 1])
        if other < 0 and table.lower[last + 1] == "the" and last + 2 < len(table):
            other = int(table.entity[last + 2])
        if other >= 0:
            begin, end, _ = table.entities[other]
            if any(table.heads[n] == head and table.deps[n] == "conj" for n in range(begin, end)):
                return first, end
    return first, last
