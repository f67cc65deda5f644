"""Who said what, measured: contents found, and speakers right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..records import Quote, Span
from .gold import GoldArticle, GoldQuote
from .names import same_source

LEAST_OVERLAP = 0.5
"""Of letters and digits, intersection over union, from which a piece of content counts as found."""
EXACT = 0.95
"""The same, from which it counts as found exactly: quotation marks and a stray sign never decide."""


@dataclass(slots=True)
class Scores:
    """Counts over any number of articles, and the shares that they give.

    errors (list[str]): What was missed, spurious, or given to another, a line each.
    """

    n: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, article: GoldArticle, quotes: Iterable[Quote]) -> None:
        """Count what was found in one article; each piece of a quote is an answer of its own."""
        n, text, name = self.n, article.text, article.path.name
        answers = [(quote, span) for quote in quotes for span in quote.spans]
        pairs = matched(text, [gold.span for gold in article.quotes], [span for _, span in answers])
        n["pieces"] += len(answers)
        for at in sorted(set(range(len(answers))) - set(pairs.values())):
            quote, (start, end) = answers[at]
            self.errors.append(f"spurious: {name}: {quote.kind} {text[start:end][:90]!r}")
        for at, gold in enumerate(article.quotes):
            if gold.optional:
                n["optional pieces"] += at in pairs
                continue
            n["gold"] += 1
            n[f"gold {gold.kind}"] += 1
            words = text[slice(*gold.span)][:90]
            if at not in pairs:
                self.errors.append(f"missed: {name}: {gold.kind} {words!r} of {'; '.join(gold.names)}")
                continue
            quote, span = answers[pairs[at]]
            right = speaker_right(gold, quote)
            n["found"] += 1
            n[f"found {gold.kind}"] += 1
            n["exact"] += overlap(letters(text, gold.span), letters(text, span)) >= EXACT
            n["kind right"] += quote.kind == gold.kind
            n["right"] += right
            n[f"right {gold.kind}"] += right
            n[f"of {gold.speaker_kind}"] += 1
            n[f"right of {gold.speaker_kind}"] += right
            if gold.via:
                n["via"] += 1
                n["via right"] += same_source(gold.via, quote.via, "organization")
            if not right:
                speaker = quote.speaker.name if quote.speaker else None
                self.errors.append(f"wrong speaker: {name}: {words!r} of {'; '.join(gold.names)}, not {speaker}")

    def figures(self) -> dict[str, float]:
        """Return the shares, 0 to 1, by name; those that there is nothing to measure with are left out."""
        n = self.n
        asked = n["pieces"] - n["optional pieces"]
        shares: dict[str, tuple[float, float]] = {}
        for measure, hits in (("who said what", "right"), ("content", "found")):
            shares[f"{measure}: precision"] = n[hits], asked
            shares[f"{measure}: recall"] = n[hits], n["gold"]
            shares[f"{measure}: F1"] = 2 * n[hits], asked + n["gold"]
        shares["exact spans"] = n["exact"], n["found"]
        shares["kind right"] = n["kind right"], n["found"]
        shares["speaker right"] = n["right"], n["found"]
        for kind in ("person", "organization", "unnamed", "document"):
            shares[f"speaker right: {kind}"] = n[f"right of {kind}"], n[f"of {kind}"]
        shares["via right"] = n["via right"], n["via"]
        for kind in ("direct", "mixed", "indirect"):
            shares[f"found: {kind}"] = n[f"found {kind}"], n[f"gold {kind}"]
            shares[f"found, with the speaker: {kind}"] = n[f"right {kind}"], n[f"gold {kind}"]
        return {name: part / whole for name, (part, whole) in shares.items() if whole}


def speaker_right(gold: GoldQuote, quote: Quote) -> bool:
    """Return whether a quote has one of the right names for its speaker."""
    speaker = quote.speaker.name if quote.speaker else None
    return any(same_source(name, speaker, gold.speaker_kind) for name in gold.names if gold.speaker_kind)


def letters(text: str, span: Span) -> set[int]:
    """Return the places of letters and digits: quotation marks and spaces decide nothing."""
    return {place for place in range(*span) if text[place].isalnum()}


def overlap(one: set[int], other: set[int]) -> float:
    """Return intersection over union, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def matched(text: str, wanted: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """Return which of the found spans each of the wanted is matched with: one to one, the best overlap first."""
    left, right = [letters(text, span) for span in wanted], [letters(text, span) for span in found]
    candidates = sorted(
        (
            (overlap(left[i], right[j]), -i, -j)
            for i, (start, end) in enumerate(wanted)
            for j, (begin, stop) in enumerate(found)
            if start < stop and begin < end
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in candidates:
        if share >= LEAST_OVERLAP and -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs
