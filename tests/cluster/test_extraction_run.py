from __future__ import annotations

import json
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from stub_extraction import stub_extract, unhurried_extract

from quotes.reading import articles
from quotes.records import Article, Extraction
from quotes.store.writing import Writer, quote_hash

pytest.importorskip("pyarrow")

MASTER = "local-cluster[2,1,1024]"


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


def below(pid: int) -> list[int]:
    """A process and all that it has begun."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def runs(pid: int, what: bytes) -> bool:
    with suppress(OSError):
        return what in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def extracting() -> list[int]:
    """The executors of this test in which articles are being extracted."""
    executors = (pid for pid in below(os.getpid()) if runs(pid, b"CoarseGrainedExecutorBackend"))
    return [pid for pid in executors if any(runs(child, b"spawn_main") for child in below(pid))]


def test_an_executor_that_is_killed_twice_loses_and_doubles_nothing(spark: Any, tmp_path: Path) -> None:
    from quotes.cluster.extraction_run import extract_files

    for n in range(3):
        lines(tmp_path / "in" / f"{n}.jsonl", *(story(f"A{n}x{m}") for m in range(12)))
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < 2 and not over.wait(0.5):
            if running := [pid for pid in extracting() if pid not in killed]:
                time.sleep(1)
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])

    killer = threading.Thread(target=kill)
    killer.start()
    done = extract_files(spark, [str(tmp_path / "in")], str(tmp_path / "out"), partitions=4, factory=unhurried_extract)
    over.set()
    killer.join()
    assert len(killed) == 2
    assert (done.files_done, done.articles) == (3, 36)
    assert hashes(spark, tmp_path / "out") == expected(tmp_path / "in")


def test_what_is_finished_is_not_done_again(spark: Any, tmp_path: Path) -> None:
    from quotes.cluster.extraction_run import extract_files
    from quotes.cluster.output_folder import OutputFolder

    given, out = tmp_path / "in", tmp_path / "out"
    lines(given / "a.jsonl", story("One"), story("Two"), story("One"))
    (given / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 this was a web archive once")
    first = extract_files(spark, [str(given)], str(out), factory=stub_extract)
    assert (first.files, first.articles, first.lost) == (2, 2, 1)
    failures = spark.read.parquet(str(out / "failures")).collect()
    assert [(Path(row.source).name, row.stage) for row in failures] == [("broken.warc.gz", "read")]
    # A step that broke off has no _SUCCESS.
    step = out / "_steps" / "00002" / "rows"
    step.mkdir(parents=True)
    (step / "part-0.parquet").write_bytes(b"half a file")
    lines(given / "b.jsonl", story("Two"), story("Three"), "One changed its mind, said nobody, and went home.")
    second = extract_files(spark, [str(given)], str(out), factory=stub_extract)
    assert (second.files, second.files_before, second.articles) == (3, 2, 3)
    assert OutputFolder(spark, str(out)).steps() == ["00001", "00002"]
    assert hashes(spark, out) == expected(given), "of One the newest text stands"
    third = extract_files(spark, [str(given)], str(out), factory=stub_extract)
    assert (third.files_before, third.articles) == (3, 0)


def test_an_article_that_ends_its_process_is_a_row(spark: Any, tmp_path: Path) -> None:
    from stub_extraction import dying_extract

    from quotes.cluster import articles as read
    from quotes.cluster import extract

    lines(tmp_path / "a.jsonl", story("One"), story("die"), story("Two"))
    found = extract(read(spark, [str(tmp_path / "a.jsonl")]), partitions=1, factory=dying_extract).collect()
    told = {row.text.split()[0]: [failure.error for failure in row.failures] for row in found}
    assert told == {"One": [], "Two": [], "die": ["its worker process died twice, killed or out of memory"]}


def test_a_dataframe_of_texts_will_do(spark: Any) -> None:
    from quotes.cluster import extract

    frame = spark.createDataFrame([(story("One"), "Harbour Courier"), (None, None)], "text string, outlet string")
    rows = sorted(extract(frame, partitions=2, factory=stub_extract).collect(), key=lambda row: row.outcome)
    assert [row.outcome for row in rows] == ["lost", "stored"]
    assert rows[0].failures[0].error == "no text"
    assert rows[1].outlet.name == "Harbour Courier"
    assert rows[1].quotes[0].text == story("One").splitlines()[0]


def test_an_empty_input_is_told(spark: Any, tmp_path: Path) -> None:
    from quotes.cluster import articles as read
    from quotes.errors import ReadingError

    with pytest.raises(ReadingError, match=r"no file|can't be found"):
        read(spark, [str(tmp_path / "nothing")])


def test_the_writer_knows_what_comes_again(db: Any) -> None:
    """What `hashes` compares with is what one machine stores."""
    article = Article(story("One"), "one.txt")
    (extraction,) = stub_extract()([article])
    assert isinstance(extraction, Extraction)
    Writer(db, "test").write(extraction)
    stored = [row[0] for row in db.execute("SELECT hash FROM quotes").fetchall()]
    assert stored == [quote_hash(article, quote) for quote in extraction]
