#!/usr/bin/env bash
# onnxruntime: the fused SkipLayerNormalization takes several times as long on a CPU as the Add and LayerNormalization
# that it fuses.
#
# Expected: a fused operator is at least as fast as its parts; onnxruntime's own transformer optimizer puts
# SkipLayerNormalization (com.microsoft) in place of Add + LayerNormalization, for CPU models too.
# Seen in onnxruntime 1.32.0, one thread, float32, 200 x 384 as in a small BERT: the same numbers come out (to 1e-5), but
# the fused operator takes 3 to 6 times as long. In a 4-layer encoder with 8-bit products that was a sixth of all time.
# Instead: write Add and LayerNormalization (opset 17) into models for CPUs, or leave that fusion out of the optimizer
# (`enable_skip_layer_norm = False` in FusionOptions), and profile a fused operator before it is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "onnxruntime==1.32.0" "onnx==1.19.1" "numpy==2.3.5"
"$folder/venv/bin/python" - <<'PYTHON'
import statistics
import time

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

WIDTH, REPEATED = 384, 8
rng = np.random.default_rng(0)
constants = [
    numpy_helper.from_array(rng.normal(size=WIDTH).astype(np.float32), name) for name in ("gamma", "beta")
]


def session(fused):
    nodes, x = [], "x"
    for n in range(REPEATED):
        if fused:
            nodes.append(helper.make_node(
                "SkipLayerNormalization", [x, "skip", "gamma", "beta"], [f"y{n}"], domain="com.microsoft", epsilon=1e-12
            ))
        else:
            nodes.append(helper.make_node("Add", [x, "skip"], [f"sum{n}"]))
            nodes.append(helper.make_node("LayerNormalization", [f"sum{n}", "gamma", "beta"], [f"y{n}"], epsilon=1e-12))
        x = f"y{n}"
    shape = [1, "length", WIDTH]
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("x", "skip")]
    graph = helper.make_graph(nodes, "norms", inputs, [helper.make_tensor_value_info(x, TensorProto.FLOAT, shape)], constants)
    sets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # What is written is what runs: the optimizer would fuse the parts.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


feed = {name: rng.normal(size=(1, 200, WIDTH)).astype(np.float32) for name in ("x", "skip")}
sessions = {"SkipLayerNormalization": session(True), "Add + LayerNormalization": session(False)}
one, other = (s.run(None, feed)[0] for s in sessions.values())
apart = float(np.abs(one - other).max())
times = {name: [] for name in sessions}
for _ in range(60):
    for name, s in sessions.items():
        began = time.process_time()
        for _ in range(5):
            s.run(None, feed)
        times[name].append(time.process_time() - began)
middle = {name: statistics.median(taken) / 5 / REPEATED for name, taken in times.items()}
ratio = middle["SkipLayerNormalization"] / middle["Add + LayerNormalization"]
print("onnxruntime", onnxruntime.__version__)
print(f"largest difference of what comes out: {apart:.1e}")
for name, taken in middle.items():
    print(f"{name:26} {1e6 * taken / 200:6.2f} us a row of {WIDTH}")
print(f"fused / parts: {ratio:.1f}")
assert apart < 1e-3, apart
assert ratio > 1.5, ratio
PYTHON
