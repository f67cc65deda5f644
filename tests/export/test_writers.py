from __future__ import annotations

import os
from pathlib import Path
from tracemalloc import get_traced_memory, reset_peak, start, stop
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.export import BINARY, FORMATS, GRAPHS, NETWORKS
from quotes.export.quote_selection import Selection, snapshot
from quotes.export.source_networks import WRITERS
from quotes.export.writers import OTHER_WRITERS, TABLE_WRITERS, export, written

MOST = 1_000_000
"""Bytes that any of them may take: 4,000 quotes as tuples alone are 3 MB."""


def exported(db: Database, form: str, which: Any = "quoting", selection: Selection | None = None) -> int:
    """Export to nowhere; return how many rows were told of."""
    told: list[int] = []
    with snapshot(db), Path(os.devnull).open("wb" if form in BINARY else "w") as out:
        export(db, selection or Selection(), form, out, told.append, which)
    return sum(told)


def test_each_format_has_its_writer() -> None:
    assert {*TABLE_WRITERS, *WRITERS, *OTHER_WRITERS} == set(FORMATS)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - set(GRAPHS) - BINARY))
def test_no_format_holds_all_quotes(large: Database, form: str) -> None:
    start()
    try:
        reset_peak()
        assert exported(large, form) == 4_000
        assert get_traced_memory()[1] < MOST
    finally:
        stop()


@pytest.mark.parametrize("form", ["csv", "gexf", "webannotation", "bibtex"])
@pytest.mark.parametrize("selection", [Selection(), Selection(speaker="speaker 7", since="2025-01-01")])
def test_nothing_is_sorted(large: Database, form: str, selection: Selection) -> None:
    asked: set[str] = set()
    large.conn.set_trace_callback(asked.add)
    try:
        exported(large, form, selection=selection)
    finally:
        large.conn.set_trace_callback(None)
    queries = [sql for sql in asked if "JOIN" in sql or "GROUP BY" in sql]
    assert queries
    for sql in queries:
        plan = " ".join(step[3] for step in large.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "TEMP B-TREE" not in plan, f"{sql}: {plan}"


@pytest.mark.parametrize("which", NETWORKS)
def test_a_network_of_many(large: Database, which: str) -> None:
    rows = exported(large, "graphml", which)
    assert rows >= 400


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), written(path, "csv") as out:
        out.write("half")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    with written(path, "csv") as out:
        out.write("text\nŁódź\n")
    assert path.read_bytes() == b"\xef\xbb\xbftext\n\xc5\x81\xc3\xb3d\xc5\xba\n", "Excel takes it for UTF-8"
    with written(tmp_path / "new.jsonl", "jsonl") as out:
        out.write("{}\n")
    assert (tmp_path / "new.jsonl").read_bytes() == b"{}\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["new.jsonl", "quotes.csv"]
