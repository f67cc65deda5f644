"""Where the time of an ingest goes, and whether its memory stays flat.

    python benchmarks/ingest.py FOLDER

Prints ratios of one run over the files of a folder: each room's share of the time; the articles a second
with a worker a core against one; the memory of all processes; a second run over the same folder against
the first. `benchmarks/machinery.py` has what a long run costs at its end.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import quotes
from quotes import pipeline
from quotes.reading import find, read_article
from quotes.store.database import open_database
from quotes.store.writing import Writer

SAMPLED = 3.0
"""Seconds between looks at the memory: each halts the processes while it counts; five a second take 8 % of a core."""


def resident(pid: int) -> float:
    """Return the memory of a process in MB, what it shares with others only once: 0 if it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    return 0.0


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


def ingested(folder: str, db: Path, workers: int) -> tuple[float, float]:
    """Return the seconds that `quotes ingest` takes, and the highest memory of all its processes in MB."""
    command = [
        sys.executable,
        "-c",
        "from quotes.cli.main import main; main()",
        "ingest",
        folder,
        "--db",
        str(db),
        "-q",
    ]
    began, most = time.perf_counter(), 0.0
    with subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, tree(process.pid))))
            time.sleep(SAMPLED)
    return time.perf_counter() - began, most


def tree(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def processes(folder: str) -> None:
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as place:
        one, _ = ingested(folder, Path(place, "one.db"), 1)
        all_cores, memory = ingested(folder, Path(place, "all.db"), cores)
        again, _ = ingested(folder, Path(place, "all.db"), cores)
        with closing(sqlite3.connect(Path(place, "all.db"))) as db:
            articles, quotes, failed = db.execute("SELECT articles, quotes, failed FROM ingests").fetchone()
    print(f"{articles} articles, {quotes} quotes, {failed} failed")
    print(f"articles a second, {cores} workers / 1:    {one / all_cores:>6.2f}")
    print(f"highest memory of all processes, {cores}:  {memory:>6.0f} MB")
    print(f"second run / first:                  {again / all_cores:>6.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rooms(sys.argv[1])
    processes(sys.argv[1])
