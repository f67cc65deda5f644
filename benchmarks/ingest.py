"""Where the time of an ingest goes, and whether its memory stays flat.

    python benchmarks/ingest.py FOLDER

Prints ratios of one run over the text files of a folder: each room's share of the time, the time of
an article in the last quarter against the first, memory at the end against that after the first
quarter, and a second run over the same folder against the first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import quotes
from quotes import ingest as ingesting
from quotes import pipeline
from quotes.reading import find, read_article
from quotes.store.database import close_database, open_database
from quotes.store.writing import Writer


def resident() -> float:
    """Return the memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def rooms(folder: str) -> None:
    nlp = quotes.load()
    spent = {"reading": 0.0, "pipeline": 0.0, "store and linking": 0.0}
    writer = Writer(open_database(":memory:"), pipeline.version())
    quotes.extract('"We knew it all along," she said.')  # what is imported at the first quote
    for found in list(find([folder]))[:300]:
        start = time.perf_counter()
        try:
            article = read_article(found)
        except quotes.ReadingError:
            continue
        read = time.perf_counter()
        extraction = pipeline.extract(nlp, article)
        extracted = time.perf_counter()
        if not writer.known(article):
            writer.write(extraction)
        spent["reading"] += read - start
        spent["pipeline"] += extracted - read
        spent["store and linking"] += time.perf_counter() - extracted
    for room, seconds in spent.items():
        print(f"{room:<20} {seconds / sum(spent.values()):>6.0%} of the time")


def whole(folder: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        ticks: list[tuple[float, float]] = []
        seconds = []
        for _ in range(2):
            db = open_database(Path(place, "quotes.db"))
            start = time.perf_counter()
            report = ingesting.ingest(
                find([folder]), db, advance=lambda report: ticks.append((time.perf_counter(), resident()))
            )
            seconds.append(time.perf_counter() - start)
            if len(seconds) == 1:
                first, quarter = report, len(ticks) // 4
                early = ticks[quarter][0] - ticks[0][0]
                late = ticks[-1][0] - ticks[-quarter - 1][0]
                memory = ticks[-1][1] / ticks[quarter][1]
            close_database(db)
    print(f"{first.new + first.updated} articles, {first.quotes} quotes, {len(first.failures)} failed")
    print(f"last quarter / first quarter, time an article: {late / early:.2f}")
    print(f"memory at the end / after the first quarter:   {memory:.2f}")
    print(f"second run / first run:                        {seconds[1] / seconds[0]:.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rooms(sys.argv[1])
    whole(sys.argv[1])
