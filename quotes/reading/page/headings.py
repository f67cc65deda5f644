"""Headlines and names of outlets, as pages show them: what is part of them, and what only stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...outlets.directory import by_name, letters
from .linked_data import clean
from .pruning import names

SEPARATOR = re.compile(r"\s+[|\-–—•·»:]+\s+|\s*\|\s*|:\s+")
_BELOW = re.compile(r"comment|sidebar|related|footer|latest|popular|trending|recommend", re.I)
_WORD = re.compile(r"\w+")
_OVER_HEADING = frozenset("kicker label section category badge overline eyebrow sr screen hidden icon".split())
_LONGEST_NAME = 60
_MOST_WORDS_OF_NAME = 7
_SLOGAN = re.compile(
    r"^(?:latest|breaking|get|read|your|all|home(?:page)?|welcome|news from|the latest|top)\b(?!\s+(?:times|post))"
    r"|[!?;]"
    r"|\b(?:latest|breaking) news\b|,.*\band\b.*\bnews\b|\bnews,",
    re.I,
)
LONGEST_SAID = 1000  # characters of a title or a meta tag


def without_outlet(title: str, names: set[str], headings: Sequence[str]) -> str:
    """Return a title without the outlet and the section that stand behind it, or before it."""
    while True:
        cuts = list(SEPARATOR.finditer(title))
        for heading in headings:
            if any(title[: cut.start()] == heading and cut.group().strip() != ":" for cut in cuts):
                return heading
        if cuts and is_outlet(title[cuts[-1].end() :], names):
            title = title[: cuts[-1].start()]
        elif cuts and is_outlet(title[: cuts[0].start()], names):
            title = title[cuts[0].end() :]
        else:
            return title.strip()


def heading_text(heading: Any) -> str:
    """Return the text of a heading without the section that stands over it, and what only screen readers say."""
    if is_aside(heading):
        return ""
    over = [part for part in heading.iter("span", "a", "div", "small") if not _OVER_HEADING.isdisjoint(names(part))]
    text = heading.text_content()
    for part in over:
        text = text.replace(part.text_content(), " ", 1)
    return clean((text if text.strip() else heading.text_content())[:LONGEST_SAID])


def are_alike(title: str, other: str) -> bool:
    """Return whether two titles share most words of the shorter one."""
    one, two = ({word.casefold() for word in _WORD.findall(text)} for text in (title, other))
    shared = len(one & two)
    return shared == len(one) == len(two) or (shared > 1 and shared >= 0.5 * min(len(one), len(two)))


def is_outlet(text: str, names: set[str]) -> bool:
    """Return whether a part of a title is an outlet; `names` are those of the page's own, in letters."""
    return (
        letters(text) in names
        or by_name(text) is not None
        or bool(re.fullmatch(r"(?:www\.)?[\w-]+\.(?:\w{2,4}\.)?\w{2,7}", text))
    )


def outlet_name(text: str, site: str | None) -> str | None:
    """Return the name in what a page calls its house; None where that is an address, a slogan or nothing."""
    labels = {letters(label) for label in (site or "").split(".")}
    parts = SEPARATOR.split(text)
    name = next((part for part in parts if letters(part) in labels), parts[0]).strip()
    if not 1 < len(name) < _LONGEST_NAME or len(name.split()) > _MOST_WORDS_OF_NAME or _SLOGAN.search(name):
        return None
    return (
        None if name.startswith(("http", "//")) or re.fullmatch(r"(?:www\.)?(?:[\w-]+\.)+[a-z]{2,}/?", name) else name
    )


def is_aside(element: Any) -> bool:
    """Return whether an element stands in what goes with other stories, or below this one."""
    return any(
        above.tag in ("aside", "nav", "footer") or _BELOW.search(f"{above.get('class')} {above.get('id')}")
        for above in element.iterancestors()
        if above.tag not in ("body", "html", "main", "article")
    )
