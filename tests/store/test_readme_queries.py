from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from quotes.records import Failure
from quotes.store.database import close_database, open_database
from quotes.store.writing import Ingest

README = (Path(__file__).parents[2] / "db" / "README.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^### (.+?)\n\n```sql\n(.+?)^```$", README, re.M | re.S))
EMPTY_IS_RIGHT = "-- no rows:"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def bad_day(sample_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample database with an article in which nothing was found, and an ingest in which something failed."""
    path = tmp_path_factory.mktemp("bad_day") / "bad.db"
    shutil.copy(sample_db, path)
    db = open_database(path)
    article = {"source": "tides.txt", "text": "High water at 6.14.", "words": 4, "sha256": "0" * 64}
    db.table("articles").insert(article | {"language": "en", "ingested_at": "2025-03-05T06:00:00Z", "pipeline": "test"})
    run = Ingest(db)
    run.fail(Failure("broken.txt", "read", "empty, nothing to read"))
    run.finish()
    close_database(db)
    return path


def test_there_are_eleven() -> None:
    assert len(QUESTIONS) == README.count("```sql") == 11


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_runs_as_it_stands(question: str, sample_db: Path) -> None:
    sql = QUESTIONS[question]
    assert sqlite3.complete_statement(sql)  # the shell waits for more without a semicolon
    assert bool(rows(sample_db, sql)) is (EMPTY_IS_RIGHT not in sql)


@pytest.mark.parametrize("question", [question for question, sql in QUESTIONS.items() if EMPTY_IS_RIGHT in sql])
def test_what_is_empty_on_a_good_day_is_not_on_a_bad_one(question: str, bad_day: Path) -> None:
    assert len(rows(bad_day, QUESTIONS[question])) == 1


def test_words_around_a_quote_meet_without_a_gap(sample_db: Path) -> None:
    (sql,) = (sql for sql in QUESTIONS.values() if "substr(articles.text" in sql)
    texts = [text for (text,) in rows(sample_db, "SELECT text FROM articles")]
    for *_, before, passage, after in rows(sample_db, sql):
        assert any(f"{before}{passage}{after}" in text for text in texts)


def test_every_table_and_view_is_spoken_of(sample_db: Path) -> None:
    names = rows(
        sample_db,
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'"
        r" AND name NOT LIKE '%\_fts\_%' ESCAPE '\' AND name NOT LIKE '\_%' ESCAPE '\'",
    )
    assert [name for (name,) in names if str(name) not in README] == []
