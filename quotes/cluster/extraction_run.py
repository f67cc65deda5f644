"""Files of an input extracted into the tables of an output, a few at a time: what is finished is never done again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import pipeline
from ..ingest.workers import Extract, pipeline_extract
from ..reading import ReadOptions
from .article_extraction import AS_THEY_ARE, extract, read
from .input_files import files_in, names_of
from .output_folder import OutputFolder
from .parquet_tables import LAST, write_tables
from .spark_session import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(slots=True)
class Progress:
    """How far an extraction is.

    files, files_done, files_before (int): All files of the input; those that are finished; those that an earlier run
        has finished.
    articles, quotes, lost (int): Extracted in this run; articles that are left out.
    """

    files: int = 0
    files_done: int = 0
    files_before: int = 0
    articles: int = 0
    quotes: int = 0
    lost: int = 0


def extract_files(
    spark: SparkSession,
    paths: Sequence[str],
    output: str,
    *,
    options: ReadOptions = AS_THEY_ARE,
    partitions: int | None = None,
    files_a_step: int | None = None,
    factory: Callable[[], Extract] = pipeline_extract,
    advance: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Extract the files of an input that the output does not have yet, then write its tables; return how it went.

    paths, options: As `articles` takes them; partitions, factory: as `extract` does, for each step.
    files_a_step (int | None): Files that are finished together; one a core if it is not given.
    advance (Callable): Called after each step.
    RAISES (ReadingError): If there is no file.
    RAISES (ClusterError): If the output comes from another pipeline.
    """
    folder = OutputFolder(spark, output)
    _refuse_other(folder)
    folder.drop_unfinished()
    files = files_in(spark, paths)
    before = folder.finished_files()
    left = [file for file in files if file not in before]
    done = len(files) - len(left)
    progress = Progress(len(files), done, done)
    advance(progress)
    if left:
        # The tables and links that are there are not of all that will be: whatever breaks off, they are made anew.
        for name in (LAST, "links"):
            folder.drop(name)
    size = files_a_step or spark.sparkContext.defaultParallelism
    for first in range(0, len(left), size):
        some = left[first : first + size]
        rows = extract(read(spark, some, options, names_of(paths)), partitions=partitions, factory=factory)
        _step(folder, some, rows, progress)
        progress.files_done += len(some)
        advance(progress)
    if not folder.has(LAST):
        write_tables(folder)
    return progress


def _step(folder: OutputFolder, files: Sequence[str], rows: DataFrame, progress: Progress) -> None:
    from pyspark.sql import Observation
    from pyspark.sql import functions as F

    counted = Observation()
    stored, lost = (F.col("outcome") == name for name in ("stored", "lost"))
    found = rows.observe(
        counted,
        F.count_if(stored).alias("articles"),
        F.count_if(lost).alias("lost"),
        F.coalesce(F.sum(F.when(stored, F.size("quotes"))), F.lit(0)).alias("quotes"),
    )
    folder.write_step(files, found)
    progress.articles += counted.get["articles"]
    progress.quotes += counted.get["quotes"]
    progress.lost += counted.get["lost"]


def _refuse_other(folder: OutputFolder) -> None:
    rows = folder.rows()
    first = rows.select("pipeline").first() if rows is not None else None
    if first and not pipeline.is_same(first.pipeline, pipeline.version()):
        raise ClusterError(f"{folder.path}: extracted by {first.pipeline}; name another folder for this version")
