"""Whom a name means that an article gives as a speaker's: `BRILL` is Tom Brill, `MDA` what it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...lexicon.source_nouns import DOCUMENTS, ROLES
from ...records import Article
from ..turns.title_lines import is_speaker
from ..word_table import WordTable
from .candidates import Candidate, Phrase, initials, without_titles, words_in

_PAPERS = DOCUMENTS | frozenset({"accounts", "papers", "records", "emails", "files", "filings", "documents", "memos"})
_INSCRIPTIONS = frozenset(
    "sign signs banner banners placard placards poster posters plaque plaques sticker billboard inscription".split()
)
_NO_AUTHOR = re.compile(
    r"\s+(?:[\w-]+\s){0,2}(?:seen|obtained|viewed|reviewed|filed|lodged|leaked|sent|circulat\w+|shared|posted|pinned|on|at"
    r"|published\s+(?:in|on))\b"
)
_AUTHOR = re.compile(r"\b(?:from|written by|signed by|issued by|co-authored by)\b")
_NARRATOR = frozenset({"i", "me"})
_LONGEST_TITLE = 3
"""Words of a bare noun phrase."""
_BEFORE = 4
"""Words before a name in which its title may stand."""
_APART = frozenset({".", "?", "!", ":", ";", "and", "said", "says", "told", "who", "with", "of", "for", "to"})


def without_byline(table: WordTable, cast: list[Candidate], article: Article | None) -> list[Candidate]:
    """Return the candidates but those whom only the byline names: who wrote an article does not speak in it."""
    signed = _byline(table, article)
    if signed is None:
        return cast
    return [one for one in cast if not all(_within(mention, signed) for mention in one.mentions)]


def author_of(table: WordTable, cast: Sequence[Candidate], article: Article | None) -> Candidate | None:
    """Return whom the byline names, if that is one person."""
    signed = _byline(table, article)
    found = [
        one
        for one in cast
        if signed and one.kind == "person" and any(_within(mention, signed) for mention in one.mentions)
    ]
    return found[0] if len(found) == 1 else None


def is_narrator(table: WordTable, mention: Phrase | None) -> bool:
    """Whether a source is who wrote the article: `I` and `me` outside of quotation marks.

    Of 12 such sources in annotated articles with a byline each is who signed; the ranker had 5 of them right. Of 11 in
    articles without one, which it had not seen, it had none right: who wrote them is not told.
    """
    return mention is not None and table.words(*mention).lower() in _NARRATOR and not table.marked[mention[0]]


def _byline(table: WordTable, article: Article | None) -> Phrase | None:
    byline = article.byline if article else None
    start = table.text.find(byline) if byline else -1
    return table.covered((start, start + len(byline))) if byline and start >= 0 else None


def _within(mention: Phrase, phrase: Phrase) -> bool:
    return phrase[0] <= mention[0] and mention[1] <= phrase[1]


def named_speaker(table: WordTable, cast: Sequence[Candidate], phrase: Phrase | None) -> int:
    """Return which candidate a phrase names, -1 if there is no phrase.

    phrase (Phrase | None): One of the sources that `cast` was made with.
    A name that is nowhere written but in capitals is put down as others are; one of which the cast has a part only, as
    it was taken for two, is put down whole.
    """
    if phrase is None:
        return -1
    inside, alike = _in(table, cast, phrase), _like(cast, without_titles(table.words(*phrase)))
    chosen = inside if alike is None or (inside is not None and _is_full(cast[inside])) else alike
    if chosen is None:
        chosen = next((n for n, candidate in enumerate(cast) if phrase in candidate.mentions), None)
    if chosen is None:
        parts = [n for n, candidate in enumerate(cast) if _touches(candidate, phrase)]
        if not parts:
            return -1
        chosen = max(parts, key=lambda n: cast[n].kind == "person")
        cast[chosen].name = without_titles(table.words(*phrase))
    candidate = cast[chosen]
    if _is_shouted(table, candidate, phrase):
        candidate.name = without_titles(candidate.name).title()
    return chosen


def unsigned_document(table: WordTable, cast: Sequence[Candidate], phrase: Phrase) -> int | None:
    """Return a document that does not say who wrote it, only who saw it: `accounts filed at Companies House`, `a sign`.

    Returns None for all else.
    """
    own = _itself(cast, phrase)
    head = table.head_of(*phrase)
    if own is None or table.entity[head] >= 0:
        return None
    behind = table.text[table.ends[head] : table.ends[phrase[1] - 1]]
    unsigned = table.lower[head] in _PAPERS and _NO_AUTHOR.match(behind) and not _AUTHOR.search(behind)
    return own if unsigned or table.lower[head] in _INSCRIPTIONS else None


def titled_speaker(table: WordTable, cast: Sequence[Candidate], phrase: Phrase) -> int | None:
    """Return which candidate the bare noun of a headline is: `says mayor`, `say residents`; None if it does not tell.

    A role is the one person of whom the article says so; others have no name there.
    """
    own = _itself(cast, phrase)
    head = table.head_of(*phrase)
    noun = table.lower[head]
    if own is None or phrase[1] - phrase[0] > _LONGEST_TITLE or not is_speaker(noun):
        return None
    if table.tags[phrase[0]] in ("DT", "PRP$") or any(n >= 0 for n in table.entity[phrase[0] : phrase[1]]):
        return None
    if noun not in ROLES:
        return own
    so_called = [n for n, one in enumerate(cast) if one.kind == "person" and _has_title(table, one, noun)]
    return so_called[0] if len(so_called) == 1 and phrase[1] - phrase[0] == 1 else None


class RoleLabels:
    """Tells whom the bare roles mean that lines of a transcript are labelled with: `THE CHAIR: ...`.

    table (WordTable), cast (Sequence[Candidate]): The article.
    """

    def __init__(self, table: WordTable, cast: Sequence[Candidate]) -> None:
        self._table, self._cast = table, cast
        self._called: dict[str, list[int]] = {}

    def speaker(self, phrase: Phrase) -> int | None:
        """Return the one person whom the article calls so, else whoever holds the role; None for all other labels."""
        table = self._table
        noun = table.lower[phrase[1] - 1]
        alone = phrase[1] - phrase[0] == 1 or (phrase[1] - phrase[0] == 2 and table.lower[phrase[0]] == "the")
        own = _itself(self._cast, phrase) if alone and noun in ROLES else None
        if own is None:
            return None
        if noun not in self._called:
            people = ((n, one) for n, one in enumerate(self._cast) if one.kind == "person")
            self._called[noun] = [n for n, one in people if _has_title(table, one, noun)]
        so_called = self._called[noun]
        return so_called[0] if len(so_called) == 1 else own


def _touches(candidate: Candidate, phrase: Phrase) -> bool:
    return any(first < phrase[1] and phrase[0] < last for first, last in candidate.mentions_near(phrase))


def _itself(cast: Sequence[Candidate], phrase: Phrase) -> int | None:
    """Return the candidate that a phrase is by itself, as a description."""
    return next((n for n, one in enumerate(cast) if one.kind == "description" and phrase in one.mentions), None)


def _has_title(table: WordTable, person: Candidate, noun: str) -> bool:
    """Return whether a title stands right before a name: `Mayor Tom Brill`, `the mayor, Tom Brill`."""
    for first, last in person.mentions:
        begin = next(n for n in range(max(0, first - _BEFORE), last) if table.sentence[n] == table.sentence[first])
        words = table.lower[begin:last]
        if noun in words[:-1] and "former" not in words and _APART.isdisjoint(words[words.index(noun) + 1 :]):
            return True
    return False


def _in(table: WordTable, cast: Sequence[Candidate], phrase: Phrase) -> int | None:
    """Return the named candidate that a phrase holds: a person rather than another, the last rather than the first."""
    found: tuple[bool, int, int] | None = None
    for n, candidate in enumerate(cast):
        if candidate.kind == "description":
            continue
        for first, last in candidate.mentions_near(phrase):
            if phrase[0] <= first and last <= phrase[1]:
                whole = len(words_in(candidate.name)) > 1 or candidate.kind != "person"
                here = (candidate.kind == "person", last if whole else 0, n)
                found = here if found is None or here > found else found
    if found is None or (not found[0] and found[1] < phrase[1]):
        return None
    return found[2] if found[1] else None


def _is_full(candidate: Candidate) -> bool:
    """Return whether a name is more than a surname, or a shouted one."""
    return len(words_in(candidate.name)) > 1 and not candidate.name.isupper()


def _like(cast: Sequence[Candidate], name: str) -> int | None:
    """Return the candidate that is called so elsewhere, whatever the case of its letters."""
    words = words_in(name)
    if not words:
        return None
    alike = [
        n
        for n, candidate in enumerate(cast)
        if candidate.kind in ("person", "organization")
        and (words_in(candidate.name)[-1:] == words[-1:] or name.lower() in candidate.forms)
        and set(words) <= candidate.words
    ]
    if alike:
        return max(alike, key=lambda n: (len(words_in(cast[n].name)) > 1, len(cast[n].mentions)))
    if len(words) == 1 and name.isupper():
        spelt = (initials(c.name) == name or initials(c.name, small=True) == name for c in cast)
        return next((n for n, is_so in enumerate(spelt) if is_so and cast[n].kind != "description"), None)
    return None


def _is_shouted(table: WordTable, candidate: Candidate, phrase: Phrase) -> bool:
    """Return whether a person's name stands in capitals only because the label does."""
    name = without_titles(candidate.name)
    titled = len(words_in(table.words(*phrase))) > len(words_in(name))
    return name.isupper() and (candidate.kind == "person" or titled or " " in name)
