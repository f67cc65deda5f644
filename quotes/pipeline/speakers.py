"""Who a mention stands for, over the whole article: surname to full name, pronoun and description to speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..records import Mention, Quote, Speaker
from .mentions import HONORIFICS, ROLES, Described, describe

_NAME = re.compile(
    r"\b[A-Z][\w’'.-]*[\w](?:(?:[ \u00a0](?:[A-Z][\w’'.-]*[\w]|[A-Z]\.?|al|bin|ibn|de|del|della|der|di|da|dos|el|la|le|van|von|y))"
    r"*[ \u00a0][A-Z][\w’'.-]*[\w])\b"
)
_SAME_PLACE = {"the": "", "a": "an"}


class Cast:
    """The people and organisations of one article, as its text names them.

    text (str): The article's text.
    """

    def __init__(self, text: str) -> None:
        self._fullest: dict[str, str] = {}
        for match in _NAME.finditer(text):
            name = _without_titles(match.group())
            surname = _surname(name)
            if " " in name and name not in self._fullest:
                self._fullest[name] = name
                # The first full name with a surname keeps it: later ones are mostly relatives.
                self._fullest.setdefault(surname, name)
                for part in name.split()[:-1]:
                    self._fullest.setdefault("first:" + part, name)

    def fullest(self, name: str) -> str:
        """Return the fullest name that the article gives for a person: `Watson` to `Adrienne Watson`."""
        if " " in name:
            return self._fullest.get(name, name)
        return self._fullest.get(name) or self._fullest.get("first:" + name) or name


def resolve(quotes: Iterable[Quote], text: str) -> list[Quote]:
    """Return the quotes with their speakers, each mention resolved by what stands before it.

    A quote without a mention goes on with the speaker before it.
    """
    cast = Cast(text)
    known: list[Speaker] = []
    genders: dict[str, str] = {}
    resolved = []
    for quote in quotes:
        described = describe(quote.mention.text) if quote.mention else None
        speaker = _speaker(quote.mention, described, cast, known, genders)
        if speaker:
            if speaker in known:
                known.remove(speaker)
            known.append(speaker)
        resolved.append(
            replace(quote, speaker=speaker, mention_kind=described.mention_kind if described else "none")
        )
    return resolved


def _speaker(
    mention: Mention | None,
    described: Described | None,
    cast: Cast,
    known: list[Speaker],
    genders: dict[str, str],
) -> Speaker | None:
    if mention is None or described is None:
        return known[-1] if known else None
    if described.kind is None:
        return _by_pronoun(mention.text.lower(), known, genders)
    if described.name is None:
        return _by_description(mention.text, described, known, genders)
    if described.kind == "person":
        name = cast.fullest(described.name)
        role = described.role or next((s.role for s in known if s.name == name and s.role), None)
        if described.gender:
            genders[name] = described.gender
        earlier = next((s for s in known if s.name == name), None)
        if earlier and not described.role:
            return earlier
        return Speaker(name, "person", role)
    earlier = next((s for s in known if s.name.lower() == described.name.lower()), None)
    return earlier or Speaker(described.name, described.kind)


def _by_pronoun(pronoun: str, known: list[Speaker], genders: dict[str, str]) -> Speaker | None:
    if pronoun in ("he", "she"):
        people = [s for s in reversed(known) if s.kind in ("person", "unnamed")]
        fitting = [s for s in people if genders.get(s.name, pronoun) == pronoun]
        if fitting:
            genders.setdefault(fitting[0].name, pronoun)
        return (fitting or people or [None])[0]
    if pronoun == "it":
        return next((s for s in reversed(known) if s.kind in ("organization", "document")), None)
    return known[-1] if known else None


def _by_description(mention: str, described: Described, known: list[Speaker], genders: dict[str, str]) -> Speaker:
    """`the spokesperson`, `the NSC spokesperson`: one who was named so before, or somebody unnamed."""
    words = set(_content_words(mention))
    if mention.lower().startswith("the "):
        head = mention.lower().split()[-1]
        for speaker in reversed(known):
            told = set(_content_words(f"{speaker.role or ''} {speaker.name}"))
            if words <= told or (speaker.kind == "unnamed" and head in {"official", "source"} and words <= told | {head}):
                return speaker
        if described.kind == "unnamed" and head in ROLES:
            for speaker in reversed(known):
                if speaker.kind == "person" and genders.get(speaker.name, described.gender) == described.gender:
                    return speaker
    name = re.sub(r"^(The|A|An|One|Some|Two|Three|Several)\b", lambda m: m.group().lower(), mention)
    name = re.sub(r"^[A-Z](?=[a-z]+$)", lambda m: m.group().lower(), name)
    return Speaker(name, described.kind or "unnamed")


def _content_words(text: str) -> list[str]:
    return [w for w in re.findall(r"[\w-]+", text.lower()) if w not in ("the", "a", "an", "of", "for", "s")]


def _surname(name: str) -> str:
    return name.split()[-1]


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in HONORIFICS | ROLES:
        words = words[1:]
    for i in range(len(words) - 2, 0, -1):
        if words[i].lower().rstrip(".") in ROLES | HONORIFICS:
            words = words[i + 1 :]
            break
    return re.sub(r"['’]s$", "", " ".join(words))
