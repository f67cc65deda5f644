"""What ties quotes and articles together, on DataFrames, by the decisions of `quotes.linking`.

The decisions are called from here as a database calls them; what the two have apart is how those that may be one are
brought together: by joins here, by indexes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ..linking.copies import story_prints as copies
from ..linking.people.matching import Naming, best_name, naming, speakers
from ..linking.people.organizations import long_forms
from ..linking.wordings import likeness as wordings
from ..linking.wordings.grams import grams
from ..linking.wordings.sayings import sayings
from ..records import Article
from .article_rows import QUOTE, Row, quote_of_row, rows_of
from .output_folder import OutputFolder
from .parquet_tables import LAST
from .similarity_joins import Edge, Rules, trees
from .spark_session import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NAMING = [(f"name_{field.name}", pa.string()) for field in fields(Naming)]
_NAMES = [name for name, _ in _NAMING]
_QUOTE = [field.name for field in QUOTE]
SAID = pa.schema([("hash", pa.string()), ("forms", pa.list_(pa.string())), ("pool", pa.string()), *_NAMING])
"""The words that the sayings of a quote are compared by, and how its article names its speaker."""
_PRINTS = pa.schema(
    [
        ("id", pa.string()),
        ("prints", pa.list_(pa.int64())),
        ("sha256", pa.string()),
        ("url", pa.string()),
        ("source", pa.string()),
        ("words", pa.int64()),
        ("long_forms", pa.list_(pa.struct([("short", pa.string()), ("long", pa.string())]))),
    ]
)
"""The prints of an article's story, what orders it among copies, and the acronyms that it explains."""
_SPEAKERS = pa.schema([*_NAMING, ("speaker", pa.string()), ("speaker_name", pa.string())])


def link(articles: DataFrame, quotes: DataFrame, folder: OutputFolder) -> dict[str, DataFrame]:
    """Return what ties quotes and articles together, the same whatever the number of partitions.

    articles, quotes (DataFrame): The tables of an output.
    folder (OutputFolder): Where what is found on the way is kept.
    The answer has by name:
        variants: `id`, `form`; `parent` and `root`, the ids of the variants that it is tied to. A root is a wording.
        namings: how articles name speakers (`name_kind`, `name_key` ...), `speaker`, `speaker_name`.
        copies: articles by `id` (their key), with `parent` and `root`; a root is a group of copies.
        variant_edges, copy_edges: `shorter`, `fuller`, `kind`, `score`.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.pandas.types import from_arrow_schema

    prints = articles.select("key", "text", "url", "sha256", "source").mapInArrow(_prints, from_arrow_schema(_PRINTS))
    prints = folder.keep(prints, "_links", "prints")
    said = folder.keep(
        quotes.select("key", F.struct(*_QUOTE).alias("quote"))
        .join(prints.select(F.col("id").alias("key"), "long_forms"), "key")
        .mapInArrow(_said, from_arrow_schema(SAID)),
        "_links",
        "said",
    )
    forms = said.select(F.explode("forms").alias("form")).distinct().select(F.md5("form").alias("id"), "form")
    of_wordings = Rules(("form",), _grams_of_form, _compare_forms, wordings.NEAREST)
    variants, variant_edges = trees(forms, of_wordings, folder, "variants")
    of_copies = Rules(
        ("prints", "sha256", "url", "source", "words"),
        _grams_of_article,
        _compare_articles,
        copies.NEAREST,
        copies.COMMON,
    )
    groups, copy_edges = trees(prints, of_copies, folder, "copies")
    named = said.where("name_key IS NOT NULL").select("pool", *_NAMES).distinct()
    namings = named.groupBy("pool").applyInArrow(_speakers, from_arrow_schema(_SPEAKERS))
    return {
        "variants": forms.join(variants, "id"),
        "variant_edges": variant_edges,
        "namings": namings,
        "copies": groups,
        "copy_edges": copy_edges,
    }


def write_links(folder: OutputFolder) -> None:
    """Link what an output has, and write what is found beside it.

    RAISES (ClusterError): If there are no tables.
    """
    if not folder.has(LAST):
        raise ClusterError(f"{folder.path}: nothing was extracted here; `quotes cluster extract INPUT {folder.path}`")
    folder.drop("links")
    for name, frame in link(folder.read("articles"), folder.read("quotes"), folder).items():
        folder.keep(frame, "links", name)
    folder.drop("_links")


# -- rows


def _said(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.RecordBatch.from_pylist([_said_row(row) for row in rows_of(batch)], schema=SAID)


def _said_row(row: Row) -> Row:
    quote = quote_of_row(row["quote"])
    found: Row = {"hash": row["quote"]["hash"], "forms": [saying.form for saying in sayings(quote) if saying.form]}
    if quote.speaker:
        long = {one["short"]: one["long"] for one in row["long_forms"]}
        # Of the article only that counts which makes it itself again.
        article = Article("", row["key"], url=row["key"])
        one = naming(quote.speaker, article, long if quote.speaker.kind == "organization" else {})
        found |= {"pool": one.pool, **dict(zip(_NAMES, astuple(one), strict=True))}
    return found


def _prints(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = [
            {
                **row,
                "id": row["key"],
                "prints": list(copies.story_prints(row["text"])),
                "words": len(row["text"].split()),
                "long_forms": [{"short": short, "long": long} for short, long in long_forms(row["text"])],
            }
            for row in rows_of(batch)
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=_PRINTS)


def _speakers(table: pa.Table) -> pa.Table:
    """Return the speakers of namings that need be looked at together; a speaker is called by its least naming."""
    rows: list[dict[str, Any]] = []
    for group in speakers(Naming(*row.values()) for row in table.select(_NAMES).to_pylist()):
        speaker, name = "\t".join(astuple(min(group))), best_name(group)
        rows += (
            {**dict(zip(_NAMES, astuple(one), strict=True)), "speaker": speaker, "speaker_name": name} for one in group
        )
    return pa.Table.from_pylist(rows, schema=_SPEAKERS)


# -- rules


def _grams_of_form(row: Row) -> Iterable[int]:
    return grams(row["form"])


def _compare_forms(one: Row, other: Row) -> Edge | None:
    found = wordings.compared(one["form"], other["form"])
    if found is None:
        return None
    shorter, alike = found
    ids = (one["id"], other["id"]) if shorter == one["form"] else (other["id"], one["id"])
    return *ids, alike.kind, alike.score


def _grams_of_article(row: Row) -> Iterable[int]:
    found: list[int] = row["prints"]
    return found


def _compare_articles(one: Row, other: Row) -> Edge | None:
    score = copies.share(one["prints"], other["prints"])
    if score is None:
        return None
    fuller, shorter = sorted((one, other), key=_fullness)
    return shorter["id"], fuller["id"], "contains", score


def _fullness(row: Row) -> tuple[object, ...]:
    return *copies.fullness(row["prints"], row["sha256"], row["url"], row["source"]), row["id"]
