"""Documents are parsed in a process of their own: each has its time, and a process that dies costs one."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing import get_context

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document
from quotes.reading.parsing import Parser, parse_document
from quotes.records import Article

STORY = "“We will rebuild the pier before the summer,” said Ana Cortés, the mayor of Port Ellery, on Monday.\n"


def obey(document: Document, outlet: str | None) -> Article | ReadingError:
    """Do what a document says: sleep, die, or be read."""
    if document.data == "sleep":
        time.sleep(600)
    if document.data == "die":
        os._exit(1)
    return parse_document(document, outlet)


def text(data: str) -> Document:
    return Document("a.txt", data, "text")


@pytest.fixture
def parser() -> Iterator[Parser]:
    made = Parser(limit=30, parse=obey)
    yield made
    made.close()


def test_what_is_read_comes_back(parser: Parser) -> None:
    article = parser.article(text(STORY), "Harbour Courier")
    assert isinstance(article, Article)
    assert article == parse_document(text(STORY), "Harbour Courier")
    error = parser.article(Document("b.html", "<p>x</p>", "html"), None)
    assert isinstance(error, ReadingError)
    assert (error.source, "without a story" in error.message) == ("b.html", True)
    assert str(error) == f"b.html: {error.message}"


def test_a_document_that_takes_too_long_costs_itself_only(parser: Parser) -> None:
    assert isinstance(parser.article(text(STORY), None), Article)  # begun: that takes no part of the second
    parser._limit = 1
    error = parser.article(text("sleep"), None)
    assert isinstance(error, ReadingError)
    assert error.message.startswith("took longer than 1 s to read")
    parser._limit = 30
    assert isinstance(parser.article(text(STORY), None), Article)


def test_a_process_that_dies_costs_one_document(parser: Parser) -> None:
    error = parser.article(text("die"), None)
    assert isinstance(error, ReadingError)
    assert "died" in error.message
    assert isinstance(parser.article(text(STORY), None), Article)


def test_ctrl_c_is_heard_at_once(parser: Parser) -> None:
    assert isinstance(parser.article(text(STORY), None), Article)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell runs behind
    main = threading.main_thread().ident or 0
    threading.Timer(0.5, signal.pthread_kill, (main, signal.SIGINT)).start()
    started = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            parser.article(text("sleep"), None)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - started < 20, "not the thirty seconds of the document, let alone its ten minutes"
    assert isinstance(parser.article(text(STORY), None), Article)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks")
def test_a_fork_begins_its_own(parser: Parser) -> None:
    assert isinstance(parser.article(text(STORY), None), Article)
    child = get_context("fork").Process(target=_read_apart, args=(parser,))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert isinstance(parser.article(text(STORY), None), Article), "the one of before is still there"


def _read_apart(parser: Parser) -> None:
    found = parser.article(text(STORY), None)
    parser.close()
    os._exit(0 if isinstance(found, Article) else 1)
