"""Networks in ONNX, run by onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def session_of(file: bytes, threads: int = 1) -> InferenceSession:
    """Return what runs a network; `threads` it may use, 1 leaves the other cores to other processes."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return InferenceSession(file, options, providers=["CPUExecutionProvider"])
