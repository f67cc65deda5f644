"""The Spark that a command runs on: that of `spark-submit` or the environment, else this machine's cores."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import QuotesError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BATCH = 64
"""Rows, and bytes, that go from Spark to Python at once: articles are held in memory meanwhile."""
BATCH_BYTES = 16_000_000
ALONE = "local[*]"
"""Where Spark runs if nothing says where."""
ATTEMPTS = 4
"""Times that a task is tried on one machine, as elsewhere; Spark tries it once there."""


class ClusterError(QuotesError):
    """Spark can't be had, or what it was asked for can't be done."""


@contextmanager
def session(master: str | None, name: str) -> Iterator[SparkSession]:
    """A Spark session, ended at the end.

    master (str | None): Spark's URL of a cluster, over what `spark-submit` and the configuration say.
    RAISES (ClusterError): If pyspark or Java is missing.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ClusterError("Spark needs pyspark; pip install 'quotes[cluster]'") from error
    if not has_java():
        raise ClusterError("Spark needs Java 17 or newer; apt-get install openjdk-17-jre-headless, or set JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Spark ends its Python processes without a word; what they began says so when it follows.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker:UserWarning")
    builder = SparkSession.builder.appName(name)
    if master is None and SparkSession.getActiveSession() is None:
        SparkContext._ensure_initialized()
        if SparkConf().get("spark.master", ALONE) == ALONE:
            master = f"local[*,{ATTEMPTS}]"
    if master:
        builder = builder.master(master)
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.execution.arrow.maxBytesPerBatch": str(BATCH_BYTES),
        # Names of outlets and months stand in paths: "2025" would be read as a number.
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        raise ClusterError(_told(error)) from error
    finally:
        spark.stop()


def _told(error: Exception) -> str:
    """Return what Spark fails with in one line."""
    words = str(error)
    if "No space left on device" in words or "DiskOutOfSpace" in words:
        return f"the disk is full; make room, {_AGAIN}"
    lines = [line.strip() for line in words.splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    causes = [line for line in lines if line.startswith("Caused by:")]
    return f"Spark failed ({' '.join((causes or lines or ['?'])[-1 if causes else 0].split())[:300]}); {_AGAIN}"


_AGAIN = "then the same command goes on where it stopped"


def has_java() -> bool:
    """Return whether there is a Java to run Spark on."""
    home = os.environ.get("JAVA_HOME")
    return bool(home and Path(home, "bin", "java").exists()) or shutil.which("java") is not None
