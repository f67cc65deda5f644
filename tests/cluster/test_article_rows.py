from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.records import Article, Extraction, Failure, Mention, Outlet, Quote, Speaker

pytest.importorskip("pyarrow")

from quotes.cluster.article_rows import (
    EXTRACTIONS,
    Placed,
    batch_of,
    extraction_of_row,
    extraction_row,
    rows_of,
)

TEXT = "“We left,” she said, “before it was light.”"
FULL = Extraction(
    Article(
        TEXT, "a.txt", "Title", "By A", "2025-03-04", "Quillan", "https://courier.example/a",
        Outlet("Courier", "courier.example", "newspaper"), Outlet("Northwire", None, "agency"),
        furniture=((0, 2), (5, 7)), headline=(0, 4), markup=((1, 2),),
    ),
    (
        Quote(
            "direct", ((0, 10), (21, 43)), "“We left,” “before it was light.”", Mention("said", 15, 19),
            Mention("she", 11, 14), "pronoun", Speaker("Ana Cortés", "person", "mayor", "woman", ("she", "Mrs")),
            "Northwire", "a report", "say", 0.73, "rule",
        ),
        Quote("indirect", ((0, 3),), "“We", method="other"),
    ),
    ("Quillan", "Ana Cortés"),
    (Failure("a.txt", "turns", "turns failed"),),
    (("politics", 0.9), ("economy", 0.2)),
)  # fmt: skip


@pytest.mark.parametrize("extraction", [FULL, Extraction(Article(TEXT, "-"), ())], ids=["full", "bare"])
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    batch = batch_of([extraction_row(Placed("f", 3, extraction.article), extraction, "test")], EXTRACTIONS)
    (row,) = rows_of(batch)
    assert extraction_of_row(row) == extraction
    assert (row["file"], row["n"], row["outcome"]) == ("f", 3, "stored")


def test_of_what_is_left_out_only_the_reason_is_kept() -> None:
    placed = Placed("f", 0, replace(FULL.article, url=None))
    row = extraction_row(placed, Failure("a.txt", "read", "not in English"), "test")
    assert (row["text"], row["outcome"]) == (None, "lost")
    assert row["failures"] == [{"stage": "read", "error": "not in English"}]
    assert row["key"] == FULL.article.sha256
