"""What judges the pieces of articles, trained on a pipeline as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from .. import pipeline
from ..evaluation.gold import GoldArticle
from .annotated_articles import Annotated, opening, outlet_of, read_on
from .answers import Answer, answers
from .learning.piece_learning import NEWS, PieceExamples, learn_pieces, piece_examples
from .networks.packaging import give_trees

_GROUPS = 4
_BEFORE = pipeline.QUOTES[: pipeline.QUOTES.index("quotation")]


class PieceJudge:
    """Trees for the component `quotation` of a pipeline, learned from articles that its encoder did not see.

    nlp (Language): The pipeline.
    news, written (Sequence[Annotated]): Such articles of newspapers and agencies, and those that were written to be
        learned from.
    kept (Path): Has what was read but the quotes, or gets it.
    """

    def __init__(self, nlp: Language, news: Sequence[Annotated], kept: Path, written: Sequence[Annotated] = ()) -> None:
        self._nlp, self._kept = nlp, kept
        self._examples = [
            (article, self._read(article), counts)
            for articles, counts in ((news, NEWS), (written, 1.0))
            for article in articles
        ]

    def _read(self, article: Annotated) -> PieceExamples:
        return piece_examples(read_on(self._nlp, article, self._kept, _BEFORE), article.entries)

    def train(self, without: Collection[Annotated] = ()) -> None:
        """Give the pipeline trees that learned nothing of some articles, their outlets, and copies in others."""
        outlets = {outlet_of(article.name) for article in without}
        openings = {opening(article.text) for article in without}
        chosen = [
            (examples, counts)
            for article, examples, counts in self._examples
            if outlet_of(article.name) not in outlets and opening(article.text) not in openings
        ]
        give_trees(self._nlp, learn_pieces(chosen))

    def groups(self, measured: Sequence[Annotated]) -> Iterator[list[Annotated]]:
        """Yield articles in groups by outlet; the pipeline has trees that learned nothing of a group when it comes."""
        outlets = sorted({outlet_of(article.name) for article in measured})
        for n in range(min(_GROUPS, len(outlets))):
            own = set(outlets[n::_GROUPS])
            group = [article for article in measured if outlet_of(article.name) in own]
            self.train(group)
            yield group

    def answers(self, measured: Sequence[Annotated], gold: Mapping[str, GoldArticle]) -> Iterator[Answer]:
        """Yield articles as the pipeline reads them, each with trees that learned nothing of it, as in `groups`."""
        for group in self.groups(measured):
            yield from answers(self._nlp, group, gold, self._kept)
