from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from quote_rows import Row, made

from quotes.plugin.counts.counting import matching
from quotes.plugin.counts.facets import FACETS, LARGEST
from quotes.plugin.counts.quote_columns import SOURCES, columns_of
from quotes.plugin.counts.selection import LONGEST, Selection, in_order, selection_of
from quotes.plugin.datasette_compat import configuration
from quotes.records import ACTS, QUOTE_KINDS
from quotes.store.database import close_database

MONTHS = st.builds(lambda year, month: 100 * year + month, st.integers(0, 9999), st.integers(0, 99)).filter(bool)
IDS = st.integers(0, LARGEST)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("speaker", "outlet", "via", "topic", "subject"), IDS),
        "source": st.integers(0, len(SOURCES) - 1),
        "kind": st.integers(0, len(QUOTE_KINDS) - 1),
        "act": st.integers(0, len(ACTS) - 1),
        "month": MONTHS,
    },
)
DAYS = st.just("") | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: " ".join(text.split()))
SELECTIONS = st.builds(Selection, q=WORDS, chosen=CHOSEN.map(in_order), since=DAYS, until=DAYS)


def read(query: str) -> tuple[Selection, list[str]]:
    return selection_of(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)).get)


@given(selection=SELECTIONS)
def test_query_string_says_the_selection_again(selection: Selection) -> None:
    assert read(selection.query()) == (selection, [])
    assert read(selection.query(("sort", "oldest"), ("page", ""))) == (selection, [])


@given(selection=SELECTIONS, name=st.sampled_from([*FACETS, "q", "since", "until"]))
def test_without_takes_back_one_condition_only(selection: Selection, name: str) -> None:
    left = dict(selection.without(name).parameters)
    assert left == {key: text for key, text in selection.parameters if key != name}


@given(selection=SELECTIONS, name=st.sampled_from(sorted(FACETS)), number=st.integers(1, 2))
def test_having_moves_to_one_value_and_back(selection: Selection, name: str, number: int) -> None:
    narrowed = selection.having(name, number)
    assert dict(narrowed.chosen)[name] == number
    assert narrowed.without(name) == selection.without(name)
    assert [facet for facet, _ in narrowed.chosen] == [facet for facet in FACETS if facet in dict(narrowed.chosen)]


@given(texts=st.dictionaries(st.sampled_from([*FACETS, "since", "until", "q", "sort"]), st.text(max_size=30)))
def test_whatever_is_asked_is_taken_or_named(texts: dict[str, str]) -> None:
    selection, senseless = selection_of(texts.get)
    taken = dict(selection.parameters)
    for name, text in texts.items():
        if name == "sort":
            continue
        assert not (name in taken and name in senseless)
        assert not text.strip() or name in taken or name in senseless
    assert read(selection.query()) == (selection, [])
    selection.table_query()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("speaker", "abc"),
        ("speaker", "-1"),
        ("speaker", "1.5"),
        ("speaker", str(LARGEST + 1)),
        ("speaker", "9" * 400),
        ("speaker", "١٢"),
        ("outlet", "²"),
        ("kind", "spoken"),
        ("kind", "0"),
        ("act", "Say"),
        ("source", "speaker"),
        ("month", "2026"),
        ("month", "2026-3"),
        ("month", "0000-00"),
        ("month", "２０２６-03"),
        ("since", "2026-3-1"),
        ("since", "yesterday"),
        ("until", "20260301"),
        ("until", "2026-03-01T00:00"),
    ],
)
def test_senseless_value_is_named(name: str, text: str) -> None:
    assert selection_of({name: text, "kind" if name != "kind" else "act": ""}.get) == (Selection(), [name])


def test_spaces_round_days_and_words_do_not_count() -> None:
    given = {"since": " 2026-03-01 ", "q": "  two \n words ", "until": "  "}
    assert selection_of(given.get) == (Selection(q="two words", since="2026-03-01"), [])


def test_page_without_facets_takes_days_only() -> None:
    given = {"speaker": "5", "kind": "nonsense", "since": "2026-03-01"}
    assert selection_of(given.get, ()) == (Selection(since="2026-03-01"), [])


def test_long_search_is_cut_and_stays_the_same_on_the_next_page() -> None:
    selection, senseless = selection_of({"q": "x" * (LONGEST - 1) + " and more words"}.get)
    assert len(selection.q) <= LONGEST and not senseless
    assert read(selection.query()) == (selection, [])


@pytest.mark.parametrize("odd", ["a&b=c", "50% + 1", "#1", "ü/„x“", "speaker=3", "?", ";", "\u2028x", "a+b"])
def test_words_with_marks_of_query_strings(odd: str) -> None:
    selection = Selection(q=odd, chosen=(("kind", 0),))
    assert read(selection.query())[0].q == " ".join(odd.split())


KINDS_OF_DAYS = [None, "2026-03-01", "2026-03-02", "2026-04-01", "2025-12-31", "2026-19-99", "0001-01-01"]


@pytest.fixture(scope="module")
def rows_ds(tmp_path_factory: pytest.TempPathFactory, metadata: dict[str, Any]) -> Iterator[Datasette]:
    """Quotes in many combinations, some of them with words to search for."""
    words = ("Nobody warned us", "“Warning”, she said", "no-one", "It's the minister's ferry", "ferries AND ferry")
    rows = [
        Row(
            article=n % 12 + 1,
            outlet=n % 4 or None,
            speaker=n % 7 or None,
            published=KINDS_OF_DAYS[n % len(KINDS_OF_DAYS)],
            kind=QUOTE_KINDS[n % 3],
            act=ACTS[n % len(ACTS)],
            via=n % 5 or None,
            text=words[n % len(words)],
        )
        for n in range(90)
    ]
    path: Path = tmp_path_factory.mktemp("rows") / "quotes.db"
    close_database(made(path, rows))
    yield Datasette([str(path)], **configuration(metadata))


async def both_counts(ds: Datasette, query: str) -> tuple[int, int | None]:
    """Return how many quotes the page of cards counts, and how many the table that it leads to; None for no table."""
    response = await ds.client.get(f"/quotes/-/quotes{query}")
    assert response.status_code == 200, query
    heading = re.search(r'<h2 id="results">([\d,]+)', response.text)
    assert heading, query
    selection, _ = read(query)
    table = selection.table_query()
    if table is None:
        assert "Table view" not in response.text
        return int(heading[1].replace(",", "")), None
    table = f"?{table}" if table else ""
    assert f'<a href="/quotes/quotes{table.replace("&", "&amp;")}">Table view</a>' in response.text
    answer = await ds.client.get(f"/quotes/quotes.json{table or '?'}&_nofacet=1&_size=1")
    assert answer.status_code == 200, answer.text[:300]
    return int(heading[1].replace(",", "")), answer.json()["filtered_table_rows_count"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?speaker=1",
        "?speaker=0",
        "?speaker=999",
        "?outlet=2&kind=direct",
        "?outlet=0",
        "?via=0&act=deny",
        "?via=3",
        "?kind=mixed&since=2026-03-01",
        "?kind=direct",
        "?act=say",
        "?month=2026-03",
        "?month=2026-19",
        "?month=2026-03&since=2026-03-02&until=2026-03-31",
        "?source=unresolved",
        "?source=unresolved&outlet=1",
        "?source=unresolved&speaker=1",
        "?since=2026-03-02",
        "?until=2026-03-01",
        "?since=2026-05-01&until=2026-01-01",
        "?since=2026-19-99",
        "?until=9999-99-99",
        "?since=0000-00-01",
        "?since=0000-00-00",
        "?until=0000-00-00",
        "?month=0000-00",
        "?month=0001-01",
    ],
)
async def test_table_page_has_as_many_quotes_as_the_cards(rows_ds: Datasette, query: str) -> None:
    cards, table = await both_counts(rows_ds, query)
    assert cards == table


@pytest.mark.parametrize(
    "words",
    [
        "ferry",
        "FERRY warned",
        "nobody us",
        "us nobody",
        '"warned us"',
        '"us warned"',
        '"warned us" nobody',
        'nobody "warned us',
        "“warned us”",
        "“us warned”",
        "warn*",
        "ferr*",
        "no-one",
        "minister's",
        "AND",
        "OR ferry",
        "NOT",
        "ferry*ies",
        "text:ferry",
        "(ferry",
        "—",
        "ferry —",
        '"',
    ],
)
async def test_table_page_finds_the_same_words(rows_ds: Datasette, words: str) -> None:
    cards, table = await both_counts(rows_ds, Selection(q=words).query())
    assert cards == (table or 0)  # no way to the table where there is nothing to search for


@pytest.mark.parametrize("query", ["?topic=1", "?source=person", "?source=document&outlet=1", "?topic=0"])
async def test_no_table_where_it_has_no_such_filter(rows_ds: Datasette, query: str) -> None:
    assert (await both_counts(rows_ds, query))[1] is None


async def test_table_page_has_the_same_quotes(rows_ds: Datasette) -> None:
    columns = await columns_of(rows_ds.get_database("quotes"))
    for query in ("?speaker=0&kind=mixed", "?month=2026-03&outlet=1", "?since=2026-01-01&via=0", "?source=unresolved"):
        selection, _ = read(query)
        answer = await rows_ds.client.get(f"/quotes/quotes.json?{selection.table_query()}&_shape=array&_size=max")
        ids = {row["id"] for row in answer.json()}
        assert ids and ids == set(columns.id[matching(columns, selection)].tolist()), query


async def test_senseless_values_are_named_on_the_page(rows_ds: Datasette) -> None:
    response = await rows_ds.client.get("/quotes/-/quotes?speaker=x&month=no&since=never&kind=direct")
    assert response.status_code == 200
    assert "Not understood, and left out: speaker, month, since." in response.text
