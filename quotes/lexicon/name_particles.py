"""The small words within names of people: `de`, `bin`, `van der`."""

from __future__ import annotations

PARTICLES = frozenset(
    "abu al bin bint ibn da das de del della den der di do dos du el la las le los ten ter ul van von".split()
)
"""Some write them and others leave them out."""
SMALL_WORDS = PARTICLES | frozenset("and e of st the with y".split())
"""In lines of names, and between two parts of a name."""
