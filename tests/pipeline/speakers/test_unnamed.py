"""Whom a story tells of without a name."""

from __future__ import annotations

import re

import pytest
from word_tables import table

from quotes.pipeline.speakers.unnamed import unnamed


def test_what_belongs_to_several_may_be_meant():
    made = table(
        "The inspectors’ report came.",
        heads={"The": "inspectors", "inspectors": "report", "’": "inspectors"},
        deps={"report": "nsubj"},
        tags={"inspectors": "NNS", "’": "POS"},
    )
    assert [made.words(*phrase) for phrase in unnamed(made)] == ["The inspectors’ report"]


@pytest.mark.parametrize(
    ("text", "noun", "tag", "told"),
    [
        ("A violinist spoke.", "violinist", "NN", "A violinist"),
        ("One welder with a beard spoke.", "welder", "NN", "One welder with a beard"),
        ("The report came.", "report", "NN", "The report"),
        ("Doctors left.", "Doctors", "NNS", "Doctors"),
        ("A tubaist who ran spoke.", "tubaist", "NN", "A tubaist"),
        ("His mother - in - law spoke.", "mother", "NN", None),
        ("The harbour froze.", "harbour", "NN", None),
    ],
)
def test_whom_the_story_tells_of_without_a_name_may_be_meant(text, noun, tag, told):
    heads = {word: noun for word in re.findall(r"[\w-]+", text) if word not in (noun, "spoke")}
    heads |= {"a": "beard", "with": "beard"} if "beard" in text else {"who": "ran"} if "who" in text else {}
    made = table(text, heads=heads, deps={noun: "nsubj"}, tags={noun: tag})
    found = [made.words(*phrase) for phrase in unnamed(made)]
    assert found == ([told] if told else [])
