"""The spaCy pipeline that turns an `Article` into `Quote`s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import ExtractionError
from ..reading.files import LARGEST
from ..records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language


def build() -> Language:
    """Return the pipeline: `marks`, then `attribution`."""
    import spacy

    from .. import __version__
    from . import attribution, marks  # noqa: F401  the factories, where no entry point is installed

    nlp = spacy.blank("en")
    nlp.max_length = LARGEST
    # The tokenizer takes affixes off one at a time: a run of 60,000 signs took it over a minute.
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = re.compile(r"\S{200,}").match
    nlp.meta.update(name="quotes", version=__version__, description="Who said what in English news")
    nlp.add_pipe("marks")
    nlp.add_pipe("attribution")
    return nlp


def version(nlp: Language) -> str:
    """Return what is stored beside each article: the pipeline's name and version."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def extract(nlp: Language, article: Article) -> Extraction:
    """Return what was said in an article.

    RAISES (ExtractionError): If the pipeline fails on it.
    """
    try:
        doc = nlp.make_doc(article.text)
        doc._.article = article
        doc = nlp(doc)
    except Exception as error:
        raise ExtractionError(f"{article.source}: the pipeline failed ({type(error).__name__}: {error})") from error
    return Extraction(article, doc._.quotes)
