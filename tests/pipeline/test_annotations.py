import pytest
import spacy
from spacy.tokens import Doc, DocBin

from quotes.records import Article, Outlet

STORY = "“We knew,” said Mara Ellison, the harbour master. “It ‘was’ late.”"


@pytest.fixture
def doc(nlp):
    return nlp(STORY)


def test_a_docs_bytes_carry_quotes_and_marks(nlp, doc):
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert doc._.quotes and doc._.marks
    assert again._.quotes == doc._.quotes
    assert again._.marks == doc._.marks


def test_a_docs_bytes_carry_its_article(nlp, doc):
    doc._.article = Article(STORY, "one.txt", outlet=Outlet("Harbour Courier"), furniture=((0, 3),))
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.article == doc._.article


def test_a_docbin_carries_them(nlp, doc):
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert again._.quotes == doc._.quotes


def test_other_data_is_left_alone(nlp):
    doc = spacy.blank("en")("Kim")
    doc.user_data["mine"] = {"a": [1, 2]}
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).user_data["mine"] == {"a": [1, 2]}


def test_two_processes(nlp, doc):
    docs = list(nlp.pipe([STORY, "No quotes here."], n_process=2, batch_size=1))
    assert [found._.quotes for found in docs] == [doc._.quotes, ()]
