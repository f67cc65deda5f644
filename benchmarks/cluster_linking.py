"""What linking costs on a cluster as the number of quotes grows.

    python benchmarks/cluster_linking.py [QUOTES ...]

Links synthetic quotes (default: 100,000 and 300,000; see `benchmarks/linking.py`), of which one in a hundred begins
with one long stock phrase, on two executors of one core each. Prints the processor time of all processes a thousand
quotes, the bytes that were shuffled a quote, and how the cost grows: the exponent of n between each two sizes. Needs
Java.
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pyarrow.parquet as pq
from cluster import MASTER, TICKS
from ingest import tree
from linking import EACH, extractions

from quotes.cluster.article_rows import EXTRACTIONS, Placed, batch_of, extraction_row
from quotes.cluster.linked_tables import write_links
from quotes.cluster.output_folder import OutputFolder
from quotes.cluster.parquet_tables import write_tables
from quotes.cluster.spark_session import session
from quotes.records import Extraction

STOCK = "we will look into the matter carefully and tell the public what our harbour committee has found before winter "
ONE_IN = 100
GROUP = 2_000


def skewed(count: int) -> Iterator[Extraction]:
    """Yield articles of ten quotes; one quote in a hundred begins with the stock phrase."""
    for n, extraction in enumerate(extractions(count)):
        if n % (ONE_IN // EACH):
            yield extraction
            continue
        first, *others = extraction.quotes
        text = f"“{STOCK}{first.text[1:]}"
        end = len(extraction.article.text) + 1 + len(text)
        longer = replace(first, text=text, spans=((end - len(text), end),))
        article = replace(extraction.article, text=f"{extraction.article.text}\n{text}")
        yield Extraction(article, (*others, longer))


def write(folder: Path, count: int) -> None:
    """Write a finished step of an output."""
    folder.mkdir(parents=True)
    found = skewed(count)
    n = 0
    with pq.ParquetWriter(folder / "0.parquet", EXTRACTIONS) as writer:
        while group := list(islice(found, GROUP)):
            rows = [extraction_row(Placed("made", n + k, one.article), one, "test") for k, one in enumerate(group)]
            writer.write_batch(batch_of(rows, EXTRACTIONS))
            n += len(group)
    (folder / "_SUCCESS").touch()


def spent() -> float:
    """Return the processor seconds of this process and all that it has started, those that have ended too."""
    total = 0
    for pid in tree(os.getpid()):
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def shuffled(url: str, app: str) -> int:
    """Return the bytes that Spark's stages have written for one another so far."""
    with urllib.request.urlopen(f"{url}/api/v1/applications/{app}/stages") as answer:
        return sum(stage["shuffleWriteBytes"] for stage in json.load(answer))


def main(sizes: list[int]) -> None:
    costs: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as place, session(MASTER, "benchmark") as spark:
        spark.conf.set("spark.sql.shuffle.partitions", "16")
        web, app = spark.sparkContext.uiWebUrl, spark.sparkContext.applicationId
        for count in sizes:
            folder = OutputFolder(spark, str(Path(place, str(count))))
            write(Path(folder.at("_steps", "00001", "rows")), count)
            write_tables(folder)
            before, began, bytes_before = spent(), time.monotonic(), shuffled(web, app)
            write_links(folder)
            cost, wall = spent() - before, time.monotonic() - began
            shuffle = (shuffled(web, app) - bytes_before) / count
            found = folder.read("links", "variants")
            edges, variants = folder.read("links", "variant_edges").count(), found.count()
            wordings = found.select("root").distinct().count()
            print(
                f"{count:,} quotes: {1000 * cost / count:.2f} s of processor a thousand quotes ({wall:,.0f} s in all),"
                f" {shuffle:,.0f} bytes shuffled a quote; "
                f" {variants:,} variants, {edges:,} edges, {wordings:,} wordings",
                flush=True,
            )
            costs.append((count, cost))
    for (few, less), (many, more) in pairwise(costs):
        exponent = math.log(more / less) / math.log(many / few)
        n_log_n = many * math.log(many) / (few * math.log(few))
        grown = f"cost grows {more / less:.2f} times, n log n {n_log_n:.2f} times"
        print(f"{few:,} to {many:,}: {grown} (n to the {exponent:.2f})")


if __name__ == "__main__":
    if "-h" in sys.argv or "--help" in sys.argv:
        sys.exit(__doc__)
    main([int(size) for size in sys.argv[1:]] or [100_000, 300_000])
