"""What tells of a piece whether it was said."""

from __future__ import annotations

import numpy as np
from growth import MOST, growth
from word_tables import table

from quotes.pipeline.attribution import Attribution, Part, Passage
from quotes.pipeline.quotation.piece_features import FEATURES, numbers
from quotes.pipeline.quotation.pieces import Piece

TEXT = "The clerk said it was late and that the board knew. “Never,” she cried."


def span(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def described(*pieces, attributions=(), passages=()):
    return numbers(table(TEXT), pieces, attributions, passages)


def test_every_piece_has_all_numbers_and_no_piece_none():
    said = Attribution(span("said"), (Part(span("The clerk"), 0.8),), (Part(span("it was late"), 0.7),), 0.9)
    passage = Passage(span("“Never,”"), 0.6)
    with_cue = Piece(span("it was late"), "indirect", 0, 0.63)
    alone = Piece(span("“Never,”"), "direct", None, 0.6)
    rows = described(with_cue, alone, attributions=[said], passages=[passage])
    assert rows.shape == (2, FEATURES)
    assert np.isfinite(rows).all()
    assert described().shape == (0, FEATURES)


def test_what_follows_tells_two_places_of_a_content_apart():
    short, long = span("it was late"), span("it was late and that the board knew")
    content = Part(long, 0.7, (Part(short, 0.6),))
    said = Attribution(span("said"), (), (content,), 0.9)
    rows = described(
        Piece(long, "indirect", 0, 0.63, 0, 0), Piece(short, "indirect", 0, 0.54, 0, 1), attributions=[said]
    )
    assert (rows[0] != rows[1]).sum() >= 5, "likelihoods, which place, words, what stands behind"
    one = described(Piece(long, "indirect", 0, 0.63), attributions=[said])
    assert (one[0] == rows[0]).all(), "places of one content are no others that it shares words with"


def test_another_content_round_a_piece_is_told():
    inner = Attribution(span("knew"), (), (Part(span("late"), 0.7),), 0.9)
    outer = Attribution(span("said"), (), (Part(span("it was late"), 0.7),), 0.9)
    piece, around = Piece(span("late"), "indirect", 0, 0.6), Piece(span("it was late"), "indirect", 1, 0.8)
    alone = described(piece, attributions=[inner, outer])
    beside = described(piece, around, attributions=[inner, outer])
    assert 0.8 in beside[0].round(4)
    assert 0.8 not in alone[0].round(4)


def test_the_work_grows_with_the_pieces_and_not_faster():
    sentence = "She said it was late. "

    def work(text):
        """All of it is quoted, which makes one piece as long as the text."""
        made, at = table(text), range(0, len(text) - 1, len(sentence))
        attributions = [Attribution((n + 4, n + 8), (), (Part((n + 9, n + 20), 0.9),), 0.9) for n in at]
        pieces = [Piece((n + 9, n + 20), "indirect", m, 0.8) for m, n in enumerate(at)]
        numbers(made, [*pieces, Piece((0, len(text)), "direct", None, 0.8)], attributions, ())

    assert growth(work, sentence, 100 * len(sentence)) < MOST
