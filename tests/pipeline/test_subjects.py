import spacy
from spacy.tokens import Doc

from quotes.pipeline.marks import pair_marks
from quotes.pipeline.subjects import noun_phrase, subject_of, subjects

VOCAB = spacy.blank("en").vocab


def parsed(*rows, ents=None):
    """A Doc of (word, place of its head, relation)."""
    words, heads, deps = zip(*rows, strict=True)
    return Doc(VOCAB, words=words, heads=heads, deps=deps, ents=ents)


def told_of(doc):
    return [mention.text for mention in subjects(doc, pair_marks(doc.text))]


def test_the_subjects_of_joined_verbs():
    doc = parsed(
        ("Contacted", 0, "ROOT"), (",", 0, "punct"), ("Ada", 4, "nsubj"), ("Moss", 2, "flat"), ("denied", 0, "conj"),
        ("it", 4, "obj"), (".", 0, "punct"),
    )  # fmt: skip
    assert told_of(doc) == ["Ada Moss"]


def test_who_did_what_was_done():
    doc = parsed(
        ("It", 2, "nsubj:pass"), ("was", 2, "aux:pass"), ("suggested", 2, "ROOT"), ("by", 4, "case"),
        ("Moss", 2, "obl:agent"),
    )  # fmt: skip
    assert told_of(doc) == ["It", "Moss"]


def test_somebody_of_whom_the_sentence_goes_on_to_tell():
    doc = parsed(
        ("It", 1, "nsubj"), ("matters", 1, "ROOT"), ("to", 3, "case"), ("Moss", 1, "obl"), (",", 6, "punct"),
        ("who", 6, "nsubj"), ("sings", 3, "acl:relcl"),
        ents=["O", "O", "O", "B-PERSON", "O", "O", "O"],
    )  # fmt: skip
    assert told_of(doc) == ["It", "Moss"]


def test_nobody_inside_a_quotation():
    doc = parsed(("“", 2, "punct"), ("Moss", 2, "nsubj"), ("left", 2, "ROOT"), (".", 2, "punct"), ("”", 2, "punct"))
    assert told_of(doc) == []


def test_nothing_without_a_parse():
    assert told_of(Doc(VOCAB, words=["Moss", "left"])) == []


def test_a_noun_phrase_keeps_a_name_whole_and_drops_what_is_beside():
    doc = parsed(
        ("John", 0, "ROOT"), ("Kirby", 0, "flat"), (",", 4, "punct"), ("a", 4, "det"), ("spokesman", 0, "appos"),
        ents=["B-PERSON", "I-PERSON", "O", "O", "O"],
    )  # fmt: skip
    assert noun_phrase(doc[0:5], doc.text).text == "John Kirby"
    assert noun_phrase(doc[0:1], doc.text).text == "John Kirby"


def test_a_noun_phrase_does_not_end_with_a_preposition():
    doc = parsed(
        ("an", 1, "det"), ("official", 1, "ROOT"), ("from", 4, "case"), ("Etihad", 4, "compound"), ("Rail", 1, "nmod")
    )
    assert noun_phrase(doc[0:3], doc.text).text == "an official from Etihad Rail"


def test_the_subject_of_a_verb_beside_another():
    doc = parsed(
        ("Moss", 1, "nsubj"), ("left", 1, "ROOT"), (",", 3, "punct"), ("saying", 1, "advcl"), ("so", 3, "obj"),
    )  # fmt: skip
    assert subject_of(doc[3]).text == "Moss"
    assert subject_of(doc[4]) is None
