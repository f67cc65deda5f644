import pytest
import spacy

from quotes.pipeline import build
from quotes.records import Article


@pytest.fixture(scope="session")
def nlp():
    return build()


@pytest.fixture(scope="session")
def quotes_of(nlp):
    """The quotes of a text that is all story."""

    def found(text, **article):
        doc = nlp.make_doc(text)
        doc._.article = Article(text, "test", **article)
        for _, component in nlp.pipeline:
            doc = component(doc)
        return doc._.quotes

    return found


@pytest.fixture(scope="session")
def blank():
    return spacy.blank("en")
