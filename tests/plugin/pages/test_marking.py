from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.plugin.pages.article_page import in_furniture
from quotes.plugin.pages.marking import LAYERS, MAX_DEPTH, Mark, Segment, marked_paragraphs

TEXTS = st.text(st.sampled_from('ab ."“”\r\n\u2028\t\x00é👩שק<'), max_size=60) | st.text(max_size=40)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(-2, 62),
        st.integers(-2, 62),
        st.integers(1, 5),
        st.sampled_from(LAYERS),
        st.integers(0, 2),
    ),
    max_size=20,
)


def joined(paragraphs: list[list[Segment]]) -> str:
    return "".join(segment.text for paragraph in paragraphs for segment in paragraph)


def written(text: str, *marks: Mark) -> list[str]:
    """The paragraphs with elements as (1 ... ) for quote 1, (+1 ... ) where it is taken up again."""
    out = []
    for paragraph in marked_paragraphs(text, marks):
        line = ""
        for segment in paragraph:
            for opening in segment.opens:
                line += f"({'' if opening.first else '+'}{opening.mark.quote} "
            line += segment.text + ")" * len(segment.closes)
        out.append(line)
    return out


@given(TEXTS, MARKS)
def test_no_character_is_lost_or_doubled(text: str, marks: list[Mark]) -> None:
    paragraphs = marked_paragraphs(text, marks)
    assert joined(paragraphs) == text
    assert all(segment.text for paragraph in paragraphs for segment in paragraph)


@given(TEXTS, MARKS)
def test_elements_nest_within_each_paragraph(text: str, marks: list[Mark]) -> None:
    for paragraph in marked_paragraphs(text, marks):
        stack: list[Mark] = []
        for segment in paragraph:
            stack.extend(opening.mark for opening in segment.opens)
            assert len(stack) <= MAX_DEPTH
            for mark in segment.closes:
                assert stack.pop() == mark
        assert not stack


@given(TEXTS, MARKS.map(lambda marks: list(dict.fromkeys(marks))[:MAX_DEPTH]))
def test_each_mark_covers_its_own_characters(text: str, marks: list[Mark]) -> None:
    covered: dict[Mark, set[int]] = {}
    firsts: list[Mark] = []
    stack: list[Mark] = []
    at = 0
    for paragraph in marked_paragraphs(text, marks):
        for segment in paragraph:
            assert not segment.anchors
            stack.extend(opening.mark for opening in segment.opens)
            firsts.extend(opening.mark for opening in segment.opens if opening.first)
            for mark in stack:
                covered.setdefault(mark, set()).update(range(at, at + len(segment.text)))
            at += len(segment.text)
            del stack[len(stack) - len(segment.closes) :]
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    assert covered == {mark: set(range(mark.start, mark.end)) for mark in inside}
    assert sorted(firsts, key=repr) == sorted(inside, key=repr)


def test_nested_marks() -> None:
    assert written("abcdef", Mark(2, 4, 2), Mark(0, 6, 1)) == ["(1 ab(2 cd)ef)"]


def test_crossing_marks_are_taken_up_again() -> None:
    assert written("abcdef", Mark(0, 4, 1), Mark(2, 6, 2)) == ["(1 ab(2 cd))(+2 ef)"]


def test_adjacent_marks() -> None:
    assert written("abcd", Mark(0, 2, 1), Mark(2, 4, 2)) == ["(1 ab)(2 cd)"]


def test_mark_over_two_paragraphs_is_closed_between_them() -> None:
    assert written("One.\n\nTwo. Three.", Mark(0, 10, 1)) == ["(1 One.\n\n)", "(+1 Two.) Three."]


def test_the_quote_is_outside_its_cue() -> None:
    paragraphs = marked_paragraphs("said", [Mark(0, 4, 1, "cue"), Mark(0, 4, 1, "quote")])
    assert [opening.mark.layer for opening in paragraphs[0][0].opens] == ["quote", "cue"]


def test_line_breaks_of_all_kinds_part_paragraphs() -> None:
    for line_break in ("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2029"):
        assert len(marked_paragraphs(f"One.{line_break}Two.", [])) == 2, repr(line_break)


def test_blank_beginning_makes_no_empty_paragraph() -> None:
    assert written("\n\n  One.\nTwo.\n\n") == ["\n\n  One.\n", "Two.\n\n"]


def test_text_without_words() -> None:
    assert marked_paragraphs("", []) == []
    assert written(" \n ") == [" \n "]


def test_marks_outside_the_text_are_left_out() -> None:
    assert written("abc", Mark(-1, 2, 1), Mark(1, 4, 2), Mark(2, 2, 3), Mark(2, 1, 4)) == ["abc"]


def test_work_stays_linear_when_all_marks_cross() -> None:
    many = 2000
    marks = [Mark(n, many + n, n) for n in range(many)]
    paragraphs = marked_paragraphs("x" * 2 * many, marks)
    segments = [segment for paragraph in paragraphs for segment in paragraph]
    assert joined(paragraphs) == "x" * 2 * many
    assert sum(len(segment.opens) for segment in segments) <= MAX_DEPTH * len(segments)
    drawn = {opening.mark for segment in segments for opening in segment.opens}
    anchored = {mark for segment in segments for mark in segment.anchors}
    assert drawn | anchored == set(marks)
    assert not drawn & anchored


def test_paragraphs_of_furniture_are_told_from_the_story():
    text = " Share this\n\nThe ship sailed.\n\nMost read\nGold soars\n\nIt came back."
    spans = [(1, 11), (text.index("Most"), text.index("\n\nIt"))]
    paragraphs = marked_paragraphs(text, [])
    assert in_furniture(paragraphs, spans) == [True, False, True, True, False]
