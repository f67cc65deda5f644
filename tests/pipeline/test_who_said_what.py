from importlib import metadata

import pytest
import spacy
from growth import MOST, growth
from spacy.tokens import Doc

from quotes.errors import ExtractionError
from quotes.pipeline import build, extract, is_same, version
from quotes.records import Article, Quote

TEXT = '"We knew," Mara Ellison said.'


def test_the_components_are_found_by_name_in_any_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("marks")
    nlp.add_pipe("who_said_what")
    (quote,) = nlp(TEXT)._.quotes
    assert isinstance(quote, Quote)
    assert quote.speaker.name == "Mara Ellison"


def test_the_component_says_what_it_needs(nlp):
    analysis = nlp.analyze_pipes()
    assert analysis["summary"]["who_said_what"]["requires"] == ["doc._.marks"]
    assert not analysis["problems"]["who_said_what"]


def test_pipe_gives_what_one_by_one_gives(nlp):
    texts = [TEXT, "No quote here.", '"Two," he said. "Three."']
    assert [doc._.quotes for doc in nlp.pipe(texts, batch_size=2)] == [nlp(text)._.quotes for text in texts]


def test_a_hand_built_doc(nlp):
    doc = Doc(nlp.vocab, words=["“", "We", "knew", ",", "”", "she", "said", "."], spaces=[0, 1, 0, 0, 1, 1, 0, 0])
    (quote,) = nlp(doc)._.quotes
    assert (quote.text, quote.cue.text, quote.mention.text) == ("“We knew,”", "said", "she")


def test_furniture_yields_no_quotes(nlp):
    text = f'{TEXT}\n\n"My goat is innocent," owner says'
    start = text.index('"My')
    everything = extract(nlp, Article(text, "test"))
    story = extract(nlp, Article(text, "test", furniture=((start, len(text)),)))
    assert len(everything.quotes) == 2
    assert [quote.text for quote in story] == ['"We knew,"']


def test_a_failure_names_the_article(nlp):
    with pytest.raises(ExtractionError, match=r"^huge\.txt: the pipeline failed"):
        extract(nlp, Article("a " * 1_100_000, "huge.txt"))


def test_the_version_names_language_pipeline_and_number():
    language, number, *libraries = version().split(maxsplit=2)
    assert language == "en_quotes"
    assert number.count(".") == 2
    for library in ("onnxruntime", "tokenizers", "spacy"):
        assert f"{library} {metadata.version(library)}" in libraries[0]


def test_allowed_libraries_are_no_reason_to_read_anew():
    assert is_same("en_quotes 0.1.0", "en_quotes 0.1.0 (onnxruntime 1.32.0)")
    assert is_same("en_quotes 0.1.0 (onnxruntime 1.30.0)", "en_quotes 0.1.0 (onnxruntime 1.32.0)")
    assert not is_same("en_quotes 0.1.0 (onnxruntime 1.32.0)", "en_quotes 0.1.1 (onnxruntime 1.32.0)")


@pytest.fixture(scope="module")
def untrained():
    """What goes by rules alone; test_model.py measures the trained components."""
    return build(exclude=["encoder", "tagger", "lemmatizer", "parser", "ner", "attribution"])


def test_a_run_without_spaces_does_not_stall_the_tokenizer(untrained):
    doc = untrained("“‘" * 50_000 + ' "We knew," she said.')
    assert doc[0].text.startswith("“‘“‘")


@pytest.mark.parametrize("part", ['"A," he said ', '"A. ', "said ", "John Smith ", "“‘", "Mr. ", "'a "])
def test_time_grows_with_the_text_and_no_faster(untrained, part):
    assert growth(untrained, part, 4_000) < MOST
