"""The encoder that is too large to be packaged: its weights from packages, and how it reads; it needs PyTorch."""

from __future__ import annotations

from zipfile import ZipFile

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from quotes.training.networks import mpnet  # noqa: E402


def test_the_weights_are_taken_out_of_the_packages_in_their_order(tmp_path, monkeypatch):
    archive = tmp_path / "whole.zip"
    with ZipFile(archive, "w") as whole:
        whole.writestr("model/config.json", "{}")
        whole.writestr("model/model.safetensors", b"weights " * 100)
    content = archive.read_bytes()
    step = len(content) // 4

    class Part:
        def __init__(self, package):
            n = int(package[-1])
            self.name = f"model.zip.00{n}"
            self.path = tmp_path / self.name
            self.path.write_bytes(content[(n - 1) * step : n * step if n < 5 else None])

        def locate(self):
            return self.path

    monkeypatch.setattr(mpnet, "files", lambda package: [Part(package)])
    assert mpnet.mpnet(tmp_path).read_bytes() == b"weights " * 100
    assert {path.suffix for path in tmp_path.iterdir()} == {".zip", ".safetensors"} | {f".00{n}" for n in range(1, 6)}


def test_a_missing_package_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(mpnet, "PACKAGES", ("no-such-package",))
    with pytest.raises(ModuleNotFoundError, match=r"no-such-package is not installed: pip install 'quotes\[train\]'"):
        mpnet.mpnet(tmp_path)


def test_wordpieces_have_their_numbers_in_its_vocabulary():
    assert mpnet.own_numbers(torch.tensor([[101, 7592, 100, 102, 0]])).tolist() == [[0, 7596, 3, 2, 1]]


def test_distances_are_told_apart_less_the_larger_they_are():
    classes = mpnet.distance_classes(300)
    assert classes[0, [0, 1, 7, 8, 127, 128, 299]].tolist() == [0, 17, 23, 24, 31, 31, 31]
    assert classes[[1, 7, 8, 127, 299], 0].tolist() == [1, 7, 8, 15, 15]
    assert bool((classes[0].diff()[1:] >= 0).all())


def test_what_is_not_there_changes_nothing():
    torch.manual_seed(1)
    encoder = mpnet.LargerEncoder(1).eval()
    ids, shapes = torch.tensor([[101, 7592, 102]]), torch.tensor([[0, 3, 0]])
    there = torch.tensor([[True, True, True, False, False]])
    padded = torch.nn.functional.pad(ids, (0, 2)), torch.nn.functional.pad(shapes, (0, 2))
    with torch.no_grad():
        assert torch.allclose(encoder(ids, shapes), encoder(*padded, there)[:, :3], atol=1e-5)


def test_layers_that_do_not_learn_have_no_dropout_in_training():
    encoder = mpnet.LargerEncoder(mpnet.FROZEN).train()
    ids, shapes = torch.tensor([[101, 7592, 102]]), torch.tensor([[0, 3, 0]])
    assert torch.equal(encoder(ids, shapes), encoder(ids, shapes))
