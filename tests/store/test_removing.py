from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from told import article, loose_ends, parts, rows, said, sayings, shuffled, story, write

from quotes.errors import RemovalError
from quotes.linking.similarity_trees import Forest
from quotes.records import Article, Extraction, Failure, Outlet, Quote
from quotes.store.database import close_database, open_database
from quotes.store.fetches import StoredFetches
from quotes.store.relinking import link_all
from quotes.store.removing import find_articles, remove
from quotes.store.writing import Ingest, Writer

FULL = "“We will rebuild the harbour pier before winter, and the ferry company must pay every invoice,”"
START = "“We will rebuild the harbour pier before winter,”"
END = "“the ferry company must pay every invoice,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"
MAYOR = "mayor of Quillan"
TIMES = {"ingested_at", "replaced_at", "changed_at", "started", "finished"}


def press() -> list[Extraction]:
    """Articles that share speakers, wordings, copies, outlets and topics with one another."""
    wire = story(1)
    union = said("“Members voted to strike at every cannery,”", "Harbour Workers Union", speaker_kind="organization")
    extractions = [
        article(
            "a", said(FULL, "Ana Cortés", MAYOR), text=wire, outlet="Courier", agency="Northwire", day="2025-03-04"
        ),
        article("b", said(START, "ANA CORTES"), said(END, "Cortés", MAYOR), outlet="Lantern", day="2025-03-05"),
        article("c", said(FULL, "Bo Lind"), text=wire, outlet="Lantern", day="2025-03-06"),
        article("d", said(WELLS, "a chemist", speaker_kind="unnamed"), said(END, None), outlet="Post", text=wire[:900]),
        article("e", said(WELLS, "a chemist", speaker_kind="unnamed"), day="2025-03-01", text=wire[600:]),
        article("f", union, text="The Harbour Workers Union (HWU) met."),
        article("g", said("“We have nothing to lose but the nets,”", "HWU", speaker_kind="organization")),
    ]
    topics = (("pier", "winter"), ("ferry",), ("pier",), ("wells",), ("wells", "mercury"), ("strike",), ())
    return [Extraction(one.article, one.quotes, of) for one, of in zip(extractions, topics, strict=True)]


def told(db: Database) -> dict[str, object]:
    """Everything that a database tells, but for ids and times."""
    wordings = "SELECT text, quotes, outlets, speakers, first_published, last_published FROM wordings"
    groups = """SELECT article_groups.articles, article_groups.outlets, agencies.name, articles.source
        FROM article_groups JOIN articles ON articles.id = original_id
        LEFT JOIN outlets AS agencies ON agencies.id = article_groups.agency_id"""
    edges = """SELECT a.form, b.form, kind, score FROM wording_edges
        JOIN wording_variants AS a ON a.id = shorter_id JOIN wording_variants AS b ON b.id = fuller_id"""
    copies = """SELECT a.source, b.source, kind, score FROM article_edges
        JOIN articles AS a ON a.id = shorter_id JOIN articles AS b ON b.id = fuller_id"""
    return {
        "articles": set(rows(db, "SELECT source, text, url, sha256 FROM articles")),
        "sources": rows(db, "SELECT articles.source, s.source, s.sha256 FROM article_sources AS s JOIN articles ON"
                        " articles.id = article_id ORDER BY 1, 2"),
        "quotes": set(rows(db, "SELECT hash, speaker, said, outlet, via, agency, q.published, title FROM who_said_what"
                           " JOIN quotes AS q ON q.id = quote_id")),
        "spans": rows(db, 'SELECT hash, n, s.start, s."end" FROM quote_spans AS s JOIN quotes ON quotes.id = quote_id'
                      " ORDER BY 1, 2"),
        "sayings": sayings(db),
        "wordings": set(rows(db, wordings)),
        "edges": set(rows(db, edges)) | set(rows(db, copies)),
        "grams": rows(db, "SELECT count(*), count(DISTINCT node_id) FROM wording_grams")
        + rows(db, "SELECT count(*), count(DISTINCT node_id) FROM article_grams"),
        "people": parts(db, "SELECT speaker_id, name || '|' || role || '|' || kind FROM speaker_names"),
        "speakers": sorted(rows(db, "SELECT name, kind, role FROM speakers"), key=str),
        "outlets": set(rows(db, "SELECT name, domain, kind FROM outlets")),
        "copies": parts(db, "SELECT group_id, source FROM articles"),
        "groups": set(rows(db, groups)),
        "topics": set(rows(db, "SELECT source, topics.name FROM topics JOIN article_topics ON topics.id = topic_id"
                           " JOIN articles ON articles.id = article_id")),
        "names of topics": set(rows(db, "SELECT name FROM topics")),
        "others": [rows(db, f"SELECT count(*) FROM {table}") for table in
                   ("article_versions", "quote_changes", "furniture", "stale_links")],
    }  # fmt: skip


def fresh(extractions: Iterable[Extraction]) -> dict[str, object]:
    db = open_database(":memory:")
    write(db, *extractions)
    found = told(db)
    db.close()
    return found


def without(*names: str) -> list[Extraction]:
    return [one for one in press() if one.article.source.removesuffix(".txt") not in names]


def is_sound(db: Database) -> bool:
    for index in ("quotes_fts", "articles_fts"):
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    return loose_ends(db) == {} and rows(db, "PRAGMA integrity_check") == [("ok",)]


def removed(db: Database, *names: str, **more: Any) -> dict[str, int]:
    urls = [f"https://courier.example/{name}" for name in names]
    return remove(db, find_articles(db, urls=urls), **more)


# -- as if it had never come in


@pytest.mark.parametrize("names", [*"abcdefg", *combinations("abcde", 2), "abcdefg"], ids="".join)
def test_what_is_left_is_as_if_the_removed_had_never_come(db: Database, names: str) -> None:
    write(db, *press())
    removed(db, *names)
    assert told(db) == fresh(without(*names))
    assert is_sound(db)


@pytest.mark.parametrize("seed", range(5))
def test_removed_and_ingested_again_it_is_as_before(db: Database, seed: int) -> None:
    write(db, *press())
    before = told(db)
    for extraction in shuffled(press(), seed):
        removed(db, extraction.article.source.removesuffix(".txt"))
        write(db, extraction)
        assert told(db) == before
    assert is_sound(db)


def test_what_everybody_says_finds_candidates_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gram that many texts had is common no more when some of them are gone, for copies as for wordings."""
    monkeypatch.setattr(Forest, "common", 2)
    monkeypatch.setattr("quotes.linking.copies.copy_index.Copies.common", 2)
    write(db, *press())
    removed(db, "c", "e")
    assert told(db) == fresh(without("c", "e"))


def test_old_texts_and_changes_go_with_an_article(db: Database) -> None:
    write(db, *press(), article("a", said(WELLS, "Ana Cortés"), outlet="Courier"))
    assert rows(db, "SELECT count(*) FROM article_versions") == [(1,)]
    assert rows(db, "SELECT count(*) FROM quote_changes") != [(0,)]
    removed(db, "a")
    assert told(db) == fresh(without("a"))


def test_it_says_what_went(db: Database) -> None:
    write(db, *press())
    nothing = {"articles": 0, "quotes": 0, "speakers": 0, "wordings": 0, "outlets": 0, "topics": 0}
    assert removed(db, "f") == nothing | {"articles": 1, "quotes": 1, "wordings": 1, "topics": 1}
    assert removed(db, "g") == nothing | {"articles": 1, "quotes": 1, "wordings": 1, "speakers": 1}


def test_what_an_article_told_of_its_outlet_goes_with_it(db: Database) -> None:
    """An outlet that no table has is known by what articles say: that it is an agency, and where its pages are."""
    paper = Outlet("Sellin Post", "sellinpost.example")
    known = {"url": "https://www.sellinpost.example/a", "outlet": paper, "agency": Outlet("Fjordwire", None, "agency")}
    teller = Extraction(Article("Rain.", "a.txt", **known), ())
    via = Quote("direct", ((0, 6),), "“Yes,”", via="Fjordwire")
    left = Extraction(Article("“Yes,” he said.", "b.txt", outlet=Outlet("Sellin Post")), (via,))
    write(db, left, teller)
    learnt = "SELECT name, domain, kind FROM outlets ORDER BY name"
    assert rows(db, learnt) == [("Fjordwire", None, "agency"), ("Sellin Post", "sellinpost.example", "other")]
    remove(db, find_articles(db, sources=["a.txt"]))
    assert rows(db, learnt) == [("Fjordwire", None, "other"), ("Sellin Post", None, "other")]


def test_a_page_that_was_fetched_is_fetched_again(db: Database) -> None:
    write(db, *press())
    fetches = StoredFetches(db)
    fetches.note("https://courier.example/a", '"1"', None)
    fetches.note("https://courier.example/b", '"1"', None)
    fetches.store()
    removed(db, "a")
    assert not fetches.is_known("https://courier.example/a")
    assert fetches.version("https://courier.example/b") == ('"1"', None)


def test_failures_of_a_wrong_folder_are_not_tried_again(db: Database) -> None:
    run = Ingest(db)
    for source in ("wrong/a.txt", "wrong/sub/news.zip#b.html", "wrongly/c.txt", "right/d.txt"):
        run.fail(Failure(source, "read", "empty"))
    remove(db, find_articles(db, sources=["wrong/"]), sources=["wrong/"])
    assert rows(db, "SELECT source FROM ingest_failures ORDER BY 1") == [("right/d.txt",), ("wrongly/c.txt",)]


def test_the_words_are_no_longer_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    secret = "“The zyxomma flew over the vivianite quarry at dawn,”"
    write(
        db, *press(), article("s", said(secret, "Quirinus Zschopau"), text="Quirinus Zschopau saw a zyxomma.\n" * 200)
    )
    close_database(db)
    assert b"zyxomma" in path.read_bytes()
    db = open_database(path)
    removed(db, "s")
    close_database(db)
    left = path.read_bytes().lower()
    assert [word for word in (b"zyxomma", b"vivianite", b"quirinus", b"zschopau") if word in left] == []


def test_many_are_removed_a_batch_at_a_time(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.store.removing.BATCH", 3)
    write(db, *press())
    counts: list[int] = []
    remove(db, find_articles(db, range(1, 8)), advance=counts.append)
    assert counts == [3, 3, 1]
    assert told(db) == fresh([])


# -- finding them


def test_articles_are_found_by_number_address_outlet_and_source(db: Database) -> None:
    write(db, *press())
    for more in (
        {"ids": [2, 2]},
        {"urls": ["https://courier.example/b?utm_source=x"]},
        {"sources": ["b.txt", "./b.txt"]},
    ):
        assert [one.id for one in find_articles(db, **more)] == [2]
    assert [one.id for one in find_articles(db, [7], outlets=["LANTERN"])] == [2, 3, 7]
    assert find_articles(db, [2])[0].quotes == 2


@pytest.mark.parametrize("source", ["news.zip", "in/news.zip", "in", "in/"])
def test_a_source_holds_what_is_in_it(db: Database, source: str) -> None:
    extraction = article("a", said(FULL))
    for name in ("news.zip#a.html", "in/news.zip#a.html", "info/a.html", "news.zipped"):
        known = {"url": f"https://courier.example/{name}", "source": name}
        text = extraction.article.text
        write(db, Extraction(type(extraction.article)(text, **known), extraction.quotes))
    found = find_articles(db, sources=[source])
    assert [one.source for one in found] == ["news.zip#a.html" if source == "news.zip" else "in/news.zip#a.html"]


@pytest.mark.parametrize(
    "wanted",
    [{"ids": [99]}, {"urls": ["https://courier.example/z"]}, {"outlets": ["Northwire"]}, {"sources": ["c.tx"]},
     {"outlets": [""]}, {"sources": [""]}],
)  # fmt: skip
def test_what_is_not_there_is_told(db: Database, wanted: dict[str, Any]) -> None:
    write(db, *press())
    with pytest.raises(RemovalError):
        find_articles(db, **wanted)


# -- by anybody's SQL


@pytest.mark.parametrize("keys", ["ON", "OFF"])
@pytest.mark.parametrize("names", [*"abcdefg", "abc", "abcdefg"])
@pytest.mark.parametrize("then", ["ingest", "link", "remove"])
def test_plain_sql_breaks_nothing(tmp_path: Path, keys: str, names: str, then: str) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path)
    write(db, *press())
    close_database(db)
    with sqlite3.connect(path) as plain:
        plain.execute(f"PRAGMA foreign_keys = {keys}")
        marks = ", ".join("?" * len(names))
        plain.execute(f"DELETE FROM articles WHERE source IN ({marks})", [f"{name}.txt" for name in names])
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("quotes", "quote_spans", "articles"):
            assert plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0 or len(names) < 7
        plain.execute("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
    plain.close()
    db = open_database(path)
    if then == "ingest":
        write(db, *press())
        assert told(db) == fresh(press())
    elif then == "link":
        link_all(db)
        assert told(db) == fresh(without(*names))
    else:
        write(db, article("z", said(WELLS)))
        removed(db, "z")
        assert told(db) == fresh(without(*names))
    assert is_sound(db)
    close_database(db)


def test_quotes_deleted_by_plain_sql_take_their_counts(db: Database) -> None:
    write(db, *press())
    db.execute("PRAGMA foreign_keys = OFF")
    with db.atomic():
        db.execute("DELETE FROM quotes WHERE text = ?", [WELLS])
    assert rows(db, "SELECT count(*) FROM quote_spans WHERE quote_id NOT IN (SELECT id FROM quotes)") == [(0,)]
    Writer(db, "test").settle_deleted()
    assert rows(db, "SELECT * FROM wordings WHERE text = ?", WELLS) == []
    assert is_sound(db)
