"""What agencies send to those who print a story is told from the story."""

import pytest

from quotes.reading.formats.agencies.editorial import byline_of, is_above, is_byline, is_note, story

LEAD = "PORT ELLERY (Reuters) - The ferry ran onto rocks, said Ann Pell."


@pytest.mark.parametrize(
    "note",
    [
        "Eds: With AP Photos.",
        "(Eds: Updates with quotes from the harbour master.)",
        "EDITOR'S NOTE _ This is the first of three stories.",
        "Editors: please note the spelling of Ellery.",
        "ADVISORY",
        "ADVISORY: a photo will follow.",
        "UPDATES with reaction from Pell",
        "RECASTS, ADDS quotes, background",
        "(Adds comment, background)",
        "(Reporting by Jane Doe in Port Ellery; Editing by John Roe)",
        "Additional reporting by Jane Doe; editing by John Roe",
        "© 2023 The Associated Press",
        "Copyright 2023 AFP. All rights reserved.",
        "___",
        "###",
        "-30-",
        "AP Photo XNP101, XNP102",
    ],
)
def test_notes(note: str) -> None:
    assert is_note(note)
    assert story([LEAD, note]).paragraphs == (LEAD,)


@pytest.mark.parametrize(
    "paragraph",
    [
        LEAD,
        "Updates on the ferry came every hour, Pell said.",
        "Adds Pell: we knew.",
        "“Advisory panels are no help,” Pell said.",
        "Advisory panels are no help, Pell said.",
        "Editors at the Courier said they knew.",
        "Reporting by the crew was slow, Pell said.",
        "Writing by hand is a lost art.",
        "He did it by Friday.",
        "By Friday the ferry was back in port, Pell said.",
        "CHANGES at the harbour will come, Pell said.",
    ],
)
def test_paragraphs_of_a_story(paragraph: str) -> None:
    assert not is_note(paragraph) and not is_byline(paragraph) and not is_above(paragraph)
    assert story([paragraph, LEAD]).paragraphs == (paragraph, LEAD)


def test_what_stands_above_and_below() -> None:
    found = story(
        [
            "(Adds comment)",
            "* Ferry sails again in May",
            "Ferry aground",
            "Slugline: ferry-sea",
            "By JANE O'DOE and JOHN ROE",
            "AP Business Writer",
            LEAD,
            "He said no. (Reporting by Jane Doe; Editing by John Roe)",
            "Kay Lee contributed to this report.",
            "dpa jd rmo",
            "The following information is not for publication",
            "“Call us,” said Roe.",
        ],
        "Ferry aground",
    )
    assert found.paragraphs == (LEAD, "He said no.")
    assert found.byline == "Jane O'Doe and John Roe"


def test_bylines() -> None:
    assert byline_of("By Jane Doe, The Port Ellery Courier") == "Jane Doe"
    assert byline_of("By Sarah Ward, PA Scotland") == "Sarah Ward"
    assert byline_of("gr/bp") is None
