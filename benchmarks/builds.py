"""How this build's speed and memory compare with another build's, on the same articles, in one run.

    python -m venv other && other/bin/pip install PATH_OF_THE_OTHER_CHECKOUT
    python benchmarks/builds.py FOLDER --other other/bin/python [--this PYTHON] [--articles 200] [--rounds 3]

The builds take turns, on one thread. Prints the words a CPU-second of `quotes extract` (of the whole process, and
without what it takes for one sentence), the most memory it holds, and the quotes that it finds; then the articles a
second of `quotes ingest` with two workers, by the clock; each of both builds and as a ratio, the median of the rounds.

Use environments with nothing but the package: where PyTorch is installed, spaCy imports it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import IO

ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "BLIS")}


def measured(command: list[str], output: IO[str]) -> tuple[float, float]:
    """Run a command; return the CPU seconds that it took with its children, and the most memory it held, in MB."""
    process = subprocess.Popen(command, env=os.environ | ONE_THREAD, stdout=output, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3


def extraction(python: str, paths: list[Path]) -> dict[str, float]:
    """Return how `quotes extract` of a build does over some files."""
    command = [str(Path(python).parent / "quotes"), "extract", "--format", "jsonl"]
    with tempfile.TemporaryFile("w+") as output, tempfile.NamedTemporaryFile("w", suffix=".txt") as short:
        short.write("“We knew of it,” Mara Ellison said on Monday.")
        short.flush()
        start, _ = measured([*command, short.name], output)
        output.truncate(0)
        output.seek(0)
        took, memory = measured([*command, *map(str, paths)], output)
        output.seek(0)
        found = sum(1 for _ in output)
    words = sum(len(path.read_text(encoding="utf-8", errors="replace").split()) for path in paths)
    return {
        "words a CPU-second": words / took,
        "without the start": words / (took - start),
        "start, CPU-s": start,
        "memory, MB": memory,
        "quotes": found,
    }


def ingest(python: str, paths: list[Path]) -> dict[str, float]:
    """Return how fast a build reads files into a new database."""
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            shutil.copy(path, folder)
        db = Path(folder) / "made.db"
        command = [str(Path(python).parent / "quotes"), "ingest", folder, "--db", str(db), "--workers", "2", "--quiet"]
        began = time.perf_counter()
        subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, check=False)
        took = time.perf_counter() - began
    return {"articles a second": len(paths) / took}


def main() -> None:
    """Compare two builds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--other", required=True, help="The other build's Python.")
    parser.add_argument("--this", default=sys.executable, help="This build's Python; the one that runs by default.")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    paths = list(islice(sorted(given.folder.rglob("*.txt")), given.articles))
    for measure in (extraction, ingest):
        rounds: dict[str, list[dict[str, float]]] = {"this": [], "other": []}
        for _ in range(given.rounds):  # in turns: a busy neighbour slows both alike
            for build, found in rounds.items():
                found.append(measure(getattr(given, build), paths))
        for name in rounds["this"][0]:
            this, other = (statistics.median(one[name] for one in rounds[build]) for build in ("this", "other"))
            print(f"{name:<20} this {this:>9,.2f}  other {other:>9,.2f}  ratio {this / other:.2f}", flush=True)


if __name__ == "__main__":
    main()
