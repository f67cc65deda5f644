from __future__ import annotations

import json
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.errors import ExportError
from quotes.export.quote_selection import Selection, count, refuse_unknown_names, snapshot

from .conftest import Export


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"speaker": "cortes"}, [1, 3]),
        ({"outlet": "zorran courier"}, [1, 2, 3, 4]),
        ({"since": "2025-03-09"}, [3, 4]),
        ({"until": "2025-03-04"}, [1, 2]),
        ({"min_confidence": 0.9}, [1, 3, 4, 5]),
        ({"speaker": "CORTÉS", "until": "2025-03-08", "min_confidence": 0.5}, [1]),
    ],
)
def test_what_is_meant(exported: Export, filled: Database, asked: dict[str, Any], found: list[int]) -> None:
    selection = Selection(**asked)
    rows = [json.loads(line) for line in exported("jsonl", selection).splitlines()]
    assert [row["quote_id"] for row in rows] == found
    with snapshot(filled):
        assert count(filled, selection) == len(found)


@pytest.mark.parametrize("asked", [{"speaker": "Nobody"}, {"outlet": "Nowhere"}, {"speaker": ""}])
def test_a_name_that_nobody_has_is_no_empty_export(filled: Database, asked: dict[str, str]) -> None:
    with snapshot(filled), pytest.raises(ExportError, match="in its name"):
        refuse_unknown_names(filled, Selection(**asked))
