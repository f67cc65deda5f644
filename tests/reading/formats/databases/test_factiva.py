"""Exports of Factiva give an article a document, with codes or without, as text, RTF, page and XML."""

import pytest
from exported import read, rich

from quotes.reading.documents import Metadata
from quotes.reading.kinds import kind_of

LEAD = "The harbour master told the inquiry on Monday that the ferry had not once been inspected."
SAID = "“We knew,” said Nora Pell."
CODED = f"""HD           Harbour master says the ferry
             was never inspected
BY           By Jane Pell and Ewan Tait
WC           937 words
PD           5 September 2023
ET           01:23
SN           Quillan Post
SC           QUPO
ED           Late Edition
PG           1
LA           English
CY           Copyright 2023 The Quillan Post Company. All Rights Reserved.

LP
{LEAD}

TD
{SAID}

IN a rare move the ship was sold.

NS           gship : Shipping | gcat : Political/General News
PUB          The Quillan Post Company
AN           Document QUPO000020230905ej950002x

HD           Bank row goes on
WC           40 words
PD           4 September 2023
SN           Eastern Lantern
LA           English
LP           Lenders will meet again, the bank said.
TD
AN           Document EALA000020230904ej940001x
"""
PLAIN = [
    "Foreign Desk; SECTA",
    "Harbour master says the ferry was never inspected",
    "By JANE PELL",
    "937 words",
    "5 September 2023",
    "01:23",
    "Quillan Post",
    "QUPO",
    "Late Edition - Final",
    "1",
    "English",
    "Copyright 2023 The Quillan Post Company. All Rights Reserved.",
    LEAD,
    SAID,
    "Document QUPO000020230905ej950002x",
    "Bank row goes on",
    "40 Wörter",
    "4 September 2023",
    "Eastern Lantern",
    "EALA",
    "Englisch",
    "(c) 2023 Eastern Lantern Ltd",
    "Lenders will meet again, the bank said.",
    "Dokument EALA000020230904ej940001x",
]
TITLES = ["Harbour master says the ferry was never inspected", "Bank row goes on"]
PAGE = f"""<!DOCTYPE html><html><head><title>Factiva</title></head><body>
<div id="article-qupo000020230905" class="article"><div class="article enArticle"><p>
<div>Foreign Desk; SECTA</div><div id="hd"><span class='enHeadline'>
{TITLES[0]}
</span></div><div class="author">By JANE PELL</div><div>1,285 Wörter</div><div>9 Januar 1993</div><div>01:23</div>
<div>Quillan Post</div><div>QUPO</div><div>Late Edition - Final</div><div>Englisch</div><div>(c) 1993 Quillan</div></p>
<p class="articleParagraph enarticleParagraph">{LEAD}</p>
<p class="articleParagraph enarticleParagraph">
“We <b>knew</b>,”
said Nora Pell.</p>
<p>Dokument qupo000020230905ej950002x</p></div></div><br/>
<div class="article"><div class="article enArticle"><table>
<tr><td><b>HD</b></td><td><span class="enHeadline">Bank row goes on</span></td></tr>
<tr><td><b>WC</b></td><td>40 words</td></tr><tr><td><b>PD</b></td><td>4 September 2023</td></tr>
<tr><td><b>SN</b></td><td>Eastern Lantern</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph enarticleParagraph">Lenders will meet again.</p>
<p class="articleParagraph enarticleParagraph">Nobody paid.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph enarticleParagraph">“Soon,” said the bank.</p></td></tr>
<tr><td><b>NS</b></td><td>gcat : Political</td></tr></table></div></div></body></html>"""
XML = f"""<?xml version="1.0" encoding="UTF-8"?><ppsArticleResultSet><ppsArticle>
<article><headline><paragraph>{TITLES[0]}</paragraph></headline><byline>By Jane Pell</byline>
<publicationDate>2023-09-05</publicationDate><sourceName>Quillan Post</sourceName>
<leadParagraph><paragraph>{LEAD}</paragraph></leadParagraph>
<tailParagraphs><paragraph>“We knew,” said Nora Pell.</paragraph></tailParagraphs></article></ppsArticle>
</ppsArticleResultSet>"""


def test_fields_with_codes() -> None:
    documents, errors = read("factiva", CODED)
    assert errors == []
    assert [found.source for found in documents] == ["news#1", "news#2"]
    assert documents[0].metadata == Metadata(
        title=TITLES[0],
        outlet="Quillan Post",
        byline="Jane Pell and Ewan Tait",
        published="2023-09-05",
        language="en",
    )
    assert documents[0].data == f"{LEAD}\n\n{SAID}\n\nIN a rare move the ship was sold."
    assert documents[1].data == "Lenders will meet again, the bank said."


def test_codes_in_the_cells_of_an_rtf_table() -> None:
    cells = ["HD", TITLES[0]], ["WC", "937 words"], ["PD", "5 September 2023"], ["SN", "Quillan Post"], ["LP", LEAD]
    rows = "".join(rf"\trowd\cellx1\cellx2\intbl {code}\cell {value}\cell\row" for code, value in cells)
    said = r"\trowd\intbl TD\cell \ldblquote We knew,\rdblquote  said Nora Pell.\par She left.\cell\row"
    data = rich([])[:-1] + rows.encode() + said.encode() + rb"\pard Document QUPO000020230905ej950002x\par}"
    documents, errors = read("rtf", data)
    assert errors == []
    assert [(found.metadata.title, found.metadata.outlet) for found in documents] == [(TITLES[0], "Quillan Post")]
    assert documents[0].data == f"{LEAD}\n\n{SAID}\n\nShe left."


@pytest.mark.parametrize("kind", ["factiva", "rtf"])
def test_lines_without_codes_in_two_languages(kind: str) -> None:
    documents, errors = read(kind, rich(PLAIN) if kind == "rtf" else "\n\n".join(PLAIN))
    assert errors == []
    assert documents[0].metadata == Metadata(
        title=TITLES[0], outlet="Quillan Post", byline="JANE PELL", published="2023-09-05", language="en"
    )
    assert documents[1].metadata == Metadata(
        title=TITLES[1], outlet="Eastern Lantern", published="2023-09-04", language="en"
    )
    assert documents[0].data == f"{LEAD}\n\n{SAID}"
    assert documents[1].data == "Lenders will meet again, the bank said."


def test_a_page_with_indexing_and_without() -> None:
    documents, errors = read("factiva", PAGE)
    assert errors == []
    assert documents[0].metadata == Metadata(
        title=TITLES[0], outlet="Quillan Post", byline="JANE PELL", published="1993-01-09", language="en"
    )
    assert documents[0].data == f"{LEAD}\n\n{SAID}"
    assert documents[1].metadata == Metadata(title=TITLES[1], outlet="Eastern Lantern", published="2023-09-04")
    assert documents[1].data == "Lenders will meet again.\n\nNobody paid.\n\n“Soon,” said the bank."


def test_xml() -> None:
    documents, errors = read("factiva", XML)
    assert errors == []
    assert documents[0].metadata == Metadata(
        title=TITLES[0], outlet="Quillan Post", byline="Jane Pell", published="2023-09-05"
    )
    assert documents[0].data == f"{LEAD}\n\n{SAID}"


def test_exports_are_told_by_what_is_in_them() -> None:
    for content in (CODED, "\n\n".join(PLAIN), PAGE, XML, CODED.encode("utf-16")):
        data = content if isinstance(content, bytes) else content.encode()
        assert kind_of(data, "news") == kind_of(data, "news.txt") == "factiva"
    for story in ("HD stands for high definition, Pell said.\n", "937 words\n\n5 September 2023\n\nPell said so.\n"):
        assert kind_of(story.encode(), "story.txt") == "text"


def test_a_file_that_is_cut_off_loses_only_its_last_article() -> None:
    said = "news#2: cut off at the end of the file; export it again. What was read before stays"
    plain = "\n\n".join(PLAIN)
    for text, end in ((CODED, "again"), (plain, "again"), (PAGE, "“Soon")):
        documents, errors = read("factiva", text[: text.index(end) + 3])
        assert ([found.source for found in documents], errors) == (["news#1"], [said])


def test_what_holds_no_article() -> None:
    assert read("factiva", "") == ([], ["news: empty, nothing to read"])
    assert len(read("factiva", "Pell said so.\n")[1]) == len(read("factiva", "<html><p>Pell</p>")[1]) == 1
