"""Paragraphs out of wrapped lines."""

import pytest

from quotes.reading.formats.wrapped_lines import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.\n\nThree\nfour.", ["One two.", "Three four."]),
        ("    One\ntwo.\n    Three\nfour.", ["One two.", "Three four."]),
        # An editor of XML set all lines in.
        ("One\n            two and\n            three.", ["One two and three."]),
        ("One.\n   Two.\n   Three.", ["One.", "Two.", "Three."]),
        ("\r\n\tOne\r\ntwo\r\n, three.\r\n", ["One two, three."]),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected
