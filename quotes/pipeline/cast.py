"""Who an article tells of: its people and organisations as its text names them, and what a mention says of one."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc, Span

from ..reading.outlets import by_name
from ..records import Mention, Outlet, SpeakerKind
from .cues import ADVERBS
from .mentions import AFTER_NAME, HONORIFICS, ROLES, WEEKDAYS, Described, after_organization, describe

_PART = r"(?:[A-Z][\w’'.-]*\w|[A-Z]\.?)"
_NICKNAME = r"(?:[ \u00a0][\"“‘'][^\"“”‘’'\n]{2,20}[\"”’'])"
NICKNAMED = re.compile(rf"{_PART}{_NICKNAME} {_PART}")
_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+(?: (?:of|for|and|the|on|in))* ?){2,8})\(([A-Z]{2,7})\)")
_ROLE_AFTER = re.compile(r",\s+(?:(?:an?|the)\s+)?([^,.;:\"“”]{3,80})(?=[,.;])")
_POST = re.compile(r"[A-Z]{2,5} (?:of|at|for) ")
"""`OC of Mohonpur Police Station`"""
_TITLED = re.compile(rf"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\b\.?\s+({_PART}(?:\s+{_PART}){{0,3}})")
_BODIES = frozenset({"ORG", "LOC", "NORP", "FAC"})
"""Entities that speak as one: a ministry, a state by its name or capital."""
_KIN = frozenset(
    """son daughter child wife husband mother father mom dad brother sister uncle aunt cousin nephew niece grandson
    granddaughter grandmother grandfather stepfather stepmother fiance fiancee girlfriend boyfriend widow""".split()
)
_SENTENCE_OPENERS = ADVERBS | frozenset(
    "the a an in on at by for from with when while after before but and as if".split()
)


class Cast:
    """The people and organisations of one article, as its text names them.

    doc (Doc): The article, with its named entities.
    """

    def __init__(self, doc: Doc) -> None:
        text = doc.text
        self._people: dict[str, str] = {}
        self._organizations: dict[str, str] = {}
        relatives: dict[str, None] = {}  # in their order: the first with a surname keeps it
        self._outlets: list[tuple[int, Outlet]] = []
        self._outlet_names: dict[Outlet, str] = {}
        for ent in doc.ents:
            if ent.label_ == "PERSON":
                name = without_titles(ent.text)
                if _is_relative(ent) and name not in map(self._people.get, name.split()):
                    relatives[name] = None
                else:
                    _add(self._people, name)
            elif ent.label_ == "ORG":
                name = without_article(ent.text)
                _add(self._organizations, name)
                if outlet := by_name(name):
                    self._outlets.append((ent.start_char, outlet))
                    self._outlet_names[outlet] = max(self._outlet_names.get(outlet, ""), name, key=len)
        for name in relatives:
            _add(self._people, name)
        self.relatives = frozenset(relatives)
        for match in NICKNAMED.finditer(text):
            _add(self._people, without_titles(match.group()))
        self._places = {without_article(ent.text) for ent in doc.ents if ent.label_ in ("LOC", "NORP")}
        self._by_acronym = {match[2]: match[1].strip() for match in _ACRONYM.finditer(text)}
        self.genders = {
            self.fullest(without_titles(match[2])): "he" if match[1] in ("Mr", "Sir", "Lord") else "she"
            for match in _TITLED.finditer(text)
        }

    def knows(self, name: str) -> bool:
        """Return whether a single name is part of a full name in the article."""
        return name in self._people or name in self._organizations or name in self._by_acronym

    def fullest(self, name: str, kind: SpeakerKind = "person") -> str:
        """Return the fullest name that the article gives: `Watson` to `Adrienne Watson`, `CCDI` spelt out."""
        if kind == "organization" and (outlet := by_name(name)) and outlet in self._outlet_names:
            return self._outlet_names[outlet]
        if name in self._by_acronym:
            return without_article(self._by_acronym[name])
        if kind == "organization" and name in self._places:
            return name  # `Seoul` is no Seoul Administrative Court
        words = name.split()
        parts = self._people if kind == "person" else self._organizations
        known = parts.get(words[-1]) or parts.get(words[0]) or name
        return known if set(words) <= set(known.split()) else name

    def acronyms_in(self, text: str) -> list[str]:
        """Return the acronyms of the names in a text that the article spells out."""
        return [short for short, spelt in self._by_acronym.items() if without_article(spelt) in text]

    def is_place(self, name: str) -> bool:
        """Return whether a name is that of a country, a city or a people."""
        return name in self._places

    def outlet_near(self, place: int, *, after: bool = False) -> str | None:
        """Return the outlet that the article names last before a place, or first after it."""
        n = bisect_left(self._outlets, place, key=lambda at: at[0]) - (0 if after else 1)
        return self._outlet_names[self._outlets[n][1]] if 0 <= n < len(self._outlets) else None

    def organization(self, name: str) -> str | None:
        """Return the organisation that a single name stands for, if no person bears it."""
        return self._organizations.get(name) if name not in self._people else None


def _add(parts: dict[str, str], name: str) -> None:
    """Note the words of a full name: the first with a surname keeps it, unless a later one only adds to it."""
    words = name.split()
    for part in words if len(words) > 1 else ():
        # Later ones are mostly relatives.
        known = parts.get(part)
        if known is None or (set(known.split()) < set(words) and known.split()[0] == words[0]):
            parts[part] = name


def _is_relative(person: Span) -> bool:
    """Whether a person is told of as somebody's kin: `her son, Damon Nickerson`."""
    before = person.doc[max(0, person.start - 2) : person.start]
    words = [token.lower_ for token in before if token.text != ","]
    return bool(words) and words[-1] in _KIN


def without_article(name: str) -> str:
    """Return a name without a leading `the` and a possessive's end."""
    return re.sub(r"['’]s?$", "", re.sub(r"^[Tt]he ", "", name))


def entities(tokens: Span) -> list[Span]:
    """Return the named entities that lie in a span. Its own `ents` goes through the whole Doc for them."""
    doc, found, start = tokens.doc, [], None
    for token in doc[tokens.start : tokens.end + 1]:
        if start is not None and token.ent_iob_ != "I":
            found.append(Span(doc, start, token.i, doc[start].ent_type))
            start = None
        if token.ent_iob_ == "B" and token.i < tokens.end:
            start = token.i
    if start is not None and tokens.end == len(doc):
        found.append(Span(doc, start, tokens.end, doc[start].ent_type))
    return found


def named(doc: Doc, mention: Mention) -> Described:
    """Return what a mention tells of its source, by the named entity that heads it or stands beside its head."""
    told = describe(mention.text)
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if told.mention_kind == "pronoun" or span is None or not doc.has_annotation("ENT_IOB"):
        return told
    ents = entities(span)
    heads = [ent for ent in ents if _heads(ent, span)]
    person = next((ent for ent in heads if ent.label_ == "PERSON"), None)
    if person:
        name = without_titles(person.text)
        role = told.role or describe(doc[span.start : person.end].text).role
        return Described(name, role, "person", "name", told.gender)
    body = next((ent for ent in heads if ent.label_ in _BODIES and not _is_role(span, ent)), None)
    if body:
        name = body.text if body.end == span.end else doc[body.start : span.end].text
        return Described(without_article(name if body.label_ == "ORG" else body.text), None, "organization", "name")
    if told.kind == "person" and told.name and not ents and " " not in told.name:
        return Described(None, None, "unnamed", "description", told.gender)  # `OC`, `Contacted`
    return told


def _heads(ent: Span, span: Span) -> bool:
    """Whether an entity is, or names, the head of a noun phrase: not `Biden` in `an aide to Biden`, `Biden's aide`."""
    head = span.root
    if ent.start <= head.i < ent.end:
        return True
    beside = ent.start > head.i and ent.root.head.i == head.i
    return beside and ent.root.dep_ != "nmod:poss" and not any(child.dep_ == "case" for child in ent.root.children)


def _is_role(span: Span, ent: Span) -> bool:
    """Whether a noun phrase is headed by what a person is: `the Mexico director of an organization, WOLA`."""
    heads = (span.root, span[-1])
    return any(head.lower_ in ROLES and not ent.start <= head.i < ent.end for head in heads)


def joint(doc: Doc, mention: Mention) -> list[str]:
    """Return the names of the people, or of the organisations, that a mention joins with `and`; else nothing."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    ents = [ent for ent in entities(span) if ent.label_ in ("PERSON", "ORG")] if span else []
    if len(ents) < 2 or len({ent.label_ for ent in ents}) > 1:
        return []
    first = ents[0]
    heads = [first, *(ent for ent in ents[1:] if ent.root.dep_ == "conj" and ent.root.head.i < ent.start)]
    if len(heads) < len(ents) or not any(token.lower_ == "and" for token in span or ()):
        return []
    return [(without_titles if ent.label_ == "PERSON" else without_article)(ent.text) for ent in heads]


def role_after(text: str, end: int | None) -> str | None:
    """What an apposition says the person is: `Adrienne Watson, a spokesperson for the White House,`."""
    match = _ROLE_AFTER.match(text, end) if end is not None else None
    if match is None:
        return None
    words = [word.lower() for word in re.findall(r"[\w-]+", match[1])]
    is_role = set(words[:6]) & ROLES or _POST.match(match[1])
    return match[1] if is_role and not match[1].startswith(("who ", "which ")) else None


def without_titles(name: str) -> str:
    """Return a person's name without titles, roles and what else an entity may begin with, or a possessive's end."""
    words = [word for word in re.sub(_NICKNAME, "", name).split() if word.lower() not in WEEKDAYS]
    while len(words) > 1 and words[0].lower() in _SENTENCE_OPENERS:
        words = words[1:]
    while len(words) > 2 and words[-1].lower() in AFTER_NAME:
        words.pop()
    while len(words) > 1 and words[0].lower().rstrip(".") in HONORIFICS | ROLES:
        words = words[1:]
    for i in range(len(words) - 2, 0, -1):
        if words[i].lower().rstrip(".") in ROLES | HONORIFICS:
            words = words[i + 1 :]
            break
    return re.sub(r"['’]s$", "", " ".join(after_organization(words)))
