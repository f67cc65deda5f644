"""Who carried the words, and whom the speaker leans on."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.provenance import Carriers, citing, same_outlet


def via(text, outlet, cue="said", own=None, source=None, speaker=None, label="ORG"):
    made = table(text, [(outlet, label)])

    def span(words):
        return text.index(words), text.index(words) + len(words)

    return Carriers(made, own).via(span(cue), span(source) if source else None, (), speaker)


@pytest.mark.parametrize(
    ("text", "outlet", "carrier"),
    [
        ("Moss told Reuters that it was late.", "Reuters", "Reuters"),
        ("Moss was quoted by Xinhua as having said so.", "Xinhua", "Xinhua"),
        ("Moss told state broadcaster RTA that it was late.", "RTA", "RTA"),
        ("Moss told the Harbour Daily News that it was late.", "Harbour Daily News", "Harbour Daily News"),
        ("Moss told Puente that it was late.", "Puente", "Puente"),
        ("Moss told the Ellery District Court that it was late.", "Ellery District Court", None),
        ("Moss told the Harbour Board that it was late.", "Harbour Board", None),
    ],
)
def test_who_carried_the_words(text, outlet, carrier):
    cue = "told" if "told" in text else "quoted"
    assert via(text, outlet, cue) == carrier


def test_the_outlet_itself_carries_nothing():
    assert via("Moss told Reuters that it was late.", "Reuters", "told", own="Reuters") is None


def test_who_speaks_carries_nothing():
    assert via("Reuters said that it was late.", "Reuters", source="Reuters") is None
    assert via("It was late, Reuters and others said.", "Reuters", speaker="Reuters") is None


def test_another_sentence_is_not_asked():
    assert via("Reuters was there. Moss said that it was late.", "Reuters") is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The minister, citing unnamed officials, said it was late.", "unnamed officials"),
        ("The paper said it was late, citing a report by the police.", "a report by the police"),
        ("The minister said it was late, citing the harbour’s depth.", None),
        ("The minister said it was late.", None),
    ],
)
def test_whom_the_speaker_leans_on(text, source):
    at = text.index("said")
    assert citing(table(text), (at, at + 4)) == source


def test_spellings_of_one_outlet():
    assert same_outlet("NYT", "The New York Times")
    assert same_outlet("the Harbour Courier", "Harbour Courier")
    assert not same_outlet("Reuters", None)
