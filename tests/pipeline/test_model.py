"""The trained pipeline as spaCy's users meet it, and the floors under what it finds."""

import json
import pickle
from pathlib import Path

import pytest
import spacy
from growth import MOST, growth

import quotes
from quotes import pipeline

pytestmark = pytest.mark.model

SAMPLES = Path(quotes.__file__).parent / "samples"
GOLD = Path(__file__).parents[1] / "gold"

STORY = """\
Harbour board chief resigns over letter

HAVENPORT, April 7 – The head of the Harbour Board, Mara Ellison, resigned on Monday after a letter to the \
minister was published.

“We knew. We said nothing. I am sorry,” Ellison told reporters. “Is that enough?” she asked.

Dr. J. P. Whitlock of Northmoor University said the U.S. company had paid £4.5m to the board's members.
"""


@pytest.fixture(scope="module")
def nlp():
    return quotes.load()


@pytest.fixture(scope="module")
def texts():
    return [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))[::3]]


def analysis(doc):
    return (
        [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc],
        [(ent.start, ent.end, ent.label_) for ent in doc.ents],
    )


def sentences(nlp, text):
    return [sent.text.strip() for sent in nlp(text).sents]


def test_spacy_loads_the_folder(texts):
    nlp = spacy.load(pipeline.MODEL)
    assert nlp.pipe_names == list(pipeline.COMPONENTS)
    doc = nlp(STORY)
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert found >= {("Mara Ellison", "PERSON"), ("Harbour Board", "ORG"), ("U.S.", "LOC"), ("£4.5m", "MONEY")}
    assert ("Northmoor University", "ORG") in found
    said = next(token for token in doc if token.text == "said" and token.nbor().text == "the")
    assert (said.tag_, said.pos_, said.lemma_) == ("VBD", "VERB", "say")
    assert doc._.quotes


def test_a_name_with_initials_is_a_subject(nlp):
    said = next(token for token in nlp(STORY) if token.text == "said" and token.nbor().text == "the")
    assert [t.text for t in said.lefts if t.dep_ == "nsubj"] in (["Whitlock"], ["Dr."], ["J."], ["P."])


def test_a_headline_without_a_full_stop_is_a_sentence_and_paragraphs_end_sentences(nlp):
    found = sentences(nlp, STORY)
    assert found[0] == "Harbour board chief resigns over letter"
    assert found[-1].startswith("Dr. J. P. Whitlock") and found[-1].endswith("members.")


def test_sentences_in_a_quote_keep_their_marks(nlp):
    found = sentences(nlp, STORY)
    assert not any(sent[0] in "”,." or sent[-1] == "“" for sent in found)
    assert "“Is that enough?” she asked." in found
    assert any(sent.endswith("I am sorry,” Ellison told reporters.") for sent in found)


@pytest.mark.xfail(strict=True, reason="these weights read very short sentences in a quote as one")
def test_short_sentences_in_a_quote_are_told_apart(nlp):
    assert "“We knew." in sentences(nlp, STORY)


def test_the_same_in_any_batch_and_on_any_number_of_threads(nlp, texts):
    one = [analysis(nlp(text)) for text in texts]
    assert [analysis(doc) for doc in nlp.pipe(texts, batch_size=2)] == one
    assert [analysis(doc) for doc in nlp.pipe(reversed(texts), batch_size=64)] == one[::-1]
    two = spacy.load(pipeline.MODEL, config={"components": {"encoder": {"threads": 2}}})
    assert [analysis(doc) for doc in two.pipe(texts)] == one


def test_to_disk_and_back(nlp, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert analysis(again(STORY)) == analysis(nlp(STORY))


def test_bytes_and_back(nlp):
    again = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert analysis(again(STORY)) == analysis(nlp(STORY))


def test_a_pickled_pipeline_reads_the_same(nlp):
    assert analysis(pickle.loads(pickle.dumps(nlp))(STORY)) == analysis(nlp(STORY))


def test_components_can_be_chosen(nlp):
    with nlp.select_pipes(enable=["encoder", "ner"]):
        doc = nlp(STORY)
    assert doc.ents
    assert not doc.has_annotation("DEP")


def test_noun_chunks_know_the_labels(nlp):
    doc = nlp("The head of the Harbour Board gave an old letter to two young reporters.")
    chunks = [chunk.text for chunk in doc.noun_chunks]
    assert chunks == ["The head", "the Harbour Board", "an old letter", "two young reporters"]


def test_many_articles_leave_no_strings_behind(nlp, texts):
    with nlp.memory_zone():
        labels = [(ent.label_, ent[0].tag_, ent[0].dep_) for doc in nlp.pipe(texts) for ent in doc.ents]
    with nlp.memory_zone():
        again = [(ent.label_, ent[0].tag_, ent[0].dep_) for doc in nlp.pipe(texts) for ent in doc.ents]
    assert labels == again


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "“", "\ufeff", "🙂 🙂", "a" * 5000, "\u200b\u200b", "\x00"])
def test_texts_that_are_hardly_one(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert "".join(sent.text_with_ws for sent in doc.sents) == text


@pytest.mark.parametrize("part", ["word ", "(", "He said. ", "Kim\n\n"])
def test_the_time_grows_with_the_text(nlp, part):
    with nlp.select_pipes(disable=list(pipeline.AFTER_LANGUAGE)):
        assert growth(nlp, part, 2000) < MOST


def test_people_who_are_quoted_are_found_as_people(nlp):
    found = wanted = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        people = {q["speaker"] for q in gold["quotes"] if q["speaker_type"] == "person" and " " in q["speaker"]}
        text = (SAMPLES / gold["doc"]).read_text(encoding="utf-8")
        ents = {ent.text for ent in nlp(text).ents if ent.label_ == "PERSON"}
        wanted += len(people)
        found += sum(any(name in ent for ent in ents) for name in people)
    assert wanted >= 20
    assert found / wanted >= 0.9
