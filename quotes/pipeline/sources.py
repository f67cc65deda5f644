"""Finding cues in a sentence, and for each the mention of the source beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from spacy.tokens import Token

from ..records import Act, Mention, Span
from .cues import ADVERBS, AMBIGUOUS, AUXILIARIES, SHOWS_VERB, act_of, clausal_forms, naming_forms
from .marks import Quotation
from .mentions import ABBREVIATIONS, DAYS, HONORIFICS, PRONOUNS, ROLES, plausible
from .sentences import Piece, Sentence, end_of, start_of, word_of

_SUBORDINATORS = frozenset(
    "that which because while when where as if but although though since whether after before until whom "
    "than who whose so what how why and or".split()
)
_PREPOSITIONS = frozenset(
    "in on at after during before following amid with from by for to under over since through within without "
    "according despite besides like unlike near against about regarding citing asked speaking addressing "
    "referring responding reacting commenting quoting of as".split()
)
_LIGHT = frozenset("to went go goes going on quoted reported took take taken has had tried".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my your no some any".split())
_BREAKS = frozenset({";", ":", "—", "–", "--", "(", ")", "-", "."})
_DAYS = DAYS | frozenset(
    "january february march april may june july august september october november december".split()
)
_LONGEST_SUBJECT = 30
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence.

    first, last (int): The pieces it takes up, both included.
    clausal (bool): Whether it takes speech or a clause, not only a fragment.
    subject_after (bool): Whether its source follows by its form: `according to`.
    """

    first: int
    last: int
    act: Act
    clausal: bool
    subject_after: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence with its cues.

    text (str): The whole article's text.
    cues (tuple[Cue, ...]): In the order of the sentence.
    """

    sentence: Sentence
    text: str
    cues: tuple[Cue, ...]

    @classmethod
    def of(cls, sentence: Sentence, text: str) -> Report:
        """Return a sentence with the cues that are found in it."""
        return cls(sentence, text, tuple(find_cues(sentence.pieces)))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence's words and quotations."""
        return self.sentence.pieces

    def words(self, cue: Cue) -> Mention:
        """Return the words of a cue."""
        return mention_of(self.pieces[cue.first : cue.last + 1], self.text)

    def source(self, cue: Cue) -> Mention | None:
        """Return who a cue belongs to, if that can be somebody who speaks."""
        mention = _beside(self, cue)
        return mention if mention and plausible(mention.text) else None

    def inside(self, i: int) -> str:
        """Return the words between the marks of the quotation at piece i."""
        return self._quotation(i).inside(self.text)

    def last_sign(self, i: int) -> str:
        """Return the last sign inside the marks of the quotation at piece i."""
        return self._quotation(i).last_sign(self.text)

    def ends_sentence(self, i: int) -> bool:
        """Return whether the words inside the marks end as a sentence does, or with a comma for the cue."""
        return self.last_sign(i) in tuple(",.?!…")

    def opens_with_capital(self, i: int) -> bool:
        """Return whether the first letter inside the marks is a capital."""
        return next((sign.isupper() for sign in self.inside(i) if sign.isalnum()), False)

    def _quotation(self, i: int) -> Quotation:
        piece = self.pieces[i]
        assert isinstance(piece, Quotation)
        return piece


def mention_of(pieces: Sequence[Piece], text: str) -> Mention:
    """Return the words from the first piece to the last."""
    return mention_at(text, (start_of(pieces[0]), end_of(pieces[-1])))


def mention_at(text: str, span: Span) -> Mention:
    """Return the words at a place."""
    return Mention(text[slice(*span)], *span)


def find_cues(pieces: Sequence[Piece]) -> list[Cue]:
    """Return the cues of a sentence in its order."""
    found = []
    clausal, naming = clausal_forms(), naming_forms()
    for i, piece in enumerate(pieces):
        word = word_of(piece)
        before = word_of(pieces[i - 1]) if i else ""
        after = word_of(pieces[i + 1]) if i + 1 < len(pieces) else ""
        if word == "according" and after == "to":
            found.append(Cue(i, i + 1, "say", True, subject_after=True))
        elif word in clausal or word in naming:
            if before in _DETERMINERS or before in {"of", "-"} or _passive(pieces, i):
                continue
            if word in AMBIGUOUS and before not in SHOWS_VERB:
                continue
            last = i + 1 if (word, after) in {("pointed", "out"), ("pointing", "out"), ("points", "out")} else i
            found.append(Cue(i, last, act_of(word), word in clausal))
    return found


def _passive(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the source is not the subject: `was told`, `measures announced by`."""
    word = word_of(pieces[i])
    if word.endswith("ing"):
        return False
    if i + 1 < len(pieces) and word_of(pieces[i + 1]) == "by":
        return True
    if not word.endswith(("ed", "told", "said", "written")):
        return False
    j = i - 1
    while j >= 0 and word_of(pieces[j]) in ADVERBS:
        j -= 1
    return j >= 0 and word_of(pieces[j]) in {"was", "were", "is", "are", "been", "being", "be", "'s", "’s"}


def _beside(report: Report, cue: Cue) -> Mention | None:
    """The noun phrase before a cue, or after it where the order is turned."""
    pieces, text = report.pieces, report.text
    if cue.subject_after:
        return _after(pieces, cue.last + 1, text)
    if word_of(pieces[cue.first]).endswith("ing") and not _has_own_subject(pieces, cue.first):
        # `..., she said, adding that` and `Asking X to stay, Y said`: the other verb's subject.
        others = [other for other in report.cues if not word_of(pieces[other.first]).endswith("ing")]
        nearest = min(others, key=lambda other: abs(other.first - cue.first), default=None)
        return report.source(nearest) if nearest else opening(pieces, text)
    # `“A,” said X`: turned, if the cue follows the quotation at once.
    j = cue.first - 1
    while j >= 0 and (word_of(pieces[j]) in ADVERBS or word_of(pieces[j]) == ","):
        j -= 1
    if j >= 0 and isinstance(pieces[j], Quotation):
        turned = _after(pieces, cue.last + 1, text)
        return turned or _before(pieces, cue.first - 1, text) or _before(pieces, j - 1, text)
    before = _before(pieces, cue.first - 1, text)
    if before is None and j >= 0 and word_of(pieces[cue.first - 1]) == ",":
        return _after(pieces, cue.last + 1, text)
    return before


def _has_own_subject(pieces: Sequence[Piece], i: int) -> bool:
    """`with Watson noting that`, `was quoted as saying`."""
    before = pieces[i - 1] if i else None
    return isinstance(before, Token) and (before.text[0].isupper() or before.lower_ in PRONOUNS | {"as"})


def opening(pieces: Sequence[Piece], text: str) -> Mention | None:
    """Return the name that a sentence begins with, titles and roles included, if it begins with one."""
    taken: list[Token] = []
    for piece in pieces:
        word = word_of(piece)
        if isinstance(piece, Quotation) or word in AUXILIARIES - {"'s", "’s"} or word in ADVERBS:
            break
        if piece.text[0].isupper() or word in ROLES | HONORIFICS | {"the", "-", ".", "'s", "’s", "to", "of"}:
            taken.append(piece)
        else:
            break
    while taken and not (taken[-1].text[0].isupper() or taken[-1].lower_ in ROLES):
        taken.pop()
    if not taken or taken[0].lower_ in _PREPOSITIONS | _DAYS | _SUBORDINATORS:
        return None
    if all(token.lower_ in _DETERMINERS for token in taken):
        return None  # `The talks ended`: no name
    return mention_of(taken, text)


def _before(pieces: Sequence[Piece], j: int, text: str) -> Mention | None:
    """The noun phrase that ends at piece j or, past light verbs and adverbs, before it."""
    while j >= 0 and (
        word_of(pieces[j]) in ADVERBS or word_of(pieces[j]) in AUXILIARIES or word_of(pieces[j]) in _LIGHT
    ):
        j -= 1
    if j >= 0 and word_of(pieces[j]) == ")":
        # `Paul Ryan (R-Wis.) said`
        opened = next((k for k in range(j, max(-1, j - _LONGEST_NAME), -1) if word_of(pieces[k]) == "("), 0)
        return _before(pieces, opened - 1, text)
    if j < 0 or isinstance(pieces[j], Quotation):
        return None
    if word_of(pieces[j]) == "who" and j:
        return _before(pieces, j - 2 if word_of(pieces[j - 1]) == "," else j - 1, text)
    if word_of(pieces[j]) in {"and", "but", "then", ","} and not _closes_apposition(pieces, j):
        # Two verbs of one subject: `X opened the meeting and said`.
        return opening(pieces, text)
    apposed = word_of(pieces[j]) == ","
    parts: list[list[Token]] = [[]]
    for k in range(j, max(-1, j - _LONGEST_SUBJECT), -1):
        piece = pieces[k]
        word = word_of(piece)
        inside = apposed and len(parts) <= 2  # of the apposition, which may be a clause: `, who was there,`
        if isinstance(piece, Quotation) and inside:
            continue
        if isinstance(piece, Quotation) or (word in _BREAKS and not _within_name(pieces, k)):
            break
        if word in _SUBORDINATORS and not inside and not (word in {"and", "or"} and _joins_names(pieces, k)):
            break
        if word == ",":
            parts.insert(0, [])
        else:
            parts[0].insert(0, piece)
    phrases = [part for part in parts if part]
    if not phrases:
        return _pronoun_before(pieces, j, text)
    if not apposed:
        return _noun_phrase(phrases[-1], text)
    bare = [list(dropwhile(lambda token: token.lower_ in ADVERBS | {"and", "but"}, part)) for part in phrases]
    nominal = [part for part in bare if part and part[0].lower_ not in _PREPOSITIONS | _DAYS]
    for part in nominal[:2]:
        if _is_name(part):
            return _noun_phrase(part, text)
    return _noun_phrase(nominal[0], text) if nominal else None


def _closes_apposition(pieces: Sequence[Piece], j: int) -> bool:
    return word_of(pieces[j]) == "," and any(word_of(piece) == "," for piece in pieces[max(0, j - 25) : j])


def _joins_names(pieces: Sequence[Piece], k: int) -> bool:
    if k == 0 or k + 1 >= len(pieces):
        return False
    left, right = pieces[k - 1], pieces[k + 1]
    if isinstance(left, Quotation) or isinstance(right, Quotation):
        return False
    return left.text[0].isupper() and right.text[0].isupper() and right.lower_ not in PRONOUNS


def _within_name(pieces: Sequence[Piece], k: int) -> bool:
    """Whether a sign belongs to the words beside it: `Thomas-Greenfield`, `Cmdr. Ferrant`."""
    return word_of(pieces[k]) == "-" or (
        word_of(pieces[k]) == "." and k > 0 and word_of(pieces[k - 1]) in ABBREVIATIONS
    )


def _pronoun_before(pieces: Sequence[Piece], j: int, text: str) -> Mention | None:
    piece = pieces[j]
    return mention_of([piece], text) if word_of(piece) in PRONOUNS - {"that"} else None


def _is_name(part: list[Token]) -> bool:
    return len(part) <= 6 and all(token.text[0].isupper() or token.text in {"-", "."} for token in part)


def _noun_phrase(tokens: list[Token], text: str) -> Mention | None:
    """Trim what stands before the noun phrase: adverbs, a preposition's phrase, a verb."""
    if tokens[-1].lower_ in PRONOUNS:
        return mention_of(tokens[-1:], text)
    start = 0
    for i, token in enumerate(tokens[:-1]):
        if token.lower_ in AUXILIARIES and token.text not in {"'s", "’s"}:
            start = i + 1
    if tokens[start].lower_ in _PREPOSITIONS | ADVERBS:
        start = _last_run(tokens, start)
    while start < len(tokens) and tokens[start].lower_ in ADVERBS | {"and", "but", "or"}:
        start += 1
    kept = tokens[start:]
    for n, token in enumerate(kept):
        # `Kovind on Sunday`, `Smith in a statement`: a name ends before its adverbials.
        if n and token.lower_ in _PREPOSITIONS - {"of", "for", "to"} and all(t.text[0].isupper() for t in kept[:n]):
            kept = kept[:n]
            break
    if not kept or not any(token.is_alpha for token in kept) or kept[0].lower_ in _PREPOSITIONS:
        return None
    return mention_of(kept, text)


def _last_run(tokens: list[Token], start: int) -> int:
    i = len(tokens)
    capital = tokens[-1].text[0].isupper()
    while (
        i > start
        and tokens[i - 1].lower_ not in _PREPOSITIONS | _DAYS
        and (not capital or tokens[i - 1].text[0].isupper() or tokens[i - 1].text in {"-", "the", "'s", "’s"})
    ):
        i -= 1
    return i


def _after(pieces: Sequence[Piece], i: int, text: str) -> Mention | None:
    """The noun phrase that begins at piece i."""
    while i < len(pieces) and (word_of(pieces[i]) in ADVERBS or word_of(pieces[i]) in {"to", ","}):
        i += 1
    taken: list[Token] = []
    for k in range(i, min(len(pieces), i + _LONGEST_NAME)):
        piece = pieces[k]
        word = word_of(piece)
        if isinstance(piece, Quotation) or (word in {",", *_BREAKS} and not _within_name(pieces, k)):
            break
        if word in _SUBORDINATORS and not (word == "and" and taken and taken[-1].text[0].isupper()):
            break
        if word in _DAYS or (word in AUXILIARIES and piece.text not in {"'s", "’s"}):
            break
        if (
            taken
            and word in _PREPOSITIONS
            and (
                word not in {"of", "for", "from", "at", "with", "to"}
                or (taken[-1].text[0].isupper() and not _described(taken))
            )
        ):
            break
        taken.append(piece)
    if not taken or not taken[0].is_alpha or taken[0].lower_ in _PREPOSITIONS:
        return None
    return mention_of(taken, text)


def _described(taken: list[Token]) -> bool:
    return taken[0].lower_ in _DETERMINERS and any(token.text[0].islower() for token in taken[1:])
