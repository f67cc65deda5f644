"""A mailbox gives its mails; lines of a story that begin with "From " are lines of it."""

import io
import tracemalloc
from pathlib import Path

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document
from quotes.reading.formats.mail.mbox import documents
from quotes.reading.kinds import kind_of

TEXT = "The ferry ran onto rocks.\n\nFrom Monday on, ferries stay in port.\n\nFrom here, said Pell, it looked lost."


def mail(number: int, text: str = TEXT, begin: str = "From news@tide.example Mon Mar  3 10:12:01 2025") -> bytes:
    headers = f"From: The Tide <news@tide.example>\nSubject: Story {number}\nDate: Mon, 03 Mar 2025 10:12:01 +0000\n"
    return f"{begin}\n{headers}\n{text}\n\n".encode()


def read(data: bytes) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(data), "a.mbox"))


@pytest.mark.parametrize(
    "begin",
    [
        "From news@tide.example Mon Mar  3 10:12:01 2025",
        "From - Mon Mar 03 10:12:01 2025",
        "From 1785@xxx Mon Mar 03 10:12:01 +0000 2025",
        "From news@tide.example Mon Mar 3 10:12:01 GMT 2025",
    ],
)
def test_two_mails_with_lines_that_look_like_the_next(begin: str) -> None:
    data = mail(1, begin=begin) + mail(2, begin=begin)
    first, second = read(data)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert [one.source for one in (first, second)] == ["a.mbox#1", "a.mbox#2"]
    assert [one.metadata.title for one in (first, second)] == ["Story 1", "Story 2"]
    assert first.data == second.data == TEXT
    assert (first.metadata.outlet, first.metadata.published) == ("The Tide", "2025-03-03")
    for name in ("a.mbox", "a.txt", "Inbox"):
        assert kind_of(data, name) == "mbox"
    assert [one.data for one in read(data.replace(b"\n", b"\r\n")) if isinstance(one, Document)] == [TEXT, TEXT]


def test_a_quoted_from_is_no_reply() -> None:
    (document,) = read(mail(1, "One.\n\n>From now on, said Pell, two."))
    assert isinstance(document, Document) and document.data == "One.\n\nFrom now on, said Pell, two."


def test_a_bad_mail_costs_itself_only() -> None:
    cut = "--x\nContent-Type: text/html\n\n<p>The ferry"
    broken = mail(2, cut).replace(b"Subject", b"Content-Type: multipart/mixed; boundary=x\nSubject")
    first, error, last = read(mail(1) + broken + mail(3))
    assert isinstance(first, Document) and isinstance(last, Document)
    assert str(error) == "a.mbox#2: cut short: the end of this mail is missing"


def test_what_is_no_mailbox() -> None:
    for data in (b"", b"The ferry sank.\n"):
        assert list(map(str, read(data))) == ["a.mbox: no mail in it: empty, or no mailbox"]
    assert kind_of(b"From Monday on, ferries stay in port.\nNote: said Pell.\n", "a.txt") == "text"


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        for number in range(60):
            file.write(mail(number, f"The ferry ran onto rocks. {'x' * 50_000}\n"))
    next(documents(path, "a.mbox"))  # what it imports
    tracemalloc.start()
    count = sum(1 for _ in documents(path, "a.mbox"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60
    assert peak < path.stat().st_size / 2
