"""Which pronoun a first name goes with, where nothing else in the article tells."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def pronoun_of(name: str) -> str | None:
    """Return `he` or `she` for a full name that begins with a first name mostly borne by one; else None.

    The list is ours, from general knowledge; names that many men and many women bear are not on it.
    """
    first, _, rest = name.partition(" ")
    return _first_names().get(first) if rest else None


@cache
def _first_names() -> dict[str, str]:
    text = files("quotes.pipeline").joinpath("first_names.csv").read_text(encoding="utf-8")
    return {row["name"]: row["pronoun"] for row in csv.DictReader(text.splitlines())}
