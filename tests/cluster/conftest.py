"""Spark on this machine. Skipped where there is no Spark or no Java."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def spark(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A session; on executors that are processes of their own where a module says so by its `MASTER`."""
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'quotes[cluster]'")
    from quotes.cluster.spark_session import has_java, session

    if not has_java():
        pytest.skip("Spark needs Java, and there is none: apt-get install openjdk-17-jre-headless")
    settings = {
        "spark.executorEnv.PYTHONPATH": str(TESTS),  # what extracts here is in stub_extraction.py
        "spark.sql.shuffle.partitions": "3",
        "spark.default.parallelism": "2",
        "spark.ui.enabled": "false",
        "spark.executor.memory": "1g",
    }
    given = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PYSPARK_SUBMIT_ARGS", f"{given} pyspark-shell")
        with session(getattr(request.module, "MASTER", "local[2,4]"), "tests") as opened:
            yield opened
