from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from quotes.cluster.input_files import called, names_of, on_disk


@pytest.mark.parametrize(
    ("given", "uri", "name"),
    [
        ("/home/a/news", "file:/home/a/news/x/a%20b.txt", "news/x/a b.txt"),
        ("/home/a/news/*.warc.gz", "file:///home/a/news/1.warc.gz", "news/1.warc.gz"),
        ("/home/a/news.jsonl", "file:/home/a/news.jsonl", "news.jsonl"),
        ("s3a://bucket/2025/*.warc.gz", "s3a://bucket/2025/1.warc.gz", "s3a://bucket/2025/1.warc.gz"),
    ],
)
def test_files_are_called_as_one_machine_calls_them(given: str, uri: str, name: str) -> None:
    assert called(uri, names_of([given])) == name


def test_a_relative_path_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called(f"file:{tmp_path}/in/deep/a.txt", names_of(["in/deep/"])) == "in/deep/a.txt"
    assert called(f"file:{tmp_path}/a.txt", names_of(["*.txt"])) == "a.txt"


def test_what_lies_here_is_not_copied(tmp_path: Path) -> None:
    with on_disk(f"file:{tmp_path}/a%20b.txt") as path:
        assert path == tmp_path / "a b.txt"


def test_what_lies_where_nothing_reads_is_told() -> None:
    with pytest.raises(OSError, match="wasb:// can't be read; copy it to s3, gs, hdfs"), on_disk("wasb://a/b"):
        pass
