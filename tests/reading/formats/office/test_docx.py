"""A Word document is an article: all text that a reader sees of it, in its order, and nothing else."""

import io
import tracemalloc
import zipfile

import pytest
from exported import WORD, paragraph, read, word

from quotes.reading.decoding import decode
from quotes.reading.documents import Metadata
from quotes.reading.kinds import kind_of

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def text(body: str) -> str:
    documents, errors = read("docx", word(body))
    assert errors == []
    return str(documents[0].data)


def run(words: str) -> str:
    return RUN.format(words)


def test_a_document_is_an_article_with_its_title() -> None:
    body = paragraph("Ferry aground", "Title") + paragraph("By Jane Pell") + paragraph("“We knew,” said\nNora Pell.")
    documents, errors = read("docx", word(body + paragraph("She left.")))
    assert (errors, documents[0].source, documents[0].kind) == ([], "news", "text")
    assert documents[0].metadata == Metadata(title="Ferry aground")
    assert documents[0].data == "Ferry aground\n\nBy Jane Pell\n\n“We knew,” said\nNora Pell.\n\nShe left."


def test_text_that_is_seen_is_kept_in_its_order() -> None:
    seen = (
        f"<w:p>{run('We ')}<w:hyperlink>{run('never ')}</w:hyperlink><w:ins>{run('saw ')}</w:ins>"
        f"<w:smartTag>{run('Port ')}</w:smartTag><w:sdt><w:sdtContent>{run('Ellery')}</w:sdtContent></w:sdt>"
        "<w:r><w:tab/><w:t>again</w:t><w:noBreakHyphen/><w:t>and</w:t></w:r></w:p>"
    )
    assert text(seen) == "We never saw Port Ellery\tagain-and"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('One.')}</w:tc><w:tc>{paragraph('Two.')}</w:tc></w:tr></w:tbl>"
    block = f"<w:sdt><w:sdtContent>{paragraph('Before.')}</w:sdtContent></w:sdt>"
    assert text(block + table + paragraph("Three.")) == "Before.\n\nOne.\n\nTwo.\n\nThree."


def test_text_that_is_not_seen_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>"
    deleted = f"<w:del><w:r><w:delText>denied</w:delText></w:r></w:del><w:moveFrom>{run('moved')}</w:moveFrom>"
    field = '<w:r><w:instrText>HYPERLINK "https://a.example"</w:instrText></w:r>'
    assert text(f"<w:p>{hidden}{deleted}{field}{shown}</w:p>") == "shown"


def test_a_box_comes_once_after_the_paragraph_that_holds_it() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert text(f"<w:p>{run('Round it.')}<w:r>{both}</w:r></w:p>{paragraph('After.')}") == (
        "Round it.\n\nIn a box.\n\nAfter."
    )


def test_what_can_not_be_read_is_said_in_one_line() -> None:
    broken = "news: broken or cut off, so that it can't be read; save or export it again"
    data = word(paragraph("We knew."))
    assert read("docx", data[: len(data) // 2]) == read("docx", b"PK\x03\x04[Content") == ([], [broken])
    assert read("docx", "") == ([], ["news: empty, nothing to read"])
    assert read("docx", word(""))[1] == ["news: no text in this document; if it is a scan or a picture, save its text"]
    assert read("docx", word("<w:p><w:r>"))[1] == [
        "news: broken: its markup ends early or is not well-formed; save it again"
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/styles.xml", "")
    assert read("docx", file.getvalue())[1] == ["news: no Word document; there is no text of one in it"]


def test_entities_of_a_stranger_are_not_followed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{WORD}"><w:body>'
            "<w:p><w:r><w:t>We knew&b;.</w:t></w:r></w:p></w:body></w:document>",
        )
    documents, _ = read("docx", file.getvalue())
    assert [found.data for found in documents] in ([], ["We knew"], ["We knew."])


def test_it_is_told_by_what_is_in_it() -> None:
    data = word(paragraph("We knew."))
    assert kind_of(data, "a.docx") == kind_of(data, "a.zip") == kind_of(data, "a") == "docx"
    assert kind_of(b"", "a.docx") == "docx"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.docx", data)
    assert kind_of(file.getvalue(), "a.zip") == "zip"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.graphicsPK", "an OpenDocument file"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml...ppt/presentation.xml", "a presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Word or Office file, or one locked"),
    ],
)
def test_other_office_files_are_called_what_they_are(data: bytes, what: str) -> None:
    assert kind_of(data, "a") == "text"
    with pytest.raises(Exception, match=what):
        decode(data, "a")


def test_a_long_export_takes_little_memory() -> None:
    article = [f"Bank row {'goes on ' * 5}", "Eastern Lantern", "4 September 2023", "Length: 40 words", "Body"]
    body = "".join(
        map(paragraph, [*article, *["Lenders will meet again, the bank said. " * 20] * 10, "End of Document"])
    )
    data = word(body * 100)
    tracemalloc.start()
    documents, errors = read("docx", data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(documents), errors) == (100, [])
    assert most < 8_000_000  # of it 2.4 are the documents themselves
