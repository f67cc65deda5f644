import pytest

from quotes.training.calibration import Judged, judge, reliability, shares


def test_shares_by_method():
    judged = [Judged("after", 0.9, True), Judged("after", 0.9, False), Judged("model", 0.5, True)]
    assert shares(judged) == {"after": (2, 0.5), "model": (1, 1.0)}


def test_a_reliability_table():
    judged = [Judged("model", 0.55, True), Judged("model", 0.59, False), Judged("model", 1.0, True)]
    first, last = reliability(judged)
    assert first == (0.5, 0.6, 2, pytest.approx(0.57), 0.5)
    assert last == (0.9, 1.0, 1, 1.0, 1.0)


def test_what_is_right(tmp_path, nlp):
    folder = tmp_path / "polnear" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    text = "“We knew it all,” Kim said.\n\n“Nobody asked us,” Lee said.\n"
    (folder / "text" / "one.txt").write_text(text, encoding="utf-8")
    lines = ["T1\tSource 18 21\tKim", "T2\tCue 22 26\tsaid", "T3\tContent 0 17\t…"]
    lines += ["T4\tAttribution 0 26\t…", "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3"]
    (folder / "attributions" / "one_a.ann").write_text("\n".join(lines), encoding="utf-8")
    assert [one.right for one in judge(nlp, tmp_path)] == [True, False]
