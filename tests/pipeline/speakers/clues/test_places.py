"""Where an article tells of a candidate."""

from __future__ import annotations

from word_tables import table, words

from quotes.pipeline.speakers.candidates import Candidate
from quotes.pipeline.speakers.clues.contents import Content
from quotes.pipeline.speakers.clues.descriptions import Description
from quotes.pipeline.speakers.clues.places import PLACES, places
from quotes.pipeline.speakers.clues.scene import Scene, Utterance


def test_the_subject_that_opened_the_paragraph_stands_out():
    story = "Cid came by train at noon that day. Dan saw Cid. “Yes”, he said. That is how Eve knew."
    text = f"Ada left on Monday with Bo.\n\n{story}\n"
    heads = {"Ada": "left", "Cid": "came", "Dan": "saw", "Eve": "knew", "Bo": "left"}
    made = table(text, heads=heads, deps=dict.fromkeys(("Ada", "Cid", "Dan", "Eve"), "nsubj"))
    first, last = words(made, "“Yes”")
    he = words(made, "he")
    scene = Scene(
        made, Utterance(first, last, he), he, "he", he[0], "he", {"he"}, he[0], "he", Description(),
        Content.of(made, first, last), [], [],
    )  # fmt: skip

    def numbers(name):
        at = [words(made, name)]
        return places(scene, Candidate(name, "person", at, {name.lower()}, set(), starts=[at[0][0]], told=at))

    found = {name: numbers(name) for name in ("Ada", "Bo", "Cid", "Dan", "Eve")}
    assert {len(one) for one in found.values()} == {PLACES}
    in_paragraph, opened_it, is_next = 0, 7, 14
    assert [name for name in found if found[name][in_paragraph]] == ["Cid", "Dan"]
    assert [name for name in found if found[name][opened_it]] == ["Cid"]
    assert [name for name in found if found[name][is_next]] == ["Eve"]
