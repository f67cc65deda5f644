"""Who speaks before and after."""

from __future__ import annotations

from word_tables import table

from quotes.pipeline.speakers.clues.scene import Utterance
from quotes.pipeline.speakers.clues.turn_taking import COURSE, Named, course, named

TEXT = "Moss left.\n\nShe said so. Lind agreed.\n\nMoss said more."


def around(names):
    made = table(TEXT)
    utterances = [Utterance(n, n + 1, None) for n in (0, 4, 7, 10)]
    return made, utterances, [Named.around(made, utterances, n, names) for n in range(4)]


def test_who_speaks_by_name_is_known_on_both_sides():
    _, _, found = around([0, None, 1, 0])
    second = found[1]
    assert [one.candidate for one in second.nearest] == [0, 1]
    assert [one.same_paragraph for one in second.nearest] == [False, True]
    assert named(second, 1)[:6] == [0, 0, 0, 1, 1, 1]
    assert found[0].nearest[0] is None
    assert found[3].often == ({0: 1, 1: 1}, {})
    assert not any(named(second, 5))


def test_the_course_is_the_same_for_all_candidates():
    made, utterances, _ = around([None] * 4)
    assert all(len(course(made, utterances, n)) == COURSE for n in range(4))
    assert course(made, utterances, 0) != course(made, utterances, 1)
