"""Who a mention stands for, over the whole article: surname to full name, pronoun and description to speaker."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from ..records import Mention, Quote, Speaker
from .cues import ADVERBS
from .mentions import AFTER_NAME, HONORIFICS, ROLES, WEEKDAYS, Described, after_organization, describe

_PART = r"(?:[A-Z][\w’'.-]*\w|[A-Z]\.?)"
_PARTICLE = r"(?:al|bin|ibn|de|del|della|der|di|da|dos|el|la|le|van|von|y)"
_NICKNAME = r"(?:[ \u00a0][\"“‘'][^\"“”‘’'\n]{2,20}[\"”’'])"
_NAME = re.compile(rf"\b{_PART}{_NICKNAME}?(?:[ \u00a0](?:{_PART}|{_PARTICLE})){{0,6}}[ \u00a0]{_PART}")
_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+(?: (?:of|for|and|the|on|in))* ?){2,8})\(([A-Z]{2,7})\)")
_NAME_AFTER = re.compile(rf",\s+({_NAME.pattern})(?=[,.:;])")
_ROLE_AFTER = re.compile(r",\s+(?:(?:an?|the)\s+)?([^,.;:\"“”]{3,80})(?=[,.;])")
_TITLED = re.compile(rf"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady)\b\.?\s+({_PART}(?:\s+{_PART}){{0,3}})")
_IN_PLAY = 40
"""Speakers that a pronoun or description may go back to; it keeps the work linear in the quotes."""
_SENTENCE_OPENERS = ADVERBS | frozenset(
    "the a an in on at by for from with when while after before but and as if".split()
)


class Cast:
    """The people and organisations of one article, as its text names them.

    text (str): The article's text.
    """

    def __init__(self, text: str) -> None:
        self._by_part: dict[str, str] = {}
        for match in _NAME.finditer(text):
            self._add(_without_titles(match.group()))
        self._by_acronym = {match[2]: match[1].strip() for match in _ACRONYM.finditer(text)}
        self.genders = {
            self.fullest(_without_titles(match[2])): "he" if match[1] in ("Mr", "Sir", "Lord") else "she"
            for match in _TITLED.finditer(text)
        }

    def _add(self, name: str) -> None:
        words = name.split()
        for part in words if len(words) > 1 else ():
            # The first full name with a surname keeps it (later ones are mostly relatives), unless
            # a later one only adds to it.
            known = self._by_part.get(part)
            if known is None or (set(known.split()) < set(words) and known.split()[0] == words[0]):
                self._by_part[part] = name

    def knows(self, name: str) -> bool:
        """Return whether a single name is part of a full name in the article."""
        return name in self._by_part or name in self._by_acronym

    def fullest(self, name: str) -> str:
        """Return the fullest name that the article gives: `Watson` to `Adrienne Watson`, `CCDI` spelt out."""
        if name in self._by_acronym:
            return re.sub(r"^The ", "", self._by_acronym[name])
        words = name.split()
        known = self._by_part.get(words[-1]) or self._by_part.get(words[0]) or name
        return known if set(words) <= set(known.split()) else name


def resolve(quotes: Iterable[Quote], subjects: Iterable[Mention], text: str) -> list[Quote]:
    """Return the quotes with their speakers, each mention resolved by what stands before it.

    subjects (Iterable[Mention]): What the sentences of the article are about, in their order: a
        pronoun, or a quote without a mention, goes back to one of these as well as to a speaker.
    """
    resolver = _Resolver(text)
    resolved = []
    waiting = deque(subjects)
    for quote in quotes:
        until = quote.mention.start if quote.mention else quote.start
        while waiting and waiting[0].start < until:
            resolver.hear_of(waiting.popleft())
        described = describe(quote.mention.text) if quote.mention else None
        speaker = resolver.speaker(quote.mention, described)
        resolved.append(replace(quote, speaker=speaker, mention_kind=described.mention_kind if described else "none"))
    return resolved


class _Resolver:
    """Goes through an article from its beginning, and knows who has been spoken of so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cast = Cast(text)
        self.genders = dict(self.cast.genders)
        self.known: list[Speaker] = []  # the one that a pronoun most likely means stands last

    def hear_of(self, subject: Mention) -> None:
        """Take in what a sentence is about, if it is somebody with a name."""
        described = describe(subject.text)
        name = described.name
        # A single word with a capital may just begin the sentence.
        named = name and (" " in name or described.kind == "organization" or self.cast.knows(name))
        if named or _NAME_AFTER.match(self.text, subject.end):
            self.speaker(subject, described)

    def speaker(self, mention: Mention | None, described: Described | None) -> Speaker | None:
        """Return who a mention stands for; without one, who spoke or was spoken of last."""
        if mention is None or described is None:
            found = self.known[-1] if self.known else None
        elif described.kind is None:
            found = self._by_pronoun(mention.text.lower())
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
        full = self.cast.fullest(name)
        if described.kind == "person":
            if full != name and describe(full).kind == "organization":
                return Speaker(full, "organization")  # `Brannoch`, where the article tells of Brannoch Lithium
            if described.gender:
                self.genders[full] = described.gender
            earlier = next((s for s in self.known if s.name == full and s.role), None)
            return earlier or Speaker(full, "person", described.role or _role_after(self.text, end))
        earlier = next((s for s in self.known if s.name.lower() == full.lower()), None)
        return earlier or Speaker(full, described.kind or "organization")

    def _in_apposition(self, mention: Mention) -> Speaker | None:
        """`the ship's chief engineer, Tom Hallam, who`."""
        apposed = _NAME_AFTER.match(self.text, mention.end)
        if apposed is None:
            return None
        role = re.sub(r"^(?:the|an?|its|his|her|their) ", "", mention.text, flags=re.I)
        return Speaker(self.cast.fullest(_without_titles(apposed[1])), "person", role)

    def _by_pronoun(self, pronoun: str) -> Speaker | None:
        if pronoun in ("he", "she"):
            people = [s for s in reversed(self.known) if s.kind in ("person", "unnamed")]
            fitting = [s for s in people if self.genders.get(s.name, pronoun) == pronoun]
            if fitting:
                self.genders.setdefault(fitting[0].name, pronoun)
            return next(iter(fitting or people), None)
        if pronoun == "it":
            return next((s for s in reversed(self.known) if s.kind in ("organization", "document")), None)
        return self.known[-1] if self.known else None

    def _by_description(self, mention: str, described: Described) -> Speaker:
        """`the spokesperson`, `the NSC spokesperson`: one who was named so before, or somebody unnamed."""
        earlier = self._issuer(mention) if described.kind == "document" else None
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
        owner = re.match(r"(.+?)(?:['’]s?)?(?: [a-z]+)+$", mention)
        described = describe(owner[1]) if owner else None
        return self._by_name(described.name, described, None) if described and described.name else None

    def _described_before(self, mention: str, described: Described) -> Speaker | None:
        if described.kind == "document" and self.known:
            return self.known[-1]
        words = set(_content_words(mention))
        head = mention.lower().split()[-1]
        for speaker in reversed(self.known):
            told = set(_content_words(f"{speaker.role or ''} {speaker.name}"))
            anybody = speaker.kind == "unnamed" and head in {"official", "source"}
            if words <= (told | {head} if anybody else told):
                return speaker
        if described.kind == "unnamed" and head in ROLES:
            for speaker in reversed(self.known):
                gender = self.genders.get(speaker.name)
                if speaker.kind == "person" and (gender is None or described.gender in (None, gender)):
                    return speaker
        return None


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
