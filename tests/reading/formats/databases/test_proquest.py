"""Exports of ProQuest give an article a document; the report's own date and list of titles are no article's."""

import pytest
from exported import paragraph, read, rich, word

from quotes.reading.documents import Metadata
from quotes.reading.kinds import kind_of

RULE = "_" * 60
EXPORT = f"""{RULE}

Report Information from ProQuest
September 12 2026 10:15
{RULE}

Table of contents

1. Harbour master says the ferry was never inspected
2. Bank row goes on
{RULE}

Document 1 of 2

Harbour master says the ferry was never inspected

Author: Pell, Jane; Tait, Ewan, Jr.

Publication info: Quillan Post, Late Edition (East Coast); Quillan. 05 Sep 2023: A1.

Links: https://library.example/?id=1

Abstract: “We knew,” said an abstract.

Full text: The harbour master told the inquiry on Monday that the ferry had not once been inspected.

“We knew,” said Nora Pell.

Her words: Location: unknown.

Credit: By Jane Pell

Subject: Ships; Inquiries

Publication title: Quillan Post, Late Edition (East Coast); Quillan

Publication date: Sep 5, 2023

Language of publication: English

Copyright: Copyright Quillan Post Company Sep 5, 2023

Last updated: 2024-01-01
{RULE}

Document 2 of 2

Bank row goes on

Full text: Lenders will meet again, the bank said.

Publication title: Eastern Lantern

Publication date: 4 Sep 2023
{RULE}

Contact us at: https://library.example Copyright © 2026 ProQuest LLC
"""


@pytest.mark.parametrize("file", ["proquest", "docx", "rtf"])
def test_two_documents(file: str) -> None:
    lines = [line for line in EXPORT.splitlines() if line]
    data = {"rtf": rich(lines), "docx": word("".join(map(paragraph, lines)))}.get(file, EXPORT.encode())
    documents, errors = read(file, data)
    assert errors == []
    assert [found.source for found in documents] == ["news#1", "news#2"]
    assert documents[0].metadata == Metadata(
        title="Harbour master says the ferry was never inspected",
        outlet="Quillan Post",
        byline="Jane Pell and Ewan Tait, Jr.",
        published="2023-09-05",
        language="en",
    )
    assert documents[0].data == (
        "The harbour master told the inquiry on Monday that the ferry had not once been inspected.\n\n"
        "“We knew,” said Nora Pell.\n\nHer words: Location: unknown."
    )
    assert documents[1].metadata == Metadata(title="Bank row goes on", outlet="Eastern Lantern", published="2023-09-04")
    assert documents[1].data == "Lenders will meet again, the bank said."


def test_exports_are_told_by_their_fields() -> None:
    assert kind_of(EXPORT.encode(), "news") == kind_of(EXPORT.encode(), "news.csv") == "proquest"
    assert kind_of(b"Author: Pell\n\nFull text: see below, Pell said.\n", "story.txt") == "text"


def test_a_file_that_is_cut_off_loses_only_its_last_article() -> None:
    documents, errors = read("proquest", EXPORT[: EXPORT.index("Lenders will") + 20])
    assert [found.source for found in documents] == ["news#1"]
    assert errors == ["news#2: cut off at the end of the file; export it again. What was read before stays"]


def test_what_holds_no_article() -> None:
    assert read("proquest", "") == ([], ["news: empty, nothing to read"])
    assert read("proquest", "Pell said so.\n")[1] == [
        "news: no ProQuest article in it (looked for fields `Full text:` and `Publication title:`)"
    ]
