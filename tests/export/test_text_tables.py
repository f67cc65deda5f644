from __future__ import annotations

import csv
import io
import json

import pytest

from quotes.export.text_tables import FORMULA, Column, as_text, write_csv

from .conftest import FIRST, Export


def test_csv_has_a_row_a_quote(exported: Export) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv"), newline="")))
    assert [row["speaker"] for row in rows] == ["Ana Cortés", "Bo \x02Lind <b>", "Ana Cortés", "a harbour official", ""]
    first = rows[0]
    assert (first["outlet"], first["published"], first["gender"]) == ("Zorran Courier & Sons", "2025-03-04", "woman")
    assert first["text"] == "“=1+1 is two,” “and {braces} cost 5% & more_or_less.”"
    assert (first["url"], first["source"]) == ("https://courier.example/pier_1?a=1&b={2}", "news/first.txt")
    assert FIRST[int(first["start"]) : int(first["end"])].startswith("“=1+1")
    assert rows[3]["text"] == "that\x0b the pier\rwould close", "a lone carriage return parts no rows"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-1", "＝1", "'tis", "“=1”", "x=1", ""]
)
def test_a_text_that_a_spreadsheet_takes_for_a_formula_is_marked_and_comes_back(text: str) -> None:
    out = io.StringIO(newline="")
    write_csv([Column("text"), Column("n", int)], [(text, -1)], out)
    _, (shown, number) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert shown[:1] not in set("=+-@\t\r＝")
    assert (shown[1:] if shown[:1] == "'" and FORMULA.match(shown) else shown) == text
    assert (shown == text) == (as_text(text) == text)
    assert number == "-1", "a number is none"


def test_jsonl_is_as_it_stands(exported: Export) -> None:
    records = [json.loads(line) for line in exported("jsonl").split("\n")[:-1]]
    assert len(records) == 5
    assert records[1]["speaker"] == "Bo \x02Lind <b>"
    assert records[4]["text"] == "“@home,”"
    assert records[4]["outlet"] is None and records[4]["speaker"] is None
