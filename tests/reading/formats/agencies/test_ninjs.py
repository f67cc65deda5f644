"""ninjs 1 to 3 gives its texts; other JSON is left to tables."""

import io
import json
from typing import Any

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.ninjs import documents
from quotes.reading.kinds import kind_of

TEXT = "PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto rocks.\n\n“We knew,” said Ann Pell."
HTML = (
    "<p>PORT ELLERY, Nov 5 (Reuters) - The ferry ran onto\nrocks.</p><p>“We knew,” said Ann Pell.</p>"
    "<figure><figcaption>“Hi,” says Cap Tion.</figcaption></figure><p>(Reporting by Jane Doe; Editing by John Roe)</p>"
)
ONE: dict[str, Any] = {
    "uri": "http://feed.example.org/items/1",
    "type": "text",
    "versioncreated": "2023-11-05T10:15:00Z",
    "language": "en",
    "headline": "Ferry aground",
    "byline": "By Jane Doe",
    "slugline": "FERRY-SEA",
    "ednote": "Adds quotes",
    "copyrightholder": "Thomson Reuters",
    "description_text": "“No,” said Teaser Roe.",
    "body_text": "PORT ELLERY The ferry ran onto rocks. We knew, said Ann Pell.",
    "body_xhtml": HTML,
    "associations": {"main": {"type": "picture", "headline": "Rocks", "body_text": "“Hi,” says Cap Tion."}},
}
TWO: dict[str, Any] = {
    "uri": "urn:example:2",
    "standard": {"name": "ninjs", "version": "2.0"},
    "versioncreated": "2023-11-05T10:15:00Z",
    "language": "en",
    "by": "Jane Doe",
    "infosources": [{"name": "Reuters"}],
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry aground"}],
    "bodies": [
        {"role": "summary", "contenttype": "text/plain", "value": "“No,” said Teaser Roe."},
        {"role": "main", "contenttype": "text/plain", "value": "The ferry ran onto rocks. We knew."},
        {"role": "rich", "contenttype": "text/html", "value": HTML},
    ],
}
# From 3.1 on names have capitals.
THREE = {
    **{name: value for name, value in TWO.items() if name not in ("versioncreated", "bodies")},
    "versionCreated": "2023-11-05T10:15:00Z",
    "bodies": [{"role": "main", "contentType": "text/html", "value": HTML}],
}


def read(text: str) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(text.encode()), "a.json"))


@pytest.mark.parametrize("item", [ONE, TWO, THREE])
def test_every_version(item: dict[str, Any]) -> None:
    (document,) = read(json.dumps(item))
    url = "http://feed.example.org/items/1" if item is ONE else None
    metadata = Metadata(url, "Ferry aground", "Reuters", "Jane Doe", "2023-11-05", "en")
    assert document == Document("a.json#1", TEXT, "text", metadata)


@pytest.mark.parametrize("form", ["array", "lines", "answer"])
def test_many_items(form: str) -> None:
    picture = {**ONE, "type": "picture"}
    items = [ONE, picture, TWO]
    texts = {
        "array": json.dumps(items),
        "lines": "\n".join(map(json.dumps, items)),
        "answer": json.dumps({"total": 3, "item": items}),
    }
    found = read(texts[form])
    assert [one.source for one in found] == ["a.json#1", "a.json#2"]
    assert all(isinstance(one, Document) and one.data == TEXT for one in found)
    assert kind_of(texts[form].encode(), "a.txt") == "ninjs"


def test_text_without_markup_keeps_its_paragraphs() -> None:
    item = {**ONE, "body_xhtml": None, "body_text": "The ferry sank.\n\n“We knew,” said Pell."}
    (document,) = read(json.dumps(item))
    assert isinstance(document, Document) and document.data == "The ferry sank.\n\n“We knew,” said Pell."


def test_a_broken_one_costs_itself_only() -> None:
    first, error, last = read(f'[{json.dumps(ONE)}, {{"type": "text", oops}}, {json.dumps(TWO)}]')
    assert isinstance(first, Document) and isinstance(last, Document)
    assert str(error).startswith("a.json#2: broken JSON")
    kept, cut = read(f"[{json.dumps(ONE)}, {json.dumps(TWO)[:-40]}")
    assert isinstance(kept, Document) and "cut short" in str(cut)


def test_bad_input_is_one_line() -> None:
    assert list(map(str, read(""))) == ["a.json: ninjs without a text: no item in it"]
    assert list(map(str, read(json.dumps({**ONE, "type": "picture"})))) == [
        "a.json: ninjs without a text: 1 pictures or others in it"
    ]
    assert list(map(str, read(json.dumps({**ONE, "body_text": "", "body_xhtml": ""})))) == [
        "a.json#1: an item without a story; nothing in it is text for print"
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"title": "Ferry aground", "text": "The ferry sank.", "date": "2023-11-05"}, "jsonl"),
        ({"headline": "Ferry aground", "body_text": "The ferry sank.", "type": "text", "created": "2023"}, "jsonl"),
        ({"version": "https://jsonfeed.org/version/1.1", "items": []}, "feed"),
        ([{"title": "A", "text": 'A JSON key is "versioncreated": "x", "bodies": [], "type": 1'}], "json"),
    ],
)
def test_other_json_is_not_taken(value: object, kind: str) -> None:
    assert kind_of(json.dumps(value).encode(), "a") == kind
