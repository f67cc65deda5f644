"""The paragraphs of an article with what `turns` asks of them again and again: names, labels, quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.tokens import Doc

from ...lexicon.cues import is_cue
from ...lexicon.source_nouns import PEOPLE, ROLES
from ...lexicon.titles import HONORIFICS
from ...outlets.directory import by_name
from ...records import QuoteKind, Span
from ...spans.overlaps import Overlaps
from ...spans.paragraphs import paragraphs
from ..language.marks import Quotation
from .turn_lines import Label, is_like_a_name

_WORD = re.compile(r"[\w’'-]+")
_ENDS_SENTENCE = re.compile(r"[.!?…—–-][\"”’'»)\]*_]*$")
_NOUNS = frozenset("state post text report speaking writing posting responding chief".split())
"""Forms of verbs of speech that are other words in labels, or say where somebody speaks."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of verbs that make a clause."""
_NO_FIRST = frozenset({"IN", "CC", "RB", "WRB", "WP", "TO", "PRP", "DT", "UH"})
_LONGEST_LABEL = 9
"""Words."""
LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that are given to somebody by the form of their lines.

    source (Span | None): Who, as it stands there: `BRILL`, `Q`, `Pat Doyle`.
    cue (Span | None): What leads to the words: a colon, `wrote`.
    contents (tuple[Span, ...]): The words; quotation marks included.
    speaker (Span | None): The words of the article that name the speaker; the source itself, if it is a name.
    certain (bool): Whether `speaker` says who it is; None then means nobody. Else the source is resolved as any other.
    kind (QuoteKind): `direct` but for headlines.
    """

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    speaker: Span | None
    certain: bool
    kind: QuoteKind = "direct"


class Names:
    """The names of an article."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._text = text
        spans = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        self.people = [(start, end) for start, end, kind in spans if kind == "PERSON"]
        self.organizations = [(start, end) for start, end, kind in spans if kind == "ORG"]
        self._over = {"PERSON": Overlaps(self.people), "ORG": Overlaps(self.organizations)}
        self._over["LOC"] = Overlaps((start, end) for start, end, kind in spans if kind == "LOC")
        self._words = {word for start, end in self.people for word in text[start:end].lower().split()}
        self._initials: dict[str, Span] = {}
        for place in (*self.people, *self.organizations):
            name = text[slice(*place)]
            for form in {name, name.removeprefix("The "), name.replace("-", " ")}:
                if " " in form:
                    self._initials.setdefault(initials_of(form), place)

    def has(self, kind: str, span: Span) -> bool:
        """Return whether an entity of a kind stands in a passage."""
        return self._over[kind].touch(span)

    def spelt_out(self, initials: str) -> Span | None:
        """Return where a name stands that has these initials."""
        return self._initials.get(initials) if initials.isupper() else None

    def is_person(self, span: Span) -> bool:
        """Return whether words are a person's name, here or elsewhere in the article, or have a person's title."""
        words = self._text[slice(*span)].split()
        last = words[-1].lower()
        if self.has("PERSON", span) or (last in self._words and len(words) < 5 and is_like_a_name(" ".join(words))):
            return True
        titled = len(words) > 1 and words[0].lower().rstrip(".") in HONORIFICS | ROLES
        return titled and is_like_a_name(" ".join(words)) and not self.has("LOC", span)

    def is_role(self, span: Span) -> bool:
        """Return whether words say what somebody is: `Council spokesman`, `a trader`."""
        last = self._text[slice(*span)].lower().split()[-1]
        return last in ROLES or last in PEOPLE

    def is_agency(self, span: Span) -> bool:
        """Return whether words are an outlet's name: what stands behind a story, as its credit."""
        return by_name(self._text[slice(*span)]) is not None


class ArticleLines:
    """The paragraphs of one article that are no furniture.

    taken (set[int]): Those that are part of a turn already.
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text
        article: Any = doc._.article
        aside = Overlaps(article.furniture if article else ())
        self.lines = [line for line in paragraphs(text) if not aside.touch(line)]
        self.headline: Span | None = article.headline if article else None
        self.outer: list[Quotation] = [mark for mark in doc._.marks if not mark.depth]
        self.over_outer = Overlaps((mark.start, mark.end) for mark in self.outer)
        self.taken: set[int] = set()

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in the article."""
        return Counter(_WORD.findall(self.text))

    @cached_property
    def names(self) -> Names:
        """The names of the article, which most articles need not be asked for."""
        return Names(self.doc, self.text)

    def quoted(self, span: Span) -> tuple[Span, list[Quotation]] | None:
        """Return a passage that is all in quotation marks, trimmed to them, and its quotations."""
        marks = [self.outer[n] for n in self.over_outer.over(span)]
        if not marks or marks[0].start < span[0] or marks[-1].end > span[1]:
            return None
        at = span[0]
        for mark in marks:
            if any(sign.isalnum() for sign in self.text[at : mark.start]):
                return None
            at = mark.end
        if any(sign.isalnum() for sign in self.text[at : span[1]]):
            return None
        return (marks[0].start, marks[-1].end), marks

    def onward(self, n: int, quoted: tuple[Span, list[Quotation]]) -> tuple[Span, ...]:
        """Return a quote with the paragraphs in which it goes on."""
        found, marks = [quoted[0]], quoted[1]
        while marks[-1].continues and n + 1 < len(self.lines):
            n += 1
            after = self.quoted(self.lines[n])
            if after is None:
                break
            self.taken.add(n)
            found.append(after[0])
            marks = after[1]
        return tuple(found)

    def says(self, span: Span) -> bool:
        """Return whether words in quotation marks are a sentence, not a title."""
        inside = self.text[slice(*span)].strip("\"“”„«»'‘’` ")
        words = inside.split()
        titled = all(word[0].isupper() or word[0].isdigit() for word in words)
        return (len(words) > 2 and not (titled and inside[-1].isalnum())) or (bool(words) and inside[-1] in ".!?…")

    def is_prose(self, start: int, end: int) -> bool:
        """Return whether a passage ends as sentences do."""
        return bool(_ENDS_SENTENCE.search(self.text, max(start, end - 12), end))

    def is_said(self, found: Label, start: int) -> bool:
        """Return whether a label has a verb of speech, so that it is the beginning of a sentence."""
        words = self.text[start : found.start].lower().replace(":", " ").replace(",", " ").split()
        return any(is_cue(word) and word not in _NOUNS for word in words)

    def is_noun_phrase(self, found: Label) -> bool:
        """Return whether a label is no clause: `Li concurred:`, `For the council:`."""
        words = self.doc.char_span(*found.who, alignment_mode="expand")
        tags = [token.tag_ for token in words] if words is not None else []
        return 0 < len(tags) <= _LONGEST_LABEL and tags[0] not in _NO_FIRST and FINITE.isdisjoint(tags)

    def is_somebody(self, found: Label) -> bool:
        """Return whether a label names somebody."""
        who = found.who
        text = self.text[slice(*who)]
        if found.kind == "handle":
            return True
        if not self.is_noun_phrase(found):
            return False
        if self.names.is_person(who) or self.names.has("ORG", who) or self.names.is_role(who):
            return True
        if self.names.spelt_out(text):
            return True
        names = is_like_a_name(text) and 1 < len(text.split()) < 4
        return names and (found.detail or found.bold) and not self.names.has("LOC", who)

    def turn_of(self, found: Label, contents: tuple[Span, ...], initials: Mapping[str, Span] | None = None) -> Turn:
        """Return a turn of somebody who is named by a label.

        initials (Mapping[str, Span] | None): Those of who spoke before, with their names.
        """
        speaker = found.who
        who = self.text[slice(*speaker)]
        certain = found.kind == "handle" or not self.names.is_role(speaker) or self.names.has("PERSON", speaker)
        if who.isupper() and who.isalpha() and len(who) <= LONGEST_INITIALS:
            speaker = (initials or {}).get(who) or self.names.spelt_out(who) or speaker
        return Turn(found.who, found.cue, contents, speaker, certain)


def initials_of(name: str) -> str:
    """Return the initials of a name."""
    return "".join(word[0] for word in name.split())
