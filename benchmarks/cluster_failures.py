"""What a cluster loses when things break: nothing.

    python benchmarks/cluster_failures.py FOLDER [ARTICLES]

Extracts ARTICLES (default: 24) out of the text files of a folder, in six files of which one is a broken archive, while
the driver is killed in the middle and started again; then into a disk that is full, until there is room. Prints whether
the quotes are those that `quotes ingest` finds. Needs Java; the full disk needs root, to mount one.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import cluster
import pyarrow.dataset as ds
from cluster import written
from ingest import tree

QUOTES = [sys.executable, "-c", "from quotes.cli.main import main; main(prog_name='quotes')"]
SMALL, LARGE = "48k", "64m"


def extract(given: Path, out: Path) -> list[str]:
    return [*QUOTES, "cluster", "extract", str(given), str(out), "--files-per-step", "2", "--partitions", "2"]


def finished(out: Path) -> int:
    return len(list(out.glob("_steps/*/rows/_SUCCESS")))


def hashes(out: Path) -> list[str]:
    table = ds.dataset(out / "quotes", format="parquet", partitioning="hive").to_table(columns=["hash"])
    return sorted(table["hash"].to_pylist())


def killed(given: Path, out: Path) -> int:
    """Kill the driver, with all that it has started, when a step is finished and another has begun."""
    with subprocess.Popen(extract(given, out)) as process:
        while process.poll() is None:
            if finished(out) and len(list(out.glob("_steps/*"))) > finished(out):
                for pid in tree(process.pid):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)
    return finished(out)


def on_a_full_disk(given: Path, disk: Path) -> str:
    """Return what the command says there; then make room, and run it again."""
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", disk], check=True)
    try:
        told = subprocess.run(extract(given, disk / "out"), capture_output=True, text=True)
        subprocess.run(["mount", "-o", f"remount,size={LARGE}", disk], check=True)
        subprocess.run(extract(given, disk / "out"), check=True)
        again = hashes(disk / "out")
    finally:
        subprocess.run(["umount", disk], check=True)
    lines = [line for line in told.stderr.splitlines() if line.startswith("Error")]
    return f"exit {told.returncode}, {lines}; afterwards {len(again):,} quotes, {len(set(again)):,} different"


def main(source: Path, count: int) -> None:
    cluster.FILES = 5
    with tempfile.TemporaryDirectory() as place:
        given, out, one = (Path(place, name) for name in ("in", "out", "one.db"))
        given.mkdir()
        written(source, count, given)
        (given / "zz.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 this was a web archive once")
        ingest = subprocess.run([*QUOTES, "ingest", str(given), "--db", str(one), "-q"], stderr=subprocess.DEVNULL)
        print(f"quotes ingest: exit {ingest.returncode}, for the broken archive")
        with closing(sqlite3.connect(one)) as db:
            expected = sorted(row[0] for row in db.execute("SELECT hash FROM quotes"))
        print(f"driver killed with {killed(given, out)} of 3 steps finished", flush=True)
        subprocess.run(extract(given, out), check=True)
        print(f"started again: {len(expected):,} quotes, the same: {hashes(out) == expected}")
        failures = ds.dataset(out / "failures", format="parquet").to_table(columns=["source", "stage", "error"])
        print(f"failures: {failures.to_pylist()}", flush=True)
        if os.geteuid() == 0:
            print(f"full disk: {on_a_full_disk(given, Path(place, 'disk'))}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 24)
