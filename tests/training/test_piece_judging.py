"""What judges pieces, trained by itself."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("lightgbm", reason="the extra `train` is not installed")

from quotes.evaluation.gold import GoldArticle
from quotes.training import piece_judging
from quotes.training.annotated_articles import Annotated
from quotes.training.piece_judging import PieceJudge

pytestmark = pytest.mark.model

TEXT = "The clerk of {} said that it was late.\n"
OUTLETS = ("kestrel", "lanner", "merlin")


@pytest.fixture
def articles():
    return [article(f"{outlet}_{n}.txt", f"{outlet}{n}") for outlet in OUTLETS for n in range(2)]


def article(name, town):
    text = TEXT.format(town)
    start, end = text.index("that"), text.index("late") + 4
    entry = {"start": start, "end": end, "kind": "indirect", "speaker": "the clerk", "speaker_type": "unnamed"}
    return Annotated(name, text, [entry], 0)


def test_no_article_is_judged_by_what_learned_of_its_outlet(nlp, articles, tmp_path, monkeypatch):
    learned, read = [], []
    monkeypatch.setattr(piece_judging, "learn_pieces", lambda chosen: learned.append(len(chosen)) or b"")
    monkeypatch.setattr(piece_judging, "give_trees", lambda pipeline, trees: None)

    def answers(pipeline, measured, gold, kept):
        read.append([article.name for article in measured])
        return iter(())

    monkeypatch.setattr(piece_judging, "answers", answers)
    written, copy = article("w01", "Eskdale"), article("harrier_0.txt", "kestrel0")
    judge = PieceJudge(nlp, [*articles, copy], tmp_path, [written])
    gold: dict[str, GoldArticle] = {}
    assert list(judge.answers(articles, gold)) == []
    assert read == [[f"{outlet}_0.txt", f"{outlet}_1.txt"] for outlet in OUTLETS]
    assert learned == [5, 6, 6], "all eight but the two of an outlet, and the copy of one"
