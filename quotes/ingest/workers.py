"""Processes that extract quotes: batches of articles go to them, quotes come back in the articles' order."""

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
"""What was said in an article, or why it is left out."""
Extract = Callable[[Sequence[Article]], list[Answer]]

BATCH = 8
"""Articles that go to a worker together: what it costs to send them is then below 1 % of the work."""
AHEAD = 8
"""Batches a worker that wait for it, or to be written: answers are taken in order, and with two the other workers stood
still where one had a long article in hand. Memory is bounded by them."""
RECYCLED = 500
"""Batches a worker after which new processes take over, whatever a library may have kept in the old ones."""
GRACE = 3.0
"""Seconds that articles at which the workers are have to be finished when a stop is asked for."""
TICK = 0.1
"""Seconds after which one who waits for an answer looks whether to stop."""
DIED = "the process that read it died twice, killed or out of memory"


def pipeline_extract(any_language: bool = False) -> Extract:
    """Return what extracts with the pipeline of this package.

    any_language (bool): From articles that are not in English too.
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
        except Exception as error:  # whatever it is, it is no reason to lose the article, or others
            return without_quotes(article, one_line(error, article.source))
        # In tens, so that few causes stand in the list of what failed.
        share = f"{round(10 * language.share)}0 %".removeprefix("0")
        told = f"not in English ({language.code}, {share} of the text)"
        return Failure(article.source, "read", f"{told}; quotes retry --language any reads it all the same")

    def extract(articles: Sequence[Article]) -> list[Answer]:
        with nlp.memory_zone():
            return [answer(article) for article in articles]

    return extract


def without_quotes(article: Article, error: str) -> Extraction:
    """Return an article that goes in with its text alone, and why."""
    return Extraction(article, (), failures=(Failure(article.source, "extract", error),))


@dataclass(slots=True)
class _Batch:
    articles: list[Article]
    future: Future[list[Answer]]


class Workers:
    """A number of processes. Use as a context manager.

    count (int): How many; with 0 the work is done in this process.
    factory (Callable): Called in each process, returns what extracts; a function of a module, since its name is sent.
    A process that dies is replaced, and what it had in hand is tried again, one article at a time.
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
        """Let the processes go; those at work are waited for, but not after an error or a stop."""
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
        """Yield what was said in each article, in order, while later ones are worked on.

        stopped (Callable): Whether to stop: then comes only what is there or, of what the processes are at, is ready
            within `GRACE`.
        finishing (Callable): Called before that with the number of articles that they are at.
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
        with _no_interrupt():  # a process that it starts has no ear for Ctrl-C, not even before it can say so itself
            return _Batch(articles, self._pool.submit(_extract, articles))

    def _replace(self) -> None:
        """Put new processes in place; the old ones end when they have done what they were given."""
        self._leaving = [process for process in self._leaving if process.is_alive()] + self._processes()
        self._pool.shutdown(wait=False)
        self._pool = self._start()
        self._sent = 0

    def _kill(self) -> None:
        """End all processes at once."""
        processes = self._leaving + self._processes()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()

    def _processes(self) -> list[BaseProcess]:
        return list((self._pool._processes or {}).values())

    def _received(self, pending: deque[_Batch], stopped: Callable[[], bool]) -> Iterator[Answer]:
        """Yield the first batch that is pending; if a process died, all that may have been in its hands."""
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
        """Return what was said in an article, None if the process dies of it or a stop is asked for."""
        future = self._send([article]).future
        if not _is_done(future, stopped) or _is_broken(future):
            return None
        (answer,) = future.result()
        return answer


def _is_done(future: Future[list[Answer]], stopped: Callable[[], bool]) -> bool:
    """Return whether an answer has come, once it has or a stop is asked for."""
    while not future.done() and not stopped():
        wait([future], TICK)
    return future.done()


def _is_broken(future: Future[list[Answer]]) -> bool:
    """Return whether the process of a future that is done has died."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _finished(pending: Iterable[_Batch], finishing: Callable[[int], None]) -> Iterator[Answer]:
    """Yield what is there of batches, and what of those that processes are at is ready in time."""
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
    """Keep Ctrl-C for later: processes that are started meanwhile never hear it."""
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
    """Prepare a process, before it imports anything that starts threads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Threads of several processes on the same cores get in each other's way: ten times slower.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        _extracting.append(factory())
    except Exception as error:
        _extracting.append(_raising(error))


def _raising(error: Exception) -> Extract:
    """Return what raises an error in the process that asks, where it can be told."""

    def extract(articles: Sequence[Article]) -> list[Answer]:
        raise error

    return extract


def _end_with_parent() -> None:
    """Leave when the process that wants the answers is gone, which may have been killed."""
    parent: Any = parent_process()
    parent.join()
    os._exit(1)


def _extract(articles: list[Article]) -> list[Answer]:
    return _extracting[0](articles)
