"""Who may speak in an article: its people and organisations, and the sources that have no name.

Mentions of one name are one candidate by its words alone (`Watson` and `Adrienne Watson`, `CBIRC` and what it stands
for); whom a mention means where its words do not tell, `resolution` learns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from ...lexicon.noun_classes import NOUN_CLASSES
from ...lexicon.source_nouns import DOCUMENTS, ROLES, WEEKDAYS
from ...lexicon.titles import AFTER_NAME, TAKEN_UP_BY
from ..word_table import WordTable
from .appositions import CALLED
from .body_names import FEWEST_CAPITALS, bodies_of, called_by_word
from .candidates import (
    MOST_MENTIONS,
    SMALL,
    TITLES,
    Candidate,
    initials,
    without_article,
    without_titles,
    words_in,
)
from .candidates import Phrase as Phrase
from .clues.descriptions import NATION, TRADE
from .gender import note, note_pronouns
from .joint_sources import joint_name
from .mention_kinds import is_person, is_somebody, mention_kind
from .name_clusters import called_at, people_of
from .unnamed import unnamed

_NEAR_BEFORE, _NEAR_AFTER = 7, 9
"""Words round a name that may say what it is: a role, an apposition."""
_LONGEST_TITLE = 3
"""Words of a title before its noun."""
_BEFORE_NAME = 2
"""Words right before a name that may be titles."""
_ONCE = frozenset("former late incoming outgoing new old acting senior retired veteran fellow young elderly".split())
"""What stands before offices and nations rather than before names."""
_DESCRIBES = {"NNP": ("NN", "JJ", "VB"), "NNPS": ("NN",)}  # how tags of words before a name begin, by its last tag
_PRONOUNS, _RELATIVE = frozenset({"he", "she", "it", "i"}), frozenset({"who", "whom", "which", "that"})
"""Mentions that never are a speaker by themselves, and words that are none."""


def cast_of(table: WordTable, sources: Iterable[Phrase | None]) -> list[Candidate]:
    """Return the candidates of an article: named ones first, then each of `sources` that is a phrase of its own."""
    own = [*sources]
    found = named_of(table)
    found += _described(table, [*own, *unnamed(table)], found)
    for candidate in found:
        _complete(table, candidate)
    found = _taken_up(table, found, own)
    note_pronouns(table, found)
    return found


def _taken_up(table: WordTable, cast: Sequence[Candidate], sources: Iterable[Phrase | None]) -> list[Candidate]:
    """Return the cast with the story's `the mayor` told of the only person who is called a mayor in it.

    So it is known who was told of last. What is a source is left to the ranker. Of 147 sources like `the mayor`, where
    the article calls somebody a mayor, 141 are of somebody whom it calls so.
    """
    in_sources = {word for source in sources if source for word in range(*source)}
    called: dict[str, list[Candidate]] = {}
    for one in cast:
        if one.kind == "person":
            for noun in one.roles:
                called.setdefault(noun, []).append(one)
    for one in cast:
        noun = "" if one.head is None else table.lower[one.head]
        bearers = called.get(noun, ())
        if len(bearers) != 1 or one.kind != "description" or not one.words <= {noun}:
            continue
        (known,) = bearers
        up = {
            (first, last)
            for first, last in one.mentions
            if table.lower[first] == "the" and first not in in_sources and known.starts[0] < first
        }
        one.mentions = one.told = [phrase for phrase in one.mentions if phrase not in up]
        one.starts = [first for first, _ in one.mentions]
        known.told = sorted([*known.told, *up])
    return [one for one in cast if one.mentions]


def named_of(table: WordTable) -> list[Candidate]:
    """Return the people, organisations and places that an article names, each with all its mentions by a name."""
    people = people_of(table)
    others = list(_not_initials(bodies_of(table, people), people))
    by_first_word = called_by_word(others, 0)
    found = []
    for one in people:
        called = by_first_word.get(one.name.lower(), set())
        body = next(iter(called)) if len(called) == 1 else None
        if body and body.mentions[0] < one.mentions[0] and _is_bare_name(table, one):
            _take(body, one)
        else:
            found.append(one)
    return [*found, *others]


def _not_initials(others: Iterable[Candidate], people: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield those that are not the initials of one person, whose mentions they become: `XLD` of Xavier Luc Dorval."""
    named: dict[str, set[Candidate]] = {}
    for person in people:
        named.setdefault(initials(person.name), set()).add(person)
    for one in others:
        called = named.get(one.name, set())
        if len(one.name) < FEWEST_CAPITALS or len(called) != 1:
            yield one
            continue
        (known,) = called
        _take(known, one)


def _take(known: Candidate, other: Candidate) -> None:
    """Make the mentions and names of another candidate one's own."""
    known.mentions = sorted([*known.mentions, *other.mentions])
    known.forms |= other.forms
    known.words |= other.words


def _is_bare_name(table: WordTable, one: Candidate) -> bool:
    """Whether nothing in an article says that a name of one word is somebody's: no title, no role, no `Mr`.

    Of twelve such names that an organisation of the annotated articles begins with ten were its own: `Delmar` of
    `Delmar Foods`.
    """
    return not one.signs and not any(
        called_at(table, *phrase) or (phrase[0] and table.lower[phrase[0] - 1].rstrip(".") in TITLES)
        for phrase in one.mentions
    )


def _described(table: WordTable, sources: Iterable[Phrase | None], named: Sequence[Candidate]) -> list[Candidate]:
    named_at = {mention: candidate for candidate in named for mention in candidate.mentions}
    persons = {
        n for (first, last), candidate in named_at.items() if candidate.kind == "person" for n in range(first, last)
    }
    by_form = {form: one for one in reversed(named) if one.kind in ("person", "organization") for form in one.forms}
    found: dict[str, Candidate] = {}
    for phrase in sources:
        if phrase is None or mention_kind(table, phrase) in _PRONOUNS or table.words(*phrase).lower() in _RELATIVE:
            continue
        head = table.head_of(*phrase)
        joint = joint_name(table, phrase, named_at)
        if joint is None and (head in persons or _is_organisation(named_at, phrase, table.lower[phrase[0]])):
            continue
        within = None if joint else _name_within(table, phrase, head)
        known = by_form.get(" ".join(words_in(within))) or by_form.get(within.lower()) if within else None
        if known and (known.kind == "person" or not is_person(table.lower[head])):
            known.described.add(phrase)
            continue
        whole = " ".join(table.words(*phrase).split())
        name = joint or within or (whole.rstrip(".") if whole.startswith("@") else whole)
        form = without_article(joint or whole).lower()
        if form not in found:
            found[form] = Candidate(name, "description", [], set(words_in(form)), {form}, head)
            found[form].joint = joint is not None
        found[form].mentions.append(phrase)
    return list(found.values())


def _is_organisation(named_at: Mapping[Phrase, Candidate], phrase: Phrase, lower: str) -> bool:
    """Whether a phrase is nothing but the name of an organisation, and its article."""
    named = named_at.get(phrase) or (named_at.get((phrase[0] + 1, phrase[1])) if lower == "the" else None)
    return named is not None and named.kind == "organization"


def _name_within(table: WordTable, phrase: Phrase, head: int) -> str | None:
    """Return the name a description ends with: `photonics group Lumetra`; of 106, two are more: `VE sin Filtro`."""
    first = last = phrase[1]
    while first > phrase[0] and table.words(first - 1, first)[0].isupper():
        first -= 1
    if not phrase[0] < first < last or not table.tags[first - 1].startswith(_DESCRIBES.get(table.tags[last - 1], ())):
        return None
    word, before = table.lower[last - 1], table.lower[first - 1]
    no_name = (
        word in ROLES or word in DOCUMENTS or word in WEEKDAYS or word in AFTER_NAME or table.lower[first] in ROLES
    )
    # `a former Marine`, `the late Queen`
    no_name |= (
        table.tags[first - 1][:2] != "NN"
        and before not in CALLED
        and (table.lower[phrase[0]] in ("a", "an") or before in _ONCE)
    )
    alone = last - first == 1 and is_somebody(word)
    at_head = head >= first - 1 or before in CALLED
    return without_titles(table.words(first, last)) if at_head and not alone and not no_name else None


def _titles(table: WordTable, first: int, last: int, nouns: Sequence[int]) -> Iterator[str]:
    """Yield the words by which a name is called in its sentence: `former interior minister`."""
    begin = min([first, *(noun - _LONGEST_TITLE for noun in nouns if noun < first)])
    end = max([last, *(noun + 1 for noun in nouns if noun >= last)])
    for n in (*range(max(0, begin, first - _NEAR_AFTER), first), *range(last, min(end, last + _NEAR_AFTER))):
        if table.sentence[n] == table.sentence[first] and table.entity[n] < 0 and table.lower[n][0].isalpha():
            yield table.lower[n]


def _complete(table: WordTable, candidate: Candidate) -> None:
    """Gather what the words round its mentions say, once all are known."""
    candidate.mentions.sort()
    candidate.told = candidate.mentions
    candidate.starts = [first for first, _ in candidate.mentions]
    some = candidate.first_mentions
    candidate.vector = np.mean([table.vectors[first:last].mean(0) for first, last in some], 0)
    candidate.named = np.array([n for first, last in some for n in range(first, last)])
    beside: set[int] = set()
    called: set[int] = set()
    for first, last in candidate.mentions[: 4 * MOST_MENTIONS]:
        beside.update(range(max(0, first - _NEAR_BEFORE), first), range(last, min(len(table), last + _NEAR_AFTER)))
        nouns = called_at(table, first, last)
        called.update(nouns)
        candidate.titles.update(_titles(table, first, last, nouns))
    candidate.beside = np.array(
        sorted(n for n in beside if table.lower[n] not in SMALL and table.lower[n][0].isalpha()), np.int64
    )
    candidate.near = {table.lower[n] for n in beside if table.lower[n][0].isalnum()} - SMALL
    candidate.roles = {table.lower[n] for n in called}
    if candidate.kind == "person":
        titles = {word.rstrip(".") for first, last in some for word in table.lower[max(0, first - _BEFORE_NAME) : last]}
        candidate.roles |= {noun for title in titles for noun in TAKEN_UP_BY.get(title, ())}
    candidate.own_stems = {word[:TRADE] for word in candidate.words - SMALL}
    candidate.stems = {word[:TRADE] for word in candidate.near | candidate.words}
    candidate.nations = {word[:NATION] for word in candidate.near | candidate.words}
    own = [table.lower[candidate.head]] if candidate.head is not None else words_in(candidate.name)
    for word in {*own, *candidate.roles} if candidate.kind == "person" else own:
        candidate.sorts |= NOUN_CLASSES.get(word, frozenset())
    if candidate.kind == "description":
        candidate.titles |= candidate.words
        note(table, (table.head_of(*mention) for mention in candidate.mentions), candidate)
    elif candidate.kind == "person":
        note(table, called, candidate)
