"""Attribution by the words next to the marks.

For each quotation the cue is looked for before it, after it and between its halves; what stands
in no such place is a scare quote, a title or a nickname and is left out. Finds direct and mixed
quotes. The speakers are not resolved yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from ..records import Mention, Quote, QuoteKind, Span
from .clauses import (
    COMPLEMENTISERS,
    WINDOW,
    clause_before_colon,
    clause_before_cue,
    clause_end,
    clause_start,
    governing_cue,
    names_something,
)
from .cues import AUXILIARIES, act_of
from .marks import Quotation
from .mentions import PRONOUNS, plausible
from .sentences import end_of, start_of, word_of
from .sources import Cue, Report, mention_of

# By the method that decided: the share that is right on PolNeAR's dev part (`python -m quotes.training calibrate`).
# It marks the whole clause round a fragment, and gives a quote that stands alone to nobody.
CONFIDENCE = {"after": 0.94, "before": 0.83, "colon": 0.82, "clause": 0.81, "fragment": 0.30, "alone": 0.31}
# A fragment further from its cue is more likely a scare quote.
_FRAGMENT_WINDOW = 12
_FEWEST_WORDS_ALONE = 3
_LONGEST_NAME_BEFORE_COLON = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a quotation: the cue, the source, and where they were found."""

    cue: Mention | None
    mention: Mention | None
    method: str


def find_quotes(reports: Iterable[Report]) -> list[Quote]:
    """Return the direct and mixed quotes of an article in its order, speakers unresolved.

    reports (Iterable[Report]): The sentences of the article that are not furniture, with their cues.
    A quote without a mention continues the speaker before it.
    """
    found: list[Quote] = []
    previous: Report | None = None
    for report in reports:
        if report.sentence.quotations:
            _Reader(report, previous, found).read()
        previous = report
    return found


class _Reader:
    """Reads the quotations of one sentence, and adds to the quotes found so far."""

    def __init__(self, report: Report, previous: Report | None, found: list[Quote]) -> None:
        self.report = report
        self.pieces = report.pieces
        self.previous = previous
        self.found = found

    def read(self) -> None:
        used = -1
        for i, piece in enumerate(self.pieces):
            if isinstance(piece, Quotation) and i > used and not self._joined(i, piece):
                used = self._attribute(i, piece)

    def _attribute(self, i: int, quotation: Quotation) -> int:
        """Record the quotation at piece i if it is a quote; return the last piece that this used up."""
        beside = self._led_in(i)
        if beside is None and i == 0 and (self._is_full(i) or not self._goes_on()):
            beside = self._followed_by_cue(i) or self._alone()
        if beside is None:
            return self._in_clause(i, quotation)
        self._add("direct", (quotation.start, quotation.end), beside)
        return i

    def _is_full(self, i: int) -> bool:
        """Whether the words could be somebody's own sentence."""
        inside = self.report.inside(i)
        return bool(inside) and (self.report.ends_sentence(i) or (inside[0].isupper() and len(inside.split()) >= 4))

    def _goes_on(self) -> bool:
        """Whether the sentence goes on after its first quotation in its own grammar: `“Reform” is what`."""
        following = self.pieces[1] if len(self.pieces) > 1 else None
        if not isinstance(following, Token) or following.text == "," or following.lower_ in PRONOUNS:
            return False
        return following.text[0].islower() and not any(cue.first == 1 for cue in self.report.cues)

    # -- before the quotation

    def _led_in(self, i: int) -> Beside | None:
        """The cue right before the quotation: `she said, “`, `said that “`, `X wrote on Monday: “`."""
        j = i - 1
        sign = word_of(self.pieces[j]) if j >= 0 else ""
        if sign in {",", ":", "—", "–", "--"}:
            j -= 1
        else:
            sign = ""
        if j >= 0 and word_of(self.pieces[j]) in {"that", "as", "because"}:
            j -= 2 if word_of(self.pieces[j - 1]) == "," else 1
        if j < 0:
            return None
        near = next((cue for cue in self.report.cues if cue.last == j and not cue.subject_after), None)
        if near and near.clausal:
            beside = self._of(near, "before")
            return None if beside.mention and self._begins_clause(i) else beside
        return self._led_in_from_afar(i, j, sign) if sign and self._is_full(i) else None

    def _begins_clause(self, i: int) -> bool:
        """Whether the quotation only begins a reported clause: `argued that “it is nicer” when you can`."""
        if word_of(self.pieces[i - 1]) not in COMPLEMENTISERS:
            return False
        end = end_of(self.pieces[clause_end(self.report, i)])
        return len(self.report.text[end_of(self.pieces[i]) : end].split()) >= 2

    def _led_in_from_afar(self, i: int, j: int, sign: str) -> Beside | None:
        """A colon, or a comma and a capital, with the cue further back: `She asked the panel on Monday: “`."""
        if names_something(self.report, i):
            return None
        before = [cue for cue in self.report.cues if cue.last < i]
        if sign == ":":
            return self._of(before[-1], "colon") if before else self._named_before_colon(i - 1)
        if sign == "," and before and i - before[-1].last <= _FRAGMENT_WINDOW and self.report.opens_with_capital(i):
            return self._of(before[-1], "before")
        return None

    def _named_before_colon(self, i: int) -> Beside:
        """`Kim: “...”`: all that stands before the colon, if it is short enough to be a name."""
        tokens = [piece for piece in self.pieces[:i] if isinstance(piece, Token)]
        named = 0 < len(tokens) <= _LONGEST_NAME_BEFORE_COLON and tokens[-1].text[0].isalnum()
        mention = mention_of(tokens, self.report.text) if named else None
        if mention and not plausible(mention.text):
            mention = None  # `Her reply was shorter:`
        return Beside(mention_of([self.pieces[i]], self.report.text), mention, "colon")

    # -- after it

    def _followed_by_cue(self, i: int) -> Beside | None:
        """The cue after the quotation, before the next one: `,” she said`, `,” said X`, `,” according to X`."""
        until = next((k for k in range(i + 1, len(self.pieces)) if isinstance(self.pieces[k], Quotation)), None)
        until = len(self.pieces) if until is None else until
        cues = [cue for cue in self.report.cues if i < cue.first < min(until, i + WINDOW)]
        # `the minister, citing police, said`
        cue = next((cue for cue in cues if word_of(self.pieces[cue.first]) != "citing"), cues[0] if cues else None)
        if cue and (cue.clausal or cue.first - i <= 8):
            beside = self._of(cue, "after")
            if beside.mention or cue.first - i <= 2:
                return beside
        return self._followed_by_unlisted_cue(i, until)

    def _followed_by_unlisted_cue(self, i: int, until: int) -> Beside | None:
        """A verb that is on no list, after a name or pronoun: `,” Smith chuckled.`"""
        after = [piece for piece in self.pieces[i + 1 : min(until, i + 8)] if isinstance(piece, Token)]
        after = after[1:] if after and after[0].text == "," else after
        for n, token in enumerate(after):
            if n and token.text[0].islower() and token.is_alpha and token.lower_ not in AUXILIARIES:
                named = all(t.text[0].isupper() or t.lower_ in PRONOUNS for t in after[:n] if t.is_alpha)
                if named and token.text.endswith(("ed", "s")) and self._is_full(i):
                    text = self.report.text
                    return Beside(mention_of([token], text), mention_of(after[:n], text), "after")
                return None
        return None

    # -- by itself

    def _is_alone(self) -> bool:
        """Whether the sentence is nothing but its first quotation."""
        return all(isinstance(piece, Token) and piece.is_punct for piece in self.pieces[1:])

    def _alone(self) -> Beside | None:
        """No cue at all, or one on the line before: `She claimed:` and the quotation as the next paragraph."""
        if not self._is_alone() or len(self.report.inside(0).split()) < _FEWEST_WORDS_ALONE:
            return None
        before = self.previous
        if before and before.cues and before.sentence.paragraph != self.report.sentence.paragraph:
            cue = before.cues[-1]
            if before.text[before.sentence.end - 1] in ":,":
                return Beside(before.words(cue), before.source(cue), "colon")
        return Beside(None, None, "alone")

    # -- quoted words inside a clause of the outlet's own

    def _in_clause(self, i: int, quotation: Quotation) -> int:
        if names_something(self.report, i):
            return i
        cue = governing_cue(self.report, i)
        if cue and not cue.subject_after:
            mention = self.report.source(cue)
            if mention and mention.start > start_of(self.pieces[cue.first]):
                return i  # `said Roe, who owns the “Patience”`: what follows a turned cue is no clause of it
            start = clause_start(self.report, cue, i) if cue.clausal else None
            if mention and start is not None:
                last = clause_end(self.report, i)
                self._add("mixed", (start, end_of(self.pieces[last])), self._of(cue, "clause"))
                return last
            if mention and i - cue.last <= _FRAGMENT_WINDOW:
                self._add("direct", (quotation.start, quotation.end), self._of(cue, "fragment"))
                return i
        covered = clause_before_cue(self.report, i)
        if covered:
            cue, mention, span = covered
            self._add("mixed", span, Beside(self.report.words(cue), mention, "clause"))
            return cue.first
        headline = clause_before_colon(self.report, i)
        if headline:
            colon, mention, span = headline
            whole = span == (quotation.start, quotation.end)
            self._add("direct" if whole else "mixed", span, Beside(colon, mention, "clause"))
            return len(self.pieces)
        return i

    # -- quotes in several pieces

    def _joined(self, i: int, quotation: Quotation) -> bool:
        """Join the quotation to the quote before if it is its next piece; return whether it was."""
        last = self.found[-1] if self.found else None
        if last is None or last.kind != "direct":
            return False
        if i == 0 and self._reopens(last):
            self._extend(last, quotation, self._followed_by_cue(i) if last.mention is None else None)
        elif self._second_half(i, last) or (i == 0 and self._next_sentence(last)):
            self._extend(last, quotation, None)
        else:
            return False
        return True

    def _reopens(self, last: Quote) -> bool:
        """Whether the quote before was left open for this paragraph to reopen."""
        marks = self.previous.sentence.quotations if self.previous else ()
        return any(mark.continues and mark.end == last.end for mark in marks)

    def _second_half(self, i: int, last: Quote) -> bool:
        """`“A,” she said, “b.”`"""
        in_sentence = i > 0 and last.start == self.report.sentence.start and i <= WINDOW
        return in_sentence and any(cue.first < i for cue in self.report.cues) and self._is_full(i)

    def _next_sentence(self, last: Quote) -> bool:
        """`“A,” she said. “B.”`"""
        before = self.previous.sentence if self.previous else None
        return (
            before is not None
            and last.cue is not None
            and before.paragraph == self.report.sentence.paragraph
            and before.start <= last.start
            and self._is_alone()
        )

    def _extend(self, last: Quote, quotation: Quotation, beside: Beside | None) -> None:
        longer = replace(last, spans=(*last.spans, (quotation.start, quotation.end)))
        if beside:
            longer = replace(
                longer,
                cue=beside.cue,
                mention=beside.mention,
                act=act_of(beside.cue.text) if beside.cue else longer.act,
                confidence=CONFIDENCE[beside.method],
                method=beside.method,
            )
        self.found[-1] = longer

    # -- records

    def _of(self, cue: Cue, method: str) -> Beside:
        return Beside(self.report.words(cue), self.report.source(cue), method)

    def _add(self, kind: QuoteKind, span: Span, beside: Beside) -> None:
        last = self.found[-1] if self.found else None
        if last and span[0] < last.end:
            if span[0] > last.start or len(last.spans) > 1:
                return  # within, or across, what is found already
            self.found.pop()
        self.found.append(
            Quote(
                kind=kind,
                spans=(span,),
                text=self.report.text[slice(*span)],
                cue=beside.cue,
                mention=beside.mention,
                act=act_of(beside.cue.text) if beside.cue else "say",
                confidence=CONFIDENCE[beside.method],
                method=beside.method,
            )
        )
