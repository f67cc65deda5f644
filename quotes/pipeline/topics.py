"""Whom and what an article is about: the people, organisations and places that it names most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from ..lexicon.plain_letters import plain_name
from ..outlets.directory import by_name
from ..records import Article
from .speakers.candidates import Candidate, without_article
from .speakers.cast import named_of
from .word_table import WordTable

MOST = 8
"""Topics an article."""
_KINDS = frozenset({"person", "organization", "place"})
_LEAD = 60
"""Words of the story, from its beginning, in which a name counts for more: headline and first paragraph."""
_IN_HEADLINE, _IN_LEAD = 4.0, 2.0
"""How many mentions further down the first mention in headline or lead is worth."""
_LEAST = 2.0
"""A name that stands but once, further down, is not what an article is about."""
_LONGEST = 80
"""Characters of a name; longer ones are lists and lines that were taken for one."""


def topics(doc: Doc) -> tuple[str, ...]:
    """Return the names of those whom a story is about, as it has them in full, the most mentioned first.

    Who printed or wrote it, outlets and agencies that it cites, and what stands only outside the story are left out.
    """
    if not doc.ents:
        return ()
    article: Article | None = doc._.article
    table = WordTable.of(doc)
    story = _story(table, article)
    headline = table.covered(article.headline) if article and article.headline else (0, 0)
    lead = int(np.flatnonzero(story)[:_LEAD].max(initial=-1))
    scored: dict[str, tuple[float, int, str]] = {}
    for one in named_of(table):
        name = _name(one)
        if one.kind not in _KINDS or not name or len(name) > _LONGEST:
            continue
        places = [first for first, _ in one.mentions if story[first]]
        in_headline = any(headline[0] <= place < headline[1] for place in places)
        if not places or _only_prints(name, article, in_headline):
            continue
        in_lead = [place for place in places if place <= lead and not headline[0] <= place < headline[1]]
        if article and article.place and plain_name(article.place) == plain_name(name):
            in_lead = in_lead[1:]  # the dateline says where it was written
            places = places[1:]
        score = len(places) + _IN_HEADLINE * in_headline + _IN_LEAD * bool(in_lead)
        key = plain_name(name)
        known = scored.get(key, (0.0, one.mentions[0][0], name))
        scored[key] = known[0] + score, known[1], known[2]
    about = sorted((one for one in scored.values() if one[0] >= _LEAST), key=lambda one: (-one[0], one[1]))
    return tuple(name for _, _, name in about)[:MOST]


def _story(table: WordTable, article: Article | None) -> NDArray[np.bool_]:
    """Return which words stand in the story."""
    story = np.ones(len(table), bool)
    for span in article.furniture if article else ():
        story[slice(*table.covered(span))] = False
    return story


def _name(candidate: Candidate) -> str:
    """Return a name on one line, without its article, the ending of a possessive, and signs round it."""
    return without_article(candidate.name).strip(" ,.;:-–—\"“”‘’'()")


def _only_prints(name: str, article: Article | None, in_headline: bool) -> bool:
    """Return whether a name is that of who printed, carried or wrote an article, or of an outlet that it cites."""
    plain = plain_name(name)
    if article and article.byline and f" {plain} " in f" {plain_name(article.byline)} ":
        return True
    own = {plain_name(one.name) for one in (article.outlet, article.agency) if one} if article else set()
    return plain in own or (by_name(name) is not None and not in_headline)
