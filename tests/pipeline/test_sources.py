import pytest

from quotes.pipeline.marks import pair_marks
from quotes.pipeline.sentences import sentences
from quotes.pipeline.sources import Report


@pytest.fixture
def sources(blank):
    """The (cue, mention) pairs of the first sentence of a text."""

    def found(text):
        story = sentences(blank.make_doc(text), text, pair_marks(text), ())
        report = Report.of(story[0], text)
        pairs = [(report.words(cue).text, report.source(cue)) for cue in report.cues]
        return [(cue, mention.text if mention else None) for cue, mention in pairs]

    return found


@pytest.mark.parametrize(
    ("text", "cue", "mention"),
    [
        ('"Yes," she said.', "said", "she"),
        ('"Yes," said Mara Ellison.', "said", "Mara Ellison"),
        ('"Yes," said a spokesperson for the harbour board.', "said", "a spokesperson for the harbour board"),
        ('"Yes," said Mara Ellison in an interview.', "said", "Mara Ellison"),
        ('"Yes," Mara Ellison, the harbour master, said.', "said", "Mara Ellison"),
        ('"Yes," Mara Ellison, who runs the harbour, said.', "said", "Mara Ellison"),
        ('"Yes," the minister also said on Monday.', "said", "the minister"),
        ('"Yes," Ellison later told reporters.', "told", "Ellison"),
        ("Ellison said that it rained.", "said", "Ellison"),
        ("On Monday, Ellison said that it rained.", "said", "Ellison"),
        ("In a statement, Ellison said that it rained.", "said", "Ellison"),
        ("Ellison on Sunday recalled that it rained.", "recalled", "Ellison"),
        ("The harbour master, Mara Ellison, said that it rained.", "said", "Mara Ellison"),
        ("It rained, according to the harbour board.", "according to", "the harbour board"),
        ("It rained, the harbour board said.", "said", "the harbour board"),
        ("Ellison was reported to have said that it rained.", "said", "Ellison"),
        ("Ellison went on to state that it rained.", "state", "Ellison"),
        ("Yet one senior official, speaking on condition of anonymity, said it rained.", "said", "one senior official"),
        ("Mara Ellison and Tom Hallam said that it rained.", "said", "Mara Ellison and Tom Hallam"),
        ("Mara Ellison (Ind., Port Ellery) said that it rained.", "said", "Mara Ellison"),
        ("Cmdr. Nadia Ferrant said that it rained.", "said", "Cmdr. Nadia Ferrant"),
    ],
)
def test_the_source_of_a_cue(sources, text, cue, mention):
    assert (cue, mention) in sources(text)


def test_a_participle_takes_the_subject_of_the_other_verb(sources):
    text = "Ellison said it rained, adding that it was cold."
    assert sources(text) == [("said", "Ellison"), ("adding", "Ellison")]


@pytest.mark.parametrize(
    "text",
    [
        "Ellison was told that it rained.",
        "The measures announced by the board were late.",
        "At the stated time nobody came.",
        "They wrote three reports.",
        "The court's orders were late.",
    ],
)
def test_words_that_only_look_like_cues(sources, text):
    assert [cue for cue, _ in sources(text) if cue not in {"wrote"}] == []
