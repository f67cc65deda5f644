"""The quotes of sources, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .terminal import say

if TYPE_CHECKING:
    from ..reading import ReadOptions
    from ..records import Extraction


def extractions(
    sources: Iterable[str], read_options: ReadOptions, min_confidence: float, failed: list[str]
) -> Iterator[Extraction]:
    """Yield the quotes of each file; report those that fail on standard error, and add them to `failed`."""
    from .. import pipeline
    from ..errors import ExtractionError, ReadingError, one_line
    from ..reading import Unchanged, articles
    from ..records import Extraction

    nlp = pipeline.build()
    for article in articles(sources, read_options):
        if isinstance(article, Unchanged):
            continue
        extraction: Extraction | None = None
        try:
            if isinstance(article, ReadingError):
                raise article
            extraction = pipeline.extract(nlp, article)
        except Exception as error:
            source = article.source
            failed.append(source)
            say(f"Error: {source}: {one_line(error, source)}")
            if isinstance(error, ExtractionError):
                extraction = error.extraction
        if extraction:
            sure = tuple(quote for quote in extraction if quote.confidence >= min_confidence)
            yield Extraction(extraction.article, sure)
