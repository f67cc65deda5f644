from pathlib import Path

import pytest

from quotes.evaluation.gold import GoldArticle, GoldQuote
from quotes.evaluation.scoring import Scores, matched
from quotes.records import Quote, Speaker

TEXT = "“We knew,” Ellison said. Police said it was so. Kim said no more of it."


def gold(words, kind="direct", name="Mara Ellison", speaker_kind="person", **more):
    start = TEXT.index(words)
    return GoldQuote((start, start + len(words)), kind, (name,), speaker_kind, **more)


def quote(words, kind="direct", name="Mara Ellison", **more):
    start = TEXT.index(words)
    speaker = Speaker(name, "person") if name else None
    return Quote(kind, ((start, start + len(words)),), words, speaker=speaker, **more)


def scored(wanted, found):
    scores = Scores()
    scores.add(GoldArticle(Path("a.txt"), TEXT, tuple(wanted)), found)
    return scores


def test_all_right():
    figures = scored([gold("“We knew,”")], [quote("We knew")]).figures()
    assert figures["who said what: F1"] == figures["exact spans"] == figures["found: direct"] == 1
    assert "found: indirect" not in figures
    assert "via right" not in figures


def test_a_wrong_speaker_a_miss_and_a_spurious_one():
    wanted = [gold("“We knew,”"), gold("it was so", "indirect", "police", "unnamed", via="Reuters")]
    scores = scored(wanted, [quote("“We knew,”", name="Kim"), quote("no more of it", "indirect")])
    figures = scores.figures()
    assert figures["content: precision"] == figures["content: recall"] == 0.5
    assert figures["who said what: F1"] == 0
    assert [line.partition(":")[0] for line in scores.errors] == ["spurious", "wrong speaker", "missed"]


def test_what_is_optional_is_neither_right_nor_wrong():
    wanted = [gold("“We knew,”"), gold("it was so", "indirect", optional=True)]
    with_it = scored(wanted, [quote("“We knew,”"), quote("it was so", "indirect")]).figures()
    without = scored(wanted, [quote("“We knew,”")]).figures()
    assert with_it == without
    assert without["content: F1"] == 1


def test_kind_and_via():
    figures = scored(
        [gold("it was so", "indirect", via="Reuters")], [quote("it was so", "mixed", via="Reuters")]
    ).figures()
    assert (figures["kind right"], figures["via right"]) == (0, 1)


def test_the_best_overlap_goes_first_and_each_is_matched_once():
    assert matched("abcdef", [(0, 4), (0, 6)], [(0, 5), (0, 4)]) == {0: 1, 1: 0}


def test_less_than_half_is_not_found():
    assert matched("abcdefgh", [(0, 8)], [(0, 3)]) == {}
    assert matched("abcdefgh", [(0, 8)], [(0, 4)]) == {0: 0}


@pytest.mark.parametrize("found", [[], [quote("it was so")]])
def test_nothing_wanted(found):
    assert "content: recall" not in scored([], found).figures()
