"""A component that fails costs what it would have found, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import quotes
from quotes.errors import ExtractionError
from quotes.pipeline import COMPONENTS, extract
from quotes.records import Article

STORY = """Calderhaven, Monday

Mara Ellison, the harbour master, told reporters on Monday that the ferry would sail again in the spring.

“We knew of it and we will sell the old ferry,” she said. The minister said the pier had fallen, adding that it was
safe.

Bo Lind, of Aldwater Partners, denied that he knew, noting that it was late.
"""


def fail(*_):
    raise KeyError("lost")


@pytest.mark.parametrize("name", COMPONENTS)
def test_what_the_other_components_find_is_kept(nlp, monkeypatch, name):
    monkeypatch.setattr(type(nlp.get_pipe(name)), "__call__", fail)
    with pytest.raises(ExtractionError, match=rf"^story\.txt: {name} failed \(KeyError: 'lost'\)$") as caught:
        extract(nlp, Article(STORY, "story.txt"), with_topics=True)
    found = caught.value.extraction
    assert [failure.stage for failure in found.failures] == [name], "not what only lacks what it should have set"
    if name not in ("encoder", "attribution", "quotation", "assembler"):
        assert any(quote.kind == "indirect" for quote in found)
        assert any("We knew of it and we will sell the old ferry," in quote.text for quote in found)
    if name not in ("marks", "encoder", "tagger", "parser", "ner"):
        assert "Mara Ellison" in found.topics
    assert bool(found.subjects) == (name != "subjects")


def test_what_it_is_about_may_fail_as_well(nlp, monkeypatch):
    monkeypatch.setattr("quotes.pipeline.topics.topics", fail)
    with pytest.raises(ExtractionError, match=r"topics failed") as caught:
        extract(nlp, Article(STORY, "story.txt"), with_topics=True)
    assert len(caught.value.extraction.quotes) > 3


def test_a_text_that_can_not_be_cut_into_words(nlp, monkeypatch):
    monkeypatch.setattr(Language, "make_doc", fail)
    with pytest.raises(ExtractionError, match=r"tokenizer failed") as caught:
        extract(nlp, Article(STORY, "story.txt"))
    assert caught.value.extraction.article.text == STORY


PARAGRAPHS = [
    "Mara Ellison, the harbour master, told Reuters that the ferry would sail again, officials said.",
    "“We knew of it,” she said. “All along.”",
    "“We will sell the ferry, said Lind, adding that it was",
    "According to the minister, who was asked about “Reform”, the pier had fallen",
    "The ministry announced on Monday: 'It's over",
    *("#1 on the list", "# Heading", "§ 5", "% of it", "• • •", "— — —", "1.", "2) said", "...", "”", "“", '"', "said"),
    *(
        "A\u00ad",
        "b-",
        "'s",
        "(",
        ")]}",
        ":",
        "* * *",
        "@mara: “no”",
        "|a|b|",
        "\ufeff",
        "👩‍🚒 said",
        "e\u0301-",
        "$5 said",
    ),
]
BREAKS = ["\n", "\n\n", " ", "\r\n", "\u2028", "\n \n", "\t", ""]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(PARAGRAPHS), st.sampled_from(BREAKS)), max_size=8))
def test_no_article_of_odd_paragraphs_fails(nlp, paragraphs):
    text = "".join(paragraph + gap for paragraph, gap in paragraphs)
    for quote in extract(nlp, Article(text, "odd.txt"), with_topics=True):
        assert quote.text == " ".join(text[start:end] for start, end in quote.spans)
        assert all(start < end for start, end in quote.spans)
        for mention in (quote.cue, quote.mention):
            assert mention is None or mention.text == text[mention.start : mention.end] != ""
        assert quote.speaker is None or (quote.speaker.name and "\n" not in quote.speaker.name)


@pytest.mark.parametrize("sign", ["#1 on the list", "# Heading", "§ 5", "% of it", "• • •"])
def test_a_paragraph_that_begins_with_a_sign_after_one_with_a_cue(nlp, sign):
    text = f"The ferry would sail again in the spring, Mara Ellison, the harbour master, said.\n{sign}\n"
    (quote,) = extract(nlp, Article(text, "test")).quotes
    assert quote.speaker == quotes.Speaker("Mara Ellison", "person", "harbour master")


@pytest.mark.parametrize(
    ("text", "spans", "speakers"),
    [
        ("&ldquo;We are sorry,&rdquo; said Tom Brill, the mayor.", ["We are sorry,"], ["Tom Brill"]),
        (r"\"We are sorry,\" said Tom Brill.\n\nThe bridge is shut.", ["We are sorry,"], ["Tom Brill"]),
        ("â€œWe are sorry,â€\u009d said JosÃ© Brill, the mayor.", ["We are sorry,"], ["José Brill"]),
        ("“We are sorry &amp; sad,” said Jos&eacute; Brill.", ["“We are sorry &amp; sad,”"], ["José Brill"]),
    ],
)
def test_characters_in_another_form(nlp, text, spans, speakers):
    found = extract(nlp, Article(text, "test"))
    assert found.article.text == text
    assert [text[slice(*span)] for quote in found.quotes for span in quote.spans] == spans
    assert [quote.text for quote in found.quotes] == spans
    assert [quote.speaker.name for quote in found.quotes] == speakers
    for quote in found.quotes:
        for mention in (quote.cue, quote.mention):
            assert text[mention.start : mention.end] == mention.text
