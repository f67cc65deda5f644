from __future__ import annotations

import pytest
from sqlite_utils import Database
from told import (
    END,
    FULL,
    MAYOR,
    START,
    WELLS,
    article,
    content,
    loose_ends,
    press,
    rows,
    said,
    told,
    write,
)  # fmt: skip

from quotes.linking.links import Linking
from quotes.store.database import open_database
from quotes.store.decisions.speaker_decisions import find_speaker, merge, rename, split
from quotes.store.relinking import link_all

# -- linking anew


def test_linking_anew_tells_the_same(db: Database) -> None:
    write(db, *press())
    before, ids = told(db), rows(db, "SELECT id, name FROM speakers")
    assert {frozenset({FULL, START, END}), frozenset({WELLS})} <= before["sayings"]  # type: ignore[operator]
    link_all(db)
    assert told(db) == before
    assert rows(db, "SELECT id, name FROM speakers") == ids, "pages of speakers keep their addresses"
    assert loose_ends(db) == {}


def test_linking_anew_leaves_full_text_search_alone(db: Database) -> None:
    write(db, *press())
    link_all(db)
    before = content(db)
    assert "articles_fts_data" in before
    link_all(db)
    assert content(db) == before


def test_linking_anew_mends_what_is_broken(db: Database) -> None:
    write(db, *press())
    before = told(db)
    with db.atomic():
        db.execute("UPDATE sayings SET wording_id = NULL, variant_id = NULL WHERE quote_id > 2")
        db.execute("UPDATE wordings SET quotes = 99, text = 'x'")
        db.execute("UPDATE wording_variants SET parent_id = NULL")
        db.execute("UPDATE articles SET group_id = NULL")
        db.execute("UPDATE speakers SET name = 'X', role = 'king'")
        db.execute("DELETE FROM wording_edges")
        db.execute("DELETE FROM article_edges")
    link_all(db)
    assert told(db) == before
    assert loose_ends(db) == {}


def test_linking_anew_keeps_decisions(db: Database) -> None:
    write(db, *press())
    merge(db, find_speaker(db, "Ana Cortés"), find_speaker(db, "Bo Lind"))
    split(db, find_speaker(db, "HWU"), ["HWU"])
    rename(db, find_speaker(db, "HWU"), "Herring Watch")
    decisions, before = rows(db, "SELECT * FROM speaker_decisions"), told(db)
    assert {("Herring Watch", "organization", None, None)} <= before["speakers"]  # type: ignore[operator]
    link_all(db)
    assert told(db) == before
    assert rows(db, "SELECT * FROM speaker_decisions") == decisions


def test_linking_anew_that_breaks_off_changes_nothing(db: Database) -> None:
    write(db, *press())
    before, left = content(db), [3, 2, 1]

    def advance() -> None:
        if not left.pop():
            raise KeyboardInterrupt

    left.insert(0, 0)
    with pytest.raises(KeyboardInterrupt):
        link_all(db, advance)
    assert content(db) == before
    assert not db.conn.in_transaction


def test_linking_anew_tells_how_far_it_is(db: Database) -> None:
    write(db, *press())
    calls: list[int] = []
    link_all(db, lambda: calls.append(1))
    assert len(calls) == len(press())


def test_an_article_that_fails_leaves_no_trace_in_the_next(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run goes on with the next article, and with what it has in memory."""
    first, *others = press()
    writer = write(db, *others)
    before, settle = content(db), Linking.settle
    monkeypatch.setattr(Linking, "settle", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        writer.write(first)
    assert content(db) == before
    monkeypatch.setattr(Linking, "settle", settle)
    writer.write(article("z", said(START, "Ana Cortés", MAYOR)))
    writer.write(first)
    fresh = open_database(":memory:")
    write(fresh, *press(), article("z", said(START, "Ana Cortés", MAYOR)))
    assert told(db) == told(fresh)
    assert loose_ends(db) == {}
