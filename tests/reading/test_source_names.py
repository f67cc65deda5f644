"""How sources are called in the database, and what they are found by when they are read again."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from quotes.reading.addresses import without_credentials
from quotes.reading.source_names import NotReadAgainError, label, labels_of, source_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://alice:s3cret@host/feed", "http://host/feed"),
        ("https://alice@host:8080/feed?a=b@c#d", "https://host:8080/feed?a=b@c#d"),
        ("http://alice:s3@cret@host/feed", "http://host/feed"),
        ("http://alice:s3/c#ret@host/feed", "http://host/feed"),
        ("HTTP://alice:@host", "HTTP://host"),
        ("ftp://alice:s3cret@host/x, http://bob:pw@host/y", "ftp://host/x, http://host/y"),
        ("crawl.warc.gz#https://alice:s3cret@host/", "crawl.warc.gz#https://host/"),
        ("https://host/@mayor", "https://host/@mayor"),
        ("https://host:8080/@mayor", "https://host:8080/@mayor"),
        ("https://host/?mail=a@b", "https://host/?mail=a@b"),
        ("press@host.example: // by a@b", "press@host.example: // by a@b"),
    ],
)
def test_credentials_go_and_nothing_else(text: str, shown: str) -> None:
    assert without_credentials(text) == shown


def test_what_was_named_by_an_absolute_path() -> None:
    labels = labels_of(["/home/alice/news/", "/srv//one.txt", "two.txt", "../three", "http://bob:pw@host/home"])
    called = {
        "/home/alice/news/2025/a.txt": "news/2025/a.txt",
        "/home/alice/news/x.zip#in/p.html": "news/x.zip#in/p.html",
        "/home/alice/news": "news",
        "/srv//one.txt": "one.txt",
        "/srv/one.txt#3": "one.txt#3",
        "/home/alice/newspapers/a.txt": "/home/alice/newspapers/a.txt",
        "two.txt": "two.txt",
        "../three/a.txt": "../three/a.txt",
        "http://bob:pw@host/home#x": "http://host/home#x",
        "-": "-",
    }
    assert {source: label(source, labels) for source in called} == called
    assert label("/etc/a.txt", labels_of(["/"])) == "etc/a.txt"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file, an archive and a database."""
    monkeypatch.chdir(tmp_path)
    for name in ("a#b.txt", "news.zip", "rows.csv", "#1.txt"):
        (tmp_path / name).write_text("text")
    with sqlite3.connect(tmp_path / "news.db") as db:
        db.execute("CREATE TABLE stories (text)")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "late.txt").write_text("text")
    return tmp_path


@pytest.mark.parametrize(
    ("called", "source"),
    [
        ("a#b.txt", "a#b.txt"),
        ("a#b.txt#3", "a#b.txt"),
        ("#1.txt", "#1.txt"),
        ("news.zip#in/a#b.html", "news.zip"),
        ("rows.csv#12", "rows.csv"),
        ("news.db#12", "news.db"),
        ("news.db#stories", "news.db#stories"),
        ("news.db#stories#12", "news.db#stories"),
        ("gone.zip#a.html", "gone.zip"),
        ("gone#a.txt", "gone#a.txt"),
        ("https://host/feed#Pier", "https://host/feed"),
    ],
)
def test_what_is_read_again(here: Path, called: str, source: str) -> None:
    assert source_of(called) == (source, source)


def test_a_file_that_lies_elsewhere(here: Path) -> None:
    folders = [str(here / "none"), str(here / "far")]
    assert source_of("late.txt#2", folders) == (str(here / "far" / "late.txt"), "late.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name")
def test_what_can_not_be_read_twice(here: Path) -> None:
    os.mkfifo("pipe")
    for called, line in (("-", "standard input"), ("-#12", "standard input"), ("pipe", "pipe"), ("/dev/null", "pipe")):
        with pytest.raises(NotReadAgainError, match=line):
            source_of(called)
    Path("-").write_text("text")
    assert source_of("-#12") == ("-", "-"), "of a file, not standard input"
