"""What becomes of the quotes that the machine finds in an article when decisions about them are laid over them.

A decision holds the whole quote as it was decided, and what the machine finds in its place. The first wins, the second
is what an undo gives back. Where a quote is not found under its hash any more, since the text has changed or another
version of the pipeline cuts it otherwise, the decision is laid over the quote that has most of its letters, or stands
for itself where its words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ...evaluation.scoring import LEAST_OVERLAP, letters, overlap
from ...records import Article, Mention, Quote, Span, Speaker
from ..rows.stored_quotes import quote_hash

Verdict = Literal["accept", "correct", "reject", "add"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
FEWEST_WORDS = 5
"""Of a quote that is looked for elsewhere in a new text: "Yes" stands anywhere."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a quote.

    hash (str): Of the quote that the machine finds there; of one that it does not find, of the one that was decided.
    article (str): The address of its article; of one without, the SHA-256 of its text.
    verdict (Verdict): `add` where the machine had found nothing.
    quote (Quote): As it was decided; one that was rejected, as it was then.
    found (Quote | None): What the machine finds, None for nothing.
    decided_by (str): Who.
    decided_at (str): When, in UTC: `2025-03-04T05:06:07Z`.
    fits (bool): Whether its words stand in the text that is stored. One that does not fit changes nothing.
    """

    hash: str
    article: str
    verdict: Verdict
    quote: Quote
    found: Quote | None
    decided_by: str
    decided_at: str
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Effective:
    """A quote as it goes into the database.

    decision (Verdict | None): None where the machine alone says so.
    """

    quote: Quote
    hash: str
    decision: Verdict | None = None


def article_key(article: Article) -> str:
    """Return what decisions call an article by."""
    return article.url or article.sha256


def settled(
    article: Article, found: Iterable[Quote], decisions: Sequence[Decision]
) -> tuple[list[Effective], list[tuple[Decision, Decision]]]:
    """Return the quotes of an article under decisions, and the decisions as they were and as they are now.

    found (Iterable[Quote]): By the machine.
    """
    by_hash = [(quote_hash(article, quote), quote) for quote in found]
    if not decisions:
        return [Effective(quote, digest) for digest, quote in by_hash], []
    return laid_over(article, dict(by_hash), decisions)


def laid_over(
    article: Article, found: Mapping[str, Quote], decisions: Sequence[Decision]
) -> tuple[list[Effective], list[tuple[Decision, Decision]]]:
    """Do as `settled` does, with what the machine finds by its hash."""
    places = [_moved(article.text, one.quote) for one in decisions]
    pairs = _pairs(article.text, found, decisions, places)
    taken = found.keys() | {one.hash for one in decisions}
    effective, now = [], []
    left = dict(found)
    for n, (one, place) in enumerate(zip(decisions, places, strict=True)):
        digest = pairs.get(n)
        machine = found[digest] if digest else None
        if place is None or not (digest or _is_sure(one.quote, place)):
            now.append(replace(one, found=machine, fits=False))
            continue
        if digest:
            del left[digest]
        else:
            elsewhere = quote_hash(article, place) if place.spans != one.quote.spans else one.hash
            digest = elsewhere if elsewhere not in taken else one.hash
        taken = taken | {digest}
        now.append(replace(one, hash=digest, quote=place, found=machine, fits=True))
        if one.verdict != "reject":
            effective.append(Effective(_decided(place, machine, found.values()), digest, one.verdict))
    effective += [Effective(quote, digest) for digest, quote in left.items()]
    effective.sort(key=lambda one: (one.quote.start, -one.quote.end))
    return effective, list(zip(decisions, now, strict=True))


def _is_sure(quote: Quote, place: Quote) -> bool:
    """Return whether a quote that the machine does not find there is the one that stood elsewhere, or still stands."""
    return place.spans == quote.spans or len(place.text.split()) >= FEWEST_WORDS


def _decided(place: Quote, machine: Quote | None, others: Iterable[Quote]) -> Quote:
    """Return a quote as it was decided, with what nobody decided (its cue, its chain) as the machine finds it now."""
    speaker = place.speaker
    if speaker:
        same = (one.speaker for one in (machine, *others) if one and one.speaker and one.speaker.name == speaker.name)
        shown = next(same, speaker if machine is None else Speaker(speaker.name, speaker.kind))
        speaker = replace(speaker, gender=shown.gender, gender_words=shown.gender_words)
    return replace(
        machine or place, kind=place.kind, spans=place.spans, text=place.text, speaker=speaker, confidence=1.0
    )


def _pairs(
    text: str, found: Mapping[str, Quote], decisions: Sequence[Decision], moved: Sequence[Quote | None]
) -> dict[int, str]:
    """Return the hash of the machine's quote that each decision is about: its own, else by most letters in common."""
    pairs = {n: one.hash for n, one in enumerate(decisions) if one.hash in found}
    free = {digest: _letters(text, quote) for digest, quote in found.items() if digest not in set(pairs.values())}
    shares = []
    for n, (one, place) in enumerate(zip(decisions, moved, strict=True)):
        if n in pairs or not free:
            continue
        before = _moved(text, one.found) if one.found else None
        for wanted in {_letters(text, quote) for quote in (place, before) if quote}:
            shares += [(overlap(set(wanted), set(some)), n, digest) for digest, some in free.items()]
    for share, n, digest in sorted(shares, key=lambda one: (-one[0], *one[1:])):
        if share >= LEAST_OVERLAP and n not in pairs and digest in free:
            pairs[n] = digest
            del free[digest]
    return pairs


def _letters(text: str, quote: Quote) -> frozenset[int]:
    return frozenset().union(*(letters(text, span) for span in quote.spans))


def _moved(text: str, quote: Quote) -> Quote | None:
    """Return a quote where its words stand in a text, nearest to where it stood; None if they do not."""
    pieces = list(_pieces(quote))
    if all(text.startswith(piece, start) for piece, (start, _) in zip(pieces, quote.spans, strict=True)):
        spans: list[Span] = list(quote.spans)
    else:
        spans = []
        for piece, (start, _) in zip(pieces, quote.spans, strict=True):
            least, near = (spans[-1][1], start + spans[0][0] - quote.start) if spans else (0, start)
            at = _nearest(text, piece, near, least)
            if at is None:
                return None
            spans.append((at, at + len(piece)))
    by = spans[0][0] - quote.start
    cue, mention = (_moved_words(text, words, by) for words in (quote.cue, quote.mention))
    kind = quote.mention_kind if mention else "none"
    return replace(quote, spans=tuple(spans), cue=cue, mention=mention, mention_kind=kind)


def _moved_words(text: str, words: Mention | None, by: int) -> Mention | None:
    start = words.start + by if words else -1
    if words is None or start < 0 or not text.startswith(words.text, start):
        return None
    return Mention(words.text, start, start + len(words.text))


def _nearest(text: str, words: str, near: int, least: int) -> int | None:
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    places = (match.start() for match in re.compile(whole).finditer(text, least))
    return min(places, key=lambda place: abs(place - near), default=None)


def _pieces(quote: Quote) -> Iterator[str]:
    """Yield the words of each piece: `text` joins them by a space."""
    at = 0
    for start, end in quote.spans:
        yield quote.text[at : at + end - start]
        at += end - start + 1
