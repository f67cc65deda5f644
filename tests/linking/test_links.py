from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    parts,
    press,
    rows,
    said,
    sayings,
    story,
    told,
    write,
)  # fmt: skip

from quotes.errors import DecisionError
from quotes.linking.links import Linking
from quotes.store.database import open_database
from quotes.store.decisions import find_speaker, list_speakers, merge, rename, split
from quotes.store.relinking import link_all
from quotes.store.schema import migrations

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
        db.execute("UPDATE quotes SET wording_id = NULL, variant_id = NULL WHERE id > 2")
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


# -- a database from an older version


def insert(db: Database, table: str, **row: Any) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def quote(db: Database, number: int, article_id: int, text: str, speaker: int | None, wording: int | None) -> None:
    """A quote as the first version wrote it."""
    known: dict[str, Any] = {
        "article_id": article_id,
        "outlet_id": 1,
        "speaker_id": speaker,
        "wording_id": wording,
        "text": text,
    }
    known |= {"kind": "direct", "act": "say", "mention_kind": "none", "confidence": 0.9, "method": "old"}
    insert(db, "quotes", id=number, published=f"2025-03-0{article_id}", start=0, end=9, hash=f"{number:064}", **known)
    insert(db, "quote_spans", quote_id=number, n=0, start=0, end=9)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database as versions before linking left it: one wording by letters, speakers by a key."""
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before="m003_linking")
    with db.atomic():
        insert(db, "outlets", id=1, name="Harbour Courier", kind="newspaper")
        for n, text in enumerate((story(1), story(1), "Three.", "Four."), 1):
            known: dict[str, Any] = {
                "source": f"{n}.txt",
                "text": text,
                "sha256": f"{n:064}",
                "url": f"https://courier.example/{n}",
            }
            known |= {"language": "en", "words": len(text.split()), "ingested_at": "2025-03-09T06:00:00Z"}
            insert(db, "articles", id=n, outlet_id=1, published=f"2025-03-0{n}", pipeline="old", **known)
        for n, name, kind, role in (
            (1, "Ana Cortés", "person", MAYOR),
            (2, "Ana María Cortés", "person", "the mayor of Quillan"),
            (3, "a chemist", "unnamed", None),
            (4, "a chemist", "unnamed", None),
        ):
            insert(db, "speakers", id=n, name=name, kind=kind, role=role, key=f"{kind}:{n}")
            insert(db, "speaker_names", speaker_id=n, name=name)
        insert(db, "speaker_names", speaker_id=1, name="ANA CORTES")
        insert(db, "wordings", id=1, text=START, quotes=1, outlets=1, key="start")
        insert(db, "wordings", id=2, text=FULL, quotes=1, outlets=1, key="full")
        quote(db, 1, 1, START, 1, 1)
        quote(db, 2, 2, FULL, 2, 2)
        quote(db, 3, 3, WELLS, 3, None)
        quote(db, 4, 4, WELLS, 4, None)
        quote(db, 5, 4, "“No.”", None, None)
        insert(db, "quote_changes", article_id=1, changed_at="2025-03-09T06:00:00Z", kind="appeared", after=START)
    db.close()
    return path


SAID = """SELECT quotes.id, text, quotes.kind, name FROM quotes
    LEFT JOIN speakers ON speakers.id = speaker_id ORDER BY quotes.id"""


def test_an_old_database_is_migrated_without_loss(old: Path) -> None:
    before = Database(old)
    said_before = rows(before, SAID)
    speakers = rows(before, "SELECT id, name, kind, role FROM speakers")
    spans = rows(before, "SELECT * FROM quote_spans")
    before.close()
    db = open_database(old)
    assert rows(db, SAID) == said_before
    assert rows(db, "SELECT id, name, kind, role FROM speakers") == speakers
    assert rows(db, "SELECT * FROM quote_spans") == spans
    assert len(rows(db, "SELECT * FROM quote_changes")) == 1
    assert rows(db, "PRAGMA foreign_key_check") == []
    assert rows(db, "PRAGMA integrity_check") == [("ok",)]
    assert rows(db, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'mercury'") == [(3,), (4,)]
    db.execute("UPDATE quotes SET text = '“No mercury.”' WHERE id = 5")
    db.execute("DELETE FROM quotes WHERE id = 3")
    assert rows(db, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'mercury'") == [(4,), (5,)]
    db.close()


def test_an_old_database_is_linked(old: Path) -> None:
    db = open_database(old)
    link_all(db)
    assert sayings(db) == {frozenset({START, FULL}), frozenset({WELLS})}
    assert parts(db, "SELECT speaker_id, id FROM quotes WHERE speaker_id IS NOT NULL") == {
        frozenset({1, 2}), frozenset({3}), frozenset({4}),
    }  # fmt: skip
    assert rows(db, "SELECT speaker_id FROM quotes WHERE id = 5") == [(None,)]
    assert rows(db, "SELECT role FROM speakers WHERE kind = 'person'") == [("the mayor of Quillan",)]
    assert parts(db, "SELECT group_id, id FROM articles") == {frozenset({1, 2}), frozenset({3}), frozenset({4})}
    assert loose_ends(db) == {}
    db.close()


def test_articles_come_into_an_old_database_that_was_not_linked(old: Path) -> None:
    """What is there is not linked with them until it is linked anew, but nothing breaks."""
    db = open_database(old)
    write(db, article("1", said(END, "Ana Cortés", MAYOR)), article("5", said(FULL, "Bo Lind")))
    assert len(rows(db, "SELECT id FROM quotes")) == 6
    assert rows(db, "PRAGMA foreign_key_check") == []
    link_all(db)
    assert sayings(db) == {frozenset({END, FULL}), frozenset({WELLS})}
    assert loose_ends(db) == {}
    db.close()


@pytest.mark.parametrize(
    "ask", [lambda db: merge(db, 1, 2), lambda db: rename(db, 1, "Ana C.")], ids=["merge", "rename"]
)
def test_decisions_wait_until_an_old_database_is_linked(old: Path, ask: Callable[[Database], object]) -> None:
    db = open_database(old)
    with pytest.raises(DecisionError, match="run `quotes link` first"):
        ask(db)
    assert next(list_speakers(db)).spellings == ""
