from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from quote_rows import AGAINST_SQL, DAYS, MANY, ROWS, Row, made, refill
from sqlite_utils import Database

from quotes.lexicon.officials import STANDINGS, standing
from quotes.plugin.counts.counting import MAX_MEMOIZED, facet, matching, memoized, top
from quotes.plugin.counts.facets import FACETS
from quotes.plugin.counts.profiles import profile
from quotes.plugin.counts.quote_columns import SOURCES, TIES, read_columns
from quotes.plugin.counts.selection import Selection, in_order
from quotes.records import ACTS, QUOTE_KINDS

VALUE_OF = {
    "speaker": "speaker_id",
    "outlet": "outlet_id",
    "source": "coalesce(speakers.kind, 'unresolved')",
    "gender": "coalesce(speakers.gender, 'not shown')",
    "standing": "standing(speakers.kind, speakers.name, speakers.role)",
    "kind": "quotes.kind",
    "act": "act",
    "via": "via_id",
    "month": "CAST(replace(substr(published, 1, 7), '-', '') AS INTEGER)",
}
FROM = "FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id"
ALL = 10_000
WITHOUT_TOPICS = [Row(article=MANY), Row(article=1)]
"""Only the first is of an article without topics."""

CHOICES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("speaker", "outlet", "via", "topic", "subject"), st.integers(0, MANY + 2)),
        "source": st.integers(0, len(SOURCES) - 1),
        "standing": st.integers(0, len(STANDINGS) - 1),
        "kind": st.integers(0, len(QUOTE_KINDS) - 1),
        "act": st.integers(0, len(ACTS) - 1),
        "month": st.sampled_from([202603, 202512, 202619, 202600, 101, 999999, 200001]),
    },
)
SELECTIONS = st.builds(
    Selection,
    chosen=CHOICES.map(lambda chosen: in_order(dict(list(chosen.items())[:2]))),
    since=st.just("") | DAYS,
    until=st.just("") | DAYS,
)


@pytest.fixture(scope="module")
def rows_db() -> Iterator[Database]:
    db = made()
    db.register_function(standing, deterministic=True)
    yield db
    db.close()


def where(selection: Selection) -> tuple[str, list[object]]:
    """Say a selection in SQL, as somebody would by hand."""
    conditions, values = ["1"], list[object]()
    for name, number in selection.chosen:
        if name in TIES and not number:
            conditions.append(f"article_id NOT IN (SELECT article_id FROM article_{name}s)")
            continue
        if name in TIES:
            conditions.append(f"article_id IN (SELECT article_id FROM article_{name}s WHERE {name}_id = ?)")
        else:
            conditions.append(f"coalesce({VALUE_OF[name]}, 0) = ?")
        values.append(FACETS[name].words[number] if FACETS[name].words else number)
    for sign, day in ((">=", selection.since), ("<=", selection.until)):
        if day:
            conditions.append(f"published {sign} ?")
            values.append(day)
    return " AND ".join(conditions), values


def by_sql(db: Database, selection: Selection, name: str) -> list[tuple[int, int]]:
    conditions, values = where(selection.without(name))
    if name in TIES:
        tied = f"JOIN article_{name}s USING (article_id)"
        sql = f"SELECT {name}_id, count(*) {FROM} {tied} WHERE {conditions} GROUP BY 1"
    else:
        sql = (
            f"SELECT {VALUE_OF[name]} AS value, count(*) {FROM} WHERE {conditions} GROUP BY 1 HAVING value IS NOT NULL"
        )
    rows = db.execute(sql, values).fetchall()
    counts = [(FACETS[name].words.index(value) if FACETS[name].words else value, count) for value, count in rows]
    if name == "month":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


@given(rows=ROWS, selection=SELECTIONS)
@example(rows=WITHOUT_TOPICS, selection=Selection(chosen=(("topic", 0),)))
@settings(AGAINST_SQL, max_examples=150)
def test_selection_has_the_rows_of_the_same_sql(rows_db: Database, rows: list[Row], selection: Selection) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    conditions, values = where(selection)
    sql = f"SELECT quotes.id {FROM} WHERE {conditions} ORDER BY published DESC, quotes.id"
    assert columns.id[matching(columns, selection)].tolist() == [n for (n,) in rows_db.execute(sql, values)]


@given(rows=ROWS, selection=SELECTIONS)
@example(rows=WITHOUT_TOPICS, selection=Selection(chosen=(("topic", 0),)))
@example(rows=WITHOUT_TOPICS, selection=Selection(chosen=(("act", 0), ("topic", 0))))
@settings(AGAINST_SQL, max_examples=80)
def test_facets_count_what_sql_counts(rows_db: Database, rows: list[Row], selection: Selection) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    for name in FACETS:
        counted = facet(columns, selection, name, ALL)
        assert [(one.number, one.quotes) for one in counted] == by_sql(rows_db, selection, name), name
        every = len(matching(columns, selection.without(name)))
        assert all(one.share == one.quotes / every for one in counted)


@given(rows=ROWS, most=st.integers(1, MANY + 1))
@settings(AGAINST_SQL, max_examples=80)
def test_short_facet_is_the_beginning_of_the_long_one(rows_db: Database, rows: list[Row], most: int) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    for name in FACETS:
        found = [one.number for one in facet(columns, Selection(), name, most)]
        assert found == [number for number, _ in by_sql(rows_db, Selection(), name)][:most], name


@given(rows=ROWS, selection=SELECTIONS)
@settings(AGAINST_SQL, max_examples=40)
def test_value_of_a_facet_leads_to_as_many_quotes(rows_db: Database, rows: list[Row], selection: Selection) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    for name in FACETS:
        for one in facet(columns, selection, name, 3):
            assert len(matching(columns, selection.having(name, one.number))) == one.quotes


@given(rows=ROWS)
@settings(AGAINST_SQL, max_examples=30)
def test_sources_are_those_of_sql(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    counts = dict(rows_db.execute(f"SELECT {VALUE_OF['source']}, count(*) {FROM} GROUP BY 1").fetchall())
    found = profile(columns, matching(columns, Selection()), columns.days).sources
    assert {one.name: one.quotes for one in found} == {source: counts.get(source, 0) for source in SOURCES}
    some = profile(columns, matching(columns, Selection(since="2026-03-01")), columns.days).sources
    assert sum(one.quotes for one in some) <= len(rows)


@given(numbers=st.lists(st.integers(0, 30)), most=st.integers(1, 8), from_zero=st.booleans())
def test_equal_numbers_come_by_number_at_the_cut_too(numbers: list[int], most: int, from_zero: bool) -> None:
    counts = {number: numbers.count(number) for number in numbers if number or from_zero}
    expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    found = top(np.array(numbers, dtype=np.int32), most, from_zero=from_zero)
    assert [(one.number, one.quotes) for one in found] == expected


@pytest.mark.parametrize("name", FACETS)
def test_empty_database_has_no_values(name: str) -> None:
    db = made()
    columns = read_columns(db.conn)
    for selection in (Selection(), Selection(chosen=((name, 1),)), Selection(since="2026-01-01", until="2026-02-01")):
        assert facet(columns, selection, name, 8) == []
        assert matching(columns, selection).tolist() == []
    db.close()


def test_quotes_without_a_day_are_before_and_after_nothing(rows_db: Database) -> None:
    refill(rows_db, [Row(), Row(published="2026-03-01")])
    columns = read_columns(rows_db.conn)
    for days in (("0000-00-01", ""), ("", "9999-99-99"), ("0000-00-01", "9999-99-99"), ("0000-00-00", "")):
        found = matching(columns, Selection(since=days[0], until=days[1]))
        assert columns.id[found].tolist() == [2], days


@given(rows=ROWS, there=st.sets(st.integers(1, 40)))
@settings(AGAINST_SQL, max_examples=40)
def test_words_narrow_a_selection_to_the_quotes_that_have_them(
    rows_db: Database, rows: list[Row], there: set[int]
) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    found = columns.places(sorted(there))
    selection = Selection(q="words", chosen=(("kind", 0),))
    expected = {n for n, row in enumerate(rows, 1) if row.kind == "direct" and n in there}
    assert set(columns.id[matching(columns, selection, found)].tolist()) == expected
    assert sum(one.quotes for one in facet(columns, selection, "act", ALL, found)) == len(expected)


def test_facets_remember_each_selection_apart(rows_db: Database) -> None:
    refill(rows_db, [Row(kind="direct", speaker=1), Row(kind="mixed", speaker=1), Row(kind="mixed", speaker=2)])
    columns = read_columns(rows_db.conn)
    selections = [Selection(), Selection(chosen=(("kind", 0),)), Selection(chosen=(("kind", 2),))]
    counts = [[(one.number, one.quotes) for one in facet(columns, one, "speaker", 8)] for one in selections]
    assert counts == [[(1, 2), (2, 1)], [(1, 1)], [(1, 1), (2, 1)]]
    again = [[(one.number, one.quotes) for one in facet(columns, one, "speaker", 8)] for one in selections]
    assert again == counts
    assert len(facet(columns, Selection(), "speaker", 1)) == 1


def test_what_is_remembered_does_not_grow_without_end(rows_db: Database) -> None:
    refill(rows_db, [Row()])
    columns = read_columns(rows_db.conn)
    for n in range(2 * MAX_MEMOIZED):
        assert memoized(columns, n, lambda n=n: n) == n
        assert memoized(columns, n, lambda: -1) == n
    assert len(columns.counted) <= MAX_MEMOIZED
