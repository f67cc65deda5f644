"""What an article is about: its key terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import StatisticsError

from spacy.tokens import Doc

MOST = 8
"""Topics an article."""
_CANDIDATES = 30
_NO_TOPIC = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|year|month|week|day|time|today|yesterday|tomorrow|hour|minute|people|person|man|woman|thing|mr.|ms.|mrs."
    r"|way|part|number|one|lot|case|place|mr|mrs|ms|dr|percent|per cent|total|story|news|article|report|photo|image",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\w'’.&-]+(?: [\w'’.&-]+)*")


def topics(doc: Doc) -> tuple[str, ...]:
    """Return the key terms of a story, the most telling first, their words as lemmas.

    By YAKE (Campos and others 2020) as textacy has it: of its algorithms that take less than 10 ms an article
    (textrank, yake) the one whose terms are short enough to be shared by articles.
    What stands only outside the story, dates, and parts of a longer term are left out.
    """
    from textacy.extract.keyterms import yake

    if len(doc) < 2:
        return ()
    article = doc._.article
    story = list(article.text)
    for start, end in article.furniture:
        story[start:end] = " " * (end - start)
    lowered = "".join(story).casefold()
    nouns = {token.lemma_.casefold() for token in doc if token.pos_ in ("NOUN", "PROPN")}
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for token in doc:
        if token.pos_ == "PROPN":
            written[token.lemma_][token.text] += 1  # "Securities", not "Securitie"
    chosen: list[str] = []
    try:
        found = yake(doc, normalize="lemma", ngrams=(1, 2, 3), topn=_CANDIDATES)
    except StatisticsError:  # there are not two words to compare
        return ()
    for term, _ in found:
        words = term.casefold().split()
        if words[-1] not in nouns or any(map(_NO_TOPIC.fullmatch, words)) or not _WORDS.fullmatch(term):
            continue
        if len(term) < 3 or not all(word[:4] in lowered for word in words):
            continue
        named = " ".join(written[word].most_common(1)[0][0] if word in written else word for word in term.split())
        like = [n for n, other in enumerate(chosen) if _are_one(words, other.casefold().split())]
        if not like:
            chosen.append(named)
        elif named[0].isupper() and all(set(chosen[n].split()) < set(named.split()) for n in like):
            chosen = [named if n == like[0] else other for n, other in enumerate(chosen) if n not in like[1:]]
    return tuple(dict.fromkeys(chosen))[:MOST]


def _are_one(words: list[str], other: list[str]) -> bool:
    """Whether a term is part of another, or overlaps it by more than a word."""
    common = len(set(words) & set(other))
    return common == min(len(words), len(other)) or common > 1
