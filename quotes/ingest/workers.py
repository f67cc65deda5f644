"""Worker processes: they receive batches of articles, and return quotes in the order of the articles."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any

from ..records import Article, Extraction, Failure

Answer = Extraction | Failure
"""The quotes of an article, or why it is left out."""
Extract = Callable[[Sequence[Article]], list[Answer]]

BATCH = 8
"""Articles per batch: the overhead of sending is below 1 % of the work."""
AHEAD = 8
"""Batches per worker that wait for it, or to be written. Answers are taken in order: with two, the other workers idled
while one had a long article. They bound memory."""
RECYCLED = 500
"""Batches per worker after which its process is replaced, and with it whatever memory a library has kept."""
GRACE = 3.0
"""Seconds in which articles in progress must be finished after an interrupt."""
TICK = 0.1
"""Seconds between checks for an interrupt while waiting for an answer."""
DIED = "its worker process died twice, killed or out of memory"


def pipeline_extract(any_language: bool = False) -> Extract:
    """Return an extractor with the pipeline of this package.

    any_language (bool): Accept articles that are not in English.
    """
    from .. import pipeline
    from ..errors import ExtractionError, one_line
    from ..reading.language_check import language_of

    nlp = pipeline.build()

    def answer(article: Article) -> Answer:
        try:
            language = language_of(article.text)
            if language.code == "en":
                return pipeline.extract(nlp, article, with_topics=True)
            if any_language:
                return pipeline.extract(nlp, replace(article, language=language.code), with_topics=True)
        except ExtractionError as error:
            return error.extraction
        except Exception as error:  # no error may cost the article, or others
            return without_quotes(article, one_line(error, article.source))
        # Rounded to tens, so that `quotes status` groups them.
        share = f"{round(10 * language.share)}0 %".removeprefix("0")
        told = f"not in English ({language.code}, {share} of the text)"
        return Failure(article.source, "read", f"{told}; quotes retry --language any reads it all the same")

    def extract(articles: Sequence[Article]) -> list[Answer]:
        with nlp.memory_zone():
            return [answer(article) for article in articles]

    return extract


def without_quotes(article: Article, error: str) -> Extraction:
    """Return an extraction with the text of the article alone, and the reason."""
    return Extraction(article, (), failures=(Failure(article.source, "extract", error),))


@dataclass(slots=True)
class _Batch:
    articles: list[Article]
    future: Future[list[Answer]]


class Workers:
    """A pool of worker processes. Use as a context manager.

    count (int): Number of processes; 0 extracts in this one.
    factory (Callable): Called in each process, returns the extractor; a module-level function (pickled by name).
    A process that dies is replaced, and its articles are retried one at a time.
    """

    def __init__(self, count: int, factory: Callable[[], Extract] = pipeline_extract) -> None:
        self.count = count
        self._factory = factory
        self._here = None if count else factory()
        self._pool = self._start()
        self._sent = 0
        self._leaving: list[BaseProcess] = []
        self._stopped = False

    def __enter__(self) -> Workers:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shut the pool down; wait for running tasks, but not after an error or an interrupt."""
        if kind or self._stopped:
            self._kill()
        else:
            self._pool.shutdown(cancel_futures=True)

    def answers(
        self,
        articles: Iterable[Article],
        stopped: Callable[[], bool] = lambda: False,
        finishing: Callable[[int], None] = lambda articles: None,
    ) -> Iterator[Answer]:
        """Yield the answer for each article, in order, while later ones are worked on.

        stopped (Callable): Whether to stop: then only finished articles are yielded, and those in progress that are
            ready within `GRACE`.
        finishing (Callable): Called before that with the number of articles in progress.
        """
        waiting = iter(articles)
        if self._here:
            for article in waiting:
                yield from self._here([article])
            return
        pending: deque[_Batch] = deque()
        while not stopped() and (batch := list(islice(waiting, BATCH))):
            pending.append(self._send(batch))
            while pending and (len(pending) > AHEAD * self.count or pending[0].future.done()) and not stopped():
                yield from self._received(pending, stopped)
        while pending and not stopped():
            yield from self._received(pending, stopped)
        if stopped():
            self._stopped = True
            yield from _finished(pending, finishing)

    def _start(self) -> ProcessPoolExecutor:
        # Spawned: a forked copy of a process with threads may hang.
        return ProcessPoolExecutor(
            max(1, self.count), mp_context=get_context("spawn"), initializer=_begin, initargs=(self._factory,)
        )

    def _send(self, articles: list[Article]) -> _Batch:
        if self._sent == RECYCLED * self.count:
            self._replace()
        self._sent += 1
        try:
            return self._submit(articles)
        except BrokenProcessPool:
            self._replace()
            return self._submit(articles)

    def _submit(self, articles: list[Article]) -> _Batch:
        with _no_interrupt():  # new processes ignore Ctrl-C from the start, before `_begin` runs
            return _Batch(articles, self._pool.submit(_extract, articles))

    def _replace(self) -> None:
        """Start new processes; the old ones exit when they have finished their batches."""
        self._leaving = [process for process in self._leaving if process.is_alive()] + self._processes()
        self._pool.shutdown(wait=False)
        self._pool = self._start()
        self._sent = 0

    def _kill(self) -> None:
        """Kill all processes."""
        processes = self._leaving + self._processes()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()

    def _processes(self) -> list[BaseProcess]:
        return list((self._pool._processes or {}).values())

    def _received(self, pending: deque[_Batch], stopped: Callable[[], bool]) -> Iterator[Answer]:
        """Yield the answers of the first pending batch; if a process died, retry every batch that it may have had."""
        if not _is_done(pending[0].future, stopped):
            return
        batch = pending.popleft()
        try:
            yield from batch.future.result()
        except BrokenProcessPool:
            yield from self._tried_again(batch.articles, stopped)
            while pending and pending[0].future.done() and _is_broken(pending[0].future):
                yield from self._tried_again(pending.popleft().articles, stopped)

    def _tried_again(self, articles: Sequence[Article], stopped: Callable[[], bool]) -> Iterator[Answer]:
        for article in articles:
            answer = self._alone(article, stopped) or self._alone(article, stopped)
            if stopped():
                return
            yield answer or without_quotes(article, DIED)

    def _alone(self, article: Article, stopped: Callable[[], bool]) -> Answer | None:
        """Return the answer for one article, None if the process dies or after an interrupt."""
        future = self._send([article]).future
        if not _is_done(future, stopped) or _is_broken(future):
            return None
        (answer,) = future.result()
        return answer


def _is_done(future: Future[list[Answer]], stopped: Callable[[], bool]) -> bool:
    """Wait for an answer or an interrupt; return whether there is an answer."""
    while not future.done() and not stopped():
        wait([future], TICK)
    return future.done()


def _is_broken(future: Future[list[Answer]]) -> bool:
    """Return whether the process of a finished future has died."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _finished(pending: Iterable[_Batch], finishing: Callable[[int], None]) -> Iterator[Answer]:
    """Yield the answers of finished batches, and of those in progress that are ready in time."""
    begun = [batch for batch in pending if not batch.future.cancel()]
    until = time.monotonic() + GRACE
    if left := sum(len(batch.articles) for batch in begun if not batch.future.done()):
        finishing(left)
    for batch in begun:
        wait([batch.future], max(0.0, until - time.monotonic()))
        if batch.future.done() and not batch.future.exception():
            yield from batch.future.result()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Block SIGINT: processes that are started meanwhile inherit that."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_extracting: list[Extract] = []


def _begin(factory: Callable[[], Extract]) -> None:
    """Prepare a worker, before it imports anything that starts threads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process handles Ctrl-C
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Oversubscribed cores: with threads in each process it is ten times slower.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        _extracting.append(factory())
    except Exception as error:
        _extracting.append(_raising(error))


def _raising(error: Exception) -> Extract:
    """Return an extractor that raises an error, so that it reaches the main process."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        raise error

    return extract


def _end_with_parent() -> None:
    """Exit when the main process is gone, which may have been killed."""
    parent: Any = parent_process()
    parent.join()
    os._exit(1)


def _extract(articles: list[Article]) -> list[Answer]:
    return _extracting[0](articles)
