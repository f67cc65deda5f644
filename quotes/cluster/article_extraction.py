"""Files become articles, and articles become quotes, on DataFrames."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from ..errors import ReadingError
from ..ingest.workers import Answer, Extract, Workers, pipeline_extract
from ..reading import ReadOptions, Unchanged, articles_in
from ..records import Article, Failure
from .article_rows import (
    ARTICLES,
    EXTRACTIONS,
    Placed,
    Row,
    article_of_row,
    article_row,
    batch_of,
    extraction_row,
    key_of,
    renamed,
    repeated_row,
    rows_of,
    unread_row,
)
from .input_files import called, files_in, names_of, on_disk

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

AS_THEY_ARE = ReadOptions()
AT_ONCE = 32
"""Articles that leave a task together."""


def articles(spark: SparkSession, paths: Sequence[str], options: ReadOptions = AS_THEY_ARE) -> DataFrame:
    """Return what files hold as a DataFrame of articles, a task a file; what can't be read is a row with its `error`.

    paths (Sequence[str]): Files of any format that `quotes ingest` reads, folders and patterns, where Hadoop finds
        them: `news/`, `s3a://bucket/2025/*.warc.gz`, `hdfs:///news`, `gs://bucket/news`.
    RAISES (ReadingError): If there is no file.
    """
    return read(spark, files_in(spark, paths), options, names_of(paths))


def read(spark: SparkSession, files: Sequence[str], options: ReadOptions, names: Mapping[str, str]) -> DataFrame:
    """Return what these files hold, as `articles` does.

    names (Mapping[str, str]): As `names_of` returns them.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    frame = spark.createDataFrame([(file,) for file in files], "file string")
    # By range, so that each task has one; by hash some would have several.
    frame = frame.repartitionByRange(len(files), "file")
    return frame.mapInArrow(partial(_read, options=options, names=names), from_arrow_schema(ARTICLES))


def extract(
    frame: DataFrame, *, partitions: int | None = None, factory: Callable[[], Extract] = pipeline_extract
) -> DataFrame:
    """Return what was said in articles, a row an article with its quotes (`EXTRACTIONS`).

    frame (DataFrame): As `articles` returns it, or with a column `text` and those others of `source`, `title`,
        `byline`, `published`, `place`, `url`, `outlet`, `agency` and `language` that are known; `outlet` and `agency`
        are structs of `name`, `domain` and `kind`.
    partitions (int | None): Tasks; Spark's `spark.sql.shuffle.partitions` if it is not given. A hundred articles a
        task, or a few hundred, are a good number: what is lost with a machine is done again.
    factory (Callable): Makes the extractor; `partial(pipeline_extract, True)` takes articles in any language.
    An article whose address and text come twice in the DataFrame is extracted once. Whatever happens to one article
    is told in its row.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.pandas.types import from_arrow_schema

    same = [F.col(name) for name in ("url", "text") if name in frame.columns]
    order = [F.length("text"), *same, *(F.col(name) for name in ("file", "n") if name in frame.columns)]
    # The place of an article follows from what it is alone: a task that is run again has the same ones.
    numbers = partitions or int(frame.sparkSession.conf.get("spark.sql.shuffle.partitions") or 200)
    frame = frame.repartition(numbers, F.xxhash64(*same)).sortWithinPartitions(*order)
    return frame.mapInArrow(partial(_extract, factory=pickle.dumps(factory)), from_arrow_schema(EXTRACTIONS))


def _read(
    batches: Iterable[pa.RecordBatch], options: ReadOptions, names: Mapping[str, str]
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for row in rows_of(batch):
            rows = _rows_in(row["file"], options, called(row["file"], names))
            while some := list(islice(rows, AT_ONCE)):
                yield batch_of(some, ARTICLES)


def _rows_in(file: str, options: ReadOptions, source: str) -> Iterator[Row]:
    with on_disk(file) as path:
        for n, article in enumerate(articles_in(path, source, options)):
            if isinstance(article, ReadingError):
                yield {"file": file, "n": n, "source": article.source, "error": article.message}
            elif not isinstance(article, Unchanged):
                yield {"file": file, "n": n, **article_row(article)}


def _extract(batches: Iterable[pa.RecordBatch], factory: bytes) -> Iterator[pa.RecordBatch]:
    from ..pipeline import version

    rows = _extracted(_numbered(batches), version(), factory)
    while some := list(islice(rows, AT_ONCE)):
        yield batch_of(some, EXTRACTIONS)


def _numbered(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """Yield the rows of batches; those of a DataFrame that does not tell where they were read get a number."""
    n = 0
    for batch in batches:
        for row in rows_of(batch):
            yield {"file": "", "n": n} | row
            n += 1


def _extracted(rows: Iterator[Row], pipeline: str, factory: bytes) -> Iterator[Row]:
    """Yield what was found in articles; equal ones come one after the other."""
    unread: list[Row] = []
    sent: deque[tuple[Placed, bool]] = deque()

    def new() -> Iterator[Article]:
        before: tuple[str, str] | None = None
        for row in rows:
            if row.get("error") or row.get("text") is None:
                unread.append(unread_row(row, pipeline))
                continue
            placed = Placed(row["file"], row["n"], article_of_row(row))
            same = key_of(placed.article), placed.article.text
            sent.append((placed, same == before))
            if same != before:
                yield placed.article
            before = same

    last: Answer | None = None
    for answer in _workers(factory, os.getpid()).answers(new()):
        # Answers come in the order of the articles; those that repeat one stand behind it.
        if last is not None:
            yield from _repeats(sent, last, pipeline)
        placed, _ = sent.popleft()
        yield extraction_row(placed, answer, pipeline)
        last = answer
    if last is not None:
        yield from _repeats(sent, last, pipeline)
    yield from unread


def _repeats(sent: deque[tuple[Placed, bool]], answer: Answer, pipeline: str) -> Iterator[Row]:
    while sent and sent[0][1]:
        placed, _ = sent.popleft()
        if isinstance(answer, Failure):
            yield extraction_row(placed, renamed(answer, placed.article), pipeline)
        else:
            yield repeated_row(placed, pipeline)


@cache
def _workers(factory: bytes, owner: int) -> Workers:
    """Return the process that extracts for this one, begun when it is first needed; it loads the model once.

    It is a process of its own, as for `quotes ingest`: an article that ends it does not end the task, and what
    libraries keep in memory ends with it.
    factory (bytes): Pickled, since equal ones are to have one process.
    owner (int): This process: a fork has no part in what was begun before.
    """
    return Workers(1, pickle.loads(factory))
