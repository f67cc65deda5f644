"""The queries of metadata.yml, on rows that tell right answers from wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from datasette.app import Datasette
from plugin.conftest import METADATA
from quote_rows import Row, made, refill

from quotes.plugin.datasette_compat import configuration
from quotes.store.database import close_database

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[tuple[Any, Ask]]:
    """A database that a test fills, and what a query of it answers."""
    path = tmp_path / "quotes.db"
    db = made(path)
    ds = Datasette([str(path)], **configuration(yaml.safe_load(METADATA.read_text(encoding="utf-8"))))

    async def answer(name: str, **parameters: str) -> list[dict[str, Any]]:
        response = await ds.client.get(f"/quotes/{name}.json?" + urlencode({"_shape": "array", **parameters}))
        assert response.status_code == 200, response.text
        return list(response.json())

    yield db, answer
    close_database(db)


async def test_large_database_is_asked_about_a_week(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    days = ["2026-02-01", "2026-02-28", "2026-03-01", "2026-03-07", "2099-12-28"]
    refill(db, [Row(speaker=1, published=day) for day in days], first=300_000)

    async def found(**parameters: str) -> list[str]:
        return sorted(row["published"] for row in await answer("outlet_on_speaker", **parameters))

    assert await found() == ["2026-03-01", "2026-03-07", "2099-12-28"]
    assert await found(until="2026-03-06") == ["2026-02-28", "2026-03-01"]
    assert await found(since="2026-02-01", until="2026-02-28") == ["2026-02-01", "2026-02-28"]
    assert await found(until="2100-01-01") == ["2026-03-01", "2026-03-07", "2099-12-28"]
    assert await found(until="2099-01-01") == ["2026-03-01", "2026-03-07"]
    assert await found(until="soon") == ["2026-03-01", "2026-03-07", "2099-12-28"]
    refill(db, [Row(speaker=1, published=day) for day in days])
    assert await found() == days
    assert await found(until="2026-02-28") == ["2026-02-01", "2026-02-28"]


async def test_few_rows_are_the_first_of_many(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    refill(db, [Row(speaker=1, published="2026-03-01") for _ in range(80)])
    for rows in ("", "0", "-1", "many"):
        assert len(await answer("search_quotes", rows=rows)) == 50
    every = await answer("search_quotes", rows="100")
    assert [row["quote_id"] for row in every] == list(range(1, 81))
    assert await answer("search_quotes", rows="3") == every[:3]


async def test_nothing_comes_through_its_own_outlet(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    with db.conn:
        db.execute("UPDATE articles SET agency_id = 2 WHERE id IN (1, 2)")
        db.execute("UPDATE articles SET outlet_id = 2 WHERE id = 1")
        db.execute("UPDATE articles SET outlet_id = 1 WHERE id = 2")
    refill(db, [Row(article=1, outlet=2), Row(article=2, outlet=1), Row(article=3, outlet=3, via=3),
                Row(article=3, outlet=3, via=2)])  # fmt: skip
    assert [row["quote_id"] for row in await answer("through_others")] == [2, 4]
    assert [row["quote_id"] for row in await answer("through_others", through="Outlet 2")] == [2, 4]


async def test_who_printed_first_by_the_day_of_the_first(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    days = ("2026-01-01", "2026-02-03", None)
    refill(db, [Row(outlet=n, published=day, wordings=(2,)) for n, day in enumerate(days, 1)])
    with db.conn:
        db.execute("UPDATE wordings SET outlets = 0 WHERE id <> 2")
        db.execute("UPDATE wordings SET first_published = '2026-01-01', last_published = '2026-02-03' WHERE id = 2")
    firsts = {row["outlet"]: (row["first"], row["percent_first"]) for row in await answer("first_to_print")}
    assert firsts == {"Outlet 1": (1, 100.0), "Outlet 2": (0, 0.0), "Outlet 3": (0, 0.0)}
    assert await answer("first_to_print", since="2026-01-01", until="2026-01-31")
    assert not await answer("first_to_print", since="2026-02-01")


async def test_pair_is_told_once(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    refill(db, [Row(article=1, speaker=n) for n in (4, 5, 8)])  # persons and organizations
    pairs = {(row["speaker_id"], row["other_id"]) for row in await answer("quoted_together")}
    assert pairs == {(4, 5), (4, 8), (5, 8)}
    assert len(await answer("quoted_together", speaker="Speaker")) == 3
    pairs = {(row["speaker_id"], row["other_id"]) for row in await answer("quoted_together", speaker="Speaker 8")}
    assert pairs == {(8, 4), (8, 5)}


async def test_roles_of_a_speaker_by_any_of_their_names(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    with db.conn:
        for number, (name, role) in enumerate((("Speaker 4", "mayor"), ("Four", "minister")), 1):
            db.execute(
                "INSERT INTO speaker_names VALUES (?, 4, ?, ?, 'person', ?, '', '', '')",
                (number, name, role, name.lower()),
            )
    refill(db, [Row(speaker=4), Row(speaker=4)])
    with db.conn:
        db.execute("UPDATE quotes SET name_id = id")
    for name in ("", "Speaker 4", "Four"):
        assert {row["role"] for row in await answer("changing_roles", speaker=name)} == {"mayor", "minister"}, name
    assert not await answer("changing_roles", speaker="Speaker 5")


async def test_sayings_of_most_outlets_come_first(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    refill(db, [Row(speaker=4, wordings=(2,)), Row(speaker=5, wordings=(2,)), Row(speaker=4, wordings=(3,)),
                Row(speaker=8, wordings=(3,))])  # fmt: skip
    with db.conn:
        db.execute("UPDATE wordings SET speakers = 2, outlets = id WHERE id IN (2, 3)")
    assert [row["wording_id"] for row in await answer("different_speakers")] == [3, 3, 2, 2]
    assert [row["wording_id"] for row in await answer("different_speakers", sayings="1")] == [3, 3]


async def test_speakers_on_the_topic_of_most_articles(ask: tuple[Any, Ask]) -> None:
    db, answer = ask
    refill(db, [Row(article=1, speaker=4), Row(article=2, speaker=5), Row(article=12, speaker=8)])
    with db.conn:
        db.execute("DELETE FROM article_topics")
        pairs = [(1, 1), (2, 1), (12, 2)]
        db.conn.executemany("INSERT INTO article_topics (article_id, topic_id) VALUES (?, ?)", pairs)
    assert [row["speaker"] for row in await answer("speakers_on_topic")] == ["Speaker 4", "Speaker 5"]
    assert [row["speaker"] for row in await answer("speakers_on_topic", topic="topic 2")] == ["Speaker 8"]
