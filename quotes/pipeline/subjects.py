"""Who a sentence is about, by its parse, and how much of a noun phrase names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from ..records import Mention
from .marks import Quotation
from .mentions import HONORIFICS
from .overlaps import Overlaps
from .sources import mention_at

_AGENTS = frozenset({"nsubj", "nsubj:pass", "obl:agent"})
_BEFORE_HEAD = frozenset({"det", "compound", "amod", "nmod:poss", "flat", "case", "nummod"})
_BREAKS = frozenset({",", "(", "—", "–", ";", ":"})


def subjects(doc: Doc, marks: Sequence[Quotation]) -> Iterator[Mention]:
    """Yield what each sentence of a parsed Doc tells of, outside of quotations.

    These are the subjects of its main verbs, who did what was done, and people of whom it goes on to tell (`Ada Moss,
    who`).
    """
    quotations, text = Overlaps((mark.start, mark.end) for mark in marks), doc.text
    for sentence in doc.sents if doc.has_annotation("DEP") else ():
        verbs = (sentence.root, *sentence.root.conjuncts)
        told = [
            doc[child.left_edge.i : child.right_edge.i + 1]
            for verb in verbs
            for child in verb.children
            if child.dep_ in _AGENTS
        ]
        told += [
            doc[token.head.left_edge.i : token.head.i + 1]
            for token in sentence
            if token.dep_ == "acl:relcl" and token.head.ent_type_ == "PERSON"
        ]
        for phrase in told:
            if not quotations.touch((phrase.start_char, phrase.end_char)):
                yield noun_phrase(phrase, text)


def noun_phrase(tokens: Tokens, text: str) -> Mention:
    """Return the part of a source between the commas round its head, with all that is joined to it by `and`."""
    doc, head = tokens.doc, tokens.root
    if head.dep_ in _BEFORE_HEAD and head.head.i >= tokens.end:  # `the` of `the archives`
        tokens = doc[tokens.start : head.head.i + 1]
        head = tokens.root
    first, last = tokens.start, tokens.end - 1
    while first < head.i and doc[first].dep_ == "case" and doc[first].head.i == head.i:  # `by Ada Moss`
        first += 1
    for token in tokens:
        if token.text in _BREAKS:
            if token.i < head.i:
                first = token.i + 1
            elif not any(other.dep_ == "conj" and other.i > token.i for other in head.conjuncts):
                last = token.i - 1
                break
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while doc[last].dep_ == "case" and doc[last].head.i > last:  # not `an official from` of `from the Rail`
        last = doc[last].head.i
    if doc[last].lower_.rstrip(".") in HONORIFICS:  # `Cmdr.` of `Cmdr. Ada Moss`
        last = next((token.i for token in doc[last + 1 : last + 3] if token.ent_type_ == "PERSON"), last)
    while first and doc[first].ent_iob_ == "I":  # not `John` of `John Kirby`
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    return mention_at(text, (start, end))


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb; of one joined to another or beside it (`said ..., adding that`), the other's."""
    for _ in range(3):
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        subject = subject or next((child for child in verb.rights if child.dep_ == "nsubj"), None)
        if subject or verb.dep_ not in {"conj", "advcl", "xcomp"}:
            return subject
        verb = verb.head
    return None
