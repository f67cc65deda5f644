"""How an encoder is tuned together with what reads its vectors: the loop over lessons, and its checkpoints."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import track
from torch import Tensor, nn

from .language_learning import save
from .lessons import Lesson

ARTICLES = 2
"""Of a step."""
EVERY = 300
"""Steps from checkpoint to checkpoint."""
_WARMUP = 100
_KEPT = 0.992
"""Of the running average of the weights, which is what is packaged, at every fourth step."""

Loss = Callable[[Sequence[Lesson], random.Random], Tensor]


def tune(
    network: nn.Module,
    encoder: nn.Module,
    loss: Loss,
    lessons: Sequence[Lesson],
    rounds: float,
    rates: tuple[float, float],
    checkpoint: Path,
    seed: int = 1,
) -> dict[str, Tensor]:
    """Train a network and return the running average of its weights.

    loss (Loss): Of some lessons; what it draws by chance it draws from what it is given.
    rounds (float): Over all lessons.
    rates (tuple[float, float]): The highest learning rate of the encoder, and of all else; each falls to a fiftieth.
    checkpoint (Path): A run that was stopped goes on from there.
    """
    torch.manual_seed(seed)
    learning = [value for value in encoder.parameters() if value.requires_grad]
    own = {id(value) for value in learning}
    heads = [value for value in network.parameters() if value.requires_grad and id(value) not in own]
    optimizer = torch.optim.AdamW(
        [{"params": learning}, {"params": heads}], betas=(0.9, 0.98), weight_decay=0.02, fused=True
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, done = state["average"], state["step"]
    of_round = math.ceil(len(lessons) / ARTICLES)
    total = round(rounds * of_round)
    network.train()
    steps = track(range(done, total), checkpoint.name.removesuffix(".checkpoint"), console=Console(stderr=True))
    for step in steps:
        turn, place = divmod(step, of_round)
        order = list(range(len(lessons)))
        random.Random(f"{seed} {turn}").shuffle(order)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min((step + 1) / _WARMUP, max(0.02, 1 - step / total))
        optimizer.zero_grad()
        chosen = [lessons[n] for n in order[ARTICLES * place : ARTICLES * (place + 1)]]
        loss(chosen, random.Random(f"{seed} {step}")).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        if step % 4 == 3:
            kept = min(_KEPT, (5 + step) / (41 + step))
            for name, value in network.named_parameters():
                if value.requires_grad:
                    average[name].lerp_(value.detach(), 1 - kept)
        if (step + 1) % EVERY == 0 or step + 1 == total:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
            save({**state, "step": step + 1}, checkpoint)
    return average
