"""What is said of who says it."""

from __future__ import annotations

import pytest
from word_tables import table, words

from quotes.pipeline.speakers.candidates import Candidate
from quotes.pipeline.speakers.clues.contents import CONTENT_CLUES, Content, content_clues, is_told, told_to


def candidate(made, name, kind="person", **signs):
    place = words(made, name)
    return Candidate(name, kind, [place], set(name.lower().split()), set(), starts=[place[0]], **signs)


def content(made, text):
    return Content.of(made, *words(made, text))


def test_whom_a_content_names_is_told_apart():
    made = table("Moss met Lind. The mayor said Moss was late.")
    said = Content.of(made, 7, 10)
    moss = Candidate("Moss", "person", [(0, 1), (7, 8)], {"moss"}, set(), starts=[0, 7])
    lind = candidate(made, "Lind")
    about, other = (content_clues(said, one, (4, 6)) for one in (moss, lind))
    assert len(about) == CONTENT_CLUES
    assert (about[0], other[0]) == (1, 0)
    assert content_clues(said, moss, (7, 8))[0] == 0, "the source within what it says is not what is said"


@pytest.mark.parametrize(("text", "pronoun"), [("that by then she left", "she"), ("that the ferry sank", "")])
def test_a_reported_clause_begins_with_who_it_is_about(text, pronoun):
    assert content(table(f"The mayor said {text}."), text).begins == pronoun


def test_a_pronoun_that_begins_a_clause_speaks_for_its_gender():
    said = content(table("The mayor said she left."), "she left")
    woman = Candidate("Moss", "person", [(0, 1)], {"moss"}, set(), starts=[0], signs={0: "woman"})
    man = Candidate("Lind", "person", [(0, 1)], {"lind"}, set(), starts=[0], signs={0: "man"})
    assert content_clues(said, woman, None)[4:6] == [1, 0]
    assert content_clues(said, man, None)[4:6] == [0, 1]


def test_only_in_quotation_marks_somebody_speaks_of_himself():
    assert content(table("He said: “I lost my boat”."), "“I lost my boat”").singular
    assert not content(table("He said I lost my boat."), "I lost my boat").singular
    assert content(table("He said: “We lost our boat”."), "“We lost our boat”").plural


def test_whoever_is_told_is_known():
    heads = {"She": "told", "Lind": "told"}
    made = table("She told Lind so.", heads=heads, deps={"She": "nsubj", "Lind": "obj"})
    told = told_to(made, words(made, "She"))
    assert is_told(candidate(made, "Lind"), told)
    assert not is_told(candidate(made, "She"), told)
    assert told_to(made, None) == []
