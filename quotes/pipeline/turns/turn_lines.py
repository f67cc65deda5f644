"""What lines give words to somebody by their form alone: `BRILL: ...`, `Q: ...`, `— Ann Lowe, trader`.

Whether a line of such a form is one is for `turns` to say, which knows the names of the article and the lines round it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ...lexicon.name_particles import SMALL_WORDS
from ...reading.dates import DAY_AND_MONTH
from ...records import Span

LabelKind = Literal["question", "answer", "handle", "name"]

DASH = r"(?:--?|[–—―]{1,2})"
_LEAD = rf"(?:>\s*)*(?:{DASH}\s*|[•·‣▪*]\s+|\d{{1,2}}[.)]\s+)?"
"""What stands before a quote or a label in a list: bullets, numbers, dashes, the sign of mail for what is quoted."""
_LEADS = re.compile(rf"{_LEAD}\s*")
_BOLD = r"(?:\*\*|__)"
_HANDLE = r"@\w{2,30}"
_LABEL = re.compile(
    rf"{_LEAD}(?P<bold>{_BOLD})?(?P<who>{_HANDLE}|[^\W\d_][^:\"“”„«»\n?!*]{{0,89}}?)\s?"
    rf"(?:{_BOLD}\s?)?(?P<cue>:)(?:{_BOLD})?(?=\s+\S|[\"“„«‘'])\s*"
)
_QUESTION = re.compile(
    rf"{_BOLD}?(?P<who>(?P<question>Q|QUESTION|Question)|(?:A|ANSWER|Answer))\s?\d{{0,2}}\s?(?P<cue>[.:)]){_BOLD}?\s+(?=\S)"
)
_BEFORE_QUOTE = re.compile(
    rf"{_LEAD}(?P<who>[^\W\d_][^:\"“”„«»\n?!]{{0,79}}?)\s?(?P<cue>\s{DASH}\s|[–—―])\s*(?=[\"“„«‘'])"
)
_AFTER_QUOTE = re.compile(rf"[\s,.]*{DASH}\s*(?P<who>(?:{_HANDLE}|[^\W\d_])[^\n]{{1,110}}?)\.?$")
_UNDER_QUOTE = re.compile(rf"(?:>\s*)*(?P<dash>{DASH}\s*)?(?P<who>(?:{_HANDLE}|[^\W\d_])[^\n]{{1,110}}?)\.?$")
_POST = re.compile(
    rf"[\s,]*{DASH}\s*(?P<who>[^\W\d_][^–—()\n]{{0,60}}?)\s*\({_HANDLE}\)"
    rf"(?:\s*[,·]?\s*(?:{DAY_AND_MONTH})(?:,?\s+\d{{4}})?)?\.?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:(?:And|Also|Then|This|Next)\b,?\s+)?[Ff]rom\s+(?:the\s+(?:desk|office|pen)\s+of\s+)?"
    r"(?P<who>[^\W\d_][^:\"“”\n?!]{2,110}?)[:.]$"
)
_DETAIL = re.compile(
    r"\s*[,(]|\s+(?:on|after|about|speaking|talking|in|at|from|before|via|to|writing|responding)\s|\s+[-–—]\s"
)
_ASIDE = re.compile(r"\s*[(\[](?:[a-z]+(?:ing|ly)|laughs|smiles|sighs|nods|pause|via|through)\b[^()\[\]]*[)\]]")
"""How somebody speaks, behind a name: `BRILL (laughing):`."""
_EMPTY = frozenset(
    """title song theme motto slogan headline caption note update film show album single book episode picture photo
    track topic tagline subject chapter verse answer question result score time date""".split()
)
"""What is followed by words in quotation marks that nobody says."""


@dataclass(frozen=True, slots=True)
class Label:
    """Who a line gives its words to.

    who (Span): The words that say it, without what stands behind a name: a party, a role, a place.
    cue (Span | None): The colon.
    start (int): Where the rest of the line begins.
    detail (bool): Whether something stands behind the name.
    bold (bool): Whether it is set in bold or in capitals.
    """

    who: Span
    cue: Span | None
    start: int
    kind: LabelKind
    detail: bool = False
    bold: bool = False


def without_lead(text: str, line: Span) -> Span:
    """Return a line without the bullet, number or sign that it begins with, and without white space at its ends."""
    lead = _LEADS.match(text, *line)
    start, end = lead.end() if lead else line[0], line[1]
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def label(text: str, line: Span) -> Label | None:
    """Return the label that a line begins with: `BRILL:`, `Pat Doyle (Labour):`, `Q1.`, `@harbourmayor:`."""
    match = _QUESTION.match(text, *line)
    if match:
        kind: LabelKind = "question" if match["question"] else "answer"
        return Label(match.span("who"), match.span("cue"), match.end(), kind)
    match = _LABEL.match(text, *line)
    return _labelled(match) if match else None


def label_before_quote(text: str, line: Span) -> Label | None:
    """Return the label that a line begins with where a dash is all that parts it from a quote."""
    match = _BEFORE_QUOTE.match(text, *line)
    return _labelled(match) if match else None


def label_after_quote(text: str, line: Span) -> Label | None:
    """Return the label in the rest of a line, behind a quote: ` — Ruth Ansell, mayor`."""
    match = _AFTER_QUOTE.match(text, *line)
    return _labelled(match) if match else None


def label_under_quote(text: str, line: Span) -> tuple[Label, bool] | None:
    """Return the label that a whole line is, if it may be one, and whether a dash stands before it."""
    match = _UNDER_QUOTE.match(text, *line)
    return (_labelled(match), match["dash"] is not None) if match else None


def label_of_post(text: str, line: Span) -> Label | None:
    """Return the label at the end of an embedded post: `— Harbour Mayor (@harbourmayor) March 3, 2024`.

    Its `start` is where the post ends.
    """
    for dash in re.finditer(DASH, text[slice(*line)]):
        match = _POST.match(text, line[0] + dash.start(), line[1])
        if match:
            return Label(match.span("who"), None, match.start(), "handle")
    return None


def label_of_sender(text: str, line: Span) -> Label | None:
    """Return the label of a line that only says whose words come next: `And from Chairwoman Roswell:`."""
    match = _FROM.match(text, *line)
    return _labelled(match) if match else None


def _labelled(match: re.Match[str]) -> Label:
    who, (start, end) = match["who"], match.span("who")
    detail = _DETAIL.search(who)
    core = who[: detail.start()] if detail else who
    groups = match.groupdict()
    return Label(
        (start, start + len(core)) if core else (start, end),
        match.span("cue") if groups.get("cue") == ":" else None,
        match.end(),
        "handle" if who.startswith("@") or "(@" in who else "name",
        detail is not None and not _ASIDE.fullmatch(who, detail.start()),
        groups.get("bold") is not None or (core.isupper() and len(core) > 1),
    )


def is_like_a_name(who: str) -> bool:
    """Return whether words look like somebody's name, with or without a title: `SECRETARY ALDOUS`, `Ann de Lowe`."""
    words = who.split()
    return (
        0 < len(words) <= 6
        and _EMPTY.isdisjoint(word.lower() for word in words)
        and all(word[0].isupper() or word.lower() in SMALL_WORDS or word.startswith("al-") for word in words)
        and words[-1][0].isupper()
    )
