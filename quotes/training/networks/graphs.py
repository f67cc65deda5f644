"""The networks as ONNX, written operator by operator with those that onnxruntime has for transformers.

What PyTorch exports keeps query, key and value apart, and its int8 products with float arithmetic between them; written
so, a layer is seven operators and takes two thirds of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from ...pipeline.attribution import ATTENTION_HEADS
from .network import HEAD, WIDTH

Weights = Mapping[str, NDArray[Any]]
LARGEST = 63
"""The largest number of an int8 weight: products of eight bits overflow on processors without VNNI."""
IN_GRAPH = ("input.", "blocks.", "norm.")
"""How the weights of the attribution begin that are in its graph; all others are its component's own."""
_OPSET, _IR = 17, 9
_TOGETHER = ("query", "key", "value")
_CONTRIB = "com.microsoft"
_NORM, _OUR_NORM = 1e-12, 1e-5


class Graph:
    """A graph that grows by one operator a call."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Keep an array under a name."""
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, contrib: bool = False, **attributes: Any) -> Any:
        """Add an operator; return the name of what comes out, or a list of names."""
        made = [f"{kind}.{self._count + n}" for n in range(outputs)]
        self._count += outputs
        domain = _CONTRIB if contrib else ""
        self._nodes.append(helper.make_node(kind, inputs, made, domain=domain, **attributes))
        return made[0] if outputs == 1 else made

    def linear(self, name: str, x: str, weights: Weights, *, int8: bool) -> str:
        """Add a linear layer, its weights under `name`; see `eight_bits`."""
        weight, bias = weights[f"{name}.weight"].T, self.constant(f"{name}.bias", weights[f"{name}.bias"])
        if int8:
            return str(self.add("DynamicQuantizeMatMul", x, *self.eight_bits(name, weight), bias, contrib=True))
        return str(self.add("Add", self.add("MatMul", x, self.constant(f"{name}.weight", weight)), bias))

    def eight_bits(self, name: str, weight: NDArray[Any]) -> list[str]:
        """Keep a matrix (inputs x outputs) as int8 with a scale a column: return names of numbers, scales, zeros."""
        scale = np.maximum(np.abs(weight).max(0), 1e-8).astype(np.float32) / LARGEST
        return [
            self.constant(f"{name}.weight", np.round(weight / scale).astype(np.int8)),
            self.constant(f"{name}.scale", scale),
            self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
        ]

    def model(self, inputs: Mapping[str, tuple[int, list[str | int]]], output: str, name: str) -> bytes:
        """Return the file; inputs with their types and shapes, and how the output is called."""
        self._nodes.append(helper.make_node("Identity", [output], [name]))
        given = [helper.make_tensor_value_info(key, kind, shape) for key, (kind, shape) in inputs.items()]
        made = helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        graph = helper.make_graph(self._nodes, "quotes", given, [made], self._constants)
        sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
        return bytes(helper.make_model(graph, opset_imports=sets, ir_version=_IR).SerializeToString())


def encoder_graph(weights: Weights, *, int8: bool) -> bytes:
    """Return the encoder: `ids` and `shapes` (1 x T) in, `vectors` (1 x T x width) out.

    weights (Weights): By the names of `quotes.training.networks.network.Encoder`.
    int8 (bool): Whether word vectors and the weights of linear layers are 8-bit numbers. What goes into a layer is
        scaled window by window.
    """
    graph = Graph()
    if int8:
        scale = np.maximum(np.abs(weights["words.weight"]).max(1, keepdims=True), 1e-8) / 127
        rows = graph.constant("words.weight", np.round(weights["words.weight"] / scale).astype(np.int8))
        scales = graph.constant("words.scale", scale.astype(np.float32))
        numbers = graph.add("Cast", graph.add("Gather", rows, "ids"), to=TensorProto.FLOAT)
        words = graph.add("Mul", numbers, graph.add("Gather", scales, "ids"))
    else:
        words = graph.add("Gather", graph.constant("words.weight", weights["words.weight"]), "ids")
    places = graph.constant("places.weight", weights["places.weight"])
    length = graph.add("Shape", "ids", start=1, end=2)
    zero, first = graph.constant("zero", np.array([0])), graph.constant("first", np.array([0]))
    x = graph.add("Add", words, graph.add("Slice", places, zero, length, first))
    x = graph.add("Add", x, graph.add("Gather", graph.constant("shapes.weight", weights["shapes.weight"]), "shapes"))
    x = graph.add("LayerNormalization", x, *_norm(graph, "before", weights), epsilon=_NORM)
    for n in range(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))):
        layer = f"layers.{n}"
        joined = graph.linear(f"{layer}.joined", _attention(graph, layer, x, weights, int8=int8), weights, int8=int8)
        norm = _norm(graph, f"{layer}.after_attention", weights)
        # onnxruntime's own SkipLayerNormalization takes four times as long as its two parts.
        x = graph.add("LayerNormalization", graph.add("Add", joined, x), *norm, epsilon=_NORM)
        inner = graph.add("FastGelu", graph.linear(f"{layer}.inner", x, weights, int8=int8), contrib=True)
        outer = graph.linear(f"{layer}.outer", inner, weights, int8=int8)
        norm = _norm(graph, f"{layer}.after", weights)
        x = graph.add("LayerNormalization", graph.add("Add", outer, x), *norm, epsilon=_NORM)
    return graph.model(dict.fromkeys(("ids", "shapes"), (TensorProto.INT64, [1, "length"])), x, "vectors")


def encoder_weights(file: bytes) -> dict[str, NDArray[Any]]:
    """Return what `encoder_graph` was given, as far as 8-bit numbers tell."""
    found: dict[str, NDArray[Any]] = {}
    for name, full in _kept(file):
        stem, _, part = name.rpartition(".")
        if stem.endswith(".attention"):
            layer = stem.removesuffix(".attention")
            for name_of, one in zip(_TOGETHER, np.split(full, len(_TOGETHER), axis=-1), strict=True):
                found[f"{layer}.{name_of}.{part}"] = one.T
        else:
            found[name] = full.T if full.ndim == 2 and stem.startswith("layers.") else full
    return found


def attribution_weights(file: bytes) -> dict[str, NDArray[Any]]:
    """Return those of the weights that `attribution_graph` was given that are in it, as far as 8-bit numbers tell."""
    return {name: full.T for name, full in _kept(file)}


def _kept(file: bytes) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the weights and biases of a graph, as it has them but for what 8-bit numbers stand for."""
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load_from_string(file).graph.initializer}
    for name, value in kept.items():
        stem, _, part = name.rpartition(".")
        if part in ("weight", "bias"):
            scale = kept.get(f"{stem}.scale") if part == "weight" else None
            yield name, value if scale is None else value.astype(np.float32) * scale


def _norm(graph: Graph, name: str, weights: Weights) -> list[str]:
    return [graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]


def _attention(graph: Graph, layer: str, x: str, weights: Weights, *, int8: bool) -> str:
    """Add what the words of a window tell each other; query, key and value are one product."""
    weight = np.concatenate([weights[f"{layer}.{part}.weight"].T for part in _TOGETHER], 1)
    biases = np.concatenate([weights[f"{layer}.{part}.bias"] for part in _TOGETHER])
    bias = graph.constant(f"{layer}.attention.bias", biases)
    heads = len(weights[f"{layer}.query.bias"]) // HEAD
    if not int8:
        sizes = [heads * HEAD] * len(_TOGETHER)
        wide = graph.constant(f"{layer}.attention.weight", weight)
        return str(graph.add("Attention", x, wide, bias, contrib=True, num_heads=heads, qkv_hidden_sizes=sizes))
    numbers, scale, zero = graph.add("DynamicQuantizeLinear", x, outputs=3)
    rows, scales, zeros = graph.eight_bits(f"{layer}.attention", weight)
    inputs = (numbers, rows, bias, scale, scales, "", zero, zeros)
    return str(graph.add("QAttention", *inputs, contrib=True, num_heads=heads))


def attribution_graph(weights: Weights) -> bytes:
    """Return the transformer of `attribution`, 8-bit: a row for each word of a window out (`rows`, T x width).

    In: `vectors` (T x width of the encoder), what is known of each word (`known`, T x width) and, of each block, the
    bias of attention (`bias.0`, heads x T x T, and so on).
    weights (Weights): By the names of `quotes.training.networks.attribution_network.AttributionNetwork`.
    """
    graph = Graph()
    width = len(weights["norm.weight"])
    x = graph.add("Add", graph.linear("input", "vectors", weights, int8=True), "known")
    heads = graph.constant("heads", np.array([0, 3, ATTENTION_HEADS, width // ATTENTION_HEADS]))
    whole = graph.constant("whole", np.array([-1, width]))
    parts, one = graph.constant("parts", np.array([1, 1, 1])), graph.constant("one", np.array([1]))
    biases = [f"bias.{n}" for n in range(len(weights["far_bias"]))]
    for n in range(len(biases)):
        block = f"blocks.{n}"
        norm = _norm(graph, f"{block}.before_attention", weights)
        normal = graph.add("LayerNormalization", x, *norm, epsilon=_OUR_NORM)
        rows = graph.add("Reshape", graph.linear(f"{block}.attention", normal, weights, int8=True), heads)
        split = graph.add("Split", rows, parts, outputs=3, axis=1)
        query, key, value = (graph.add("Squeeze", part, one) for part in split)
        query = graph.add("Transpose", query, perm=[1, 0, 2])
        key = graph.add("Transpose", key, perm=[1, 2, 0])
        value = graph.add("Transpose", value, perm=[1, 0, 2])
        scores = graph.add("FusedMatMul", query, key, contrib=True, alpha=(width // ATTENTION_HEADS) ** -0.5)
        likely = graph.add("Softmax", graph.add("Add", scores, f"bias.{n}"), axis=-1)
        found = graph.add("Reshape", graph.add("Transpose", graph.add("MatMul", likely, value), perm=[1, 0, 2]), whole)
        x = graph.add("Add", x, graph.linear(f"{block}.joined", found, weights, int8=True))
        norm = _norm(graph, f"{block}.before_inner", weights)
        normal = graph.add("LayerNormalization", x, *norm, epsilon=_OUR_NORM)
        inner = graph.add("FastGelu", graph.linear(f"{block}.inner", normal, weights, int8=True), contrib=True)
        x = graph.add("Add", x, graph.linear(f"{block}.outer", inner, weights, int8=True))
    x = graph.add("LayerNormalization", x, *_norm(graph, "norm", weights), epsilon=_OUR_NORM)
    inputs: dict[str, tuple[int, list[str | int]]] = {
        "vectors": (TensorProto.FLOAT, ["words", WIDTH]),
        "known": (TensorProto.FLOAT, ["words", width]),
        **dict.fromkeys(biases, (TensorProto.FLOAT, [ATTENTION_HEADS, "words", "words"])),
    }
    return graph.model(inputs, x, "rows")
