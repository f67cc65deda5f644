"""The people whom an article names: which of its names are one person's.

By their words alone: `Watson` and `Adrienne Watson` are one; Mr Orr and Mrs Orr, Cole Sr. and Cole Jr., and brothers
with a surname of several words are not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein

from ...lexicon.first_names import usual_gender
from ...lexicon.name_particles import SMALL_WORDS
from ...lexicon.noun_classes import NOUN_CLASSES
from ...lexicon.source_nouns import BY_AGE, FAMILY
from ...lexicon.titles import ABBREVIATED
from ...records import Gender
from ..word_table import WordTable
from .candidates import SMALL, Candidate, Phrase, without_titles, words_in
from .gender import SIGNS, contradicts, note, note_title, title_of

_GENERATIONS = frozenset("jr sr jnr snr junior senior ii iii iv".split())
_PARTY = re.compile(r"[A-Z]\s*[-–]\s*[\w.]+|[A-Z]{2,5}")
"""`R-Ohio` and `DA`, in brackets behind a name."""
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_NICKNAME_OPENS, _NICKNAME_CLOSES = frozenset("“\"'‘"), frozenset("”\"'’")
_BEFORE_NAME = 3
"""Words before a name of which it may be a part."""
_CALLED_BEFORE, CALLED_AFTER = 8, 12
"""Words round a name among which those are looked for that hang on it."""
NAMING = frozenset({"compound", "appos", "flat", "nmod:desc", "amod"})
"""How a noun hangs on a name that it is said of."""
_NAMING_ABOVE = frozenset({"appos", "flat", "compound", "nmod:desc"})
_LONGEST_NAME = 3
_SPEAKS = frozenset({"nsubj", "nsubj:pass", "obl", "nmod:poss"})
"""How a person's surname mostly stands in a sentence; a place or a paper of the same name seldom does."""
_ARTICLE = re.compile(r"^[ae]l-")
"""Of Arabic names, which some write and others leave out: `Al-Jari`."""
_LONG = 5
"""Letters of a name, from which one that is wrong is seen to be."""
_DOUBLED = re.compile(r"(.)\1+")
_SPELLINGS = (
    frozenset("mohamed mohammed mohammad mohamad muhammad muhammed".split()),
    frozenset(("ahmed", "ahmad")),
    frozenset("hussein hussain husain hossain".split()),
    frozenset("yousef youssef yusuf yousuf".split()),
    frozenset(("khaled", "khalid")),
    frozenset(("sergei", "sergey")),
    frozenset("alexei alexey aleksei".split()),
    frozenset(("dmitry", "dmitri")),
)
"""First names that are one, in letters of another alphabet."""


def people_of(table: WordTable) -> list[Candidate]:
    """Return the people that an article names, each with all its mentions by a name."""
    people: list[Candidate] = []
    by_word: dict[str, list[Candidate]] = defaultdict(list)
    single: list[tuple[Phrase, str]] = []
    full: dict[int, str] = {}
    phrases = list(_names(table))
    ends = {last for _, last in phrases}
    for phrase in sorted([*phrases, *_mislabelled(table, phrases)]):
        name = without_titles(table.words(*phrase))
        words = words_in(name)
        full[phrase[0]] = name
        if len(words) < 2:
            if words and len(words[0]) > 1:
                single.append((phrase, name))
            continue
        near = dict.fromkeys(other for word in words for other in by_word[word])
        known = next(
            (other for other in near if _is_same(words, other) and not contradicts(table, phrase, other)), None
        )
        if known is None:
            known = Candidate(name, "person", [], set(), set())
            people.append(known)
        elif len(name) > len(known.name) and len(words) < 6:
            known.name = name
        _note_name(table, phrase, name, words, known, by_word)
        note(table, called_at(table, *phrase), known)
    bearers = {known: _surname(known.name) for known in people}
    for phrase, name in single:
        words = words_in(name)[:1]
        namesakes = _namesakes(words[0], by_word, bearers)
        called = [other for other in namesakes if not contradicts(table, phrase, other)]
        called = [other for other in called if _surname(other.name) == words[0]] or called
        before = [other for other in called if other.mentions[0][0] <= phrase[0]] or called
        if before:
            # Of 161 sources that a surname of several names 112 are who had it first, 59 who was mentioned last.
            known = min(before, key=lambda other: other.mentions[0])
            if len(before) > 1:
                known.shared.add(phrase)
        else:
            surname = "" if namesakes else _surname_behind(table, phrase, full, ends)
            name, words = (f"{name} {surname}", [*words, surname.lower()]) if surname else (name, words)
            known = Candidate(name, "person", [], set(), set())
            people.append(known)
        _note_name(table, phrase, name, words, known, by_word)
        known.mentions.sort()
    _keep_titles(table, people)
    _note_kin(table, people)
    return people


def _namesakes(word: str, by_word: Mapping[str, list[Candidate]], bearers: Mapping[Candidate, str]) -> list[Candidate]:
    """Return whose name one word may be: who has it, or a name that some write so.

    bearers (Mapping[Candidate, str]): People with their surnames.
    """
    bare = _ARTICLE.sub("", word)
    found = (
        by_word.get(word)
        or [other for other, surname in bearers.items() if _ARTICLE.sub("", surname) == bare]
        or [other for other, surname in bearers.items() if _misspelt(word, surname)]
    )
    if found or len(word) <= _LONG or usual_gender(word):
        return found
    return [other for other in bearers if any(_is_one_letter_off(word, own) for own in other.words)]


def _surname_behind(table: WordTable, phrase: Phrase, full: Mapping[int, str], ends: Collection[int]) -> str:
    """Return the surname that a first name shares with the name behind it: `Orr` of `Paul and Ann Orr`; may be empty.

    Of 13 such pairs in the articles at hand it is that of both in 12.

    full (Mapping[int, str]): The names that begin at words.
    ends (Collection[int]): Where names end: of a list of them the last is nobody's surname but its own.
    """
    first, last = phrase
    _, *more = full.get(last + 1, "").split() or [""]
    listed = first and table.lower[first - 1] in (",", "and") and first - 1 in ends
    if not more or table.lower[last] != "and" or listed:
        return ""
    return more[-1] if usual_gender(table.words(*phrase)) else ""


def _keep_titles(table: WordTable, people: Sequence[Candidate]) -> None:
    """Call those of whom only a surname is known, which others have too, by their titles: `Mr Orr` and `Mrs Orr`."""
    bearers = Counter(_surname(one.name) for one in people)
    for one in people:
        if len(words_in(one.name)) == 1 and bearers[_surname(one.name)] > 1:
            first, last = one.mentions[0]
            place = title_of(table, (first, last))
            if place is not None:
                one.name = " ".join(table.words(place, last).split())


def _note_kin(table: WordTable, people: Sequence[Candidate]) -> None:
    """Note who shares a surname, and what people may be called by that and by age: `his wife`, `the girl`."""
    bearers = Counter(_surname(one.name) for one in people)
    family = FAMILY.intersection(table.lower)
    for one in people:
        one.has_relatives = bearers[_surname(one.name)] > 1
        gender = _gender(one)
        nouns = family if one.has_relatives and gender else frozenset()
        one.kin = {noun for noun in nouns if SIGNS.get(noun) == gender}
        one.kin |= {noun for noun in _by_age(table, one) if SIGNS.get(noun) in (None, gender) or gender is None}


def _by_age(table: WordTable, one: Candidate) -> frozenset[str]:
    """Return what one may be called of whom the age is told: `Ada Moss, 9,`."""
    for _, last in one.mentions:
        age = table.lower[last + 1] if last + 2 < len(table) and table.lower[last] == "," else ""
        if age.isdecimal() and table.lower[last + 2] in (",", "."):
            return next((nouns for years, nouns in BY_AGE if int(age) < years), frozenset())
    return frozenset()


def _gender(one: Candidate) -> Gender | None:
    """Return what titles show, or else a first name lets expect."""
    shown = set(one.signs.values())
    return shown.pop() if len(shown) == 1 else usual_gender(one.name.split()[0])


def _names(table: WordTable) -> Iterator[Phrase]:
    """Yield where people's names stand, whole: with what a hyphen or a nickname in marks or brackets cut off."""
    people = {n for first, last, label in table.entities if label == "PERSON" for n in range(first, last)}
    double = {
        table.words(first, last).split()[-1].lower()
        for first, last, label in table.entities
        if label == "PERSON" and "-" in table.words(first, last)
    }
    end, title = 0, (-9, -9)
    for first, last, label in table.entities:
        if is_title(table, first, last):
            title = first, last
        if label != "PERSON" or last <= end or title == (first, last):
            continue
        if 0 <= first - title[1] <= 1 and all(word == "." for word in table.lower[title[1] : first]):
            first = title[0]  # `Cmdr. Nadia Moss`, which the entities have for two
        if first and table.lower[first - 1] == "(" and _PARTY.fullmatch(table.words(first, last)):
            continue
        if _is_dateline(table, first, last):
            continue
        first = max(first, end)
        last = bracket = next((n for n in range(first + 1, last) if table.lower[n] == "("), last)
        if last - first > 1 and table.lower[last - 1] in _NICKNAME_OPENS:
            last -= 1
        nickname = next((n for n in range(last, min(last + 4, len(table))) if table.lower[n] in _NICKNAME_CLOSES), None)
        opened = any(word in _NICKNAME_OPENS for word in table.lower[first : last + 1])
        if opened and nickname and nickname + 1 < len(table) and table.tags[nickname + 1] == "NNP":
            last = nickname + 2
        if bracket == last and _is_nickname(table, bracket, people):
            last = next((n for n in range(bracket + 4, len(table)) if n not in people), len(table))
            last = bracket = min(last, bracket + 3 + _LONGEST_NAME)
        while (
            bracket == last
            and last + 1 < len(table)
            and table.lower[last] == "-"
            and table.ends[last - 1] == table.starts[last]
            and table.ends[last] == table.starts[last + 1]
            and table.tags[last + 1] == "NNP"
            and (last - first > 1 or table.words(first, last + 2).lower() in double)
        ):
            last = bracket = last + 2
        end = last
        yield first, last


def is_title(table: WordTable, first: int, last: int) -> bool:
    """Whether an entity is nothing but a title: `Cmdr.`"""
    return all(word.rstrip(".") in ABBREVIATED for word in table.lower[first:last] if word != ".")


def _is_dateline(table: WordTable, first: int, last: int) -> bool:
    """Whether a name is the place that a paragraph begins with, in capitals before a dash: `ESKDALE — The bridge`."""
    begins = first == 0 or table.paragraph[first - 1] != table.paragraph[first]
    if (
        not begins
        or not table.words(first, last).isupper()
        or (last - first > 1 and usual_gender(table.words(first, first + 1)))
    ):
        return False
    end = min(len(table) - 1, last + _LONGEST_NAME + 1)
    dash = next((n for n in range(last, end) if table.lower[n] in _DASHES), None)
    if dash is None or (dash > last and table.lower[last] != ",") or table.ends[dash - 1] == table.starts[dash]:
        return False
    beside = table.paragraph[dash + 1] == table.paragraph[first]
    return beside and table.lower[dash + 1] not in _NICKNAME_OPENS  # `OSMAN BEY, 44 — “I have no roof.”`


def _is_nickname(table: WordTable, bracket: int, people: Collection[int]) -> bool:
    """Whether one word of a name stands in brackets, and the name goes on behind it: `Robert (Bob) Lind`."""
    nickname, closes, surname = range(bracket + 1, bracket + 4)
    return (
        surname < len(table)
        and table.lower[bracket] == "("
        and nickname in people
        and table.lower[closes] == ")"
        and surname in people
    )


def _mislabelled(table: WordTable, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield the names of people that the entities have for something else, where they have it in part.

    That is full names of people told of by surname alone, and surnames of those who were told of by their full names.
    """
    names = [words_in(table.words(*phrase)) for phrase in phrases]
    full: dict[str, int] = {}
    for (first, _), words in zip(phrases, names, strict=True):
        if len(words) > 1:
            full.setdefault(words[-1], first)
    alone = {words[0] for words in names if len(words) == 1} - full.keys()
    for first, last, label in table.entities:
        if label == "PERSON" or last - first > _LONGEST_NAME:
            continue
        words = words_in(table.words(first, last))
        if last - first == 1:
            if words and full.get(words[0], first) < first and table.deps[first] in _SPEAKS and len(words[0]) > 3:
                yield first, last
        elif words and words[-1] in alone and not any(word in NOUN_CLASSES or word in SMALL for word in words):
            yield first, last


def _note_name(
    table: WordTable,
    phrase: Phrase,
    name: str,
    words: Sequence[str],
    candidate: Candidate,
    by_word: Mapping[str, list[Candidate]],
) -> None:
    for word in set(words) - candidate.words:
        by_word[word].append(candidate)
    candidate.words |= set(words)
    candidate.forms.add(name.lower())
    candidate.mentions.append(phrase)
    note_title(table, phrase, candidate)


def _is_same(words: Sequence[str], known: Candidate) -> bool:
    """Whether a name is one that is known: not of a brother (`Mishal Al-Sabah`), nor of the father (`Cole Jr.`)."""
    own, other = set(words), known.words
    if (own ^ other) & _GENERATIONS and own & _GENERATIONS and other & _GENERATIONS:
        return False
    full = words_in(known.name)
    if own <= set(full) or set(full) <= own:
        return True
    common = (own & other) - SMALL_WORDS
    if len(common) >= 2 and words[0] in other and full[0] in own:
        return True
    return words[1:] == full[1:] and _is_one_spelt_twice(words[0], full[0])


def _surname(name: str) -> str:
    words = [word for word in words_in(name) if word not in _GENERATIONS]
    return words[-1] if words else ""


def _misspelt(word: str, surname: str) -> bool:
    """Whether a surname is another with one or two letters wrong."""
    return (
        min(len(word), len(surname)) >= _LONG
        and word[0] == surname[0]
        and 0 < Levenshtein.distance(word, surname, score_cutoff=2) <= (1 if len(word) < 7 else 2)
    )


def _is_one_letter_off(word: str, other: str) -> bool:
    """Whether a rare name is another with one letter wrong within: `Atikul`, `Atiqul`.

    So five people are one in 1,769 newspaper articles, and nobody who is not.
    """
    return (
        len(other) > _LONG
        and word[0] == other[0]
        and word[-1] == other[-1]
        and Levenshtein.distance(word, other, score_cutoff=1) == 1
        and usual_gender(other) is None
    )


def _is_one_spelt_twice(word: str, other: str) -> bool:
    """Whether two first names are one: `Hilary` and `Hillary`, `Mohamed` and `Muhammad`, not `Karen` and `Karin`.

    So are four in 1,769 newspaper articles.
    """
    one, two = (_DOUBLED.sub(r"\1", name) for name in (word, other))
    return one == two or any({word, other} <= spellings for spellings in _SPELLINGS)


def called_at(table: WordTable, first: int, last: int) -> list[int]:
    """Return the nouns that say what a mention is: before the name, in apposition to it, and said to be it."""
    head = table.head_of(first, last)
    begin = max(0, first - _CALLED_BEFORE)
    near = table.heads[begin : last + CALLED_AFTER]
    above = int(table.heads[head])
    # What is said of `Cr Ada Moss, a dairy farmer` hangs on the title.
    whole = (head, above) if table.deps[head] == "flat" and first - _BEFORE_NAME <= above < first else (head,)
    found = [
        n
        for n in (np.flatnonzero(np.isin(near, whole)) + begin).tolist()
        if table.deps[n] in NAMING and not first <= n < last and n not in whole
    ]
    if above != head and (
        table.deps[head] in _NAMING_ABOVE or (table.deps[head] == "nsubj" and table.tags[above] in ("NN", "NNS"))
    ):
        found.append(above)
    return [n for n in found if table.tags[n].startswith("N") and table.lower[n][0].isalpha()]
