"""An RTF document is an article: the text that a reader sees of it, in the signs that it means."""

import io

import pytest
from exported import read, rich
from growth import MOST, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import ReadingError
from quotes.reading.formats.office.rtf import documents, lines
from quotes.reading.kinds import kind_of

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\*\generator Any;}"


def text(body: bytes, head: bytes = HEAD) -> str:
    found, errors = read("rtf", head + body + b"}")
    assert errors == []
    return str(found[0].data)


def test_a_document_is_an_article() -> None:
    found, errors = read("rtf", rich(["Ferry aground", "By Jane Pell", "“We knew,” said Nora Pell.", "", "She left."]))
    assert (errors, found[0].source, found[0].kind) == ([], "news", "text")
    assert found[0].data == "Ferry aground\n\nBy Jane Pell\n\n“We knew,” said Nora Pell.\n\nShe left."


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (rb"\'93We knew,\'94 said Ma\'ebte.", "“We knew,” said Maëte."),
        (rb"\ldblquote We knew\rdblquote\emdash said O\rquote Neill", "“We knew”—said O’Neill"),
        (rb"\uc1\u8220?We \u8217'\uc2\u233\'c3\'a9t\uc0\u233t", "“We ’étét"),
        (rb"\u-10179?\u-8704?", "\U0001f600"),
        (rb"\u8220\'93We", "“We"),
        (rb"{\f1 \'cf\'e5\'eb\'eb}\'cf", "ПеллÏ"),
        (rb"{\f1\cf0 \'cf}{\f0 \'cf}", "ПÏ"),
        (rb"one\~two\_three\-four \{five\}\\", "one\xa0two-threefour {five}\\"),
        (b"one\\line two\\tab three", "one\ntwo\tthree"),
        (b"one\\\ntwo", "one\n\ntwo"),
        (b"o\nn\r\ne", "one"),
        (rb"undefined \'81 byte", "undefined \ufffd byte"),
    ],
)
def test_signs(body: bytes, seen: str) -> None:
    assert text(body) == seen


def test_code_pages() -> None:
    assert text(rb"\'d2We knew\'d3", rb"{\rtf1\mac ") == text(rb"\'d2We knew\'d3", rb"{\rtf1\ansi\ansicpg10000 ")
    assert text(rb"\'d2We knew\'d3", rb"{\rtf1\mac ") == "“We knew”"
    assert text(rb"\'83\'79\'83\'8b", rb"{\rtf1\ansi\ansicpg932 ") == "ペル"


def test_what_is_not_seen_is_left_out() -> None:
    link = rb'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt Ferry}}'
    assert text(link + rb" {\v hidden}{\deleted denied}\v off\v0 aground") == "Ferry aground"
    aside = rb"{\header Top\par}{\footer 1}{\*\unknown x}{\info{\title No}}{\pict\wmetafile8 0102ff}"
    assert text(rb"{\stylesheet{\s1 Title;}}{\colortbl;\red0;}We knew.") == "We knew."
    assert text(aside + rb"We{\footnote A note.} knew.") == "We knew."
    assert text(rb"{\pict\bin5 }{\\}}\par We knew.") == "We knew."


def test_what_can_not_be_read_is_said_in_one_line() -> None:
    cut = "news: cut off: it ends in the middle; save or export it again. What was read before stays"
    assert read("rtf", HEAD + rb"\pard We knew\par She le") == ([], [cut])
    assert read("rtf", "") == ([], ["news: empty, nothing to read"])
    assert read("rtf", "We knew.") == ([], ["news: no RTF document; it does not begin with {\\rtf"])
    assert read("rtf", HEAD + b"}") == (
        [],
        ["news: no text in this document; if it is a scan or a picture, save its text"],
    )
    assert read("rtf", HEAD + b"{" * 20_000)[1] == ["news: broken: groups in groups without end; save it again"]


def test_it_is_told_by_its_beginning() -> None:
    assert kind_of(HEAD, "a.rtf") == kind_of(HEAD, "a.doc") == kind_of(HEAD, "a.txt") == "rtf"
    assert kind_of(rb"The sign {\rtf1 begins such files.", "a.txt") == "text"


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"{", b"}", b"\\u", b"-1", b"\\'9", b"\\par", b"\\*", b"\\bin", b"9", b" ", b"\xff"])))
def test_any_tokens_are_read_or_told(parts: list[bytes]) -> None:
    for found in documents(io.BytesIO(HEAD + b"".join(parts)), "news"):
        assert isinstance(found, ReadingError) or found.data


def test_a_word_that_ends_in_the_next_piece() -> None:
    body = rb"\u8220?We knew\u8221? \'97 "
    whole = HEAD + body * 40_000 + b"}"
    assert "".join(lines(io.BytesIO(whole), "news")) == "“We knew” — " * 40_000


@pytest.mark.parametrize("part", [b"{\\b ", b"\\u8220 ", b"a\\par ", b"\\'93", b"{}", b"\\"])
def test_hostile_text_takes_linear_time(part: bytes) -> None:
    assert growth(lambda data: list(documents(io.BytesIO(HEAD + data.encode()), "news")), part.decode(), 15_000) < MOST
