"""The training run: all tasks in turns, checkpoints on the way, and where the last one stood it goes on."""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...pipeline.language.wordpieces import Wordpieces
from .. import corpora
from ..networks.labels import Labels, labels_of
from ..networks.network import HEADS, INNER, Network, Shape, within_sentences
from .batches import IGNORE, Encoded, collate, drawn, encode, windows

WEIGHTS = {"morph": 0.5, "lemma": 0.5, "start": 0.5}
"""Of the losses; 1 where nothing is said."""


def weighted(losses: Mapping[str, Tensor]) -> Tensor:
    """Return the sum of the losses of the tasks, each with its weight."""
    return torch.stack([WEIGHTS.get(task, 1.0) * loss for task, loss in losses.items()]).sum()


def save(state: Mapping[str, Any], checkpoint: Path) -> None:
    """Write the state of a run, whole or not at all."""
    part = checkpoint.with_suffix(".part")
    torch.save(dict(state), part)
    part.replace(checkpoint)


@dataclass(frozen=True, slots=True)
class Settings:
    """One training run.

    layers, heads, inner (int): Of the encoder, see `Shape`.
    steps (int): Batches in all.
    size (int): Wordpieces of a batch.
    encoder_rate, head_rate (float): The highest learning rates.
    warmup (int): Steps until they are reached; from there they fall linearly to none.
    seed (int): Of weights, order and dropout.
    shares (str): How often each corpus is drawn.
    start (str): Folder of another run whose weights it begins with; MiniLM's and random ones if empty.
    """

    layers: int = 4
    steps: int = 4000
    size: int = 2048
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warmup: int = 200
    seed: int = 1
    shares: str = "syntax=0.6 entity=0.4"
    start: str = ""
    heads: int = HEADS
    inner: int = INNER

    @property
    def shape(self) -> Shape:
        """The encoder's."""
        return Shape(self.layers, self.heads, self.inner)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is trained on and what it is checked with, by corpus; and the labels."""

    train: dict[str, list[list[Encoded]]]
    dev: dict[str, list[list[Encoded]]]
    labels: Labels


def read(data: Path, wordpieces: Wordpieces) -> Corpus:
    """Return all corpora as numbers."""
    labels = labels_of(passage for document in corpora.treebanks(data, "train") for passage in document)
    return Corpus(
        language_corpus(data, wordpieces, labels), language_corpus(data, wordpieces, labels, part="dev"), labels
    )


def language_corpus(
    data: Path, wordpieces: Wordpieces, labels: Labels, *, part: str = "train"
) -> dict[str, list[list[Encoded]]]:
    """Return the treebanks (`syntax`) and the newswire (`entity`) of a part as numbers."""
    newswire = corpora.newswire(data, corpora.newswire_split(data)[part])
    documents: dict[str, Iterable[list[corpora.Passage]]] = {
        "syntax": corpora.treebanks(data, part),
        "entity": (corpora.entity_passages(article) for article in newswire),
    }
    return {task: [encode(d, wordpieces, labels) for d in found] for task, found in documents.items()}


class Training:
    """A run in a folder: `settings.json`, `labels.json`, `log.jsonl` and `checkpoint.pt`.

    folder (Path): Where they are; a checkpoint there is gone on from, if need be to another number of steps.
    RAISES (ValueError): If that was made with other settings or labels.
    """

    def __init__(self, folder: Path, settings: Settings, corpus: Corpus, wordpieces: Wordpieces) -> None:
        self.folder, self.settings, self.corpus, self.wordpieces = folder, settings, corpus, wordpieces
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(settings.seed)
        self.network = Network(corpus.labels, settings.shape)
        if settings.start:
            self._start_from(Path(settings.start))
        else:
            self.network.encoder.start_from_minilm()
        encoder = list(self.network.encoder.parameters())
        own = {id(parameter) for parameter in encoder}
        heads = [parameter for parameter in self.network.parameters() if id(parameter) not in own]
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
            betas=(0.9, 0.98),
            weight_decay=0.01,
            fused=True,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)
        self.step = 0
        if self._checkpoint.exists():
            self._resume()
        (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
        (folder / "labels.json").write_text(json.dumps(corpus.labels, indent=0))

    @property
    def _checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def _rate(self, step: int) -> float:
        warmup, steps = self.settings.warmup, self.settings.steps
        return min((step + 1) / warmup, max(0.0, (steps - step) / max(1, steps - warmup)))

    def _start_from(self, run: Path) -> None:
        """Take over what another run's network has in common with this one."""
        other = torch.load(run / "checkpoint.pt", weights_only=True)["network"]
        own = self.network.state_dict()
        self.network.load_state_dict(own | {key: other[key] for key in own.keys() & other.keys()})

    def _resume(self) -> None:
        before = json.loads((self.folder / "settings.json").read_text())
        other = {name for name, value in asdict(self.settings).items() if before.get(name) != value} - {"steps"}
        if other or json.loads((self.folder / "labels.json").read_text()) != json.loads(json.dumps(self.corpus.labels)):
            what = ", ".join(sorted(other)) or "labels"
            raise ValueError(f"{self.folder}: its checkpoint was made with another {what}; choose another --run")
        state: dict[str, Any] = torch.load(self._checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        self.step = state["step"]

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "random": torch.get_rng_state(),
            "step": self.step,
        }
        save(state, self._checkpoint)

    def run(self, every: int = 500) -> None:
        """Train to the last step; save, check on the dev set and log `every` so many steps."""
        shares = {name: float(share) for name, share in (part.split("=") for part in self.settings.shares.split())}
        stream = drawn(self.corpus.train, shares, self.settings.size, self.settings.seed)
        for _ in range(self.step):
            next(stream)
        self.network.train()
        sums: dict[str, list[float]] = defaultdict(list)
        began, pieces = time.perf_counter(), 0
        while self.step < self.settings.steps:
            batch = collate(next(stream), self.wordpieces)
            losses = self.network.losses(batch, self.network.words(batch))
            weighted(losses).backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step += 1
            pieces += batch.wordpieces
            for task, loss in losses.items():
                sums[task].append(loss.item())
            if self.step % 50 == 0:
                took = time.perf_counter() - began
                means = {task: round(float(np.mean(values)), 3) for task, values in sums.items()}
                self._log({"step": self.step, "wordpieces/s": round(pieces / took), "loss": means})
                sums.clear()
                began, pieces = time.perf_counter(), 0
            if self.step % every == 0 or self.step == self.settings.steps:
                self.save()
                self._log({"step": self.step, "dev": self.check()})
                began, pieces = time.perf_counter(), 0

    def _log(self, line: dict[str, Any]) -> None:
        with (self.folder / "log.jsonl").open("a") as log:
            print(json.dumps(line), file=log)

    @torch.no_grad()
    def check(self, most: int = 120) -> dict[str, float]:
        """Return figures of the dev sets, on gold words and sentences, over `most` windows of each corpus.

        Accuracies in per cent; `start` and the BIO tasks as F1 of single words that are labelled.
        """
        self.network.eval()
        counts: dict[str, np.ndarray[Any, Any]] = defaultdict(lambda: np.zeros(3))
        for documents in self.corpus.dev.values():
            for window in windows(documents, random.Random(0))[:most]:
                self._count(window, counts)
        self.network.train()
        return {task: round(200 * hit / (gold + got), 2) for task, (hit, gold, got) in sorted(counts.items())}

    def _count(self, window: list[Encoded], counts: dict[str, np.ndarray[Any, Any]]) -> None:
        batch = collate([window], self.wordpieces)
        x = self.network.words(batch)
        plain = {"tag", "morph", "lemma"}
        for task, target in batch.targets.items():
            if task in self.network.linear:
                got = self.network.linear[task](x).argmax(-1)
                real = torch.ones_like(target, dtype=torch.bool) if task in plain else target > 0
                chosen = torch.ones_like(got, dtype=torch.bool) if task in plain else got > 0
                hit = (got == target) & real & chosen
                counts[task] += np.array([hit.sum(), real.sum(), chosen.sum()], float)
        if "head" in batch.targets:
            gold, dep = batch.targets["head"], batch.targets["dep"]
            heads = within_sentences(self.network.parser.arcs(x), batch.targets["sentence"]).argmax(-1)
            labels = self.network.parser.labels(x, heads).argmax(-1)
            known = gold != IGNORE
            right = (heads == gold) & known
            counts["uas"] += np.array([right.sum(), known.sum(), known.sum()], float)
            counts["las"] += np.array([(right & (labels == dep)).sum(), known.sum(), known.sum()], float)
