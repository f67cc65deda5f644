"""Quoted words inside a clause: which cue they belong to, and how far what is reported reaches."""

from __future__ import annotations

from spacy.tokens import Token

from ..records import Mention, Span
from .cues import AUXILIARIES, DIRECTIVE
from .marks import Quotation
from .mentions import DOCUMENTS, PLURALS, ROLES
from .sentences import end_of, start_of, word_of
from .sources import Cue, Report, mention_of

COMPLEMENTISERS = frozenset("that whether if how why what where when".split())
WINDOW = 40
"""How many pieces a cue may stand from the quotation that it governs."""

_LONGEST_HEADLINE_SOURCE = 4  # words

_SAY = frozenset("say says said saying".split())
_POSSESSIVES = frozenset({"'s", "’s"})
CLAUSE_GOES_ON = COMPLEMENTISERS | {"and", "but", "or", "amid", "which"}
# A quotation right after one of these, or close to one of those, names something or explains a word.
_NAMING = frozenset("titled entitled called named known dubbed nicknamed billed branded christened".split())
_NAMED = frozenset(
    """theme film movie book novel song album single series play show programme program podcast documentary
    exhibition award awards slogan motto headline word words term phrase meaning means motion painting poem
    magazine newspaper ship vessel hashtag translated brand banner operation chapter essay column game event
    ceremony category message sign""".split()
)


def names_something(report: Report, i: int) -> bool:
    """Return whether the quotation at piece i is a title, a name, a nickname, or a word explained."""
    pieces = report.pieces
    before = [word_of(piece) for piece in pieces[max(0, i - 3) : i]]
    after = [word_of(piece) for piece in pieces[i + 1 : i + 2]]
    if _NAMED.intersection(before + after):
        return True
    verb = before[-2:-1] if before[-1:] == ["as"] else before[-1:]
    if _NAMING.intersection(verb):
        return True
    words = report.inside(i).split()
    if "citing" in before and words and words[-1].lower() in PLURALS | ROLES | DOCUMENTS:
        return True  # `citing “American and allied officials”`: who is cited, not what was said
    return _between_names(report, i, len(words)) or _capitalised(report, i, words)


def _between_names(report: Report, i: int, words: int) -> bool:
    """`Tom “Sparks” Hallam`."""
    beside = report.pieces[max(0, i - 1) : i] + report.pieces[i + 1 : i + 2]
    capitals = [piece for piece in beside if isinstance(piece, Token) and piece.text[0].isupper()]
    return len(capitals) == 2 and words <= 3


def _capitalised(report: Report, i: int, words: list[str]) -> bool:
    """`“The Last Ferry Home”`."""
    telling = [word for word in words if len(word) > 3]
    capitals = len(words) > 1 and bool(telling) and all(word[0].isupper() for word in [words[0], *telling])
    return capitals and not report.ends_sentence(i)


def governing_cue(report: Report, i: int) -> Cue | None:
    """Return the cue before piece i in whose clause it stands: the outermost with a `that`, else the nearest."""
    before = [cue for cue in report.cues if cue.last < i and i - cue.last <= WINDOW]
    outer = [cue for cue in before if word_of(report.pieces[cue.last + 1]) in COMPLEMENTISERS]
    # `accepted that ... but denied that`: side by side, so the later one takes over.
    beside = [cue for cue in outer[1:] if word_of(report.pieces[cue.first - 1]) in {"and", "but"}]
    if beside:
        return beside[-1]
    return outer[0] if outer else before[-1] if before else None


def clause_start(report: Report, cue: Cue, i: int) -> int | None:
    """Return where the clause between a cue and piece i begins, as an offset; None if there is no clause.

    It begins at `that`, or right after the cue if a finite verb shows that it is one.
    """
    between = report.pieces[cue.last + 1 : i]
    for piece in between[:15]:
        if word_of(piece) in COMPLEMENTISERS or (word_of(piece) == "to" and cue.act in DIRECTIVE):
            return start_of(piece)
        if isinstance(piece, Quotation):
            break
    if not between or isinstance(between[0], Quotation) or word_of(between[0]) == ",":
        return None
    finite = any(
        word_of(piece) in AUXILIARIES - _POSSESSIVES
        or (isinstance(piece, Token) and piece.text[0].islower() and piece.text.endswith("ed"))
        for piece in between
    )
    return start_of(between[0]) if finite or word_of(report.pieces[cue.last]) in _SAY else None


def clause_end(report: Report, i: int) -> int:
    """Return the last piece of the clause that piece i stands in.

    That is the end of the sentence, or where another cue takes over (`..., adding that`), or the
    last quotation, if a comma or full stop inside its marks says that the clause ends with it.
    """
    pieces = report.pieces
    stop = len(pieces)
    takes_over = next((cue for cue in report.cues if cue.first > i), None)
    if takes_over:
        comma = next((k for k in range(takes_over.first - 1, i, -1) if word_of(pieces[k]) == ","), None)
        stop = comma or takes_over.first
    last = max(k for k in range(i, max(stop, i + 1)) if isinstance(pieces[k], Quotation))
    closing = report.last_sign(last)
    if (
        last + 1 >= stop
        or closing in tuple(".!?")
        or (closing == "," and word_of(pieces[last + 1]) not in CLAUSE_GOES_ON)
    ):
        return last
    end = stop - 1
    while end > last and _is_punctuation(report, end):
        end -= 1
    return end


def _is_punctuation(report: Report, k: int) -> bool:
    piece = report.pieces[k]
    return isinstance(piece, Token) and piece.is_punct


def clause_before_cue(report: Report, i: int) -> tuple[Cue, Mention, Span] | None:
    """Return a cue after piece i whose clause is all that stands before it: `..., the minister said.`

    With it come its source, and where the clause begins and ends.
    """
    pieces = report.pieces
    if word_of(pieces[0]).endswith(("ing", "ed")):
        return None  # `Asked about “Reform”, she laughed`: no clause of hers
    for cue in report.cues:
        if cue.first <= i or not cue.clausal:
            continue
        if cue.first - i > WINDOW:
            break
        mention = report.source(cue)
        if mention is None:
            continue
        begins = min(mention.start, start_of(pieces[cue.first]))
        first = next(k for k in range(len(pieces)) if start_of(pieces[k]) >= begins)
        if first <= i:
            continue
        last = first - 1
        if word_of(pieces[last]) == ",":
            return cue, mention, (start_of(pieces[0]), end_of(pieces[last - 1]))
        if isinstance(pieces[last], Quotation):
            return cue, mention, (start_of(pieces[0]), end_of(pieces[last]))
    return None


def clause_before_colon(report: Report, i: int) -> tuple[Mention, Mention, Span] | None:
    """Return the colon of a headline that names its source after it, the source, and the clause before it.

    `Mine permit “unlawful”: court`. A sentence with a full stop is no headline.
    """
    pieces = report.pieces
    colon = next((k for k in range(i + 1, len(pieces)) if word_of(pieces[k]) == ":"), None)
    if colon is None or not 1 <= len(pieces) - colon - 1 <= _LONGEST_HEADLINE_SOURCE:
        return None
    tail = pieces[colon + 1 :]
    if any(isinstance(piece, Quotation) or not piece.is_alpha for piece in tail):
        return None
    span = start_of(pieces[0]), end_of(pieces[colon - 1])
    return mention_of(pieces[colon : colon + 1], report.text), mention_of(tail, report.text), span
