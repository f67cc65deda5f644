"""ANPA 1312 wires give their stories, with signs for what their senders had none for."""

import io

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.anpa import documents
from quotes.reading.kinds import kind_of


def message(
    slug: str = "Ferry Aground", number: int = 2870, title: str = "^Ferry runs aground at Port Ellery<\r\n"
) -> bytes:
    text = (
        f"\x16\x16\x01W{number}\x1fnatl\r\nf l\x13\x11BC-US--{slug}     11-05 0466\r\n"
        f"\x02^BC-US--{slug}, 1st Ld-Writethru,466<\r\n{title}^AP Photo XNP101, XNP102<\r\n"
        "^Eds: With AP Photos. Updates with quotes.<\r\n^By JANE DOE and JOHN ROE=\r\n^Associated Press=\r\n"
        "\t   PORT ELLERY, Md. (AP) _ The ferry _ an old one _ ran\r\nonto rocks. \r\n \r\n"
        "\t   ``We knew. She told me, `It sinks,''' said Ann Pell of the harbor office. \r\n"
        "\t   ___ \r\n\t   Kay Lee in Port Ellery contributed to this report.\r\n\r\n"
        "\x03AP-WF-11-05-23 1509GMT<\r\n\x04\r\n"
    )
    return text.encode("latin-1")


def read(data: bytes) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(data), "wire.txt"))


def test_two_messages() -> None:
    first, second = read(message() + message("Other", 2871))
    metadata = Metadata(
        title="Ferry runs aground at Port Ellery",
        outlet="Associated Press",
        byline="Jane Doe and John Roe",
        published="2023-11-05",
    )
    assert isinstance(first, Document)
    assert first.metadata == metadata
    assert first.data == (
        "PORT ELLERY, Md. (AP) — The ferry — an old one — ran onto rocks.\n\n"
        "“We knew. She told me, ‘It sinks,’” said Ann Pell of the harbor office."
    )
    assert isinstance(second, Document) and second.source == "wire.txt#2"


def test_an_alert_without_a_headline() -> None:
    (document,) = read(message(title=""))
    assert isinstance(document, Document) and document.metadata.title is None


def test_control_characters_that_were_lost() -> None:
    data = message().translate(None, b"\x01\x02\x03\x04\x11\x13\x16\x1f")
    text = data[data.index(b"^BC-") :]
    (document,) = read(text)
    assert isinstance(document, Document)
    assert document.metadata.published == "2023-11-05"
    assert document.data.startswith("PORT ELLERY") and "AP-WF" not in document.data
    assert kind_of(text, "a.txt") == "anpa"


def test_what_is_cut_short_costs_itself_only() -> None:
    kept, error = read(message() + message()[:300])
    assert isinstance(kept, Document)
    assert str(error) == "wire.txt#2: cut short: the end of this message is missing"
    assert list(map(str, read(message() + message()[:30])))[1:] == [
        "wire.txt#2: cut short: the end of this message is missing"
    ]
    assert list(map(str, read(b""))) == ["wire.txt: empty, nothing to read"]


@pytest.mark.parametrize("name", ["a.tst", "a.txt", "a"])
def test_it_is_told_by_its_first_bytes(name: str) -> None:
    assert kind_of(message(), name) == "anpa"
    assert kind_of(b"The ferry ^BC-US--Ferry< sank.\n", name) == "text"


def test_a_header_in_letters_as_other_wires_have_it() -> None:
    story = b"\x02^Ferry runs aground<\r\n\t   ``We knew,'' said Ann Pell.\r\n\x03\x04"
    data = b"\x01a0452 r a bc-Ferry  03-04 0123\r\n" + story
    assert kind_of(data, "wire.txt") == "anpa"
    (document,) = read(data)
    assert isinstance(document, Document)
    assert (document.metadata.title, document.data) == ("Ferry runs aground", "“We knew,” said Ann Pell.")
