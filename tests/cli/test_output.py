from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console

from quotes.cli.output import (
    COLUMNS,
    SHORT,
    print_hits,
    print_records,
    print_rows,
    print_table,
    quote_cells,
    quote_record,
)
from quotes.records import Article, Extraction, Mention, Quote, Speaker
from quotes.store.searching import Hit

TEXT = '“Well [laughs],” Ana Cortés told Northwire, “yes; "no",\r\nwho knows?” 🚢 It would close, it said.'
FULL = Quote(
    kind="direct",
    spans=((0, 16), (44, 68)),
    text="“Well [laughs],” “yes; \"no\",\r\nwho knows?”",
    cue=Mention("told", 28, 32),
    mention=Mention("Ana Cortés", 17, 27),
    mention_kind="name",
    speaker=Speaker("Ana Cortés", "person", "mayor", "woman", ("she",)),
    via="Northwire",
    citing="officials",
    act="reply",
    confidence=0.75,
    method="after",
)  # fmt: skip
BARE = Quote(kind="indirect", spans=((71, 85),), text="It would close", method="that")
ARTICLE = Article(TEXT, "a/pier.txt", title="Pier [video]")
EXTRACTIONS = [Extraction(ARTICLE, (FULL, BARE)), Extraction(Article("Nothing.", "b.txt"), ())]


def hit(text: str = "“No.”", **known: str | None) -> Hit:
    nothing = dict.fromkeys(("speaker", "cue", "outlet", "published", "article"))
    return Hit(**{"id": 1, "text": text, "kind": "direct", "source": "a.txt", **nothing, **known})


def console(width: int = 200) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=False)


def output(printed: Console) -> str:
    assert isinstance(printed.file, io.StringIO)
    return printed.file.getvalue()


def test_json_record_is_the_one_that_is_promised() -> None:
    assert quote_record(FULL, "a/pier.txt") == {
        "article": "a/pier.txt",
        "kind": "direct",
        "spans": [[0, 16], [44, 68]],
        "text": "“Well [laughs],” “yes; \"no\",\r\nwho knows?”",
        "cue": {"text": "told", "start": 28, "end": 32},
        "mention": {"text": "Ana Cortés", "start": 17, "end": 27},
        "speaker": "Ana Cortés",
        "speaker_kind": "person",
        "role": "mayor",
        "gender": "woman",
        "gender_words": ["she"],
        "via": "Northwire",
        "citing": "officials",
        "act": "reply",
        "confidence": 0.75,
        "method": "after",
    }  # fmt: skip
    unknown = {key for key, value in quote_record(BARE, "-").items() if value is None}
    assert unknown == {"cue", "mention", "speaker", "speaker_kind", "role", "gender", "via", "citing"}


def test_jsonl_is_a_line_a_quote() -> None:
    out = io.StringIO()
    print_records(EXTRACTIONS, out)
    lines = out.getvalue().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [quote_record(FULL, "a/pier.txt"), quote_record(BARE, "a/pier.txt")]
    assert "Cortés" in lines[0], "readable, not escaped"
    for record in map(json.loads, lines):
        assert " ".join(TEXT[start:end] for start, end in record["spans"]) == record["text"]


def test_csv_parses_back() -> None:
    out = io.StringIO(newline="")
    print_rows("csv", COLUMNS, quote_cells(EXTRACTIONS), out)
    full, bare = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert full["text"] == FULL.text, "line end, commas, marks and all"
    assert (full["article"], full["speaker"], full["cue"]) == ("a/pier.txt", "Ana Cortés", "told")
    assert (full["mention"], full["via"]) == ("Ana Cortés", "Northwire")
    assert TEXT[int(full["start"]) : int(full["end"])] == TEXT[0:68]
    assert float(full["confidence"]) == 0.75
    assert bare["speaker"] == bare["cue"] == bare["role"] == ""


def test_csv_without_quotes_has_its_header() -> None:
    out = io.StringIO()
    print_rows("csv", COLUMNS, quote_cells([]), out)
    assert out.getvalue().startswith("article,kind,speaker,")
    assert out.getvalue().count("\n") == 1


def test_table_shows_who_how_and_what() -> None:
    printed = console()
    print_table(EXTRACTIONS, printed)
    shown = output(printed)
    assert "Pier [video]" in shown
    assert "b.txt" in shown, "an article without a title goes by its source"
    line = next(line for line in shown.splitlines() if "laughs" in line)
    assert '“Well [laughs],” “yes; "no", who knows?”' in line, "rich must not take [laughs] for its own markup"
    assert all(word in line for word in ("Ana Cortés", "told", "direct"))
    assert any(line.split()[:1] == ["?"] and "It would close" in line for line in shown.splitlines())


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_word_is_lost_in_a_narrow_window(width: int) -> None:
    printed = console(width)
    words = "“Incomprehensibilities notwithstanding, https://example.org/a-very-long-address/that-does-not-end”"
    assert print_hits([hit(words)], printed) == 1
    shown = output(printed)
    assert max(map(len, shown.splitlines())) <= width
    assert all(shown.count(sign) >= words.count(sign) for sign in set(words) - {" "})


def test_hits_show_who_what_and_where() -> None:
    printed = console()
    hits = [
        hit("“No.”", speaker="Ana Cortés", outlet="Harbour Courier", published="2025-03-04"),
        hit("“Yes.”", source="b.txt"),
    ]
    assert print_hits(hits, printed, title="Two [2]") == 2
    shown = output(printed)
    assert "Two [2]" in shown
    assert "Harbour Courier, 2025-03-04" in shown
    assert any("?" in line and "“Yes.”" in line and "b.txt" in line for line in shown.splitlines())


def test_no_hits_print_nothing() -> None:
    printed = console()
    assert print_hits([], printed, title="Nothing") == 0
    assert output(printed) == ""


def test_short_hits_are_cut_between_words() -> None:
    printed = console()
    print_hits([hit("word " * 100)], printed, short=True)
    (line,) = (line for line in output(printed).splitlines() if "word" in line)
    assert "word …" in line
    assert line.count("word") * 5 <= SHORT


def test_control_characters_do_not_reach_the_terminal() -> None:
    printed = console()
    evil = "“Hi\x1b[2J\x1b]0;owned\x07 there\x9b31m \ud800”"
    print_hits([hit(evil, speaker="A\x1b[1mB", outlet="C\rD")], printed, title="E\x1b[0mF")
    print_table([Extraction(Article("x", "s.txt", title=evil), (Quote("direct", ((0, 1),), evil),))], printed)
    shown = output(printed)
    assert not {sign for sign in shown if sign < " " or "\x7f" <= sign <= "\x9f"} - {"\n"}
    shown.encode()
