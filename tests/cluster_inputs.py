"""Small inputs of a cluster, and the quotes that one machine finds in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stub_extraction import stub_extract

from quotes.reading import articles
from quotes.records import Article, Extraction
from quotes.store.rows.stored_quotes import quote_hash


def lines(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    urls = [f"https://courier.example/{text.split()[0]}" for text in texts]
    rows = [{"text": text, "url": url, "published": "2025-03-04"} for text, url in zip(texts, urls, strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def story(name: str) -> str:
    line = f"{name} said on Tuesday that the ferry had left the harbour before the storm came to the island."
    return f"{line}\nMore of it."


def hashes(spark: Any, output: Path) -> list[str]:
    return sorted(row.hash for row in spark.read.parquet(str(output / "quotes")).select("hash").collect())


def expected(folder: Path) -> list[str]:
    """The hashes that one machine gives to what is extracted from a folder."""
    found: dict[str, Extraction] = {}
    for article in articles([str(folder)]):
        if isinstance(article, Article):
            (answer,) = stub_extract()([article])
            assert isinstance(answer, Extraction)
            found[article.url or article.sha256] = answer
    return sorted(quote_hash(one.article, quote) for one in found.values() for quote in one)
