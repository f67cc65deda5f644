from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from quote_rows import AGAINST_SQL, MANY, NUMBERS, ROWS, Row, made, refill
from sqlite_utils import Database

from quotes.plugin.counts.counting import matching
from quotes.plugin.counts.profiles import profile, quoted_in_same_articles, shared_wordings
from quotes.plugin.counts.quote_columns import SOURCES, read_columns
from quotes.plugin.counts.selection import Selection
from quotes.records import QUOTE_KINDS

SOURCE = "(SELECT coalesce((SELECT kind FROM speakers WHERE id = speaker_id), 'unresolved'))"


@pytest.fixture(scope="module")
def rows_db() -> Iterator[Database]:
    db = made()
    yield db
    db.close()


def counts(db: Database, value: str, where: str = "1") -> dict[str, int]:
    return dict(db.execute(f"SELECT {value}, count(*) FROM quotes WHERE {where} GROUP BY 1").fetchall())


@given(rows=ROWS, outlet=NUMBERS)
@settings(AGAINST_SQL, max_examples=60)
def test_profile_counts_what_sql_counts(rows_db: Database, rows: list[Row], outlet: int) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    found = profile(columns, matching(columns, Selection(chosen=(("outlet", outlet),))), columns.days)
    where = f"outlet_id = {outlet}"
    sql = f"SELECT count(*), count(DISTINCT article_id) FROM quotes WHERE {where}"
    assert (found.quotes, found.articles) == rows_db.execute(sql).fetchone()
    for shares, value, words in ((found.kinds, "kind", QUOTE_KINDS), (found.sources, SOURCE, SOURCES)):
        theirs, every = counts(rows_db, value, where), counts(rows_db, value)
        assert [(one.name, one.quotes) for one in shares] == [(word, theirs.get(word, 0)) for word in words]
        assert [one.share for one in shares] == [theirs.get(word, 0) / (found.quotes or 1) for word in words]
        assert [one.average for one in shares] == [every.get(word, 0) / (len(rows) or 1) for word in words]


@given(rows=ROWS, speaker=NUMBERS)
@settings(AGAINST_SQL, max_examples=60)
def test_beside_are_named_speakers_of_the_same_articles(rows_db: Database, rows: list[Row], speaker: int) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    found = quoted_in_same_articles(
        columns, matching(columns, Selection(chosen=(("speaker", speaker),))), speaker, MANY
    )
    sql = """
    SELECT speaker_id, count(DISTINCT article_id) FROM quotes JOIN speakers ON speakers.id = speaker_id
    WHERE speakers.kind IN ('person', 'organization') AND speaker_id <> :speaker
      AND article_id IN (SELECT article_id FROM quotes WHERE speaker_id = :speaker)
    GROUP BY 1 ORDER BY 2 DESC, 1
    """
    assert [(one.number, one.quotes) for one in found] == rows_db.execute(sql, {"speaker": speaker}).fetchall()


@given(rows=ROWS, outlet=NUMBERS)
@settings(AGAINST_SQL, max_examples=40)
def test_shared_wordings_are_those_of_most_outlets(rows_db: Database, rows: list[Row], outlet: int) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    places = matching(columns, Selection(chosen=(("outlet", outlet),)))
    sql = f"""
    SELECT id FROM wordings
    WHERE id IN (SELECT wording_id FROM sayings JOIN quotes ON quotes.id = quote_id WHERE outlet_id = {outlet})
      AND outlets > 1 ORDER BY outlets DESC, id DESC
    """
    expected = [number for (number,) in rows_db.execute(sql)]
    assert shared_wordings(columns, places) == expected
    assert shared_wordings(columns, places, 2) == expected[:2]


def test_timeline_reaches_over_all_quotes_or_over_the_period(rows_db: Database) -> None:
    days = ["2026-03-01", "2026-03-02", "2026-03-05"]
    refill(rows_db, [Row(outlet=n, published=day) for n, day in enumerate(days, 1)] + [Row(outlet=2)])
    columns = read_columns(rows_db.conn)
    places = matching(columns, Selection(chosen=(("outlet", 2),)))
    assert [bar.quotes for bar in profile(columns, places, columns.days).timeline.bars] == [0, 1, 0, 0, 0]
    period = columns.day[matching(columns, Selection(since="2026-03-02"))]
    assert [bar.quotes for bar in profile(columns, places, period).timeline.bars] == [1, 0, 0, 0]


def test_nobody_in_an_empty_database(rows_db: Database) -> None:
    refill(rows_db, [])
    columns = read_columns(rows_db.conn)
    places = matching(columns, Selection())
    found = profile(columns, places, columns.days)
    assert (found.quotes, found.articles, found.timeline.bars) == (0, 0, ())
    assert {(one.quotes, one.share, one.average) for one in (*found.kinds, *found.sources)} == {(0, 0.0, 0.0)}
    assert quoted_in_same_articles(columns, places, 1, 5) == [] and shared_wordings(columns, places) == []
