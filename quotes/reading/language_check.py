"""Which language an article is in: told by all of it, since leads are full of names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

SURE = 0.9
"""Probability from which a piece of text counts for another language; short lines are seldom that sure."""
FEWEST_ENGLISH = 0.05
"""Share of words that are English's own in a piece of English. Of 9,977 pieces of English news 14 have less than .08,
half have more than .28; of the sentences that spaCy has as examples in 66 other languages none has more than .03."""
MOST_OTHER = 0.5
"""Share of the pieces that may be in another language: bilingual articles are read."""

_PIECE = 600  # characters
_NEIGHBOURS = 3  # languages that share a probability: Bosnian, Croatian and Serbian; Danish and both Norwegians
_MOST_PIECES = 40
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of English, without those that are words of other languages too (in, is, was, on, for, he, will).
_ENGLISH = frozenset(
    "the and that with from this which who they them their there were been would could should have had has his her"
    " she its our your when what where while after before because about into than then than other more most such these"
    " those said says say told year years people government not but are be by it to of".split()
)


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a text.

    code (str): As ISO 639-1 has it; `en` where nothing tells.
    share (float): How much of the text is in it, from 0 to 1, of what can be told.
    """

    code: str
    share: float


def language_of(text: str) -> Language:
    """Return the language that most of a text is in; `en` where up to half of it is, or that is not sure."""
    counts = Counter(filter(None, map(_language, _pieces(text))))
    metadata = counts.total()
    english = counts.pop("en", 0)
    if metadata - english <= MOST_OTHER * metadata:
        return Language("en", english / metadata if metadata else 0.0)
    ((code, most),) = counts.most_common(1)
    return Language(code, most / metadata)


def _pieces(text: str) -> list[str]:
    """Pieces from all over a text, cut between words."""
    starts = range(0, len(text), max(_PIECE, -(-len(text) // _MOST_PIECES)))
    pieces = [text[start : start + _PIECE] for start in starts]
    return [piece for piece in pieces if len(piece) > _PIECE // 4] or pieces


def _language(piece: str) -> str | None:
    """The language of a piece; None where that can't be told."""
    words = _WORD.findall(piece.lower())
    # Chinese parts no words: by its letters a sentence has as many as others have.
    many = max(len(words), sum(map(len, words)) // 4)
    if sum(word in _ENGLISH for word in words) > FEWEST_ENGLISH * many:
        return "en"
    others = [(str(code), probability) for code, probability in _identifier().rank(piece) if code not in ("en", "zxx")]
    return others[0][0] if sum(probability for _, probability in others[:_NEIGHBOURS]) > SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
