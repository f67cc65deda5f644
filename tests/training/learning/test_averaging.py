import json

import pytest

torch = pytest.importorskip("torch")

from quotes.training.learning.averaging import average  # noqa: E402


def run(folder, **network):
    folder.mkdir()
    torch.save({"step": 7, "network": network}, folder / "checkpoint.pt")
    (folder / "settings.json").write_text(json.dumps({"layers": 4}))
    (folder / "labels.json").write_text("{}")
    return folder


def test_weights_are_averaged_by_their_shares(tmp_path):
    one = run(tmp_path / "a", x=torch.tensor([1.0, 2.0]), y=torch.ones(2), n=torch.tensor(3))
    two = run(tmp_path / "b", x=torch.tensor([5.0, 6.0]), y=torch.ones(3), n=torch.tensor(4))
    average({one: 3.0, two: 1.0}, tmp_path / "both")
    network = torch.load(tmp_path / "both" / "checkpoint.pt", weights_only=True)["network"]
    assert network["x"].tolist() == [2.0, 3.0]
    assert network["y"].tolist() == [1.0, 1.0], "the other has it in another shape"
    assert network["n"] == 3, "no weight, but a count"
    assert json.loads((tmp_path / "both" / "settings.json").read_text()) == {"layers": 4}
