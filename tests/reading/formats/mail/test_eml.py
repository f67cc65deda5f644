"""Mail gives what it says itself, once: no attachment, no quoted reply, no signature, no footer."""

import io
from email.message import EmailMessage

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.mail.eml import documents
from quotes.reading.kinds import kind_of

TEXT = "The ferry ran onto rocks on Monday night.\n\n“We knew,” said Ann Pell."
HTML = """<html><head><title>x</title><style>p {color: red}</style></head><body>
<div style="display:none">“Preview,” said Pre Roe.</div><table><tr><td><h1>Ferry aground</h1>
<p>The ferry ran onto
   rocks on Monday night.</p><p>“We knew,” said Ann Pell.</p></td></tr>
<tr><td><a href="https://x.example/u">Unsubscribe</a> | View in your browser</td></tr></table>
<div class="gmail_quote">On Mon, Bob Roe wrote:
<blockquote type="cite">“Old,” said Old Roe.</blockquote></div></body></html>"""
HEADERS = """From: Harbour Courier <newsletter@harbourcourier.example>
To: jane@tide.example
Subject: Ferry =?utf-8?q?aground_=E2=80=93_six_missing?=
Date: Mon, 03 Mar 2025 23:50:00 -0500
Message-ID: <1@tide.example>
MIME-Version: 1.0
"""
TOLD = Metadata(title="Ferry aground – six missing", outlet="Harbour Courier", published="2025-03-03")


def mail(body: str, kind: str = "text/plain; charset=utf-8", headers: str = HEADERS) -> bytes:
    return f"{headers}Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()


def read(data: bytes) -> Document | ReadingError:
    (found,) = documents(io.BytesIO(data), "a.eml")
    return found


def text_of(data: bytes) -> str:
    found = read(data)
    assert isinstance(found, Document), found
    assert isinstance(found.data, str)
    return found.data


def test_alternatives_are_read_once_and_attachments_not() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "Harbour Courier <newsletter@harbourcourier.example>", "jane@tide.example"
    message["Subject"], message["Date"] = "Ferry aground – six missing", "Mon, 03 Mar 2025 23:50:00 -0500"
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    message.add_attachment("“Attached,” said Att Roe.", filename="a.txt")
    assert read(bytes(message)) == Document("a.eml", TEXT, "text", TOLD)


def test_plain_text_without_replies_signature_and_footer() -> None:
    body = (
        f"{TEXT}\n\nOn Mon, 3 Mar 2025 at 10:12, Bob Roe <bob@tide.example>\nwrote:\n\n"
        "> “Old,” said Old Roe.\n> More.\n\n"
        "Unsubscribe: https://x.example/u\n-- \nJane Doe\n“Quote of the day,” said Sig Roe.\n"
    )
    assert text_of(mail(body)) == TEXT
    outlook = f"{TEXT}\n\n-----Original Message-----\nFrom: Bob Roe\nSubject: Re\n\n“Old,” said Old Roe.\n"
    assert text_of(mail(outlook)) == TEXT


def test_answers_between_what_they_quote() -> None:
    assert (
        text_of(mail("> One?\n\nYes, said Pell.\n\n> Two?\n\nNo, said Pell.\n")) == "Yes, said Pell.\n\nNo, said Pell."
    )


def test_a_charset_that_nobody_knows() -> None:
    assert text_of(mail(TEXT, "text/plain; charset=x-no-such-thing")) == TEXT
    data = mail("", "text/plain; charset=unknown-8bit") + TEXT.encode("cp1252")
    assert text_of(data) == TEXT


def test_flowed_lines_are_joined() -> None:
    body = (
        "The ferry ran onto \nrocks on Monday \nnight.\n\n “We knew,” said \nAnn Pell.\n"
        "> “Old,” said \n> Old Roe.\n-- \nJane\n"
    )
    assert text_of(mail(body, "text/plain; charset=utf-8; format=flowed")) == TEXT
    cut = "The ferry ran onto ro \ncks on Monday night.\n\n“We knew,” said Ann Pell.\n"
    assert text_of(mail(cut, "text/plain; charset=utf-8; format=flowed; delsp=yes")) == TEXT


def test_control_characters_in_html() -> None:
    html = (
        HTML.replace("rocks on", "rocks\x03 on").replace("display:none", "display:none\x01").replace("Pre Roe", "&#1;")
    )
    assert text_of(mail(html, "text/html; charset=utf-8")) == TEXT


def test_a_mail_that_passes_on_another() -> None:
    headers = HEADERS.replace("Ferry =?", "Fwd: Ferry =?").replace(
        "Harbour Courier <newsletter@harbourcourier", "Bob Roe <bob@gmail"
    )
    body = (
        "Have you seen this?\n\n---------- Forwarded message ---------\n"
        "From: Harbour Courier <news@harbourcourier.example>\n"
        f"Date: Sun, 2 Mar 2025 at 10:12\nSubject: Ferry aground – six missing\nTo: <bob@gmail.com>\n\n\n{TEXT}\n"
    )
    found = read(mail(body, headers=headers))
    assert isinstance(found, Document)
    assert found.data == TEXT
    assert found.metadata == Metadata(title=TOLD.title, outlet="Harbour Courier", published="2025-03-02")


@pytest.mark.parametrize(
    ("sender", "outlet", "byline"),
    [
        ("The New York Times <nytdirect@nytimes.com>", "The New York Times", None),
        ("Morning Briefing <nytdirect@nytimes.com>", "The New York Times", None),
        ("Jane Doe at The Tide <thetide@substack.com>", "The Tide", "Jane Doe"),
        ("Jane Doe <jane.doe@gmail.com>", None, "Jane Doe"),
        ("jane.doe@gmail.com", None, None),
        ('"Doe, Jane" <jane@a.example', None, "Jane Doe"),
    ],
)
def test_who_sent_it(sender: str, outlet: str | None, byline: str | None) -> None:
    found = read(mail(TEXT, headers=HEADERS.replace("Harbour Courier <newsletter@harbourcourier.example>", sender)))
    assert isinstance(found, Document)
    assert (found.metadata.outlet, found.metadata.byline) == (outlet, byline)


def test_headers_in_raw_bytes() -> None:
    data = mail(TEXT).replace(
        b"Ferry =?utf-8?q?aground_=E2=80=93_six_missing?=", "Ferry aground – six missing".encode()
    )
    found = read(data)
    assert isinstance(found, Document) and found.metadata == TOLD


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.eml: empty, nothing to read"),
        (b"The ferry sank.\n", "a.eml: no mail; it does not begin with headers such as From and Subject"),
        (mail("> “Old,” said Roe.\n"), "a.eml: a mail without a story; all of it is quoted, a signature or a footer"),
        (
            mail("%PDF", "application/pdf"),
            "a.eml: a mail without a text; attachments are not read, save them as files of their own",
        ),
        (
            mail(f"--x\nContent-Type: text/html; charset=utf-8\n\n{HTML[:300]}", "multipart/mixed; boundary=x"),
            "a.eml: cut short: the end of this mail is missing",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
            "a.eml: a mail as Outlook saves it (.msg), which we can't read; save it as .eml",
        ),
    ],
)
def test_bad_input_is_one_line(data: bytes, message: str) -> None:
    assert str(read(data)) == message


def test_it_is_told_by_its_headers() -> None:
    for name in ("a.eml", "a.txt", "a"):
        assert kind_of(mail(TEXT), name) == "eml"
    assert kind_of(b"Title: Ferry aground\nDate: 2025-03-03\n\nThe ferry sank.\n", "a.txt") == "text"
    assert kind_of(b"From: the harbour\nSubject: ferries\n\nThe ferry sank.\n", "a.txt") == "text"
    assert kind_of("Note: “We knew,” said Pell.\nThe ferry sank.\n".encode(), "a.txt") == "text"
