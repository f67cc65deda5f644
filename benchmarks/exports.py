"""What `quotes export` costs as a database grows: time and memory of 4 times the quotes over those of one, by format.

    python benchmarks/exports.py [QUOTES]

Linear work takes 4 times the time; memory that is flat stays as it is.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from export_rows import fill

from quotes.export import FORMATS, GRAPHS, NETWORKS
from quotes.store.database import close_database, open_database

LARGER = 4


def measured(db: Path, form: str, which: str, folder: Path) -> tuple[float, float]:
    """Return seconds of CPU time and megabytes at most of a process that exports."""
    done = subprocess.run(
        [sys.executable, __file__, "one", str(db), form, which, str(folder / "out")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def one(db: str, form: str, which: str, out: str) -> None:
    from quotes.cli.main import main

    more = ["--network", which] if form in GRAPHS else []
    before = time.process_time()
    main(["export", "--db", db, "--format", form, "-o", out, "--quiet", *more], standalone_mode=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - before, peak)


def compare(quotes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = []
        for size in (quotes, LARGER * quotes):
            made.append(folder / f"{size}.db")
            db = open_database(made[-1])
            fill(db, size)
            close_database(db)
        print(f"{'format':24} {'s for ' + format(quotes, ','):>14} {'time':>8} {'MB':>8} {'memory':>8}")
        for form in FORMATS:
            for which in NETWORKS if form in GRAPHS else ("",):
                (small, least), (large, most) = (measured(db, form, which, folder) for db in made)
                print(f"{f'{form} {which}':24} {small:14.2f} {large / small:7.1f}x {most:8.0f} {most / least:7.2f}x")


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(*sys.argv[2:])
    else:
        compare(int(sys.argv[1]) if sys.argv[1:] else 20_000)
