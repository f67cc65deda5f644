"""What is dear to make and shared by all tests: the pipeline, and a database of the sample articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language
from sqlite_utils import Database

import quotes
from quotes import pipeline
from quotes.ingest.run import ingest
from quotes.reading import articles
from quotes.store.database import close_database, open_database

SAMPLES = Path(quotes.__file__).parent / "samples"

# Continuous integration tries the same inputs each time: what fails there fails here with CI=true. A failure that a
# random run finds is kept as an @example.
settings.register_profile("random", settings.get_profile("default"), derandomize=False, print_blob=True)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "random")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as `quotes ingest` builds it."""
    return pipeline.build()


@pytest.fixture
def one_pipeline(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every ingest of a test use the one pipeline rather than build its own."""
    monkeypatch.setattr(pipeline, "build", lambda **_: nlp)


@pytest.fixture(scope="session")
def sample_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the sample articles. To be read only: copy it to change it."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    db = open_database(path)
    ingest(articles([str(SAMPLES)]), db, workers=0)
    close_database(db)
    return path


@pytest.fixture
def db() -> Iterator[Database]:
    """An empty database in memory."""
    opened = open_database(":memory:")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def quotes_command() -> list[str]:
    """How to start `quotes` as a process of its own, installed or not."""
    return [sys.executable, "-c", "from quotes.cli.main import main; main(prog_name='quotes')"]


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of this name and text under `articles/`, and return its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case with long bytes by its argument: a gzip holds the time, and all processes must name a case alike."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None
