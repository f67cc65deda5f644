"""The ranker of speakers, trained by itself."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("lightgbm", reason="the extra `train` is not installed")

from quotes.training import speaker_ranking
from quotes.training.__main__ import main
from quotes.training.annotated_articles import annotated
from quotes.training.learning import resolver_learning, tree_learning
from quotes.training.speaker_ranking import RankerRun

pytestmark = pytest.mark.model


def test_speakers_of_parts_that_a_ranker_was_not_trained_on_are_judged(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(resolver_learning, "BATCH", 2)
    monkeypatch.setattr(resolver_learning, "EPOCHS", 2)
    monkeypatch.setattr(tree_learning, "ROUNDS", 2)
    monkeypatch.setattr(speaker_ranking, "further", lambda corpora, measured: annotated(articles)[2:])
    run = RankerRun(tmp_path / "run", tmp_path, articles)
    before = {name: value.copy() for name, value in run.nlp.get_pipe("speaker_resolver").weights.items()}
    figures, answers = run.out_of_fold()
    assert {kind: count for kind, (_, count) in figures.items()} == {"all": 8, "named": 4, "ranked": 4}
    assert figures["named"] == (4, 4)
    assert [(answer.article.path.name, answer.fold) for answer in answers] == [
        ("0.txt", 0), ("2.txt", 0), ("1.txt", 1), ("3.txt", 1)
    ]  # fmt: skip
    assert all(answer.quotes for answer in answers)
    figures, answers = run.out_of_fold([1])
    assert (figures["all"][1], len(answers)) == (4, 2)
    assert (run.nlp.get_pipe("speaker_resolver").weights["first.weight"] != before["first.weight"]).any()


def test_a_part_that_there_is_not_is_told_before_anything_is_trained(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(speaker_ranking, "further", lambda corpora, measured: [])
    folders = ["--data", str(tmp_path), "--articles", str(articles), "--run", str(tmp_path / "run")]
    done = CliRunner().invoke(main, ["speakers", *folders, "--part", "7"])
    assert (done.exit_code, done.output) == (1, "Error: --part 7: there are 0, 1\n")
