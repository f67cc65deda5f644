"""Characters that a text holds in another form, read as what they stand for."""

from __future__ import annotations

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.escapes import plain, unescaped
from quotes.records import Article


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("&quot;We&rsquo;re late,&quot; she said.", '"We’re late," she said.'),
        ("&ldquo;Late,&rdquo; said Jos&eacute; Ruiz.", "“Late,” said José Ruiz."),
        ("&#8220;Late,&#x201D; &#147;now&#148;", "“Late,” “now”"),
        ("&amp;ldquo;Late&amp;rdquo;, AT&amp;T said", "“Late”, AT&T said"),
        ("â€œLate,â€\u009d he said. â€˜Itâ€™sâ€¦â€™", "“Late,” he said. ‘It’s…’"),
        ("â€œLate,â€ he said â€“ Â£5, Â«soÂ», JosÃ©", "“Late,” he said – £5, «so», José"),
        ("â\u0080\u009cLateâ\u0080\u009d", "“Late”"),
        ("‚ÄúLate,‚Äù he said. It‚Äôs so.", "“Late,” he said. It’s so."),
        (r"\"Late,\" she said.\n\nHe left.", '"Late," she said.\n\nHe left.'),
        (r"\u201cLate\u201d, it\u2019s \"so\"", '“Late”, it’s "so"'),
    ],
)
def test_marks_in_another_form(text, read):
    assert plain(text)[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "R&D; AT&T, Q&A &nosuch; &#0; &",
        r"The file is C:\new\table, not \\server\u.",
        "„Ärger“, ‚Ärger‘, âge, Ça va, CAFÉ», À 5 €, SÃO PAULO",
        "â",
    ],
)
def test_what_only_looks_so_stays(text):
    assert plain(text)[0] == text


def test_places_are_those_of_the_text_without_marks_that_were_none():
    text = "&ldquo;It&rsquo;s caf&eacute;&rdquo; is a name."
    read, origins = plain(text)
    quote = read.index("“"), read.index("”") + 1
    assert text[slice(*origins.words(quote, read))] == "It&rsquo;s caf&eacute;"
    assert text[slice(*origins.span(quote))] == "&ldquo;It&rsquo;s caf&eacute;&rdquo;"


def test_marks_that_stand_in_the_text_are_words_of_the_quote():
    text = "“Late &amp; lost,” she said."
    read, origins = plain(text)
    assert text[slice(*origins.words((0, read.index(" she")), read))] == "“Late &amp; lost,”"


def test_furniture_and_headline_move_with_the_text():
    text = "&quot;Late&quot;\n\nShare this &amp; more"
    first, second = text.index("\n"), text.index("Share")
    article, _ = unescaped(Article(text, "test", furniture=((second, len(text)),), headline=(0, first)))
    assert article.text[slice(*article.headline)] == '"Late"'
    assert [article.text[slice(*span)] for span in article.furniture] == ["Share this & more"]


forms = st.lists(st.sampled_from(["&quot;", "&amp;", "&#8220;", "â€œ", "â€", "\\n", '\\"', "Ã©", "a", " ", "&", "â"]))


@given(forms.map("".join))
def test_every_character_has_its_origin(text):
    read, origins = plain(text)
    assert len(read) == len(origins.starts) == len(origins.ends)
    assert "".join(text[slice(*origins.span((n, n + 1)))] for n in range(len(read))) == text


def test_time_grows_with_length():
    assert growth(plain, "&amp;ldquo;a &amp;â€", 10_000) < MOST


def test_markup_stands_for_nothing():
    text = "**“It&rsquo;s [late](https://a.example/?a=1&amp;b=2),”** she said."
    signs = [(0, 2), (text.index("["), text.index("[") + 1), (text.index("]"), text.index(")") + 1)]
    end = text.index("**", 3)
    article = Article(text, "a.md", furniture=((end + 3, len(text)),), markup=(*signs, (end, end + 2)))
    shown, origins = unescaped(article)
    assert (shown.text, shown.markup) == ("“It’s late,” she said.", ())
    assert [shown.text[slice(*span)] for span in shown.furniture] == ["she said."]
    quote = 0, shown.text.index("”") + 1
    assert text[slice(*origins.words(quote, shown.text))] == text[2:end]
