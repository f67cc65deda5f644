"""Set phrases that name a source beside a whole sentence: `The reactor leaked, per the report.`"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from ...lexicon.source_nouns import PEOPLE
from ...records import Span
from ..attribution import Attribution, Part

_LIKELY = 0.9
_CUE = r"(?P<cue>per|(?:as\s+)?(?:first\s+)?reported\s+by)"
_WHO = r"(?P<who>(?:(?:an?|the|its|their|his|her)\s+)?[\w’'.&-]+(?:\s+[\w’'.&-]+){0,7}?)"
_LAST = re.compile(rf",\s+{_CUE}\s+{_WHO}(?<!\.)(?=[.;]?$)")
_FIRST = re.compile(rf"{_CUE}\s+{_WHO},\s+", re.IGNORECASE)
_SOMEWHERE = re.compile(rf"(?:,\s|^|[.!?]\s){_CUE}\s", re.IGNORECASE | re.MULTILINE)
_FEWEST = 3
"""Words of what is said."""


def formulas(doc: Doc, text: str) -> Iterator[Attribution]:
    """Yield what sentences say whose source stands at their beginning or end behind `per` or `as reported by`."""
    if not _SOMEWHERE.search(text):
        return
    for sentence in doc.sents:
        start, end = sentence.start_char, len(sentence.text.rstrip()) + sentence.start_char
        last, first = _LAST.search(text, start, end), _FIRST.match(text, start, end)
        if last and _is_source(last["who"]):
            yield _attribution(last, (start, last.start()))
        elif first and _is_source(first["who"]):
            yield _attribution(first, (first.end(), end - (text[end - 1] in ".;")))


def _is_source(who: str) -> bool:
    """Return whether words are somebody or a document, not a measure: `per day`, `per cent`."""
    words = who.split()
    determined = len(words) > 1 and words[0].lower() in ("a", "an", "the", "its", "their", "his", "her")
    return determined or words[0][0].isupper() or words[-1].lower() in PEOPLE


def _attribution(match: re.Match[str], content: Span) -> Attribution:
    def part(span: Span) -> tuple[Part, ...]:
        return (Part(span, _LIKELY),) if len(match.string[slice(*span)].split()) >= _FEWEST else ()

    return Attribution(match.span("cue"), (Part(match.span("who"), _LIKELY),), part(content), _LIKELY)
