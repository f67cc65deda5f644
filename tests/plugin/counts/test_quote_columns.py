from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from datasette.app import Datasette
from datasette.database import Database as Served
from hypothesis import given, settings
from quote_rows import AGAINST_SQL, ROWS, Row, made, parent, refill
from sqlite_utils import Database

from quotes.plugin.counts import quote_columns as module
from quotes.plugin.counts.quote_columns import SOURCES, columns_of, read_columns
from quotes.records import ACTS, QUOTE_KINDS
from quotes.store.database import close_database, open_database

LATE = 2**31 - 2

IN_ORDER = """
SELECT quotes.id, article_id, coalesce(outlet_id, 0), coalesce(speaker_id, 0), quotes.kind, act, coalesce(via_id, 0),
       coalesce(published, ''), (SELECT json_group_array(wording_id) FROM sayings WHERE quote_id = quotes.id),
       confidence, coalesce(speakers.kind, 'unresolved')
FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id ORDER BY published DESC, quotes.id
"""


@pytest.fixture(scope="module")
def rows_db() -> Iterator[Database]:
    db = made()
    yield db
    db.close()


@pytest.fixture
def served(database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Any]:
    """A copy of the database that may be written to, asked without patience for old columns."""
    monkeypatch.setattr(module, "REST", 0)
    monkeypatch.setattr(module, "PATIENCE", 120)
    path = tmp_path / "copy.db"
    shutil.copy(database_path, path)
    return path, Datasette([str(path)]).get_database("copy")


def number_of_day(day: str) -> int:
    return int(day.replace("-", "") or 0)


@given(rows=ROWS)
@settings(AGAINST_SQL, max_examples=60)
def test_columns_are_the_rows_of_the_table_newest_first(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    expected = rows_db.execute(IN_ORDER).fetchall()
    found = zip(
        columns.id.tolist(),
        columns.articles[columns.article].tolist(),
        columns.outlet.tolist(),
        columns.speaker.tolist(),
        [QUOTE_KINDS[number] for number in columns.kind],
        [ACTS[number] for number in columns.act],
        columns.via.tolist(),
        columns.day.tolist(),
        [sorted(columns.wordings_of(np.array([n])).tolist()) for n in range(len(columns.id))],
        [SOURCES[number] for number in columns.source],
        columns.month.tolist(),
        strict=True,
    )
    wanted = [
        (*row[:7], number_of_day(row[7]), sorted(json.loads(row[8])), row[10], number_of_day(row[7]) // 100)
        for row in expected
    ]
    assert list(found) == wanted
    assert np.allclose(columns.confidence / 1000, [row[9] for row in expected], atol=0.0011)


@given(rows=ROWS)
@settings(AGAINST_SQL, max_examples=30)
def test_articles_are_about_the_topics_and_subjects_of_the_tables(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    for name, ties in columns.ties.items():
        found = list(zip(columns.articles[ties.article].tolist(), ties.number.tolist(), strict=True))
        sql = f"SELECT article_id, {name}_id FROM article_{name}s WHERE article_id IN (SELECT article_id FROM quotes)"
        assert sorted(found) == sorted(rows_db.execute(sql).fetchall())
        assert ties.article.tolist() == sorted(ties.article.tolist())


@given(rows=ROWS)
@settings(AGAINST_SQL, max_examples=30)
def test_places_finds_ids_and_leaves_out_others(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows, first=5)
    columns = read_columns(rows_db.conn)
    asked = [-1, 0, 4, 5, 7, 8, 44, 45, 2**31 - 1, 2**31, 2**62]
    there = {number for (number,) in rows_db.execute("SELECT id FROM quotes")}
    places = columns.places(asked)
    assert set(columns.id[places].tolist()) == there & set(asked)
    assert places.tolist() == sorted(places.tolist())
    assert not len(columns.places([]))


def test_empty_database_has_empty_columns() -> None:
    db = open_database(":memory:")
    columns = read_columns(db.conn)
    assert (
        not len(columns.id)
        and not len(columns.articles)
        and not any(len(ties.number) for ties in columns.ties.values())
    )
    assert not len(columns.places([1, 2]))
    db.close()


def test_articles_and_speakers_without_quotes_do_no_harm(rows_db: Database) -> None:
    refill(rows_db, [])
    columns = read_columns(rows_db.conn)
    assert not any(len(ties.article) for ties in columns.ties.values()) and not len(columns.source)


def test_late_numbers_of_quotes_articles_and_wordings() -> None:
    db = made()
    for table in ("articles", "wordings"):
        parent(db, table, LATE)
    refill(db, [Row(article=LATE, wordings=(LATE,)), Row(article=1)], first=LATE - 1)
    columns = read_columns(db.conn)
    assert columns.id.tolist() == [LATE - 1, LATE]
    assert columns.articles[columns.article].tolist() == [LATE, 1]
    assert columns.wordings.tolist() == [LATE]
    assert columns.places([LATE]).tolist() == [1]
    db.close()


async def test_same_columns_until_the_file_changes(served: tuple[Path, Any]) -> None:
    _, database = served
    await database.execute("SELECT 1 FROM quotes")
    assert await columns_of(database) is await columns_of(database)


@pytest.mark.parametrize("mode", ["wal", "delete"])
async def test_change_of_the_file_is_noticed(served: tuple[Path, Any], mode: str) -> None:
    path, database = served
    connection = sqlite3.connect(path)
    assert connection.execute(f"PRAGMA journal_mode = {mode}").fetchone() == (mode,)
    before = await columns_of(database)
    with connection:
        connection.execute("DELETE FROM quotes WHERE id = 1")
    after = await columns_of(database)
    connection.close()
    assert set(before.id.tolist()) - set(after.id.tolist()) == {1}
    assert not after.counted


async def test_every_one_of_many_small_changes_is_noticed(served: tuple[Path, Any]) -> None:
    path, database = served
    connection = sqlite3.connect(path)
    for n in range(12):
        kind = ("mixed", "indirect")[n % 2]
        with connection:
            connection.execute("UPDATE quotes SET kind = ? WHERE id = 1", [kind])
        if n % 3 == 2:
            connection.execute("PRAGMA wal_checkpoint(RESTART)")
        columns = await columns_of(database)
        assert QUOTE_KINDS[columns.kind[columns.places([1])[0]]] == kind
    connection.close()


async def test_checkpoint_that_empties_the_log_does_no_harm(served: tuple[Path, Any]) -> None:
    path, database = served
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE quotes SET act = 'deny' WHERE id = 2")
    before = await columns_of(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    after = await columns_of(database)
    assert after.act.tolist() == before.act.tolist()
    assert ACTS[after.act[after.places([2])[0]]] == "deny"


async def test_change_of_a_database_in_memory_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST", 0)
    monkeypatch.setattr(module, "PATIENCE", 120)
    ds = Datasette()
    database = ds.add_database(Served(ds, memory_name="columns_in_memory"), name="memory")
    source = made(rows=[Row(kind="direct"), Row(kind="direct")])
    script = "\n".join(line for line in source.conn.iterdump() if "_fts" not in line and "sqlite_" not in line)
    source.close()
    await database.execute_write_fn(lambda connection: connection.executescript(script))
    assert (await columns_of(database)).kind.tolist() == [0, 0]
    await database.execute_write("UPDATE quotes SET kind = 'mixed' WHERE id = 1", block=True)
    assert QUOTE_KINDS[(await columns_of(database)).kind[0]] == "mixed"


async def test_old_columns_are_shown_while_new_ones_are_read(
    served: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, database = served
    before = await columns_of(database)
    go_on = threading.Event()

    def slowly(connection: sqlite3.Connection) -> Any:
        assert go_on.wait(60)
        return read_columns(connection)

    monkeypatch.setattr(module, "read_columns", slowly)
    monkeypatch.setattr(module, "PATIENCE", 0)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM quotes WHERE id = 1")
    try:
        assert await columns_of(database) is before
        assert await columns_of(database) is before
    finally:
        go_on.set()
    monkeypatch.setattr(module, "PATIENCE", 120)
    assert 1 not in (await columns_of(database)).id


async def test_two_first_visitors_have_the_columns_read_once(
    served: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, database = served
    times = []

    def counting(connection: sqlite3.Connection) -> Any:
        times.append(1)
        return read_columns(connection)

    monkeypatch.setattr(module, "read_columns", counting)
    found = await asyncio.gather(*(columns_of(database) for _ in range(4)))
    assert all(len(one.id) == len(found[0].id) for one in found)
    assert len(times) == 1


async def test_visitor_after_a_failed_reading_gets_columns(
    served: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, database = served

    def failing(connection: sqlite3.Connection) -> Any:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(module, "read_columns", failing)
        with pytest.raises(sqlite3.OperationalError):
            await columns_of(database)
    assert len((await columns_of(database)).id)


async def test_visitor_who_leaves_does_not_take_the_columns_along(
    served: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, database = served
    has_begun, go_on = threading.Event(), threading.Event()

    def slowly(connection: sqlite3.Connection) -> Any:
        has_begun.set()
        assert go_on.wait(60)
        return read_columns(connection)

    monkeypatch.setattr(module, "read_columns", slowly)
    leaving = asyncio.create_task(columns_of(database))
    await asyncio.to_thread(has_begun.wait, 60)
    leaving.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert len((await columns_of(database)).id)


async def test_each_database_has_its_own_columns(database_path: Path, tmp_path: Path) -> None:
    close_database(made(tmp_path / "other.db", [Row(), Row()]))
    ds = Datasette([str(database_path), str(tmp_path / "other.db")])
    assert len((await columns_of(ds.get_database("other"))).id) == 2
    assert len((await columns_of(ds.get_database("quotes"))).id) > 2


@pytest.mark.parametrize("number", [2**31, 3_000_000_000, -1])
async def test_ids_that_do_not_fit_are_told_in_one_line(tmp_path: Path, number: int) -> None:
    path = tmp_path / "quotes.db"
    close_database(made(path, [Row(speaker=1)]))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE quotes SET id = ?", [number])
    ds = Datasette([str(path)])
    for _ in range(2):
        response = await ds.client.get("/quotes/-/quotes")
        assert response.status_code == 500
        assert "is below 0 or above 2147483647." in response.text
        assert "Traceback" not in response.text


async def test_counts_of_before_are_kept_if_reading_fails(
    served: tuple[Path, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, database = served
    before = await columns_of(database)
    monkeypatch.setattr(module, "REST", 10**6)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE quotes SET id = 3000000000 WHERE id = 1")
    for _ in range(3):  # and it is not tried for each request
        assert await columns_of(database) is before
    assert capsys.readouterr().err.count("reading them anew failed") == 1
