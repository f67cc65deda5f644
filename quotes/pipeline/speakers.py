"""Who a mention stands for, over the whole article: surname to full name, pronoun and description to speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from spacy.tokens import Doc, Span

from ..records import Mention, Quote, Speaker, SpeakerKind
from .cues import ADVERBS
from .first_names import pronoun_of
from .mentions import AFTER_NAME, HONORIFICS, PLURALS, ROLES, WEEKDAYS, Described, after_organization, describe

_PART = r"(?:[A-Z][\w’'.-]*\w|[A-Z]\.?)"
_NICKNAME = r"(?:[ \u00a0][\"“‘'][^\"“”‘’'\n]{2,20}[\"”’'])"
_NICKNAMED = re.compile(rf"{_PART}{_NICKNAME} {_PART}")
_BEHIND = re.compile(r"(?: \([^)]{1,20}\))?,?\s+")
_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+(?: (?:of|for|and|the|on|in))* ?){2,8})\(([A-Z]{2,7})\)")
_ROLE_AFTER = re.compile(r",\s+(?:(?:an?|the)\s+)?([^,.;:\"“”]{3,80})(?=[,.;])")
_TITLED = re.compile(rf"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\b\.?\s+({_PART}(?:\s+{_PART}){{0,3}})")
_BODIES = frozenset({"ORG", "LOC", "NORP", "FAC"})
"""Entities that speak as one: a ministry, a state by its name or capital."""
_IN_PLAY = 40
"""Speakers that a pronoun or description may go back to; it keeps the work linear in the quotes."""
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
        for ent in doc.ents:
            if ent.label_ == "PERSON":
                _add(self._people, _without_titles(ent.text))
            elif ent.label_ == "ORG":
                _add(self._organizations, without_article(ent.text))
        for match in _NICKNAMED.finditer(text):
            _add(self._people, _without_titles(match.group()))
        self._places = {without_article(ent.text) for ent in doc.ents if ent.label_ in ("LOC", "NORP")}
        self._by_acronym = {match[2]: match[1].strip() for match in _ACRONYM.finditer(text)}
        self.genders = {
            self.fullest(_without_titles(match[2])): "he" if match[1] in ("Mr", "Sir", "Lord") else "she"
            for match in _TITLED.finditer(text)
        }

    def knows(self, name: str) -> bool:
        """Return whether a single name is part of a full name in the article."""
        return name in self._people or name in self._organizations or name in self._by_acronym

    def fullest(self, name: str, kind: SpeakerKind = "person") -> str:
        """Return the fullest name that the article gives: `Watson` to `Adrienne Watson`, `CCDI` spelt out."""
        if name in self._by_acronym:
            return without_article(self._by_acronym[name])
        if kind == "organization" and name in self._places:
            return name  # `Seoul` is no Seoul Administrative Court
        words = name.split()
        parts = self._people if kind == "person" else self._organizations
        known = parts.get(words[-1]) or parts.get(words[0]) or name
        return known if set(words) <= set(known.split()) else name

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


def without_article(name: str) -> str:
    """Return a name without a leading `the` and a possessive's end."""
    return re.sub(r"['’]s?$", "", re.sub(r"^[Tt]he ", "", name))


def resolve(quotes: Iterable[Quote], subjects: Iterable[Mention], carriers: Set[str], doc: Doc) -> list[Quote]:
    """Return the quotes with their speakers, each mention resolved by what stands before it.

    subjects (Iterable[Mention]): What the sentences of the article are about, in their order: a
        pronoun, or a quote without a mention, goes back to one of these as well as to a speaker.
    carriers (Set[str]): Who only carried the words of others.
    """
    quotes = list(quotes)
    if not quotes:
        return []
    resolver = _Resolver(doc, carriers)
    resolved = []
    waiting = deque(subjects)
    for quote in quotes:
        until = quote.mention.start if quote.mention else quote.start
        while waiting and waiting[0].start < until:
            resolver.hear_of(waiting.popleft())
        described = named(doc, quote.mention) if quote.mention else None
        resolver.meet(until)
        speaker = resolver.speaker(quote.mention, described)
        resolved.append(replace(quote, speaker=speaker, mention_kind=described.mention_kind if described else "none"))
    return resolved


class _Resolver:
    """Goes through an article from its beginning, and knows who has been spoken of so far."""

    def __init__(self, doc: Doc, carriers: Set[str]) -> None:
        self.doc = doc
        self.text = doc.text
        self.carriers = carriers
        self.cast = Cast(doc)
        self.genders = dict(self.cast.genders)
        self.known: list[Speaker] = []  # the one that a pronoun most likely means stands last
        self.told_of = deque(self._people())
        people = [ent for ent in doc.ents if ent.label_ == "PERSON"]
        self._named = [
            (ent.start_char, Speaker(self.cast.fullest(_without_titles(ent.text)), "person")) for ent in people
        ]

    def _people(self) -> Iterator[tuple[int, Speaker]]:
        """Yield the people that the article names with a role, and where."""
        for chunk in self.doc.noun_chunks if self.doc.has_annotation("DEP") else ():
            if not any(ent.label_ == "PERSON" for ent in chunk.ents):
                continue
            mention = Mention(chunk.text, chunk.start_char, chunk.end_char)
            described = named(self.doc, mention)
            if described.name and described.kind == "person":
                role = described.role or _role_after(self.text, mention.end)
                if role:
                    yield mention.start, Speaker(self.cast.fullest(described.name), "person", role)

    def meet(self, until: int) -> None:
        """Take in who is named before a place: a description may mean them, a pronoun rather somebody else."""
        while self.told_of and self.told_of[0][0] < until:
            _, speaker = self.told_of.popleft()
            at = next((n for n, other in enumerate(self.known) if other.name == speaker.name), None)
            if at is None and len(self.known) < 2 * _IN_PLAY:
                self.known.insert(0, speaker)
            elif at is not None and not self.known[at].role:
                self.known[at] = speaker

    def hear_of(self, subject: Mention) -> None:
        """Take in what a sentence is about, if it is somebody with a name and not who only carried the words."""
        described = named(self.doc, subject)
        name = described.name
        if name in self.carriers:
            return
        # A single word with a capital may just begin the sentence.
        has_name = name and (" " in name or described.kind == "organization" or self.cast.knows(name))
        if has_name or self._name_after(subject.end):
            self.speaker(subject, described)

    def speaker(self, mention: Mention | None, described: Described | None) -> Speaker | None:
        """Return who a mention stands for; without one, who spoke or was spoken of last."""
        if mention is None or described is None:
            found = self.known[-1] if self.known else None
        elif described.kind is None:
            found = self._by_pronoun(mention)
        elif described.name is None:
            found = self._in_apposition(mention) or self._by_description(mention.text, described)
        else:
            found = self._by_name(described.name, described, mention.end)
        if found:
            self.known = [other for other in self.known if (other.name, other.kind) != (found.name, found.kind)]
            self.known = [*self.known, found][-_IN_PLAY:]
        return found

    def _by_name(self, name: str, described: Described, end: int | None) -> Speaker:
        """`Watson`, `Mr. Kim`, `Brannoch`; what stands from `end` on may tell the role."""
        full = self.cast.fullest(name, described.kind or "person")
        if described.kind == "person":
            if organization := self.cast.organization(name):
                return Speaker(organization, "organization")  # `Brannoch`, where the article tells of Brannoch Lithium
            if described.gender:
                self.genders[full] = described.gender
            if " " not in name:
                # Of two with one surname the one who was spoken of last.
                people = (s.name for s in reversed(self.known) if s.kind == "person")
                full = next((known for known in people if name in known.split()), full)
            earlier = next((s for s in self.known if s.name == full and s.role), None)
            return earlier or Speaker(full, "person", described.role or _role_after(self.text, end))
        earlier = next((s for s in self.known if s.name.lower() == full.lower()), None)
        return earlier or Speaker(full, described.kind or "organization")

    def _in_apposition(self, mention: Mention) -> Speaker | None:
        """`the ship's chief engineer, Tom Hallam, who`."""
        name = self._name_after(mention.end)
        if name is None:
            return None
        role = re.sub(r"^(?:the|an?|its|his|her|their) ", "", mention.text, flags=re.I)
        return Speaker(self.cast.fullest(_without_titles(name)), "person", role)

    def _name_after(self, end: int) -> str | None:
        """The name of a person right after the comma or bracket behind a description, a title before it or not."""
        gap = _BEHIND.match(self.text, end)
        if gap is None:
            return None
        if nicknamed := _NICKNAMED.match(self.text, gap.end()):
            return nicknamed.group()
        first = self.doc.char_span(gap.end(), gap.end() + 1, alignment_mode="expand")
        beside = self.doc[first.start : first.start + 8].ents if first else ()
        ent = next((ent for ent in beside if ent.label_ == "PERSON"), None)
        if ent is None or first is None:
            return None
        titles = self.doc[first.start : ent.start]
        return ent.text if all(token.text[0].isupper() or token.text == "." for token in titles) else None

    def _bodies(self) -> Iterator[Speaker]:
        """The organisations and documents spoken of, the last first; those that only carried words last."""
        found = [s for s in reversed(self.known) if s.kind in ("organization", "document")]
        return iter(sorted(found, key=lambda speaker: speaker.name in self.carriers))

    def _people_before(self, place: int) -> list[Speaker]:
        """The people named last before a place, the last first."""
        end = bisect_left(self._named, place, key=lambda at: at[0])
        return list(dict.fromkeys(speaker for _, speaker in reversed(self._named[max(0, end - _IN_PLAY) : end])))

    def _by_pronoun(self, mention: Mention) -> Speaker | None:
        pronoun = mention.text.lower()
        if pronoun in ("he", "she"):
            people = [s for s in reversed(self.known) if s.kind in ("person", "unnamed")]
            people = people or self._people_before(mention.start)
            fitting = [s for s in people if (self._pronoun_of(s) or pronoun) == pronoun]
            if fitting:
                self.genders.setdefault(fitting[0].name, pronoun)
            return next(iter(fitting or people), None)
        if pronoun == "it":
            return next(self._bodies(), None)
        return self.known[-1] if self.known else None

    def _pronoun_of(self, speaker: Speaker) -> str | None:
        """What this article calls the speaker, or what the first name tells."""
        found = self.genders.get(speaker.name)
        return found or (pronoun_of(speaker.name) if speaker.kind == "person" else None)

    def _by_description(self, mention: str, described: Described) -> Speaker:
        """`the spokesperson`, `the NSC spokesperson`: one who was named so before, or somebody unnamed."""
        owned = re.search(r"\w['’]s? [a-z]+$", mention) and mention.split()[-1] not in ROLES | PLURALS
        earlier = self._issuer(mention) if described.kind == "document" or owned else None  # `Khan's claim`
        if earlier is None and mention.lower().startswith("the "):
            earlier = self._described_before(mention, described)
        if earlier:
            return earlier
        name = re.sub(r"^(The|A|An|One|Some|Two|Three|Several)\b", lambda m: m.group().lower(), mention)
        name = re.sub(r"^[A-Z](?=[a-z]+$)", lambda m: m.group().lower(), name)
        if described.kind == "organization":
            name = re.sub(r"^(?:the|an?|its|their|our) ", "", name)
        return Speaker(name, described.kind or "unnamed")

    def _issuer(self, mention: str) -> Speaker | None:
        """`PM Modi's letter`, `The New York Times report`: the words are those of whoever issued it."""
        owner = re.match(r"(?:[Tt]he |[Aa] )?(.+?)(?:['’]s?)?(?: [a-z]+)+$", mention)
        described = describe(owner[1]) if owner else None
        return self._by_name(described.name, described, None) if described and described.name else None

    def _described_before(self, mention: str, described: Described) -> Speaker | None:
        if described.kind == "document" and self.known:
            return next(self._bodies(), self.known[-1])
        words = set(_content_words(mention))
        head = mention.lower().split()[-1]
        for speaker in reversed(self.known):
            told = set(_content_words(f"{speaker.role or ''} {speaker.name}"))
            anybody = speaker.kind == "unnamed" and head in {"official", "source"}
            if words <= (told | {head} if anybody else told):
                return speaker
        if described.kind == "unnamed" and head in ROLES:
            for speaker in reversed(self.known):
                gender = self._pronoun_of(speaker)
                if speaker.kind == "person" and (gender is None or described.gender in (None, gender)):
                    return speaker
        return None


def named(doc: Doc, mention: Mention) -> Described:
    """Return what a mention tells of its source, by the named entity that heads it or stands beside its head."""
    told = describe(mention.text)
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if told.mention_kind == "pronoun" or span is None or not doc.has_annotation("ENT_IOB"):
        return told
    heads = [ent for ent in span.ents if _heads(ent, span)]
    person = next((ent for ent in heads if ent.label_ == "PERSON"), None)
    if person:
        name = _without_titles(person.text)
        role = told.role or describe(doc[span.start : person.end].text).role
        return Described(name, role, "person", "name", told.gender)
    body = next((ent for ent in heads if ent.label_ in _BODIES), None)
    if body:
        name = body.text if body.end == span.end else doc[body.start : span.end].text
        return Described(without_article(name if body.label_ == "ORG" else body.text), None, "organization", "name")
    if told.kind == "person" and told.name and not span.ents and " " not in told.name:
        return Described(None, None, "unnamed", "description", told.gender)  # `OC`, `Contacted`
    return told


def _heads(ent: Span, span: Span) -> bool:
    """Whether an entity is, or names, the head of a noun phrase: not `Biden` in `an aide to Biden`, `Biden's aide`."""
    head = span.root
    if ent.start <= head.i < ent.end:
        return True
    beside = ent.start > head.i and ent.root.head.i == head.i
    return beside and not any(child.dep_ == "case" for child in ent.root.children)


def _role_after(text: str, end: int | None) -> str | None:
    """What an apposition says the person is: `Adrienne Watson, a spokesperson for the White House,`."""
    match = _ROLE_AFTER.match(text, end) if end is not None else None
    if match is None:
        return None
    words = [word.lower() for word in re.findall(r"[\w-]+", match[1])]
    return match[1] if set(words[:6]) & ROLES and not match[1].startswith(("who ", "which ")) else None


def _content_words(text: str) -> list[str]:
    return [w for w in re.findall(r"[\w-]+", text.lower()) if w not in ("the", "a", "an", "of", "for", "s")]


def _without_titles(name: str) -> str:
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
