from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.language.marks import DOUBLE, SINGLE, pair_marks


def outer(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in pair_marks(text) if mark.depth == 0]


def inner(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in pair_marks(text) if mark.depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We knew," she said. "All of us."', ['"We knew,"', '"All of us."']),
        ("“We knew,” she said. “All of us.”", ["“We knew,”", "“All of us.”"]),
        ("‘We knew,’ she said. ‘All of us.’", ["‘We knew,’", "‘All of us.’"]),
        ("'We knew,' she said. 'All of us.'", ["'We knew,'", "'All of us.'"]),
        ("``We knew,'' she said.", ["``We knew,''"]),
        ("„We knew,“ she said.", ["„We knew,“"]),
        ("«We knew,» she said.", ["«We knew,»"]),
        ("« We knew », she said. « All of us. »", ["« We knew »", "« All of us. »"]),
        ("»We knew«, she said. »All of us.«", ["»We knew«", "»All of us.«"]),
        ("„We knew,” she said. „All of us.“", ["„We knew,”", "„All of us.“"]),
        ("‹We knew,› she said. ‚All of us.‘", ["‹We knew,›", "‚All of us.‘"]),
        (",,We knew,'' she said. ‚‚All of us.’’", [",,We knew,''", "‚‚All of us.’’"]),
        ("＂We knew,＂ she said.", ["＂We knew,＂"]),
        ('“We knew," she said. "All of us.”', ['“We knew,"', '"All of us.”']),
        ("’We knew it,’ she said.", ["’We knew it,’"]),
        ("”We knew,“ she said, adding:”All of us.”", ["”We knew,“", "”All of us.”"]),
        ("“We knew “ she said.", ["“We knew “"]),
        ('" We knew , " she said . " All of us . "', ['" We knew , "', '" All of us . "']),
        ('He called it "a farce".', ['"a farce"']),
        ('(He called it "a farce.")', ['"a farce."']),
        ('It was—"frankly"—a farce.', ['"frankly"']),
        ("“We are going [by sea] . . . if we go,” he said.", ["“We are going [by sea] . . . if we go,”"]),
    ],
)
def test_marks_of_every_shape_are_paired(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The miners' union met the owners' lawyers in the '90s, and rock 'n' roll wasn't dead.",
        "It’s the ministry‘s own report, and that’s ’cause Touch ‘n Go won’t pay.",
        'The pipe is 6\'2" long and the board 12" wide.',
        "Mi'kmaw and Côte d’Ivoire, O'Brien and D’Arcy.",
        "’Twas 6 o'clock in the ’80s, and 1,,2 is no number.",
        "» Top story: ferry delayed",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text):
    assert outer(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The miners' union failed,' he said.", ["'The miners' union failed,'"]),
        ("‘The families’ grief isn’t over,’ he said.", ["‘The families’ grief isn’t over,’"]),
        ("'It's the '90s again,' he said.", ["'It's the '90s again,'"]),
        ("'Rock 'n' roll is nothin' to me,' he said.", ["'Rock 'n' roll is nothin' to me,'"]),
        ("‘The boat is 40' long,’ she said.", ["‘The boat is 40' long,’"]),
        ("Mine permit 'unlawful': court", ["'unlawful'"]),
        ("the 'owners' who never came", ["'owners'"]),
    ],
)
def test_apostrophes_inside_single_quotes_do_not_end_them(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The bus left at 5\'30" and came at 6," he said.', ['"The bus left at 5\'30" and came at 6,"']),
        ('"The board was 12" wide," he said.', ['"The board was 12" wide,"']),
        ('She paid "$50" and "left at 6," he said.', ['"$50"', '"left at 6,"']),
    ],
)
def test_inches_and_minutes_do_not_end_a_quotation(text, expected):
    assert outer(text) == expected


def test_quotes_nest():
    text = "“He told me, ‘Leave the bridge,’ and I did,” Hallam said."
    assert outer(text) == ["“He told me, ‘Leave the bridge,’ and I did,”"]
    assert inner(text) == ["‘Leave the bridge,’"]


def test_doubles_nest_in_singles():
    text = "‘He told me, “Leave the bridge,” and I did,’ Hallam said."
    assert outer(text) == ["‘He told me, “Leave the bridge,” and I did,’"]
    assert inner(text) == ["“Leave the bridge,”"]


def test_doubles_nest_in_doubles():
    text = "“The report will be in “Harbour Week” (a magazine), as it should,” said Marsh."
    assert outer(text) == ["“The report will be in “Harbour Week” (a magazine), as it should,”"]
    assert inner(text) == ["“Harbour Week”"]


def test_both_closing_marks_at_the_end_of_a_nested_quote():
    text = "“I had no choice but to say, ‘He is out at sea.’”"
    assert outer(text) == [text]
    assert inner(text) == ["‘He is out at sea.’"]


def test_a_quote_that_was_never_opened_begins_with_its_paragraph():
    text = "A line before.\n\nLast month he went to the capital,” said Marsh. “We know that.”"
    assert outer(text) == ["Last month he went to the capital,”", "“We know that.”"]
    lost = pair_marks(text)[0]
    assert not lost.opened
    assert lost.closed


def test_the_closing_mark_of_an_unopened_quote_may_stand_apart():
    (lost,) = pair_marks(' Villages fight villages , and nobody steps in , " the minister said')
    assert not lost.opened
    assert lost.closed


def test_a_quote_that_was_never_closed_ends_with_its_paragraph():
    text = '"We are ready for anything.\n\nThe ship sailed.'
    (mark,) = pair_marks(text)
    assert text[mark.start : mark.end] == '"We are ready for anything.'
    assert not mark.closed
    assert not mark.continues


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"We are ready, said Moss, 58, who rowed out.\n\n"I am old," she added.', ['"We are ready,', '"I am old,"']),
        (
            "“The label says nothing, she added. “There is no number.”",
            ["“The label says nothing,", "“There is no number.”"],
        ),
        ("“We are ready, the mayor recalled.", ["“We are ready,"]),
    ],
)
def test_a_quote_that_was_never_closed_ends_before_a_cue(text, said):
    assert outer(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "“He was angry, he said he knew.\n\n“We left,” she said.",
        "“The first wave, I confess, was mine. Moss said that we won.\n\n“We left,” she said.",
        "“When I told him, he laughed. He never believed us.\n\n“We left,” she said.",
        "“I went in, told her I was leaving and cried.\n\n“We left,” she said.",
        "“In the end, the judge agreed. We won.\n\n“We left,” she said.",
        "“The gain, according to the board, was small.\n\n“We left,” she said.",
    ],
)
def test_speech_that_goes_on_in_the_next_paragraph_may_tell_of_speech(text):
    assert outer(text)[0] == text.partition("\n")[0]


def test_paragraphs_that_each_reopen_belong_together():
    text = "“One.\n\n“Two.\n\n“Three,” she said."
    marks = pair_marks(text)
    assert [text[mark.start : mark.end] for mark in marks] == ["“One.", "“Two.", "“Three,”"]
    assert [mark.continues for mark in marks] == [True, True, False]


def test_single_quoted_paragraphs_that_each_reopen_belong_together():
    text = "‘One isn’t enough.\n\n‘Two is,’ she said."
    assert [mark.continues for mark in pair_marks(text)] == [True, False]


def test_a_quote_reopened_within_its_paragraph_is_one():
    text = '"We came at noon. "Nobody was there," said Marsh.'
    assert outer(text) == ['"We came at noon. "Nobody was there,"']


def test_marks_on_the_wrong_side_of_the_space_still_pair():
    text = "“We meet the experts, ”Kim said.“ I wanted more time.”"
    assert outer(text) == ["“We meet the experts, ”", "“ I wanted more time.”"]


def test_an_opening_mark_used_to_close():
    assert outer("the “City of the Monkey God“, where they lived") == ["“City of the Monkey God“"]


def test_a_line_wrapped_quote_is_one():
    text = (
        "“We have a programme of studies with the Ministry of Education to\n"
        "create schools all over the country for those who play football all\n"
        "the time,” says Marsh."
    )
    assert len(outer(text)) == 1


marks_and_words = st.lists(st.sampled_from([*DOUBLE, *SINGLE, *"as. ,?\n\r(—", "said", "\n\n"]), max_size=80).map(
    "".join
)


@given(marks_and_words)
def test_quotations_of_any_text_lie_within_it_and_nest(text):
    marks = pair_marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert list(marks) == sorted(marks, key=lambda mark: (mark.start, -mark.end))
    for one, other in combinations(marks, 2):
        assert one.end <= other.start or other.end <= one.end or other.start == one.start
