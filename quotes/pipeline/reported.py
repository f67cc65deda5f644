"""Reported speech: what the trained attribution found, as quotes.

An attribution's contents are what the annotators of PolNeAR mark as such: clauses, phrases, and the objects of
attitudes and deeds. Of these this takes what is said or written, by its cue, and of that only clauses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from ..records import Mention, Quote, Span
from .attribution import Attribution
from .clauses import CLAUSE_GOES_ON
from .cues import ADMITTING, DIRECTING, THOUGHT, act_of, lemma_of
from .marks import Quotation
from .overlaps import Overlaps
from .sources import mention_at
from .subjects import noun_phrase, subject_of

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl"})
_COMPLEMENTISERS = frozenset({"that", "whether", "if"})
LEAST = 0.3
"""Likelihood. On PolNeAR's dev part, of what is said: precision .814 and recall .810 from .2 on, .823 and .810 from
here, .830 and .805 from .4.
"""
CALIBRATION = (0.24, 0.52)
"""By `python -m quotes.training calibrate`, on PolNeAR's dev part."""
_WITHHELD = frozenset({"not", "n't", "n’t", "never", "decline", "refuse"})
_QUESTIONS = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who", "which"})
_ANONYMOUS = frozenset({"named", "identified", "quoted", "anonymous"})
_INSIDE = frozenset({"acl:relcl", "acl", "advcl"})
_GAP = 40
"""Characters between pieces of one content."""
_TRIMMED = frozenset({".", ",", ";", ":", "and", "but", "-", "–", "—"})


def reported_quotes(
    doc: Doc, text: str, attributions: Sequence[Attribution], marks: Sequence[Quotation], left_out: Sequence[Span]
) -> Iterator[Quote]:
    """Yield the indirect and mixed quotes that the trained attribution found, in the order of their cues.

    attributions (Sequence[Attribution]): As `completed` returns them.
    marks (Sequence[Quotation]): Those that hold somebody's words, none nested: a clause with one of them is mixed.
    left_out (Sequence[Span]): Furniture of the page.
    """
    quotations, furniture = Overlaps((mark.start, mark.end) for mark in marks), Overlaps(left_out)
    for attribution in attributions:
        start, end = attribution.cue
        cue = doc.char_span(start, end, alignment_mode="expand")
        if attribution.likelihood < LEAST or cue is None or not said(cue) or furniture.touch(attribution.cue):
            continue
        contents = tuple(
            (span[0], _closed(text, span, [marks[n] for n in quotations.over(span)])) for span in _joined(attribution)
        )
        spans = clause(doc, contents, cue)
        if not spans or (_is_withheld(cue) and _asks(doc, spans[0])):
            continue
        quoted = any(quotations.touch(span) for span in spans)
        yield Quote(
            kind="mixed" if quoted else "indirect",
            spans=spans,
            text=" ".join(text[start:end] for start, end in spans),
            cue=cue_at(text, attribution.cue),
            mention=source_of(doc, text, attribution),
            act=act_of(cue.text),
            confidence=calibrated(attribution.likelihood),
            method="attribution",
        )


def completed(doc: Doc) -> list[Attribution]:
    """Return the attributions; participles without a source have that of the cue beside: `said Moss, noting that`."""
    found: list[Attribution] = list(doc._.attributions)
    for n, attribution in enumerate(found):
        cue = None if attribution.sources else doc.char_span(*attribution.cue, alignment_mode="expand")
        if cue is None or cue.root.tag_ != "VBG" or not doc.has_annotation("SENT_START"):
            continue
        sentence = cue.root.sent
        for other in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]):
            if other.sources and sentence.start_char <= other.cue[0] < sentence.end_char:
                found[n] = replace(attribution, sources=other.sources)
                break
    return found


def with_attributions(
    doc: Doc, text: str, attributions: Sequence[Attribution], quotes: Sequence[Quote]
) -> Iterator[Quote]:
    """Yield quotes with the cue and the source of the attribution whose content each is, where there is one.

    attributions (Sequence[Attribution]): As `completed` returns them.
    Pieces that belong to several attributions are quotes of their own.
    """
    covering = _Covering(attributions)
    for quote in quotes:
        parts: list[tuple[Attribution | None, list[Span]]] = []
        for span in quote.spans:
            found = covering.of(span)
            if parts and (found is None or parts[-1][0] in (None, found)):
                parts[-1] = (parts[-1][0] or found, [*parts[-1][1], span])
            else:
                parts.append((found, [span]))
        for attribution, spans in parts:
            part = replace(quote, spans=tuple(spans))
            if attribution and not _has_own_cue(part, attribution) and (mention := source_of(doc, text, attribution)):
                cue = cue_at(text, attribution.cue)
                part = replace(part, cue=cue, mention=mention, act=act_of(cue.text))
            yield part


def _has_own_cue(quote: Quote, attribution: Attribution) -> bool:
    """Whether another cue than the attribution's follows the quote at once: `"We knew," Kim said. "All," she added.`"""
    if quote.method != "after" or quote.cue is None or quote.mention is None:
        return False
    start, end = attribution.cue
    return end <= quote.cue.start or quote.cue.end <= start


class _Covering:
    """Which attribution says what stands at a place."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._contents = [(span, a) for a in attributions if a.sources for span in a.contents]
        self._overlaps = Overlaps(span for span, _ in self._contents)

    def of(self, span: Span) -> Attribution | None:
        """Return the attribution that has more than half of a span among its contents."""
        start, end = span
        best, most = None, (end - start) / 2
        for n in self._overlaps.over(span):
            (begin, stop), attribution = self._contents[n]
            shared = min(end, stop) - max(start, begin)
            if shared > most:
                best, most = attribution, shared
        return best


def cue_at(text: str, span: Span) -> Mention:
    """Return the words of a cue without the colon or comma behind them."""
    start, end = span
    bare = text[start:end].rstrip(" :,")
    return mention_at(text, (start, start + len(bare)) if bare else span)


def source_of(doc: Doc, text: str, attribution: Attribution) -> Mention | None:
    """Return the source's noun phrase without what stands in apposition; without a source, the cue's subject."""
    begin, stop = attribution.cue
    if attribution.sources:
        # The nearest to the cue, where there are several.
        start, end = min(attribution.sources, key=lambda place: max(begin - place[1], place[0] - stop))
        tokens = doc.char_span(start, end, alignment_mode="expand")
    else:
        cue = doc.char_span(begin, stop, alignment_mode="expand")
        subject = subject_of(cue.root) if cue else None
        tokens = doc[subject.left_edge.i : subject.right_edge.i + 1] if subject else None
    return noun_phrase(tokens, text) if tokens else None


def calibrated(likelihood: float) -> float:
    """Return how often a clause is right, with its source, that was found this likely: 0 to 1."""
    odds = math.log(max(likelihood, 1e-6) / max(1 - likelihood, 1e-6))
    return 1 / (1 + math.exp(-(CALIBRATION[0] + CALIBRATION[1] * odds)))


def said(cue: Tokens) -> bool:
    """Return whether a cue tells of speech or writing, not of thoughts, wishes or deeds."""
    return not any(lemma_of(token.text, token.lemma_) in THOUGHT for token in cue)


def _is_withheld(cue: Tokens) -> bool:
    """Whether a cue tells that something was not said: `did not say`, `declined to say`, `would not comment on`."""
    verb = cue.root
    near = {token.lower_ for token in (*verb.lefts, *cue)} | {verb.head.lemma_.lower()}
    return not near.isdisjoint(_WITHHELD)


def _asks(doc: Doc, content: Span) -> bool:
    """Whether a content is an indirect question: `whether he would go`."""
    first = doc.char_span(*content, alignment_mode="expand")
    return first is not None and first[0].lower_ in _QUESTIONS


def clause(doc: Doc, contents: Sequence[Span], cue: Tokens) -> tuple[Span, ...]:
    """Return the places of a content's pieces if together they are a clause, else nothing.

    That is one with a finite verb and its subject; after a cue that urges or promises, from the `to` of an
    infinitive on; after one that admits or denies, a gerund too.
    """
    pieces = [trimmed for start, end in contents if (trimmed := _trimmed(doc, start, end))]
    pieces = [piece for piece in pieces if len(piece) > 1 or _is_opening_subject(piece[0])] or pieces
    places = {token.i for piece in pieces for token in piece}
    if not places:
        return ()
    first = pieces[0][0]
    if not (first.lower_ in _COMPLEMENTISERS and len(places) > 2) and not any(
        _finite(token, places) for piece in pieces for token in piece
    ):
        lemmas = {lemma_of(token.text, token.lemma_) for token in cue}
        begin = next((token for token in pieces[0] if _infinitive(token)), None) if lemmas & DIRECTING else None
        if begin is None and lemmas & ADMITTING and "Ger" in first.morph.get("VerbForm", []):
            begin = first
        if begin is None:
            return ()
        pieces[0] = pieces[0][begin.i - first.i :]
        if not _ANONYMOUS.isdisjoint(token.lower_ for token in pieces[0][:5]):
            return ()  # `asked not to be named` tells of the source
    return tuple((piece[0].idx, piece[-1].idx + len(piece[-1])) for piece in pieces if piece)


def _joined(attribution: Attribution) -> list[Span]:
    """The contents, those as one between which neither the cue nor the source stands: a word or two were missed."""
    apart = [attribution.cue, *attribution.sources]
    joined: list[Span] = []
    for start, end in attribution.contents:
        before = joined[-1][1] if joined else None
        if before is not None and start - before <= _GAP and not any(before <= place[0] < start for place in apart):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _closed(text: str, content: Span, marks: Sequence[Quotation]) -> int:
    """Where a content ends: with a quotation in it, if the comma or full stop inside the marks says so."""
    start, end = content
    for mark in marks:
        if start < mark.end < end and mark.closed and mark.last_sign(text) in {",", "."}:
            following = text[mark.end : end].split(maxsplit=1)
            if following and following[0].lower() not in CLAUSE_GOES_ON:
                return mark.end
    return end


def _trimmed(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens of a content without the signs and the `and` at its ends."""
    span = doc.char_span(start, end, alignment_mode="expand")
    tokens = [token for token in span or () if not token.is_space]
    while tokens and tokens[-1].lower_ in _TRIMMED:
        tokens.pop()
    while tokens and tokens[0].lower_ in _TRIMMED:
        tokens.pop(0)
    brackets = [token.text for token in tokens if token.text in "()"]
    if tokens and brackets.count("(") > brackets.count(")") and doc[tokens[-1].i + 1 :][:1].text == ")":
        tokens.append(doc[tokens[-1].i + 1])
    return tokens


def _finite(token: Token, places: set[int]) -> bool:
    """Whether a token is a finite verb of a clause that is itself no part of a phrase of the content."""
    if "Fin" not in token.morph.get("VerbForm", []):
        return False
    while token.dep_ in {"aux", "aux:pass", "cop"} and token.head.i in places:
        token = token.head
    if any(_infinitive(child) for child in token.children):
        return False
    while token.head.i != token.i and token.head.i in places:
        if token.dep_ in _INSIDE:
            return False
        token = token.head
    return True


def _is_opening_subject(token: Token) -> bool:
    """`That, he says, would be hard`."""
    return token.dep_ in _SUBJECTS and token.text[0].isupper()


def _infinitive(token: Token) -> bool:
    return token.lower_ == "to" and token.dep_ == "mark"
