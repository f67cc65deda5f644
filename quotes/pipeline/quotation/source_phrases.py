"""Which phrase is the source, where an outlet that carried the words stands nearer to them than who said them."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from ...lexicon.source_nouns import OUTLETS
from ...outlets.directory import by_name
from ...records import Span

_QUOTED_AS = re.compile(
    r"(?P<passive>\b(?:is|are|was|were|been|being)\s+(?:\w+\s)?)?\b(?P<verb>quot(?:ed|es|ing)|cit(?:ed|es|ing))\b"
    r"(?P<whom>[^.;“”\"]{0,160}?)\s+as\s+\w+ing\b"
)
_CITING = re.compile(r"[^.;“”\"\n]{0,60}?\b(?:citing|quoting)\s+(?P<who>[^,.;()\n“”\"]{3,90})")
_TO_OUTLET = re.compile(r"\s+to\s+(?:the\s+)?[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,3}$")
_REPORTERS = OUTLETS | frozenset({"media", "correspondent", "agency", "reports"})
_ASKED = frozenset({"asked", "pressed", "questioned"})
"""What somebody is, and not by whom stands behind it: `Asked whether it was true, Moss said`."""
_TOLD = re.compile(r"told(?=[ \t]*(?:\.|\Z|(?:\r?\n[ \t]*){2}))")
"""What somebody is, where nobody stands behind it: `Repairs could take years, residents told`."""
_LONGEST = 10
"""Words."""
_REACH = 60
"""Letters from `quoted` to the cue `saying`."""


def who_is_quoted(doc: Doc, text: str, cue: Span, source: Span | None) -> Span | None:
    """Return the source of a cue: the one given, or who an outlet that is given as source quotes.

    `Xinhua quoted Wang as saying`, `Li was quoted as saying by Xinhua`, `Bloomberg reported, citing two people`.
    """
    quoted = _QUOTED_AS.search(text, max(0, cue[0] - _REACH), min(len(text), cue[1] + 2 * _REACH))
    while quoted and quoted.end() < cue[0]:
        quoted = _QUOTED_AS.search(text, quoted.end(), min(len(text), cue[1] + 2 * _REACH))
    if quoted and quoted.start() <= cue[0] < quoted.end():
        found = _object_of(doc, quoted.span("verb"))
        whom = quoted["whom"].strip() if not quoted["passive"] else ""
        if found is None and whom and len(whom.split()) <= _LONGEST:
            found = quoted.end("whom") - len(whom), quoted.end("whom")
        return found or source
    if source is None:
        return _who(doc, cue)
    if who := _who_of_object(doc, cue, source):
        return who
    start, end = source
    between = text[cue[1] : start].split()
    if text[cue[0] : cue[1]].lower() in _ASKED and len(between) > 1 and between[-1] != "by":
        return None
    if end <= cue[0] and _TOLD.match(text, cue[0]):
        return None
    if is_carrier(text[start:end]):
        citing = _CITING.match(text, max(cue[1], end))
        return citing.span("who") if citing else source
    to_outlet = _TO_OUTLET.search(text, start, end)
    return (start, to_outlet.start()) if to_outlet and cue[1] <= start else source


def _who_of_object(doc: Doc, cue: Span, source: Span) -> Span | None:
    """Return the `who` of somebody to whom a source does something: `Moss thanked a nurse who said it was late`.

    Such a source was given five times in the annotated articles; four times it was the `who`, and never what was given.
    """
    who = _who(doc, cue)
    words = doc.char_span(*who, alignment_mode="expand") if who else None
    if who is None or words is None or source[1] > who[0]:
        return None
    whom: Token = words.root.head.head
    verb = whom.head
    is_object = whom.dep_ in ("obj", "obl") and all(child.lower_ != "as" for child in whom.lefts)
    return who if is_object and verb.pos_ == "VERB" and source[1] <= verb.idx < whom.idx else None


def _who(doc: Doc, cue: Span) -> Span | None:
    """Return the `who` of a relative clause whose verb a cue is: `the minister, who has said he will resign`."""
    words = doc.char_span(*cue, alignment_mode="expand")
    if words is None or not words.root.dep_.startswith("acl"):
        return None
    subjects = (child for child in words.root.lefts if child.dep_ == "nsubj" and child.lower_ == "who")
    return next(((word.idx, word.idx + len(word)) for word in subjects), None)


def is_carrier(source: str) -> bool:
    """Return whether a source is an outlet or somebody of one: it reports what others say."""
    words = source.split()
    return by_name(source) is not None or words[-1].lower() in _REPORTERS


def _object_of(doc: Doc, place: Span) -> Span | None:
    """Return whom a form of `quote` quotes: its object, or its subject if it is passive."""
    words = doc.char_span(*place, alignment_mode="expand")
    if words is None:
        return None
    verb: Token = words.root
    for relation in ("nsubj:pass", "obj"):
        for child in verb.children:
            if child.dep_ == relation:
                return phrase_of(child)
    return None


def phrase_of(noun: Token) -> Span:
    """Return where the noun phrase of a word stands, without what stands behind a comma."""
    doc, last = noun.doc, noun
    for n in range(noun.i, noun.right_edge.i + 1):
        if doc[n].text in ",(" or doc[n].dep_ == "acl:relcl" or doc[n].text == "as":
            break
        last = doc[n]
    return noun.left_edge.idx, last.idx + len(last.text)
