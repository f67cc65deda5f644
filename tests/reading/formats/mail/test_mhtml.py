"""A page that a browser saved gives the page, with the address that it was saved from."""

import io

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.mail.mhtml import documents
from quotes.reading.kinds import kind_of

PAGE = "<html><body><p>=E2=80=9CWe knew,=E2=80=9D said Pell, who sa=\nw it.</p></body></html>"
DECODED = "<html><body><p>“We knew,” said Pell, who saw it.</p></body></html>"
URL = "https://courier.example/ferry"


def saved(page: str = PAGE, location: str = f"Snapshot-Content-Location: {URL}\n", end: str = "--x--\n") -> bytes:
    frame = "--x\nContent-Type: text/html\nContent-Location: https://ads.example/\n\n<p>Buy.</p>\n"
    part = (
        "--x\nContent-Type: text/html; charset=utf-8\nContent-ID: <main@x>\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: {URL}\n\n{page}\n"
    )
    image = "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    return (
        f"From: <Saved by Blink>\n{location}Subject: Ferry\nDate: Mon, 3 Mar 2025 10:12:01 -0000\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="x"; start="<main@x>"\n\n'
        f"{frame}{part}{image}{end}"
    ).encode()


def read(data: bytes) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(data), "a.mhtml"))


def test_the_page_and_its_address() -> None:
    (document,) = read(saved())
    assert document == Document("a.mhtml", DECODED.encode(), "html", Metadata(url=URL), "utf-8")


def test_it_is_told_by_its_headers() -> None:
    for name in ("a.mhtml", "a.mht", "a.txt", "a"):
        assert kind_of(saved(), name) == "mhtml"
    of_word = saved(location="").replace(b"From: <Saved by Blink>\n", b"")
    assert kind_of(of_word, "a") == "mhtml"
    assert kind_of(b"To: jane@tide.example\nMessage-ID: <1@tide.example>\n" + of_word, "a.mht") == "eml"


def test_bad_input_is_one_line() -> None:
    assert list(map(str, read(b""))) == ["a.mhtml: empty, nothing to read"]
    assert list(map(str, read(saved()[:200]))) == ["a.mhtml: no page in it; is it MHTML, and not cut short?"]
    cut = saved()
    assert list(map(str, read(cut[: cut.index(b", who")]))) == ["a.mhtml: cut short: the end of this page is missing"]
    # Only a picture is missing.
    assert isinstance(read(saved(end=""))[0], Document)
