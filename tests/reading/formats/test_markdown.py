"""Markdown is read without its signs, and every place is one of the file."""

import io

import pytest

from quotes.errors import ReadingError
from quotes.pipeline.escapes import unescaped
from quotes.reading.documents import Document
from quotes.reading.formats.markdown import documents, parse_markdown
from quotes.reading.kinds import kind_of
from quotes.reading.parsing import parse_document
from quotes.records import Article

CLIPPED = """---
title: "Pier to be rebuilt"
source: "https://harbourcourier.example/pier"
author:
  - "[[Lena Marsh]]"
  - "[[Bo Lind]]"
published: 2025-03-04
created: 2025-03-05
tags:
  - "clippings"
---
**PORT ELLERY** — The pier will be rebuilt, said [Ana Cortés](https://harbourcourier.example/who "Who (she) is").

> "We will *rebuild* it," she said.
> “By summer.”

![The pier](pier.jpg) *"It's open,"* said Bo\\_Lind.[^1]

[^1]: A note said so.
"""


def read(text: str) -> Article:
    (document,) = documents(io.BytesIO(text.encode()), "a.md")
    assert isinstance(document, Document)
    return parse_markdown(document)


def test_a_clipped_page() -> None:
    article = read(CLIPPED)
    assert article.text == CLIPPED
    assert (article.title, article.byline, article.published) == (
        "Pier to be rebuilt",
        "Lena Marsh, Bo Lind",
        "2025-03-04",
    )
    assert (article.url, article.place) == ("https://harbourcourier.example/pier", "Port Ellery")
    shown, origins = unescaped(article)
    story = shown.text[shown.furniture[0][1] :]
    assert story.split() == (
        'PORT ELLERY — The pier will be rebuilt, said Ana Cortés. "We will rebuild it," she said. “By summer.”'
        ' "It\'s open," said Bo_Lind.'
    ).split()  # fmt: skip
    for words, stands in (('"We will rebuild it,"', '"We will *rebuild* it,"'), ('"It\'s open,"', '"It\'s open,"')):
        start = shown.text.index(words)
        assert article.text[slice(*origins.span((start, start + len(words))))] == stands


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# A *short* title #\n\nHe left.", "A short title\n\nHe left."),
        ("Title of it\n===========\n\nHe left.\n\n---\n\nShe too.", "Title of it\n\n\nHe left.\n\n\n\nShe too."),
        ("***We knew***, __he__ _said_ ==now==.", "We knew, he said now."),
        ("**We *knew* it**, he said.", "We knew it, he said."),
        ("2 * 3 * 4, snake_case_name, a*b", "2 * 3 * 4, snake_case_name, a*b"),
        ("[**Ana**][1] met [[Bo Lind|Bo]] and [[Mara]].\n\n[1]: https://courier.example", "Ana met Bo and Mara.\n\n"),
        ("- “We knew.”\n* “So did we.”\n> [!quote] Ana\n> “No.”", "“We knew.”\n“So did we.”\nAna\n“No.”"),
        ("```\nprint('We knew')\n```\nHe left.", "\nHe left."),
        ("He said \\*no\\* [sic] (see [it](https://a.example/b_(c))).", "He said *no* [sic] (see it)."),
    ],
)
def test_signs_are_no_words(text: str, shown: str) -> None:
    article = read(text)
    assert article.text == text
    assert unescaped(article)[0].text == shown


def test_the_heading_is_the_title() -> None:
    article = read("# Gone [at last](https://courier.example)\n\nThe pier is gone.\n\n## What she said\n\n“Yes.”\n")
    assert article.title == "Gone at last"
    assert article.headline
    assert article.text[slice(*article.headline)].startswith("Gone")


def test_what_is_markdown() -> None:
    assert kind_of(b"He left.", "story.md") == "markdown"
    assert kind_of(CLIPPED.encode(), "story.markdown") == "markdown"
    assert kind_of(b"# Pier\n\n**No**, [she](https://a.example) said.", "story.txt") == "markdown"
    assert kind_of(b"# 1 in the charts\n\nHe left.", "story.txt") == "text"
    assert kind_of(b"He said **no**.", "story.txt") == "text"
    assert kind_of(b"# sent_id = 1\n# text = **No**\n1\tNo\n", "a.conllu") == "text"
    assert kind_of(b"<html><body><p>No.</p></body></html>", "story.md") == "html"


def test_what_is_broken_or_empty() -> None:
    (error,) = documents(io.BytesIO(b" \n"), "a.md")
    assert isinstance(error, ReadingError)
    (document,) = documents(io.BytesIO(b"---\ntitle: a: b\n---\nHe left."), "a.md")
    assert isinstance(document, Document)
    assert "front matter is no YAML" in str(parse_document(document, None))


def test_long_and_odd_texts_take_little_time() -> None:
    for piece in ("*", "[", "_a", "> ", "![", "**a ", "[[", "\\", "`", "a*b "):
        read("a" + piece * 20_000)
