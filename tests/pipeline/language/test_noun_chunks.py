import pytest
from spacy.tokens import Doc

from quotes.pipeline.language.noun_chunks import noun_chunks


def chunks(vocab, rows):
    """The chunks of a sentence given as word, part of speech, head and label."""
    words, pos, heads, deps = zip(*(row.split() for row in rows), strict=True)
    doc = Doc(vocab, words=words, pos=pos, heads=[int(head) for head in heads], deps=deps)
    return [doc[start:end].text for start, end, _ in noun_chunks(doc)]


def test_what_describes_a_noun_before_it_is_in_its_chunk(blank):
    rows = ["the DET 2 det", "old ADJ 2 amod", "letter NOUN 3 nsubj", "fell VERB 3 ROOT"]
    assert chunks(blank.vocab, rows) == ["the old letter"]


def test_a_preposition_is_not_and_what_hangs_on_it_is_a_chunk_of_its_own(blank):
    rows = ["head NOUN 4 nsubj", "of ADP 3 case", "the DET 3 det", "board NOUN 0 nmod", "left VERB 4 ROOT"]
    assert chunks(blank.vocab, rows) == ["head", "the board"]


def test_a_name_is_one_chunk_with_its_title(blank):
    rows = [
        "Board NOUN 2 compound",
        "spokesman NOUN 2 compound",
        "Lee PROPN 4 nsubj",
        "Park PROPN 2 flat",
        "left VERB 4 ROOT",
    ]
    assert chunks(blank.vocab, rows) == ["Board spokesman Lee Park"]


def test_an_owner_is_in_the_chunk_of_what_it_owns(blank):
    rows = ["Kim PROPN 2 nmod:poss", "’s PART 0 case", "letter NOUN 3 nsubj", "fell VERB 3 ROOT"]
    assert chunks(blank.vocab, rows) == ["Kim ’s letter"]


def test_a_noun_that_is_the_predicate_does_not_take_its_subject(blank):
    rows = ["She PRON 3 nsubj", "is AUX 3 cop", "a DET 3 det", "judge NOUN 3 ROOT"]
    assert chunks(blank.vocab, rows) == ["She", "a judge"]


def test_without_a_parse_it_says_so(blank):
    with pytest.raises(ValueError, match="E029"):
        list(noun_chunks(blank.make_doc("Kim left.")))
