"""What a site's robots.txt says, and how it is bounded: it comes from strangers. `fetching` obeys it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from protego import Protego

LARGEST = 500_000
"""Bytes of a robots.txt that are read, as RFC 9309 wants at least."""
MOST_WILDCARDS = 8
"""In a rule of a robots.txt; real ones have up to four. Matching may take time that doubles with each."""
LONGEST_DELAY = 30.0
"""Seconds between requests that a robots.txt may ask for."""
ASKED_AGAIN = 300.0
"""Seconds after which a robots.txt that could not be had is asked for again."""

_WILDCARDS = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site's robots.txt says, or why it is not known; then nothing is fetched until `until`."""

    rules: Protego | None = None
    delay: float = 0.0
    trouble: str | None = None
    until: float = inf


def parsed(data: bytes, name: str) -> Robots:
    """Return what a robots.txt says to somebody of this name."""
    rules = Protego.parse(_bounded(data.decode("utf-8-sig", "replace")))
    delay = rules.crawl_delay(name) or 0.0
    return Robots(rules, delay=min(delay, LONGEST_DELAY) if delay > 0 else 0.0)


def _bounded(robots: str) -> str:
    """A robots.txt in which no rule has more wildcards than can be matched; what it forbids then is more, not less."""
    return "\n".join(filter(None, map(_bounded_rule, robots.splitlines())))


def _bounded_rule(line: str) -> str:
    line = _WILDCARDS.sub("*", line)
    if line.count("*") <= MOST_WILDCARDS:
        return line
    if line.lstrip().lower().startswith("allow"):
        return ""
    return "*".join(line.split("*")[:MOST_WILDCARDS])
