from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import given, settings
from quote_rows import MANY, ROWS, Row, made, refill
from sqlite_utils import Database

from quotes.lexicon.letters import folded
from quotes.plugin.counts.counting import matching
from quotes.plugin.counts.facets import FACETS
from quotes.plugin.counts.quote_columns import read_columns
from quotes.plugin.counts.selection import SORTS, Selection
from quotes.plugin.datasette_compat import configuration
from quotes.plugin.pages.quotes_page import EACH, VALUES, in_order
from quotes.store.database import close_database

ORDERS = {
    "newest": "published DESC, id",
    "oldest": "published IS NULL, published",
    "sure": "confidence DESC, published DESC",
    "unsure": "confidence, published DESC",
}


@pytest.fixture(scope="module")
def rows_db() -> Iterator[Database]:
    db = made()
    yield db
    db.close()


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_orders_are_those_of_sql(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    places = matching(columns, Selection())
    for sort, order in ORDERS.items():
        found = columns.id[in_order(columns, places, sort)].tolist()
        assert sorted(found) == list(range(1, len(rows) + 1)), sort
        fields = order.replace(" DESC", "").replace(", id", "")
        wanted = rows_db.execute(f"SELECT {fields} FROM quotes ORDER BY {order}").fetchall()
        by_id = {row[0]: row[1:] for row in rows_db.execute(f"SELECT id, {fields} FROM quotes")}
        assert [by_id[number] for number in found] == wanted, sort


@given(rows=ROWS)
@settings(max_examples=20, deadline=None)
def test_order_of_a_part_leaves_no_quote_out(rows_db: Database, rows: list[Row]) -> None:
    refill(rows_db, rows)
    columns = read_columns(rows_db.conn)
    places = matching(columns, Selection(chosen=(("kind", 0),)))
    for sort in SORTS:
        assert sorted(in_order(columns, places, sort).tolist()) == places.tolist()


async def page(ds: Datasette, query: str) -> str:
    response = await ds.client.get(f"/quotes/-/quotes{query}")
    assert response.status_code == 200, query
    return str(response.text)


def total(text: str) -> int:
    found = re.search(r'<h2 id="results">([\d,]+)', text)
    assert found
    return int(found[1].replace(",", ""))


def shown(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<blockquote[^>]*><a href="[^"]*#q-(\d+)"', text)]


def panel(text: str, name: str) -> list[tuple[str, int, str]]:
    """Return label, count and link of each value of a facet."""
    start = text.find(f'class="facet facet-{name}"')
    inside = text[start : text.index("</details>", start)] if start >= 0 else ""
    values = re.findall(r'<a href="([^"]*)"[^>]*><bdi>(.*?)</bdi>.*?class="count">([\d,]+)<', inside)
    return [(unescape(label), int(count.replace(",", "")), unescape(href)) for href, label, count in values]


def link(text: str, rel: str) -> str | None:
    found = re.search(rf'<a rel="{rel}" href="/quotes/-/quotes([^"]*)"', text)
    return unescape(found[1]) if found else None


def pages_of(text: str) -> str:
    found = re.search(r"<span>(Page .*?)</span>", text)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, metadata: dict[str, Any]) -> Datasette:
    rows = [
        Row(
            article=n % 11 + 1,
            outlet=n % 12 + 1,
            speaker=n // 12 % 8 + 1 if n % 12 == 0 else n % 4 + 9,
            published=None if n % 10 == 0 else f"2026-{n % 11 + 1:02}-{n % 28 + 1:02}",
            kind=("direct", "indirect", "mixed")[n % 3],
            confidence=n % 101 / 100,
        )
        for n in range(107)
    ]
    path = tmp_path_factory.mktemp("many") / "quotes.db"
    close_database(made(path, rows))
    return Datasette([str(path)], **configuration(metadata))


@pytest.mark.parametrize("sort", [*SORTS, "nonsense", ""])
async def test_pages_together_have_every_quote_once(many: Datasette, sort: str) -> None:
    query: str | None = f"?sort={sort}&kind=direct"
    found: list[list[int]] = []
    while query is not None:
        text = await page(many, query)
        found.append(shown(text))
        assert pages_of(text) == f"Page {len(found)} of 2"
        query = link(text, "next")
    ids = [number for numbers in found for number in numbers]
    assert [len(numbers) for numbers in found] == [EACH, total(text) - EACH]
    assert len(set(ids)) == len(ids) == total(text) == 36


async def test_sure_quotes_come_first_on_the_page(many: Datasette) -> None:
    for sort, is_falling in (("sure", True), ("unsure", False)):
        sure = re.findall(r"confidence ([\d.]+)<", await page(many, f"?sort={sort}"))
        assert sure == sorted(sure, reverse=is_falling) and len(set(sure)) > 1


async def test_newest_come_first_and_quotes_without_a_day_last(many: Datasette) -> None:
    for sort in ("newest", "oldest"):
        days = re.findall(r'<time datetime="([^"]+)"', await page(many, f"?sort={sort}"))
        assert days == sorted(days, reverse=sort == "newest") and len(days) == EACH
        assert not re.findall(r"<time", await page(many, f"?sort={sort}&page=6"))


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("6", 6), ("7", 6), ("99999999", 6), ("0", 1), ("00", 1), ("-1", 1), ("abc", 1), ("２", 1), ("1.5", 1)],
)
async def test_page_that_is_not_there(many: Datasette, asked: str, number: int) -> None:
    text = await page(many, f"?page={asked}")
    assert pages_of(text) == f"Page {number} of 6"
    assert shown(text) == shown(await page(many, f"?page={number}"))
    following = link(text, "next")
    assert following == (f"?page={number + 1}" if number < 6 else None)


async def test_way_back_leads_to_the_page_before(many: Datasette) -> None:
    second = await page(many, "?sort=sure&page=2")
    before = link(second, "prev")
    assert before is not None
    assert shown(await page(many, before)) == shown(await page(many, "?sort=sure"))


@pytest.mark.parametrize("query", ["", "?kind=direct", "?q=ferry", "?speaker=0", "?topic=1&since=2026-03-03"])
async def test_each_value_leads_to_as_many_quotes_as_it_says(ds: Datasette, query: str) -> None:
    text = await page(ds, query)
    taken_back = set(re.findall(r'class="is-chosen"><a href="[^"]*"[^>]*><bdi>(.*?)<', text))
    values = [value for name in FACETS for value in panel(text, name)]
    assert values
    for label, count, href in values:
        if label in taken_back:
            assert count == total(text)
        else:
            assert total(await page(ds, href.removeprefix("/quotes/-/quotes"))) == count, (label, href)


@pytest.mark.parametrize("name", ["speaker", "outlet", "kind", "act", "via"])
async def test_facet_on_the_page_counts_what_sql_counts(ds: Datasette, database_path: Path, name: str) -> None:
    column = {"speaker": "speakers.name", "outlet": "outlets.name", "via": "via.name"}.get(name, f"quotes.{name}")
    sql = f"""
    SELECT {column} AS value, count(*) FROM quotes LEFT JOIN speakers ON speakers.id = speaker_id
    LEFT JOIN outlets ON outlets.id = quotes.outlet_id LEFT JOIN outlets AS via ON via.id = via_id
    WHERE quotes.published >= '2026-03-04' GROUP BY 1 HAVING value IS NOT NULL
    """
    with sqlite3.connect(database_path) as connection:
        expected = dict(connection.execute(sql).fetchall())
    values = panel(await page(ds, f"?since=2026-03-04&more={name}"), name)
    assert {label: count for label, count, _ in values} == expected
    assert [count for _, count, _ in values] == sorted(expected.values(), reverse=True)


async def test_quotes_are_chosen_by_what_articles_show_of_gender(ds: Datasette, database_path: Path) -> None:
    sql = """SELECT coalesce(gender, 'not shown'), count(*) FROM quotes
    LEFT JOIN (SELECT id, gender FROM speakers) AS s ON s.id = speaker_id GROUP BY 1"""
    with sqlite3.connect(database_path) as connection:
        expected = dict(connection.execute(sql.replace("coalesce(gender", "coalesce(s.gender")).fetchall())
    assert expected.keys() == {"woman", "man", "not shown"}
    assert {label: count for label, count, _ in panel(await page(ds, ""), "gender")} == expected
    assert total(await page(ds, "?gender=woman")) == expected["woman"]


async def test_more_shows_all_values(many: Datasette) -> None:
    few = await page(many, "?kind=direct")
    assert len(panel(few, "speaker")) == VALUES
    assert 'href="/quotes/-/quotes?kind=direct&amp;more=speaker"' in few
    every = await page(many, "?kind=direct&more=speaker")
    assert len(panel(every, "speaker")) > VALUES
    assert panel(every, "speaker")[:VALUES] == panel(few, "speaker")
    assert "more=speaker" not in every.split("</h1>")[1]


@pytest.mark.parametrize("number", range(1, 13))
async def test_chosen_value_is_marked_and_can_be_taken_back(many: Datasette, number: int) -> None:
    text = await page(many, f"?speaker={number}")
    chosen = re.findall(r'class="is-chosen"><a href="([^"]*)" aria-current="true"[^>]*><bdi>(.*?)<', text)
    assert chosen == [("/quotes/-/quotes", f"Speaker {number}")]
    counts = {label: count for label, count, _ in panel(text, "speaker")}
    assert counts[f"Speaker {number}"] == total(text) > 0
    assert len(counts) in (VALUES, VALUES + 1)  # with the chosen one at the end, if few have it


async def test_chosen_value_without_quotes_hides_no_other(many: Datasette) -> None:
    # As many speakers as a panel shows have quotes in outlet 1; none of them is number 9.
    assert len(panel(await page(many, "?outlet=1&more=speaker"), "speaker")) == VALUES
    text = await page(many, "?outlet=1&speaker=9")
    every = {label for label, _, _ in panel(await page(many, "?outlet=1&more=speaker"), "speaker")}
    there = {label for label, _, _ in panel(text, "speaker")}
    assert every <= there or "more=speaker" in text


@pytest.mark.parametrize("name", FACETS)
async def test_value_that_no_quote_has(ds: Datasette, name: str) -> None:
    facet = FACETS[name]
    value = facet.words[-1] if facet.words else "2099-01" if name == "month" else "2147483647"
    text = await page(ds, f"?{name}={value}&until=1999-12-31")
    assert total(text) == 0 and "No quote is like that" in text
    assert [count for _, count, _ in panel(text, name)] == [0]


async def test_database_without_quotes(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    close_database(made(path))
    ds = Datasette([str(path)])
    for query in ("", "?q=x", "?page=3", "?sort=oldest", "?sort=sure", "?speaker=1&more=speaker", "?topic=1"):
        assert total(await page(ds, query)) == 0


def words_of(pairs: Iterable[tuple[int, str]], *words: str) -> set[int]:
    return {number for number, text in pairs if all(word in text.lower() for word in words)}


async def test_search_finds_words_whatever_marks_are_among_them(ds: Datasette, database_path: Path) -> None:
    with sqlite3.connect(database_path) as connection:
        pairs = connection.execute("SELECT id, text || ' ' || coalesce(mention, '') FROM quotes").fetchall()
    assert set(shown(await page(ds, "?q=warned+ferry"))) == words_of(pairs, "warned", "ferry")
    assert set(shown(await page(ds, "?q=%22the+ferry%22"))) == words_of(pairs, "the ferry")
    for odd in ("%22", "*", "AND", "(", "a:b", "%00", "-x", "%E2%80%9C", "^", "NEAR(a+b)", "%F0%9F%9A%A2", "%ff"):
        await page(ds, f"?q={odd}")


async def test_hostile_names_and_words_show_as_text(ds: Datasette) -> None:
    text = await page(
        ds, "?q=%3Cscript%3Ealert(9)%3C/script%3E&more=%3Cscript%3E&sort=%22%3E%3Cscript%3E&since=%3Cb%3E"
    )
    assert "<script>alert" not in text and "<b>" not in text
    assert "<b>" not in " ".join(re.findall(r"<bdi>דנה.*?</bdi>", await page(ds, "")))


async def test_exports_hold_all_quotes(tmp_path: Path, metadata: dict[str, Any]) -> None:
    path = tmp_path / "quotes.db"
    close_database(made(path, [Row(outlet=1, speaker=1, wordings=(1,), published="2026-03-01")] * 300))
    ds = Datasette([str(path)], **configuration(metadata))
    for place in ("/quotes/-/quotes", "/quotes/-/quotes?outlet=1", "/quotes/-/outlet/1", "/quotes/-/speaker/1",
                  "/quotes/-/wording/1"):  # fmt: skip
        text = (await ds.client.get(place)).text
        (as_json,) = re.findall(r'href="([^"]+\.json[^"]*)"', text)
        (as_csv,) = re.findall(r'href="([^"]+\.csv[^"]*)"', text)
        assert len((await ds.client.get(unescape(as_json))).json()["rows"]) == 300, place
        assert (await ds.client.get(unescape(as_csv))).text.count("\r\n") == 301, place


async def test_facet_that_has_more_than_can_be_shown_says_so(many: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.plugin.pages.quotes_page.MORE_VALUES", 10)
    assert "The 10 that most quotes have." in await page(many, "?more=outlet")
    assert "The 10 that most quotes have." in await page(many, "?more=outlet&outlet=12")  # and the chosen one
    assert "that most quotes have." not in await page(many, "?more=kind")


async def test_quotes_of_articles_on_a_subject(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    close_database(made(path, [Row(article=2), Row(article=MANY), Row(article=MANY)]))
    datasette = Datasette([str(path)])
    assert "subject 5" in await page(datasette, "")
    assert total(await page(datasette, "?subject=5")) == 1
    assert total(await page(datasette, "?subject=0")) == 2


async def test_topic_none_is_of_articles_without_topics(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    close_database(made(path, [Row(article=1), Row(article=MANY), Row(article=MANY)]))
    assert total(await page(Datasette([str(path)]), "?topic=0")) == 2


async def test_description_that_found_a_quote_is_on_its_card(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    db = made(path, [Row(speaker=1), Row(speaker=1)])
    sql = "UPDATE quotes SET mention = ?, mention_kind = ?, mention_start = 0 WHERE id = ?"
    for number, (mention, kind) in enumerate((("he", "pronoun"), ("the <b>spokesman</b>", "description")), 1):
        db.execute(sql, [mention, kind, number])
    close_database(db)
    text = await page(Datasette([str(path)]), "?q=spokesman")
    assert shown(text) == [2]
    assert "called “<bdi>the &lt;b&gt;spokesman&lt;/b&gt;</bdi>”" in text
    assert "called" not in await page(Datasette([str(path)]), "?q=he")


async def test_plain_letters_find_others_on_the_page_in_the_table_and_in_the_query(
    tmp_path: Path, metadata: dict[str, Any]
) -> None:
    path = tmp_path / "quotes.db"
    texts = ("“We met in Łódź,”", "“We met in Lodz,”", "“It was ﬁnally over,”")
    db = made(path, [Row(text=text) for text in texts])
    db.conn.executemany("UPDATE quotes SET folded = ? WHERE text = ?", [(folded(text), text) for text in texts])
    db.conn.commit()
    close_database(db)
    ds = Datasette([str(path)], **configuration(metadata))
    for words, expected in (("lodz", {1, 2}), ("LODZ met", {1, 2}), ("finally", {3})):
        assert set(shown(await page(ds, f"?q={words}"))) == expected
        for address in (f"quotes.json?_shape=array&_search={words}", f"search_quotes.json?_shape=array&q={words}"):
            rows = (await ds.client.get(f"/quotes/{address}")).json()
            assert {row.get("id") or row["quote_id"] for row in rows} == expected, address
    assert set(shown(await page(ds, "?q=Łódź"))) == {1, 2}
    (table,) = {unescape(link) for link in re.findall(r'href="(/quotes/quotes\?[^"]+)"', await page(ds, "?q=Łódź"))}
    assert "2 rows" in (await ds.client.get(table)).text, "it searches as the page does"
