"""Sentences as reporters build them: words, with each quotation standing as one piece among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Token

from ..paragraphs import paragraphs
from ..records import Span
from .cues import ADVERBS, AUXILIARIES, clausal_forms
from .marks import Quotation
from .mentions import ABBREVIATIONS, PRONOUNS

Piece = Token | Quotation
_LONGEST = 400
"""Pieces. A longer sentence is a list or broken; cutting it keeps the work linear in the text."""
_AHEAD = 12
_ENDS = frozenset({".", "!", "?", "…", "...", ".."})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph.

    pieces (tuple[Piece, ...]): Its words outside quotation marks, and its quotations.
    paragraph (int): The number of its paragraph.
    """

    pieces: tuple[Piece, ...]
    paragraph: int

    @property
    def start(self) -> int:
        """Its first character."""
        return start_of(self.pieces[0])

    @property
    def end(self) -> int:
        """One past its last character."""
        return end_of(self.pieces[-1])

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations in it, none nested."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Quotation))


def start_of(piece: Piece) -> int:
    """Return the first character of a piece."""
    return piece.start if isinstance(piece, Quotation) else piece.idx


def end_of(piece: Piece) -> int:
    """Return one past the last character of a piece."""
    return piece.end if isinstance(piece, Quotation) else piece.idx + len(piece)


def word_of(piece: Piece) -> str:
    """Return the lower-case word of a token, and nothing for a quotation."""
    return "" if isinstance(piece, Quotation) else piece.lower_


def sentences(doc: Doc, text: str, marks: Sequence[Quotation], left_out: Sequence[Span]) -> list[Sentence]:
    """Return the sentences of all paragraphs of `doc`, whose text is `text`, that touch no span of `left_out`."""
    outer = [mark for mark in marks if mark.depth == 0]
    tokens = [token for token in doc if not token.is_space]
    found: list[Sentence] = []
    token_at = mark_at = out_at = 0
    for n, (start, end) in enumerate(paragraphs(text)):
        while out_at < len(left_out) and left_out[out_at][1] <= start:
            out_at += 1
        pieces: list[Piece] = []
        while token_at < len(tokens) and tokens[token_at].idx < end:
            token = tokens[token_at]
            while mark_at < len(outer) and outer[mark_at].end <= token.idx:
                mark_at += 1
            mark = outer[mark_at] if mark_at < len(outer) else None
            if mark and mark.start < end_of(token):
                if not pieces or pieces[-1] is not mark:
                    pieces.append(mark)
            else:
                pieces.append(token)
            token_at += 1
        if out_at < len(left_out) and left_out[out_at][0] < end:
            continue
        found += [Sentence(tuple(part), n) for part in _split(text, pieces)]
    return found


def _split(text: str, pieces: list[Piece]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    for i, piece in enumerate(pieces):
        sentence.append(piece)
        after = pieces[i + 1 : i + 1 + _AHEAD]
        if len(sentence) == _LONGEST or (after and _breaks(text, piece, after)):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _breaks(text: str, piece: Piece, after: list[Piece]) -> bool:
    following = after[0]
    capital = isinstance(following, Quotation) or not following.is_alpha or following.text[0].isupper()
    if isinstance(piece, Quotation):
        if piece.last_sign(text) not in {".", "!", "?", "…"}:
            return False
        if isinstance(following, Quotation):
            return True
        return following.text[:1].isupper() and not _cue_clause(after)
    if piece.text not in _ENDS or (piece.text == "." and piece.i and piece.nbor(-1).lower_ in ABBREVIATIONS):
        return False
    return capital and not (isinstance(following, Token) and following.text in {*_ENDS, ",", ";", ")"})


def _cue_clause(after: list[Piece]) -> bool:
    """Whether a name or pronoun and a cue follow that belong to the quotation before: `“A?” Kim asked.`"""
    forms = clausal_forms()
    subject = list(
        takewhile(lambda p: isinstance(p, Token) and (p.text[0].isupper() or p.text in (".", ",")), after[:9])
    )
    rest = after[len(subject) :]
    while rest and word_of(rest[0]) in ADVERBS | AUXILIARIES:
        rest = rest[1:]
    if not subject or not rest or word_of(rest[0]) not in forms:
        return False
    if len(subject) > 1 and word_of(subject[0]) in PRONOUNS:
        return False
    ends = rest[1:2]
    return not ends or word_of(ends[0]) not in {":", ",", "that", ""} or word_of(ends[0]) == "."
