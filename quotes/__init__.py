"""Who said what, and where: quotes and their sources from English news.

import quotes

for quote in quotes.extract('"We knew," the minister told the hearing.'):
    print(quote.speaker, quote.text)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from .errors import (
    DatabaseError,
    DecisionError,
    ExportError,
    ExtractionError,
    ModelError,
    QuotesError,
    ReadingError,
    RemovalError,
)
from .records import Article, Extraction, Failure, Mention, Outlet, Quote, Speaker
from .version import __version__

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Article",
    "DatabaseError",
    "DecisionError",
    "ExportError",
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


def load(
    *, disable: str | Iterable[str] = (), enable: str | Iterable[str] = (), exclude: str | Iterable[str] = ()
) -> Language:
    """Return the spaCy pipeline: `load()(text)._.quotes` is a tuple of `Quote`. It is made once for each choice.

    disable, enable, exclude (str | Iterable[str]): Components, as `spacy.load` takes them: not to run until
        `nlp.enable_pipe`, the only ones to run, not to load at all.
    RAISES (ValueError): If there is no component of this name.
    """
    return _load(*(tuple([names] if isinstance(names, str) else names) for names in (disable, enable, exclude)))


@cache
def _load(disable: tuple[str, ...], enable: tuple[str, ...], exclude: tuple[str, ...]) -> Language:
    from . import pipeline

    return pipeline.build(disable=disable, enable=enable, exclude=exclude)


def extract(article: Article | str) -> Extraction:
    """Return what was said in an article, or in a text that is read as a plain-text file is.

    RAISES (TypeError): If it is neither.
    RAISES (ReadingError): If the text has broken front matter.
    RAISES (ExtractionError): If a component of the pipeline fails on it; what the others found is its `extraction`.
    """
    from . import pipeline
    from .reading.formats.text import parse

    if not isinstance(article, Article | str):
        kind = type(article).__name__
        hint = "; the quotes of a Doc that the pipeline made are its ._.quotes" if kind == "Doc" else ""
        raise TypeError(f"extract() takes a text (str) or a quotes.Article, not {kind}{hint}")
    return pipeline.extract(_load((), (), ()), parse(article, "text") if isinstance(article, str) else article)
