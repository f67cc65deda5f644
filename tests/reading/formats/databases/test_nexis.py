"""Exports of Nexis give an article a document, with what stands above it as its fields and none of it as its text."""

import pytest
from exported import paragraph, read, rich, word

from quotes.reading.documents import Metadata
from quotes.reading.kinds import kind_of

OLD = """\



                               1 of 2 DOCUMENTS



                          The Quillan Post (Late Edition)

                            September 5, 2023 Tuesday
                                 Late Edition - Final

Harbour master says the ferry was
never inspected

BYLINE: By JANE PELL and EWAN TAIT; Jane Pell reported from Brightwater.

SECTION: Section A; Column 0; Pg. 1

LENGTH: 937 words

DATELINE: BRIGHTWATER

The harbour master told the inquiry on Monday that the ferry had not once been
inspected since it came to the island.

"We knew," said Nora Pell. She left the hall
by the back door.

GRAPHIC: PHOTO: The ferry on the rocks. "A sad sight," says a caption. (EWAN TAIT)

LOAD-DATE: September 6, 2023

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                     Copyright 2023 The Quillan Post Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                     Copyright 2023 Eastern Lantern Ltd
                              All Rights Reserved
                                Eastern Lantern

                                4 September 2023

Bank row goes on

LENGTH: 40 words

Lenders will meet again, the bank said.

LOAD-DATE: September 4, 2023
"""
NEW = [
    "User Name:\xa0Ewan Tait",
    "Date and Time:\xa0Tuesday, September 12, 2023 10:15:00 AM GMT",
    "Job Number:\xa0204512345",
    "Documents (2)",
    "1. Harbour master says the ferry was never inspected",
    "Client/Matter:\xa0-None-",
    "2. Bank row goes on",
    "",
    "Harbour master says the ferry was never inspected",
    "Quillan Post",
    "September 5, 2023 Tuesday",
    "Copyright 2023 The Quillan Post Company All Rights Reserved",
    "Section:\xa0Section A; Column 0; Pg. 1",
    "Length:\xa0937 words",
    "Byline:\xa0By Jane Pell and Ewan Tait",
    "Highlight:\xa0On 3 September 2021 it was bought.",
    "Body",
    "",
    "\nThe harbour master told the inquiry on Monday that the ferry had not once been inspected since it came.",
    "“We knew,” said Nora Pell.",
    "Graphic",
    "\nPHOTO: The ferry on the rocks. “A sad sight,” says a caption.",
    "Load-Date:\xa0September 6, 2023",
    "End of Document",
    "Bank row goes on",
    "Eastern Lantern (Online)",
    "4 September 2023",
    "Length:\xa040 words",
    "Body",
    "Lenders will meet again, the bank said.",
    "Classification",
    "Language:\xa0ENGLISH",
    "Load-Date:\xa0September 4, 2023",
    "End of Document",
]
FIRST = Metadata(
    title="Harbour master says the ferry was never inspected",
    outlet="The Quillan Post",
    byline="JANE PELL and EWAN TAIT",
    published="2023-09-05",
    language="en",
)
STORY = (
    "The harbour master told the inquiry on Monday that the ferry had not once been inspected since it came to the"
    ' island.\n\n"We knew," said Nora Pell. She left the hall\nby the back door.'
)
PAGE = """<HTML><HEAD><TITLE>2 documents</TITLE></HEAD><BODY>
<!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">1 of 2 DOCUMENTS</SPAN></P>
</DIV><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">The Quillan Post (Late Edition)</SPAN></P>
</DIV><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">September 5, 2023</SPAN><SPAN> Tuesday</SPAN></P>
</DIV><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Harbour master says the ferry was never inspected</SPAN></P>
</DIV><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">BYLINE: </SPAN><SPAN CLASS="c2">Jane Pell</SPAN></P>
</DIV><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">937 words</SPAN></P>
</DIV><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">The harbour master told the inquiry that it had not.</SPAN></P>
<P CLASS="c9"><SPAN CLASS="c2">&#8220;We knew,&#8221; said Nora Pell.</SPAN></P>
</DIV><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN><SPAN>September 6, 2023</SPAN></P>
</DIV><DIV CLASS="c3"><P><SPAN>Copyright 2023 The Quillan Post Company</SPAN></P></DIV>
<!-- Hide XML section from browser
</DOCFULL>
<DOC NUMBER=2>
<DOCFULL> -->
<DIV CLASS="c0"><P CLASS="c1"><SPAN>2 of 2 DOCUMENTS</SPAN></P></DIV>
<DIV><P><SPAN>Eastern Lantern</SPAN></P></DIV><DIV><P>September 4, 2023</P></DIV><DIV><P>Bank row goes on</P></DIV>
<DIV><P>LENGTH: 40 words</P></DIV><DIV><P>Lenders will meet again, the bank said.</P></DIV>
</BODY></HTML>
"""


def test_a_text_of_two_documents() -> None:
    documents, errors = read("nexis", OLD)
    assert errors == []
    assert [found.source for found in documents] == ["news#1", "news#2"]
    assert documents[0].metadata == FIRST
    assert documents[0].data == STORY
    assert documents[1].metadata == Metadata(title="Bank row goes on", outlet="Eastern Lantern", published="2023-09-04")
    assert documents[1].data == "Lenders will meet again, the bank said."


@pytest.mark.parametrize("file", ["docx", "rtf", "nexis"])
def test_a_word_or_rtf_document_of_two_with_a_cover(file: str) -> None:
    data = rich(line.replace("\n", r"\line ") for line in NEW) if file == "rtf" else word("".join(map(paragraph, NEW)))
    documents, errors = read(file, data)
    assert errors == []
    assert [(found.metadata.title, found.metadata.outlet, found.metadata.published) for found in documents] == [
        ("Harbour master says the ferry was never inspected", "Quillan Post", "2023-09-05"),
        ("Bank row goes on", "Eastern Lantern", "2023-09-04"),
    ]
    assert [found.metadata.byline for found in documents] == ["Jane Pell and Ewan Tait", None]
    assert documents[0].data == f"{NEW[18].strip()}\n\n{NEW[19]}"
    assert documents[1].data == "Lenders will meet again, the bank said."


def test_an_old_page() -> None:
    documents, errors = read("nexis", PAGE)
    assert errors == []
    assert [found.metadata for found in documents] == [
        Metadata(title=FIRST.title, outlet="The Quillan Post", byline="Jane Pell", published="2023-09-05"),
        Metadata(title="Bank row goes on", outlet="Eastern Lantern", published="2023-09-04"),
    ]
    assert documents[0].data == "The harbour master told the inquiry that it had not.\n\n“We knew,” said Nora Pell."
    assert documents[1].data == "Lenders will meet again, the bank said."


def test_exports_are_told_by_their_lines() -> None:
    assert kind_of(OLD.encode(), "news.txt") == kind_of(PAGE.encode(), "news") == "nexis"
    assert kind_of("\n".join(NEW).encode(), "news.csv") == kind_of(OLD.encode("cp1252"), "news") == "nexis"
    assert kind_of("\n".join(NEW[:8]).encode(), "news.txt") == "nexis", "a cover that is longer than what is looked at"
    for story in (
        "He filled in form 1 of 2 DOCUMENTS and left, Pell said.\n",
        "Body\n\nThe body was found by divers, Pell said.\n\nLength: two metres.\n",
        "Head\nBody\n\nEnd of Document\n",
        "1 of 2 DOCUMENTS\n\nPell lost the other.\n",
    ):
        assert kind_of(story.encode(), "story.txt") == "text"


def test_a_file_that_is_cut_off_loses_only_its_last_article() -> None:
    said = "news#2: cut off at the end of the file; export it again. What was read before stays"
    new = "\n".join(NEW)
    for text in (new[: new.index("Lenders will") + 20], new[: new.index("Eastern Lantern") + 5]):
        documents, errors = read("nexis", text)
        assert ([found.source for found in documents], errors) == (["news#1"], [said])
    documents, errors = read("nexis", OLD[: OLD.index("Lenders will") + 20])
    assert ([found.source for found in documents], errors) == (["news#1"], [said])
    documents, errors = read("nexis", PAGE[: PAGE.index("Lenders will") + 20])
    assert ([found.source for found in documents], errors) == (["news#1"], [said])


def test_an_article_that_was_copied_by_hand() -> None:
    text = "\n\n".join(NEW[8:23])
    assert kind_of(text.encode(), "news.txt") == "nexis"
    documents, errors = read("nexis", text)
    assert (documents[0].metadata.outlet, errors) == ("Quillan Post", [])


def test_what_holds_no_article() -> None:
    assert read("nexis", "") == ([], ["news: empty, nothing to read"])
    looked_for = "no Nexis article in it (looked for lines `1 of 2 DOCUMENTS`, or `Body` and `End of Document`)"
    assert read("nexis", "Pell said so.\n") == ([], [f"news: {looked_for}"])
    data = word("".join(map(paragraph, NEW)))
    assert read("docx", data[:-40])[1] == ["news: broken or cut off, so that it can't be read; save or export it again"]
    without = "\n".join([*NEW[:17], "Load-Date:\xa0September 6, 2023", "End of Document", *NEW[24:]])
    documents, errors = read("nexis", without)
    assert [found.source for found in documents] == ["news#2"]
    assert errors == [
        "news#1: Nexis article without text (Harbour master says the ferry was never inspected);"
        " it was exported without it"
    ]


def test_lines_in_a_story_that_look_like_labels_are_its_own() -> None:
    text = OLD.replace('"We knew,"', 'SOURCE: a report.\n\nTANIA PELL: Good evening.\n\nBody\n\n"We knew,"')
    documents, _ = read("nexis", text.replace("Body\n\n", ""))
    assert "SOURCE: a report.\n\nTANIA PELL: Good evening.\n\n" in str(documents[0].data)
