"""Documents become articles, each in a limited time: in another process, since nothing else ends what a library does.

A page can be made, or come out of a broken program, such that a parser written in C works on it
for hours, deaf to signals. Here that costs the one document.
"""

from __future__ import annotations

import atexit
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from ..errors import ReadingError, one_line
from ..records import Article
from .decoding import decode
from .documents import Document
from .formats.text import outlet_of, parse

LONGEST = 30.0
"""Seconds for a document. Real pages take .02 to .04; on a busy machine ten times as long."""

Parse = Callable[[Document, str | None], Article | ReadingError]


def parse_document(document: Document, outlet: str | None) -> Article | ReadingError:
    """Return the article that a document is; nothing is raised.

    outlet (str | None): Who printed it, over what it says.
    """
    from .page.page_addresses import page_address

    try:
        if document.kind == "html":
            from .formats.html import parse_page

            article = parse_page(document)
        elif document.kind == "markdown":
            from .formats.markdown import parse_markdown

            article = parse_markdown(document)
        elif document.kind == "wikitext":
            from .formats.archives.wikitext import parse_wikitext

            article = parse_wikitext(document)
        else:
            data = document.data
            text = decode(data, document.source) if isinstance(data, bytes) else data
            article = parse(text, document.source, metadata=document.metadata)
        if article.url:
            article = replace(article, url=page_address((), article.url))
        if outlet:
            article = replace(article, outlet=outlet_of(outlet, article.url))
        return article
    except ReadingError as error:
        return error
    except Exception as error:  # whatever it is, it is no reason to lose the other articles
        return ReadingError(document.source, one_line(error, document.source))


class Parser:
    """A process that parses, begun when it is first needed and again when it had to be ended.

    limit (float): Seconds for a document.
    parse (Callable): A function of a module, since its name is sent.
    """

    def __init__(self, limit: float = LONGEST, parse: Parse = parse_document) -> None:
        self._limit = limit
        self._parse = parse
        self._owner = 0  # the process that began it: a fork of that has no part in it
        self._process: BaseProcess | None = None
        self._connection: Connection[Any, Any] | None = None

    def article(self, document: Document, outlet: str | None) -> Article | ReadingError:
        """Return the article that a document is, an error where that takes too long."""
        connection = self._connected()
        source = document.source
        try:
            connection.send((document, outlet))
            if connection.poll(self._limit):
                found: Article | ReadingError = connection.recv()
                return found
        except (EOFError, OSError):
            self.close()
            return ReadingError(source, "the process that read it died, killed or out of memory")
        except BaseException:  # Ctrl-C: it is at work on what nobody waits for any more
            self.close()
            raise
        self.close()
        return ReadingError(source, f"took longer than {self._limit:g} s to read; save its text and read that")

    def close(self) -> None:
        """End the process."""
        if self._connection and self._process and self._owner == os.getpid():
            self._connection.close()
            self._process.kill()
            self._process.join()
        self._connection = self._process = None

    def _connected(self) -> Connection[Any, Any]:
        if self._connection and self._process and self._owner == os.getpid() and self._process.is_alive():
            return self._connection
        self.close()
        # Spawned: a forked copy of a process with threads may hang.
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._parse), daemon=True, name="quotes-parser")
        self._process.start()
        self._owner = os.getpid()
        theirs.close()
        return self._connection


_parser = Parser()
atexit.register(_parser.close)


def article_of(document: Document, outlet: str | None) -> Article | ReadingError:
    """Return the article that a document is, by the one process that all sources share."""
    if current_process().daemon:  # which may have no process of its own
        return parse_document(document, outlet)
    return _parser.article(document, outlet)


def _serve(connection: Connection[Any, Any], parse: Parse) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            document, outlet = connection.recv()
            connection.send(parse(document, outlet))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    """Leave when the process that wants the answers is gone, which may have been killed."""
    parent: Any = parent_process()
    parent.join()
    os._exit(1)
