"""PDFs give their text in the order in which it was set, paragraphs parted, broken words left to be joined."""

import io
from pathlib import Path

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.office.pdf import documents
from quotes.reading.kinds import kind_of

pytest.importorskip("pypdfium2")

Shown = tuple[float, float, float, str]
"""Where a line stands, from the left and from the bottom, how large its letters are, and what it says."""


def pdf(*pages: list[Shown], title: str = "") -> bytes:
    """A PDF with these lines, in Helvetica; `-` at a line's end is a hyphen."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        content = "".join(f"BT /F1 {size} Tf {left} {y} Td ({text}) Tj ET\n" for left, y, size, text in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    objects.append(f"<< /Title ({title}) >>")
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def column(left: float, top: float, *lines: str) -> list[Shown]:
    """Lines under one another; an empty one is a gap, one that begins with a space is indented."""
    return [(left + 14 * line.startswith(" "), top - 12 * n, 10, line.strip()) for n, line in enumerate(lines) if line]


def read(data: bytes) -> str:
    (found,) = documents(io.BytesIO(data), "a.pdf")
    assert isinstance(found, Document), found
    assert isinstance(found.data, str)
    return found.data


def test_a_title_and_paragraphs(tmp_path: Path) -> None:
    page = [
        (50.0, 700.0, 20.0, "Pier to be rebuilt"),
        *column(50, 650, "By Lena Marsh", "", "“We will rebuild the", "pier,” she said.", "", "He left."),
    ]
    data = pdf(page, title="Pier to be rebuilt")
    for name in ("story.pdf", "story.txt", "story"):
        assert kind_of(data, name) == "pdf"
    story = "Pier to be rebuilt\n\nBy Lena Marsh\n\n“We will rebuild the\npier,” she said.\n\nHe left."
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    for given in (path, io.BytesIO(data)):
        assert list(documents(given, "a.pdf")) == [
            Document("a.pdf", story, "text", Metadata(title="Pier to be rebuilt"))
        ]
    (found,) = documents(io.BytesIO(pdf(page, title="final_v3.docx")), "a.pdf")
    assert isinstance(found, Document)
    assert found.metadata.title is None, "what stands nowhere in it is a program's"


def test_two_columns_are_read_one_after_the_other() -> None:
    left = column(50, 700, "Ana Cortes said that the pier", "would be rebuilt before the", "summer, when she will be")
    right = column(320, 700, "away in the capital for long.", "", "Bo Lind said that he would", "wait and see.")
    assert read(pdf([*left, *right])) == (
        "Ana Cortes said that the pier\nwould be rebuilt before the\nsummer, when she will be\n"
        "away in the capital for long.\n\nBo Lind said that he would\nwait and see."
    )


def test_paragraphs_by_indents_and_by_lines_that_end_early() -> None:
    indented = column(
        50,
        700,
        "The pier was closed in May, she said.",
        " He would wait and see what became",
        "of it, he said on Monday in the town.",
        " She left.",
    )
    assert read(pdf(indented)).count("\n\n") == 2
    early = column(
        50,
        700,
        "The pier was closed in May, the mayor said.",
        "It had lost its piles.",
        "Officials said that they would wait and see.",
        "They left.",
    )
    assert read(pdf(early)) == (
        "The pier was closed in May, the mayor said.\nIt had lost its piles.\n\n"
        "Officials said that they would wait and see.\nThey left."
    )


def test_words_that_lines_break_are_broken_as_in_a_text() -> None:
    assert read(pdf(column(50, 700, "said Geof-", "frey Lind, a self-", "employed man."))) == (
        "said Geof-\nfrey Lind, a self-\nemployed man."
    )


def test_what_stands_on_all_pages_is_left_out() -> None:
    def page(number: int, *lines: str) -> list[Shown]:
        return [(50, 780, 8, "HARBOUR COURIER"), *column(50, 700, *lines), (50, 30, 8, f"March 4, 2025 - {number}")]

    pages = [page(1, "The mayor said that she would"), page(2, "rebuild the pier."), page(3, "“No,” he said.")]
    assert read(pdf(*pages)) == "The mayor said that she would\nrebuild the pier.\n\n“No,” he said."


def test_a_number_at_the_end_of_a_page_may_be_of_the_story() -> None:
    page = [*column(50, 100, "The most that they counted was", "100."), (300, 20, 10, "7")]
    assert read(pdf(page)) == "The most that they counted was\n100."


def test_what_a_browser_prints_round_a_page() -> None:
    page = [
        (20.0, 785.0, 8.0, "3/4/25, 10:00 AM Pier to be rebuilt"),
        *column(50, 700, "“We knew,” she said."),
        (20.0, 15.0, 8.0, "https://courier.example/pier 1/1"),
    ]
    (found,) = documents(io.BytesIO(pdf(page)), "a.pdf")
    assert found == Document("a.pdf", "“We knew,” she said.", "text", Metadata(url="https://courier.example/pier"))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (pdf([]), "no text in this PDF, only pictures; run OCR on it"),
        (pdf([(50, 20, 8, "3")]), "nothing but page numbers and headers in this PDF"),
        (b"%PDF-1.7\nnothing of it", "broken, or no PDF"),
        (b"", "broken, or no PDF"),
    ],
)
def test_what_holds_no_text_is_told_in_a_line(data: bytes, line: str) -> None:
    (error,) = documents(io.BytesIO(data), "a.pdf")
    assert isinstance(error, ReadingError)
    assert error.message.startswith(line)


def test_a_text_about_pdfs_is_a_text() -> None:
    assert kind_of(b"Files that begin with %PDF- are PDFs, she said.", "a.txt") == "text"
