"""A database whose words are hard on other people's formats."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from export_rows import fill
from sqlite_utils import Database

from quotes.export.quote_selection import Selection, snapshot
from quotes.export.source_networks import Network
from quotes.export.writers import export
from quotes.records import Article, Extraction, Mention, Outlet, Quote, Speaker
from quotes.store.database import open_database
from quotes.store.writing import Writer

COURIER = Outlet("Zorran Courier & Sons", "courier.example", "newspaper")
ANA = Speaker("Ana Cortés", "person", "mayor", "woman", ("she",))
BO = Speaker("Bo \x02Lind <b>", "person")
OFFICIAL = Speaker("a harbour official", "unnamed")

Export = Callable[..., Any]


def quote(text: str, words: str, speaker: Speaker | None, confidence: float = 0.9, **more: Any) -> Quote:
    """A quote of these words, which stand in a text; `…` parts its pieces."""
    spans = tuple((text.index(piece), text.index(piece) + len(piece)) for piece in words.split(" … "))
    kind = more.pop("kind", "direct")
    joined = " ".join(text[start:end] for start, end in spans)
    return Quote(kind, spans, joined, speaker=speaker, confidence=confidence, method="test", **more)


FIRST = "🚢 — “=1+1 is two,” she said, “and {braces} cost 5% & more_or_less.”\r\n“-2,” said Bo Lind.\r\nThe end."
SECOND = "“Łódź, ﬁnally,” said Ana Cortés.\n\nAn official said that\x0b the pier\rwould close.\n"


@pytest.fixture
def filled(db: Database) -> Database:
    """Two articles of one outlet, one without an address, a date, an outlet."""
    said = Mention("said", FIRST.index("said"), FIRST.index("said") + 4)
    articles = (
        Extraction(
            Article(FIRST, "news/first.txt", title="Pier: 100% {closed} #1", byline="Lena Marsh and Joe Roe",
                    published="2025-03-04", url="https://courier.example/pier_1?a=1&b={2}", outlet=COURIER),
            (
                quote(FIRST, "“=1+1 is two,” … “and {braces} cost 5% & more_or_less.”", ANA, cue=said),
                quote(FIRST, "“-2,”", BO, 0.4),
            ),
        ),
        Extraction(
            Article(SECOND, "news/a: ł.txt", title="Second", published="2025-03-09", outlet=COURIER),
            (
                quote(SECOND, "“Łódź, ﬁnally,”", ANA),
                quote(SECOND, "that\x0b the pier\rwould close", OFFICIAL, kind="indirect"),
            ),
        ),
        Extraction(Article("Nobody. “@home,” it said.", "third.txt"), (quote("Nobody. “@home,”", "“@home,”", None),)),
    )  # fmt: skip
    writer = Writer(db, "quotes test")
    for extraction in articles:
        writer.write(extraction)
    return db


@pytest.fixture
def exported(filled: Database) -> Export:
    """Export a format; return it as text, or as bytes."""

    def run(form: str, selection: Selection | None = None, which: Network = "quoting", binary: bool = False) -> Any:
        out: Any = io.BytesIO() if binary else io.StringIO(newline="")
        with snapshot(filled):
            export(filled, selection or Selection(), form, out, lambda count: None, which)
        return out.getvalue()

    return run


@pytest.fixture(scope="session")
def large() -> Iterator[Database]:
    """4,000 quotes of 400 speakers in 400 articles of 20 outlets."""
    db = open_database(":memory:")
    fill(db, 4_000)
    yield db
    db.close()
