from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.linking.links import Linking
from quotes.records import Article, Extraction, Failure, Mention, Outlet, Quote, QuoteKind, Speaker, SpeakerKind
from quotes.store.database import open_database
from quotes.store.rows.stored_quotes import quote_hash
from quotes.store.writing import Ingest, Writer

COURIER = Outlet("Harbour Courier", "harbourcourier.example", "newspaper")
LANTERN = Outlet("Eastern Lantern", "easternlantern.example", "newspaper")
URL = "https://harbourcourier.example/pier"
PIER = "“We will rebuild the pier this year,” Ana Cortés said."
PIER_QUOTE = "“We will rebuild the pier this year,”"
SALE = "“We will sell the old ferry instead,” Ana Cortés said."
SALE_QUOTE = "“We will sell the old ferry instead,”"
# Signs outside the Basic Multilingual Plane, combining ones, and Windows line ends: offsets count characters.
WILD = (
    "\ufeffPIER — 🚢🚢 “This pier,” said Jose\u0301 Ibarra, “stood for 100 years.”\r\n\r\n"
    "Ibarra added that it “would not 𝓯𝓪𝓵𝓵”.\r\n"
)


def mention_of(text: str, words: str | None) -> Mention | None:
    return Mention(words, text.index(words), text.index(words) + len(words)) if words else None


def said(
    text: str,
    *pieces: str,
    by: str | None = "Ana Cortés",
    speaker_kind: SpeakerKind = "person",
    role: str | None = None,
    kind: QuoteKind = "direct",
    cue: str | None = "said",
    mention: str | None = None,
    via: str | None = None,
) -> Quote:
    """A quote whose pieces, cue and mention are words of the text."""
    return Quote(
        kind=kind,
        spans=tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces),
        text=" ".join(pieces),
        cue=mention_of(text, cue),
        mention=mention_of(text, mention),
        mention_kind="name" if mention else "none",
        speaker=Speaker(by, speaker_kind, role) if by else None,
        via=via,
        confidence=0.9,
        method="test",
    )


def article(text: str = PIER, outlet: Outlet | None = COURIER, **known: Any) -> Article:
    return Article(text=text, source="pier.txt", outlet=outlet, **known)


def pier(outlet: Outlet | None = COURIER, by: str | None = "Ana Cortés", **known: Any) -> Extraction:
    """The article about the pier, with its one quote."""
    return Extraction(article(PIER, outlet, **known), (said(PIER, PIER_QUOTE, by=by),))


def sale(**known: Any) -> Extraction:
    return Extraction(article(SALE, **known), (said(SALE, SALE_QUOTE),))


def rows(db: Database, sql: str) -> list[tuple[Any, ...]]:
    return db.execute(sql).fetchall()


def content(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, full-text search's included."""
    names = [name for name in db.table_names() if name != "_sqlite_migrations"]
    return {name: rows(db, f"SELECT * FROM {name} ORDER BY 1, 2") for name in names}


@pytest.fixture
def writer(db: Database) -> Writer:
    return Writer(db, "test 1")


def ingest(writer: Writer, *extractions: Extraction) -> list[str]:
    """What became of each of the extractions."""
    return ["unchanged" if writer.known(each.article) else writer.write(each) for each in extractions]


# -- new, unchanged, updated


def test_new_then_unchanged(db: Database, writer: Writer) -> None:
    assert ingest(writer, pier(url=URL, published="2025-03-04")) == ["new"]
    before = content(db)
    assert ingest(writer, pier(url=URL, published="2025-03-04")) == ["unchanged"]
    assert content(db) == before
    (row,) = db.query("SELECT * FROM who_said_what")
    assert (row["speaker"], row["said"], row["outlet"]) == ("Ana Cortés", PIER_QUOTE, "Harbour Courier")
    assert (row["published"], row["cue"], row["url"]) == ("2025-03-04", "said", URL)


def test_updated_article_replaces_its_quotes_and_keeps_the_old_text(db: Database, writer: Writer) -> None:
    ingest(writer, pier(url=URL))
    assert ingest(writer, sale(url=URL)) == ["updated"]
    assert rows(db, "SELECT id, text FROM articles") == [(1, SALE)]
    assert rows(db, "SELECT text FROM quotes") == [(SALE_QUOTE,)]
    assert rows(db, "SELECT article_id, text FROM article_versions") == [(1, PIER)]
    assert rows(db, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'pier'") == []


def test_an_update_is_one_transaction(db: Database, writer: Writer) -> None:
    """Whoever reads meanwhile sees the old article with its quotes or the new one with its own."""
    ingest(writer, pier(url=URL))
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    ingest(writer, sale(url=URL))
    db.conn.set_trace_callback(None)
    written = [n for n, sql in enumerate(statements) if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    begun = max(n for n in range(written[0]) if statements[n].startswith("BEGIN"))
    assert not any(sql.startswith(("COMMIT", "BEGIN", "ROLLBACK")) for sql in statements[begun + 1 : written[-1]])


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("first", ["new", "updated"])
def test_failure_in_the_middle_rolls_everything_back(
    db: Database, writer: Writer, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], first: str
) -> None:
    ingest(writer, sale() if first == "new" else pier(url=URL))
    before = content(db)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Linking, "settle", fail)
    with pytest.raises(error):
        writer.write(Extraction(article(WILD, url=URL), (said(WILD, "“This pier,”", by="José Ibarra"),)))
    assert content(db) == before
    assert not db.conn.in_transaction


def test_a_quote_that_is_refused_takes_its_article_with_it(db: Database, writer: Writer) -> None:
    quote = said(PIER, PIER_QUOTE)
    with pytest.raises(sqlite3.IntegrityError):
        writer.write(Extraction(article(), (quote, quote)))
    assert not any(content(db)[name] for name in ("articles", "quotes", "outlets", "speakers", "wordings"))


def test_a_new_pipeline_extracts_anew(db: Database, writer: Writer) -> None:
    ingest(writer, pier())
    assert ingest(Writer(db, "test 2"), Extraction(article(), ())) == ["updated"]
    assert rows(db, "SELECT count(*) FROM quotes") == [(0,)]
    assert rows(db, "SELECT pipeline FROM articles") == [("test 2",)]
    assert rows(db, "SELECT * FROM article_versions") == [], "the text is the same"


def from_source(source: str, extraction: Extraction) -> Extraction:
    return replace(extraction, article=replace(extraction.article, source=source))


def test_two_versions_in_one_folder_do_not_take_turns(db: Database, writer: Writer) -> None:
    folder = [from_source("a.txt", pier(url=URL)), from_source("b.txt", sale(url=URL))]
    assert ingest(writer, *folder) == ["new", "updated"]
    before = content(db)
    assert ingest(writer, *folder) == ["unchanged", "unchanged"]
    assert content(db) == before


def test_nor_do_they_with_a_new_pipeline(db: Database, writer: Writer) -> None:
    folder = [from_source("a.txt", pier(url=URL)), from_source("b.txt", sale(url=URL))]
    ingest(writer, *folder)
    assert ingest(Writer(db, "test 2"), *folder) == ["unchanged", "updated"]
    assert rows(db, "SELECT text FROM articles") == [(SALE,)]
    assert rows(db, "SELECT text FROM article_versions") == [(PIER,)]


def test_a_text_that_returns_is_taken(db: Database, writer: Writer) -> None:
    """The same file or page: it can't have been this text all the time, for it was another one meanwhile."""
    assert ingest(writer, pier(url=URL), sale(url=URL), pier(url=URL)) == ["new", "updated", "updated"]
    assert rows(db, "SELECT text FROM articles") == [(PIER,)]
    assert rows(db, "SELECT text FROM quotes") == [(PIER_QUOTE,)]
    assert rows(db, "SELECT text, source FROM article_versions ORDER BY id") == [(PIER, "pier.txt"), (SALE, "pier.txt")]
    assert ingest(writer, pier(url=URL), sale(url=URL), sale(url=URL)) == ["unchanged", "updated", "unchanged"]


def test_so_is_one_that_a_new_source_gives(db: Database, writer: Writer) -> None:
    days = [from_source(f"{n}.txt", one(url=URL)) for n, one in enumerate((pier, sale, pier))]
    assert ingest(writer, *days) == ["new", "updated", "updated"]
    assert ingest(writer, *days) == ["unchanged"] * 3
    assert rows(db, "SELECT text FROM articles") == [(PIER,)]


def test_a_copy_of_an_old_text_is_no_return(db: Database, writer: Writer) -> None:
    folder = [from_source("a.txt", pier(url=URL)), from_source("copy.txt", pier(url=URL))]
    assert ingest(writer, *folder) == ["new", "unchanged"]
    folder[0] = from_source("a.txt", sale(url=URL))
    assert ingest(writer, *folder) == ["updated", "unchanged"]
    assert rows(db, "SELECT text FROM articles") == [(SALE,)]


def test_an_old_text_from_before_sources_were_kept_is_no_return(db: Database, writer: Writer) -> None:
    folder = [from_source("a.txt", pier(url=URL)), from_source("b.txt", sale(url=URL))]
    ingest(writer, *folder)
    with db.atomic():
        db.execute("UPDATE article_versions SET source = NULL")
        db.execute("DELETE FROM article_sources WHERE source = 'a.txt'")
    assert ingest(writer, *folder) == ["unchanged", "unchanged"]
    assert rows(db, "SELECT text FROM articles") == [(SALE,)]


# -- identity


def test_an_article_is_itself_by_its_address(db: Database, writer: Writer) -> None:
    assert ingest(writer, pier(url=URL), pier(url=URL + "?page=2"), pier()) == ["new", "new", "new"]
    assert rows(db, "SELECT count(DISTINCT hash) FROM quotes") == [(3,)]


def test_without_an_address_it_is_so_by_its_text(db: Database, writer: Writer) -> None:
    same = Extraction(Article(PIER, "copy/of/pier.txt"), ())
    assert ingest(writer, pier(), same, sale()) == ["new", "unchanged", "new"]
    assert rows(db, "SELECT source FROM articles") == [("pier.txt",), ("pier.txt",)]


def test_hash_stays_with_the_words_and_their_place() -> None:
    one = pier(url=URL)
    two = pier(url=URL, by="Ana C.", published="2025-03-04")
    assert quote_hash(one.article, one.quotes[0]) == quote_hash(two.article, two.quotes[0])
    others = [
        quote_hash(each.article, quote)
        for each in (pier(), pier(url=URL), sale(url=URL))
        for quote in (each.quotes[0], replace(each.quotes[0], kind="mixed"))
    ]
    assert len(set(others)) == 6


def test_hash_of_a_quote_survives_a_new_pipeline(db: Database, writer: Writer) -> None:
    ingest(writer, pier(url=URL))
    before = rows(db, "SELECT hash FROM quotes")
    ingest(Writer(db, "test 2"), pier(url=URL, by="Ana C."))
    assert rows(db, "SELECT hash FROM quotes") == before


# -- what is filled in, and what stays


def test_outlet_and_date_that_were_missing_are_filled_in(db: Database, writer: Writer) -> None:
    ingest(writer, pier(outlet=None), pier(LANTERN, url=URL, published="2025-03-02"))
    assert rows(db, "SELECT outlets, first_published FROM wordings") == [(1, "2025-03-02")]
    assert ingest(writer, pier(published="2025-03-01", title="Pier", byline="L. Marsh")) == ["unchanged"]
    sql = "SELECT outlets.name, {0}.published FROM {0} JOIN outlets ON outlets.id = outlet_id ORDER BY {0}.id"
    for table in ("articles", "quotes"):
        assert rows(db, sql.format(table)) == [("Harbour Courier", "2025-03-01"), ("Eastern Lantern", "2025-03-02")]
    assert rows(db, "SELECT title, byline FROM articles")[0] == ("Pier", "L. Marsh")
    assert rows(db, "SELECT outlets, first_published FROM wordings") == [(2, "2025-03-01")]


def test_what_is_known_is_not_overwritten(db: Database, writer: Writer) -> None:
    ingest(writer, pier(title="Pier"))
    before = content(db)
    assert ingest(writer, pier(LANTERN, title="Another")) == ["unchanged"]
    assert content(db) == before, "nor is an outlet made that nobody uses"


def test_a_given_outlet_outlives_a_new_pipeline(db: Database, writer: Writer) -> None:
    """`--outlet` was given once; to ingest the folder again without it is no order to forget it."""
    ingest(writer, pier(published="2025-03-04"))
    ingest(Writer(db, "test 2"), pier(outlet=None))
    for table in ("articles", "quotes"):
        assert rows(db, f"SELECT outlet_id, published FROM {table}") == [(1, "2025-03-04")]
    ingest(Writer(db, "test 3"), pier(LANTERN))
    assert rows(db, "SELECT name FROM outlets") == [("Eastern Lantern",)]


# -- offsets


def test_every_offset_leads_to_its_words(db: Database, writer: Writer) -> None:
    split = said(WILD, "“This pier,”", "“stood for 100 years.”", by="José Ibarra", mention="Jose\u0301 Ibarra")
    mixed = said(WILD, "it “would not 𝓯𝓪𝓵𝓵”", kind="mixed", by="José Ibarra", cue="added", mention="Ibarra")
    ingest(writer, pier(), Extraction(article(WILD), (split, mixed)))
    join = "JOIN articles ON articles.id = quotes.article_id WHERE quotes.article_id = 2 ORDER BY quotes.start"
    pieces = rows(
        db,
        'SELECT substr(articles.text, spans.start + 1, spans."end" - spans.start) FROM quote_spans AS spans'
        f" JOIN quotes ON quotes.id = spans.quote_id {join}, spans.n",
    )
    assert pieces == [("“This pier,”",), ("“stood for 100 years.”",), ("it “would not 𝓯𝓪𝓵𝓵”",)]
    for name in ("cue", "mention"):
        words = rows(db, f"SELECT {name}, substr(articles.text, {name}_start + 1, length({name})) FROM quotes {join}")
        assert len(words) == 2
        assert all(stored == there for stored, there in words)
    whole = rows(db, f'SELECT substr(articles.text, start + 1, "end" - start) FROM quotes {join}')
    assert whole[0] == ("“This pier,” said Jose\u0301 Ibarra, “stood for 100 years.”",)


# -- the same words


def test_wordings_are_counted_by_outlet(db: Database, writer: Writer) -> None:
    ingest(
        writer,
        pier(COURIER, url=URL + "1", published="2025-03-04"),
        pier(COURIER, url=URL + "2", published="2025-03-09"),
        pier(LANTERN, url=URL + "3", published="2025-03-02"),
        pier(None, url=URL + "4"),
        sale(),
    )
    counts = rows(db, "SELECT quotes, outlets, first_published, last_published FROM wordings ORDER BY id")
    assert counts == [(4, 2, "2025-03-02", "2025-03-09"), (1, 1, None, None)]
    ingest(writer, sale(url=URL + "3"))
    counts = rows(db, "SELECT quotes, outlets, first_published, last_published FROM wordings ORDER BY id")
    assert counts == [(3, 1, "2025-03-04", "2025-03-09"), (2, 1, "2025-03-02", "2025-03-02")]


def test_quotation_marks_and_case_make_no_other_wording(db: Database, writer: Writer) -> None:
    text = 'Cortés: "We will rebuild the pier, this year".'
    other = Extraction(article(text, LANTERN), (said(text, '"We will rebuild the pier, this year"', cue=None),))
    ingest(writer, pier(), other)
    assert rows(db, "SELECT quotes, outlets FROM wordings") == [(2, 2)]


# -- speakers and outlets


def test_a_person_is_one_across_articles_and_spellings(db: Database, writer: Writer) -> None:
    spellings = ("Ana Cortés", "ANA CORTES", "Ana Corte\u0301s")
    ingest(writer, *(pier(url=f"{URL}/{n}", by=name) for n, name in enumerate(spellings)))
    assert rows(db, "SELECT name FROM speakers") == [("Ana Cortés",)]
    assert {name for (name,) in rows(db, "SELECT name FROM speaker_names")} == set(spellings)
    assert rows(db, "SELECT count(*) FROM quotes WHERE speaker_id = 1") == [(3,)]


def test_a_role_is_taken_from_the_first_article_that_has_one(db: Database, writer: Writer) -> None:
    with_role = Extraction(article(SALE, LANTERN), (said(SALE, SALE_QUOTE, role="mayor of Quillan"),))
    ingest(writer, pier(), with_role)
    assert rows(db, "SELECT name, role FROM speakers") == [("Ana Cortés", "mayor of Quillan")]


def test_unnamed_sources_are_not_one_across_articles(db: Database, writer: Writer) -> None:
    def leak(text: str) -> Extraction:
        quotes = [said(text, piece, by="a senior official", speaker_kind="unnamed") for piece in ("We", "will")]
        return Extraction(article(text), tuple(quotes))

    ingest(writer, leak(PIER), leak(SALE))
    assert rows(
        db, "SELECT name, count(*) FROM speakers JOIN quotes ON speaker_id = speakers.id GROUP BY speakers.id"
    ) == [
        ("a senior official", 2),
        ("a senior official", 2),
    ]


def test_a_quote_without_a_speaker_has_none(db: Database, writer: Writer) -> None:
    ingest(writer, pier(by=None))
    assert rows(db, "SELECT speaker_id FROM quotes") == [(None,)]
    assert rows(db, "SELECT * FROM speakers") == []


def test_an_outlet_may_carry_words_and_print_them(db: Database, writer: Writer) -> None:
    told = Extraction(article(SALE, LANTERN), (said(SALE, SALE_QUOTE, via="Harbour Courier"),))
    ingest(writer, told, pier(COURIER))
    via = rows(db, "SELECT via.name, via.domain, via.kind FROM quotes JOIN outlets AS via ON via.id = via_id")
    assert via == [("Harbour Courier", "harbourcourier.example", "newspaper")], "known from the second article on"
    assert rows(db, "SELECT count(*) FROM outlets") == [(2,)]


def test_an_agency_known_by_another_spelling_is_one(db: Database, writer: Writer) -> None:
    told = Extraction(article(SALE, LANTERN), (said(SALE, SALE_QUOTE, via="Agence France-Presse"),))
    also = Extraction(article(PIER, LANTERN), (said(PIER, PIER_QUOTE, via="AFP"),))
    ingest(writer, told, also)
    assert rows(db, "SELECT count(DISTINCT via_id), outlets.kind FROM quotes JOIN outlets ON outlets.id = via_id") == [
        (1, "agency")
    ]


def test_orphans_are_dropped(db: Database, writer: Writer) -> None:
    text = "“We will rebuild the pier this year,” Bo Lind told Northwire."
    first = Extraction(
        article(text, LANTERN, url=URL, agency=Outlet("Northwire Service", None, "agency")),
        (said(text, PIER_QUOTE, by="Bo Lind", cue="told", via="Northwire"),),
    )
    ingest(writer, first, pier(LANTERN), sale(url=URL))
    assert rows(db, "SELECT name FROM speakers") == [("Ana Cortés",)]
    assert rows(db, "SELECT name FROM speaker_names") == [("Ana Cortés",)]
    assert rows(db, "SELECT name FROM outlets ORDER BY name") == [("Eastern Lantern",), ("Harbour Courier",)]
    assert rows(db, "SELECT text FROM wordings ORDER BY id") == [(PIER_QUOTE.strip("“,”"),), (SALE_QUOTE.strip("“,”"),)]
    ingest(writer, Extraction(article("The pier is closed.", url=URL), ()))
    assert rows(db, "SELECT text, quotes FROM wordings") == [(PIER_QUOTE.strip("“,”"), 1)]


@pytest.mark.parametrize("use", ["printer", "agency", "via"])
def test_an_outlet_in_any_use_is_no_orphan(db: Database, writer: Writer, use: str) -> None:
    wire = Outlet("Northwire", None, "agency")
    others = {
        "printer": pier(wire),
        "agency": pier(agency=wire),
        "via": Extraction(article(), (said(PIER, PIER_QUOTE, via="Northwire"),)),
    }
    ingest(writer, sale(url=URL, agency=wire), others[use], Extraction(article("The end.", url=URL), ()))
    assert ("Northwire", "agency") in rows(db, "SELECT name, kind FROM outlets")


# -- the record of a run


def test_a_run_is_recorded(db: Database) -> None:
    Ingest(db)  # another one, which stays as it is
    run = Ingest(db)
    run.wrote(3)
    run.fail(Failure("a.txt", "read", "empty"))
    run.wrote(4)
    counts = "SELECT articles, quotes, failed, finished IS NOT NULL FROM ingests"
    assert rows(db, counts) == [(0, 0, 0, 0), (2, 7, 1, 0)], "while it runs"
    run.finish()
    assert rows(db, counts) == [(0, 0, 0, 0), (2, 7, 1, 1)]
    assert rows(db, "SELECT started <= finished FROM ingests WHERE id = 2") == [(1,)]
    assert rows(db, "SELECT ingest_id, source, stage, error FROM ingest_failures") == [
        (run.id, "a.txt", "read", "empty")
    ]


def test_furniture_is_kept_and_replaced_with_the_text(db: Database, writer: Writer) -> None:
    address = "https://courier.example/pier"
    ingest(writer, Extraction(article(PIER, url=address, furniture=((0, 4), (6, 9))), ()))
    assert rows(db, 'SELECT n, start, "end" FROM furniture') == [(0, 0, 4), (1, 6, 9)]
    ingest(writer, Extraction(article(PIER + " More.", url=address, furniture=((1, 2),)), ()))
    assert rows(db, 'SELECT n, start, "end" FROM furniture') == [(0, 1, 2)]


def test_an_outlet_named_by_hand_puts_another_right(db: Database) -> None:
    wrong, right = Outlet("Kurier"), Outlet("Courier")
    ingest(Writer(db, "test", outlet_given=True), pier(outlet=wrong))
    assert Writer(db, "test").known(pier(outlet=right).article)
    assert rows(db, "SELECT DISTINCT outlets.name FROM quotes JOIN outlets ON outlets.id = outlet_id") == [("Kurier",)]
    assert Writer(db, "test", outlet_given=True).known(pier(outlet=right).article)
    assert rows(db, "SELECT DISTINCT outlets.name FROM quotes JOIN outlets ON outlets.id = outlet_id") == [("Courier",)]


def names_of_topics(*about: tuple[str, tuple[str, ...]]) -> set[str]:
    """How topics are called after articles, each with an address and what it is about, were written in this order."""
    db = open_database(":memory:")
    writer = Writer(db, "test")
    for n, (name, topics) in enumerate(about):
        article = Article(f"Text {n} of {name}.", "a.txt", url=f"https://courier.example/{name}")
        writer.write(Extraction(article, (), topics))
    names = {name for (name,) in db.execute("SELECT name FROM topics").fetchall()}
    db.close()
    return names


def test_a_topic_is_called_as_most_articles_write_it_in_whatever_order_they_come() -> None:
    about = [("a", ("Harbour Board",)), ("b", ("harbour board",)), ("c", ("harbour board", "pier")), ("d", ("Pier",))]
    for order in permutations(about):
        assert names_of_topics(*order) == {"harbour board", "Pier"}
    again = [("b", ("HARBOUR BOARD",)), ("c", ("Harbour Board",))]
    assert names_of_topics(*about, *again) == {"Harbour Board", "Pier"}, "what a new version no longer says"


def subjects_of(db: Database) -> list[tuple[str, str, str, float]]:
    of_articles = (
        "FROM article_subjects JOIN subjects ON subjects.id = subject_id JOIN articles ON articles.id = article_id"
    )
    return rows(db, f"SELECT url, name, code, likelihood {of_articles} ORDER BY url, n")


def test_subjects_stand_with_the_article_in_their_order_and_go_with_it() -> None:
    db = open_database(":memory:")
    writer = Writer(db, "test")
    one, other = (Article(f"Text {name}.", "a.txt", url=f"https://courier.example/{name}") for name in "ab")
    writer.write(Extraction(one, (), subjects=(("sport", 0.9), ("health", 0.4))))
    writer.write(Extraction(other, (), subjects=(("health", 0.8),)))
    sport, health = (("sport", "medtop:15000000"), ("health", "medtop:07000000"))
    assert subjects_of(db) == [(one.url, *sport, 0.9), (one.url, *health, 0.4), (other.url, *health, 0.8)]
    writer.write(Extraction(replace(one, text="Text a, again."), (), subjects=(("health", 0.7),)))
    assert subjects_of(db) == [(one.url, *health, 0.7), (other.url, *health, 0.8)]
    db.execute("DELETE FROM articles WHERE url = ?", [one.url])
    assert subjects_of(db) == [(other.url, *health, 0.8)]
    db.close()
