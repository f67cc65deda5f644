import pytest

from quotes.pipeline.marks import Quotation, pair_marks
from quotes.pipeline.sentences import sentences


@pytest.fixture
def split(blank):
    def texts(text, left_out=()):
        story = sentences(blank.make_doc(text), text, pair_marks(text), left_out)
        return [text[sentence.start : sentence.end] for sentence in story]

    return texts


def test_a_quote_of_several_sentences_is_not_torn_apart(split):
    text = '"We came. We saw. We left," she said. Nobody asked.'
    assert split(text) == ['"We came. We saw. We left," she said.', "Nobody asked."]


def test_a_question_belongs_to_the_cue_after_it(split):
    assert split('"Who knew?" Marsh asked. "Who did not?" he added.') == [
        '"Who knew?" Marsh asked.',
        '"Who did not?" he added.',
    ]


def test_a_closed_quote_before_another_speaker_ends_its_sentence(split):
    text = '"We knew." Marsh added: "All of us."'
    assert split(text) == ['"We knew."', 'Marsh added: "All of us."']


def test_titles_end_no_sentence(split):
    assert split("Cmdr. Nadia Ferrant spoke to Mr. Marsh. He left.") == [
        "Cmdr. Nadia Ferrant spoke to Mr. Marsh.",
        "He left.",
    ]


def test_a_paragraph_break_ends_a_sentence_without_a_full_stop(split):
    assert split("Harbour chief resigns\n\nThe harbour master left.") == [
        "Harbour chief resigns",
        "The harbour master left.",
    ]


def test_what_is_left_out_has_no_sentence(split):
    text = "The ship sailed.\n\nShare this: Facebook\n\nIt came back."
    start = text.index("Share")
    assert split(text, [(start, start + len("Share this: Facebook"))]) == ["The ship sailed.", "It came back."]


def test_a_quotation_is_one_piece(blank):
    text = 'He said "we knew all of it" twice.'
    (sentence,) = sentences(blank.make_doc(text), text, pair_marks(text), ())
    assert sum(isinstance(piece, Quotation) for piece in sentence.pieces) == 1
    assert len(sentence.pieces) == 5


def test_a_sentence_without_end_is_cut(blank):
    text = "said, " * 2000
    story = sentences(blank.make_doc(text), text, (), ())
    assert len(story) > 5
    assert "".join(text[s.start : s.end].replace(" ", "") for s in story) == text.replace(" ", "")
