"""Words that the form of lines gives to somebody; the names of an article are given by hand."""

from __future__ import annotations

import re

import pytest

from quotes.pipeline.attribution import Attribution, Part
from quotes.pipeline.language.marks import pair_marks
from quotes.pipeline.turns.turn_finder import TurnFinder
from quotes.records import Article

PEOPLE = ["Ruth Ansell", "Pat Doyle", "Osman Bey", "Lars Holm", "Ines Kuhn", "Dunmore", "Colm Hagerty", "Jean Tully"]


@pytest.fixture
def turns(blank):
    """Finds the turns of a text as pairs of the source and the words; names are (words, label) beside `PEOPLE`."""
    finder = TurnFinder()

    def found(text, *names, tags=(), attributions=(), furniture=(), full=False):
        doc = blank(text)
        for token in doc:
            token.tag_ = dict(tags).get(token.text, "NN")
        spans = [
            doc.char_span(match.start(), match.end(), label=label)
            for name, label in (*((person, "PERSON") for person in PEOPLE), *names)
            for match in re.finditer(rf"\b{re.escape(name)}\b", text)
        ]
        doc.set_ents([span for span in spans if span])
        doc._.marks = pair_marks(text)
        doc._.article = Article(text, "test", furniture=tuple(furniture))
        doc._.attributions = tuple(attributions)
        several = finder(doc)._.turns
        if full:
            return several
        return [
            (turn.source and text[slice(*turn.source)], *(text[slice(*c)] for c in turn.contents)) for turn in several
        ]

    return found


@pytest.mark.parametrize(
    "line",
    [
        "Ruth Ansell: “We will rebuild.”",
        "Ruth Ansell (Labour): “We will rebuild.”",
        "Ruth Ansell, leader of the opposition: “We will rebuild.”",
        "Ruth Ansell, 44, baker — “We will rebuild.”",
        "• Ruth Ansell: “We will rebuild.”",
        "– Ruth Ansell: “We will rebuild.”",
        "**Ruth Ansell**: “We will rebuild.”",
        "Ruth Ansell on the flood: “We will rebuild.”",
        "Ruth Ansell (@ransell): “We will rebuild.”",
        "“We will rebuild.” — Ruth Ansell",
        "“We will rebuild.” – Ruth Ansell, mayor of Leeford.",
        "“We will rebuild.” -- Ruth Ansell",
        "“We will rebuild.”\nRuth Ansell, mayor",
        "“We will rebuild.”\n— Ruth Ansell",
        "> “We will rebuild.”\n> — Ruth Ansell, mayor",
        "And from Ruth Ansell:\n\n“We will rebuild.”",
    ],
)
def test_a_line_says_whose_a_quote_is(turns, line):
    assert turns(f"The town met on Monday.\n\n{line}\n\nIt meets again in May.") == [
        ("Ruth Ansell", "“We will rebuild.”")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ruth Ansell said: “We will rebuild.”",
        "Best film: “The Long River”",
        "Ruth Ansell: “The Long River”",
        "Agenda: “Any other business.”",
        "“We will rebuild,” Ruth Ansell said. “It is late.” - Reuters",
        "“We will rebuild.” — Reuters",
        "Time: 5pm on Tuesday.",
        "Score: Rovers 2, City 1.",
        "Ruth Ansell (goalkeeper): No chance.\n\nPat Doyle (captain): Led us well.\n\nOsman Bey (wing): We saw little.",
        "Speaker: Ruth Ansell.",
        "Method: Beat the eggs. You add the flour.",
        "Note: we corrected this story.",
        "LEEFORD: We all must vote, the mayor said on Monday.",
        "Ruth Ansell: Solid at the back. 7.\n\nPat Doyle: Lost the ball. 4.\n\nOsman Bey: Hardly touched it. 5.",
        "— An elderly citizen, retired.\n\n— A family of four.",
        "– “We will rebuild.”\nRuth Ansell, trader",
    ],
)
def test_other_lines_give_nothing_to_anybody(turns, line):
    assert turns(f"The town met on Monday.\n\n{line}\n\nIt meets again in May.", ("LEEFORD", "LOC")) == []


def test_a_clause_before_a_quote_is_no_label(turns):
    tags = {"concurred": "VBD"}
    assert turns("Ruth Ansell concurred: “We will rebuild.”", tags=tags) == []


def test_a_transcript(turns):
    text = (
        "The committee asked Captain Lars Holm and Ines Kuhn.\n\n"
        "CHAIRMAN BOYD: Captain, when did you see the water?\n\nCAPT. HOLM (quietly): At ten past four.\n\n"
        "I called the bridge.\n\n(Laughter)\n\nKUHN: If I may, the log shows otherwise.\n\n"
        "CHAIRMAN BOYD: We will come to that.\n\nThe Clerk: You have ten minutes."
    )
    assert turns(text) == [
        ("CHAIRMAN BOYD", "Captain, when did you see the water?"),
        ("CAPT. HOLM", "At ten past four.", "I called the bridge."),
        ("KUHN", "If I may, the log shows otherwise."),
        ("CHAIRMAN BOYD", "We will come to that."),
        ("The Clerk", "You have ten minutes."),
    ]


@pytest.mark.parametrize("mark", [":", "."])
def test_questions_and_answers(turns, mark):
    text = f"Lars Holm spoke to the Harbour Courier.\n\nQ{mark} How many are there?\n\nA{mark} Fewer than last year."
    asked, answered = turns(text, ("Harbour Courier", "ORG"), full=True)
    assert [text[slice(*turn.speaker)] for turn in (asked, answered)] == ["Harbour Courier", "Lars Holm"]
    assert asked.certain
    assert answered.certain


def test_who_asks_is_nobody_unless_the_text_says_so(turns):
    asked, _ = turns("Lars Holm talked of seals.\n\nQ: How many are there?\n\nA: Fewer than last year.", full=True)
    assert asked.speaker is None
    assert asked.certain


def test_who_asks_again_and_again_has_a_label(turns):
    text = "Weekend: What did you eat?\n\nInes Kuhn: Olives.\n\nWeekend: And then?\n\nInes Kuhn: I slept."
    assert [who for who, _ in turns(text)] == ["Weekend", "Ines Kuhn"] * 2
    once = "Agenda: Who will pay?\n\nInes Kuhn: I will not.\n\nLars Holm: You will.\n\nInes Kuhn: No."
    assert [who for who, _ in turns(once)] == ["Ines Kuhn", "Lars Holm", "Ines Kuhn"]


def test_who_has_no_name_has_a_label(turns):
    text = "Ines Kuhn: You are on the air.\n\nCALLER: I was on that bus.\n\nInes Kuhn: And I was not."
    assert [who for who, _ in turns(text)] == ["Ines Kuhn", "CALLER", "Ines Kuhn"]


def test_how_somebody_speaks_is_not_said(turns):
    text = "Ruth Ansell: (After a pause) No, I did not.\n\nPat Doyle: Did you [the board] know?\n\nRuth Ansell: Yes."
    assert turns(text) == [
        ("Ruth Ansell", "No, I did not."), ("Pat Doyle", "Did you [the board] know?"), ("Ruth Ansell", "Yes.")
    ]  # fmt: skip


def test_initials_stand_for_who_spoke_before(turns):
    text = "The Harbour Post: What next?\n\nInes Kuhn: We go on.\n\nTHP: And you?\n\nIK: I will stay."
    found = turns(text, ("The Harbour Post", "ORG"), full=True)
    assert [text[slice(*turn.speaker)] for turn in found] == ["The Harbour Post", "Ines Kuhn"] * 2


def test_an_interview_with_its_questions_in_bold(turns):
    text = (
        "Ten minutes with Lars Holm\n\n**How many are there?**\n\nFewer than last year.\n\nI count them.\n\n"
        "**And now?**\n\nWe wait.\n\nThe book is out on Monday."
    )
    found = turns(text, full=True)
    contents = [[text[slice(*span)] for span in turn.contents] for turn in found]
    assert contents == [["How many are there?"], ["Fewer than last year.", "I count them."], ["And now?"], ["We wait."]]
    assert [turn.speaker and text[slice(*turn.speaker)] for turn in found] == [None, "Lars Holm"] * 2


@pytest.mark.parametrize(
    "body",
    [
        "**How many are there?**\n\nI count them.",
        "**How many are there?**\n\nThe count ends in May.\n\n**What can you do?**\n\nYou can call the trust.",
        "**How many are there?**\n\n“I count them,” Ines Kuhn said.\n\n**What can you do?**\n\nI would wait.",
    ],
)
def test_headings_that_are_questions_are_no_interview(turns, body):
    assert turns(f"Lars Holm talked of seals.\n\n{body}") == []


@pytest.mark.parametrize(
    ("line", "paragraphs"), [("— Ruth Ansell, mayor", 2), ("— Pat Doyle", 1), ("— We have nothing to add.", 1)]
)
def test_a_statement_goes_down_to_who_signed_it(turns, line, paragraphs):
    text = f"Ruth Ansell wrote:\n\nWe will rebuild.\n\nWe will wait.\n\n{line}\n\nShe left."
    cue = Attribution((12, 17), (Part((0, 11), 1.0),), (), 1.0)
    ((_, *contents),) = turns(text, attributions=[cue])
    assert len(contents) == paragraphs


def test_posts_and_comments_that_are_signed_below(turns):
    posts = "What do readers say?\n\nFACEBOOK.\n\nLet the river be.\n\nRuth Ansell.\n\nNo money is left for it."
    posts += "\n\nThe harbour comes first.\n\nPat Doyle.\n\nIt floods every single spring."
    posts += "\n\n@harbourmayor.\n\nTell us more."
    assert turns(posts) == [
        ("Ruth Ansell", "Let the river be."),
        ("Pat Doyle", "No money is left for it.", "The harbour comes first."),
        ("@harbourmayor", "It floods every single spring."),
    ]
    assert turns(posts.replace("@harbourmayor.", "Harbour.")) == [], "two may be anything"
    assert turns(posts.replace("Ansell.", "Ansell").replace("Doyle.", "Doyle")) == [], "headings"
    assert turns(posts.replace("be.", "be?").replace("first.", "first?")) == [], "answers"
    assert turns(posts.replace("Ansell.", "Ansell.\n\nEskdale.").replace("Doyle.", "Doyle.\n\nEskdale.")) == [], (
        "letters"
    )


@pytest.mark.parametrize("date", ["", " March 3, 2024", " 4 March 2025"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_an_embedded_post(turns, gap, date):
    text = (
        f"The mayor answered.\n\nWe are looking into it!{gap}— Harbour Mayor (@harbourmayor){date}\n\nTraders did not."
    )
    assert turns(text) == [("Harbour Mayor", "We are looking into it!")]


def test_a_post_by_its_handle(turns):
    assert turns("@harbourmayor: We are looking into it.") == [("@harbourmayor", "We are looking into it.")]


@pytest.mark.parametrize(
    "block",
    ["I am sorry. I wish them luck.", "> I am sorry.\n>\n> I wish them luck.", "“I am sorry. I wish them luck.”"],
)
def test_a_block_quote_below_what_leads_to_it(turns, block):
    text = f"In a letter, Ruth Ansell wrote:\n\n{block}\n\nThe council met on Monday."
    at, source = text.index("wrote"), text.index("Ruth")
    cue = Attribution((at, at + 5), (Part((source, at - 1), 1.0),), (), 1.0)
    ((who, *contents),) = turns(text, attributions=[cue])
    assert who == "Ruth Ansell"
    assert [content.strip("“”") for content in contents] in (
        ["I am sorry. I wish them luck."], ["I am sorry.", "I wish them luck."],
    )  # fmt: skip


@pytest.mark.parametrize("block", ["1. Improve the roads.", "- A new pier."])
def test_a_list_is_no_block_quote(turns, block):
    text = f"Ruth Ansell wrote:\n\n{block}"
    cue = Attribution((12, 17), (Part((0, 11), 1.0),), (), 1.0)
    assert turns(text, attributions=[cue]) == []


def test_dialogue_by_dashes(turns):
    text = "They met on Tuesday.\n\n— Who signed it? asked Dunmore.\n\n— I did, said Colm Hagerty, an owner. Why not?"
    assert turns(text) == [("Dunmore", "Who signed it?"), ("Colm Hagerty", "I did,", "Why not?")]


@pytest.mark.parametrize(
    ("headline", "who", "words"),
    [
        ("Police: driver fled on foot", "Police", "driver fled on foot"),
        ("Pat Doyle: bridge fled on foot", "Pat Doyle", "bridge fled on foot"),
        ("Driver fled on foot: Pat Doyle", "Pat Doyle", "Driver fled on foot"),
        ("Driver fled on foot – council", "council", "Driver fled on foot"),
        ("‘It was a bloodbath’: witnesses describe attack", "witnesses", "‘It was a bloodbath’"),
    ],
)
def test_a_headline(turns, headline, who, words):
    text = f"{headline}\n\nThe driver was gone, Pat Doyle and the police found on Monday, when they came to Mill Lane."
    assert turns(text, tags={"fled": "VBD"}) == [(who, words)]


@pytest.mark.parametrize(
    "headline",
    [
        "Pat Doyle: a life in pictures",
        "Leeford: what we know",
        "Hope for the town – Reuters",
        "Pat Doyle: the driver fled on foot.",
    ],
)
def test_a_headline_that_says_nothing(turns, headline):
    text = f"{headline}\n\nThe driver was gone, Pat Doyle found on Monday, when she came to Mill Lane at last."
    assert turns(text, ("Leeford", "LOC"), tags={"know": "VBP", "what": "WP"}) == []


def test_what_sort_of_text_it_is_does_not_speak_in_a_headline(turns):
    assert turns("Review: The long river is a triumph\n\nThe film opens in May.", tags={"is": "VBZ"}) == []


def test_furniture_holds_no_turns(turns):
    assert turns("Ruth Ansell: “We will rebuild.”", furniture=[(0, 31)]) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Mayor Tom Brill spoke for an hour.\n\nBRILL: I will stay. You know me.", ["Tom Brill"]),
        (
            "Mayor Tom Brill met Ann Lowe.\n\n“I will stay.” — Brill\n\n“He must go.” — Ann Lowe",
            ["Tom Brill", "Ann Lowe"],
        ),
        ("Bridge is safe, says mayor\n\nMayor Tom Brill visited the bridge.", ["Tom Brill"]),
    ],
)
def test_names_are_spelt_out(quotes_of, text, speakers):
    assert [quote.speaker.name for quote in quotes_of(text)] == speakers


@pytest.mark.model
def test_what_a_turn_says_is_no_quote_twice(quotes_of):
    text = "The town met.\n\n“We will not be silent.” — Ruth Ansell\n\nPat Doyle (Labour): “It is late.”"
    found = [(quote.text, quote.speaker.name, quote.method) for quote in quotes_of(text)]
    assert found == [("“We will not be silent.”", "Ruth Ansell", "turns"), ("“It is late.”", "Pat Doyle", "turns")]
