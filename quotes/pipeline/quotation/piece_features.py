"""What tells of a proposed piece whether it was said, in numbers for the boosted trees of `quotation`.

The network of `attribution` looks at one cue at a time; here is what it makes of a piece beside what it makes of the
others there, and the parse: what follows the piece, what hangs on it, what it hangs on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...spans.overlaps import Overlaps
from ..attribution import Attribution, Passage
from ..language.heads import Matrix
from ..word_table import WordTable
from .pieces import Piece

FEATURES = 44
_KINDS = ("direct", "mixed", "indirect")
_TAGS = (
    *("DT", "PRP", "NNP", "NN", "IN", "TO", "VB", "VBG", "VBD", "RB", "JJ", "CC", "WP", "WRB", "MD", "CD", "NNS", "EX"),
    *("PRP$", "VBN", "VBZ", "VBP", "``", "''", ",", ".", ":", "WDT", "POS", "NNPS"),
)
_RELATIONS = (
    *("ccomp", "xcomp", "obj", "obl", "parataxis", "ROOT", "advcl", "conj", "nmod", "acl", "nsubj", "acl:relcl"),
    *("case", "appos", "dep", "obl:tmod", "advmod", "nsubj:pass", "mark", "cc", "punct", "aux", "cop"),
)
_AFTER = (
    *("and", "but", "because", "as", "while", ",", ".", "after", "when", "since", "if", "which", "who", "adding"),
    *("said", "or", "though", "although", "that", "with", "”", '"', ";", ":", "–", "—", "in", "for", "to", "so"),
    *("he", "she", "they", "it"),
)
"""What stands behind a piece: it may be more of it, or not."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LIKELY = 0.35
"""Likelihood of the best place of a content from which it counts as one of the article."""
_BEHIND = 25
"""Words behind a piece of which some may hang on it."""
_NONE, _BEYOND = -1.0, -2.0


def numbers(
    table: WordTable, pieces: Sequence[Piece], attributions: Sequence[Attribution], passages: Sequence[Passage]
) -> Matrix:
    """Return pieces x `FEATURES`."""
    slots = [_slot(piece) for piece in pieces]
    best: dict[tuple[int | None, int], float] = {}
    for piece, slot in zip(pieces, slots, strict=True):
        best[slot] = max(best.get(slot, 0.0), piece.likelihood)
    article = (float(sum(likelihood > _LIKELY for likelihood in best.values())), float(len(table)))
    verbs, finite = (
        np.cumsum([0, *flags])
        for flags in ([tag.startswith("VB") for tag in table.tags], [tag in _FINITE for tag in table.tags])
    )
    over_passages, over_pieces = (Overlaps(one.span for one in some) for some in (passages, pieces))
    rows = []
    for piece, slot in zip(pieces, slots, strict=True):
        first, last = _words(table, piece.span)
        head = table.head_of(first, last)
        marked = [passages[n] for n in over_passages.over(piece.span)]
        others = [pieces[n] for n in over_pieces.over(piece.span) if slots[n] != slot]
        rows.append(
            [
                piece.likelihood,
                best[slot],
                float(piece.place),
                float(_KINDS.index(piece.kind)),
                *_passages(piece, marked),
                *_others(piece, others),
                float(last - first),
                float(verbs[last] - verbs[first]),
                float(finite[last] - finite[first]),
                _place(_TAGS, table.tags[first]),
                _place(_TAGS, table.tags[last - 1]),
                _place(_RELATIONS, table.deps[last - 1]),
                _place(_RELATIONS, table.deps[head]),
                _place(_TAGS, table.tags[head]),
                *_behind(table, first, last),
                *_where(table, first, last),
                *article,
                *_attribution(table, piece, attributions, (first, last), head),
            ]
        )
    return np.array(rows, np.float32).reshape(len(rows), FEATURES)


def _slot(piece: Piece) -> tuple[int | None, int]:
    """Return what the places of one content have in common; a passage without a cue stands for itself."""
    return (None, piece.span[0]) if piece.attribution is None else (piece.attribution, piece.content)


def _words(table: WordTable, span: tuple[int, int]) -> tuple[int, int]:
    first, last = table.covered(span)
    first = min(first, len(table) - 1)
    return first, max(last, first + 1)


def _place(names: Sequence[str], name: str) -> float:
    return float(names.index(name)) if name in names else _NONE


def _passages(piece: Piece, marked: Sequence[Passage]) -> tuple[float, ...]:
    """Return the highest and lowest likelihood of passages in marks that a piece touches, their number, and its own."""
    likely = [passage.likelihood for passage in marked]
    own = next((passage.likelihood for passage in marked if passage.span == piece.span), _NONE)
    return max(likely, default=_NONE), min(likely, default=_NONE), float(len(likely)), own


def _others(piece: Piece, others: Sequence[Piece]) -> tuple[float, ...]:
    """Return how many other contents share words with a piece, and how likely they are: any, around it, within it."""
    start, end = piece.span
    around = [other.likelihood for other in others if other.span[0] <= start and end <= other.span[1]]
    within = [other.likelihood for other in others if start <= other.span[0] and other.span[1] <= end]
    every = [other.likelihood for other in others]
    return float(len(others)), *(max(some, default=_NONE) for some in (every, around, within))


def _behind(table: WordTable, first: int, last: int) -> tuple[float, ...]:
    """Return the words beside a piece, how many of its words hang on others, and how many behind hang on it."""
    heads, length = table.heads, len(table)
    on_others = np.count_nonzero((heads[first:last] < first) | (heads[first:last] >= last))
    behind = heads[last : last + _BEHIND]
    return (
        _place(_AFTER, table.lower[last]) if last < length else _BEYOND,
        _place(_TAGS, table.tags[last]) if last < length else _BEYOND,
        _place(_TAGS, table.tags[last + 1]) if last + 1 < length else _BEYOND,
        _place(_TAGS, table.tags[first - 1]) if first else _NONE,
        float(on_others),
        float(np.count_nonzero((behind >= first) & (behind < last))),
    )


def _where(table: WordTable, first: int, last: int) -> tuple[float, ...]:
    """Return where in the article and its sentence a piece stands."""
    sentence = table.sentence
    return (
        float(sentence[first]),
        float(table.paragraph[first]),
        float(sentence[last - 1] - sentence[first]),
        float(last == len(table) or sentence[last] != sentence[last - 1]),
        float(first == 0 or sentence[first - 1] != sentence[first]),
        first / len(table),
    )


def _attribution(
    table: WordTable, piece: Piece, attributions: Sequence[Attribution], words: tuple[int, int], head: int
) -> tuple[float, ...]:
    """Return what a piece is to its cue, and that to its source; `words` are those of the piece, `head` its head."""
    if piece.attribution is None:
        return (_NONE,) * 10
    first, last = words
    its = attributions[piece.attribution]
    part = its.contents[piece.content]
    begins, ends = _words(table, its.cue)
    cue = table.head_of(begins, ends)
    likelihood, tag, apart = _NONE, _NONE, 0
    if its.sources:
        likelihood = its.sources[0].likelihood
        source = _words(table, its.sources[0].span)
        tag = _place(_TAGS, table.tags[table.head_of(*source)])
        apart = source[0] - ends if source[0] >= ends else source[1] - begins
    return (
        its.likelihood,
        (part, *part.others)[piece.place].likelihood,
        likelihood,
        tag,
        float(apart),
        _place(_TAGS, table.tags[cue]),
        _place(_RELATIONS, table.deps[cue]),
        float(first - ends if first >= ends else last - begins if last <= begins else 0),
        float(table.paragraph[first] == table.paragraph[cue]),
        float(int(table.heads[head]) == cue),
    )
