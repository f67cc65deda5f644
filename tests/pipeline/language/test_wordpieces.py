import pytest

from quotes.pipeline import MODEL
from quotes.pipeline.language.wordpieces import LONGEST, SHAPES, Wordpieces, shape


@pytest.fixture(scope="module")
def wordpieces():
    return Wordpieces((MODEL / "encoder" / "tokenizer.json").read_bytes())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Watson", "Title"),
        ("said", "lower"),
        ("NSC", "UPPER"),
        ("U.S.", "UPPER"),
        ("J.", "Initial"),
        ("McCain", "miXed"),
        ("2025", "digits"),
        ("G20", "d1g1ts"),
        ("“", "punctuation"),
        ("大坪海岸", "other"),
        ("don’t", "lower"),
    ],
)
def test_shapes(word, expected):
    assert shape(word) == expected


def test_case_is_in_the_shape_and_not_in_the_pieces(wordpieces):
    lower, title = wordpieces.word("watson"), wordpieces.word("Watson")
    assert lower.pieces == title.pieces
    assert (SHAPES[lower.shape], SHAPES[title.shape]) == ("lower", "Title")


@pytest.mark.parametrize("word", ["\u200b", "\x00", "\ufffd", "🙂", "a" * 50_000, "https://x.example/" + "a-" * 20_000])
def test_every_word_has_some_pieces_and_not_too_many(wordpieces, word):
    assert 1 <= len(wordpieces.word(word).pieces) <= LONGEST
