"""Names of people that the network took for none, or cut."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.pipeline.language.ner import joined, names_again
from quotes.pipeline.language.words import words_of

PERSON, ORG = 0, 1


def again(blank, text, proper, *found):
    """The people in a text, of whom the network `found` some (words, kind)."""
    words = words_of(blank.make_doc(text))
    texts = [text[begin:end] for begin, end in zip(words.begins, words.ends, strict=True)]
    places = []
    for name, kind in found:
        parts = name.split()
        first = next(n for n in range(len(texts)) if texts[n : n + len(parts)] == parts)
        places.append((first, first + len(parts) - 1, kind))
    is_proper = np.array([one in proper.split() for one in texts])
    return [
        " ".join(texts[first : last + 1])
        for first, last, kind in names_again(words, is_proper, places, PERSON)
        if kind == PERSON
    ]


@pytest.mark.parametrize(
    ("text", "proper", "found", "people"),
    [
        ("Moss left before Ada Moss spoke.", "Ada Moss", ("Moss", PERSON), ["Moss", "Ada Moss"]),
        ("Moss saw Majority Leader Ada Moss.", "Majority Leader Ada Moss", ("Moss", PERSON), ["Moss", "Ada Moss"]),
        ("They praised Ada Moss at length.", "Ada Moss", ("Ada", PERSON), ["Ada Moss"]),
        ("Moss saw the Minister of Tourism Moss there.", "Minister Tourism Moss", ("Moss", PERSON), ["Moss"]),
        ("They praised Senator Moss at length.", "Senator Moss", ("Moss", PERSON), ["Moss"]),
        ("Bo Lind saw the Moss Council there.", "Bo Lind Moss Council", ("Bo Lind", PERSON), ["Bo Lind"]),
        ("Moss was the fund of Ada Moss itself.", "Ada Moss", ("Moss", ORG), []),
    ],
)  # fmt: skip
def test_a_name_that_is_seen_elsewhere_is_whole(blank, text, proper, found, people):
    assert again(blank, text, proper, found) == people


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("Per-Olof Lind left.", [(0, 0, PERSON), (2, 3, PERSON)], ["Per-Olof Lind"]),
        ("Moss-Lind talks failed.", [(0, 0, PERSON), (2, 2, PERSON)], ["Moss", "Lind"]),
        ("Ada Moss-Bo Lind talks failed.", [(0, 1, PERSON), (3, 4, PERSON)], ["Ada Moss", "Bo Lind"]),
        ("Ana Cortés left.", [(0, 0, PERSON), (1, 1, PERSON)], ["Ana Cortés"]),
        ("Ada Moss - Bo Lind left.", [(0, 1, PERSON), (3, 4, PERSON)], ["Ada Moss", "Bo Lind"]),
    ],
)  # fmt: skip
def test_a_hyphen_within_a_name_parts_nothing(blank, text, found, names):
    words = words_of(blank.make_doc(text))
    places = joined(found, words, PERSON)
    assert [text[words.begins[first] : words.ends[last]] for first, last, _ in places] == names
