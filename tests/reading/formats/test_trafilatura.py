"""What trafilatura writes as XML is a story again, with what the page said of it."""

import io

import pytest

from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.trafilatura import documents
from quotes.reading.kinds import kind_of

XML = (
    '<doc sitename="Harbour Courier" title="Pier to reopen" author="Lena Marsh" date="2025-03-04"'
    ' url="https://courier.example/pier" hostname="courier.example" fingerprint="1e2889"><main>'
    '<p>The pier will be <hi rend="#b">rebuilt</hi>, said Ana Cortés.</p>'
    "<quote>We knew<lb/>it would be long.</quote><list><item>First of the list</item></list>"
    "</main><comments><p>“No,” said a reader.</p></comments></doc>"
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">Pier to reopen</title>'
    "<author>Lena Marsh</author></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><biblFull>"
    "<publicationStmt><publisher>Harbour Courier (courier.example)</publisher>"
    '<ptr type="URL" target="https://courier.example/pier"/><date>2025-03-04</date></publicationStmt></biblFull>'
    '</sourceDesc></fileDesc><encodingDesc><appInfo><application version="2.3.1" ident="Trafilatura"/></appInfo>'
    '</encodingDesc></teiHeader><text><body><div type="entry">'
    '<p>The pier will be <hi rend="#b">rebuilt</hi>, said Ana Cortés.</p>'
    "<quote>We knew<lb/>it would be long.</quote><list><item>First of the list</item></list>"
    '</div><div type="comments"><p>“No,” said a reader.</p></div></body></text></TEI>'
)
TOLD = Metadata("https://courier.example/pier", "Pier to reopen", "Harbour Courier", "Lena Marsh", "2025-03-04")
STORY = "The pier will be rebuilt, said Ana Cortés.\n\nWe knew\nit would be long.\n\nFirst of the list"


@pytest.mark.parametrize("content", [XML, TEI, f'<?xml version="1.0" encoding="UTF-8"?>\n{XML}'])
def test_a_story(content: str) -> None:
    assert kind_of(content.encode(), "story.txt") == "trafilatura"
    assert list(documents(io.BytesIO(content.encode()), "a.xml")) == [Document("a.xml", STORY, "text", TOLD)]


@pytest.mark.parametrize("content", [XML[:300], "", '<doc url="https://courier.example/a"><main/></doc>', "<doc>\0"])
def test_what_is_broken_is_told_in_a_line(content: str) -> None:
    (error,) = documents(io.BytesIO(content.encode()), "a.xml")
    assert str(error).startswith("a.xml: ")
    assert "XML of trafilatura" in str(error)


def test_other_documents_are_not_taken() -> None:
    for content in ("<doc><p>We knew.</p></doc>", "<TEI><text/></TEI>", "<html><body><p>doc url=</p></body></html>"):
        assert kind_of(content.encode(), "a.xml") != "trafilatura"
