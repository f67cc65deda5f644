"""The heads on Docs built by hand: each word's vector is one-hot, the weights say what each place means."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from quotes.pipeline.language.marks import Marks, Quotation
from quotes.pipeline.language.ner import Entities
from quotes.pipeline.language.parser import Parser
from quotes.pipeline.language.tagger import Lemmatizer, Tagger

WIDTH = 8
VOCAB = spacy.blank("en").vocab
Marks()  # sets the extension


@pytest.fixture
def made():
    def doc(words, kinds, spaces=None):
        made = Doc(VOCAB, words=words, spaces=spaces)
        made.tensor = np.eye(WIDTH, dtype=np.float32)[kinds]
        return made

    return doc


def chooser(task, labels, by=1.0):
    """Weights under which a word of kind n has the nth label, and by how much."""
    return {f"{task}.weight": by * np.eye(len(labels), WIDTH), f"{task}.bias": np.zeros(len(labels))}


def entities(labels=("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")):
    return Entities(VOCAB, "ner").take({"entity": list(labels)}, chooser("entity", labels, by=2))


def found(doc):
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_entities_of_two_kinds_that_touch_are_two(made):
    doc = entities()(made(["NATO", "Kim", "Lee"], [3, 1, 2]))
    assert found(doc) == [("NATO", "ORG"), ("Kim Lee", "PERSON")]


def test_an_entity_has_one_kind(made):
    doc = entities()(made(["Havenport", "Daily", "Herald"], [1, 4, 4]))
    assert found(doc) == [("Havenport Daily Herald", "ORG")]


def test_an_inside_without_a_beginning_begins_one(made):
    doc = entities()(made(["aide", "White", "House"], [0, 4, 4]))
    assert found(doc) == [("White House", "ORG")]


def test_all_mentions_of_a_name_have_the_kind_that_most_have(made):
    doc = entities()(made(["Kim", "met", "Kim", ",", "Kim"], [1, 0, 3, 0, 1]))
    assert found(doc) == [("Kim", "PERSON")] * 3


def test_entities_that_are_there_stay(made):
    doc = made(["Kim", "Lee", "met", "Park"], [1, 2, 0, 1])
    doc.set_ents([spacy.tokens.Span(doc, 1, 2, "ORG")])
    assert found(entities()(doc)) == [("Lee", "ORG"), ("Park", "PERSON")]


def test_no_entities_at_all(made):
    doc = entities()(made(["he", "said", "so"], [0, 0, 0]))
    assert found(doc) == []
    assert doc.has_annotation("ENT_IOB")


def test_no_entity_goes_over_the_end_of_a_paragraph(made):
    doc = entities()(made(["By", "Kim", "\n\n", "Lee"], [0, 1, 0, 1], [True, False, False, False]))
    assert found(doc) == [("Kim", "PERSON"), ("Lee", "PERSON")]


def test_tags_parts_of_speech_and_features(made):
    tags, morphs = ("NNP", "VBD"), ("PROPN|Number=Sing", "VERB|Tense=Past|VerbForm=Fin")
    head = Tagger(VOCAB, "tagger").take(
        {"tag": list(tags), "morph": list(morphs)}, chooser("tag", tags) | chooser("morph", morphs)
    )
    doc = head(made(["Kim", "\n", "said"], [0, 5, 1]))
    assert [token.tag_ for token in doc] == ["NNP", "_SP", "VBD"]
    assert [token.pos_ for token in doc] == ["PROPN", "SPACE", "VERB"]
    assert [str(token.morph) for token in doc] == ["Number=Sing", "", "Tense=Past|VerbForm=Fin"]


def test_lemmas(made):
    scripts = ("same|0|", "lower|2|y")
    head = Lemmatizer(VOCAB, "lemmatizer").take({"lemma": list(scripts)}, chooser("lemma", scripts))
    doc = head(made(["Kim", " ", "said"], [0, 5, 1]))
    assert [token.lemma_ for token in doc] == ["Kim", " ", "say"]


def test_lemmas_of_words_that_a_memory_zone_has_forgotten(made):
    scripts = ("lower|2|xy", "lower|2|xy")
    head = Lemmatizer(VOCAB, "lemmatizer").take({"lemma": list(scripts)}, chooser("lemma", scripts))
    for _ in range(2):
        with VOCAB.memory_zone():
            assert [token.lemma_ for token in head(made(["unheardof"], [1]))] == ["unheardxy"]


def parser(arcs, starts=()):
    """A parser in which the kind of word i hangs on the kind `arcs[i]`, and sentences start with some kinds."""
    sides = np.eye(WIDTH)
    arc = np.zeros((WIDTH + 1, WIDTH))
    for dep, head in arcs.items():
        arc[dep, head] = 5
    label = np.zeros((3, WIDTH + 1, WIDTH + 1))
    label[1, 0, :] = 2  # a word of kind 0 is a subject
    label[2, :, :] += 1
    weights = {f"{name}.weight": sides for name in ("arc_dep", "arc_head", "label_dep", "label_head")}
    weights |= {f"{name}.bias": np.zeros(WIDTH) for name in ("arc_dep", "arc_head", "label_dep", "label_head")}
    begins = np.zeros((2, WIDTH))
    begins[0] = 1
    begins[1, list(starts)] = 4
    weights |= {"arc": arc, "label": label, "start.weight": begins, "start.bias": np.zeros(2)}
    return Parser(VOCAB, "parser").take({"dep": ["ROOT", "nsubj", "obj"]}, weights)


def test_a_tree(made):
    doc = parser({0: 1, 1: 1, 2: 1})(made(["Kim", "saw", "Lee"], [0, 1, 2]))
    assert [token.head.text for token in doc] == ["saw", "saw", "saw"]
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "obj"]
    assert [chunk.text for chunk in doc.sents] == ["Kim saw Lee"]


def test_white_space_hangs_on_the_word_before_it_and_a_paragraph_ends_a_sentence(made):
    doc = parser({0: 1, 1: 1})(made(["Kim", "won", "\n\n", "Kim", "lost"], [0, 1, 0, 0, 1]))
    assert doc[2].head.text == "won"
    assert [sent.text for sent in doc.sents] == ["Kim won \n\n", "Kim lost"]


def test_white_space_at_the_very_beginning(made):
    doc = parser({0: 1, 1: 1})(made(["\n", "Kim", "won"], [7, 0, 1]))
    assert doc[0].head.text == "Kim"
    assert len(list(doc.sents)) == 1


def test_sentences_that_are_set_already_are_kept(made):
    doc = made(["Kim", "won", "Kim", "lost"], [0, 1, 0, 1])
    for token in doc:
        token.is_sent_start = token.i == 2
    assert [len(sent) for sent in parser({0: 1, 1: 1}, starts=[1])(doc).sents] == [2, 2]


def test_a_sentence_starts_rather_after_a_sign_that_ends_one(made):
    unsure = parser({0: 1, 1: 1}, starts=[0])
    unsure.weights["start.bias"] += np.array([1, 0])
    words = ["Kim", "won", ".", "”", "Kim", "lost", "Kim", "won", ")", "Kim", "won"]
    doc = unsure(made(words, [0, 1, 2, 2, 0, 1, 0, 1, 2, 0, 1]))
    assert [sent.text for sent in doc.sents] == ["Kim won . ”", "Kim lost Kim won ) Kim won"]


def test_where_nothing_is_set_the_parser_decides(made):
    doc = made(["Kim", "won", "Lee", "lost", "Lee", "won"], [0, 1, 2, 1, 2, 1])
    doc[4].is_sent_start = False
    sents = parser({0: 1, 1: 1, 2: 1}, starts=[2])(doc).sents
    assert [len(sent) for sent in sents] == [2, 4]


def test_a_start_that_is_set_at_white_space_is_kept(made):
    doc = made(["Kim", "won", " ", "Kim", "lost"], [0, 1, 0, 0, 1])
    doc[2].is_sent_start = True
    assert [sent[0].i for sent in parser({0: 1, 1: 1})(doc).sents] == [0, 3]


def test_a_quotation_that_ends_with_a_comma_goes_on_with_its_cue(made):
    doc = made(["“", "Yes", ",", "”", "Kim", "said"], [2, 0, 2, 2, 4, 1], [False, False, False, True, True, False])
    doc._.marks = (Quotation(0, 6),)
    assert len(list(parser({0: 1, 1: 1, 2: 1}, starts=[4])(doc).sents)) == 1


def test_a_closing_mark_stays_with_its_sentence(made):
    doc = made(["“", "Yes", ".", "”", "Kim", "left", "."], [2, 0, 2, 4, 0, 1, 2])
    doc._.marks = (Quotation(0, 9),)
    assert doc[3].idx == 8
    sents = list(parser({0: 1, 1: 1, 2: 1}, starts=[4])(doc).sents)
    assert [sent[0].text for sent in sents] == ["“", "Kim"]


def test_an_opening_mark_stays_with_the_word_after_it(made):
    doc = made(["Kim", "left", ".", "“", "Yes", ".", "”"], [0, 1, 2, 2, 4, 2, 2])
    doc._.marks = (Quotation(doc[3].idx, doc[6].idx + 1),)
    sents = list(parser({0: 1, 1: 1, 2: 1}, starts=[4])(doc).sents)
    assert [sent[0].text for sent in sents] == ["Kim", "“"]


def test_a_sentence_without_end_is_cut(made):
    doc = parser({0: 1, 1: 1})(made(["Kim"] * 1000, [0] * 1000))
    assert max(len(sent) for sent in doc.sents) == 200


def test_bytes_and_back(made):
    copy = Entities(VOCAB, "ner").from_bytes(entities().to_bytes())
    assert found(copy(made(["Kim"], [1]))) == [("Kim", "PERSON")]
    assert copy.labels == entities().labels


def test_without_weights_it_says_so(made):
    with pytest.raises(ValueError, match="'ner' has no weights"):
        Entities(VOCAB, "ner")(made(["Kim"], [1]))


def test_without_vectors_it_says_so(blank):
    with pytest.raises(ValueError, match="needs 'encoder' before it"):
        entities()(blank.make_doc("Kim said so."))


def test_a_doc_of_white_space(made):
    doc = parser({0: 1})(entities()(made(["\n", " "], [0, 0])))
    assert [sent.text for sent in doc.sents] == ["\n  "]
    assert doc.has_annotation("ENT_IOB")


def test_an_empty_doc(blank):
    assert len(entities()(blank.make_doc(""))) == 0
