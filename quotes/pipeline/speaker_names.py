"""Whom a name means that an article gives as a speaker's: `BRILL` is Tom Brill, `MDA` what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from .cast import Candidate, Phrase, initials, without_titles, words_in
from .word_table import WordTable


def named_speaker(table: WordTable, cast: Sequence[Candidate], phrase: Phrase | None) -> int:
    """Return which candidate a phrase names, -1 if there is no phrase.

    phrase (Phrase | None): One of the sources that `cast` was made with, so that it is at least a candidate itself.
    A name that is nowhere written but in capitals is put down as others are.
    """
    if phrase is None:
        return -1
    inside, alike = _in(table, cast, phrase), _like(cast, without_titles(table.words(*phrase)))
    chosen = inside if alike is None or (inside is not None and _is_full(cast[inside])) else alike
    if chosen is None:
        chosen = next(n for n, candidate in enumerate(cast) if phrase in candidate.mentions)
    candidate = cast[chosen]
    if _is_shouted(table, candidate, phrase):
        candidate.name = without_titles(candidate.name).title()
    return chosen


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
