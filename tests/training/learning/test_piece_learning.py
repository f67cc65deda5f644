"""Trees that judge pieces."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("lightgbm", reason="the extra `train` is not installed")
pytest.importorskip("onnx")

from quotes import pipeline
from quotes.pipeline.attribution import Attribution, Part
from quotes.pipeline.language.sessions import session_of
from quotes.pipeline.quotation.piece_features import FEATURES
from quotes.pipeline.turns.article_lines import Turn
from quotes.training.learning import piece_learning
from quotes.training.learning.piece_learning import PieceExamples, learn_pieces, piece_examples

TEXT = "The clerk said it was late and left. She denied it was so."


def span(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


def entry(words, **more):
    start, end = span(words)
    return {"start": start, "end": end, **more}


@pytest.fixture
def doc():
    """Two cues, the first with two places of its content, the second with one."""
    nlp = pipeline.blank()
    nlp.add_pipe("marks")
    nlp.add_pipe("quotation")
    nlp.add_pipe("turns")
    made = nlp.get_pipe("marks")(nlp.make_doc(TEXT))
    for token in made:
        token.tag_, token.dep_ = ("VBD" if token.text in ("said", "was", "denied") else "NN"), "dep"
    made.tensor = np.ones((len(made), 4), np.float32)
    said = Part(span("it was late and left"), 0.7, (Part(span("it was late"), 0.6),))
    made._.attributions = (
        Attribution(span("said"), (), (said,), 0.9),
        Attribution(span("denied"), (), (Part(span("it was so"), 0.7),), 0.9),
    )
    return made


def shares(doc, *entries):
    return piece_examples(doc, entries).right.round(2).tolist()


def test_a_piece_is_as_right_as_its_entry_and_it_are_the_same(doc):
    assert shares(doc, entry("it was late")) == [0.56, 1.0, 0.0]
    assert shares(doc) == [0.0, 0.0, 0.0]
    assert shares(doc, entry("late and left")) == [0.69, 0.0, 0.0], "less than half in common is nothing"


def test_nothing_is_learned_of_what_may_be_left_out_nor_of_turns(doc):
    assert shares(doc, entry("it was late", optional=True)) == [0.0]
    doc._.turns = (Turn(span("The clerk"), span("said"), (span("it was late and left"),), None, certain=True),)
    assert shares(doc) == [0.0]


def test_they_learn_what_makes_a_piece_likely(monkeypatch):
    monkeypatch.setattr(piece_learning, "ROUNDS", 60)
    chance = np.random.default_rng(1)
    rows = chance.random((2000, FEATURES)).astype(np.float32)
    right = (rows[:, 3] > 0.5).astype(float)
    trees = session_of(learn_pieces([(PieceExamples(rows[:1000], right[:1000]), 3.0),
                                     (PieceExamples(rows[1000:1500], right[1000:1500]), 1.0)]))  # fmt: skip
    scores = trees.run(["scores"], {"numbers": rows[1500:]})[0][:, 0]
    assert ((scores > 0) == (right[1500:] > 0.5)).mean() > 0.95
