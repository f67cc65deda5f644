"""Set phrases that name a source: `The reactor leaked, per the report.`, `“No,” came the reply from the chair.`"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from ...lexicon.source_nouns import PEOPLE
from ...records import Span
from ..attribution import Attribution, Part
from ..language.marks import Quotation
from .source_phrases import phrase_of

_LIKELY = 0.9
_CUE = r"(?P<cue>per|(?:as\s+)?(?:first\s+)?reported\s+by)"
_WHO = r"(?P<who>(?:(?:an?|the|its|their|his|her)\s+)?[\w’'.&-]+(?:\s+[\w’'.&-]+){0,7}?)"
_LAST = re.compile(rf",\s+{_CUE}\s+{_WHO}(?<!\.)(?=[.;]?$)")
_FIRST = re.compile(rf"{_CUE}\s+{_WHO},\s+", re.IGNORECASE)
_SOMEWHERE = re.compile(rf"(?:,\s|^|[.!?]\s){_CUE}\s", re.IGNORECASE | re.MULTILINE)
_PARTS = (("cue", "noun"), ("who", "whose"))
_FEWEST = 3
"""Words of what is said."""
_SPEECH = (
    r"(?P<cue>reply|answer|response|retort|message|words|verdict|judge?ment|assessment|conclusion|advice|warning|plea"
    r"|question|comment|explanation|cry|shout|chant|refrain)"
)
_OF_SPEECH = re.compile(
    rf"\s*(?:(?:came|went|was|is|were|are|(?:That|This|Such|These|Those)\s+(?:was|is|were|are)|So\s+(?:ran|runs))"
    rf"\s+(?:the|his|her|their|its|one)\s+(?:\w+\s+)?{_SPEECH}|The\s+(?P<words>words)\s+(?:are|were)\s+those)"
    r"\s+(?:from|of)\s+"
)
"""What stands behind a quotation: of four such in the annotated articles all name who said it, and there is no cue."""
_SOMEBODY = r"(?P<who>[^.,;:\n“”\"]{2,60}?)"
_SAID_HOW = re.compile(
    rf"\s*(?:is|was)\s+(?:how\s+{_SOMEBODY}\s+(?P<cue>put|puts|described|describes|summed|sums|remembers|remembered"
    rf"|recalls|recalled)\b|{_SOMEBODY.replace('who', 'whose')}(?:[’']s|(?<=s)[’'])\s+(?:\w+\s+)?"
    rf"{_SPEECH.replace('cue', 'noun')}\b)"
)
"""The same with who said it inside: `“Not yet,” was how the mayor put it`, `was Mr Moss’s reply`. No annotated article
has it, which is why the network does not know it; of 120 that were written to be hard two have."""


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


def spoken_of(doc: Doc, text: str, quotations: Iterable[Quotation]) -> Iterator[Attribution]:
    """Yield the quotations that a noun of speech is said of, with who stands behind it: `came the reply from`."""
    for mark in quotations:
        if mark.depth:
            continue
        content = (Part((mark.start, mark.end), _LIKELY),)
        how = _SAID_HOW.match(text, mark.end)
        if how:
            cue, who = (how.span(name) if how[name] else how.span(other) for name, other in _PARTS)
            yield Attribution(cue, (Part(who, _LIKELY),), content, _LIKELY)
            continue
        found = _OF_SPEECH.match(text, mark.end)
        first = doc.char_span(found.end(), found.end() + 1, alignment_mode="expand") if found else None
        if found is None or first is None:
            continue
        noun = first[0]
        while noun.head.left_edge == first[0].left_edge and noun.head != noun:
            noun = noun.head
        cue = found.span("cue") if found["cue"] else found.span("words")
        yield Attribution(cue, (Part(phrase_of(noun), _LIKELY),), content, _LIKELY)


def _is_source(who: str) -> bool:
    """Return whether words are somebody or a document, not a measure: `per day`, `per cent`."""
    words = who.split()
    determined = len(words) > 1 and words[0].lower() in ("a", "an", "the", "its", "their", "his", "her")
    return determined or words[0][0].isupper() or words[-1].lower() in PEOPLE


def _attribution(match: re.Match[str], content: Span) -> Attribution:
    def part(span: Span) -> tuple[Part, ...]:
        return (Part(span, _LIKELY),) if len(match.string[slice(*span)].split()) >= _FEWEST else ()

    return Attribution(match.span("cue"), (Part(match.span("who"), _LIKELY),), part(content), _LIKELY)
