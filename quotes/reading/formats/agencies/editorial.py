"""What agencies send along with a story to those who print it: notes, keywords, bylines, credits, sign-offs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...page.bylines import agency_in, joined, names_in

_I = re.IGNORECASE
_LONGEST_NOTE = 120  # words; a longer paragraph is the story's
_LEAD = 20  # paragraphs above a story at most: Reuters has up to twelve bullets
_QUOTED = re.compile(r"[\"“”«»]|''|``")

# From here on nothing is for print.
_NOT_FOR_PRINT = re.compile(
    r"\W*the following information is not (?:intended )?for publication\b|#+ ?notebook\b|(?:\* ?){3,}$", _I
)
# `Eds: With AP Photos.`, `(Editor's note: ...)`, `EDITOR'S NOTE _ ...`.
_TO_EDITORS = re.compile(
    r"[(\[*_-]*\s*(?:eds?\.?|editors|(?:with )?(?:editor|ed)[’']?s?[’']?\s+notes?|notes?\s+(?:to|for)\s+(?:the\s+)?"
    r"(?:editors|eds|desks?|subscribers))\s*(?::|[-–—_]|\.\.)"
    r"|[(\[*_-]*\s*(?-i:(?:[A-Z]+ )?ADVISOR(?:Y|IES)\b)|[(\[*_-]*\s*advisory\s*:"
    r"|(?:with )?AP (?:photos?|video|graphics?|audio)\b(?!\s[a-z]+ed\b)",
    _I,
)
_VERBS = (
    r"updates?|adds?|recasts?|corrects?|refiles?|repeats?|clarifies|rewrites|releads|leads|removes|fixes|changes|deletes"
    r"|trims|amends|subs|inserts|restores|combines|incorporates|writes through"
)
# `UPDATES with reaction`, `RECASTS, ADDS quotes`.
_VERSION = re.compile(
    rf"\W{{0,3}}(?:(?-i:{_VERBS.upper()})(?:\s*[,;:]|\s+(?:with|throughout|to|from|in|details?|quotes?|comments?|background"
    r"|reaction|latest|more|byline|dateline|headline|name|number|spelling|story|paras?\w*|graf\w*|(?-i:[A-Z]{2,}))\b)"
    r"|updates? with\b|update\s\d+\s*[:–—-])",
    _I,
)
# `(Adds comments, detail)`; it may stand before the dateline in the same paragraph.
_VERSION_IN_BRACKETS = re.compile(rf"[(\[](?:{_VERBS})\b[^()\[\]]{{0,300}}[)\]]\s*", _I)
_CREDIT = (
    r"(?:(?:additional|further|extra|original|with)\s+)*(?i:reporting|writing|editing|compiled|translated|translation"
    r"|graphics?|photographs?|photos?|production)\b[^.()]{0,60}?\bby\s*:?\s+(?-i:[A-Z])"
)
_CREDITS = re.compile(rf"[-–—*]?\s*{_CREDIT}|[(\[]{_CREDIT}", _I)
# At the end of a story's last paragraph.
_CREDITS_BELOW = re.compile(rf"\s*[(\[]{_CREDIT}[^()\[\]]{{0,400}}[)\]]\s*\W?$", _I)
_HELPED = re.compile(
    r".*\b(?:contributed (?:to|reporting)|helped with|assisted (?:with|in))\b(?:.{0,60}\b(?:report|story|article"
    r"|dispatch)|\W*$|\s+from\b)|.*\bcan be reached at\b|follow\b.{1,80}\b(?:on|at)\s+(?:twitter|x|facebook|https?:|@)",
    _I,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b\s*(?:©|\(c\)|\d{4}|by\b|(?-i:[A-Z])))|.*\ball rights reserved\b", _I)
_RULE = re.compile(r"[\W_]*(?:30)?[\W_]*$")
_SIGN_OFF = re.compile(
    r"\W*(?i:ends?|more|end of (?:story|text|message)|nnnn|ENDIT|endall)\W*$"
    r"|[a-z]{2,8}(?:[ /-][a-z0-9]{1,5}){1,6}$|[A-Z]{2,6}(?: [A-Z]{2,5})* [a-z]{2,3}(?:/[a-z]{2,3})*$"
)
_LONGEST_SIGN_OFF = 36  # characters
_KEYWORDS = re.compile(
    r"(?:key\s?words?|slug(?:line|s)?|catch-?line|subject codes?|categor(?:y|ies)|word ?count|headline|priority|urgency"
    r"|embargo(?:ed)?|topics?|section|routing|at+(?:entio)?n)\s*[:=–—-]"
    r"|(?-i:[ABP][CM]-\S)|[\w .,'’&-]{2,40}(?:/[\w .,'’&-]*)+/$"
    r"|(?-i:(?:\d{0,2}(?:ST|ND|RD|TH)?[ -]?(?:LEAD|LD|UPDATE|URGENT|REFILE|TAKE|ADD|SUB|BULLETIN|FLASH|NEWS ?ALERT"
    r"|WRITETHRU|RPT|CORRECTION|EMBARGOED?)\b)(?:[\w.,:/-]|\s(?![a-z])){0,40}$)",
    _I,
)
_BULLET = re.compile(r"[*•·]\s")
_BYLINE = re.compile(r"\W{0,2}(?:by|from)\s+(?P<who>[^\W\d_].*)", _I)
_LONGEST_BYLINE = 16  # words
_LONGEST_NAME = 6  # words, of an agency by itself
_STAFF = re.compile(r"\b(?:correspondents?|reporters?|staff|writers?|editors?|newsroom|desk)\b", _I)
_OF_AGENCY = re.compile(r"(?:The )?(?:[A-Z][\w.]*\s+){1,4}(?:Writer|Correspondent|Reporter|Editor|Staff|Columnist)s?$")


@dataclass(frozen=True, slots=True)
class Story:
    """What agencies sent, without what is not for print.

    byline (str | None): The names above the story.
    """

    paragraphs: tuple[str, ...]
    byline: str | None = None


def story(paragraphs: Sequence[str], title: str | None = None) -> Story:
    """Return the story in what an agency sent.

    paragraphs (Sequence[str]): Each in one line.
    title (str | None): The headline, which may stand above the story again.
    """
    left = _for_print(paragraphs)
    byline: str | None = None
    for number, paragraph in enumerate(left[:_LEAD]):
        paragraph = _VERSION_IN_BRACKETS.sub("", paragraph) if _VERSION_IN_BRACKETS.match(paragraph) else paragraph
        left[number] = paragraph
        if is_byline(paragraph):
            byline = byline or byline_of(paragraph)
        elif paragraph and not is_above(paragraph) and _key(paragraph) != _key(title or ""):
            left = left[number:]
            break
    else:
        left = left[_LEAD:]
    while left and _is_below(left[-1], len(left)):
        left.pop()
    if left:
        left[-1] = _CREDITS_BELOW.sub("", left[-1])
    return Story(tuple(paragraph for paragraph in left if paragraph and not is_note(paragraph)), byline)


def is_note(paragraph: str) -> bool:
    """Return whether a paragraph is for editors, wherever it stands."""
    if len(paragraph.split()) > _LONGEST_NOTE:
        return False
    if _RULE.match(paragraph) or _TO_EDITORS.match(paragraph):
        return True
    if _QUOTED.search(paragraph):
        return False
    bracketed = _VERSION_IN_BRACKETS.fullmatch(paragraph)
    return bool(bracketed or _VERSION.match(paragraph) or _CREDITS.match(paragraph) or _COPYRIGHT.match(paragraph))


def is_above(paragraph: str) -> bool:
    """Return whether a paragraph above a story is none of it: a note, keywords, a summary in bullets, an agency."""
    return bool(
        is_note(paragraph)
        or _KEYWORDS.match(paragraph)
        or _BULLET.match(paragraph)
        or (len(paragraph.split()) <= _LONGEST_NAME and agency_in(paragraph.strip(" =")))
        or _OF_AGENCY.match(paragraph.strip(" ="))
    )


def is_byline(paragraph: str) -> bool:
    """Return whether a paragraph names who wrote the story."""
    text = paragraph.rstrip(" =")
    match = _BYLINE.match(text)
    if not match or len(text.split()) > _LONGEST_BYLINE or (text.endswith(".") and not text.endswith("r.")):
        return False
    return bool(names_in(text) or agency_in(match["who"]) or _STAFF.search(text))


def byline_of(text: str) -> str | None:
    """Return the names in a byline; None where it names a desk, an agency or initials only."""
    names = names_in(text.strip(" ="))
    # `Sarah Ward, PA Scotland`: a desk, by its capitals.
    people = names[:1] + [name for name in names[1:] if name.isupper() or not name.split()[0].isupper()]
    return joined(re.sub(r"[^\W\d_]{2,}", _as_written, name) for name in people if not agency_in(name.split()[0]))


def _as_written(match: re.Match[str]) -> str:
    """A part of a name that a wire has in capitals."""
    word = match.group()
    return word if not word.isupper() or word in ("II", "III", "IV", "JJ", "AJ", "TJ") else word.capitalize()


def _for_print(paragraphs: Sequence[str]) -> list[str]:
    ends = (number for number, paragraph in enumerate(paragraphs) if number and _NOT_FOR_PRINT.match(paragraph))
    return list(paragraphs[: next(ends, len(paragraphs))])


def _is_below(paragraph: str, number: int) -> bool:
    if is_note(paragraph) or (_HELPED.match(paragraph) and not _QUOTED.search(paragraph)):
        return True
    return number > 1 and len(paragraph) <= _LONGEST_SIGN_OFF and bool(_SIGN_OFF.match(paragraph))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
