from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from plugin.conftest import METADATA
from quote_rows import AGAINST_SQL, MANY, Row, made, refill
from sqlite_utils import Database

from quotes.lexicon.officials import standing
from quotes.plugin.counts.quote_columns import read_columns
from quotes.plugin.counts.selection import Selection
from quotes.plugin.counts.voices import BY, FEWEST, By, counted_quotes, share, voices, voices_by
from quotes.plugin.voice_report import rows

ROLES = (None, "harbour master", "Transport Minister", "spokesman", "mayor")
DAYS = ("2026-03-01", "2026-03-02", "2026-02-28", None, "2025-12-31")
QUERY = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["quotes"]["queries"]["who_gets_to_speak"][
    "sql"
]


@pytest.fixture(scope="module")
def db() -> Iterator[Database]:
    """Articles of three outlets, some of them copies of others; speakers with genders and roles."""
    db = made()
    db.register_function(standing, deterministic=True)
    with db.conn:
        db.conn.executemany("INSERT INTO article_groups (id) VALUES (?)", [(1,), (2,)])
        for n in range(1, MANY + 1):
            db.execute(
                "UPDATE speakers SET gender = ?, role = ? WHERE id = ?",
                [("woman", "man", None)[n % 3], ROLES[n % 5], n],
            )
            group = {1: 1, 2: 1, 7: 1, 3: 2, 8: 2}.get(n)
            db.execute(
                "UPDATE articles SET outlet_id = ?, published = ?, group_id = ? WHERE id = ?", [*place(n), group, n]
            )
        names = [(n, n, f"Name {n}", "former mayor", "person", f"name {n}", "", "", "") for n in range(1, MANY + 1)]
        db.conn.executemany(f"INSERT INTO speaker_names VALUES ({', '.join('?' * 9)})", names)
    yield db
    db.close()


def place(article: int) -> tuple[int | None, str | None]:
    """The outlet and the day of an article."""
    return (article % 3 or None, DAYS[article % 5])


def said(article: int, speaker: int | None) -> Row:
    outlet, day = place(article)
    return Row(article=article, outlet=outlet, published=day, speaker=speaker)


def put(db: Database, spoken: list[tuple[int, int | None]], renamed: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    """Fill in quotes; those at some places have a role of their own."""
    refill(db, [said(*pair) for pair in spoken])
    with db.conn:
        for n in renamed:
            db.execute("UPDATE quotes SET name_id = speaker_id WHERE id = ?", [n + 1])


def asked(db: Database, by: By, once: bool) -> list[dict[str, Any]]:
    """What the query says."""
    values = {
        "by": by,
        "once": "1" if once else "",
        "outlet": "",
        "subject": "",
        "since": "",
        "until": "",
        "rows": "500",
    }
    found = db.execute(QUERY, values)
    return [dict(zip([column[0] for column in found.description], row, strict=True)) for row in found]


SPOKEN = st.lists(st.tuples(st.integers(1, MANY), st.none() | st.integers(1, MANY)), max_size=60)


@given(spoken=SPOKEN, renamed=st.sets(st.integers(0, 59)), by=st.sampled_from(BY), once=st.booleans())
@settings(AGAINST_SQL, max_examples=60)
def test_what_is_counted_in_memory_is_what_the_query_counts(
    db: Database, spoken: list[tuple[int, int | None]], renamed: set[int], by: By, once: bool
) -> None:
    put(db, spoken, renamed)
    columns = read_columns(db.conn)
    found = list(rows(db.conn, columns, Selection(), by, once=once))
    expected = [{by: one.pop("name"), **one} for one in asked(db, by, once)]
    assert sorted(found, key=lambda one: one[by]) == sorted(expected, key=lambda one: one[by])


@given(spoken=SPOKEN, by=st.sampled_from(BY), once=st.booleans())
@settings(AGAINST_SQL, max_examples=40)
def test_a_row_is_what_its_outlet_subject_or_month_has_alone(
    db: Database, spoken: list[tuple[int, int | None]], by: By, once: bool
) -> None:
    put(db, spoken)
    columns = read_columns(db.conn)
    for one in voices_by(columns, Selection(), by, once=once):
        alone = voices(columns, Selection().having(by, one.number), once=once)
        assert alone.splits == one.splits
        assert (alone.quotes, alone.articles, alone.documents) == (one.quotes, one.articles, one.documents)
        assert one.naming.quotes + one.documents + one.unresolved == one.quotes


def test_a_story_counts_once_by_the_copy_that_was_printed_first(db: Database) -> None:
    # 1, 2 and 7 are one story: of outlets 1, 2 and 1; printed on the 2nd of March, in February, and in February
    put(db, [(1, 4), (2, 4), (2, 8), (7, 4), (4, 4)])
    columns = read_columns(db.conn)
    every, once = voices(columns, Selection()), voices(columns, Selection(), once=True)
    assert (every.quotes, every.articles, every.stories) == (5, 4, 2)
    assert (once.quotes, once.articles, once.stories) == (3, 2, 2)
    assert columns.articles[columns.article[counted_quotes(columns, Selection(), once=True)]].tolist() == [2, 2, 4]
    by_outlet = {one.number: one.quotes for one in voices_by(columns, Selection(), "outlet", once=True)}
    assert by_outlet == {1: 2, 2: 2}  # each outlet's own first copy


def test_sources_are_told_apart(db: Database) -> None:
    # persons: 4 (a man, mayor), 8 (nothing shown: spokesman); 5 an organization, 6 unnamed, 7 a document
    put(db, [(4, 4), (4, 4), (4, 8), (4, 5), (4, 6), (4, 7), (4, None)], renamed={0})
    found = voices(read_columns(db.conn), Selection())
    gender, naming, stands = (
        [(part.name, part.quotes, part.sources) for part in split.parts] for split in found.splits
    )
    assert gender == [("woman", 0, 0), ("man", 2, 1), ("not shown", 1, 1)]
    assert naming == [("named", 4, 3), ("unnamed", 1, 1)]
    assert (found.documents, found.unresolved, found.quotes) == (1, 1, 7)
    assert sum(quotes for _, quotes, _ in stands) == 5
    # once as mayor, once as former mayor: one official, with a quote that is none
    assert stands[0] == ("official", 1, 1)


def test_a_share_is_told_of_enough() -> None:
    assert share(1, FEWEST - 1) is None
    assert share(3, FEWEST) == 3 / FEWEST


def test_no_quotes(db: Database) -> None:
    put(db, [])
    columns = read_columns(db.conn)
    assert voices(columns, Selection()).quotes == 0
    assert voices_by(columns, Selection(), "outlet") == []


def test_too_many_sources_for_a_table_are_sorted(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put(db, [(n % MANY + 1, n % 7 + 1) for n in range(50)])
    by_table = [voices_by(read_columns(db.conn), Selection(), by) for by in BY]
    monkeypatch.setattr("quotes.plugin.counts.voices.LARGEST_TABLE", 0)
    assert [voices_by(read_columns(db.conn), Selection(), by) for by in BY] == by_table
