import pytest
import spacy

from quotes.pipeline import extract
from quotes.records import Article


@pytest.fixture(scope="session")
def quotes_of(nlp):
    """The quotes of a text that is all story."""

    def found(text, **article):
        return extract(nlp, Article(text, "test", **article)).quotes

    return found


@pytest.fixture(scope="session")
def blank():
    return spacy.blank("en")
