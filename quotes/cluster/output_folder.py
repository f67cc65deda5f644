"""The folder of an output, on any of Hadoop's file systems: what is finished in it, and what a run left.

OUTPUT/
  articles/ quotes/ quote_spans/ failures/    month=2025-03/outlet=.../*.parquet
  wordings/ ...                               what `quotes cluster link` has found
  _steps/00001/files/                         the files of a step
  _steps/00001/rows/                          and what was found in them; Spark's _SUCCESS says that it is all
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

DONE = "_SUCCESS"
"""What Spark writes into a folder when it is complete."""
_STEPS = "_steps"


class OutputFolder:
    """Where a cluster writes.

    path (str): A folder, or a URI that Hadoop knows.
    """

    def __init__(self, spark: SparkSession, path: str) -> None:
        self.spark = spark
        self.path = path.rstrip("/") or "/"
        jvm: Any = spark.sparkContext._jvm
        java: Any = spark.sparkContext._jsc
        self._path: Any = jvm.org.apache.hadoop.fs.Path
        self._files = self._path(self.path).getFileSystem(java.hadoopConfiguration())

    def at(self, *names: str) -> str:
        """Return the path of something in it."""
        return "/".join((self.path, *names))

    def has(self, *names: str) -> bool:
        """Return whether a folder in it was written to its end."""
        return bool(self._files.exists(self._path(self.at(*names, DONE))))

    def drop(self, *names: str) -> None:
        """Delete a folder in it, if it is there."""
        self._files.delete(self._path(self.at(*names)), True)

    def read(self, *names: str) -> DataFrame:
        """Return what a folder in it holds."""
        return self.spark.read.parquet(self.at(*names))

    def keep(self, frame: DataFrame, *names: str) -> DataFrame:
        """Write a DataFrame to a folder in it, over what is there; return it as it is read from there.

        What follows does not depend on the machines that it was made on.
        """
        frame.write.mode("overwrite").parquet(self.at(*names))
        return self.read(*names)

    def write_table(self, frame: DataFrame, name: str) -> None:
        """Write a table by its columns `month` and `outlet`, over what is there."""
        parted = frame.repartition("month", "outlet")
        parted.write.mode("overwrite").partitionBy("month", "outlet").parquet(self.at(name))
        if not any(status.isDirectory() for status in self._files.listStatus(self._path(self.at(name)))):
            # Of no rows Spark writes no file, and a folder without one can't be read.
            frame.limit(0).coalesce(1).write.mode("overwrite").parquet(self.at(name))

    # -- steps

    def steps(self) -> list[str]:
        """Return the numbers of the steps that are finished, in order."""
        return [step for step in self._all_steps() if self.has(_STEPS, step, "rows")]

    def drop_unfinished(self) -> None:
        """Delete what is left of steps that broke off."""
        for step in set(self._all_steps()) - set(self.steps()):
            self.drop(_STEPS, step)

    def finished_files(self) -> set[str]:
        """Return the files of the finished steps."""
        paths = [self.at(_STEPS, step, "files") for step in self.steps()]
        return {row.file for row in self.spark.read.parquet(*paths).collect()} if paths else set()

    def write_step(self, files: Sequence[str], rows: DataFrame) -> None:
        """Write what was found in some files as one step: all of it is there afterwards, or nothing."""
        step = f"{int(max(self._all_steps(), default='0')) + 1:05}"
        names = self.spark.createDataFrame([(file,) for file in files], "file string")
        names.coalesce(1).write.parquet(self.at(_STEPS, step, "files"))
        rows.write.parquet(self.at(_STEPS, step, "rows"))

    def rows(self) -> DataFrame | None:
        """Return what all steps have found, with the number of each row's `step`; None if none is finished."""
        from pyspark.sql import functions as F

        frames = [self.read(_STEPS, step, "rows").withColumn("step", F.lit(int(step))) for step in self.steps()]
        whole = frames[0] if frames else None
        for frame in frames[1:]:
            whole = whole.unionByName(frame) if whole else frame
        return whole

    def _all_steps(self) -> list[str]:
        place = self._path(self.at(_STEPS))
        found = self._files.listStatus(place) if self._files.exists(place) else ()
        return sorted(name for name in (status.getPath().getName() for status in found) if name.isdecimal())
