from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from reviewers import ARTICLES, Reader, stored
from told import FULL, WELLS

SHOWN = re.compile(r"<bdi>([^<]*)</bdi></b>[^·]*· (\w+) · confidence ([\d.]+)")


def shown(reader: Reader) -> tuple[str, ...]:
    found = SHOWN.search(reader.page)
    return found.groups() if found else ()


async def test_the_least_sure_comes_first_and_the_next_after_it(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    await reader.get()
    assert "<b>3</b> quotes to review" in reader.page
    assert shown(reader) == ("Stefan Moss", "direct", "0.20")
    await reader.decide()
    assert shown(reader) == ("Ana Cortés", "direct", "0.40")
    assert "<b>2</b> quotes to review · <b>1</b> decided" in reader.page
    await reader.decide(act="reject")
    await reader.decide(said_by="none")
    assert "Nothing is left to review" in reader.page
    assert stored(path, "SELECT verdict, decided_by FROM quote_decisions ORDER BY id") == [
        ("accept", "ann"), ("reject", "ann"), ("correct", "ann"),
    ]  # fmt: skip


async def test_a_speaker_is_chosen_or_typed_and_the_kind_corrected(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    await reader.get()
    assert re.findall(r'name="said_by" value="(\w+:[^"]+)"', reader.page) == [
        "person:Stefan Moss", "person:Ana Cortés", "person:Lola Reyne",
    ]  # fmt: skip
    await reader.decide(said_by="person:Ana Cortés", kind="mixed")
    await reader.decide(said_by="typed", typed="Harbour Board", typed_kind="organization")
    sql = """SELECT speakers.name, speakers.kind, quotes.kind, decision FROM quotes
        JOIN speakers ON speakers.id = speaker_id WHERE decision IS NOT NULL ORDER BY quotes.id"""
    assert stored(path, sql) == [
        ("Harbour Board", "organization", "direct", "correct"), ("Ana Cortés", "person", "mixed", "correct"),
    ]  # fmt: skip


async def test_undo_gives_the_last_one_back_to_be_decided_again(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    await reader.get()
    await reader.decide(act="reject")
    answer = await reader.post(reader.form('class="last"'))
    await reader.get(answer.headers["location"].partition("/-/review")[2])
    assert shown(reader) == ("Stefan Moss", "direct", "0.20")
    assert stored(path, "SELECT count(*) FROM quotes WHERE decision IS NULL") == [(3,)]
    await reader.decide()
    assert shown(reader) == ("Ana Cortés", "direct", "0.40")


async def test_the_page_is_nobody_elses_and_keeps_to_a_strict_policy(reviewed: Datasette) -> None:
    answer = await Reader(reviewed).get()
    assert answer.headers["cache-control"] == "private, no-store"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)\s*=", answer.text)


async def test_a_skipped_quote_waits_at_the_end(reviewed: Datasette) -> None:
    reader = Reader(reviewed)
    await reader.get()
    skip = re.search(r'data-key="j" href="[^?]*([^"]*)"', reader.page)[1].replace("&amp;", "&")
    await reader.get(skip)
    assert shown(reader)[0] == "Ana Cortés"
    await reader.decide()
    assert shown(reader)[0] == "Lola Reyne"
    await reader.decide()
    assert "Nothing is left but what you skipped" in reader.page
    await reader.get()
    assert shown(reader)[0] == "Stefan Moss"


@pytest.mark.parametrize(("query", "first", "left"), [
    ("?speaker=3", "Lola Reyne", 1), ("?outlet=2", "Lola Reyne", 1), ("?article=1", "Ana Cortés", 2),
])  # fmt: skip
async def test_quotes_are_chosen_by_speaker_outlet_or_article(
    reviewed: Datasette, query: str, first: str, left: int
) -> None:
    reader = Reader(reviewed)
    await reader.get(query)
    assert shown(reader)[0] == first
    assert f"<b>{left}</b> quote" in reader.page
    await reader.decide()
    assert f"<b>{left - 1}</b> quote" in reader.page, "and the choice is kept"


async def test_a_missed_quote_is_marked_and_a_wrong_cut_set_right(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    await reader.get("?article=1")
    text = ARTICLES[0].article.text
    words = "it was over"
    piece = [text.index(words), text.index(words) + len(words), words]
    await reader.decide(act="missed", spans=json.dumps([piece]), kind="indirect", said_by="person:Stefan Moss")
    assert stored(path, "SELECT text, kind FROM quotes WHERE decision = 'add'") == [(words, "indirect")]
    assert shown(reader)[0] == "Ana Cortés", "the quote that was shown still is"
    start = text.index("harbour pier")
    await reader.decide(spans=json.dumps([[start, start + 12, "harbour\npier"]]))
    assert stored(path, "SELECT text, start FROM quotes WHERE decision = 'correct'") == [("harbour pier", start)]


async def test_what_cannot_be_decided_so_is_said(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    await reader.get()
    for fields, why in (
        ({"spans": json.dumps([[0, 5, "other"]])}, "has changed since this page was loaded"),
        ({"spans": "{"}, "This was not decided"),
        ({"spans": "5"}, "This was not decided"),
        ({"act": "missed"}, "mark its words first"),
        ({"said_by": "typed"}, "is empty"),
        ({"said_by": "dog:Rex"}, "choose one of the speakers"),
        ({"kind": "loud"}, "a quote is direct"),
        ({"quote": "0" * 64}, "no quote has this hash"),
        ({"act": "drop"}, "say what is decided"),
    ):  # fmt: skip
        answer = await reader.post(reader.form() | fields)
        assert answer.status_code == 400
        assert why in answer.text
    assert stored(path, "SELECT * FROM quote_decisions") == []


@pytest.mark.parametrize(
    "query", ["?after=nan,1", "?after=x", f"?after=0.1,{'9' * 30}", "?speaker=x&article=&outlet=999", "?speaker=-1"]
)
async def test_addresses_that_ask_for_nonsense_are_answered(reviewed: Datasette, query: str) -> None:
    assert (await Reader(reviewed).get(query)).status_code == 200


@pytest.mark.parametrize("query", ["?quote=x", "?article=999"])
async def test_what_is_not_there_is_not_found(reviewed: Datasette, query: str) -> None:
    assert (await Reader(reviewed).get(query)).status_code == 404


async def test_while_another_process_writes_a_decision_is_refused_and_can_be_sent_again(
    reviewed: Datasette, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(reviewed)
    await reader.get()
    await reader.decide()  # opens the database
    monkeypatch.setattr("quotes.store.database.PATIENCE", 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await reader.post(reader.form())
        assert (answer.status_code, "another process is writing" in answer.text) == (503, True)
        other.execute("ROLLBACK")
    await reader.decide()
    assert stored(path, "SELECT count(*) FROM quote_decisions") == [(2,)]


async def test_an_article_without_quotes_can_be_marked_in(reviewed: Datasette, path: Path) -> None:
    reader = Reader(reviewed)
    for quote in (0, 1):
        await reader.get("?article=1")
        await reader.decide(act="reject" if quote else "accept")
    assert "Everything in this article has been decided" in reader.page
    await reader.decide(spans=json.dumps([[0, 5, FULL[:5]]]), kind="direct", said_by="person:Stefan Moss")
    assert stored(path, "SELECT count(*) FROM quotes WHERE decision = 'add'") == [(1,)]


async def test_offsets_hold_where_lines_end_in_other_ways(reviewed: Datasette, path: Path) -> None:
    text = f"One 😀 line\r\nand “more”\rof it.\r\n\r\n{WELLS}\r\n"
    stored(path, "UPDATE articles SET text = ? WHERE id = 2", text)
    reader = Reader(reviewed)
    await reader.get("?article=2")
    runs = re.findall(r'<span data-at="(\d+)">([^<]*)</span>', reader.page)
    assert runs
    for at, run in runs:
        assert text[int(at) : int(at) + len(run)].replace("\r", "\n") == run


async def test_other_pages_lead_there_and_say_what_was_decided(reviewed: Datasette) -> None:
    reader = Reader(reviewed)
    await reader.get()
    await reader.decide()
    for page, link in (("quotes", "review"), ("article/1", "review?article=1"), ("outlet/1", "review?outlet=1")):
        answer = await reviewed.client.get(f"/quotes/-/{page}")
        assert f'href="/quotes/-/{link}"' in answer.text
    assert "checked by hand" in (await reviewed.client.get("/quotes/-/quotes")).text
