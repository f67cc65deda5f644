"""What speaks for each candidate being the speaker of something said, as numbers for the ranker.

Strings, places and turns of speech that coreference systems have long gone by (Clark and Manning 2016), and what is
particular to news: who spoke last, whose role it is, whose sentence it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.heads import Matrix
from ..candidates import Candidate
from ..gender import SIGNS
from .contents import CONTENT_CLUES, content_clues, is_told
from .descriptions import CLUES, clues
from .places import NEARNESS, PLACES, nearness, places
from .scene import Scene
from .turn_taking import COURSE, NAMED, TURN_TAKING, Named, Turns, called_before, named, spoke_as, turn_taking
from .word_likeness import LIKENESS, likeness, meaning


def features(
    scene: Scene,
    candidate: Candidate,
    n: int,
    turns: Turns,
    around: Named,
    *,
    rank: int,
    rank_of_people: int,
    last_word: Sequence[str],
    alike: Matrix | None,
) -> list[float]:
    """Return what speaks for a candidate, `OWN` numbers.

    n (int): Its place in the cast.
    rank, rank_of_people (int): How many of its kind were mentioned after it, and how many people, named or not.
    last_word (Sequence[str]): Of its name, if it has any.
    alike (Matrix | None): How alike the vectors of the words of candidates and that of the mention's head are.
    """
    return [
        *likeness(scene, candidate, last_word),
        *nearness(scene, candidate, rank),
        *(float(rank_of_people == 0), float(rank_of_people == 1), min(rank_of_people, 9) / 9),
        *turn_taking(turns, n),
        *spoke_as(scene.kind, turns.he.get(n, 0), turns.she.get(n, 0)),
        *called_before(turns.called.get(scene.head_word, {}), scene.description.qualifiers, n),
        *named(around, n),
        *_agreement(scene, candidate),
        *meaning(alike, candidate),
        *clues(
            scene.description, candidate, own=candidate.kind == "description" and scene.mention in candidate.mentions
        ),
        *content_clues(scene.content, candidate, scene.mention),
        *(float(is_told(candidate, scene.told)), float(is_told(candidate, scene.told_before))),
        *places(scene, candidate),
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


OWN = LIKENESS + NEARNESS + 3 + TURN_TAKING + NAMED + 16 + 2 + CLUES + CONTENT_CLUES + 2 + PLACES
FEATURES = OWN + 2 + COURSE
