from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cluster_inputs import expected, hashes, lines, story
from stub_extraction import unhurried_extract

pytest.importorskip("pyarrow")

MASTER = "local-cluster[2,1,1024]"
"""Two executors that are processes of their own."""


def below(pid: int) -> list[int]:
    """A process and all that it has begun."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def runs(pid: int, what: bytes) -> bool:
    with suppress(OSError):
        return what in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def extracting() -> list[int]:
    """The executors of this test in which articles are being extracted."""
    executors = (pid for pid in below(os.getpid()) if runs(pid, b"CoarseGrainedExecutorBackend"))
    return [pid for pid in executors if any(runs(child, b"spawn_main") for child in below(pid))]


def test_an_executor_that_is_killed_twice_loses_and_doubles_nothing(spark: Any, tmp_path: Path) -> None:
    from quotes.cluster.extraction_run import extract_files

    for n in range(3):
        lines(tmp_path / "in" / f"{n}.jsonl", *(story(f"A{n}x{m}") for m in range(12)))
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < 2 and not over.wait(0.5):
            if running := [pid for pid in extracting() if pid not in killed]:
                time.sleep(1)
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])

    killer = threading.Thread(target=kill)
    killer.start()
    done = extract_files(spark, [str(tmp_path / "in")], str(tmp_path / "out"), partitions=4, factory=unhurried_extract)
    over.set()
    killer.join()
    assert len(killed) == 2
    assert (done.files_done, done.articles) == (3, 36)
    assert hashes(spark, tmp_path / "out") == expected(tmp_path / "in")
