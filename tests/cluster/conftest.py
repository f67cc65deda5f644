"""Spark on this machine: two executors that are processes of their own. Skipped where there is no Spark or no Java."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'quotes[cluster]'")
    from quotes.cluster.spark_session import has_java, session

    if not has_java():
        pytest.skip("Spark needs Java, and there is none: apt-get install openjdk-17-jre-headless")
    settings = {
        "spark.executorEnv.PYTHONPATH": str(TESTS),  # what extracts here is in stub_extraction.py
        "spark.sql.shuffle.partitions": "3",
        "spark.ui.enabled": "false",
        "spark.executor.memory": "1g",
    }
    given = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "PYSPARK_SUBMIT_ARGS", f"{given} pyspark-shell")
        with session("local-cluster[2,1,1024]", "tests") as opened:
            yield opened
