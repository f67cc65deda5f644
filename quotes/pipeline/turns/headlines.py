"""Headlines as turns: `Bridge is safe: Brill`, `‘A disgrace’: fans react`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...lexicon.source_nouns import RUBRICS
from ...records import QuoteKind, Span
from .article_lines import FINITE, LONGEST_INITIALS, ArticleLines, Turn
from .title_lines import Parts, is_speaker, parts_of, quote_and_source, title_lines


def headlines(lines: ArticleLines) -> Iterator[Turn]:
    """Yield `Bridge is safe: Brill`, `Police: driver fled`, `‘A disgrace’: fans react`."""
    for n in title_lines(lines.text, lines.lines, lines.headline):
        if n in lines.taken:
            continue
        line = lines.lines[n]
        quote = quote_and_source(lines.text, line)
        quoted = lines.quoted((line[0], quote[0])) if quote else None
        if quote and quoted:
            yield Turn(quote[1], None, (quoted[0],), quote[1], certain=False)
            continue
        for parts in parts_of(lines.text, line):
            if _speaks_in_title(lines, parts) and _is_clause(lines, parts.content):
                marked = lines.over_outer.touch(parts.content)
                kind: QuoteKind = "direct" if lines.quoted(parts.content) else "mixed" if marked else "indirect"
                if kind == "indirect" and lines.text[line[1] - 1] == ".":
                    break  # `SHARJAH: A couple have given blood 200 times.`
                cue = parts.mark if lines.text[parts.mark[0]] == ":" else None
                certain = lines.names.has("PERSON", parts.source)
                yield Turn(parts.source, cue and (cue[0], cue[0] + 1), (parts.content,), parts.source, certain, kind)
                break


def _speaks_in_title(lines: ArticleLines, parts: Parts) -> bool:
    """Return whether what stands before or after a mark in a headline is somebody who speaks."""
    who = parts.source
    words = lines.doc.char_span(*who, alignment_mode="expand")
    if words is None or not FINITE.isdisjoint(token.tag_ for token in words) or lines.names.is_agency(who):
        return False
    if words.text.lower() in RUBRICS:
        return False
    # else it is who wrote the article
    named = lines.names.has("PERSON", who) and lines.words[words[-1].text] > 1
    last = is_speaker(words[-1].text)
    return named or last or (not parts.said_first and lines.names.has("ORG", who) and len(words) < LONGEST_INITIALS)


def _is_clause(lines: ArticleLines, span: Span) -> bool:
    """Return whether words in a headline say something, not only name it: `a life in pictures`."""
    words = lines.doc.char_span(*span, alignment_mode="expand")
    if words is None or len(words) < 2:
        return False
    if lines.quoted(span):
        return lines.says(span)
    roots = [token for token in words if token.head == token or not span[0] <= token.head.idx < span[1]]
    finite = any(
        root.tag_.startswith("VB") or any(child.dep_ in ("cop", "aux") for child in root.children) for root in roots
    )
    first = words[0].tag_
    planned = first not in ("DT", "CD") and any(a.tag_ == "TO" and b.tag_ == "VB" for a, b in pairwise(words))
    return ((finite or planned) and first not in ("WP", "WRB", "CD")) or words[0].lower_ in ("no", "not", "never")
