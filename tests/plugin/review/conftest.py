"""A Datasette that lets quotes be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from reviewers import ARTICLES, served
from told import write

from quotes.plugin.review.reviewing import NAME, Review
from quotes.store.database import close_database, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of three quotes, the second the least sure."""
    file = tmp_path / "quotes.db"
    opened = open_database(file)
    write(opened, *ARTICLES)
    opened.execute("UPDATE quotes SET confidence = CASE id WHEN 2 THEN 0.2 WHEN 1 THEN 0.4 ELSE 0.6 END")
    close_database(opened)
    return file


@pytest.fixture
def reviewed(path: Path) -> Iterator[Datasette]:
    review = Review(path, "ann")
    pm.register(review, name=NAME)
    try:
        yield served(path)
    finally:
        pm.unregister(name=NAME)
        review.close()
