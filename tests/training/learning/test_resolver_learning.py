"""Which candidates a ranker learns to take for the speaker."""

from __future__ import annotations

import pytest
from word_tables import table, words

pytest.importorskip("torch", reason="the extra `train` is not installed")

from quotes.pipeline.speakers.clues.scene import Utterance
from quotes.training.learning.resolver_learning import SpeakerExamples
from quotes.training.speaker_ranking import same_speaker

PARSE = {"heads": {"An": "engineer", "at": "Foods", "Moss": "Foods", "Foods": "engineer"}}


@pytest.mark.parametrize(
    ("speaker", "kind", "right"),
    [
        ("Moss Foods", "organization", {"Moss Foods"}),
        ("an engineer at Moss Foods", "unnamed", {"An engineer at Moss Foods"}),
        (None, None, set()),
    ],
)
def test_who_has_a_name_in_his_description_is_not_who_has_the_name(speaker, kind, right):
    made = table("An engineer at Moss Foods wrote. Moss Foods grew. They knew.", [("Moss Foods", "ORG")], **PARSE)
    engineer, they = (words(made, words_of) for words_of in ("An engineer at Moss Foods", "They"))
    entry = {"speaker": speaker, "speaker_type": kind}
    asked = [(Utterance(*engineer, engineer), None), (Utterance(*they, they), entry)]
    examples = SpeakerExamples(made, asked, same_speaker)
    question = examples.question(1, [-1])
    right_ones = (n for n, r in zip(question.compared.candidates, question.right, strict=True) if r and n >= 0)
    assert {examples.cast[n].name for n in right_ones} == right
    assert question.right[-1] == (speaker is None)
