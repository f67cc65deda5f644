"""How pieces are put together."""

from __future__ import annotations

import pytest

from quotes.pipeline.attribution import Attribution, Part
from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.quotation.pieces import Piece
from quotes.pipeline.quotation.statements import apart_from, is_rubric, is_said_now, says_something, statements_of
from quotes.pipeline.turns.article_lines import Turn


def statements(text, *pieces, cues=("said",)):
    """The statements of a text; pieces are words, kind, and which cue they belong to."""

    def span(words):
        return text.index(words), text.index(words) + len(words)

    attributions = [Attribution(span(cue), (Part((0, 1), 1.0),), (), 1.0) for cue in cues]
    made = [Piece(span(words), kind, cue, 0.9) for words, kind, cue in pieces]
    found = statements_of(text, sorted(made, key=lambda piece: piece.span), attributions, pair_marks(text))
    return [
        (one.kind, [text[slice(*place)] for place in one.spans], one.cue and text[slice(*one.cue)]) for one in found
    ]


def test_both_halves_round_a_cue_are_one():
    text = "“We knew,” she said, “and kept still.”"
    found = statements(text, ("“We knew,”", "direct", 0), ("“and kept still.”", "direct", 0))
    assert found == [("direct", ["“We knew,”", "“and kept still.”"], "said")]


def test_what_is_quoted_and_what_is_reported_after_one_cue_are_two():
    text = "She said that it was late and “a disgrace”."
    found = statements(text, ("that it was late", "indirect", 0), ("“a disgrace”", "direct", 0))
    assert [kind for kind, _, _ in found] == ["indirect", "direct"]


def test_a_quote_goes_on_where_the_next_paragraph_reopens_it():
    text = "“We knew of it,” she said. “We did nothing.\n\n“We are sorry.”"
    pieces = [("“We knew of it,”", "direct", 0), ("“We did nothing.", "direct", 0), ("“We are sorry.”", "direct", None)]
    assert statements(text, *pieces) == [
        ("direct", ["“We knew of it,”", "“We did nothing.", "“We are sorry.”"], "said")
    ]


def test_a_quote_goes_on_after_its_cue_in_the_same_paragraph():
    text = "“We knew of it,” she said. “We did nothing.”"
    found = statements(text, ("“We knew of it,”", "direct", 0), ("“We did nothing.”", "direct", None))
    assert found == [("direct", ["“We knew of it,”", "“We did nothing.”"], "said")]


def test_a_quote_in_another_paragraph_stands_by_itself():
    text = "“We knew of it,” she said.\n\n“We did nothing.”"
    found = statements(text, ("“We knew of it,”", "direct", 0), ("“We did nothing.”", "direct", None))
    assert [cue for _, _, cue in found] == ["said", None]


def test_two_cues_are_two_statements():
    text = "“We knew,” she said. “They knew,” he added."
    found = statements(text, ("“We knew,”", "direct", 0), ("“They knew,”", "direct", 1), cues=("said", "added"))
    assert [cue for _, _, cue in found] == ["said", "added"]


def test_what_a_turn_covers_is_no_piece():
    text = "BRILL: Moss said that it was late. We knew. Moss left."

    def span(words):
        return text.index(words), text.index(words) + len(words)

    turn = Turn(span("BRILL"), span(":"), (span("Moss said that it was late. We knew."),), span("BRILL"), certain=True)
    cues = [Attribution(span(cue), (), (), 1.0) for cue in ("said", "left")]
    nested, same = Piece(span("that it was late"), "indirect", 0, 0.9), Piece(turn.contents[0], "direct", None, 0.9)
    label, beside = Piece(span("BRILL"), "indirect", 1, 0.9), Piece(span("Moss left."), "indirect", 1, 0.9)
    assert apart_from([turn], text, [label, nested, same, beside], cues) == [nested, beside]


@pytest.mark.parametrize(
    ("text", "cue", "content", "says"),
    [
        ("She spoke about the bridge.", "spoke", "about the bridge", False),
        ("She announced the opening of a plant.", "announced", "the opening of a plant", False),
        ("She said it closed.", "said", "it closed", True),
        ("A fine bridge, she said.", "said", "A fine bridge", True),
    ],
)
def test_a_topic_is_not_said(blank, text, cue, content, says):
    doc = blank(text)
    for token in doc:
        token.tag_ = "VBD" if token.text in ("spoke", "announced", "said", "closed") else "NN"

    def span(words):
        return text.index(words), text.index(words) + len(words)

    attribution = Attribution(span(cue), (), (Part(span(content), 0.9),), 0.9)
    assert says_something(doc, Piece(span(content), "indirect", 0, 0.9), [attribution]) is says


@pytest.mark.parametrize(
    ("source", "cue", "tag", "now"),
    [("We", "urge", "VBP", True), ("We", "urged", "VBD", False), ("They", "urge", "VBP", False)],
)
def test_what_somebody_does_by_saying_it_is_no_report(blank, source, cue, tag, now):
    text = f"{source} {cue} the board to wait"
    doc = blank(text)
    for token in doc:
        token.tag_ = tag if token.text == cue else "NN"
    at = len(source) + 1
    attribution = Attribution((at, at + len(cue)), (Part((0, len(source)), 1.0),), (), 0.9)
    assert is_said_now(doc, text, attribution) is now


@pytest.mark.parametrize(
    ("label", "kind", "rubric"),
    [
        ("Opinion", "", True),
        ("Brill", "PERSON", False),
        ("ESKDALE", "LOC", True),
        ("Eskdale", "LOC", False),
        ("JN", "LOC", False),
        ("SUVA", "", False),
        ("NPA BOARD", "ORG", False),
    ],
)
@pytest.mark.parametrize("words", [1, 30])
def test_what_sort_of_text_it_is_and_where_it_was_written_is_nobody_who_speaks(blank, label, kind, rubric, words):
    text = f"{label}: The bridge is {'very ' * words}safe"
    rubric = rubric or (label in ("Eskdale", "SUVA") and words > 1)
    doc, colon = blank(text), len(label)
    doc.ents = [doc.char_span(0, colon, label=kind)] if kind else []
    attribution = Attribution((colon, colon + 1), (Part((0, colon), 1.0),), (Part((colon + 2, len(text)), 1.0),), 0.9)
    assert is_rubric(doc, text, attribution) is rubric


@pytest.mark.parametrize(
    ("content", "deps", "says"),
    [
        ("cars account for most of it", {"cars": "nsubj"}, True),
        ("that the mayor misspoke", {}, True),
        ("the opening of a plant", {"plant": "nmod"}, False),
    ],
)
def test_a_clause_is_said_whatever_its_verb_was_taken_for(blank, content, deps, says):
    text = f"She said {content}."
    doc = blank(text)
    for token in doc:
        token.tag_ = "VBD" if token.text == "said" else "NN"
        token.dep_ = deps.get(token.text, "dep")
    start = text.index(content)
    attribution = Attribution((4, 8), (), (Part((start, start + len(content)), 0.9),), 0.9)
    assert says_something(doc, Piece((start, start + len(content)), "indirect", 0, 0.9), [attribution]) is says
