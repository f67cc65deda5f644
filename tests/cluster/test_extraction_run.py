from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cluster_inputs import expected, hashes, lines, story
from stub_extraction import dying_extract, stub_extract

pytest.importorskip("pyarrow")


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
