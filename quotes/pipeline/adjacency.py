"""Attribution by the words next to the marks.

For each quotation the cue is looked for before it, after it and between its halves; what stands
in no such place is a scare quote, a title or a nickname and is left out. Finds direct and mixed
quotes. The speakers are not resolved yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from ..records import Mention, Quote, QuoteKind, Span
from .chain import citing, via
from .cues import AUXILIARIES, DIRECTIVE, act_of
from .marks import Quotation
from .mentions import DOCUMENTS, PLURALS, PRONOUNS, ROLES
from .sentences import Sentence, end_of, start_of, word_of
from .sources import Cue, find_cues, mention_of, source_of

_COMPLEMENTISERS = frozenset("that whether if how why what where when".split())
# A quotation after one of these is a name of something, or a word that is explained.
_NAMING = frozenset("titled entitled called named known dubbed nicknamed billed branded christened".split())
_NAMED = frozenset(
    """theme film movie book novel song album single series
    play show programme program podcast documentary exhibition award awards slogan motto headline word words
    term phrase meaning means motion painting poem magazine newspaper ship vessel hashtag translated brand
    banner operation chapter essay column game event ceremony category message sign""".split()
)
_SAID = ",.?!…"
_SAY = frozenset({"say", "says", "said", "saying"})
_CONFIDENCE = {
    "after": 0.95,
    "before": 0.95,
    "colon": 0.9,
    "middle": 0.9,
    "clause": 0.8,
    "fragment": 0.7,
    "alone": 0.6,
}
# How far before a quotation the cue of its clause may stand, in pieces.
_CUE_WINDOW = 40


def find_quotes(text: str, story: Iterable[Sentence], outlet: str | None = None) -> list[Quote]:
    """Return the direct and mixed quotes of a text in its order, speakers unresolved.

    story (Iterable[Sentence]): The sentences of the text that are not furniture.
    outlet (str | None): Who printed it, which is never the `via` of its own quotes.
    A quote without a mention continues the speaker before it.
    """
    found: list[Quote] = []
    previous: Sentence | None = None
    for sentence in story:
        if sentence.quotations:
            before = len(found)
            _Reader(text, sentence, previous, found).read()
            if len(found) > before:
                carried, leaning = via(sentence, text, outlet), citing(sentence, text)
                found[before:] = [replace(quote, via=carried, citing=leaning) for quote in found[before:]]
        previous = sentence
    return found


class _Reader:
    """Reads the quotations of one sentence, and adds to the quotes found so far."""

    def __init__(self, text: str, sentence: Sentence, previous: Sentence | None, found: list[Quote]) -> None:
        self.text = text
        self.sentence = sentence
        self.pieces = sentence.pieces
        self.previous = previous
        self.found = found
        self.cues = find_cues(self.pieces)

    def read(self) -> None:
        taken_until = -1
        for i, piece in enumerate(self.pieces):
            if not isinstance(piece, Quotation) or i <= taken_until:
                continue
            if self._joins_before(i, piece):
                continue
            taken_until = self._attribute(i, piece)

    # -- what stands beside

    def _attribute(self, i: int, quotation: Quotation) -> int:
        """Record the quotation at piece i if it is a quote; return the last piece that this used up."""
        full = self._is_full(quotation)
        led = self._led_in(i, quotation)
        if led and not self._clause_goes_on(i, led[1]):
            cue, mention, method = led
            self._add("direct", [(quotation.start, quotation.end)], cue, mention, method)
            return i
        if i == 0 and (full or not self._goes_on(i)):
            after = self._cue_after(i)
            if after:
                cue, mention = after
                self._add("direct", [(quotation.start, quotation.end)], cue, mention, "after")
                return i
            if self._alone(i, quotation):
                cue, mention = self._colon_before()
                self._add(
                    "direct",
                    [(quotation.start, quotation.end)],
                    cue,
                    mention,
                    "colon" if mention else "alone",
                )
                return i
        return self._in_clause(i, quotation)

    def _is_full(self, quotation: Quotation) -> bool:
        """Whether the words could be somebody's own sentence."""
        inside = self.text[quotation.start : quotation.end].strip("\"“”„«»'‘’` ")
        last = self.text[quotation.start : quotation.end].rstrip("\"”’'»`“ ")[-1:]
        return bool(inside) and (last in _SAID or (inside[0].isupper() and len(inside.split()) >= 4))

    def _goes_on(self, i: int) -> bool:
        """Whether the sentence goes on after the quotation in its own grammar: `“X” is`."""
        following = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
        return (
            isinstance(following, Token)
            and following.text != ","
            and following.lower_ not in PRONOUNS
            and (following.text[0].islower())
            and following.lower_
            not in {cue_word for cue in self.cues for cue_word in [word_of(self.pieces[cue.first])]}
        )

    def _led_in(self, i: int, quotation: Quotation) -> tuple[Mention | None, Mention | None, str] | None:
        """The cue right before the quotation: `she said, “`, `said that “`, `X wrote on Monday: “`."""
        j = i - 1
        if j < 0:
            return None
        sign = word_of(self.pieces[j]) if word_of(self.pieces[j]) in {",", ":", "—", "–", "--"} else ""
        if sign:
            j -= 1
        if j >= 0 and word_of(self.pieces[j]) in {"that", "as"} | {"because"}:
            j -= 1
            if j >= 0 and word_of(self.pieces[j]) == ",":
                j -= 1
        if j < 0:
            return None
        near = next((cue for cue in self.cues if cue.last == j and not cue.subject_after), None)
        if near and near.clausal:
            return near.mention(self.pieces, self.text), source_of(self.pieces, near, self.text), "before"
        if not sign or not self._is_full(quotation) or word_of(self.pieces[j]) in _NAMED:
            return None
        if sign == ":" and any(word_of(piece) in _NAMED for piece in self.pieces[max(0, j - 3) : j + 1]):
            return None
        before = [cue for cue in self.cues if cue.last < i]
        if sign == ":":
            if before:
                cue = before[-1]
                return cue.mention(self.pieces, self.text), source_of(self.pieces, cue, self.text), "colon"
            return mention_of([self.pieces[i - 1]], self.text), self._whole_before(i - 1), "colon"
        if sign == "," and before and i - before[-1].last <= 12 and quotation_opens_capital(self.text, quotation):
            cue = before[-1]
            return cue.mention(self.pieces, self.text), source_of(self.pieces, cue, self.text), "before"
        return None

    def _clause_goes_on(self, i: int, mention: Mention | None) -> bool:
        """Whether the quotation only begins a reported clause: `argued that “it is nicer” when you can`."""
        if word_of(self.pieces[i - 1]) not in _COMPLEMENTISERS or mention is None:
            return False
        end, _ = self._clause_end(i)
        return len(self.text[self.pieces[i].end : end].split()) >= 2  # type: ignore[union-attr]

    def _whole_before(self, i: int) -> Mention | None:
        """`Kim: “...”`: all that stands before the colon, if it is short enough to be a name."""
        tokens = [piece for piece in self.pieces[:i] if isinstance(piece, Token)]
        if not tokens or len(tokens) > 8 or not tokens[-1].text[0].isalnum():
            return None
        return mention_of(tokens, self.text)

    def _cue_after(self, i: int) -> tuple[Mention, Mention | None] | None:
        """The cue after the quotation, before the next one: `,” she said`, `,” said X`, `,” according to X`."""
        until = next(
            (k for k in range(i + 1, len(self.pieces)) if isinstance(self.pieces[k], Quotation)),
            len(self.pieces),
        )
        cue = next((cue for cue in self.cues if i < cue.first < until and cue.first - i <= _CUE_WINDOW), None)
        if cue and (cue.clausal or cue.first - i <= 8):
            mention = source_of(self.pieces, cue, self.text)
            if mention or cue.first - i <= 2:
                return cue.mention(self.pieces, self.text), mention
        return self._unlisted_cue_after(i, until)

    def _unlisted_cue_after(self, i: int, until: int) -> tuple[Mention, Mention | None] | None:
        """A verb that is on no list, after a name or pronoun: `,” Smith chuckled.`"""
        after = [piece for piece in self.pieces[i + 1 : min(until, i + 8)] if isinstance(piece, Token)]
        if after and after[0].text == ",":
            after = after[1:]
        for n, token in enumerate(after):
            if n and token.text[0].islower() and token.is_alpha and token.lower_ not in AUXILIARIES:
                named = all(t.text[0].isupper() or t.lower_ in PRONOUNS for t in after[:n] if t.is_alpha)
                if named and token.text.endswith(("ed", "s")) and self._is_full(self.pieces[i]):  # type: ignore[arg-type]
                    return mention_of([token], self.text), mention_of(after[:n], self.text)
                return None
        return None

    def _alone(self, i: int, quotation: Quotation) -> bool:
        """Whether the quotation is a sentence by itself."""
        rest = [piece for piece in self.pieces[i + 1 :] if not (isinstance(piece, Token) and piece.is_punct)]
        words = len(self.text[quotation.start : quotation.end].split())
        return not rest and words >= 3

    def _colon_before(self) -> tuple[Mention | None, Mention | None]:
        """The cue on the line before: `She claimed:` and the quotation as the next paragraph."""
        before = self.previous
        if before is None or self.text[before.end - 1] not in ":," or before.paragraph == self.sentence.paragraph:
            return None, None
        cues = find_cues(before.pieces)
        if cues:
            return cues[-1].mention(before.pieces, self.text), source_of(before.pieces, cues[-1], self.text)
        return None, None

    # -- quoted words inside a clause of the outlet's own

    def _in_clause(self, i: int, quotation: Quotation) -> int:
        if self._is_name(i, quotation):
            return i
        governing = self._governing(i)
        after = self._trailing_cue(i)
        if governing and not governing.subject_after:
            mention = source_of(self.pieces, governing, self.text)
            if mention and mention.start > start_of(self.pieces[governing.first]):
                return i  # `said Roe, who owns the “Patience”`: what follows a turned cue is no clause of it
            start = self._clause_start(governing, i)
            if mention and governing.clausal and start is not None:
                end, last = self._clause_end(i)
                kind: QuoteKind = "mixed"
                self._add(kind, [(start, end)], governing.mention(self.pieces, self.text), mention, "clause")
                return last
            if mention and i - governing.last <= 12:
                self._add(
                    "direct",
                    [(quotation.start, quotation.end)],
                    governing.mention(self.pieces, self.text),
                    mention,
                    "fragment",
                )
                return i
        if after:
            cue, mention, first = after
            start = self._after_intro(i)
            end = end_of(self.pieces[first])
            self._add("mixed", [(start, end)], cue.mention(self.pieces, self.text), mention, "clause")
            return cue.first
        return i

    def _governing(self, i: int) -> Cue | None:
        """The cue whose clause the quotation stands in: the outermost with a `that`, else the nearest."""
        before = [cue for cue in self.cues if cue.last < i and i - cue.last <= _CUE_WINDOW]
        outer = [cue for cue in before if word_of(self.pieces[cue.last + 1]) in _COMPLEMENTISERS]
        # `accepted that ... but denied that`: side by side, so the later one takes over.
        beside = [cue for cue in outer[1:] if word_of(self.pieces[cue.first - 1]) in {"and", "but"}]
        return (beside or outer)[-1 if beside else 0] if outer else before[-1] if before else None

    def _is_name(self, i: int, quotation: Quotation) -> bool:
        """Whether it is the name of a work or thing, a nickname, or a word explained."""
        near = [word_of(piece) for piece in self.pieces[max(0, i - 3) : i] + self.pieces[i + 1 : i + 2]]
        if set(near) & _NAMED or set(near[2:3] + near[1:2] * (near[2:3] == ["as"])) & _NAMING:
            return True
        before = self.pieces[i - 1] if i else None
        after = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
        words = self.text[quotation.start : quotation.end].split()
        if "citing" in near and words[-1].strip("\"”’'").lower() in PLURALS | ROLES | DOCUMENTS:
            return True
        between_names = (
            isinstance(before, Token)
            and isinstance(after, Token)
            and before.text[0].isupper()
            and after.text[0].isupper()
            and len(words) <= 3
        )
        titled = len(words) > 1 and all(w.strip("\"“”‘’'")[:1].isupper() for w in words if len(w) > 4)
        return between_names or (titled and self.text[quotation.end - 2] not in _SAID)

    def _clause_start(self, cue: Cue, i: int) -> int | None:
        """Where the reported clause begins: at `that`, or after the cue if a finite verb shows a clause."""
        between = self.pieces[cue.last + 1 : i]
        for piece in between[:15]:
            if word_of(piece) in _COMPLEMENTISERS:
                return start_of(piece)
            if word_of(piece) == "to" and cue.act in DIRECTIVE:
                return start_of(piece)
            if isinstance(piece, Quotation):
                break
        if not between or isinstance(between[0], Quotation):
            return None
        finite = any(
            word_of(piece) in AUXILIARIES - {"'s", "’s"}
            or (isinstance(piece, Token) and piece.text[0].islower() and piece.text.endswith("ed"))
            for piece in between
        )
        if not finite and word_of(self.pieces[cue.last]) not in _SAY:
            return None
        return start_of(between[0]) if word_of(between[0]) != "," else None

    def _clause_end(self, i: int) -> tuple[int, int]:
        """Where it ends, and the last piece in it: the sentence's end, or where another cue takes over."""
        stop = len(self.pieces)
        for cue in self.cues:
            if cue.first > i:
                k = cue.first - 1
                while k > i and word_of(self.pieces[k]) != ",":
                    k -= 1
                stop = k if k > i else cue.first
                break
        last = max((k for k in range(i, stop) if isinstance(self.pieces[k], Quotation)), default=i)
        closing = self.pieces[last]
        tail = self.pieces[last + 1 : stop]
        inside = self.text[start_of(closing) : end_of(closing)].rstrip("\"”’'»`")
        if (
            not tail
            or inside.endswith((".", "!", "?"))
            or (
                inside.endswith(",")
                and word_of(tail[0]) not in _COMPLEMENTISERS | {"and", "but", "or", "amid", "which"}
            )
        ):
            return end_of(closing), last
        end = stop - 1
        while end > last and isinstance(self.pieces[end], Token) and self.pieces[end].is_punct:  # type: ignore[union-attr]
            end -= 1
        return end_of(self.pieces[end]), end

    def _trailing_cue(self, i: int) -> tuple[Cue, Mention, int] | None:
        """A cue at the end of the sentence that covers the clause before it: `..., the minister said.`"""
        for cue in self.cues:
            if cue.first <= i or not cue.clausal:
                continue
            mention = source_of(self.pieces, cue, self.text)
            if mention is None:
                continue
            first = next(
                k
                for k, piece in enumerate(self.pieces)
                if start_of(piece) >= min(mention.start, start_of(self.pieces[cue.first]))
            )
            before = self.pieces[first - 1] if first else None
            if first > i and (word_of(before) == "," if isinstance(before, Token) else isinstance(before, Quotation)):
                return cue, mention, first - 2 if isinstance(before, Token) else first - 1
        return None

    def _after_intro(self, i: int) -> int:
        first = self.pieces[0]
        return start_of(first)

    # -- records

    def _joins_before(self, i: int, quotation: Quotation) -> bool:
        """Whether it is the next piece of the quote before: reopened, or split round its cue."""
        if not self.found or self.found[-1].kind != "direct":
            return False
        last = self.found[-1]
        if self._cue_after(i) and i == 0 and not self._reopened(last):
            return False
        if i == 0 and self._reopened(last):
            after = self._cue_after(i)
            joined = replace(last, spans=(*last.spans, (quotation.start, quotation.end)))
            if after and last.mention is None:
                joined = replace(
                    joined,
                    cue=after[0],
                    mention=after[1],
                    act=act_of(after[0].text),
                    method="after",
                    confidence=_CONFIDENCE["after"],
                )
            self.found[-1] = joined
            return True
        same_sentence = i > 0 and last.start == self.sentence.start
        after_sentence = (
            i == 0
            and self._alone(i, quotation)
            and self.previous is not None
            and last.cue is not None
            and self.previous.paragraph == self.sentence.paragraph
            and self.previous.start <= last.start
        )
        if (same_sentence and self._follows_cue(i) and self._is_full(quotation)) or after_sentence:
            self.found[-1] = replace(last, spans=(*last.spans, (quotation.start, quotation.end)))
            return True
        return False

    def _reopened(self, last: Quote) -> bool:
        return any(
            mark.continues and mark.end == last.end for mark in (self.previous.quotations if self.previous else ())
        )

    def _follows_cue(self, i: int) -> bool:
        """Whether nothing but `, she said,` stands between this and the half before."""
        between = self.pieces[1:i]
        return any(cue.first < i for cue in self.cues) and len(between) <= 30

    def _add(
        self, kind: QuoteKind, spans: list[Span], cue: Mention | None, mention: Mention | None, method: str
    ) -> None:
        self.found.append(
            Quote(
                kind=kind,
                spans=tuple(spans),
                text="",
                cue=cue,
                mention=mention,
                act=act_of(cue.text) if cue else "say",
                confidence=_CONFIDENCE[method],
                method=method,
            )
        )


def quotation_opens_capital(text: str, quotation: Quotation) -> bool:
    """Whether the first letter inside the marks is a capital."""
    return next((sign.isupper() for sign in text[quotation.start : quotation.end] if sign.isalnum()), False)
