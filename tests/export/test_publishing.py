from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from quotes.errors import ExportError
from quotes.export.publishing import LEAST, excerpts, public_source, publish
from quotes.records import Article, Extraction, Failure, Mention, Outlet, Quote, Speaker
from quotes.store.checking import check
from quotes.store.database import open_database, reading
from quotes.store.decisions import deciding
from quotes.store.writing import Ingest, Writer

SAID = "“The pier, the Łódź pier, goes,”"
SECRET = "Nobody outside may read of the walnut crates. " * 20
TEXT = f"{SECRET}\n\n{SAID} said Ana Cortés.\n\n{SECRET}Zanzibar ends it."


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_database(tmp_path / "quotes.db")
    writer = Writer(db, "test")
    start = TEXT.index(SAID)
    quote = Quote(
        "direct", ((start, start + len(SAID)),), SAID, Mention("said", TEXT.index("said"), TEXT.index("said") + 4),
        speaker=Speaker("Ana Cortés", "person"), method="test",
    )  # fmt: skip
    outlet = Outlet("Courier", kind="newspaper")
    writer.write(Extraction(Article(TEXT, "/home/ann/news/a.txt", published="2025-03-04", outlet=outlet), (quote,)))
    for n in range(2):  # of one length, without quotes and addresses
        writer.write(Extraction(Article(SECRET + str(n), f"news/{n}.txt", title="Walnuts"), ()))
    address = "https://courier.example/a"
    for text in (f"{SECRET} old", f"{SECRET} new"):
        writer.write(Extraction(Article(text, address, url=address), ()))
    run = Ingest(db, {"user_agent": "ann@example.org"})
    run.fail(Failure("/home/ann/b.txt", "read", "/home/ann/b.txt: no"))
    return db


def found(path: Path, index: str, word: str) -> int:
    with sqlite3.connect(path) as copy:
        return int(copy.execute(f"SELECT count(*) FROM {index} WHERE {index} MATCH ?", [word]).fetchone()[0])


@pytest.mark.parametrize("without_texts", [False, True])
def test_a_copy_is_sound_and_tells_nothing_of_the_machine(db: Database, tmp_path: Path, without_texts: bool) -> None:
    target = tmp_path / "public.db"
    publish(db, target, without_texts=without_texts)
    with reading(target) as copy:
        assert list(check(copy, target)) == []
        assert copy.execute("SELECT source FROM articles WHERE id = 1").fetchone() == ("a.txt",)
        text, start, end = copy.execute(
            """SELECT articles.text, start, "end" FROM quotes JOIN articles ON articles.id = article_id"""
        ).fetchone()
        assert text[start:end] == SAID, "where it stood"
    assert not any(told in target.read_bytes() for told in (b"/home/ann", b"ann@example.org"))
    assert found(target, "quotes_fts", "lodz") == 1
    assert sorted(one.name for one in tmp_path.iterdir() if "public" in one.name) == ["public.db"]


def test_a_copy_has_the_quotes_as_they_were_decided_and_no_trace_of_who_did(db: Database, tmp_path: Path) -> None:
    digest = db.execute("SELECT hash FROM quotes").fetchone()[0]
    deciding.accept(db, digest, "Nosy Reviewer", deciding.Correction(speaker=Speaker("Bo Lind", "person")))
    other = deciding.add(db, 2, [(0, 40)], "indirect", None, "Nosy Reviewer")
    deciding.undo(db, deciding.add(db, 2, [(45, 60)], "indirect", None, "Nosy Reviewer").hash)
    publish(db, tmp_path / "public.db")
    with reading(tmp_path / "public.db") as copy:
        assert copy.execute("SELECT * FROM quote_decisions").fetchall() == []
        assert copy.execute("SELECT count(*) FROM quotes WHERE decision IS NOT NULL").fetchone() == (0,)
        said_by = "SELECT name FROM quotes JOIN speakers ON speakers.id = speaker_id WHERE hash = ?"
        assert copy.execute(said_by, [digest]).fetchone() == ("Bo Lind",)
        assert copy.execute("SELECT count(*) FROM quotes WHERE hash = ?", [other.hash]).fetchone() == (1,)
    assert b"Nosy Reviewer" not in (tmp_path / "public.db").read_bytes()
    assert db.execute("SELECT count(*) FROM quote_decisions").fetchone() == (2,), "the original has them"


def test_without_texts_only_what_is_round_the_quotes_is_there(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "public.db"
    told: list[int] = []
    publish(db, target, without_texts=True, advance=told.append)
    assert sum(told) == 4
    with reading(target) as copy:
        texts = [text for (text,) in copy.execute("SELECT text FROM articles ORDER BY id")]
        assert copy.execute("SELECT count(*) FROM article_versions").fetchone() == (0,)
        sql = 'SELECT substr(text, start + 1, "end" - start) FROM furniture JOIN articles ON id = article_id'
        words = copy.execute(sql).fetchall()
        assert all(text.startswith("[Excerpts: ") for (text,) in words), "no part of the story"
    assert len(set(texts)) == 4
    assert "said Ana Cortés." in texts[0] and "[…]" in texts[0]
    assert texts[0].count("walnut") < 10 and "Zanzibar" not in texts[0]
    assert not any("walnut" in text for text in texts[1:])
    assert found(target, "articles_fts", "zanzibar") == 0
    assert b"Zanzibar" not in target.read_bytes(), "nor in what was deleted"


PLACES = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 80)), max_size=4)


@given(st.integers(0, 700).map(lambda length: (SECRET * 2)[:length]), PLACES)
def test_passages_stand_where_they_stood(text: str, places: list[tuple[int, int]]) -> None:
    spans = sorted((start, start + length) for start, length in places if start + length <= len(text))
    short = excerpts(text, spans)
    assert len(short) == len(text)
    assert all(short[start:end] == text[start:end] for start, end in spans)
    assert spans or len(text) < LEAST or "[…]" in short


@pytest.mark.parametrize(
    ("source", "public"),
    [
        ("news/a.txt", "news/a.txt"),
        ("news.zip#inner/page.html", "news.zip#inner/page.html"),
        ("/home/ann/news.zip#inner/page.html", "news.zip#inner/page.html"),
        ("C:\\Users\\Ann\\a.txt", "a.txt"),
        ("../../ann/a.txt", "a.txt"),
        ("~ann/a.txt", "a.txt"),
        ("https://ann:pass@courier.example/a#b", "https://courier.example/a#b"),
        ("-", "-"),
        ("..", "file"),
    ],
)
def test_sources(source: str, public: str) -> None:
    assert public_source(source) == public


def test_a_target_that_is_there_or_has_no_folder(db: Database, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(ExportError, match="is there already"):
        publish(db, tmp_path / "there.db")
    with pytest.raises(ExportError, match="is not there; make it first"):
        publish(db, tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "there.db").read_text() == "mine"
