"""Who a mention stands for, over the whole article: surname to full name, pronoun and description to speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from functools import cached_property

from jellyfish import damerau_levenshtein_distance
from spacy.tokens import Doc

from ..records import Mention, Quote, Speaker, SpeakerKind
from .cast import NICKNAMED, Cast, entities, joint, named, role_after, without_titles
from .first_names import pronoun_of
from .mentions import COLLECTIVES, DOCUMENTS, ORGANIZATIONS, OUTLETS, PLURALS, ROLES, STATES, Described, describe
from .overlaps import Overlaps

_BEHIND = re.compile(r"(?: \([^)]{1,20}\))?,?\s+")
_ANYBODY = frozenset({"official", "source"})
_RANKS = frozenset({"top", "senior", "high-ranking", "former"})
_NOT_ONE = PLURALS | ORGANIZATIONS | DOCUMENTS | COLLECTIVES
_INTRODUCED = re.compile(r"(?:an?|one of) ", re.IGNORECASE)
_SINGULAR = {"men": "man", "women": "woman"}
_OWNED = re.compile(r"\w['’]s? ")
_SUBJECT = {"his": "he", "her": "she", "its": "it", "their": "they"}
_OWNER = re.compile(r"(his|her|its|their) ", re.IGNORECASE)
_SMALL = frozenset("the a an of for from at in s".split())
_IN_PLAY = 40
"""Speakers that a pronoun or description may go back to; it keeps the work linear in the quotes."""


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
        speaker = resolver.hear(quote.mention, described)
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
        self.voices: set[Speaker] = set()
        self.groups: set[Speaker] = set()
        self.issued: dict[str, Speaker] = {}
        self.sources = Overlaps(span for attribution in doc._.attributions for span in attribution.sources)

    @cached_property
    def _named(self) -> list[tuple[int, Speaker]]:
        """Where people are named, and who they are."""
        people = (ent for ent in self.doc.ents if ent.label_ == "PERSON")
        return [(ent.start_char, Speaker(self.cast.fullest(without_titles(ent.text)), "person")) for ent in people]

    def _people(self) -> Iterator[tuple[int, Speaker]]:
        """Yield the people that the article names with a role, and where."""
        ends = {ent.start: ent.end for ent in self.doc.ents if ent.label_ == "PERSON"}
        for chunk in self.doc.noun_chunks if self.doc.has_annotation("DEP") else ():
            if not any(ends.get(n, chunk.end + 1) <= chunk.end for n in range(chunk.start, chunk.end)):
                continue
            mention = Mention(chunk.text, chunk.start_char, chunk.end_char)
            described = named(self.doc, mention)
            if described.name and described.kind == "person":
                role = described.role or role_after(self.text, mention.end)
                if role:
                    yield mention.start, Speaker(self.cast.fullest(described.name), "person", role)

    def meet(self, until: int) -> None:
        """Take in who is named before a place: a description may mean them, a pronoun rather somebody else."""
        while self.told_of and self.told_of[0][0] < until:
            self._remember(self.told_of.popleft()[1])

    def _remember(self, speaker: Speaker) -> None:
        """Take in somebody whom only a description means so far."""
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
        self._hear_of_owner(subject)
        # A single word with a capital may just begin the sentence.
        has_name = name and (" " in name or described.kind == "organization" or self.cast.knows(name))
        if described.kind == "unnamed" and _INTRODUCED.match(subject.text) and not described.name:
            self._remember(Speaker(_lowered(subject.text), "unnamed"))
        elif has_name or self._name_after(subject.end):
            found = self.speaker(subject, described)
            if found and self.sources.touch((subject.start, subject.end)):
                self.voices.add(found)

    def _hear_of_owner(self, subject: Mention) -> None:
        """`Nickerson's grandfather was forced to`: who `she` is in what follows."""
        owner = re.match(r"([A-Z].*?)['’]s? [a-z]", subject.text)
        if owner:
            mention = Mention(owner[1], subject.start, subject.start + len(owner[1]))
            described = named(self.doc, mention)
            if described.kind == "person" and described.name and self.cast.knows(described.name.split()[-1]):
                self.speaker(mention, described)

    def hear(self, mention: Mention | None, described: Described | None) -> Speaker | None:
        """Return who says what has this mention."""
        found = self.speaker(mention, described)
        if found:
            self.voices.add(found)
            if mention and (word := mention.text.split()[-1]) in DOCUMENTS and found.kind != "document":
                self.issued[word] = found  # `the letter` will be the Prime Minister's
        return found

    def speaker(self, mention: Mention | None, described: Described | None) -> Speaker | None:
        """Return who a mention stands for; without one, who spoke or was spoken of last."""
        if mention is None or described is None:
            found = self.known[-1] if self.known else None
        elif described.kind is None:
            found = self._by_pronoun(mention)
        elif together := joint(self.doc, mention):
            found = self._together(together, described.kind)
        elif described.name is None:
            found = self._in_apposition(mention) or self._by_description(mention, described)
        else:
            found = self._by_name(described.name, described, mention.end)
        if found:
            self.known = [other for other in self.known if (other.name, other.kind) != (found.name, found.kind)]
            self.known = [*self.known, found][-_IN_PLAY:]
        return found

    def _by_name(self, name: str, described: Described, end: int | None) -> Speaker:
        """`Watson`, `Mr. Kim`, `Brannoch`; what stands from `end` on may tell the role."""
        full = self.cast.fullest(name, described.kind or "person")
        meant = next((s for s in reversed(self.known) if _is_misspelt(full, s.name)), None) if " " not in full else None
        if meant:
            return meant
        if described.kind == "person":
            if organization := self.cast.organization(name):
                return Speaker(organization, "organization")  # `Brannoch`, where the article tells of Brannoch Lithium
            if described.gender:
                self.genders[full] = described.gender
            if " " not in name:
                # Of two with one surname the one who was spoken of last.
                people = [s for s in reversed(self.known) if s.kind == "person" and s not in self.groups]
                kin = self.cast.relatives
                own = (s for s in people if name in s.name.split() and (s.name not in kin or s in self.voices))
                full = next((s.name for s in own), full)
            earlier = next((s for s in self.known if s.name == full and s.role), None)
            return earlier or Speaker(full, "person", described.role or role_after(self.text, end))
        if name.isupper() and (holder := self._holder(name)):
            return holder
        earlier = next((s for s in self.known if s.name.lower() == full.lower()), None)
        return earlier or Speaker(full, described.kind or "organization")

    def _holder(self, post: str) -> Speaker | None:
        """`the OC`, where the article tells of the OC of a police station."""
        return next(
            (s for s in reversed(self.known) if s.role and re.match(rf"{re.escape(post)} (?:of|at|for) ", s.role)), None
        )

    def _together(self, names: list[str], kind: SpeakerKind | None) -> Speaker:
        """`Akuumba, Samuel and Andrias`."""
        kind = "organization" if kind == "organization" else "person"
        full = [self.cast.fullest(name, kind) for name in names]
        found = Speaker(f"{', '.join(full[:-1])} and {full[-1]}", kind)
        self.groups.add(found)
        return found

    def _in_apposition(self, mention: Mention) -> Speaker | None:
        """`the ship's chief engineer, Tom Hallam, who`."""
        name = self._name_after(mention.end)
        if name is None:
            return None
        role = re.sub(r"^(?:the|an?|its|his|her|their) ", "", mention.text, flags=re.I)
        return Speaker(self.cast.fullest(without_titles(name)), "person", role)

    def _name_after(self, end: int) -> str | None:
        """The name of a person right after the comma or bracket behind a description, a title before it or not."""
        gap = _BEHIND.match(self.text, end)
        if gap is None:
            return None
        if nicknamed := NICKNAMED.match(self.text, gap.end()):
            return nicknamed.group()
        first = self.doc.char_span(gap.end(), gap.end() + 1, alignment_mode="expand")
        beside = entities(self.doc[first.start : first.start + 8]) if first else ()
        ent = next((ent for ent in beside if ent.label_ == "PERSON"), None)
        if ent is None or first is None:
            return None
        titles = self.doc[first.start : ent.start]
        return ent.text if all(token.text[0].isupper() or token.text == "." for token in titles) else None

    def _bodies(self) -> list[Speaker]:
        """The organisations and documents spoken of, the last first; those that only carried words last."""
        found = [s for s in reversed(self.known) if s.kind in ("organization", "document")]
        return sorted(found, key=lambda speaker: speaker.name in self.carriers)

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
            return next(iter(self._bodies()), None)
        if pronoun == "they":
            several = (s for s in reversed(self.known) if s in self.groups or s.kind == "organization" or _is_plural(s))
            return next(several, self.known[-1] if self.known else None)
        return self.known[-1] if self.known else None

    def _pronoun_of(self, speaker: Speaker) -> str | None:
        """What this article calls the speaker, or what the first name tells."""
        found = self.genders.get(speaker.name)
        return found or (pronoun_of(speaker.name) if speaker.kind == "person" else None)

    def _by_description(self, mention: Mention, described: Described) -> Speaker:
        """`the spokesperson`, `the NSC spokesperson`: one who was named so before, or somebody unnamed."""
        words = mention.text
        if (owner := _OWNER.match(words)) and words.split()[-1] not in ROLES | PLURALS | ORGANIZATIONS:
            pronoun = _SUBJECT[owner[1].lower()]
            if found := self._by_pronoun(Mention(pronoun, mention.start, mention.start + len(owner[1]))):
                return found  # `Her reply`
        owned = re.search(r"\w['’]s? [a-z]+$", words) and words.split()[-1] not in ROLES | PLURALS
        earlier = self._issuer(words) if described.kind == "document" or owned else None  # `Khan's claim`
        if earlier is None and words.lower().startswith("the "):
            earlier = self._body_described(mention) or self._described_before(words, described)
        if earlier is None and not any(speaker.kind == "person" for speaker in self.voices):
            earlier = self._told_later(mention, described)
        if earlier:
            return earlier
        name = re.sub(r"^[A-Z](?=[a-z]+$)", lambda m: m.group().lower(), _lowered(words))
        if described.kind == "organization":
            name = re.sub(r"^(?:the|an?|its|their|our) ", "", name)
        return Speaker(name, described.kind or "unnamed")

    def _issuer(self, mention: str) -> Speaker | None:
        """`PM Modi's letter`, `The New York Times report`: the words are those of whoever issued it."""
        owner = re.match(r"(?:[Tt]he |[Aa] )?(.+?)(?:['’]s?)?(?: [a-z]+)+$", mention)
        described = describe(owner[1]) if owner else None
        return self._by_name(described.name, described, None) if described and described.name else None

    def _body_described(self, mention: Mention) -> Speaker | None:
        """`the outlet`, `the reclusive regime`: the outlet or country that was named last."""
        head = mention.text.lower().split()[-1]
        if head in OUTLETS and (outlet := self.cast.outlet_near(mention.start)):
            return Speaker(outlet, "organization")
        if head in STATES:
            return next((s for s in self._bodies() if self.cast.is_place(s.name)), None)
        return None

    def _told_later(self, mention: Mention, described: Described) -> Speaker | None:
        """Who the first quote of an article is from, if that is told after it.

        `according to a news report`, and then `In its report, The New York Times`; `said a top official from Etihad
        Rail`, and then `Ahmed Al Hashemi, Executive Director at Etihad Rail`.
        """
        if described.kind == "document":
            outlet = self.cast.outlet_near(mention.end, after=True) if re.search(r"\breport$", mention.text) else None
            return Speaker(outlet, "organization") if outlet else None
        words = set(_content_words(mention.text)) | {short.lower() for short in self.cast.acronyms_in(mention.text)}
        generic = not words.isdisjoint(_ANYBODY) and not self.voices
        for _, speaker in self.told_of:
            role = set(_content_words(speaker.role or ""))
            own = {word.lower() for word in re.findall(r"\b[A-Z][\w-]+", speaker.role or "")} & words
            if role <= words or (generic and own and words - own <= _ANYBODY | _RANKS):
                return speaker
        return None

    def _described_before(self, mention: str, described: Described) -> Speaker | None:
        words = set(_content_words(mention))
        head = mention.lower().split()[-1]
        if head in self.issued:
            return self.issued[head]
        if described.kind == "document" and self.known:
            return next((body for body in self._bodies() if body in self.voices), self.known[-1])
        for speaker in reversed(self.known):
            told = set(_content_words(f"{speaker.role or ''} {speaker.name}"))
            anybody = speaker.kind == "unnamed" and head in _ANYBODY
            if words <= (told | {head} if anybody else told):
                return speaker
        if described.kind == "unnamed" and not _OWNED.search(mention) and (head in ROLES or head not in _NOT_ONE):
            for speaker in reversed(self.known):
                gender = self._pronoun_of(speaker)
                is_one = speaker.kind == "person" and (head in ROLES or speaker in self.voices)
                if is_one and (gender is None or described.gender in (None, gender)):
                    return speaker
        return None


def _is_misspelt(surname: str, full: str) -> bool:
    """Whether a surname is that of a full name but for a letter: `Sommerville`, `Karen Somerville`."""
    own = full.split()[-1]
    return min(len(own), len(surname)) > 5 and damerau_levenshtein_distance(own, surname) == 1


def _is_plural(speaker: Speaker) -> bool:
    return speaker.kind == "unnamed" and not PLURALS.isdisjoint(speaker.name.lower().split())


def _lowered(mention: str) -> str:
    """A mention with its first word as it stands within a sentence."""
    return re.sub(r"^(The|A|An|One|Some|Two|Three|Several)\b", lambda m: m.group().lower(), mention)


def _content_words(text: str) -> list[str]:
    return [_SINGULAR.get(w, w) for w in re.findall(r"[\w-]+", text.lower()) if w not in _SMALL]
