"""Who said what, and where: quotes and their sources from English news.

import quotes

for quote in quotes.extract('"We knew," the minister told the hearing.'):
    print(quote.speaker, quote.text)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .errors import DatabaseError, DecisionError, ExtractionError, ModelError, QuotesError, ReadingError, RemovalError
from .records import Article, Extraction, Failure, Mention, Outlet, Quote, Speaker

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = "0.1.0"

__all__ = [
    "Article",
    "DatabaseError",
    "DecisionError",
    "Extraction",
    "ExtractionError",
    "Failure",
    "Mention",
    "ModelError",
    "Outlet",
    "Quote",
    "QuotesError",
    "ReadingError",
    "RemovalError",
    "Speaker",
    "__version__",
    "extract",
    "load",
]


@cache
def load() -> Language:
    """Return the spaCy pipeline, made once: `load()(text)._.quotes` is a tuple of `Quote`."""
    from . import pipeline

    return pipeline.build()


def extract(article: Article | str) -> Extraction:
    """Return what was said in an article, or in a text that is read as a plain-text file is.

    RAISES (ReadingError): If the text has broken front matter.
    RAISES (ExtractionError): If the pipeline fails on it.
    """
    from . import pipeline
    from .reading.text import parse

    return pipeline.extract(load(), parse(article, "text") if isinstance(article, str) else article)
