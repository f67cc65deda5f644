"""What all steps have found as tables: each article once, with its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..store.writing import FILLED, KEPT
from .output_folder import OutputFolder
from .spark_session import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


LAST = "failures"
"""The table that is written last: where it is finished, all are."""


def write_tables(folder: OutputFolder) -> None:
    """Write the tables of an output anew, from all of its steps.

    RAISES (ClusterError): If no step is finished.
    """
    from pyspark.sql import functions as F

    rows = folder.rows()
    if rows is None:
        raise ClusterError(f"{folder.path}: nothing was extracted here; `quotes cluster extract INPUT {folder.path}`")
    stored = latest(rows)
    month, outlet = F.substring("published", 1, 7).alias("month"), F.col("outlet.name").alias("outlet")
    house, agency = (F.col(name) for name in ("outlet", "agency"))
    folder.write_table(
        stored.select(
            *("key", "url", "sha256", "title", "byline", "published", "place", "source", "language", "text"),
            *(house[part].alias(f"outlet_{part}") for part in ("domain", "kind")),
            agency["name"].alias("agency"),
            *(agency[part].alias(f"agency_{part}") for part in ("domain", "kind")),
            *("furniture", "headline", "markup", "topics", "subjects", "pipeline", "step", "file", "n"),
            month,
            outlet,
        ),
        "articles",
    )
    quotes = stored.select("key", month, outlet, F.posexplode("quotes").alias("n", "quote"))
    folder.write_table(quotes.select("key", "n", "quote.*", "month", "outlet"), "quotes")
    span = F.posexplode("quote.spans").alias("n", "span")
    spans = quotes.select(F.col("quote.hash").alias("hash"), "month", "outlet", span)
    folder.write_table(spans.select("hash", "n", "span.start", "span.end", "month", "outlet"), "quote_spans")
    failed = rows.where("outcome = 'lost'").select("key", "source", "failures", "pipeline", "file", "n", month, outlet)
    failed = failed.withColumn("key", F.lit(None).cast("string"))
    incomplete = stored.select("key", "source", "failures", "pipeline", "file", "n", month, outlet)
    failures = failed.unionByName(incomplete).withColumn("failure", F.explode("failures"))
    folder.write_table(
        failures.select("key", "source", "failure.stage", "failure.error", "pipeline", "file", "n", "month", "outlet"),
        LAST,
    )


def latest(rows: DataFrame) -> DataFrame:
    """Return each article once: its text that was read last, with what other readings of it tell beside.

    rows (DataFrame): `EXTRACTIONS`, with their `step`.
    As `quotes ingest` has it: of one address the newest text stands; what the first reading of a text lacks (a title,
    a date, an outlet) comes from a later one, and what no reading of the text says from one of an older text.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    of_article = Window.partitionBy("key").orderBy("step", "file", "n")
    whole = of_article.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    is_latest = F.col("sha256") == F.last("sha256").over(whole)

    def filled(name: str) -> Column:
        first = F.first(F.when(is_latest, F.col(name)), ignorenulls=True).over(whole)
        kept = f"{name}_id" in KEPT or name in KEPT
        return F.coalesce(first, F.last(name, ignorenulls=True).over(whole)) if kept else first

    known = rows.where("key IS NOT NULL AND outcome <> 'lost'")
    known = known.select("*", *(filled(name).alias(f"known_{name}") for name in (*FILLED, "outlet", "agency")))
    of_text = Window.partitionBy("key", "sha256").orderBy(F.col("quotes").isNull(), "step", "file", "n")
    first = F.row_number().over(of_text)
    known = known.withColumn("is_latest", is_latest).withColumn("nth", first).where("is_latest AND nth = 1")
    for name in (*FILLED, "outlet", "agency"):
        known = known.drop(name).withColumnRenamed(f"known_{name}", name)
    return known.drop("is_latest", "nth", "outcome")
