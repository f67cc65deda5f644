"""Boosted trees that judge the pieces which `attribution` proposes, for the component `quotation`.

They learn from articles that the encoder did not see: of others it is surer than it is of what it has yet to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from ...evaluation.scoring import LEAST_OVERLAP, letters, overlap
from ...pipeline.language.heads import Matrix
from ...pipeline.quotation.statements import proposals_of
from ...spans.overlaps import Overlaps
from ..annotated_articles import Entry
from .boosting import boosted

ROUNDS = 300
SEEDS = (1, 2, 3)
NEWS = 3.0
"""What a piece of a real article counts; one of an article that was written to be learned from counts 1."""
_SETTINGS = {
    "objective": "cross_entropy",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
}


@dataclass(frozen=True, eq=False, slots=True)
class PieceExamples:
    """What is proposed in one article, and how much of it was said.

    numbers (Matrix): Pieces x features.
    right (NDArray[float64]): The share that a piece and its entry have in common, 0 if that is less than half.
    """

    numbers: Matrix
    right: NDArray[np.float64]


def piece_examples(doc: Doc, entries: Sequence[Entry]) -> PieceExamples:
    """Return what a Doc with attributions, marks and turns teaches; nothing of what turns tell, or may be left out."""
    text = doc.text
    proposals = proposals_of(doc)
    of_turns = Overlaps(span for turn in doc._.turns for span in turn.contents)
    places = [(entry["start"], entry["end"]) for entry in entries]
    said, over = [letters(text, place) for place in places], Overlaps(places)
    rows, right = [], []
    for row, piece in enumerate(proposals.pieces):
        own = letters(text, piece.span)
        share, n = max(((overlap(said[n], own), n) for n in over.over(piece.span)), default=(0.0, -1))
        is_right = share >= LEAST_OVERLAP
        if not of_turns.touch(piece.span) and not (is_right and entries[n].get("optional")):
            rows.append(row)
            right.append(share if is_right else 0.0)
    return PieceExamples(proposals.numbers[rows], np.array(right))


def learn_pieces(articles: Sequence[tuple[PieceExamples, float]]) -> bytes:
    """Return trees that were trained on articles, each with what one of its pieces counts, as ONNX.

    Their score is the log-odds of the share of a piece that was said.
    """
    from lightgbm import Dataset

    rows = Dataset(
        np.concatenate([examples.numbers for examples, _ in articles]),
        np.concatenate([examples.right for examples, _ in articles]),
        weight=np.concatenate([np.full(len(examples.right), counts) for examples, counts in articles]),
    )
    return boosted(rows, _SETTINGS, ROUNDS, SEEDS)
