"""Gender as the text shows it: by titles, nouns and pronouns, never by a first name.

A first name helps to tell whom a title or a pronoun does not mean; what a speaker's gender is, it never says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from ...lexicon.first_names import usual_gender
from ...records import Gender
from ..word_table import WordTable
from .candidates import Candidate, Phrase
from .mention_kinds import is_body, is_person

_SIGNS: dict[Gender, str] = {
    "man": """mr sir lord king prince emperor sultan sheikh father brother husband son uncle nephew grandfather
        grandson stepfather widower boyfriend man men boy gentleman spokesman businessman congressman policeman
        lad bloke stepson grandpa grandad fiancé duke godfather bridegroom assemblyman
        fisherman salesman statesman sportsman anchorman cameraman monk imam dad actor chairman priest""",
    "woman": """mrs ms miss dame lady queen princess empress sheikha mother sister wife daughter aunt niece
        grandmother granddaughter stepmother widow girlfriend woman women girl spokeswoman businesswoman congresswoman
        policewoman saleswoman stateswoman sportswoman anchorwoman chairwoman actress nun mum mom waitress hostess
        heroine housewife landlady headmistress duchess bride lass fiancée fiancee stepdaughter grandma gran granny
        godmother ballerina assemblywoman""",
}
SIGNS = {word: gender for gender, words in _SIGNS.items() for word in words.split()}
_LOOSE = frozenset({"actor", "chairman", "priest", "men", "women"})
"""Said of either, or of several: they help to tell whom a pronoun means, and show nothing of a speaker."""
_TITLES = frozenset("mr sir lord mrs ms miss dame lady king queen prince princess emperor empress sultan".split())
"""That stand before a name; elsewhere in it they are names (`Billie Jean King`)."""
PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "man"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "woman"),
}  # fmt: skip
_OBJECTS = frozenset({"obj", "iobj"})
_NEAR = 12
"""Words from a subject to its verb."""
_MOST_WORDS = 4
"""That are told of a speaker."""
_SURE = 4
"""Pronouns for one that speaks against it: somebody else may be meant."""


def note_title(table: WordTable, phrase: Phrase, candidate: Candidate) -> None:
    """Note the title that a name has, if any: `Mrs`."""
    place = title_of(table, phrase)
    if place is not None:
        note(table, [place], candidate)


def title_of(table: WordTable, phrase: Phrase) -> int | None:
    """Return the place of a title that is the first word of a name, or the one before it."""
    first, last = phrase
    if last - first > 1 and table.lower[first].rstrip(".") in _TITLES:
        return first
    return first - 1 if first and table.lower[first - 1].rstrip(".") in _TITLES else None


def note(table: WordTable, places: Iterable[int], candidate: Candidate) -> None:
    """Note which words, that name somebody, show a gender."""
    for place in places:
        gender = SIGNS.get(table.lower[place].rstrip("."))
        if gender:
            candidate.signs[place] = gender


def contradicts(table: WordTable, phrase: Phrase, candidate: Candidate) -> bool:
    """Whether a title before a name says that this is another person: `Mrs Orr`, where Mr or Paul Orr was told of."""
    place = title_of(table, phrase)
    if place is None:
        return False
    word = table.lower[place].rstrip(".")
    signs = list(candidate.signs.values())
    return 2 * signs.count(SIGNS[word]) < len(signs) if signs else is_unlike(candidate.name, SIGNS[word])


def can_be(candidate: Candidate, gender: Gender) -> bool:
    """Whether `he` or `she` may mean a candidate: no description of the other gender, no first name of it.

    Unless the text shows it: `Mr` before the name, `he` in a sentence with it. Of 3,728 `he` and `she` in the annotated
    articles 2,443 mean somebody with a first name that tells, five somebody with one of the other gender; of 123 who
    have but one name, and that a first name, one.
    """
    shown = set(candidate.signs.values())
    if candidate.kind == "description":
        return shown <= {gender}
    if candidate.kind != "person":
        return True
    usual = usual_gender(candidate.name.partition(" ")[0])
    return gender in shown | candidate.pronouns_beside or usual in (None, gender)


def is_surely_person(candidate: Candidate) -> bool:
    """Whether a title or first name says that a candidate is a person, and no body: not `the retailer John Lewis`."""
    first_name, _, rest = candidate.name.partition(" ")
    by_name = bool(rest) and usual_gender(first_name) is not None and not any(map(is_body, candidate.roles))
    return candidate.kind == "person" and (bool(candidate.signs) or by_name)


def is_unlike(name: str, gender: Gender) -> bool:
    """Whether a full name begins with a first name that hardly anybody of a gender has."""
    first_name, _, rest = name.partition(" ")
    return bool(rest) and usual_gender(first_name) not in (None, gender)


def note_pronouns(table: WordTable, cast: Sequence[Candidate]) -> None:
    """Note which `he` and `she` of the story can mean but one: nobody else is told of there and a sentence before."""
    people = sorted(
        (first, n)
        for n, candidate in enumerate(cast)
        if candidate.kind == "person" or (candidate.head is not None and is_person(table.lower[candidate.head]))
        for first, _ in candidate.mentions
        if not table.marked[first]
    )
    places = [first for first, _ in people]
    owners = {word: n for n, one in enumerate(cast) for phrase in one.mentions for word in range(*phrase)}
    for word, lower in enumerate(table.lower):
        if lower not in PRONOUNS or table.marked[word] or _is_of_other(table, word):
            continue
        named: set[int] = set()
        last = bisect_left(places, word) - 1
        for first, n in (people[place] for place in range(last, -1, -1)):
            apart = table.sentence[word] - table.sentence[first], table.paragraph[word] - table.paragraph[first]
            if max(apart) > 1:
                break
            named.add(n)
            if len(named) > 1:
                break
        if len(named) == 1 and not _is_done_by(table, word, owners, *named):
            candidate = cast[named.pop()]
            candidate.pronouns[word] = PRONOUNS[lower]
            if table.sentence[places[last]] == table.sentence[word]:
                candidate.pronouns_beside.add(PRONOUNS[lower])


def _is_of_other(table: WordTable, word: int) -> bool:
    """Whether a pronoun belongs to a noun that stands for somebody else: `his` of `Ann Moss, his wife`."""
    noun = table.lower[table.heads[word]]
    return word < table.heads[word] and is_person(noun)


def _is_done_by(table: WordTable, word: int, owners: Mapping[int, int], n: int) -> bool:
    """Whether a pronoun is the object of what somebody does, and so is somebody else: `her` of `Bo Lind thanked her`.

    owners (Mapping[int, int]): The candidates whose names words are.
    """
    if table.deps[word] not in _OBJECTS or table.lower[word].endswith("self"):
        return False
    verb = int(table.heads[word])
    near = range(max(0, verb - _NEAR), verb)
    return any(table.heads[at] == verb and table.is_subject(at) and owners.get(at) == n for at in near)


def gender_of(
    table: WordTable, candidate: Candidate, spoke_as: Collection[int], reported: Collection[int] = ()
) -> tuple[Gender | None, tuple[str, ...]]:
    """Return what an article shows of somebody, and the words that show it: `("woman", ("Mrs", "she"))`.

    spoke_as (Collection[int]): Places of the pronouns by which it speaks.
    reported (Collection[int]): Places of words that somebody said, whose pronouns may be of people not named near by.
    """
    if candidate.head is not None and table.tags[candidate.head] in ("NNS", "NNPS"):
        return None, ()  # several people
    signs = {place: gender for place, gender in candidate.signs.items() if table.lower[place] not in _LOOSE}
    pronouns = {place: gender for place, gender in candidate.pronouns.items() if place not in reported}
    pronouns |= {place: PRONOUNS[table.lower[place]] for place in spoke_as if table.lower[place] in PRONOUNS}
    by_nouns = set(signs.values())
    if len(by_nouns) > 1:
        return None, ()
    men = list(pronouns.values()).count("man")
    women = len(pronouns) - men
    most, least = max(men, women), min(men, women)
    by_pronouns: Gender | None = None if most <= _SURE * least else "man" if men > women else "woman"
    gender = by_nouns.pop() if by_nouns else by_pronouns
    if gender is None or (signs and most and by_pronouns != gender):
        return None, ()
    shown = [place for place in (*sorted(signs), *sorted(pronouns)) if (signs | pronouns)[place] == gender]
    words = dict.fromkeys(_shown(table, place) for place in shown)
    return gender, tuple(islice(words, _MOST_WORDS))


def _shown(table: WordTable, place: int) -> str:
    """Return a word that shows a gender: in lower case, or it would be another at the start of a sentence."""
    lower = table.lower[place]
    if lower in PRONOUNS:
        return lower
    begin = place - 1 if place and table.lower[place - 1] in ("his", "her", "their", "my") else place
    return table.words(begin, place + 1)
