"""Any number of quotes, ten an article, written past what finds and links them: for what exports them."""

from __future__ import annotations

from sqlite_utils import Database

EACH = 10
OUTLETS, SPEAKERS = 20, 400
SAID = "“A word on the matter, and another,”"
SENTENCE = f"{SAID} said the speaker. "


def fill(db: Database, quotes: int) -> None:
    """Put so many quotes into an empty database."""
    places = [(n + 1, 1 + n // EACH, n % EACH * len(SENTENCE)) for n in range(quotes)]
    rows = {
        "outlets (id, name, kind)": ((n, f"Outlet {n}", "newspaper") for n in range(1, OUTLETS + 1)),
        "speakers (id, name, kind)": ((n, f"Speaker {n}", "person") for n in range(1, SPEAKERS + 1)),
        "articles (id, outlet_id, title, source, language, text, words, sha256, ingested_at, pipeline)": (
            (n, 1 + n % OUTLETS, f"Title {n}", f"{n}.txt", "en", SENTENCE * EACH, 100, f"{n:064}", "2025-03-04", "test")
            for n in range(1, 1 + quotes // EACH)
        ),
        """quotes (id, article_id, outlet_id, speaker_id, published, kind, act, text, mention_kind, confidence, method,
            start, "end", hash)""": (
            (n, of, 1 + of % OUTLETS, 1 + n * 7 % SPEAKERS, "2025-03-04", "direct", "say", SAID, "none", 0.5, "test",
             at, at + len(SAID), f"{n:064}")
            for n, of, at in places
        ),
        'quote_spans (quote_id, n, start, "end")': ((n, 0, at, at + len(SAID)) for n, _, at in places),
    }  # fmt: skip
    with db.conn:
        for table, values in rows.items():
            marks = ", ".join("?" * (table.count(",") + 1))
            db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
