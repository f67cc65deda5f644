from itertools import pairwise

import pytest


@pytest.fixture
def said(quotes_of):
    """(kind, text, cue, mention) of each quote."""

    def found(text, **article):
        return [
            (q.kind, q.text, q.cue.text if q.cue else None, q.mention.text if q.mention else None)
            for q in quotes_of(text, **article)
        ]

    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"We knew," Ellison said.', ("direct", '"We knew,"', "said", "Ellison"), id="after"),
        pytest.param('"We knew," said Ellison.', ("direct", '"We knew,"', "said", "Ellison"), id="after, turned"),
        pytest.param('"Who knew?" Ellison asked.', ("direct", '"Who knew?"', "asked", "Ellison"), id="question"),
        pytest.param('Ellison said, "We knew."', ("direct", '"We knew."', "said", "Ellison"), id="before"),
        pytest.param('Ellison added: "We knew."', ("direct", '"We knew."', "added", "Ellison"), id="colon"),
        pytest.param(
            'Ellison asked the hearing on Monday: "Who knew of it?"',
            ("direct", '"Who knew of it?"', "asked", "Ellison"),
            id="colon from afar",
        ),
        pytest.param('Ellison: "We knew all of it."', ("direct", '"We knew all of it."', ":", "Ellison"), id="no verb"),
        pytest.param(
            '"We knew of it," according to Ellison.',
            ("direct", '"We knew of it,"', "according to", "Ellison"),
            id="according to",
        ),
        pytest.param(
            '"We knew of it," Ellison chuckled.',
            ("direct", '"We knew of it,"', "chuckled", "Ellison"),
            id="a verb on no list",
        ),
        pytest.param(
            'Ellison said that "we knew all along."',
            ("direct", '"we knew all along."', "said", "Ellison"),
            id="that, and nothing but the quotation",
        ),
        pytest.param(
            'Ellison called the report "a disgrace".',
            ("direct", '"a disgrace"', "called", "Ellison"),
            id="fragment",
        ),
        pytest.param(
            'Ellison said that the harbour had been "left to rot" for years.',
            ("mixed", 'that the harbour had been "left to rot" for years', "said", "Ellison"),
            id="clause",
        ),
        pytest.param(
            'Ellison said the harbour was "left to rot" and that nobody cared.',
            ("mixed", 'the harbour was "left to rot" and that nobody cared', "said", "Ellison"),
            id="clause without that",
        ),
        pytest.param(
            'The harbour had been "left to rot" for years, Ellison said.',
            ("mixed", 'The harbour had been "left to rot" for years', "said", "Ellison"),
            id="clause before its cue",
        ),
        pytest.param(
            'Ellison urged the board to "wake up" at last.',
            ("mixed", 'to "wake up" at last', "urged", "Ellison"),
            id="directive",
        ),
        pytest.param(
            'Ellison argued that "it is simpler" when the tide is out.',
            ("mixed", 'that "it is simpler" when the tide is out', "argued", "Ellison"),
            id="clause that begins with the quotation",
        ),
    ],
)
def test_where_a_cue_can_stand(said, text, expected):
    assert said(text) == [expected]


def test_two_clauses_of_one_sentence_are_two_quotes(said):
    text = 'Ellison accepted that it rained but denied that she had been "warned twice" of it.'
    assert said(text) == [
        ("indirect", "that it rained", "accepted", "Ellison"),
        ("mixed", 'that she had been "warned twice" of it', "denied", "Ellison"),
    ]


def test_a_title_in_marks_makes_no_mixed_quote(said):
    text = 'Ellison said she had read the novel "The Cruel Reef" twice.'
    assert said(text) == [("indirect", 'she had read the novel "The Cruel Reef" twice', "said", "Ellison")]


def test_a_quote_split_round_its_cue_is_one(quotes_of):
    text = '"We knew," said Ellison, "and we said nothing."'
    (quote,) = quotes_of(text)
    assert [text[start:end] for start, end in quote.spans] == ['"We knew,"', '"and we said nothing."']
    assert quote.text == '"We knew," "and we said nothing."'


def test_a_quote_that_goes_on_after_its_cue_is_one(quotes_of):
    (quote,) = quotes_of('"We knew," said Ellison. "Nobody spoke. Nobody dared."')
    assert len(quote.spans) == 2


def test_a_second_cue_begins_a_second_quote(said):
    text = '"We knew," said Ellison. "Nobody spoke," she added.'
    assert [(cue, mention) for _, _, cue, mention in said(text)] == [("said", "Ellison"), ("added", "she")]


def test_the_cue_on_the_line_before(said):
    text = "Tom Hallam was asked about it. He claimed:\n\n“Nobody told us anything of the kind.”"
    assert said(text) == [("direct", "“Nobody told us anything of the kind.”", "claimed", "He")]


def test_paragraphs_that_each_reopen_are_one_quote(quotes_of):
    text = '"We came at noon.\n\n"We saw nobody.\n\n"We left," said Tom Hallam.\n\n"I stayed," said Mara Ellison.'
    first, second = quotes_of(text)
    assert len(first.spans) == 3
    assert first.speaker.name == "Tom Hallam"
    assert second.speaker.name == "Mara Ellison"


def test_a_free_standing_quote_continues_the_speaker_before(quotes_of):
    text = "Mara Ellison said the harbour was closed.\n\n“It will stay closed until the wreck is gone.”"
    said, quote = quotes_of(text)
    assert said.kind == "indirect"
    assert quote.speaker.name == "Mara Ellison"
    assert quote.method == "alone"
    assert quote.mention is None


def test_a_quote_whose_opening_mark_is_missing(said):
    text = "The pumps were never tested,” said Tom Hallam. “Not once.”"
    (quote,) = said(text)
    assert quote == ("direct", "The pumps were never tested,” “Not once.”", "said", "Tom Hallam")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('The "experts" left the room without a word.', id="scare quote"),
        pytest.param('Tom "Sparks" Hallam left the ship.', id="nickname"),
        pytest.param('She sang "The Grey Selkie" to the children.', id="song"),
        pytest.param('Adaka is the southern word for "coming into the light."', id="word explained"),
        pytest.param('The ship, known as "Sula", left the harbour.', id="name"),
        pytest.param('The talk was on the theme: "Taking stock of progress made so far."', id="theme"),
        pytest.param(
            '"We knew," said Hamish Roe, who owns two trawlers, the "Patience" and the "Second Thoughts".',
            id="ships of the speaker",
            marks=(),
        ),
    ],
)
def test_what_is_no_quote(said, text):
    assert [quote for quote in said(text) if quote[1] != '"We knew,"'] == []


def test_who_is_cited_is_not_what_was_said(quotes_of):
    text = 'The paper, citing unnamed "American and allied officials", said that Kim "may travel" next week.'
    (quote,) = quotes_of(text)
    assert quote.kind == "mixed"
    assert quote.citing == 'unnamed "American and allied officials"'


def test_quotes_come_in_the_order_of_the_text(quotes_of):
    text = '"One of us," she said. Ellison said it was "late". "Two of us," he said.\n\n"Three of us here."'
    starts = [quote.start for quote in quotes_of(text)]
    assert starts == sorted(starts)
    assert len(starts) == 4


@pytest.mark.parametrize(
    "text",
    [
        'He notes "one thing that is so" and that the "other thing" is there, he notes, and "a third" too.',
        'The "price of steel", Ellison said, was "far too high" and she said "so" again, she added.',
    ],
)
def test_no_two_quotes_overlap(quotes_of, text):
    spans = sorted(span for quote in quotes_of(text) for span in quote.spans)
    assert spans
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_participle_beside_the_source_is_not_its_cue(said):
    assert said('"We want it," the minister, citing police, said.') == [
        ("direct", '"We want it,"', "said", "the minister")
    ]


def test_every_span_cue_and_mention_is_the_text_itself(quotes_of):
    text = "“We\u00a0knew,” said Mara\u00a0Ellison. “Nobody\u200b spoke …”\r\n\r\nShe said it was ‘late’. 🚢"
    for quote in quotes_of(text):
        assert quote.text == " ".join(text[start:end] for start, end in quote.spans)
        for words in filter(None, (quote.cue, quote.mention)):
            assert words.text == text[words.start : words.end]


def test_a_headline_with_its_cue_at_the_end(said):
    text = "Harbour chief 'failed' crew, inquiry told"
    assert said(text) == [("mixed", "Harbour chief 'failed' crew", "told", "inquiry")]


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("Mine permit 'unlawful': court", "mixed", "Mine permit 'unlawful'"),
        ("'We knew all along': minister", "direct", "'We knew all along'"),
    ],
)
def test_a_headline_with_its_source_after_a_colon(quotes_of, text, kind, content):
    (quote,) = quotes_of(text)
    assert (quote.kind, quote.text, quote.cue.text) == (kind, content, ":")
    assert text.endswith(quote.mention.text)


def test_a_colon_in_a_sentence_names_no_source(said):
    assert said('The "experts" brought three things: maps, ropes and lamps.') == []
