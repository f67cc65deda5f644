"""How long it takes to trace an article of a thousand words among many quotes, beyond extraction.

    python benchmarks/tracing.py [QUOTES] [--db FILE]

Writes synthetic quotes (1,000,000 by default), as `benchmarks/linking.py` makes them, into a database that is kept if
it is named, and used as it is if it is there. Then traces articles of a thousand words that are quotes from beginning
to end: half of them printed before, of these every second one changed. Prints how many sayings were known, and the
median and the longest time of an article.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from linking import EACH, changed, extractions
from sqlite_utils import Database

from quotes.linking.tracing import trace
from quotes.records import Quote
from quotes.store.database import close_database, open_database, reading
from quotes.store.writing import Writer

ARTICLES = 20
WORDS = 1_000


def fill(path: Path, quotes: int) -> None:
    db = open_database(path)
    writer = Writer(db, "benchmark")
    for n, extraction in enumerate(extractions(quotes), 1):
        writer.write(extraction)
        if sys.stderr.isatty() and n % 100 == 0:
            print(f"\r{n * EACH:,} quotes", end="", file=sys.stderr)
    close_database(db)


def article(db: Database, last: int, chance: random.Random) -> list[Quote]:
    """Return quotes of a thousand words together: what was printed before, in other cuts too, and what was not."""
    found: list[Quote] = []
    words = 0
    while words < WORDS:
        (text,) = db.execute("SELECT text FROM quotes WHERE id >= ? LIMIT 1", [chance.randint(1, last)]).fetchone()
        text = text.strip("“”")
        if chance.random() < 0.5:
            text = changed(text, chance)
        elif chance.random() < 0.5:
            text = " ".join(chance.sample(text.split(), text.count(" ") + 1))
        words += text.count(" ") + 1
        found.append(Quote("direct", ((0, len(text) + 2),), f"“{text}”"))
    return found


def measure(path: Path) -> None:
    with reading(path) as db:
        ((quotes, last),) = db.execute("SELECT count(*), max(id) FROM quotes").fetchall()
        chance = random.Random(3)
        articles = [article(db, last, chance) for _ in range(ARTICLES + 1)]
        list(trace(db, articles.pop()))  # what is imported and read at the first one
        seconds, sayings, known = [], 0, 0
        for one in articles:
            start = time.perf_counter()
            traces = list(trace(db, one))
            seconds.append(time.perf_counter() - start)
            sayings += len(traces)
            known += sum(bool(saying.printings) for saying in traces)
    print(f"{quotes:,} quotes; {ARTICLES} articles of {WORDS:,} words: {sayings} sayings, {known} printed before")
    print(f"an article: median {median(seconds):.3f} s, longest {max(seconds):.3f} s")


def main(quotes: int, path: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = path or Path(folder, "tracing.db")
        if not file.exists():
            fill(file, quotes)
        measure(file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", nargs="?", type=int, default=1_000_000, metavar="QUOTES")
    parser.add_argument("--db", type=Path, metavar="FILE")
    options = parser.parse_args()
    main(options.quotes, options.db)
