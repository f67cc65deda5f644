"""People who talk to each other: transcripts, interviews by questions and answers, dialogue by dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from ...lexicon.cues import is_cue
from ...lexicon.source_nouns import KIN, ROLES
from ...outlets.directory import by_name
from ...reading.header import read_dateline
from ...records import Span
from ...spans.overlaps import Overlaps
from .article_lines import ArticleLines, Turn, initials_of
from .turn_lines import Label, is_like_a_name, without_lead

_SPOKEN = re.compile(r"\b(?:I|we|you|your|my|our|us|me|yes|no|thanks?)\b|\?", re.IGNORECASE)
"""What people say to each other, and articles do not."""
_LABELS = (ROLES | KIN | {"interviewer", "court"}) - {"source", "writer"}
_ASIDE = re.compile(r"[(\[*].*[)\]*]$")
_HOW = re.compile(r"\s*[(\[][^()\[\]\n]{1,60}[)\]]\s+(?=[\w“\"‘])")
"""How somebody speaks, before the words: `MOSS: (After a pause) No.`"""
_SPEAKS_TO = frozenset({"to", "with", "by", "told", "tells", "telling", "informed"})
_BOLD_QUESTION = re.compile(r"(?P<bold>\*\*|__)(?P<asked>[^*_\n]+\?)(?P=bold)")
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Oo]ur)\b")
_MOST_PARAGRAPHS = 12
"""Paragraphs of one turn: more without a label are no answer any more."""
_IN_DIALOGUE = re.compile(
    r"(?<=[?!,…])\s+(?:(?P<verb>[a-z]+)\s+(?P<who>[^.,;:?!—–]{1,60}?)"
    r"|(?P<who_first>(?:he|she|they|I|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er)\s[a-z]+|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}))"
    r"\s+(?P<verb_last>[a-z]+))(?=[.,;]|$)(?:,[^.?!]*)?\.?"
)
_DIALOGUE = re.compile(r"[–—―]\s*(?=\w|[¿¡])")


def transcript(lines: ArticleLines, labels: Mapping[int, Label]) -> Iterator[Turn]:
    """Yield the turns of people who talk to each other."""
    kept = {n: one for n, one in labels.items() if _may_speak(lines, n, one)}
    if kept:
        often = Counter(lines.text[slice(*one.who)] for one in labels.values())
        again = {n: one for n, one in labels.items() if often[lines.text[slice(*one.who)]] > 1}
        kept |= {n: one for n, one in again.items() if _may_speak(lines, n, one, again=True)}
    asked = [n for n, one in kept.items() if one.kind == "question"]
    answered = any(one.kind != "question" and asked and n > asked[0] for n, one in kept.items())
    if not answered:
        kept = {n: one for n, one in kept.items() if one.kind not in ("question", "answer")}
        kept = kept if _is_conversation(lines, kept) else {}
    if not kept:
        return
    order = sorted(kept)
    asker, answerer = _asker(lines, order[0]), _answerer(lines, order[0])
    initials: dict[str, Span] = {}
    for n, until in pairwise([*order, order[-1] + 1]):
        one, contents = kept[n], _spoken(lines, n, until, kept[n])
        if one.kind == "question":
            yield Turn(one.who, one.cue, contents, asker, certain=True)
        elif one.kind == "answer":
            yield Turn(one.who, one.cue, contents, answerer, certain=answerer is not None)
        else:
            yield lines.turn_of(one, contents, initials)
            initials.setdefault(initials_of(lines.text[slice(*one.who)]), one.who)
            if one.kind == "name":
                answerer = one.who


def _may_speak(lines: ArticleLines, n: int, found: Label, *, again: bool = False) -> bool:
    """Return whether a label may be somebody's who speaks.

    again (bool): Whether another line begins with it too.
    """
    line = lines.lines[n]
    if line == lines.headline or not lines.is_prose(found.start, line[1]):
        return False
    if found.kind != "name":
        return found.kind != "handle"
    who = lines.text[slice(*found.who)]
    if lines.is_said(found, line[0]) or found.detail:
        return False
    named = lines.names.is_person(found.who) or lines.names.has("ORG", found.who) or lines.names.spelt_out(who)
    role = who.lower().removeprefix("the ") in _LABELS
    asks = (found.bold or again) and lines.text[line[1] - 1] == "?"
    starred = found.bold and lines.text[line[0]] in "*_"
    return is_like_a_name(who) and bool(named or role or starred or asks)


def _is_conversation(lines: ArticleLines, labels: Mapping[int, Label]) -> bool:
    """Return whether labelled lines are people talking to each other, not a list of what they did."""
    spoken = sum(bool(_SPOKEN.search(lines.text, one.start, lines.lines[n][1])) for n, one in labels.items())
    if not labels or spoken * 2 < len(labels):
        return False
    if len(labels) == 1:
        ((n, one),) = labels.items()
        line = lines.lines[n]
        placed = lines.quoted((one.start, line[1])) is not None or read_dateline(lines.text[slice(*line)])
        return one.bold and lines.names.is_person(one.who) and not placed
    often = Counter(lines.text[slice(*one.who)] for one in labels.values())
    return (
        len(labels) > 2
        or len(often) < len(labels)
        or any(one.bold for one in labels.values())
        or bool(re.search(r"\?[\"”’']?$", lines.text[slice(*lines.lines[min(labels)])]))
    )


def _spoken(lines: ArticleLines, n: int, until: int, found: Label) -> tuple[Span, ...]:
    """Return what stands after a label, and in the paragraphs up to the next one."""
    how = _HOW.match(lines.text, found.start, lines.lines[n][1])
    contents = [(how.end() if how else found.start, lines.lines[n][1])]
    lines.taken.add(n)
    if until - n <= _MOST_PARAGRAPHS:
        for m in range(n + 1, until):
            lines.taken.add(m)
            if _is_told(lines, lines.lines[m]):
                contents.append(lines.lines[m])
    return tuple(contents)


def _is_told(lines: ArticleLines, line: Span) -> bool:
    """Return whether a paragraph below a label or question is part of what is said, no aside and no furniture."""
    return lines.is_prose(*line) and not _ASIDE.match(lines.text[slice(*line)])


def _asker(lines: ArticleLines, first: int) -> Span | None:
    """Return the outlet that interviews, where the paragraphs before a transcript name it."""
    for line in lines.lines[:first]:
        for start, end in lines.names.organizations:
            if line[0] <= start < line[1]:
                words = lines.text[max(line[0], start - 20) : start].lower().split()[-2:]
                if _SPEAKS_TO & set(words) and ("the" in words or by_name(lines.text[start:end])):
                    return start, end
    return None


def _answerer(lines: ArticleLines, first: int) -> Span | None:
    """Return the person who is interviewed: who is quoted before a transcript, or named there most."""
    end = lines.lines[first][0]
    often: Counter[str] = Counter()
    place: dict[str, Span] = {}
    sources = Overlaps(part.span for one in lines.doc._.attributions for part in one.sources)
    article: Any = lines.doc._.article
    byline = article.byline if article else None
    for person in lines.names.people:
        if person[1] <= end and lines.text[slice(*person)] != byline:
            last = lines.text[slice(*person)].split()[-1]
            often[last] += 10 if sources.touch(person) else 1
            if len(lines.text[slice(*person)]) > len(lines.text[slice(*place.get(last, (0, 0)))]):
                place[last] = person
    return place[often.most_common(1)[0][0]] if often else None


def interview(lines: ArticleLines) -> Iterator[Turn]:
    """Yield questions in bold and the paragraphs between them: `**How did it begin?**`.

    Where somebody is quoted there, or hardly anybody speaks of himself, they are headings of an article that asks and
    answers itself.
    """
    asked = {n: match for n, line in enumerate(lines.lines) if (match := _BOLD_QUESTION.fullmatch(lines.text, *line))}
    if len(asked) < 2 or not lines.taken.isdisjoint(asked):
        return
    order = sorted(asked)
    answerer = _answerer(lines, order[0])
    last = next(
        (n for n in range(order[-1] + 2, len(lines.lines)) if not _OF_ONESELF.search(lines.text, *lines.lines[n])),
        len(lines.lines),
    )
    ends = {n: min(until, n + 1 + _MOST_PARAGRAPHS) for n, until in pairwise([*order, last])}
    answers = {n: [line for line in lines.lines[n + 1 : end] if _is_told(lines, line)] for n, end in ends.items()}
    told = [line for several in answers.values() for line in several]
    of_oneself = sum(any(_OF_ONESELF.search(lines.text, *line) for line in several) for several in answers.values())
    if answerer is None or of_oneself * 3 < len(asked) or any(lines.over_outer.touch(line) for line in told):
        return
    asker = _asker(lines, order[0])
    for n, several in answers.items():
        lines.taken.update(range(n, ends[n]))
        yield Turn(None, None, (asked[n].span("asked"),), asker, certain=True)
        if several:
            yield Turn(None, None, tuple(several), answerer, certain=True)


def dialogue(lines: ArticleLines) -> Iterator[Turn]:
    """Yield `— Who signed? asked Brill.` and the lines round it that begin with a dash."""
    run: list[int] = []
    for n in range(len(lines.lines) + 1):
        if n < len(lines.lines) and n not in lines.taken and _is_dashed(lines, n):
            run.append(n)
            continue
        told = [_told(lines, m) for m in run]
        if len(run) > 1 and any(told):
            for m, match in zip(run, told, strict=True):
                yield _line_of_dialogue(lines, m, match)
        run = []


def _is_dashed(lines: ArticleLines, n: int) -> bool:
    line = lines.lines[n]
    return bool(_DIALOGUE.match(lines.text, *line)) and lines.is_prose(*line)


def _told(lines: ArticleLines, n: int) -> re.Match[str] | None:
    for match in _IN_DIALOGUE.finditer(lines.text, *lines.lines[n]):
        if is_cue(match["verb"] or match["verb_last"]):
            return match
    return None


def _line_of_dialogue(lines: ArticleLines, n: int, match: re.Match[str] | None) -> Turn:
    start, end = lines.lines[n]
    start = next(at for at in range(start, end) if lines.text[at] not in "–—― \t\u00a0")
    if match is None:
        return Turn(None, None, ((start, end),), None, certain=False)
    form = "" if match["verb"] else "_first"
    source, cue = match.span(f"who{form}"), match.span("verb" if not form else "verb_last")
    rest = without_lead(lines.text, (match.end(), end))
    contents = [(start, match.start())]
    if any(sign.isalnum() for sign in lines.text[slice(*rest)]):
        contents.append(rest)
    return Turn(source, cue, tuple(contents), source, certain=lines.names.has("PERSON", source))
