"""What a description tells of who is meant."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.candidates import Candidate
from quotes.pipeline.speakers.clues.descriptions import CLUES, NATION, TRADE, Description, clues, qualifiers


def described(text, source, head):
    made = table(text)
    at = words(made, head)[0] if text.count(head) == 1 else [n for n, w in enumerate(made.lower) if w == head][-1]
    places = [n for n, word in enumerate(made.lower) if word == head]
    return Description.of(made, words(made, source), at, places)


def person(*near, relatives=False):
    made = Candidate("Ada Moss", "person", [(0, 2)], {"ada", "moss"}, set(), near=set(near), has_relatives=relatives)
    made.stems, made.nations = {word[:TRADE] for word in near}, {word[:NATION] for word in near}
    return made


def test_what_was_told_of_before_as_new_is_taken_up():
    text = "A judge dismissed the jury.\n\nIt rained.\n\nLater the judge spoke."
    found = described(text, "the judge", "judge")
    assert (found.told, found.told_as_new, found.told_near) == (True, True, False)
    assert not described("Later the judge spoke.", "the judge", "judge").told


@pytest.mark.parametrize(
    ("source", "head", "near"),
    [
        ("the former minister", "minister", "resigned"),
        ("the Ugandan driver", "driver", "uganda"),
        ("the 39 - year - old driver", "driver", "39"),
        ("the researchers", "researchers", "research"),
    ],
)
def test_a_description_speaks_for_whom_the_article_tells_the_same_of(source, head, near):
    found = described(f"Then {source} spoke.", source, head)
    fits, other = (clues(found, person(word), own=False) for word in (near, "harbour"))
    assert len(fits) == CLUES
    assert sum(fits) > sum(other)


def test_the_mayor_of_new_york_is_no_new_mayor():
    made = table("The New York mayor spoke.", [("New York", "LOC")])
    assert qualifiers(made, (0, 4)) == set()
    assert qualifiers(table("The new mayor spoke."), (0, 3)) == {"new"}


def test_kin_are_mostly_of_one_surname():
    found = described("Then his sister spoke.", "his sister", "sister")
    relative, other = person(relatives=True), person()
    relative.kin = {"sister"}
    assert sum(clues(found, relative, own=False)) > 1 + sum(clues(found, other, own=False))
