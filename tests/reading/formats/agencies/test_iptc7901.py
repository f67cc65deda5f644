"""IPTC 7901 wires give their stories: Latin-1, wrapped lines, notes below."""

import io

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.iptc7901 import documents
from quotes.reading.kinds import kind_of

TEXT = 'Zürich (dpa) - The ferry ran onto rocks on Sunday, officials said.\n\n"We knew," said Ann Pell.'
STORY = """Zürich (dpa) - The ferry ran onto rocks on
Sunday, officials said.

"We knew," said Ann Pell.
"""
NOTES = """
# Notebook

## Note to editors
- adds Ann Pell's quote

* * * *
The following information is not intended for publication

## Editorial contacts
- Reporting by: Jane Doe in Zürich

dpa jd rmo

"""


def message(
    head: str = "Ferry runs aground\nBy Jane Doe, dpa =\n\n",
    story: str = STORY,
    header: str = "eca0003 3 i 380  dpa 0045",
) -> bytes:
    text = f"\x01{header}\n\nSwitzerland/ferry/\n\x02{head}{story}{NOTES}\x03\n212322 GMT Nov 18\n\n\x04"
    return text.replace("\n", "\r\n").encode("latin-1")


def read(data: bytes) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(data), "wire.txt"))


def test_two_messages() -> None:
    first, second = read(message() + message("REFILE\n1ST LEAD\nFerry lost\nBy dpa correspondents =\n\n"))
    metadata = Metadata(title="Ferry runs aground", outlet="dpa", byline="Jane Doe", published="2018-11-21")
    assert first == Document("wire.txt#1", TEXT, "text", metadata)
    assert isinstance(second, Document)
    assert (second.metadata.title, second.metadata.byline, second.data) == ("Ferry lost", None, TEXT)


def test_paragraphs_by_indent_and_the_agency_of_the_dateline() -> None:
    story = "   ZURICH, Nov 21, 2018 (AFP) - The ferry ran onto rocks on\nSunday, officials said.\n"
    story += '   "We knew," said Ann\nPell.\n'
    head = "ATTENTION - ADDS quotes ///\nFerry runs aground\nby Jane Doe\n"
    (document,) = read(message(head, story, "xyz0012 4 i 310  "))
    assert isinstance(document, Document)
    assert document.metadata == Metadata(
        title="Ferry runs aground", outlet="Agence France-Presse", byline="Jane Doe", published="2018-11-21"
    )
    assert document.data.split("\n\n")[1:] == ['"We knew," said Ann Pell.']


def test_what_is_cut_short_costs_itself_only() -> None:
    kept, error = read(message() + message()[:200])
    assert isinstance(kept, Document)
    assert str(error) == "wire.txt#2: cut short: the end of this message is missing"
    assert list(map(str, read(b""))) == ["wire.txt: empty, nothing to read"]


@pytest.mark.parametrize("name", ["a.tst", "a.txt", "a"])
def test_it_is_told_by_its_first_bytes(name: str) -> None:
    assert kind_of(message(), name) == "iptc7901"
