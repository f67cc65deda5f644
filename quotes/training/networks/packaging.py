"""From a trained network to the folder that `spacy.load` reads, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import srsly
import torch
from spacy.language import Language
from torch import nn

from ..learning.language_learning import Settings
from .attribution_network import AttributionNetwork
from .graphs import IN_GRAPH, attribution_graph, attribution_weights, encoder_graph, encoder_weights
from .labels import Labels
from .minilm import minilm
from .network import HEAD, Network, Shape
from .tree_graphs import TREES

Weight = np.ndarray[Any, Any]
_TASKS = {"tagger": ("tag", "morph"), "lemmatizer": ("lemma",), "ner": ("entity",), "parser": ("dep", "start")}
"""What each component of language tells."""


def load_network(folder: Path) -> tuple[Network, Labels]:
    """Return the network of a run's last checkpoint, and its labels."""
    settings = Settings(**json.loads((folder / "settings.json").read_text()))
    labels: Labels = {task: tuple(names) for task, names in json.loads((folder / "labels.json").read_text()).items()}
    network = Network(labels, settings.shape)
    network.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["network"])
    return network.eval(), labels


def give(nlp: Language, network: Network, labels: Labels, *, int8: bool = True) -> None:
    """Give a pipeline's encoder and the components of language the weights of a network."""
    graph = encoder_graph(arrays(network.encoder), int8=int8)
    files = {"encoder.onnx": graph, "tokenizer.json": minilm("tokenizer.json").read_bytes()}
    encoder: Any = nlp.get_pipe("encoder")
    encoder.take(files)
    state = arrays(network)
    for pipe, tasks in _TASKS.items():
        keys = [f"{task}.{part}" for task in tasks for part in ("weight", "bias")]
        own = {key: state[f"linear.{key}"] for key in keys if f"linear.{key}" in state}
        if pipe == "parser":
            own |= {key.removeprefix("parser."): value for key, value in state.items() if key.startswith("parser.")}
        component: Any = nlp.get_pipe(pipe)
        component.take({task: list(labels[task]) for task in tasks if task in labels}, own)


def give_attribution(nlp: Language, network: AttributionNetwork, relations: Sequence[str]) -> None:
    """Give a pipeline's `attribution` the weights of its network; `relations` are those that it knows, in order."""
    weights = arrays(network)
    own = {name: value for name, value in weights.items() if not name.startswith(IN_GRAPH)}
    component: Any = nlp.get_pipe("attribution")
    component.take({"relation": list(relations)}, own, attribution_graph(weights))


def give_trees(nlp: Language, trees: bytes) -> None:
    """Give a pipeline's `quotation` what `piece_learning.learn_pieces` returned."""
    component: Any = nlp.get_pipe("quotation")
    component.take({}, {}, trees)


def give_rankers(nlp: Language, weights: Mapping[str, torch.Tensor]) -> None:
    """Give a pipeline's `speaker_resolver` what `resolver_learning.learn` returned."""
    own = {name: value.numpy() for name, value in weights.items() if name != TREES}
    component: Any = nlp.get_pipe("speaker_resolver")
    component.take({}, own, weights[TREES].numpy().tobytes())


def arrays(module: nn.Module) -> dict[str, Weight]:
    """Return the weights of a module."""
    return {name: value.detach().numpy() for name, value in module.state_dict().items()}


def taken(nlp: Language) -> tuple[Network, Labels]:
    """Return a network with the weights of a pipeline's encoder and its components of language, and their labels.

    Weights that are 8-bit numbers there become what these stand for.
    """
    pipes: dict[str, Any] = {pipe: nlp.get_pipe(pipe) for pipe in _TASKS}
    labels: Labels = {task: tuple(names) for pipe in pipes.values() for task, names in pipe.names.items()}
    encoder: Any = nlp.get_pipe("encoder")
    weights = encoder_weights(srsly.msgpack_loads(encoder.to_bytes())["encoder.onnx"])
    layers = {name.split(".")[1] for name in weights if name.startswith("layers.")}
    heads, inner = len(weights["layers.0.query.bias"]) // HEAD, len(weights["layers.0.inner.bias"])
    network = Network(labels, Shape(len(layers), heads, inner))
    own = {f"encoder.{name}": value for name, value in weights.items()}
    parser = {name for name, _ in network.parser.named_parameters()}
    for pipe, component in pipes.items():
        for key, value in component.weights.items():
            own[f"parser.{key}" if pipe == "parser" and key in parser else f"linear.{key}"] = value
    network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in own.items()})
    return network, labels


def taken_attribution(nlp: Language, relations: Sequence[str]) -> AttributionNetwork | None:
    """Return the network of a pipeline's `attribution`; None if it has no weights, or knows other relations."""
    component: Any = nlp.get_pipe("attribution")
    if component.names.get("relation") != list(relations):
        return None
    network = AttributionNetwork(len(relations))
    weights = component.weights | attribution_weights(component.graph)
    network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in weights.items()})
    return network


def package(folder: Path, target: Path, *, int8: bool = True) -> Language:
    """Write the pipeline of a run into a folder that `spacy.load` reads, and return it.

    What finds quotes has no weights in it yet: `quotes.training.speech` trains that, and tunes the encoder for it.
    """
    from ...pipeline import assemble

    network, labels = load_network(folder)
    nlp = assemble()
    give(nlp, network, labels, int8=int8)
    nlp.to_disk(target)
    return nlp
