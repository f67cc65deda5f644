"""Trees of texts that are alike, as joins: what `linking.similarity_trees` keeps up in a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from ..linking.comparing import COMMON, is_worth_it
from .article_rows import Row, rows_of
from .output_folder import OutputFolder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

EDGES = pa.schema([("shorter", pa.string()), ("fuller", pa.string()), ("kind", pa.string()), ("score", pa.float64())])
_GRAMS = pa.schema([("id", pa.string()), ("grams", pa.list_(pa.int64()))])
_AT_MOST = 40
"""Rounds in which pointers are doubled: trees are not that deep, 2 to the power of this."""

Edge = tuple[str, str, str, float]
"""The ids of the shorter and the fuller text, how they are alike, and how much."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How texts are compared; its functions are of modules, as tasks are sent their names.

    described (tuple[str, ...]): The columns that the functions, and `nearest`, want of a text beside its `id`.
    grams (Callable): Returns the numbers that stand for what is in a text, given its columns.
    compare (Callable): Returns how two texts are alike, given the columns of both; None if they are not.
    nearest (str): How SQL is to order the edges to fuller texts, the parent first.
    common (int): Texts with one gram, beyond which it finds no candidates.
    """

    described: tuple[str, ...]
    grams: Callable[[Row], Iterable[int]]
    compare: Callable[[Row, Row], Edge | None]
    nearest: str
    common: int = COMMON


def trees(texts: DataFrame, rules: Rules, folder: OutputFolder, name: str) -> tuple[DataFrame, DataFrame]:
    """Return the parent and the root of each text, and the edges between texts.

    texts (DataFrame): `id` (string) and the columns that the rules want; each id once.
    folder, name: Where what is found on the way is kept, so that no lost machine costs all of it.
    The first DataFrame has `id`, `parent` (null for a root) and `root`; the second is `EDGES`.
    """
    edges = folder.keep(_edges(texts, rules, folder, name), "_links", f"{name}_edges")
    parents = folder.keep(_parents(texts, edges, rules), "_links", f"{name}_parents")
    roots = _roots(parents, folder, name)
    found = texts.select("id").join(parents, "id", "left").join(roots, "id", "left")
    return found.selectExpr("id", "parent", "coalesce(root, id) AS root"), edges


def _edges(texts: DataFrame, rules: Rules, folder: OutputFolder, name: str) -> DataFrame:
    from pyspark.sql import functions as F
    from pyspark.sql.pandas.types import from_arrow_schema

    of_texts = texts.mapInArrow(partial(_grams, rules=rules), from_arrow_schema(_GRAMS))
    having = of_texts.select("id", F.size("grams").alias("size"), F.explode("grams").alias("gram"))
    having = folder.keep(having, "_links", f"{name}_grams")
    # What everybody says is in a million texts: it is counted where it lies, and left out before they are brought
    # together.
    hot = having.groupBy("gram").count().where(F.col("count") > rules.common).select("gram")
    telling = having.join(hot, "gram", "left_anti")
    one, other = telling.alias("one"), telling.alias("other")
    pairs = (
        one.join(other, F.expr("one.gram = other.gram AND one.id < other.id"))
        .groupBy(F.col("one.id").alias("one"), F.col("other.id").alias("other"))
        .agg(F.count("*").alias("shared"), F.first("one.size").alias("size"), F.first("other.size").alias("other_size"))
    )
    worth = pairs.mapInArrow(_worth, "one string, other string")
    text = F.struct("id", *rules.described)
    whole = worth.join(texts.select(F.col("id").alias("one"), text.alias("one_text")), "one")
    whole = whole.join(texts.select(F.col("id").alias("other"), text.alias("other_text")), "other")
    return whole.mapInArrow(partial(_compare, rules=rules), from_arrow_schema(EDGES))


def _parents(texts: DataFrame, edges: DataFrame, rules: Rules) -> DataFrame:
    """Return the fuller text that each is most alike, but for those akin to one that it is in conflict with."""
    from pyspark.sql import functions as F

    ties, conflicts = edges.where("kind <> 'conflict'"), edges.where("kind = 'conflict'")
    refused = (
        ties.select("shorter", "fuller")
        .join(_both_ways(conflicts, "shorter", "against"), "shorter")
        .join(_both_ways(ties, "fuller", "against"), ["fuller", "against"])
        .select("shorter", "fuller")
        .distinct()
    )
    allowed = ties.join(refused, ["shorter", "fuller"], "left_anti")
    fuller = texts.select(F.col("id").alias("fuller"), F.struct(*rules.described).alias("_described"))
    ordered = allowed.join(fuller, "fuller").select(
        "shorter", "kind", "score", F.col("fuller").alias("id"), F.col("_described").alias("fuller")
    )
    nth = F.expr(f"row_number() OVER (PARTITION BY shorter ORDER BY {rules.nearest}, id)")
    return ordered.withColumn("nth", nth).where("nth = 1").selectExpr("shorter AS id", "id AS parent")


def _both_ways(edges: DataFrame, one: str, other: str) -> DataFrame:
    pairs = edges.selectExpr(f"shorter AS {one}", f"fuller AS {other}")
    return pairs.unionByName(edges.selectExpr(f"fuller AS {one}", f"shorter AS {other}"))


def _roots(parents: DataFrame, folder: OutputFolder, name: str) -> DataFrame:
    """Return the root of each text that has a parent: pointers that lead twice as far in every round."""
    from pyspark.sql import functions as F

    pointers = parents.select("id", F.col("parent").alias("root"))
    for round_ in range(_AT_MOST):
        further = pointers.select(F.col("id").alias("root"), F.col("root").alias("further"))
        doubled = pointers.join(further, "root", "left")
        if doubled.where("further IS NOT NULL").isEmpty():
            break
        doubled = doubled.select("id", F.coalesce("further", "root").alias("root"))
        # Written in turn to two places, since each is made of the other.
        pointers = folder.keep(doubled, "_links", f"{name}_roots_{round_ % 2}")
    return pointers


def _grams(batches: Iterable[pa.RecordBatch], rules: Rules) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = [{"id": row["id"], "grams": list(rules.grams(row))} for row in rows_of(batch)]
        yield pa.RecordBatch.from_pylist(rows, schema=_GRAMS)


def _worth(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        sizes = zip(*(batch.column(name).to_pylist() for name in ("shared", "size", "other_size")), strict=True)
        yield batch.select(["one", "other"]).filter(pa.array([is_worth_it(*three) for three in sizes], pa.bool_()))


def _compare(batches: Iterable[pa.RecordBatch], rules: Rules) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        edges = (rules.compare(row["one_text"], row["other_text"]) for row in rows_of(batch))
        rows = [dict(zip(EDGES.names, edge, strict=True)) for edge in edges if edge]
        yield pa.RecordBatch.from_pylist(rows, schema=EDGES)
