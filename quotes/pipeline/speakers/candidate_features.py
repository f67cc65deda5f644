"""What speaks for each candidate being the speaker of something said, as numbers for the ranker.

Strings, places and turns of speech that coreference systems have long gone by (Clark and Manning 2016), and what is
particular to news: who spoke last, whose role it is, whose sentence it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from ...lexicon.noun_classes import NOUN_CLASSES
from ...lexicon.source_nouns import DOCUMENTS, PEOPLE, ROLES
from ..language.heads import Matrix
from ..word_table import WordTable
from .candidates import SMALL, Candidate, Phrase, initials
from .descriptions import CLUES, Description, clues, qualifiers
from .gender import SIGNS
from .mention_kinds import JOINED

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_FAR = 30
"""Sentences or paragraphs, for what was not mentioned yet."""
RECENT = 40
"""Candidates, and turns, that count as recent."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said, in words of the article.

    first, last (int): Its first word, and one past its last.
    mention (Phrase | None): Its source as it stands there.
    """

    first: int
    last: int
    mention: Phrase | None


@dataclass(frozen=True, slots=True)
class Scene:
    """An utterance with what is asked again and again of its mention.

    head (int | None): The word that heads the mention.
    head_word (str): The same in lower case, empty if there is none.
    description (Description): What the mention tells by itself.
    """

    table: WordTable
    said: Utterance
    mention: Phrase | None
    kind: str
    place: int
    phrase: str
    words: set[str]
    head: int | None
    head_word: str
    description: Description


@dataclass(frozen=True, slots=True)
class Turns:
    """Who spoke before.

    chosen (dict[int, list[int]]): How many turns ago each candidate spoke, the last first.
    he, she (dict[int, int]): How often each spoke as `he` and as `she`.
    called (dict[str, dict[frozenset[str], int]]): Who was meant last by each noun that heads a description, by what
        qualifies it: `the minister` is not `the former minister`.
    gap (float): Words since the utterance before, in fifties.
    """

    ago: dict[int, list[int]]
    he: dict[int, int]
    she: dict[int, int]
    called: dict[str, dict[frozenset[str], int]]
    gap: float
    same_paragraph: bool
    next_paragraph: bool
    unknown: bool


def turns_before(table: WordTable, utterances: Sequence[Utterance], n: int, chosen: Sequence[int]) -> Turns:
    """Return who spoke before utterance `n`; `chosen` are the candidates of those, -1 for nobody."""
    ago: dict[int, list[int]] = {}
    for back, candidate in enumerate(reversed(chosen[-RECENT:])):
        ago.setdefault(candidate, []).append(back)
    he: dict[int, int] = {}
    she: dict[int, int] = {}
    called: dict[str, dict[frozenset[str], int]] = {}
    for candidate, said in zip(chosen, utterances, strict=False):
        if said.mention:
            word = table.lower[table.head_of(*said.mention)]
            called.setdefault(word, {})[qualifiers(table, said.mention)] = candidate
            if word in ("he", "she"):
                spoke = he if word == "he" else she
                spoke[candidate] = spoke.get(candidate, 0) + 1
    if not n:
        return Turns(ago, he, she, called, 9.0, False, False, False)
    before, here = utterances[n - 1], utterances[n]
    return Turns(
        ago,
        he,
        she,
        called,
        (here.first - before.last) / 50,
        bool(table.paragraph[before.first] == table.paragraph[here.first]),
        bool(table.paragraph[here.first] - table.paragraph[before.last - 1] <= 1),
        bool(chosen and chosen[-1] < 0),
    )


def features(
    scene: Scene,
    candidate: Candidate,
    n: int,
    turns: Turns,
    *,
    rank: int,
    rank_of_people: int,
    last_word: Sequence[str],
    alike: Matrix | None,
) -> list[float]:
    """Return what speaks for a candidate, `FEATURES` numbers.

    n (int): Its place in the cast.
    rank, rank_of_people (int): How many of its kind were mentioned after it, and how many people, named or not.
    last_word (Sequence[str]): Of its name, if it has any.
    alike (Matrix | None): How alike each word's vector and that of the mention's head are.
    """
    return [
        *_likeness(scene, candidate, last_word),
        *_nearness(scene, candidate, rank),
        *(float(rank_of_people == 0), float(rank_of_people == 1), min(rank_of_people, 9) / 9),
        *_turn_taking(turns, n),
        *_agreement(scene, candidate),
        *_spoke_as(scene.kind, turns.he.get(n, 0), turns.she.get(n, 0)),
        *_called_before(turns.called.get(scene.head_word, {}), scene.description.qualifiers, n),
        *_meaning(alike, candidate),
        *clues(
            scene.description, candidate, own=candidate.kind == "description" and scene.mention in candidate.mentions
        ),
    ]


def last_apart(candidate: Candidate, place: int, mention: Phrase | None) -> int:
    """Return where a candidate is told of last before a place, of its `told`; the source itself does not count."""
    last = candidate.last_before(place)
    while last >= 0 and mention and _overlap(candidate.told[last], mention):
        last -= 1
    return last


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _likeness(scene: Scene, candidate: Candidate, last_word: Sequence[str]) -> list[float]:
    """By their words."""
    mention, words, table = scene.mention, scene.words, scene.table
    if mention is None:
        return [0.0] * (25 + 12)
    head = scene.head
    inside = [phrase for phrase in candidate.mentions_near(mention) if _overlap(phrase, mention)]
    heads = any(first <= head < last for first, last in inside) if head is not None else False
    joined = (
        head is not None
        and not heads
        and any(
            table.heads[word] == head and table.deps[word] in JOINED
            for first, last in inside
            for word in range(max(first, head + 1), last)
        )
    )
    own = candidate.words - SMALL
    head_word = table.lower[head] if head is not None else ""
    shared = len(words & own)
    return [
        float(candidate.kind == "description" and mention in candidate.mentions),
        float(heads),
        float(joined),
        float(bool(inside) and not heads and not joined),
        float(scene.phrase in candidate.forms),
        min(shared, 3) / 3,
        float(bool(words) and words <= own),
        float(bool(own) and own <= words),
        float(bool(last_word) and last_word[0] in words),
        float(head_word in own),
        float(head_word in candidate.near),
        len(words & candidate.near) / max(1, len(words)),
        float(len(scene.phrase) > 1 and scene.phrase.upper() == initials(candidate.name)),
        float(candidate.head is not None and table.lower[candidate.head] == head_word),
        min(len(words - own), 4) / 4,
        min(len(own - words), 4) / 4,
        shared / max(1, len(words | own)),
        len(words & (candidate.near | own)) / max(1, len(words)),
        float(len(own) > 1 and shared == 0 and len(words) > 0),
        *_by_head(head_word, apart=bool(inside) and not heads and not joined, own=mention in candidate.mentions),
        *_by_sort(head_word, words, candidate),
        *_beside(table, mention, candidate, inside),
    ]


def _by_sort(head: str, words: set[str], candidate: Candidate) -> list[float]:
    """By what it is called, and what sort of person or body that is."""
    sorts = NOUN_CLASSES.get(head, frozenset())
    return [
        float(head in candidate.roles),
        len(words & candidate.roles) / max(1, len(words)),
        float(bool(sorts & candidate.sorts)),
        float(bool(sorts and candidate.sorts) and not sorts & candidate.sorts),
        float(bool(sorts) and any(sorts & NOUN_CLASSES.get(word, frozenset()) for word in candidate.near)),
    ]


def _beside(table: WordTable, mention: Phrase, candidate: Candidate, inside: Sequence[Phrase]) -> list[float]:
    """By how its names stand in the mention or right beside it: `local archaeologist, Hocine Taoutaou`."""
    first, last = mention
    behind = bisect_left(candidate.starts, last)
    gap = candidate.starts[behind] - last if behind < len(candidate.starts) else 9
    before = behind - 1 - len(inside)
    since = first - candidate.mentions[before][1] if before >= 0 else 9
    possessive = any(end < last and table.lower[end] in POSSESSIVE for _, end in inside)
    after = any(begin > table.head_of(first, last) for begin, _ in inside)
    return [
        float(gap == 0),
        float(gap == 1 and table.lower[last] in (",", "(", "-", "–", "—")),
        float(since == 1 and table.lower[first - 1] in (",", "(", "-", "–", "—")),
        float(possessive),
        float(after),
        float(any(phrase in candidate.shared for phrase in inside)),
        float(bool(inside) and inside[0] == mention),
    ]


def _by_head(head: str, *, apart: bool, own: bool) -> list[float]:
    """By what heads the mention: a spokesman for somebody speaks for himself, somebody's letter for its writer.

    apart (bool): Whether the candidate is named in the mention, but not its head.
    own (bool): Whether the mention is one of the candidate's.
    """
    person, document = float(head in ROLES or head in PEOPLE), float(head in DOCUMENTS)
    return [person * apart, person * own, document * apart, document * own, person, document]


def _nearness(scene: Scene, candidate: Candidate, rank: int) -> list[float]:
    """By where it was mentioned."""
    table, place = scene.table, scene.place
    sentence, paragraph = table.sentence[place], table.paragraph[place]
    last = last_apart(candidate, place, scene.mention)
    told = last
    while told >= 0 and table.marked[candidate.told[told][0]]:
        told -= 1
    sentences_told = float(sentence - table.sentence[candidate.told[told][0]]) if told >= 0 else _FAR
    next_one = 0.0
    if last >= 0:
        first, end = candidate.told[last]
        sentences, paragraphs = float(sentence - table.sentence[first]), float(paragraph - table.paragraph[first])
        words = float(max(0, place - end))
        head = table.head_of(first, end)
        subject = float(table.is_subject(head))
        quoted = float(table.marked[first] > 0)
        object_ = float(table.deps[head] in ("obj", "obl", "nmod", "nmod:poss"))
    else:
        sentences = paragraphs = float(_FAR)
        words, subject, quoted, object_ = 500.0, 0.0, 0.0, 0.0
        end = scene.mention[1] if scene.mention else place
        after = bisect_left(candidate.starts, end)
        if after < len(candidate.starts):
            next_one = exp(-(candidate.starts[after] - end) / 40)
    return [
        log1p(sentences),
        log1p(sentences_told),
        log1p(paragraphs),
        log1p(words) / 5,
        float(sentences == 0),
        float(sentences == 1),
        float(paragraphs == 0),
        float(paragraphs == 1),
        subject,
        object_,
        quoted,
        float(sentences == 0) * subject,
        float(sentences == 1) * subject,
        float(last < 0),
        next_one,
        float(rank == 0),
        float(rank == 1),
        float(rank == 2),
        min(rank, 9) / 9,
        log1p(len(candidate.mentions)),
        float(candidate.mentions[0][0] < 30),
        float(candidate.mentions[0][0] <= place),
        float(len(candidate.words) > 1),
    ]


def _turn_taking(turns: Turns, n: int) -> list[float]:
    """By who spoke before."""
    ago = turns.ago.get(n, [])
    last = float(bool(ago) and ago[0] == 0)
    return [
        last,
        float(1 in ago[:2]),
        last * turns.same_paragraph,
        last * turns.next_paragraph,
        last * exp(-max(0.0, turns.gap)),
        log1p(len(ago)),
        float(bool(ago)),
        exp(-ago[0] / 3) if ago else 0.0,
        float(turns.unknown),
    ]


def _agreement(scene: Scene, candidate: Candidate) -> list[float]:
    """By gender and number."""
    signs, pronouns = list(candidate.signs.values()), list(candidate.pronouns.values())
    man, woman = (min(signs.count(gender), 2) / 2 for gender in ("man", "woman"))
    he, she = (pronouns.count(gender) / (len(pronouns) + 1) for gender in ("man", "woman"))
    kind = scene.kind
    shown = {SIGNS.get(word) for word in scene.words}
    men, women = float("man" in shown), float("woman" in shown)
    plural = float(candidate.head is not None and scene.table.tags[candidate.head] in ("NNS", "NNPS"))
    return [
        (kind == "he") * man,
        (kind == "he") * woman,
        (kind == "she") * man,
        (kind == "she") * woman,
        men * man,
        men * woman,
        women * man,
        women * woman,
        plural,
        (kind == "they") * plural,
        (kind == "he") * he,
        (kind == "he") * she,
        (kind == "she") * he,
        (kind == "she") * she,
        women * she + men * he,
        women * he + men * she,
    ]


def _spoke_as(kind: str, he: int, she: int) -> list[float]:
    """By what it was called where it spoke before."""
    return [
        (kind == "he") * float(he > 0),
        (kind == "he") * float(she > 0),
        (kind == "she") * float(he > 0),
        (kind == "she") * float(she > 0),
    ]


def _called_before(called: Mapping[frozenset[str], int], qualified: frozenset[str], n: int) -> list[float]:
    """By who was meant by the same noun before, and who by it with other words: the acting mayor is not the mayor."""
    meant = called.get(qualified, -1)
    otherwise = any(candidate == n for other, candidate in called.items() if other != qualified)
    return [float(meant == n), float(0 <= meant != n), float(otherwise)]


def _meaning(alike: Matrix | None, candidate: Candidate) -> list[float]:
    """By how alike the vectors of the mention's head and of its name, and of the words near its name, are."""
    if alike is None:
        return [0.0, 0.0]
    return [float(alike[candidate.named].max()), float(alike[candidate.beside].max(initial=-1.0))]


FEATURES = 37 + 23 + 3 + 9 + 16 + 4 + 3 + 2 + CLUES
