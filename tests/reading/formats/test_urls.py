"""Lists of addresses, one a line or as a JSON array, each to be fetched."""

import io

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Link
from quotes.reading.formats.urls import documents
from quotes.reading.kinds import kind_of

PIER, FERRY = "https://courier.example/pier", "http://lantern.example/ferry?id=7"


def read(content: str) -> list[str]:
    found = documents(io.BytesIO(content.encode()), "list")
    return [one.url if isinstance(one, Link) else str(one) for one in found]


@pytest.mark.parametrize(
    "content",
    [
        f"{PIER}\n{FERRY}\n",
        f"\ufeff# to be read\r\n\r\n{PIER}\r\n{FERRY}\r\n{PIER}",
        f'[\n  "{PIER}",\n  "{FERRY}"\n]\n',
    ],
)
@pytest.mark.parametrize("name", ["list.txt", "list", "list.urls", "list.json"])
def test_addresses_each_once(content: str, name: str) -> None:
    assert kind_of(content.encode(), name) == "urls"
    assert read(content) == [PIER, FERRY]


def test_an_article_that_begins_with_its_address_is_none() -> None:
    story = f"{PIER}\n\nThe pier is closed, said Ana Cortés.\n"
    assert kind_of(story.encode(), "story.txt") == "text"
    assert kind_of(f"See {PIER}\n".encode(), "story.txt") == "text"


def test_what_is_no_address_costs_its_line_only() -> None:
    assert read(f"{PIER}\npier.html\n{FERRY}\n") == [
        PIER, "list#2: no address; it begins with http:// or https://", FERRY,
    ]  # fmt: skip
    assert read(f'["{PIER}", 7]') == [PIER, "list#2: no address; it begins with http:// or https://"]


def test_what_is_broken_cut_off_or_empty() -> None:
    assert read(f'["{PIER}", "https://cour') == ["list: broken JSON, so no list of addresses; is it cut short?"]
    for nothing in ("", "# none yet\n", "[]"):
        assert read(nothing) == ["list: no address in this list"]
    (error,) = documents(io.BytesIO(bytes(5000)), "list")
    assert isinstance(error, ReadingError)
