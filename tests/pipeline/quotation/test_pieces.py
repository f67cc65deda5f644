"""What was said, by marks and by what a network found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.pipeline.attribution import Attribution, Part, Passage
from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.quotation.pieces import Piece, inner_speech, kept, proposed


def found(text, *contents, alone=(), furniture=(), likelihood=0.9, cue="."):
    """The pieces of a text of which a network takes these words for contents of one cue each."""

    def span(words):
        return text.index(words), text.index(words) + len(words)

    place = text.rfind(cue), text.rfind(cue) + len(cue)
    attributions = [Attribution(place, (), (Part(span(words), likelihood),), 1.0) for words in contents]
    passages = [Passage((mark.start, mark.end), 0.9 if text[mark.start : mark.end] in alone else 0.1)
                for mark in pair_marks(text)]  # fmt: skip
    marks = pair_marks(text)
    pieces = kept(text, proposed(text, attributions, passages, marks, [span(words) for words in furniture]), marks)
    return [(piece.kind, text[slice(*piece.span)]) for piece in pieces]


@pytest.mark.parametrize("content", ["“We will go", "We will go home", "“We will go home,”", "go home,”"])
def test_a_content_goes_from_mark_to_mark(content):
    assert found("“We will go home,” she said.", content) == [("direct", "“We will go home,”")]


def test_a_clause_with_quoted_words_is_mixed_and_holds_them_whole():
    text = "She said that the plan was “a disgrace to us”, and left."
    assert found(text, "that the plan was “a disgrace") == [("mixed", "that the plan was “a disgrace to us”")]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Kim said he was “furious.”", "he was “furious.”"),
        ("The clerk said it was “a mess”.", "it was “a mess”"),
        ("A neighbour said the board “never gave a reason.”", "the board “never gave a reason.”"),
        ("The envoy insisted that “nobody was told.”", "that “nobody was told.”"),
        ("The mayor vowed to “finish the bridge.”", "to “finish the bridge.”"),
    ],
)
def test_a_clause_that_ends_with_quoted_words_is_mixed_however_short_it_begins(text, clause):
    assert found(text, clause) == [("mixed", clause)]


@pytest.mark.parametrize("words", ["so.", "as much", "otherwise", "to comment"])
def test_words_that_only_stand_for_what_was_said_are_no_content(words):
    assert found(f"The law says {words.rstrip('.')}.", words, cue="says") == []


def test_what_was_hardly_said_is_left_out_and_its_quotation_stands_alone():
    text = "Kim called it “a mess of a plan”."
    assert found(text, "“a mess of a plan”", likelihood=0.2) == []
    assert found(text, "it", likelihood=0.3, alone=["“a mess of a plan”"]) == [("direct", "“a mess of a plan”")]


def inner(text):
    spoken = inner_speech(text, pair_marks(text), lambda cue: (cue[0] - 5, cue[0] - 1))
    return [(text[slice(*one.cue)], text[slice(*one.contents[0].span)]) for one in spoken]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“When they say ‘we will pay,’ I laugh,” Kim said.", [("say", "‘we will pay,’")]),
        ("“Dunn told me, ‘Get out,’ so I left,” Kim said.", [("told", "‘Get out,’")]),
        ('"He asked: "Who are you?" and then he ran," Kim said.', [("asked", '"Who are you?"')]),
        ("“The so-called ‘experts’ are ‘wrong’,” Kim said.", []),
        ("Kim told me, “Get out.”", []),
    ],
)
def test_speech_within_speech_has_a_cue_before_it(text, expected):
    assert inner(text) == expected


def test_speech_within_speech_and_the_speech_around_it_both_stay():
    text = "‘He’d say “never mind the bread” and laugh,’ Kim said."
    whole = text[: text.index(" Kim")]
    assert found(text, whole, "never mind the bread", cue="say") == [
        ("direct", whole),
        ("direct", "“never mind the bread”"),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kim called it a “mess” to clear up.", "a “mess” to clear up"),
        ("Kim described Dunn as a “friend” who kept “every word”.", "a “friend” who kept “every word”"),
        ("Kim, slamming the “mess” left by the board, walked out.", "the “mess” left by the board"),
    ],
)
def test_of_what_something_is_called_only_the_quoted_words_count(text, content):
    cue = text.split()[1]
    quoted = ["“" + part.partition("”")[0] + "”" for part in content.split("“")[1:]]
    assert found(text, content, cue=cue) == [("direct", words) for words in quoted]


def test_a_content_that_is_all_quotations_is_a_piece_of_each():
    text = "Kim said:\n\n“We knew of it.\n\n“We did nothing.\n\n“We are sorry.”"
    content = text[text.index("“") :]
    pieces = ["“We knew of it.", "“We did nothing.", "“We are sorry.”"]
    assert found(text, content, cue="said") == [("direct", piece) for piece in pieces]


def test_a_clause_that_only_runs_into_a_quotation_ends_before_it():
    text = "He said that all of it was late. “We will not wait for it any longer, and we will go,” Kim said."
    assert found(text, "that all of it was late. “We") == [("indirect", "that all of it was late.")]


def test_a_clause_without_marks_is_indirect():
    assert found("She said the plan was late.", "the plan was late") == [("indirect", "the plan was late")]


def test_speech_within_speech_is_a_piece_of_its_own():
    text = "“He told me that the ship had sunk, and I believed him at once,” she said."
    whole = text[: text.index(" she said")]
    clause = "that the ship had sunk"
    assert found(text, whole, clause, cue="told") == [("direct", whole), ("indirect", clause)]


def test_what_stands_between_inner_marks_is_direct():
    text = "“He told me, ‘The ship has sunk,’ and I believed him at once,” she said."
    assert found(text, "The ship has sunk", cue="told") == [("direct", "‘The ship has sunk,’")]


def test_the_same_words_are_said_once():
    text = "She said that it was late."
    assert found(text, "that it was late", "it was late") == [("indirect", "that it was late")]


def test_quotations_without_a_cue_that_are_speech_and_those_that_are_not():
    text = "“We will go home.” The “Patience” lay at the quay."
    assert found(text, alone=["“We will go home.”"]) == [("direct", "“We will go home.”")]


def test_a_quotation_within_a_mixed_clause_is_no_quote_of_its_own():
    text = "She said that the plan was “a disgrace to us”."
    clause = "that the plan was “a disgrace to us”"
    assert found(text, clause, alone=["“a disgrace to us”"]) == [("mixed", clause)]


def test_nothing_comes_from_furniture():
    text = "“We will go home,” she said.\n\nRead more: “She will stay”"
    assert found(text, alone=["“She will stay”"], furniture=["Read more: “She will stay”"]) == []


@pytest.mark.parametrize("text", ["", "“”", "“", "'''", "“ ” ‘ ’"])
def test_texts_that_say_nothing(text):
    assert proposed(text, (), (), pair_marks(text), ()) == []
    assert kept(text, [], pair_marks(text)) == []


def places(text, *words, likelihoods):
    """What is kept of the places of one content."""
    spans = [(text.index(one), text.index(one) + len(one)) for one in words]
    first, *others = (Part(span, likelihood) for span, likelihood in zip(spans, likelihoods, strict=True))
    content = Part(first.span, first.likelihood, tuple(others))
    at = text.index("said")
    pieces = proposed(text, [Attribution((at, at + 4), (), (content,), 1.0)], (), (), ())
    assert [text[slice(*piece.span)] for piece in pieces] == [*words]
    return [text[slice(*piece.span)] for piece in kept(text, pieces, ())]


def test_of_the_places_of_a_content_one_is_kept():
    text = "She said it was late because of the bridge and left."
    longer, shorter = "it was late because of the bridge", "it was late"
    assert places(text, longer, shorter, likelihoods=(0.9, 0.5)) == [longer]
    assert places(text, longer, "of the bridge and left", likelihoods=(0.9, 0.5)) == [longer]


def test_the_place_that_is_judged_likeliest_is_kept_wherever_it_stands():
    text = "She said it was late and left."
    spans = [(9, 29), (9, 20)]
    pieces = [Piece(span, "indirect", 0, likelihood, 0, place) for place, (span, likelihood) in
              enumerate(zip(spans, (0.5, 0.8), strict=True))]  # fmt: skip
    assert kept(text, pieces, ()) == [pieces[1]]


def test_of_two_cues_that_are_as_likely_the_one_that_points_at_the_words_leads_to_them():
    said = Piece((0, 12), "direct", 0, 0.98, pointed=0.9)
    called = Piece((0, 12), "direct", 1, 0.99, place=1, pointed=0.3)
    assert kept("“It is over” x", [called, said], ()) == [said]


def test_a_content_whose_best_place_is_taken_has_no_other():
    text = "She said and repeated that it was closed because of a flood."
    whole, end = (22, len(text) - 1), (len(text) - 8, len(text) - 1)
    pieces = [Piece(whole, "indirect", 0, 0.9), Piece(whole, "indirect", 1, 0.8), Piece(end, "indirect", 1, 0.5, 0, 1)]
    assert kept(text, pieces, ()) == pieces[:1]


def test_two_contents_of_one_cue_share_no_word():
    text = "It was closed because of a flood, she said."
    whole, end = (0, 32), (25, 32)
    pieces = [Piece(whole, "indirect", 0, 0.9, 0, 1), Piece(end, "indirect", 0, 0.8, 1, 0)]
    assert kept(text, pieces, ()) == pieces[:1]


def test_what_is_all_in_marks_may_be_less_likely_than_a_clause():
    piece = Piece((0, 9), "direct", None, 0.3)
    assert kept("“We won.” x", [piece], ()) == [piece]
    assert kept("He won it. x", [Piece((0, 9), "indirect", 0, 0.3)], ()) == []


@pytest.mark.parametrize("called", ["gave her name only as", "was nicknamed", "is called", "goes by the name"])
def test_what_somebody_is_called_was_not_said(called):
    assert found(f"The woman, who {called} “Kay,” left.", alone=["“Kay,”"]) == []
    said = f"The woman, who {called} “Kay is gone,” left."
    assert found(said, alone=["“Kay is gone,”"]) == [("direct", "“Kay is gone,”")]


@pytest.mark.parametrize("words", ["not to be named", "not to be identified because of his job", "to remain anonymous"])
def test_what_a_source_asks_for_itself_is_not_what_it_says(words):
    assert found(f"An aide, who asked {words}, left.", words, cue="asked") == []


@pytest.mark.parametrize(
    ("text", "with_cue"),
    [
        ("They call him “Old Moss”.", False),
        ("The group calls itself the “Night Shift”.", False),
        ("She gave her name only as “Kay.”", False),
        ("She called it “Treason”.", True),
    ],
)
def test_what_somebody_is_called_is_not_said(text, with_cue):
    name = text[text.index("“") : text.index("”") + 1]
    assert found(text, name, cue="gave" if "gave" in text else "call") == ([("direct", name)] if with_cue else [])


def test_what_is_reported_in_a_quotation_is_not_what_its_speaker_says():
    text = "“She told me to stick to engines.”"
    assert found(text, "to stick to engines", cue="told") == [
        ("direct", text),
        ("indirect", "to stick to engines"),
    ]


@pytest.mark.parametrize("name", ["calls the engine the “Black Auntie,”", "a ball billed as “A Night for Two,”"])
def test_what_things_are_called_is_not_said(name):
    assert found(f"The railway {name} and left.", alone={name[name.index("“") :]}) == []


@pytest.mark.parametrize(
    ("cue", "clause"),
    [
        ("called on the board to", "to “stop this” at once"),
        ("denounced", "that “a hunt” goes on"),
        ("called it", "a “hunt” of fools"),
        ("blasted", "that decision as “wrong and cruel”"),
    ],
)
def test_a_clause_behind_a_verb_that_names_is_one_all_the_same(cue, clause):
    quoted = clause[clause.index("“") : clause.index("”") + 1]
    is_clause = clause.startswith(("to", "that “"))
    text = f"Kim {cue.removesuffix(' to')} {clause}."
    assert found(text, clause, cue=cue.split()[0]) == [("mixed", clause) if is_clause else ("direct", quoted)]


def test_of_what_is_reported_in_a_quotation_a_shorter_place_is_kept_where_the_longest_is_all_of_it():
    text = "“She says it is late, and we all go home now to rest,” Kim said."
    marks = pair_marks(text)

    def piece(words, kind, attribution, likelihood, place=0):
        return Piece((text.index(words), text.index(words) + len(words)), kind, attribution, likelihood, place=place)

    outer = piece(text[: text.index(" Kim")], "direct", 1, 0.99)
    longest = piece("it is late, and we all go home now to rest", "indirect", 0, 0.8)
    shorter = piece("it is late", "indirect", 0, 0.6, place=1)
    assert kept(text, [outer, longest, shorter], marks) == [outer, shorter]
    beside = piece("Kim said", "indirect", 2, 0.9)
    assert kept(text, [beside, replace(longest, attribution=2, span=beside.span, likelihood=0.8)], marks) == [beside]


@pytest.mark.parametrize(("cue", "both"), [("stressed", True), ("said", False)])
def test_what_is_reported_in_a_report_is_kept_however_much_of_it_it_is(cue, both):
    text = "Kim said Lee stressed that the bridge will open in the spring."

    def place(words):
        return text.index(words), text.index(words) + len(words)

    outer = Piece(place("Lee stressed that the bridge will open in the spring"), "indirect", 0, 0.9, cue=place("said"))
    inner = Piece(place("that the bridge will open in the spring"), "indirect", 1, 0.8, cue=place(cue))
    assert kept(text, [outer, inner], ()) == ([outer, inner] if both else [outer])


def test_what_is_nearly_all_of_a_quotation_is_no_report_in_it():
    text = "“She says it is late, and we all go home now to rest,” Kim said."
    outer = Piece((0, 54), "direct", 0, 0.9, cue=(59, 63))
    inner = Piece((10, 52), "indirect", 1, 0.8, cue=(5, 9))
    assert kept(text, [outer, inner], pair_marks(text)) == [outer]
