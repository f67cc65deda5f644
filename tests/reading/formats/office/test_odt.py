"""OpenDocument texts give their paragraphs, without notes, comments and what was deleted."""

import io
import zipfile

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document
from quotes.reading.formats.office.odt import documents
from quotes.reading.kinds import kind_of

MIMETYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"))
)
BODY = """<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>
<text:h>Pier to be rebuilt</text:h><text:p>By Lena Marsh</text:p><text:p/>
<text:p>“We<text:s text:c="2"/>will <text:span>re</text:span>build
it,”<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note> said<text:line-break/>Ana Cortés
<office:annotation><text:p>Check!</text:p></office:annotation>.</text:p>
<text:p><draw:frame><draw:text-box><text:p>The pier. Photo: Bo</text:p></draw:text-box></draw:frame></text:p>
<text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>"""
STORY = "Pier to be rebuilt\n\nBy Lena Marsh\n\n“We  will rebuild it,” said\nAna Cortés .\n\nAn item"


def odt(body: str, mimetype: str = MIMETYPE) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", mimetype)
        content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"{content}</office:document-content>")
    return file.getvalue()


def test_a_story() -> None:
    data = odt(BODY)
    for name in ("a.odt", "a.zip", "a"):
        assert kind_of(data, name) == "odt"
    assert list(documents(io.BytesIO(data), "a.odt")) == [Document("a.odt", STORY, "text")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (odt(""), "empty, nothing to read"),
        (odt("<text:p>cut"), "broken: content.xml is no XML"),
        (odt(BODY)[:300], "cut short, broken, or not an OpenDocument text"),
        (b"", "cut short, broken, or not an OpenDocument text"),
    ],
)
def test_what_can_not_be_read_is_told_in_a_line(data: bytes, line: str) -> None:
    (error,) = documents(io.BytesIO(data), "a.odt")
    assert isinstance(error, ReadingError)
    assert error.message.startswith(line)
