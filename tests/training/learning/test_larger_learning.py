"""The larger network that the packaged one learns from, small and untrained; it needs PyTorch and ONNX."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from quotes.training.learning import larger_learning  # noqa: E402
from quotes.training.learning.larger_learning import LargerNetwork  # noqa: E402

from .conftest import RELATIONS  # noqa: E402


def test_a_few_rounds_make_the_loss_smaller_and_leave_the_first_layers(made, tmp_path):
    lesson = made[3]
    torch.manual_seed(1)
    network = LargerNetwork(len(RELATIONS), layers=3)
    first = [value.clone() for value in network.encoder.layers[0].parameters()]
    with torch.no_grad():
        at_first = network.eval().loss([lesson]).item()
    weights = larger_learning.learn(network, [lesson] * 8, tmp_path / "run.checkpoint", 3)
    network.load_state_dict(weights)
    with torch.no_grad():
        assert network.eval().loss([lesson]).item() < at_first
    assert all(torch.equal(*pair) for pair in zip(first, network.encoder.layers[0].parameters(), strict=True))
    assert larger_learning.read(network, lesson).shape == lesson.vectors.shape
