"""A smaller encoder that gives the vectors of a larger one, so that the heads of the larger one can read them.

It begins with some layers of the larger and, in the middle of each, the units that say most; then it learns to give the
same vectors (as in DistilBERT, Sanh et al. 2019) while it learns of the language corpora as any network does.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from spacy.language import Language
from torch import Tensor
from torch.nn import functional as F

from ..networks import packaging
from ..networks.labels import Labels
from ..networks.network import HEAD, Network, Shape
from .batches import Batch, Encoded, collate, drawn
from .language_learning import Settings, language_corpus, save, weighted
from .lessons import HALVES

if TYPE_CHECKING:
    from ...pipeline.language.wordpieces import Wordpieces

RATE = 3e-4
"""The highest learning rate; it falls to a fiftieth."""
LANGUAGE = 0.3
"""What the losses of the tasks count, beside the distance of the vectors."""
SAMPLE = 4
"""Batches of each corpus over which it is told what heads and units say."""
SHARES = {"syntax": 0.3, "entity": 0.7}
_PIECES = 2048
_WARMUP = 100


class Distillation:
    """A run in a folder that `package` reads: `settings.json`, `labels.json`, `log.jsonl` and `checkpoint.pt`.

    folder (Path): Where they are; a checkpoint there is gone on from.
    corpora (Path): What `python -m quotes.training train` reads.
    nlp (Language): The pipeline whose encoder is the teacher.
    layers (Sequence[int]): Those of the teacher that are kept.
    heads, inner (int): See `smaller`.
    """

    def __init__(
        self, folder: Path, corpora: Path, nlp: Language, layers: Sequence[int], heads: int, inner: int, seed: int = 1
    ) -> None:
        self.folder = folder
        self.teacher, labels = packaging.taken(nlp)
        encoder: Any = nlp.get_pipe("encoder")
        self.wordpieces = encoder.wordpieces
        corpus = language_corpus(corpora, self.wordpieces, labels)
        torch.manual_seed(seed)
        self.stream = drawn(corpus, SHARES, _PIECES, seed)
        sample = [collate(next(self.stream), self.wordpieces) for _ in range(SAMPLE * len(SHARES))]
        self.student = smaller(self.teacher, labels, layers, heads, inner, sample)
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(layers=len(layers), heads=heads, inner=inner, seed=seed)
        (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
        (folder / "labels.json").write_text(json.dumps(labels, indent=0))

    def train(self, steps: int) -> Network:
        """Train to the last step; save at every 200th."""
        return distil(self.teacher, self.student, self.stream, self.wordpieces, steps, self.folder)


def smaller(
    network: Network, labels: Labels, layers: Sequence[int], heads: int, inner: int, sample: Sequence[Batch]
) -> Network:
    """Return a network with some layers of another, and of each the heads and units of the middle that say most.

    What a unit says is its mean size over a sample, times the length of what it adds to a vector.
    """
    found = Network(labels, Shape(len(layers), heads, inner))
    given = network.state_dict()
    own = {name: value for name, value in given.items() if not name.startswith("encoder.layers.")}
    for n, layer in enumerate(layers):
        says = _says(network, layer, sample)
        units = says["outer"].topk(inner).indices.sort().values
        of_heads = says["joined"].view(-1, HEAD)
        best = of_heads.sum(1).topk(heads).indices.sort().values
        places = torch.arange(len(says["joined"])).view(-1, HEAD)[best].flatten()
        for name in found.encoder.layers[n].state_dict():
            part, kind = name.split(".")
            value = given[f"encoder.layers.{layer}.{name}"]
            if part == "inner":
                value = value[units]
            elif part in ("query", "key", "value"):
                value = value[places]
            elif kind == "weight" and part in says:
                value = value[:, units if part == "outer" else places]
            own[f"encoder.layers.{n}.{name}"] = value
    found.load_state_dict(own)
    return found


@torch.no_grad()
def _says(network: Network, layer: int, sample: Sequence[Batch]) -> dict[str, Tensor]:
    """Return how much each unit before two products of a layer adds to the vectors of a sample."""
    sizes: dict[str, list[Tensor]] = {"joined": [], "outer": []}
    products = {name: getattr(network.encoder.layers[layer], name) for name in sizes}
    hooks = [
        product.register_forward_pre_hook(lambda _, given, name=name: sizes[name].append(given[0].abs().mean((0, 1))))
        for name, product in products.items()
    ]
    network.eval()
    for batch in sample:
        network.encoder(batch.ids, batch.shapes, batch.mask)
    for hook in hooks:
        hook.remove()
    return {name: torch.stack(sizes[name]).mean(0) * product.weight.norm(dim=0) for name, product in products.items()}


def distil(
    teacher: Network,
    student: Network,
    stream: Iterator[list[list[Encoded]]],
    wordpieces: Wordpieces,
    steps: int,
    folder: Path,
) -> Network:
    """Train a student, and write into a folder its checkpoint at every 200th step, and a log; a stopped run goes on."""
    checkpoint = folder / "checkpoint.pt"
    # The package keeps the word vectors as they are; they are also most of all weights.
    for embedding in (student.encoder.words, student.encoder.places):
        embedding.weight.requires_grad = False
    optimizer = torch.optim.AdamW(
        [value for value in student.parameters() if value.requires_grad],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        student.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    teacher.eval()
    student.eval()  # without dropout: the teacher's vectors leave nothing to learn by heart
    for _ in range(step):
        next(stream)
    began, far, pieces = time.perf_counter(), 0.0, 0
    while step < steps:
        batch = collate(next(stream), wordpieces)
        for group in optimizer.param_groups:
            group["lr"] = RATE * min((step + 1) / _WARMUP, 0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=HALVES):
            goal = teacher.encoder(batch.ids, batch.shapes, batch.mask)
        with torch.autocast("cpu", torch.bfloat16, enabled=HALVES):
            read = student.encoder(batch.ids, batch.shapes, batch.mask)
        goal, words = batch.pool @ goal.float(), batch.pool @ read.float()
        there = batch.pool.sum(-1) > 0
        apart = F.mse_loss(words[there], goal[there]) / goal[there].var()
        loss = apart + LANGUAGE * weighted(student.losses(batch, words))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        step += 1
        far, pieces = far + apart.item(), pieces + batch.wordpieces
        if step % 50 == 0:
            took = time.perf_counter() - began
            with (folder / "log.jsonl").open("a") as log:
                line = {"step": step, "apart": round(far / 50, 4), "wordpieces/s": round(pieces / took)}
                print(json.dumps(line), file=log)
            began, far, pieces = time.perf_counter(), 0.0, 0
        if step % 200 == 0 or step == steps:
            state = {"network": student.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
            save(state, checkpoint)
    return student
