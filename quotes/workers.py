"""Processes that extract quotes: batches of articles go to them, quotes come back in the articles' order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any

from .records import Article, Extraction, Failure

Answer = Extraction | Failure
"""What was said in an article, or why that can't be told."""
Extract = Callable[[Sequence[Article]], list[Answer]]

BATCH = 8
"""Articles that go to a worker together: what it costs to send them is then below 1 % of the work."""
AHEAD = 8
"""Batches a worker that wait for it, or to be written: answers are taken in order, and with two the other workers stood
still where one had a long article in hand. Memory is bounded by them."""
RECYCLED = 500
"""Batches a worker after which new processes take over, whatever a library may have kept in the old ones."""
DIED = "the process that read it died twice, killed or out of memory"


def pipeline_extract(any_language: bool = False) -> Extract:
    """Return what extracts with the pipeline of this package.

    any_language (bool): From articles that are not in English too.
    """
    from . import pipeline
    from .errors import one_line
    from .reading.language import language_of

    nlp = pipeline.build()

    def answer(article: Article) -> Answer:
        try:
            language = language_of(article.text)
            if language.code == "en":
                return pipeline.extract(nlp, article, with_topics=True)
            if any_language:
                return pipeline.extract(nlp, replace(article, language=language.code), with_topics=True)
        except Exception as error:  # whatever it is, it is no reason to lose the other articles
            return Failure(article.source, "extract", one_line(error, article.source))
        # In tens, so that few causes stand in the list of what failed.
        share = f"{round(10 * language.share)}0 %".removeprefix("0")
        told = f"not in English ({language.code}, {share} of the text)"
        return Failure(article.source, "read", f"{told}; quotes retry --language any reads it all the same")

    def extract(articles: Sequence[Article]) -> list[Answer]:
        with nlp.memory_zone():
            return [answer(article) for article in articles]

    return extract


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

    def __enter__(self) -> Workers:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the processes go; those at work are waited for."""
        self._pool.shutdown(cancel_futures=True)

    def answers(self, articles: Iterable[Article]) -> Iterator[Answer]:
        """Yield what was said in each article, in order, while later ones are worked on."""
        waiting = iter(articles)
        if self._here:
            while batch := list(islice(waiting, BATCH)):
                yield from self._here(batch)
            return
        pending: deque[_Batch] = deque()
        while batch := list(islice(waiting, BATCH)):
            pending.append(self._send(batch))
            while pending and (len(pending) > AHEAD * self.count or pending[0].future.done()):
                yield from self._received(pending)
        while pending:
            yield from self._received(pending)

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
            return _Batch(articles, self._pool.submit(_extract, articles))
        except BrokenProcessPool:
            self._replace()
            return _Batch(articles, self._pool.submit(_extract, articles))

    def _replace(self) -> None:
        """Put new processes in place; the old ones end when they have done what they were given."""
        self._pool.shutdown(wait=False)
        self._pool = self._start()
        self._sent = 0

    def _received(self, pending: deque[_Batch]) -> Iterator[Answer]:
        """Yield the first batch that is pending; if a process died, all that may have been in its hands."""
        batch = pending.popleft()
        try:
            yield from batch.future.result()
        except BrokenProcessPool:
            yield from self._tried_again(batch.articles)
            while pending and isinstance(pending[0].future.exception(), BrokenProcessPool):
                yield from self._tried_again(pending.popleft().articles)

    def _tried_again(self, articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            yield self._alone(article) or self._alone(article) or Failure(article.source, "extract", DIED)

    def _alone(self, article: Article) -> Answer | None:
        """Return what was said in an article, None if the process dies of it."""
        try:
            (answer,) = self._send([article]).future.result()
        except BrokenProcessPool:
            return None
        return answer


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
