import math

import pytest

from quotes.evaluation.gold import GoldArticle, GoldQuote
from quotes.records import Quote, Speaker
from quotes.training.calibration import Judged, fit, judged, reliability


def quote(span, name):
    return Quote("direct", (span,), "", speaker=Speaker(name, "person"))


def test_a_reliability_table():
    found = [Judged("model", 0.55, True), Judged("model", 0.59, False), Judged("model", 1.0, True)]
    first, last = reliability(found)
    assert first == (0.5, 0.6, 2, pytest.approx(0.57), 0.5)
    assert last == (0.9, 1.0, 1, 1.0, 1.0)


def test_a_piece_is_right_where_its_words_and_its_speaker_are(tmp_path):
    text = "“We knew it all,” Kim said.\n\n“Nobody asked us,” Lee said.\n"
    wanted = (GoldQuote((0, 17), "direct", ("Kim",), "person"), GoldQuote((29, 47), "direct", ("Lee",), "person"))
    found = [quote((0, 17), "Kim"), quote((29, 47), "Kim"), quote((18, 21), "Kim")]
    right = [one.right for one in judged(GoldArticle(tmp_path / "one.txt", text, wanted), found)]
    assert right == [True, False, False]


def test_what_may_be_left_out_is_not_judged(tmp_path):
    wanted = (GoldQuote((0, 4), "direct", ("Kim",), "person", optional=True),)
    assert list(judged(GoldArticle(tmp_path / "one.txt", "“No”", wanted), [quote((0, 4), "Kim")])) == []


def test_a_fit_makes_confidence_right_on_average():
    chances = {0.6: 3, 0.8: 5, 0.9: 6, 0.99: 7}
    sure = [Judged("model", confidence, n < rights) for confidence, rights in chances.items() for n in range(8)]
    more, times = fit(sure)
    odds = [more + times * math.log(one.confidence / (1 - one.confidence)) for one in sure]
    assert sum(1 / (1 + math.exp(-odd)) for odd in odds) == pytest.approx(sum(one.right for one in sure), abs=0.01)
