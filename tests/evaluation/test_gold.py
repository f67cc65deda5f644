import json

import pytest

from quotes.errors import ReadingError
from quotes.evaluation.gold import read_gold

ENTRY = {"text": "“Yes.”", "kind": "direct", "speaker": "Mara Ellison", "speaker_type": "person"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("“Yes.” He said “Yes.”", encoding="utf-8")

    def write(*entries, doc="a.txt"):
        (tmp_path / "a.json").write_text(json.dumps({"doc": doc, "quotes": entries}), encoding="utf-8")
        return list(read_gold(tmp_path, tmp_path))

    return write


def test_places_and_names(folder):
    ((article),) = folder(ENTRY, ENTRY | {"occurrence": 2, "speaker_aliases": ["Ms Ellison"], "via": "AP"})
    first, second = article.quotes
    assert (first.span, second.span) == ((0, 6), (15, 21))
    assert second.names == ("Mara Ellison", "Ms Ellison")
    assert (first.via, second.via, first.optional) == (None, "AP", False)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (ENTRY | {"text": "“No.”"}, "the article has no '“No.”'"),
        (ENTRY | {"occurrence": 3}, "the article has no"),
        (ENTRY | {"kind": "loud"}, "kind is 'loud', not one of direct"),
        (ENTRY | {"speaker_type": "dog"}, "speaker_type is 'dog'"),
        ({"text": "“Yes.”"}, "no 'kind'"),
        ("“Yes.”", "not a gold file"),
    ],
)
def test_what_is_wrong_is_said(folder, entry, why):
    with pytest.raises(ReadingError, match=r"a\.json: not a gold file") as raised:
        folder(entry)
    assert why in str(raised.value)


def test_an_article_that_is_not_there(folder):
    with pytest.raises(ReadingError, match=r"b\.txt"):
        folder(doc="b.txt")


def test_an_empty_folder(tmp_path):
    with pytest.raises(ReadingError, match=r"no \*\.json"):
        list(read_gold(tmp_path, tmp_path))
