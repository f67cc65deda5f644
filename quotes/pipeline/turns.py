"""The component `turns`: words that the form of an article's lines gives to somebody, not its sentences.

Transcripts and interviews, round-ups (`Pat Doyle (Labour): “...”`), quotes with a line below that says whose they are,
embedded posts, block quotes below `Brill wrote:`, dialogue by dashes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ..paragraphs import paragraphs
from ..reading.header import read_dateline
from ..reading.outlets import by_name
from ..records import QuoteKind, Span
from .annotations import records_on_doc
from .attribution import Attribution, Part
from .cues import is_cue
from .marks import Quotation
from .mentions import HONORIFICS, PEOPLE, ROLES
from .overlaps import Overlaps
from .sources import phrase_of
from .titles import Parts, is_speaker, parts_of, quote_and_source, title_lines
from .turn_lines import (
    Label,
    is_like_a_name,
    label,
    label_after_quote,
    label_before_quote,
    label_of_post,
    label_of_sender,
    label_under_quote,
    without_lead,
)
from .words import text_of

_ENDS_SENTENCE = re.compile(r"[.!?…—–-][\"”’'»)\]*_]*$")
_SPOKEN = re.compile(r"\b(?:I|we|you|your|my|our|us|me|yes|no|thanks?)\b|\?", re.IGNORECASE)
"""What people say to each other, and articles do not."""
_SET_OFF = re.compile(
    r"\b(?P<verb>wrote|writes|said|says|posted|tweeted|added|adds|replied|responded|continued|continues|stated|reads?"
    r"|explained|concluded|declared)\b(?P<rest>[^.!?:\"“”\n]{0,60}):$"
)
_IN_DIALOGUE = re.compile(
    r"(?<=[?!,…])\s+(?:(?P<verb>[a-z]+)\s+(?P<who>[^.,;:?!—–]{1,60}?)"
    r"|(?P<who_first>(?:he|she|they|I|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er)\s[a-z]+|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}))"
    r"\s+(?P<verb_last>[a-z]+))(?=[.,;]|$)(?:,[^.?!]*)?\.?"
)
_LISTED = re.compile(r"[-–—•*(\[<]|\d+[-.)]")
_DIALOGUE = re.compile(r"[–—―]\s*(?=\w|[¿¡])")
_ASIDE = re.compile(r"[(\[*].*[)\]*]$")
_SPEAKS_TO = frozenset({"to", "with", "by", "told", "tells", "telling", "informed"})
_NOUNS = frozenset("state post text report speaking writing posting responding chief".split())
"""Forms of verbs of speech that are other words in labels, or say where somebody speaks."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NO_FIRST = frozenset({"IN", "CC", "RB", "WRB", "WP", "TO", "PRP", "DT", "UH"})
_LONGEST_LABEL = 9
"""Words."""
_LONGEST_INITIALS = 5
_MOST_PARAGRAPHS = 12
"""Paragraphs of one turn: more without a label are no answer any more."""


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


@Language.factory("turns", assigns=["doc._.turns"], requires=["doc._.marks", "doc._.attributions", "doc.ents"])
def make_turns(nlp: Language, name: str) -> TurnFinder:
    """Return the component."""
    return TurnFinder()


class TurnFinder:
    """Sets `doc._.turns`, in the order of the text; furniture of `doc._.article` holds none."""

    def __init__(self) -> None:
        for name, record in (
            ("turns", Turn), ("attributions", Attribution), ("parts", Part), ("marks", Quotation),
        ):  # fmt: skip
            records_on_doc(name, record=record)
        if not Doc.has_extension("article"):
            Doc.set_extension("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the turns of `doc` and return it."""
        text = text_of(doc)
        doc._.turns = tuple(_Lines(doc, text).turns())
        return doc


class _Names:
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
                    self._initials.setdefault(_initials(form), place)

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


class _Lines:
    """The paragraphs of one article, and what their form gives to whom."""

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
    def names(self) -> _Names:
        """The names of the article, which most articles need not be asked for."""
        return _Names(self.doc, self.text)

    def turns(self) -> list[Turn]:
        """Return all turns."""
        labels = {n: one for n, line in enumerate(self.lines) if (one := label(self.text, line))}
        found = [*self._transcript(labels)]
        for n in range(len(self.lines)):
            if n not in self.taken:
                turn = self._labelled(n, labels) or self._attributed(n) or self._led(n, labels)
                if turn:
                    self.taken.add(n)
                    found.append(turn)
        found += self._dialogue()
        found += self._titles()
        return sorted(found, key=lambda turn: turn.contents)

    # -- quotation marks

    def _quoted(self, span: Span) -> tuple[Span, list[Quotation]] | None:
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

    def _whole(self, n: int) -> tuple[Span, ...] | None:
        """Return the quote that a paragraph is, with the paragraphs that it only ends, if there are any."""
        quoted = self._quoted(without_lead(self.text, self.lines[n]))
        if quoted is None or not quoted[1][-1].closed or not quoted[1][0].opened:
            return None
        found = [quoted[0]]
        while n and n - 1 not in self.taken:
            before = self._quoted(self.lines[n - 1])
            if before is None or not before[1][-1].continues:
                break
            found.insert(0, before[0])
            n -= 1
        return tuple(found)

    def _onward(self, n: int, quoted: tuple[Span, list[Quotation]]) -> tuple[Span, ...]:
        """Return a quote with the paragraphs in which it goes on."""
        found, marks = [quoted[0]], quoted[1]
        while marks[-1].continues and n + 1 < len(self.lines):
            n += 1
            after = self._quoted(self.lines[n])
            if after is None:
                break
            self.taken.add(n)
            found.append(after[0])
            marks = after[1]
        return tuple(found)

    def _says(self, span: Span) -> bool:
        """Return whether words in quotation marks are a sentence, not a title."""
        inside = self.text[slice(*span)].strip("\"“”„«»'‘’` ")
        words = inside.split()
        titled = all(word[0].isupper() or word[0].isdigit() for word in words)
        return (len(words) > 2 and not (titled and inside[-1].isalnum())) or (bool(words) and inside[-1] in ".!?…")

    # -- round-ups: labels before quotes, and lines after them

    def _labelled(self, n: int, labels: dict[int, Label]) -> Turn | None:
        """`Pat Doyle (Labour): “...”`, `@harbourmayor: ...`, `Osman Bey, 44 — “...”`."""
        line = self.lines[n]
        found = labels.get(n) or label_before_quote(self.text, line)
        if found is None or found.kind in ("question", "answer") or self._is_said(found, line[0]):
            return None
        quoted = self._quoted((found.start, line[1]))
        if quoted is None:
            handle = found.kind == "handle" and self.text[found.who[0]] == "@" and found.cue is not None
            return (
                self._turn(found, ((found.start, line[1]),))
                if handle and self._is_prose(found.start, line[1])
                else None
            )
        if not self._is_somebody(found) or not self._says(quoted[0]):
            return None
        return self._turn(found, self._onward(n, quoted))

    def _attributed(self, n: int) -> Turn | None:
        """`“...” — Ruth Ansell`, on one line or two; `... — Harbour Mayor (@harbourmayor) March 3, 2024`."""
        line = self.lines[n]
        post = label_of_post(self.text, line)
        if post:
            body = line[0], post.start
            if not any(sign.isalpha() for sign in self.text[slice(*body)]):
                if not n or n - 1 in self.taken:
                    return None
                body = self.lines[n - 1]
            self.taken.update((n - 1, n) if body[1] < line[0] else (n,))
            return self._turn(post, (without_lead(self.text, body),))
        start = without_lead(self.text, line)[0]
        marks = [self.outer[m] for m in self.over_outer.over(line)]
        if marks and marks[0].start == start:
            found = label_after_quote(self.text, (marks[-1].end, line[1]))
            quoted = self._quoted((start, marks[-1].end))
            if found and quoted and self._is_credited(found):
                before = self._whole_before(n, quoted)
                return self._turn(found, before) if self._says(quoted[0]) else None
        whole = self._whole(n) if n + 1 < len(self.lines) else None
        below = label_under_quote(self.text, self.lines[n + 1]) if whole else None
        if whole and below and self._says(whole[-1]):
            found, dashed = below
            listed = self.text[line[0]] in "-–—―•"
            if not listed and self._is_credited(found) and (dashed or self._is_signature(n, found)):
                self.taken.add(n + 1)
                return self._turn(found, whole)
        return None

    def _whole_before(self, n: int, quoted: tuple[Span, list[Quotation]]) -> tuple[Span, ...]:
        found = [quoted[0]]
        while n and (before := self._quoted(self.lines[n - 1])) and before[1][-1].continues:
            found.insert(0, before[0])
            n -= 1
        return tuple(found)

    def _is_signature(self, n: int, found: Label) -> bool:
        """Return whether a line without a dash right below a quote names who said it: `Wanda Pruitt, trader`."""
        line = self.lines[n + 1]
        words = self.text[slice(*line)].split()
        return (
            self.text[self.lines[n][1] : line[0]].replace("\r", "").count("\n") == 1
            and len(words) <= 10
            and words[-1][-1].isalnum()
            and is_like_a_name(self.text[slice(*found.who)])
            and self.names.has("PERSON", found.who)
            and not any(map(is_cue, words))
        )

    def _is_credited(self, found: Label) -> bool:
        who = self.text[slice(*found.who)]
        if self.names.is_agency(found.who) or len(who.split()) > 8 or any(map(is_cue, who.split())):
            return False
        if who[0].islower():
            described = who.split()[0] in ("a", "an", "the") and self.names.is_role(found.who)
            return described or self.names.has("PERSON", found.who)
        return self._is_somebody(found)

    def _is_somebody(self, found: Label) -> bool:
        """Return whether a label names somebody."""
        who = found.who
        text = self.text[slice(*who)]
        if found.kind == "handle":
            return True
        if not self._is_noun_phrase(found):
            return False
        if self.names.is_person(who) or self.names.has("ORG", who) or self.names.is_role(who):
            return True
        if self.names.spelt_out(text):
            return True
        names = is_like_a_name(text) and 1 < len(text.split()) < 4
        return names and (found.detail or found.bold) and not self.names.has("LOC", who)

    def _is_noun_phrase(self, found: Label) -> bool:
        """Return whether a label is no clause: `Li concurred:`, `For the council:`."""
        words = self.doc.char_span(*found.who, alignment_mode="expand")
        tags = [token.tag_ for token in words] if words is not None else []
        return 0 < len(tags) <= _LONGEST_LABEL and tags[0] not in _NO_FIRST and _FINITE.isdisjoint(tags)

    def _is_said(self, found: Label, start: int) -> bool:
        """Return whether a label has a verb of speech, so that it is the beginning of a sentence."""
        words = self.text[start : found.start].lower().replace(":", " ").replace(",", " ").split()
        return any(is_cue(word) and word not in _NOUNS for word in words)

    # -- set off below a line that leads to it

    def _led(self, n: int, labels: dict[int, Label]) -> Turn | None:
        """`In a letter, Brill wrote:`, `And from Chairwoman Roswell:`, with the words in the next paragraph."""
        if n + 1 >= len(self.lines) or n + 1 in labels or n + 1 in self.taken:
            return None
        line, below = self.lines[n], self.lines[n + 1]
        sender = label_of_sender(self.text, line)
        quoted = self._quoted(without_lead(self.text, below))
        if sender and quoted and self._is_somebody(sender) and self._says(quoted[0]):
            self.taken.add(n + 1)
            return self._turn(sender, self._onward(n + 1, quoted))
        match = _SET_OFF.search(self.text, max(line[0], line[1] - 100), line[1])
        if match is None:
            return None
        cue = match.span("verb")
        source = self._subject(cue)
        if (source is None and not quoted) or (
            match["verb"] in ("read", "reads") and (not source or self._reads(source))
        ):
            return None
        if quoted:
            contents = self._onward(n + 1, quoted)
        elif self._is_prose(*below) and not _LISTED.match(self.text, *below):
            contents = tuple(self._block(n + 1))
        else:
            return None
        self.taken.add(n + 1)
        return Turn(source, cue, contents, source, certain=False)

    def _reads(self, source: Span) -> bool:
        """Return whether a subject of `read` is somebody who reads, not something that says so."""
        words = self.text[slice(*source)].lower().split()
        named = self.names.has("PERSON", source) and words[0] not in ("a", "an", "the", "his", "her", "their")
        return named or words[0] in ("he", "she", "they", "i", "we", "who")

    def _block(self, n: int) -> Iterator[Span]:
        """Yield a paragraph with the lines right below it, or those that are set off by the same sign as it is."""
        marked = self.text[self.lines[n][0]] == ">"
        if not marked and _blank(self.text[self.lines[n - 1][1] : self.lines[n][0]]):
            start, end = self.lines[n]
            while n + 1 < len(self.lines) and not _blank(self.text[end : self.lines[n + 1][0]]):
                n += 1
                self.taken.add(n)
                end = self.lines[n][1]
            yield start, end
            return
        while True:
            self.taken.add(n)
            found = without_lead(self.text, self.lines[n])
            if found[0] < found[1]:
                yield found
            n += 1
            if not marked or n >= len(self.lines) or self.text[self.lines[n][0]] != ">":
                return

    def _subject(self, cue: Span) -> Span | None:
        """Return who says what a verb leads to."""
        for one in self.doc._.attributions:
            if one.sources and one.cue[0] < cue[1] and cue[0] < one.cue[1]:
                source: Span = one.sources[0].span
                return source
        words = self.doc.char_span(*cue, alignment_mode="expand")
        if words is None:
            return None
        verb = words.root
        for token in (verb, verb.head if verb.dep_ == "conj" else verb):
            for child in token.children:
                if child.dep_ == "nsubj":
                    return phrase_of(child)
        return None

    def _is_prose(self, start: int, end: int) -> bool:
        return bool(_ENDS_SENTENCE.search(self.text, max(start, end - 12), end))

    # -- transcripts

    def _transcript(self, labels: dict[int, Label]) -> Iterator[Turn]:
        """Yield the turns of people who talk to each other."""
        kept = {n: one for n, one in labels.items() if self._may_speak(n, one)}
        asked = [n for n, one in kept.items() if one.kind == "question"]
        answered = any(one.kind != "question" and asked and n > asked[0] for n, one in kept.items())
        if not answered:
            kept = {n: one for n, one in kept.items() if one.kind not in ("question", "answer")}
            kept = kept if self._is_conversation(kept) else {}
        order = sorted(kept)
        for at, n in enumerate(order):
            until = order[at + 1] if at + 1 < len(order) else n + 1
            yield self._spoken(n, until, kept, order[:at])

    def _may_speak(self, n: int, found: Label) -> bool:
        line = self.lines[n]
        if line == self.headline or not self._is_prose(found.start, line[1]):
            return False
        if found.kind != "name":
            return found.kind != "handle"
        who = self.text[slice(*found.who)]
        if self._is_said(found, line[0]) or found.detail:
            return False
        named = self.names.is_person(found.who) or self.names.has("ORG", found.who) or self.names.spelt_out(who)
        role = len(who.split()) == 1 and who.lower() in ROLES | {"host", "interviewer"}
        asks = found.bold and self.text[: line[1]].endswith("?")
        starred = found.bold and self.text[line[0]] in "*_"
        return is_like_a_name(who) and bool(named or role or starred or asks)

    def _is_conversation(self, labels: dict[int, Label]) -> bool:
        """Return whether labelled lines are people talking to each other, not a list of what they did."""
        spoken = sum(bool(_SPOKEN.search(self.text, one.start, self.lines[n][1])) for n, one in labels.items())
        if not labels or spoken * 2 < len(labels):
            return False
        if len(labels) == 1:
            ((n, one),) = labels.items()
            line = self.lines[n]
            placed = self._quoted((one.start, line[1])) is not None or read_dateline(self.text[slice(*line)])
            return one.bold and self.names.is_person(one.who) and not placed
        often = Counter(self.text[slice(*one.who)] for one in labels.values())
        return (
            len(labels) > 2
            or len(often) < len(labels)
            or any(one.bold for one in labels.values())
            or bool(re.search(r"\?[\"”’']?$", self.text[slice(*self.lines[min(labels)])]))
        )

    def _spoken(self, n: int, until: int, labels: dict[int, Label], before: Sequence[int]) -> Turn:
        """Return what stands after a label, and in the paragraphs up to the next one."""
        found = labels[n]
        contents = [(found.start, self.lines[n][1])]
        self.taken.add(n)
        if until - n <= _MOST_PARAGRAPHS:
            for m in range(n + 1, until):
                self.taken.add(m)
                if self._is_prose(*self.lines[m]) and not _ASIDE.match(self.text[slice(*self.lines[m])]):
                    contents.append(self.lines[m])
        if found.kind == "question":
            return Turn(found.who, found.cue, tuple(contents), self._asker(min(labels)), certain=True)
        if found.kind == "answer":
            named = [labels[m] for m in before if labels[m].kind == "name"]
            speaker = named[-1].who if named else self._answerer(min(labels))
            return Turn(found.who, found.cue, tuple(contents), speaker, certain=speaker is not None)
        return self._turn(found, tuple(contents), [labels[m] for m in before])

    def _asker(self, first: int) -> Span | None:
        """Return the outlet that interviews, where the paragraphs before a transcript name it."""
        for line in self.lines[:first]:
            for start, end in self.names.organizations:
                if line[0] <= start < line[1]:
                    words = self.text[max(line[0], start - 20) : start].lower().split()[-2:]
                    if _SPEAKS_TO & set(words) and ("the" in words or by_name(self.text[start:end])):
                        return start, end
        return None

    def _answerer(self, first: int) -> Span | None:
        """Return the person who is interviewed: who is quoted before a transcript, or named there most."""
        end = self.lines[first][0]
        often: Counter[str] = Counter()
        place: dict[str, Span] = {}
        sources = Overlaps(part.span for one in self.doc._.attributions for part in one.sources)
        for person in self.names.people:
            if person[1] <= end:
                last = self.text[slice(*person)].split()[-1]
                often[last] += 10 if sources.touch(person) else 1
                if len(self.text[slice(*person)]) > len(self.text[slice(*place.get(last, (0, 0)))]):
                    place[last] = person
        return place[often.most_common(1)[0][0]] if often else None

    def _turn(self, found: Label, contents: tuple[Span, ...], before: Sequence[Label] = ()) -> Turn:
        """Return a turn of somebody who is named by a label."""
        speaker = found.who
        who = self.text[slice(*speaker)]
        certain = found.kind == "handle" or not self.names.is_role(speaker) or self.names.has("PERSON", speaker)
        if who.isupper() and who.isalpha() and len(who) <= _LONGEST_INITIALS:
            earlier = [one.who for one in before if _initials(self.text[slice(*one.who)]) == who]
            speaker = earlier[0] if earlier else self.names.spelt_out(who) or speaker
        return Turn(found.who, found.cue, contents, speaker, certain)

    # -- headlines

    def _titles(self) -> Iterator[Turn]:
        """Yield `Bridge is safe: Brill`, `Police: driver fled`, `‘A disgrace’: fans react`."""
        for n in title_lines(self.text, self.lines, self.headline):
            if n in self.taken:
                continue
            line = self.lines[n]
            quote = quote_and_source(self.text, line)
            quoted = self._quoted((line[0], quote[0])) if quote else None
            if quote and quoted:
                yield Turn(quote[1], None, (quoted[0],), quote[1], certain=False)
                continue
            for parts in parts_of(self.text, line):
                if self._speaks_in_title(parts) and self._is_clause(parts.content):
                    marked = self.over_outer.touch(parts.content)
                    kind: QuoteKind = "direct" if self._quoted(parts.content) else "mixed" if marked else "indirect"
                    cue = parts.mark if self.text[parts.mark[0]] == ":" else None
                    certain = self.names.has("PERSON", parts.source)
                    yield Turn(
                        parts.source, cue and (cue[0], cue[0] + 1), (parts.content,), parts.source, certain, kind
                    )
                    break

    def _speaks_in_title(self, parts: Parts) -> bool:
        """Return whether what stands before or after a mark in a headline is somebody who speaks."""
        who = parts.source
        words = self.doc.char_span(*who, alignment_mode="expand")
        if words is None or not _FINITE.isdisjoint(token.tag_ for token in words) or self.names.is_agency(who):
            return False
        named = self.names.has("PERSON", who) and self._is_mentioned(words[-1].text)
        last = is_speaker(words[-1].text)
        return named or last or (not parts.said_first and self.names.has("ORG", who) and len(words) < _LONGEST_INITIALS)

    def _is_mentioned(self, name: str) -> bool:
        """Return whether a name stands in the body of the article, too."""
        return len(re.findall(rf"\b{re.escape(name)}\b", self.text)) > 1

    def _is_clause(self, span: Span) -> bool:
        """Return whether words in a headline say something, not only name it: `a life in pictures`."""
        words = self.doc.char_span(*span, alignment_mode="expand")
        if words is None or len(words) < 2:
            return False
        if self._quoted(span):
            return self._says(span)
        roots = [token for token in words if token.head == token or not span[0] <= token.head.idx < span[1]]
        finite = any(
            root.tag_.startswith("VB") or any(child.dep_ in ("cop", "aux") for child in root.children) for root in roots
        )
        return (finite and words[0].tag_ not in ("WP", "WRB", "CD")) or words[0].lower_ in ("no", "not", "never")

    # -- dialogue by dashes

    def _dialogue(self) -> Iterator[Turn]:
        """Yield `— Who signed? asked Brill.` and the lines round it that begin with a dash."""
        run: list[int] = []
        for n in range(len(self.lines) + 1):
            if n < len(self.lines) and n not in self.taken and self._is_dashed(n):
                run.append(n)
                continue
            told = [self._told(m) for m in run]
            if len(run) > 1 and any(told):
                for m, match in zip(run, told, strict=True):
                    yield self._line_of_dialogue(m, match)
            run = []

    def _is_dashed(self, n: int) -> bool:
        line = self.lines[n]
        return bool(_DIALOGUE.match(self.text, *line)) and self._is_prose(*line)

    def _told(self, n: int) -> re.Match[str] | None:
        for match in _IN_DIALOGUE.finditer(self.text, *self.lines[n]):
            if is_cue(match["verb"] or match["verb_last"]):
                return match
        return None

    def _line_of_dialogue(self, n: int, match: re.Match[str] | None) -> Turn:
        start, end = self.lines[n]
        start = next(at for at in range(start, end) if self.text[at] not in "–—― \t\u00a0")
        if match is None:
            return Turn(None, None, ((start, end),), None, certain=False)
        form = "" if match["verb"] else "_first"
        source, cue = match.span(f"who{form}"), match.span("verb" if not form else "verb_last")
        rest = without_lead(self.text, (match.end(), end))
        contents = [(start, match.start())]
        if any(sign.isalnum() for sign in self.text[slice(*rest)]):
            contents.append(rest)
        return Turn(source, cue, tuple(contents), source, certain=self.names.has("PERSON", source))


def _blank(gap: str) -> bool:
    """Return whether a blank line stands between two paragraphs."""
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
