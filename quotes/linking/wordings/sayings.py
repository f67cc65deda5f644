"""The sayings of a quote: what of it other outlets may print by itself, a sentence or a piece between ellipses.

One outlet prints two sentences as one quote, others each alone: were the quote one saying, it would hold all of them
together as the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...lexicon.content_words import COMMON, FUNCTION
from ...records import Quote
from .normal_form import GAP, normal_form

_QUOTED = re.compile(
    r"[“\"«„](?P<double>[^“”\"«»„]+)(?:[”\"»]|(?=[“«„])|$)|(?<!\w)[‘'](?!\d\ds\b)(?P<single>.+?)(?:[’'](?!\w)|$)"
)
_ELLIPSIS = r"[\[(]?(?:(?:\.\s?){3,}|…+)[\])]?"
_BREAK = re.compile(rf"(?P<gap>{_ELLIPSIS})|(?P<stop>[.!?]+[”’»\"')\]]*(?=\s))|(?P<paragraph>\n\s*\n)")
_OPENS = re.compile(r"\W*(\w+)")
_WORD_BEFORE = re.compile(r"(\w[\w.]*)$")
_ACRONYM = re.compile(r"(?:\w\.)+\w")
_ENDS = re.compile(r"[.!?][”’»\"')\]\s]*$")
_MARKS = " \t\r\n\u00a0\u2002\u2003\u2009\u200a\u202f“”\"«»„‘’'"
_AFTER = f"{_MARKS},;:–—-"  # noqa: RUF001 the dash as it is printed
_ABBREVIATED = frozenset(
    "mr mrs ms mx messrs dr drs prof profs rev hon sen sens rep reps gov gen gens brig col capt cmdr lt maj adm sgt supt"
    " pres amb atty st smt jr sr vs no nos art sec fig al ca cf approx dept est inc ltd co corp bros univ mt ft jan feb"
    " mar apr jun jul aug sept sep oct nov dec".split()
)
"""Words that a full stop follows within a sentence."""
_OF_NUMBERS = frozenset("no nos art sec fig ca approx p pp".split())
"""Those of them that only a number goes on after: "No. We won't"."""

_Tie = Literal["stop", "gap", "soft", "on"]
"""How a part goes on after the one before: a new sentence; words left out; after the cue, perhaps as a new
sentence; after the cue, in the same sentence."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A part of a quote that may be printed by itself.

    text (str): Its words without the quotation marks around them.
    start, end (int): Its place in the text of the article, end exclusive; a cue may stand in between.
    form (str | None): Its normal form; None if it can't be told by its words.
    """

    text: str
    start: int
    end: int
    form: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a quote in a row; start is a place in its text."""

    text: str
    start: int
    tie: _Tie


def sayings(quote: Quote) -> list[Saying]:
    """Return the sayings of a quote in their order, none for an indirect one.

    Sentences that are too short to be told by their words are one saying with those beside them that are, too. An
    ellipsis parts a sentence where what stands on either side can be told by itself. Of a mixed quote only what
    stands in quotation marks counts.
    """
    if quote.kind == "indirect":
        return []
    units = [unit for sentence in _sentences(_parts(quote)) for unit in _units(sentence)]
    found: list[Saying] = []
    short: list[_Part] = []
    for unit in units:
        form = normal_form(_joined(unit))
        if form is None:
            short += unit
            continue
        found += _saying(quote, short)
        short = []
        found.append(_placed(quote, unit, form))
    return found + _saying(quote, short)


def _saying(quote: Quote, parts: Sequence[_Part]) -> list[Saying]:
    return [_placed(quote, parts, normal_form(_joined(parts)))] if parts else []


def _placed(quote: Quote, parts: Sequence[_Part], form: str | None) -> Saying:
    last = parts[-1].start + len(parts[-1].text.rstrip(_AFTER)) - 1
    return Saying(_joined(parts).rstrip(_AFTER), _place(quote, parts[0].start), _place(quote, last) + 1, form)


def _place(quote: Quote, at: int) -> int:
    """Return where a character of a quote stands in the article; the quote's pieces are joined by a space each."""
    for start, end in quote.spans:
        if at < end - start:
            return start + at
        at -= end - start + 1
    return quote.end - 1


def _joined(parts: Iterable[_Part]) -> str:
    text = ""
    for part in parts:
        between = f" {GAP} " if part.tie == "gap" else " "
        text = f"{text}{between}{part.text}" if text else part.text
    return text


def _sentences(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    sentence: list[_Part] = []
    for part in parts:
        if sentence and part.tie == "stop":
            yield sentence
            sentence = []
        sentence.append(part)
    if sentence:
        yield sentence


def _units(sentence: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts of a sentence, those together that can't be told by themselves."""
    unit = [sentence[0]]
    for n, part in enumerate(sentence[1:], 1):
        may_part = part.tie in ("gap", "soft")
        if may_part and normal_form(_joined(unit)) and normal_form(_joined(sentence[n:])):
            yield unit
            unit = []
        unit.append(part)
    yield unit


# -- parts


def _parts(quote: Quote) -> Iterator[_Part]:
    before: str | None = None
    for start, end in _runs(quote):
        of_run: _Tie | None = _tie_of_run(before, quote.text[start:end], quote.kind == "mixed")
        for first, last, tie in _breaks(quote.text[start:end]):
            text = quote.text[start + first : start + last]
            at = start + first + len(text) - len(text.lstrip(_MARKS))
            text = text.strip(_MARKS)
            if any(map(str.isalnum, text)):
                yield _Part(text, at, "stop" if of_run == "stop" else tie or of_run or "on")
                of_run = None
        before = quote.text[start:end]


def _runs(quote: Quote) -> Iterator[tuple[int, int]]:
    """Yield where in the text of a quote its pieces stand; of a mixed one, those in quotation marks, if there are."""
    if quote.kind == "mixed":
        matches = (match for match in _QUOTED.finditer(quote.text) if any(map(str.isalnum, match[0])))
        found = [match.span("double" if match["double"] else "single") for match in matches]
        yield from found or [(0, len(quote.text))]
        return
    at = 0
    for start, end in quote.spans:
        yield at, at + end - start
        at += end - start + 1


def _tie_of_run(before: str | None, text: str, is_mixed: bool) -> _Tie:
    if before is None or _ENDS.search(before):
        return "stop"
    if is_mixed:
        return "gap"
    opening = _OPENS.match(text)
    if not opening or not opening[1][0].isupper() or opening[1] == "I":
        return "on"
    # "I think," he said, "Russia will go" – but: "We lost," he said. "We will be back."
    return "stop" if opening[1].lower() in COMMON else "soft"


def _breaks(text: str) -> Iterator[tuple[int, int, _Tie | None]]:
    """Yield the parts of a run by their places, each with how it goes on after the one before, None for the first."""
    start = 0
    tie: _Tie | None = None
    for found in _BREAK.finditer(text):
        if found.lastgroup == "stop" and not _is_end(text, found):
            continue
        end = found.start() if found.lastgroup == "gap" else found.end()
        yield start, end, tie
        start = found.end()
        is_gap = found.lastgroup == "gap" and found[0].count(".") < 4 and not _ENDS.search(text[: found.start()][-8:])
        tie = "gap" if is_gap else "stop"
    yield start, len(text), tie


def _is_end(text: str, stop: re.Match[str]) -> bool:
    """Return whether a sentence ends at a full stop, a question mark or an exclamation mark."""
    opening = _OPENS.match(text, stop.end())
    if opening is None or not (opening[1][0].isupper() or opening[1][0].isdecimal()):
        return False
    word = _WORD_BEFORE.search(text, 0, stop.start())
    if not stop[0].startswith(".") or word is None:
        return True
    last, following = word[1].lower(), opening[1]
    if last in _OF_NUMBERS:
        return not following[0].isdecimal()
    if _ACRONYM.fullmatch(last):
        return following.lower() in FUNCTION
    return last not in _ABBREVIATED and (len(last) > 1 or last == "i" or last.isdecimal())
