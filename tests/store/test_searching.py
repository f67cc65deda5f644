from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from quotes.records import Article, Extraction, Outlet, Quote, Speaker
from quotes.store.database import close_database, open_database
from quotes.store.searching import Hit, search, shared
from quotes.store.writing import Writer

SAID = (
    ("Ana Cortés", "Harbour Courier", "“The pier is not near the ferry, and the ferry is old.”"),
    ("Bo Lind", "The Eastern Lantern", "“We warned them: the pier, or the state-owned ferry.”"),
    (None, "The Eastern Lantern", "“Ferries come and go.”"),
    ("Bo Lind", None, "“A quote * with (signs) AND some \"straight\" ones, 100% sure.”"),
    ("a harbour official", "Harbour Courier", "“The pier is not near the ferry, and the ferry is old.”"),
)  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Database:
    db = open_database(tmp_path_factory.mktemp("search") / "search.db")
    writer = Writer(db, "test")
    for n, (name, outlet, text) in enumerate(SAID):
        kind = "unnamed" if name and name.startswith("a ") else "person"
        quote = Quote("direct", ((0, len(text)),), text, speaker=Speaker(name, kind) if name else None, method="test")
        article = Article(f"{text} {n}", f"{n}.txt", outlet=Outlet(outlet) if outlet else None)
        writer.write(Extraction(article, (quote,)))
    return db


def numbers(hits: object) -> list[int]:
    """Which of SAID were found, in their order there."""
    assert isinstance(hits, list)
    return sorted(hit.id - 1 for hit in hits)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pier ferry", [0, 1, 4]),
        ("ferry PIER", [0, 1, 4]),
        ("pier zeppelin", []),
        ('"the pier"', [0, 1, 4]),
        ('"pier the"', []),
        ("“the pier” warned", [1]),
        ("ferr*", [0, 1, 2, 4]),
        ("ferr", []),
        ("state-owned", [1]),
        # Nothing is an operator: these words are looked for.
        ("pier OR zeppelin", []),
        ("ferry NOT near", [0, 4]),
        ("pier AND ferry", [0, 4]),
        ("NEAR(the ferry)", [0, 4]),
        ("text:pier", []),
        ("^pier", [0, 1, 4]),
        ("-pier", [0, 1, 4]),
        ("(signs)", [3]),
        ("100%", [3]),
        # Marks without a partner, and nothing but marks.
        ('"ferry the', [0, 1, 4]),
        ('pier" ferry', [0, 1, 4]),
        ('""" pier', [0, 1, 4]),
        ("", []),
        ("   ", []),
        ('"', []),
        ('""', []),
        ("*", []),
        ("**", []),
        ("- ! ?", []),
        ("pier\0ferry", [0, 1, 4]),
        ("pier \ud800", [0, 1, 4]),
    ],
)
def test_words(said: Database, words: str, expected: list[int]) -> None:
    assert numbers(list(search(said, words))) == expected


LETTERS = (
    "“We met in Łódź, at the Þingvellir café,”",
    "“It was ﬁnally over for Đoković in Tromsø,”",
    "“We met in Lodz, at the Thingvellir cafe,”",
    "“It was finally over for Djokovic in Tromsoe,”",
    "“Herr Schröder doesnʼt go to Oʻahu or Małdyty,”",
    "“The dis\xadgrace of Iğdır,”",
)


@pytest.fixture(scope="module")
def letters() -> Database:
    db = open_database(":memory:")
    writer = Writer(db, "test")
    for n, text in enumerate(LETTERS):
        quote = Quote("direct", ((0, len(text)),), text, method="test")
        writer.write(Extraction(Article(f"Lead.\n{text}\nEnd.", f"{n}.txt", title=f"Łódź {n}"), (quote,)))
    return db


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lodz", [0, 2]),
        ("Łódź", [0, 2]),
        ("L\u0301o\u0301dz", [0, 2]),
        ("ŁÓD*", [0, 2]),
        ('"Łódź at the thingvellir"', [0, 2]),
        ('"lodz at the Þingvellir CAFÉ"', [0, 2]),
        ("finally", [1, 3]),
        ("ﬁnally", [1, 3]),
        ("finally dokovic", [1]),
        ("djokovic", [1, 3]),
        ("Đoković tromsø", [1, 3]),
        ("tromso", [1]),
        ("lodz finally", []),
        ("schroeder", [4]),
        ("schroder maldyty", [4]),
        ('"doesn\'t go to oahu"', [4]),
        ("disgrace igdir", [5]),
    ],
)
def test_letters_with_and_without_their_marks(letters: Database, words: str, expected: list[int]) -> None:
    assert numbers(list(search(letters, words))) == expected


def test_plain_sql_finds_them_too_and_shows_where(letters: Database) -> None:
    for index, many in (("quotes_fts", 2), ("articles_fts", 6)):
        sql = f"SELECT rowid, snippet({index}, -1, '[', ']', '…', 8) FROM {index} WHERE {index} MATCH 'lodz' ORDER BY 1"
        found = letters.execute(sql).fetchall()
        assert len(found) == many
        assert all("[Lódź]" in text or "[Łódź]" in text or "[Lodz]" in text for _, text in found), found
        letters.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        letters.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        assert letters.execute(sql).fetchall() == found
    whole = (
        "SELECT highlight(quotes_fts, 0, '[', ']') FROM quotes_fts WHERE quotes_fts MATCH 'thingvellir' ORDER BY rowid"
    )
    assert [text for (text,) in letters.execute(whole)][1] == LETTERS[2].replace("Thingvellir", "[Thingvellir]")


def test_a_title_that_comes_later_is_found_by_plain_letters() -> None:
    db = open_database(":memory:")
    text = "A lead with enough words."
    for title in (None, "Þór returns"):
        writer = Writer(db, "test")
        article = Article(text, "a.txt", title=title)
        if not writer.known(article):
            writer.write(Extraction(article, ()))
    assert db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'thor'").fetchall() == [(1,)]


@settings(max_examples=2000, deadline=None)
@given(st.text() | st.text(alphabet='"“”*()^:-+{} \0\ud800AORNDEpierłʻʼ\xad'))
@example('a"b"*c')
@example("\0")
@example("{pier ferry} : x")
def test_nothing_is_an_error(said: Database, words: str) -> None:
    found = list(search(said, words, speaker=words[:3], outlet=words[3:5]))
    assert all(isinstance(hit, Hit) for hit in found)


def test_speaker_and_outlet_narrow_it(said: Database) -> None:
    assert numbers(list(search(said, "pier", speaker="lind"))) == [1]
    assert numbers(list(search(said, "pier", speaker="Ana Cortes"))) == [0]
    assert numbers(list(search(said, "pier", speaker="CORTÉS", outlet="harbour courier"))) == [0]
    assert numbers(list(search(said, "pier", speaker="Cortés", outlet="Lantern"))) == []
    assert numbers(list(search(said, "ferr*", outlet="Eastern Lantern"))) == [1, 2]
    assert numbers(list(search(said, "ferr*", outlet="the eastern lantern"))) == [1, 2]
    assert numbers(list(search(said, "signs", speaker="%"))) == [], "no wildcard"


def test_a_hit_says_who_where_and_when(sample_db: Path) -> None:
    db = open_database(sample_db, create=False)
    hit = next(search(db, '"does not set rates by telephone"', outlet="Ledger"))
    assert hit.speaker == "Ines Cordray"
    assert hit.outlet == "Calder Business Ledger"
    assert hit.published == "2025-03-17"
    assert hit.source.startswith("https://calderledger.example/")
    assert hit.article == "Governor rebuffs minister over rate letter"
    close_database(db)


def test_the_best_match_comes_first_and_the_limit_holds(said: Database) -> None:
    assert numbers(list(search(said, "ferry", limit=1))) in ([0], [4]), "they have it twice"
    assert len(list(search(said, "ferry", limit=2))) == 2


def test_shared_words_stand_next_to_each_other(sample_db: Path) -> None:
    db = open_database(sample_db, create=False)
    hits = list(shared(db, limit=100))
    sql = "SELECT quote_id, text, wording_id FROM sayings WHERE wording_id IS NOT NULL"
    wording_of = {(quote, text): wording for quote, text, wording in db.execute(sql)}
    close_database(db)
    assert len({hit.outlet for hit in hits if "does not set rates by telephone" in hit.text}) >= 2
    wordings = [wording_of[hit.id, hit.text] for hit in hits]
    assert len({*wordings}) == sum(a != b for a, b in zip(wordings, [None, *wordings], strict=False))
