"""Databases of made-up quotes, row by row, to check against SQL what the pages count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from quotes.records import ACTS, QUOTE_KINDS, SPEAKER_KINDS
from quotes.store.database import open_database

MANY = 12
"""Outlets, speakers, articles, topics and wordings that there are, numbered from 1."""


AGAINST_SQL = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Each try fills a database: to make a failing one smaller takes minutes."""


@dataclass(frozen=True)
class Row:
    """A quote."""

    article: int = 1
    outlet: int | None = None
    speaker: int | None = None
    published: str | None = None
    kind: str = "direct"
    act: str = "say"
    via: int | None = None
    confidence: float = 0.5
    text: str = "“Words,”"
    wordings: tuple[int, ...] = ()
    """Those of its sayings."""


PARENTS = {
    "outlets": ("name, kind", lambda n: (f"Outlet {n}", "newspaper")),
    "speakers": ("name, kind", lambda n: (f"Speaker {n}", SPEAKER_KINDS[n % len(SPEAKER_KINDS)])),
    "topics": ("name", lambda n: (f"topic {n}",)),
    "subjects": ("name, code", lambda n: (f"subject {n}", f"code {n}")),
    "wordings": ("text, outlets", lambda n: (f"Wording {n}", n % 4)),
    "articles": (
        "title, source, language, text, words, sha256, ingested_at, pipeline",
        lambda n: (f"Title {n}", "made", "en", f"Text {n}", 2, f"{n:064}", "2026-03-08T10:00:00Z", "made"),
    ),
}
QUOTE = """
INSERT INTO quotes (id, hash, article_id, outlet_id, speaker_id, published, kind, act, via_id, confidence, text,
                    mention_kind, method, start, "end")
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', 'made', 0, 1)
"""
SAYING = 'INSERT INTO sayings (quote_id, n, text, start, "end", wording_id) VALUES (?, ?, ?, 0, 1, ?)'
TOPICS = {n: [m for m in range(1, MANY + 1) if (n * m) % 5 < 2] for n in range(1, MANY)}
"""Of each article; the last has none."""


def parent(db: Database, table: str, number: int) -> None:
    """Insert what a quote refers to."""
    columns, values = PARENTS[table]
    row = (number, *values(number))
    db.conn.execute(f"INSERT INTO {table} (id, {columns}) VALUES ({', '.join('?' * len(row))})", row)


def made(path: Any = ":memory:", rows: Iterable[Row] = ()) -> Database:
    """Return a new database with everything that quotes refer to, and these quotes."""
    db = open_database(path)
    with db.conn:
        for table in PARENTS:
            for number in range(1, MANY + 1):
                parent(db, table, number)
        pairs = [(article, topic) for article, topics in TOPICS.items() for topic in topics]
        db.conn.executemany("INSERT INTO article_topics (article_id, topic_id) VALUES (?, ?)", pairs)
        pairs = [(article, MANY + 1 - topic) for article, topic in pairs if topic % 4 == 0]
        db.conn.executemany("INSERT INTO article_subjects SELECT ?1, ?2, 0.5, ?2", pairs)
    refill(db, rows)
    return db


def refill(db: Database, rows: Iterable[Row], first: int = 1) -> None:
    """Put these quotes, numbered from `first`, in the place of those that are there."""
    numbered = list(enumerate(rows, first))
    with db.conn:
        db.conn.execute("DELETE FROM quotes")
        db.conn.executemany(QUOTE, ((number, f"{number:064}", *astuple(row)[:-1]) for number, row in numbered))
        said = [(number, n, row.text, wording) for number, row in numbered for n, wording in enumerate(row.wordings)]
        db.conn.executemany(SAYING, said)


DAYS = st.sampled_from(
    ["2026-03-01", "2026-03-02", "2026-03-31", "2025-12-31", "2024-02-29", "1999-01-01", "2026-19-99", "2026-00-07",
     "2026-03-99", "0001-01-01", "9999-12-31", "9999-99-99"]
)  # fmt: skip
NUMBERS = st.integers(1, MANY)
ROWS = st.lists(
    st.builds(
        Row,
        article=NUMBERS,
        outlet=st.none() | NUMBERS,
        speaker=st.none() | NUMBERS,
        published=st.none() | DAYS,
        kind=st.sampled_from(QUOTE_KINDS),
        act=st.sampled_from(ACTS),
        via=st.none() | NUMBERS,
        wordings=st.lists(NUMBERS, max_size=3).map(tuple),
        confidence=st.integers(0, 100).map(lambda percent: percent / 100),
    ),
    max_size=40,
)
