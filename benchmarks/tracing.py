"""How long it takes to trace an article of a thousand words among the quotes of a database, beyond extraction.

    python benchmarks/linking.py 1000000 --db FILE     # makes one of synthetic quotes
    python benchmarks/tracing.py FILE

Traces articles of a thousand words that are quotes from beginning to end, taken from the database: half of them cut or
abridged, a quarter with their words in another order, so that they are none of them. Prints how many sayings were
known, and the median and the longest time of an article.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from statistics import median

from linking import changed
from sqlite_utils import Database

from quotes.linking.tracing import trace
from quotes.records import Quote
from quotes.store.database import reading

ARTICLES = 20
WORDS = 1_000


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
        began = time.process_time()
        for one in articles:
            start = time.perf_counter()
            traces = list(trace(db, one))
            seconds.append(time.perf_counter() - start)
            sayings += len(traces)
            known += sum(bool(saying.printings) for saying in traces)
        of_processor = (time.process_time() - began) / len(articles)
    print(f"{quotes:,} quotes; {ARTICLES} articles of {WORDS:,} words: {sayings} sayings, {known} printed before")
    print(f"an article: median {median(seconds):.3f} s, longest {max(seconds):.3f} s")
    print(f"time of the processor, mean: {of_processor:.3f} s")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    measure(Path(sys.argv[1]))
