"""Stories are read whole and alone, and what pages say of them, whatever system made the page."""

from typing import Any

import pytest
from page_skeletons import AS_PRINTED, SKELETONS

from quotes.reading.documents import Document
from quotes.reading.formats.html import parse_page
from quotes.records import Article


def read(page: str) -> Article:
    return parse_page(Document("page.html", page, "html"))


@pytest.mark.parametrize("name", SKELETONS)
def test_every_field_of_a_page_is_read(name: str) -> None:
    page, changed = SKELETONS[name]
    found = read(page)
    expected: dict[str, Any] = AS_PRINTED | changed
    text = found.text.replace("\n\n", "\n")
    assert text.split("\n") == list(expected["story"])
    assert {
        "title": found.title,
        "outlet": found.outlet and found.outlet.name,
        "byline": found.byline,
        "published": found.published,
        "agency": found.agency and found.agency.name,
    } == {field: expected[field] for field in ("title", "outlet", "byline", "published", "agency")}
