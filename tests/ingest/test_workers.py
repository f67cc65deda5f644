"""Workers with something simple in place of the pipeline; each test starts processes."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stub_extraction import dying_extract, failing_extract, first_line, no_extract, stub_extract

from quotes.ingest import workers
from quotes.ingest.workers import DIED, Answer, Workers
from quotes.records import Article, Extraction, Failure


def some(*texts: str) -> list[Article]:
    return [Article(text, f"{n}.txt") for n, text in enumerate(texts)]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_answers_come_in_the_order_of_the_articles(count: int) -> None:
    articles = some(*(f"line {n}" for n in range(50)))
    with Workers(count, stub_extract) as pool:
        assert list(pool.answers(articles)) == [first_line(article) for article in articles]


def test_articles_are_taken_no_further_ahead_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 2)
    taken: list[int] = []

    def endless() -> Iterator[Article]:
        for n in range(100):
            taken.append(n)
            yield Article(f"line {n}", "x")

    with Workers(1, stub_extract) as pool:
        ahead = [len(taken) - n for n, _ in enumerate(pool.answers(endless()))]
    assert len(ahead) == 100
    assert max(ahead) <= 2 * (workers.AHEAD + 2)


def test_a_process_that_dies_costs_only_the_article_it_died_of(tmp_path: Path) -> None:
    articles = some(*"abcdefgh", "die", *"ijklmnop", f"die once {tmp_path / 'died'}", *"qrstuvwxyz")
    with Workers(2, dying_extract) as pool:
        answers = list(pool.answers(articles))
    expected: list[Answer] = [first_line(article) for article in articles]
    expected[8] = Extraction(articles[8], (), failures=(Failure(articles[8].source, "extract", DIED),))
    assert answers == expected
    assert (tmp_path / "died").exists()


def test_new_processes_take_over_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)
    monkeypatch.setattr(workers, "RECYCLED", 3)
    articles = some(*(f"line {n}" for n in range(8)))
    with Workers(1, stub_extract) as pool:
        before = pool._pool
        assert list(pool.answers(articles)) == [first_line(article) for article in articles]
        assert pool._pool is not before


def test_what_an_extractor_says_is_passed_on() -> None:
    with Workers(1, failing_extract) as pool:
        assert list(pool.answers(some("a"))) == [Failure("0.txt", "extract", "no good")]


def test_an_extractor_that_can_not_be_made_is_told_at_once() -> None:
    with Workers(1, no_extract) as pool, pytest.raises(RuntimeError, match="the weights are not there"):
        list(pool.answers(some("a")))


def test_no_process_stays_behind() -> None:
    with Workers(2, stub_extract) as pool:
        list(pool.answers(some(*"abcdefghijklmnopqrstuvwxyz")))
    until = time.monotonic() + 10

    def left() -> list[str]:
        names = [child.name for child in multiprocessing.active_children()]
        return [name for name in names if name != "quotes-parser"]  # that reads, for as long as this process runs

    while left() and time.monotonic() < until:
        time.sleep(0.05)
    assert left() == []
