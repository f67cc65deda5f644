"""What an ingest costs beside the extraction, at the end of a long run against its start.

    python benchmarks/machinery.py [ARTICLES]

Puts so many short synthetic articles (200,000) through reading, workers and store, with something trivial in
place of the pipeline, into a file. Prints the time of a thousand articles at the end against that at the start,
and the memory of the writing process at the end against that after the first tenth.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from quotes.ingest.run import Report, ingest
from quotes.ingest.workers import Answer, Extract
from quotes.records import Article, Extraction, Outlet, Quote, Speaker
from quotes.store.database import close_database, open_database

EACH = 1_000


def trivial_extract() -> Extract:
    """The first line is a direct quote of whom the second line names."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        answers: list[Answer] = []
        for article in articles:
            words, name, *_ = article.text.splitlines()
            quote = Quote("direct", ((0, len(words)),), words, speaker=Speaker(name, "person"), method="trivial")
            answers.append(Extraction(article, (quote,)))
        return answers

    return extract


def synthetic(count: int) -> Iterator[Article]:
    """Yield short English articles, no two alike, of 200 outlets and 20,000 people."""
    chance = random.Random(1)
    words = "the a port town river minister said would close open sell bridge ferry pier on in of to by with".split()
    for n in range(count):
        line = " ".join(chance.choices(words, k=10))
        name = f"Ada Moss{chance.randrange(20_000)}"
        text = f"“The {line} and it is number {n}.”\n{name}\nThat was what was said in the town.\n"
        outlet = Outlet(f"Outlet {chance.randrange(200)}")
        day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        yield Article(text, f"{n}.txt", url=f"https://outlet.example/{n}", outlet=outlet, published=day)


def main(count: int) -> None:
    ticks: list[tuple[float, float]] = []

    def tick(report: Report) -> None:
        if report.done % EACH == 0:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            ticks.append((time.perf_counter(), pages * 4096 / 1e6))

    with tempfile.TemporaryDirectory() as place:
        db = open_database(Path(place, "quotes.db"))
        report = ingest(synthetic(count), db, workers=1, advance=tick, factory=trivial_extract)
        close_database(db)
    assert (report.new, report.failures) == (count, [])
    tenth = max(1, len(ticks) // 10)
    times = [later[0] - earlier[0] for earlier, later in pairwise(ticks)]
    start, end = (sorted(some)[len(some) // 2] for some in (times[:tenth], times[-tenth:]))
    print(f"{count} articles, {count / (ticks[-1][0] - ticks[0][0]):.0f} a second")
    print(f"a thousand articles at the end / at the start: {end / start:.2f}")
    print(f"memory at the end / after the first tenth:     {ticks[-1][1] / ticks[tenth][1]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
