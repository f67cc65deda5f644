"""Quotes with a label before or behind them, and those set off below a line that leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...lexicon.cues import is_cue
from ...records import Span
from ..language.marks import Quotation
from ..quotation.source_phrases import phrase_of
from .article_lines import ArticleLines, Turn
from .turn_lines import (
    Label,
    is_like_a_name,
    label_after_quote,
    label_before_quote,
    label_of_post,
    label_of_sender,
    label_under_quote,
    without_lead,
)

_SET_OFF = re.compile(
    r"\b(?P<verb>wrote|writes|said|says|posted|tweeted|added|adds|replied|responded|continued|continues|stated|reads?"
    r"|explained|concluded|declared)\b(?P<rest>[^.!?:\"“”\n]{0,60}):$"
)
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 4
_MOST_SIGNED = 8
"""Paragraphs of a statement that is set off, its signature among them."""
_LISTED = re.compile(r"[-–—•*(\[<]|\d+[-.)]")


def labelled(lines: ArticleLines, n: int, labels: Mapping[int, Label]) -> Turn | None:
    """`Pat Doyle (Labour): “...”`, `@harbourmayor: ...`, `Osman Bey, 44 — “...”`."""
    line = lines.lines[n]
    found = labels.get(n) or label_before_quote(lines.text, line)
    if found is None or found.kind in ("question", "answer") or lines.is_said(found, line[0]):
        return None
    quoted = lines.quoted((found.start, line[1]))
    if quoted is None:
        handle = found.kind == "handle" and lines.text[found.who[0]] == "@" and found.cue is not None
        return (
            lines.turn_of(found, ((found.start, line[1]),)) if handle and lines.is_prose(found.start, line[1]) else None
        )
    if not lines.is_somebody(found) or not lines.says(quoted[0]):
        return None
    return lines.turn_of(found, lines.onward(n, quoted))


def attributed(lines: ArticleLines, n: int) -> Turn | None:
    """`“...” — Ruth Ansell`, on one line or two; `... — Harbour Mayor (@harbourmayor) March 3, 2024`."""
    line = lines.lines[n]
    post = label_of_post(lines.text, line)
    if post:
        body = line[0], post.start
        if not any(sign.isalpha() for sign in lines.text[slice(*body)]):
            if not n or n - 1 in lines.taken:
                return None
            body = lines.lines[n - 1]
        lines.taken.update((n - 1, n) if body[1] < line[0] else (n,))
        return lines.turn_of(post, (without_lead(lines.text, body),))
    start = without_lead(lines.text, line)[0]
    marks = [lines.outer[m] for m in lines.over_outer.over(line)]
    if marks and marks[0].start == start:
        found = label_after_quote(lines.text, (marks[-1].end, line[1]))
        quoted = lines.quoted((start, marks[-1].end))
        if found and quoted and _is_credited(lines, found):
            before = _whole_before(lines, n, quoted)
            return lines.turn_of(found, before) if lines.says(quoted[0]) else None
    whole = _whole(lines, n) if n + 1 < len(lines.lines) else None
    below = label_under_quote(lines.text, lines.lines[n + 1]) if whole else None
    if whole and below and lines.says(whole[-1]):
        found, dashed = below
        listed = lines.text[line[0]] in "-–—―•"
        if not listed and _is_credited(lines, found) and (dashed or _is_signature(lines, n, found)):
            lines.taken.add(n + 1)
            return lines.turn_of(found, whole)
    return None


def _whole(lines: ArticleLines, n: int) -> tuple[Span, ...] | None:
    """Return the quote that a paragraph is, with the paragraphs that it only ends, if there are any."""
    quoted = lines.quoted(without_lead(lines.text, lines.lines[n]))
    if quoted is None or not quoted[1][-1].closed or not quoted[1][0].opened:
        return None
    found = [quoted[0]]
    while n and n - 1 not in lines.taken:
        before = lines.quoted(lines.lines[n - 1])
        if before is None or not before[1][-1].continues:
            break
        found.insert(0, before[0])
        n -= 1
    return tuple(found)


def _whole_before(lines: ArticleLines, n: int, quoted: tuple[Span, list[Quotation]]) -> tuple[Span, ...]:
    found = [quoted[0]]
    while n and (before := lines.quoted(lines.lines[n - 1])) and before[1][-1].continues:
        found.insert(0, before[0])
        n -= 1
    return tuple(found)


def _is_signature(lines: ArticleLines, n: int, found: Label) -> bool:
    """Return whether a line without a dash right below a quote names who said it: `Wanda Pruitt, trader`."""
    line = lines.lines[n + 1]
    words = lines.text[slice(*line)].split()
    return (
        lines.text[lines.lines[n][1] : line[0]].replace("\r", "").count("\n") == 1
        and len(words) <= 10
        and words[-1][-1].isalnum()
        and is_like_a_name(lines.text[slice(*found.who)])
        and lines.names.has("PERSON", found.who)
        and not any(map(is_cue, words))
    )


def _is_credited(lines: ArticleLines, found: Label) -> bool:
    who = lines.text[slice(*found.who)]
    if lines.names.is_agency(found.who) or len(who.split()) > 8 or any(map(is_cue, who.split())):
        return False
    if who[0].islower():
        described = who.split()[0] in ("a", "an", "the") and lines.names.is_role(found.who)
        return described or lines.names.has("PERSON", found.who)
    return lines.is_somebody(found)


def led(lines: ArticleLines, n: int, labels: Mapping[int, Label]) -> Turn | None:
    """`In a letter, Brill wrote:`, `And from Chairwoman Roswell:`, with the words in the next paragraph."""
    if n + 1 >= len(lines.lines) or n + 1 in labels or n + 1 in lines.taken:
        return None
    line, below = lines.lines[n], lines.lines[n + 1]
    sender = label_of_sender(lines.text, line)
    quoted = lines.quoted(without_lead(lines.text, below))
    if sender and quoted and lines.is_somebody(sender) and lines.says(quoted[0]):
        lines.taken.add(n + 1)
        return lines.turn_of(sender, lines.onward(n + 1, quoted))
    match = _SET_OFF.search(lines.text, max(line[0], line[1] - 100), line[1])
    if match is None:
        return None
    cue = match.span("verb")
    source = _subject(lines, cue)
    if (source is None and not quoted) or (
        match["verb"] in ("read", "reads") and (not source or _reads(lines, source))
    ):
        return None
    if quoted:
        contents = lines.onward(n + 1, quoted)
    elif lines.is_prose(*below) and not _LISTED.match(lines.text, *below):
        contents = tuple(_block(lines, n + 1, source))
    else:
        return None
    lines.taken.add(n + 1)
    return Turn(source, cue, contents, source, certain=False)


def _reads(lines: ArticleLines, source: Span) -> bool:
    """Return whether a subject of `read` is somebody who reads, not something that says so."""
    words = lines.text[slice(*source)].lower().split()
    named = lines.names.has("PERSON", source) and words[0] not in ("a", "an", "the", "his", "her", "their")
    return named or words[0] in ("he", "she", "they", "i", "we", "who")


def _block(lines: ArticleLines, n: int, source: Span | None) -> Iterator[Span]:
    """Yield a paragraph with the lines right below it, or those that are set off by the same sign as it is.

    source (Span | None): Whose words they are said to be.
    """
    marked = lines.text[lines.lines[n][0]] == ">"
    signed = None if marked or source is None else _signature(lines, n, source)
    if signed is not None:
        lines.taken.update(range(n, signed + 1))
        yield from lines.lines[n:signed]
        return
    if not marked and _blank(lines.text[lines.lines[n - 1][1] : lines.lines[n][0]]):
        start, end = lines.lines[n]
        while n + 1 < len(lines.lines) and not _blank(lines.text[end : lines.lines[n + 1][0]]):
            n += 1
            lines.taken.add(n)
            end = lines.lines[n][1]
        yield start, end
        return
    while True:
        lines.taken.add(n)
        found = without_lead(lines.text, lines.lines[n])
        if found[0] < found[1]:
            yield found
        n += 1
        if not marked or n >= len(lines.lines) or lines.text[lines.lines[n][0]] != ">":
            return


def _signature(lines: ArticleLines, n: int, source: Span) -> int | None:
    """Return which of the paragraphs below one signs them all, with a name that its source has: `— Eskdale School`."""
    names = {word for word in _WORD.findall(lines.text[slice(*source)].lower()) if len(word) >= _SHORTEST_NAME}
    for m in range(n + 1, min(n + _MOST_SIGNED, len(lines.lines))):
        below = label_under_quote(lines.text, lines.lines[m])
        if below and below[1] and is_like_a_name(lines.text[slice(*below[0].who)]):
            return m if names & set(_WORD.findall(lines.text[slice(*lines.lines[m])].lower())) else None
        if not lines.is_prose(*lines.lines[m]):
            return None
    return None


def _subject(lines: ArticleLines, cue: Span) -> Span | None:
    """Return who says what a verb leads to."""
    for one in lines.doc._.attributions:
        if one.sources and one.cue[0] < cue[1] and cue[0] < one.cue[1]:
            source: Span = one.sources[0].span
            return source
    words = lines.doc.char_span(*cue, alignment_mode="expand")
    if words is None:
        return None
    verb = words.root
    for token in (verb, verb.head if verb.dep_ == "conj" else verb):
        for child in token.children:
            if child.dep_ == "nsubj":
                return phrase_of(child)
    return None


def _blank(gap: str) -> bool:
    """Return whether a blank line stands between two paragraphs."""
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1
