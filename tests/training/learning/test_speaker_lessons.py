"""What an article asks of a ranker while the encoder learns; it needs PyTorch and ONNX."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from quotes.pipeline.word_table import WordTable  # noqa: E402
from quotes.training.learning.resolver_learning import Ranker, SpeakerExamples  # noqa: E402
from quotes.training.learning.speaker_lessons import Means, SpeakerLesson  # noqa: E402
from quotes.training.speaker_ranking import same_speaker  # noqa: E402

from .conftest import BOARD  # noqa: E402


def test_means_of_means():
    vectors = torch.tensor([[0.0], [2.0], [6.0]])
    rows = Means.of([[[(0, 2)]], [[(0, 1), (2, 3)], [(1, 2)]], []])
    assert rows(vectors).tolist() == [[1.0], [2.5], [0.0]]


def test_its_vectors_are_those_that_the_ranker_is_given(made):
    table = WordTable.of(made[2])
    examples = SpeakerExamples.annotated(table, [BOARD], same_speaker)
    (question,) = examples.as_annotated()
    lesson = SpeakerLesson.of(examples)
    vectors = torch.from_numpy(table.vectors)
    assert np.allclose(lesson.mentions(vectors)[0], question.compared.mention, atol=1e-5)
    assert np.allclose(lesson.candidates(vectors), question.compared.vectors, atol=1e-5)


def test_the_encoder_learns_who_is_meant(made):
    lesson = made[3].speakers
    vectors = torch.from_numpy(WordTable.of(made[2]).vectors).requires_grad_()
    lesson.losses(Ranker().eval(), vectors).sum().backward()
    assert vectors.grad.abs().sum() > 0


def test_while_it_learns_vectors_have_noise(made):
    lesson, ranker = made[3].speakers, Ranker().eval()
    vectors = torch.from_numpy(WordTable.of(made[2]).vectors)
    exact = lesson.losses(ranker, vectors)
    assert torch.equal(lesson.losses(ranker, vectors), exact)
    ranker.train()
    for part in ranker.modules():
        part.training = part is ranker
    noisy = lesson.losses(ranker, vectors)
    assert noisy.isfinite().all() and not torch.equal(noisy, exact)


def test_an_article_without_questions_asks_nothing(made):
    assert SpeakerLesson.of(SpeakerExamples.annotated(WordTable.of(made[2]), [], same_speaker)) is None
