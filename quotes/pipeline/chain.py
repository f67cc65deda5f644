"""The chain of sources: who carried the words to this outlet, and whom the speaker leans on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..reading.outlets import by_name
from ..records import Quote, Speaker
from .marks import Quotation
from .mentions import plausible_outlet
from .sentences import Piece, start_of, word_of
from .sources import Report, mention_of

_CARRIED = frozenset("quoted reported cited saying aired broadcast published carried released obtained seen".split())
_INTERVIEWS = frozenset("interview conversation programme program show podcast broadcast".split())
_OUTLETS = frozenset("agency broadcaster newspaper outlet station channel network daily magazine website".split())
_LONGEST = 8


def with_chain(quotes: Iterable[Quote], reports: Sequence[Report], carriers: Sequence[str | None]) -> list[Quote]:
    """Return quotes with who carried the words and whom the speaker cites, as their sentence says.

    carriers (Sequence[str | None]): The `via` of each sentence.
    What somebody said in an interview goes on to be said there.
    """
    starts = [report.sentence.start for report in reports]
    found: list[Quote] = []
    interviews: dict[Speaker, str] = {}
    for quote in quotes:
        at = _sentence_of(quote, starts)
        if at < 0:
            found.append(quote)
            continue
        pieces, text = reports[at].pieces, reports[at].text
        carried = carriers[at]
        if quote.speaker:
            if carried and any(word_of(piece) in _INTERVIEWS for piece in pieces):
                interviews[quote.speaker] = carried
            carried = carried or interviews.get(quote.speaker)
            if carried == quote.speaker.name:
                carried = None
        found.append(replace(quote, via=carried, citing=citing(pieces, text)))
    return found


def with_quoted(quotes: Iterable[Quote], reports: Sequence[Report], carriers: Sequence[str | None]) -> list[Quote]:
    """Return quotes with whom a carrier says it quotes as their source: `Xinhua reported, quoting the ministry`."""
    starts = [report.sentence.start for report in reports]
    found = []
    for quote in quotes:
        at = _sentence_of(quote, starts)
        quoted = _phrase_after("quoting", reports[at].pieces) if at >= 0 and carriers[at] else ()
        if quoted and quote.mention and quote.cue and quote.cue.start < start_of(quoted[0]):
            quote = replace(quote, mention=mention_of(quoted, reports[at].text))
        found.append(quote)
    return found


def _sentence_of(quote: Quote, starts: Sequence[int]) -> int:
    """Which of the sentences that start at these places holds a quote's cue, or else its beginning; -1 if none does."""
    return bisect_right(starts, quote.cue.start if quote.cue else quote.start) - 1


def via(pieces: Sequence[Piece], text: str, own: str | None) -> str | None:
    """Return the outlet or agency that the sentence says carried the words, if it is not `own`.

    `told Yonhap`, `quoted by Xinhua`, `in an interview with CNBC`, `on TVN's programme`, `the Post reported`.
    """
    for i, piece in enumerate(pieces):
        word = word_of(piece)
        before = word_of(pieces[i - 1]) if i else ""
        named = None
        if (
            word in {"told", "tells"}
            or (word == "by" and before in _CARRIED)
            or (word == "with" and before in {"interview", "conversation"})
            or (word == "on" and any(word_of(later) in _INTERVIEWS for later in pieces[i + 1 : i + _LONGEST]))
        ):
            named = _name_at(pieces, _past_description(pieces, i + 1), text)
        elif word == "to" and before == "according":
            named = _known(_name_at(pieces, _past_description(pieces, i + 1), text))
        elif word == "agency" and i + 1 < len(pieces):
            named = _known(_name_at(pieces, i + 1, text))
        elif word in {"reported", "reports"} and i and before != "was":
            had = before in {"had", "has", "have"}
            named = _known(_name_before(pieces, i - 2 if had else i - 1, text))
        if named and not same_outlet(named, own):
            return named
    return None


def _past_description(pieces: Sequence[Piece], i: int) -> int:
    """Where the name begins in `state news agency Xinhua`: past words in lower case, the last a word for an outlet."""
    end = i
    while end < min(len(pieces), i + 5) and word_of(pieces[end]) and _is_lower(pieces[end]):
        end += 1
    return end if end > i and word_of(pieces[end - 1]) in _OUTLETS else i


def _is_lower(piece: Piece) -> bool:
    """Whether a word has no capital."""
    return not isinstance(piece, Quotation) and piece.text.isalpha() and piece.text.islower()


def citing(pieces: Sequence[Piece], text: str) -> str | None:
    """Return whom the speaker names as its own source: `citing unnamed officials`."""
    phrase = _phrase_after("citing", pieces)
    return re.sub(r"^[\"“‘'](.*)[\"”’']$", r"\1", mention_of(phrase, text).text) if phrase else None


def _phrase_after(word: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What stands between a word and the next sign or clause; empty if nothing does."""
    for i, piece in enumerate(pieces):
        if word_of(piece) == word:
            ends = (k for k in range(i + 1, len(pieces)) if word_of(pieces[k]) in {",", ".", ";", "(", "that", "who"})
            if phrase := pieces[i + 1 : next(ends, len(pieces))]:
                return phrase
    return ()


def same_outlet(name: str, own: str | None) -> bool:
    """Whether two spellings name one outlet."""
    if own is None:
        return False
    mine, other = by_name(own), by_name(name)
    return (mine is not None and mine == other) or _plain(name) == _plain(own)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.casefold())


def _known(name: str | None) -> str | None:
    return name if name and by_name(name) else None


def _name_at(pieces: Sequence[Piece], i: int, text: str) -> str | None:
    """The outlet's name that begins at piece i: one in the table, or one that says it is an outlet."""
    if i < len(pieces) and word_of(pieces[i]) == "the":
        i += 1
    end = i
    while (
        end < min(len(pieces), i + _LONGEST)
        and not isinstance(pieces[end], Quotation)
        and (
            text[start_of(pieces[end])].isupper()
            or (
                word_of(pieces[end]) in {"of", "the", "&"}
                and end + 1 < len(pieces)
                and text[start_of(pieces[end + 1])].isupper()
            )
        )
    ):
        end += 1
    return _as_outlet(pieces[i:end], text)


def _name_before(pieces: Sequence[Piece], i: int, text: str) -> str | None:
    first = i + 1
    while first and not isinstance(pieces[first - 1], Quotation) and text[start_of(pieces[first - 1])].isupper():
        first -= 1
    return _as_outlet(pieces[first : i + 1], text)


def _as_outlet(pieces: Sequence[Piece], text: str) -> str | None:
    if not pieces:
        return None
    name = re.sub(r"^The ", "", mention_of(pieces, text).text)
    known = by_name(name)
    if known:
        return known.name
    return name if plausible_outlet(name) else None
