"""Who carried the words, and whom the speaker leans on."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.provenance import Carriers, citing, same_outlet
from quotes.records import Article, Outlet


def via(text, outlet, cue="said", own=None, source=None, speaker=None, label="ORG"):
    made = table(text, [(outlet, label)])

    def span(words):
        return text.index(words), text.index(words) + len(words)

    article = Article(text, "test", outlet=own) if own else None
    return Carriers(made, article).via(span(cue), span(source) if source else None, (), speaker)


@pytest.mark.parametrize(
    ("text", "outlet", "carrier"),
    [
        ("Moss told Reuters that it was late.", "Reuters", "Reuters"),
        ("Moss was quoted by Xinhua as having said so.", "Xinhua", "Xinhua"),
        ("Moss told state broadcaster RTA that it was late.", "RTA", "RTA"),
        ("Moss told the Harbour Daily News that it was late.", "Harbour Daily News", "Harbour Daily News"),
        ("Moss told Puente that it was late.", "Puente", "Puente"),
        ("It was late, Moss said in an interview with Puente.", "Puente", "Puente"),
        ("Moss said in a phone interview Monday with Spain's Puente that it was late.", "Puente", "Puente"),
        ("It was late, Moss said to Puente.", "Puente", "Puente"),
        ("It was late, Moss said on WKTV.", "WKTV", "WKTV"),
        ("It was late, Moss said on CNN.", "CNN", "CNN"),
        ("Speaking to the Puente newspaper, Moss said it was late.", "Puente", "Puente"),
        ("It was late, Moss said, according to Reuters.", "Reuters", "Reuters"),
        ("Reuters quoted Moss, who said it was late.", "Reuters", "Reuters"),
        ("Moss said it was late, reports USA Today.", "USA Today", "USA Today"),
        ("Moss said it was late, in an article in The New York Times.", "The New York Times", "New York Times"),
        ("Moss told the Ellery District Court that it was late.", "Ellery District Court", None),
        ("Moss told the Harbour Board that it was late.", "Harbour Board", None),
        ("Moss told the SIT that it was late.", "SIT", None),
        ("Moss told FBI agents that it was late.", "FBI", None),
        ("Moss, who owns Reuters, told them that it was late.", "Reuters", None),
        (
            "Moss, a director of the Aldwater Development Agency, told us it was late.",
            "Aldwater Development Agency",
            None,
        ),
        ("Moss, general manager of Puente TV, told us it was late.", "Puente TV", None),
    ],
)
def test_who_carried_the_words(text, outlet, carrier):
    assert via(text, outlet, next(cue for cue in ("told", "said", "quoted") if cue in text)) == carrier


def test_a_broadcaster_that_was_not_found_to_be_a_name():
    assert via("It was late, Moss said on WKRQ’s “Dawn”.", "Moss", label="PERSON") == "WKRQ"
    assert via("Moss said the paper on NATO’s future was late.", "Moss", label="PERSON") is None


def test_media_without_a_name_carry_words():
    assert via("Moss said it was late, state media reported.", "Moss", label="PERSON") == "state media"


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("Puente TV asked Moss about it. “It was late,” she told the channel, and said no more.", "Puente TV"),
        ("Puente TV asked Moss about it. Moss said on the show that it was late.", "Puente TV"),
        ("Moss said the newspaper had called. Puente TV had not.", None),
        ("Speaking to the newspaper, Moss said it was late. Puente TV had not called.", None),
        ("Puente TV was there. Moss said she had seen the show.", None),
        ("Puente TV was there. Moss said on the site that it was late.", None),
        ("Puente TV was there. According to the broadcaster, Moss said it was late.", "Puente TV"),
        ("Puente TV was there. The broadcaster quoted Moss, who said it was late.", "Puente TV"),
    ],
)
def test_the_newspaper_is_the_outlet_that_was_named_last(text, carrier):
    assert via(text, "Puente TV") == carrier


def test_a_newspaper_with_a_name_is_not_another():
    text = "Puente TV was there. Moss told the Bild newspaper that it was late."
    made = table(text, [("Puente TV", "ORG"), ("Bild", "ORG")])
    at = text.index("told")
    assert Carriers(made, None).via((at, at + 4), None, (), None) == "Bild"


def test_the_newspaper_is_no_agency():
    text = "Puente TV asked Moss about it, and so did Reuters. Moss told the channel that it was late."
    made = table(text, [("Puente TV", "ORG"), ("Reuters", "ORG")])
    at = text.index("told")
    assert Carriers(made, None).via((at, at + 4), None, (), None) == "Puente TV"


def test_the_newspaper_may_be_the_outlet_itself():
    text = "Puente TV was there. So was Bild. Moss told the newspaper that it was late."
    made = table(text, [("Puente TV", "ORG"), ("Bild", "ORG")])
    at = text.index("told")
    own = Article(text, "test", outlet=Outlet("Bild", "bild.example"))
    assert Carriers(made, own).via((at, at + 4), None, (), None) is None


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Reuters", Outlet("Reuters", "reuters.com", "agency")),
        ("HMT", Outlet("Harbour Morning Times", "harbourtimes.example")),
        ("Harbour", Outlet("Harbour News", "harbournews.example")),
    ],
)
def test_the_outlet_itself_carries_nothing(name, own):
    assert via(f"Moss told {name} that it was late.", name, "told", own=own) is None


def test_who_speaks_carries_nothing():
    assert via("It was late, Reuters reported.", "Reuters", "reported", source="Reuters") is None
    assert via("It was late, Reuters reported.", "Reuters", "reported", speaker="Reuters") is None


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
