from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from sqlite_utils import Database

import quotes
from quotes.errors import DatabaseError
from quotes.ingest.run import Report, ingest
from quotes.linking.links import Linking
from quotes.pipeline.quotation.statements import QuotationFinder
from quotes.reading import ReadOptions, articles
from quotes.reading.formats.text import parse
from quotes.reading.parsing import parse_document
from quotes.records import Article, Quote
from quotes.store.database import close_database, open_database
from quotes.store.status import to_retry

SAMPLES = Path(quotes.__file__).parent / "samples"
Write = Callable[[str, str], Path]
PIER = "Pier to be rebuilt\n\nAna Cortés, the mayor, spoke on Monday.\n\n“We will rebuild the pier,” Cortés said.\n"
FERRY = "Ferry to be sold\n\nBo Lind, the owner, spoke on Tuesday.\n\n“We will sell the ferry,” Lind said.\n"

pytestmark = pytest.mark.usefixtures("one_pipeline")


def run(db: Database, *paths: Path, outlet: str | None = None) -> Report:
    return ingest(articles(map(str, paths), ReadOptions(outlet=outlet)), db, workers=0, outlet_given=outlet is not None)


def content(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but `ingests`."""
    names = [name for name in db.table_names() if name not in ("ingests", "sqlite_stat1")]
    return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


@pytest.fixture
def samples(sample_db: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of the sample database."""
    db = open_database(shutil.copy(sample_db, tmp_path / "copy.db"))
    yield db
    close_database(db)


# -- the sample articles, from end to end


def test_every_sample_article_goes_in(samples: Database) -> None:
    assert samples.table("articles").count == 14
    (row,) = samples.query("SELECT * FROM ingests")
    assert (row["articles"], row["failed"]) == (14, 0)
    assert row["quotes"] == samples.table("quotes").count >= 14
    assert row["finished"] is not None
    assert samples.table("ingest_failures").count == 0
    assert samples.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert samples.execute("PRAGMA foreign_key_check").fetchall() == []


def test_who_said_what_in_the_samples(samples: Database) -> None:
    hits = samples.execute(
        "SELECT DISTINCT speaker, speaker_kind FROM who_said_what WHERE said LIKE '%does not set rates by telephone%'"
        " AND outlet IN ('Calder Business Ledger', 'Eastern Lantern')"
    ).fetchall()
    assert hits == [("Ines Cordray", "person")]
    assert samples.execute("SELECT max(outlets) FROM shared_wordings").fetchone()[0] >= 2


def test_every_offset_in_the_samples_leads_to_its_words(samples: Database) -> None:
    pieces: dict[int, list[str]] = {}
    for quote_id, piece in samples.execute(
        'SELECT quotes.id, substr(articles.text, spans.start + 1, spans."end" - spans.start)'
        " FROM quote_spans AS spans JOIN quotes ON quotes.id = quote_id JOIN articles ON articles.id = article_id"
        " ORDER BY quotes.id, n"
    ):
        pieces.setdefault(quote_id, []).append(piece)
    stored = dict(samples.execute("SELECT id, text FROM quotes").fetchall())
    assert {quote_id: " ".join(parts) for quote_id, parts in pieces.items()} == stored
    for name in ("cue", "mention"):
        wrong = samples.execute(
            f"SELECT quotes.id FROM quotes JOIN articles ON articles.id = article_id"
            f" WHERE {name} <> substr(articles.text, {name}_start + 1, length({name}))"
        )
        assert wrong.fetchall() == []
    texts = {path.read_bytes().decode() for path in SAMPLES.glob("*.txt")}
    assert {text for (text,) in samples.execute("SELECT text FROM articles")} == texts, "not a character is changed"


def test_to_ingest_again_changes_nothing(samples: Database) -> None:
    before = content(samples)
    report = run(samples, SAMPLES)
    assert (report.new, report.updated, report.unchanged, report.quotes) == (0, 0, 14, 0)
    assert content(samples) == before
    assert samples.execute("SELECT articles, quotes, failed FROM ingests WHERE id = 2").fetchall() == [(0, 0, 0)]


def test_a_fresh_database_gets_the_same_hashes(samples: Database, db: Database) -> None:
    run(db, SAMPLES)
    hashes = [{row["hash"] for row in each.query("SELECT hash FROM quotes")} for each in (db, samples)]
    assert hashes[0] == hashes[1]


# -- what changes, and what is told


def test_an_edited_article_is_updated(db: Database, write_file: Write) -> None:
    address = "---\nurl: https://harbourcourier.example/pier\n---\n"
    path = write_file("pier.txt", address + PIER)
    assert run(db, path).new == 1
    path.write_text(address + PIER + "\n“It will cost nothing,” she added.\n", encoding="utf-8")
    report = run(db, path)
    assert (report.new, report.updated, report.unchanged) == (0, 1, 0)
    assert db.table("article_versions").count == 1
    assert db.execute("SELECT count(*) FROM quotes WHERE text LIKE '%cost nothing%'").fetchone() == (1,)


def test_given_outlet(db: Database, write_file: Write) -> None:
    run(db, write_file("pier.txt", PIER))
    run(db, write_file("ferry.txt", FERRY), outlet="Harbour Courier")
    sql = "SELECT title, outlets.name FROM articles LEFT JOIN outlets ON outlets.id = outlet_id ORDER BY articles.id"
    assert db.execute(sql).fetchall() == [("Pier to be rebuilt", None), ("Ferry to be sold", "Harbour Courier")]
    run(db, write_file("pier.txt", PIER), outlet="Harbour Courier")
    assert db.execute(sql).fetchall()[0] == ("Pier to be rebuilt", "Harbour Courier")
    assert db.execute("SELECT count(*) FROM quotes WHERE outlet_id IS NULL").fetchone() == (0,)


def test_progress_is_told_after_each_file(db: Database, write_file: Write) -> None:
    told: list[int] = []
    paths = [write_file("a.txt", PIER), write_file("b.txt", ""), write_file("c.txt", FERRY)]
    ingest(
        articles(map(str, paths)), db, workers=0, advance=lambda report: told.append(report.new + len(report.failures))
    )
    assert told == [1, 2, 3]


def test_files_are_taken_one_after_the_other(db: Database, write_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a million files must not be in memory at once."""
    monkeypatch.setattr("quotes.ingest.workers.BATCH", 2)
    path = write_file("pier.txt", PIER)
    taken: list[int] = []
    ahead: list[int] = []

    def endless() -> Iterator[Any]:
        for n in range(7):
            taken.append(n)
            yield from articles([str(path)])

    ingest(endless(), db, workers=0, advance=lambda report: ahead.append(len(taken) - report.new - report.unchanged))
    assert len(ahead) == 7
    assert max(ahead) <= 2


# -- what fails


def failures(db: Database) -> list[tuple[str, str, str]]:
    return db.execute("SELECT source, stage, error FROM ingest_failures ORDER BY id").fetchall()


def test_a_broken_file_costs_nothing_else(db: Database, write_file: Write) -> None:
    good = [write_file("a.txt", PIER), write_file("c.txt", FERRY)]
    bad = write_file("b.txt", "---\ndate: the other day\n---\n" + PIER)
    report = run(db, good[0], bad, bad.with_name("none.txt"), good[1])
    assert (report.new, len(report.failures)) == (2, 2)
    stored = failures(db)
    assert [(source, stage) for source, stage, _ in stored] == [
        (str(bad), "read"),
        (str(bad.with_name("none.txt")), "read"),
    ]
    assert "write YYYY-MM-DD" in stored[0][2]
    assert "no such file" in stored[1][2]
    assert db.execute("SELECT articles, failed FROM ingests").fetchall() == [(2, 2)]


def fail_on_the_ferry(text: str) -> None:
    if "Bo Lind" in text:
        raise ValueError("first line\nsecond line")


@pytest.fixture
def failing_component(nlp: Language) -> Iterator[None]:
    def component(doc: Doc) -> Doc:
        fail_on_the_ferry(doc.text)
        return doc

    Language.component("fails_on_the_ferry", func=component)
    nlp.add_pipe("fails_on_the_ferry", first=True)
    yield
    nlp.remove_pipe("fails_on_the_ferry")


@pytest.fixture
def failing_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(text: str, *given: Any, **told: Any) -> Article:
        fail_on_the_ferry(text)
        return parse(text, *given, **told)

    monkeypatch.setattr("quotes.reading.parsing.parse", read)
    monkeypatch.setattr("quotes.reading.sources.article_of", parse_document)  # in this process


@pytest.fixture
def failing_store(monkeypatch: pytest.MonkeyPatch) -> None:
    working = Linking.columns

    def columns(linking: Linking, quote: Quote, article: Article) -> dict[str, int | None]:
        fail_on_the_ferry(article.text)
        return working(linking, quote, article)

    monkeypatch.setattr(Linking, "columns", columns)


@pytest.mark.parametrize(
    ("place", "stage"),
    [("failing_reader", "read"), ("failing_component", "fails_on_the_ferry"), ("failing_store", "store")],
)
def test_a_fault_of_ours_costs_one_article_at_most(
    db: Database, write_file: Write, request: pytest.FixtureRequest, place: str, stage: str
) -> None:
    """Wherever it happens, it is recorded in one line, and the rest goes in; after reading the article's text does."""
    request.getfixturevalue(place)
    bad = write_file("b.txt", FERRY)
    report = run(db, write_file("a.txt", PIER), bad, write_file("c.txt", PIER + "The end.\n"))
    lost = stage == "read"
    assert (report.new, report.lost, report.incomplete, report.done) == (3 - lost, lost, not lost, 3)
    assert db.table("articles").count == report.new
    ((source, found_stage, error),) = failures(db)
    assert (source, found_stage) == (str(bad), stage)
    assert "ValueError: first line second line" in error
    assert not error.startswith(source), "the source has a column of its own"
    assert db.execute("SELECT articles, failed FROM ingests").fetchall() == [(report.new, 1)]


def test_what_a_failing_component_leaves(db: Database, write_file: Write, failing_component: None) -> None:
    """The article is in with what the others found; who looks at it can tell what it lacks."""
    report = run(db, write_file("b.txt", FERRY))
    assert (report.new, report.quotes, report.incomplete) == (1, 1, 1)
    assert db.execute("SELECT text, name FROM quotes JOIN speakers ON speakers.id = speaker_id").fetchall() == [
        ("“We will sell the ferry,”", "Bo Lind")
    ]
    ((title, stage, pipeline, version),) = db.execute(
        "SELECT title, stage, ingest_failures.pipeline, articles.pipeline FROM ingest_failures"
        " JOIN articles ON articles.id = article_id WHERE resolved IS NULL"
    ).fetchall()
    assert (title, stage) == ("Ferry to be sold", "fails_on_the_ferry")
    assert pipeline == version == quotes.pipeline.version()


def test_an_incomplete_article_is_completed_when_it_is_read_again(
    db: Database, write_file: Write, nlp: Language
) -> None:
    good, bad = write_file("a.txt", PIER), write_file("b.txt", FERRY)
    again = write_file("again.txt", FERRY)

    def fail(doc: Doc) -> Doc:
        fail_on_the_ferry(doc.text)
        return doc

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuotationFinder, "__call__", lambda self, doc: fail(doc))
        run(db, good, bad, again)
        assert db.execute("SELECT count(*) FROM quotes").fetchone() == (0,)
        assert run(db, bad).incomplete == 1, "it is tried again, and fails again"
    assert [sources for _, sources in to_retry(db)] == [[str(bad)]], "the article once, however often it came"
    report = run(db, bad, again)
    assert (report.new, report.updated, report.unchanged, report.incomplete) == (0, 1, 1, 0)
    assert db.execute("SELECT count(*) FROM quotes").fetchone() == (1,)
    assert db.execute("SELECT count(*) FROM ingest_failures WHERE resolved IS NULL").fetchone() == (0,)
    assert db.table("article_versions").count == 0
    assert list(to_retry(db)) == []
    assert run(db, bad).unchanged == 1


def test_what_sqlite_can_not_hold_costs_one_article(db: Database, write_file: Write) -> None:
    bad = write_file("a.txt", f'---\ntitle: "half of a pair: \\ud800"\n---\n{PIER}')
    report = run(db, bad, write_file("b.txt", FERRY))
    assert (report.new, len(report.failures)) == (1, 1)
    assert "\n" not in report.failures[0].error


# -- a database that can't be written


def test_a_locked_database(tmp_path: Path, write_file: Write) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path, on_wait=lambda seconds: False)
    with sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="locked") as raised:
            run(db, write_file("a.txt", PIER))
    assert "\n" not in str(raised.value)
    db.close()


def test_a_database_that_is_locked_half_way(tmp_path: Path, write_file: Write) -> None:
    path = tmp_path / "quotes.db"
    db = open_database(path, on_wait=lambda seconds: False)
    other = sqlite3.connect(path)
    files = [str(write_file("a.txt", PIER)), str(write_file("b.txt", FERRY))]
    with pytest.raises(DatabaseError, match="safe"):
        ingest(articles(files), db, workers=0, advance=lambda _: other.execute("BEGIN IMMEDIATE"))
    other.close()
    assert db.execute("SELECT title FROM articles").fetchall() == [("Pier to be rebuilt",)]
    close_database(db)


def test_a_database_that_may_not_be_written(tmp_path: Path, write_file: Write) -> None:
    close_database(open_database(tmp_path / "quotes.db"))
    db = Database(sqlite3.connect(f"{(tmp_path / 'quotes.db').as_uri()}?mode=ro", uri=True))
    with pytest.raises(DatabaseError, match="readonly"):
        run(db, write_file("a.txt", PIER))
    db.close()


def test_what_went_in_before_ctrl_c_is_safe(tmp_path: Path, write_file: Write) -> None:
    def interrupt(report: Report) -> None:
        if report.new == 2:
            db.begin()  # the worst of moments: a transaction is open
            db.execute("DELETE FROM quotes")
            raise KeyboardInterrupt

    path = tmp_path / "quotes.db"
    db = open_database(path)
    files = [str(write_file(f"{n}.txt", f"{PIER}{n}\n")) for n in range(4)]
    with pytest.raises(KeyboardInterrupt):
        ingest(articles(files), db, workers=0, advance=interrupt)
    close_database(db)
    db = open_database(path)
    assert db.execute("SELECT articles, quotes, finished IS NOT NULL FROM ingests").fetchall() == [(2, 2, 1)]
    assert db.table("quotes").count == 2
    report = ingest(articles(files), db, workers=0)
    assert (report.new, report.unchanged) == (2, 2)
    close_database(db)
