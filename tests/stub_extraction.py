"""What stands in for the pipeline where the machinery round it is tried: functions that workers call by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from quotes.ingest.workers import Answer, Extract
from quotes.records import Article, Extraction, Failure, Quote


def first_line(article: Article) -> Extraction:
    """A direct quote of nobody: the first line of the text."""
    line = article.text.splitlines()[0]
    return Extraction(article, (Quote("direct", ((0, len(line)),), line, method="stub"),))


def stub_extract() -> Extract:
    def extract(articles: Sequence[Article]) -> list[Answer]:
        return [first_line(article) for article in articles]

    return extract


def slow_extract(any_language: bool = False) -> Extract:
    """Half a second an article, but for the first eight, for which none is taken."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        for article in articles:
            if int(article.source.removesuffix(".txt").rpartition("/")[2]) >= 8:
                time.sleep(0.5)
        return [first_line(article) for article in articles]

    return extract


def dying_extract() -> Extract:
    """A process dies of each article that says `die`; of `die once` only where the file named in it isn't there yet."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        for article in articles:
            _, _, rest = article.text.partition("die")
            before = Path(rest.removeprefix(" once ").strip()) if rest.startswith(" once ") else None
            if "die" in article.text and not (before and before.exists()):
                if before:
                    before.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return [first_line(article) for article in articles]

    return extract


def failing_extract() -> Extract:
    def extract(articles: Sequence[Article]) -> list[Answer]:
        return [Failure(article.source, "extract", "no good") for article in articles]

    return extract


def no_extract() -> Extract:
    raise RuntimeError("the weights are not there")


def unhurried_extract() -> Extract:
    """A third of a second an article."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        time.sleep(0.33 * len(articles))
        return [first_line(article) for article in articles]

    return extract
