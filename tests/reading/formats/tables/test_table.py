"""Rows of tables are articles: the columns found by their names, what is broken told for its row alone."""

import csv
import io
import json
import math
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Link, Metadata
from quotes.reading.formats.tables.table import rows
from quotes.reading.formats.tables.table_columns import FIELDS, choose, document, recognised
from quotes.reading.kinds import kind_of

STORY = "The car ferry ran onto the rocks, officials said.\n\n“We knew,” said Pell."
LONG = STORY * 3
"""As many words as a story has."""
HEADER = "title,text,outlet\n"
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(content: str | bytes, kind: Any = "csv", **mapping: str) -> tuple[list[Document], list[str]]:
    """The documents of a table, and what is said of what is none."""
    data = content if isinstance(content, bytes) else content.encode()
    return parted(rows(io.BytesIO(data), kind, "news", mapping))


def parted(found: Iterator[Document | ReadingError]) -> tuple[list[Document], list[str]]:
    documents, errors = [], []
    for item in found:
        if isinstance(item, ReadingError):
            errors.append(str(item))
            assert "\n" not in str(item) and len(str(item)) < 1200
        else:
            documents.append(item)
    return documents, errors


def texts(content: str | bytes, kind: Any = "csv", **mapping: str) -> list[str | bytes]:
    documents, errors = read(content, kind, **mapping)
    assert errors == []
    return [document.data for document in documents]


def metadata(**values: object) -> Metadata:
    return document({"text": STORY, **values}, "news#1").metadata


# Columns


@pytest.mark.parametrize(
    "names",
    [
        ["text", "url", "title", "outlet", "byline", "published", "language"],
        ["Full Text", "Article URL", "HEADLINE", "News_Outlet", "Author", "Pub-Date", "Lang"],
        ["articleBody", "link", "headline", "publisher", "authors", "datePublished", "inLanguage"],
        ["maintext", "permalink", "title", "source_domain", "reporter", "date_publish", "language"],
        ["content", "url", "title", "publication", "author", "timestamp", "lang"],
    ],
)
def test_usual_names_of_columns(names: list[str]) -> None:
    assert recognised(["id", *names, "views"]) == dict(zip([f for f in FIELDS if f != "html"], names, strict=True))


def test_the_likeliest_of_several_columns_is_taken() -> None:
    assert choose(["content", "body", "text"], {}, "news")["text"] == ("text", "body", "content")
    assert choose(["source", "outlet", "text"], {}, "news")["outlet"] == ("outlet", "source")
    assert choose(["text", "Text"], {}, "news")["text"] == ("text",)


def test_a_column_that_is_told_is_not_guessed_for_something_else() -> None:
    assert choose(["source", "text"], {"byline": "Source"}, "news") == {"byline": ("source",), "text": ("text",)}


def test_a_mapped_column_that_is_not_there_is_told_once() -> None:
    documents, errors = read(f"{HEADER}a,{'story'},c\nd,story,f\n", text="corpus")
    assert documents == []
    assert errors == ["news: no column 'corpus'; there are title, text, outlet"]


def test_a_table_without_texts_says_what_columns_it_has() -> None:
    for content, kind in (("a,b\n1,2\n", "csv"), ('{"a": 1, "b": 2}\n' * 3, "jsonl")):
        assert read(content, kind)[1] == [
            "news: no column is called as texts are; say which one holds them: there are a, b"
        ]


def test_a_field_that_is_none_is_told() -> None:
    assert read(f"{HEADER}a,b,c\n", txt="text")[1][0].startswith(
        "news: nothing is called 'txt'; a column may be text, "
    )


# Values


def test_what_a_row_tells() -> None:
    content = (
        "Title,Body,Source,Author,Date,Link,Lang\n"
        f'Ferry  aground,"{STORY}",Courier,Lena Marsh,"March 4, 2025",https://courier.example/1,en_GB\n'
    )
    (found,), errors = read(content)
    assert errors == []
    assert found == Document(
        "news#1",
        STORY,
        "text",
        Metadata("https://courier.example/1", "Ferry aground", "Courier", "Lena Marsh", "2025-03-04", "en-GB"),
    )


@pytest.mark.parametrize(
    "value",
    [
        "2025-03-04T10:00:00Z",
        "Tue, 04 Mar 2025 10:00:00 GMT",
        20250304,
        1741082400,
        1741082400.5,
        1741082400000,
        "1741082400",
        "1741082400.0",
        "1741082400000000",
        date(2025, 3, 4),
        datetime(2025, 3, 4, 10, tzinfo=UTC),
    ],
)
def test_dates(value: object) -> None:
    assert metadata(published=value).published == "2025-03-04"


@pytest.mark.parametrize(
    "value", ["", "yesterday", "03/04/2025", None, True, 0, -5, 1e300, math.nan, math.inf, 10**40, "1" * 500, [], {}]
)
def test_a_date_that_can_not_be_read_is_left_out(value: object) -> None:
    assert metadata(published=value) == Metadata()


def test_what_is_missing_is_none() -> None:
    for nothing in ("", " ", "nan", "NULL", "None", "\\N", None, math.nan, [], {}, False):
        assert metadata(title=nothing, outlet=nothing, byline=nothing, url=nothing, language=nothing) == Metadata()


def test_lists_and_objects_of_names() -> None:
    found = metadata(
        byline=["Lena Marsh", {"name": "Ewan Tait"}, None, ["deeper"]], outlet={"id": "c", "name": "Courier"}
    )
    assert (found.byline, found.outlet) == ("Lena Marsh, Ewan Tait", "Courier")


def test_an_outlet_that_is_told_by_its_domain() -> None:
    assert metadata(outlet="www.reuters.com").outlet == metadata(outlet="https://reuters.com/world").outlet == "Reuters"
    assert metadata(outlet="courier.example").outlet == "courier.example"


def test_languages_are_codes() -> None:
    assert [metadata(language=name).language for name in ("EN", "English", "fr", "zh_Hans_CN", "xyzzy")] == [
        "en",
        "en",
        "fr",
        "zh-Hans-CN",
        None,
    ]


def test_pages_in_a_column() -> None:
    page = "<html><body><p>We knew.</p></body></html>"
    assert document({"html": page}, "a").kind == document({"text": page}, "a").kind == "html"
    assert document({"html": page, "text": STORY}, "a") == Document("a", STORY, "text")
    assert document({"html": page, "text": ""}, "a") == Document("a", page, "html")
    assert document({"text": b"caf\xe9, she said"}, "a").data == b"caf\xe9, she said"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "no text in this row"),
        (" \n", "no text in this row"),
        ("NaN", "no text in this row"),
        (math.nan, "no text in this row"),
        (12, "no text in this row but the value 12"),
        ({"a": 1}, "no text in this row but an object"),
        ([1, 2], "no text in this row but a list"),
        ("a\0b", "holds NUL characters, so it is no text"),
        ("a" * 2_000_001, "larger than 2 MB, too large for one article"),
        (b"a" * 2_000_001, "larger than 2 MB, too large for one article"),
    ],
)
def test_what_is_no_text_is_told(value: object, message: str) -> None:
    with pytest.raises(ReadingError) as raised:
        document({"text": value}, "news#3")
    assert (raised.value.source, raised.value.message) == ("news#3", message)


def test_paragraphs_are_joined_and_halves_of_characters_replaced() -> None:
    assert document({"text": ["We knew.", "He said."]}, "a").data == "We knew.\n\nHe said."
    assert document({"text": "a\ud800b \ud83d\ude00"}, "a").data == "a\ufffdb 😀"


# CSV


def test_quotes_commas_and_lines_in_a_cell() -> None:
    for end in ("\n", "\r\n", "\r"):
        lines = ["title,text", 'Ferry,"“We knew,” he said.', "", 'She said ""no"", twice."', "", "Ship,plain"]
        assert texts(end.join(lines)) == [f'“We knew,” he said.{end}{end}She said "no", twice.', "plain"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_parts_the_cells(delimiter: str) -> None:
    header = delimiter.join(["title", "text", "date"])
    row = delimiter.join(["Ferry", '"We knew, he said; they did | not\t."', "2025-03-04"])
    (found,), errors = read(f"{header}\n{row}\n")
    assert (found.data, found.metadata.published, errors) == ("We knew, he said; they did | not\t.", "2025-03-04", [])
    assert texts(f"sep={delimiter}\r\n{header}\r\n{row}\r\n") == [found.data]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    story = "The café was full, said Señor Muñoz, and Zoë Brontë paid twenty pounds for the tea – “really”."
    assert texts(f"text,title\n{story.replace(',', ' ')},Ferry\n".encode(encoding)) == [story.replace(",", " ")]


def test_stray_bytes_late_in_the_file_are_western() -> None:
    found = texts(b"title,text\n" + b"a,We knew.\n" * 60_000 + b"b,caf\xe9\n")
    assert found[-1] == "café"
    assert len(found) == 60_001


def test_utf_16_that_is_cut_in_a_character_ends_in_an_error() -> None:
    documents, errors = read("text,title\nWe knew.,a\n".encode("utf-16")[:-1])
    assert documents == [] or documents[0].data == "We knew."
    assert errors == ["news: broken: its bytes are not in the encoding that it begins with"]


def test_rows_that_are_none_do_not_stop_the_rest() -> None:
    content = f'{HEADER}a,{"one" * 200},x\n\nb,,x\nc,two, with a comma,x,y\nd,three\n"e","fo\0ur",x\nf,five,x,,\n'
    documents, errors = read(content)
    assert [(found.source, found.data) for found in documents] == [
        ("news#1", "one" * 200),
        ("news#4", "three"),
        ("news#6", "five"),
    ]
    assert errors == [
        "news#2: no text in this row",
        "news#3: 5 cells where the header has 3; a text with ',' needs quotes",
        "news#5: holds NUL characters, so it is no text",
    ]


def test_a_quotation_mark_that_is_not_closed_takes_its_row_only() -> None:
    documents, errors = read(HEADER + 'a,one,x\nb,"two,x\nc,three,x\nd,four,x\n')
    assert [found.data for found in documents] == ["one", "three", "four"]
    assert errors == ["news#2: a quotation mark is opened and never closed"]


def test_a_cell_longer_than_any_article_takes_its_row_only() -> None:
    long = "We knew, he said. " * 800_000
    documents, errors = read(f'{HEADER}a,one,x\nb,"{long}",x\nc,three,x\n')
    assert [found.data for found in documents] == ["one", "three"]
    assert errors == ["news#2: longer than any article; is a quotation mark not closed?"]
    documents, errors = read(f'{HEADER}a,"{long[:3_000_000]}",x\nc,three,x\n')
    assert [found.data for found in documents] == ["three"]
    assert errors == ["news#1: larger than 2 MB, too large for one article"]


def test_an_article_of_nearly_2_mb_is_read() -> None:
    long = "We knew, he said. " * 110_000
    assert texts(f'{HEADER}a,"{long}",x\n') == [long]


@pytest.mark.parametrize("content", ["", "\n\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(content: str | bytes) -> None:
    assert read(content) == ([], ["news: empty, nothing to read"])


def test_a_header_and_no_rows() -> None:
    assert read(HEADER) == read(HEADER.strip()) == ([], ["news: no rows in this table"])


def test_a_hundred_thousand_columns() -> None:
    header = ",".join(f"column {n}" for n in range(100_000))
    (error,) = read(f"{header}\n{header}\n")[1]
    assert error.endswith("column 19 and 99,980 more")
    assert texts(f"{header},text\n{header},We knew.\n" * 1) == ["We knew."]


def test_what_is_no_table_at_all() -> None:
    for junk in (bytes(5000), bytes(range(256)) * 100, b"\x89PNG\r\n\x1a\n" + bytes(100)):
        documents, errors = read(junk)
        assert documents == [] and len(errors) == 1
    assert read("a" * 13_000_000)[1] == ["news: no header: its first line is longer than any row"]


def test_what_can_not_be_opened_is_told(tmp_path: Path) -> None:
    for kind in ("csv", "jsonl", "json", "parquet", "sqlite"):
        documents, errors = parted(rows(tmp_path / "none", kind, "none"))  # type: ignore[arg-type]
        assert documents == []
        assert errors == ["none: can't be read (No such file or directory)"], kind


def test_a_long_table_takes_little_memory(write: Write) -> None:
    path = write("news.csv", HEADER + f'a,"{STORY * 60}",x\n' * 5000)
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    count = sum(isinstance(found, Document) for found in rows(path, "csv", "news.csv"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000
    assert most < 10_000_000


# JSON


def test_json_lines() -> None:
    lines = [json.dumps({"title": "Ferry", "text": STORY, "source": {"name": "Courier"}}), "", '{"text": "We knew."}']
    documents, errors = read("\n".join(lines), "jsonl")
    assert errors == []
    assert [(found.source, found.data) for found in documents] == [("news#1", STORY), ("news#3", "We knew.")]
    assert documents[0].metadata.outlet == "Courier"


def test_broken_json_lines_do_not_stop_the_rest() -> None:
    content = (
        '{"text": "one"}\n{"text": "two\n[1]\n"text"\n{"text": NaN}\n{"text": {"a": []}}\n'
        + "[" * 100_000
        + '\n{"text": '
        + "1" * 5000
        + '}\n{"title": "no text"}\n{"text": "three"}'
    )
    documents, errors = read(content, "jsonl")
    assert [(found.source, found.data) for found in documents] == [("news#1", "one"), ("news#10", "three")]
    assert [error.partition(":")[0] for error in errors] == [f"news#{n}" for n in range(2, 10)]
    assert errors[0].startswith("news#2: broken JSON (")


def test_json_lines_with_a_line_that_is_longer_than_any_article() -> None:
    content = '{"text": "' + "a" * 13_000_000 + '"}\n{"text": "We knew."}\n'
    documents, errors = read(content, "jsonl")
    assert ([found.data for found in documents], errors) == (["We knew."], ["news#1: longer than any article"])


def test_columns_that_only_some_rows_have() -> None:
    content = '{"text": "one"}\n{"text": "two", "paper": "Courier"}\n'
    documents, errors = read(content, "jsonl", outlet="paper")
    assert [found.metadata.outlet for found in documents] == [None, "Courier"]
    assert errors == []
    assert read(content, "jsonl", outlet="papers")[1] == ["news: no column 'papers'; there are text, paper"]


def test_a_file_that_is_no_json_at_all_ends_soon() -> None:
    errors = read("We knew.\n" * 5000, "jsonl")[1]
    assert len(errors) == 101
    assert errors[-1] == "news: none of the first 100 rows is a JSON object"


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array(indent: int | None) -> None:
    stories = [f'{STORY} {{ }} [ ] \\ " {n}' for n in range(3000)]
    assert texts(json.dumps([{"text": story} for story in stories], indent=indent), "json") == stories


def test_objects_one_after_another() -> None:
    assert texts(json.dumps({"text": "one"}, indent=2) + "\n" + json.dumps({"text": "two"}, indent=2), "json") == [
        "one",
        "two",
    ]


def test_an_answer_that_holds_the_articles() -> None:
    answer = {"status": "ok", "articles": [{"content": "one", "images": [{"url": "a"}]}, {"content": "two"}]}
    assert texts(json.dumps(answer), "json") == ["one", "two"]
    article = {"text": "one", "images": [{"url": "a"}]}
    assert texts(json.dumps(article), "json") == ["one"]


ANSWERS = [
    {"status": "ok", "totalResults": 2, "articles": [{"title": "1", "content": "one"}, {"content": "two"}]},
    {"results": [{"body": "one"}, {"body": "two"}], "facets": [{"name": "x"}]},
    {"response": {"status": "ok", "results": [{"text": "one"}, {"text": "two"}]}},
    {"content": "An answer.", "data": [{"text": "one"}, {"text": "two"}]},
    {"data": {"articles": [{"text": "one"}, {"text": "two"}], "tags": [{"name": "x"}]}},
    {"whatever": [{"text": "one"}, {"text": "two"}]},
]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_however_it_is_written(answer: dict[str, object], end: str, indent: int | None) -> None:
    content = json.dumps(answer, indent=indent) + end
    for name in ("news", "news.json", "news.jsonl"):
        assert texts(content, kind_of(content.encode(), name)) == ["one", "two"]


def test_answers_one_a_line() -> None:
    lines = [json.dumps({"articles": [{"text": "one"}, {"text": "two"}]}), "", json.dumps({"text": "three"})]
    documents, errors = read("\n".join(lines), "jsonl")
    assert errors == []
    assert [(found.source, found.data) for found in documents] == [
        ("news#1", "one"), ("news#2", "two"), ("news#4", "three"),
    ]  # fmt: skip


def test_an_answer_without_articles() -> None:
    answer = '{"status": "ok", "totalResults": 0, "articles": []}\n'
    assert read(answer, "jsonl") == ([], ["news: no rows in this table"])


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_an_article_with_lists_is_no_answer(kind: str) -> None:
    rows = [
        {"text": None, "maintext": STORY * 3, "images": [{"url": "a", "text": "A ferry."}], "authors": []},
        {"text": STORY * 3, "items": [{"text": "a"}]},
    ]
    assert texts("\n".join(map(json.dumps, rows)), kind) == [STORY * 3] * 2


def test_a_json_array_with_broken_parts() -> None:
    documents, errors = read(
        '[{"text": "one"}, {"text": "two",}, 5, "x", {"text": "three"}, {"a": {"b": "}"}}]', "json"
    )
    assert [(found.source, found.data) for found in documents] == [("news#1", "one"), ("news#4", "three")]
    assert [error.partition(":")[0] for error in errors] == ["news#2", "news#3", "news#5"]


@pytest.mark.parametrize("end", ["", ",", ', {"text": "tw', ', {"text": "two", "a": {'])
def test_a_json_array_that_is_cut_short(end: str) -> None:
    documents, errors = read('[{"text": "one"}' + end, "json")
    assert [found.data for found in documents] == ["one"]
    assert errors == ["news: cut short after 1 rows; what was read before stays"]


def test_an_empty_json_file() -> None:
    for content in ("", "[]", "\n", "[ ]\n"):
        for kind in ("json", "jsonl"):
            errors = read(content, kind)[1]
            assert len(errors) == 1, (content, kind)


def test_a_json_object_that_never_ends() -> None:
    (error,) = read('{"text": "' + "a" * 30_000_000, "json")[1]
    assert error == "news#1: longer than any article, or never closed; the rest is not read"


# Answers of services


def test_answers_of_services() -> None:
    byline, title, day = "Lena Marsh", "Ferry aground", "2025-03-04"
    url = "https://courier.example/ferry"
    article = {"url": url, "title": title}
    answers: list[dict[str, Any]] = [
        {
            "articles": [
                {
                    **article,
                    "source": {"id": None, "name": "Courier"},
                    "author": byline,
                    "publishedAt": f"{day}T10:00:00Z",
                    "content": LONG,
                }
            ]
        },
        {
            "articles": {
                "results": [
                    {
                        **article,
                        "uri": "8",
                        "date": day,
                        "body": LONG,
                        "source": {"uri": "courier.example", "title": "Courier"},
                        "authors": [{"uri": "x", "name": byline}],
                    }
                ]
            }
        },
        {
            "response": {
                "results": [
                    {
                        "webTitle": "Ferry",
                        "webUrl": url,
                        "apiUrl": "https://api.courier.example/ferry",
                        "webPublicationDate": f"{day}T10:00:00Z",
                        "fields": {"headline": title, "byline": byline, "bodyText": LONG, "publication": "Courier"},
                        "tags": [{"webTitle": "Ferries"}],
                    }
                ]
            }
        },
        {
            "hits": {
                "total": 1,
                "hits": [
                    {
                        "_index": "news",
                        "_source": {
                            **article,
                            "body": LONG,
                            "author": f"By {byline}",
                            "date": day,
                            "publisher": "Courier",
                        },
                    }
                ],
            }
        },
        {
            "title": title,
            "author": byline,
            "hostname": "courier.example",
            "date": day,
            "text": LONG,
            "source": url,
            "source-hostname": "Courier",
        },
        {
            **article,
            "text": LONG,
            "authors": [byline],
            "publish_date": f"{day} 10:00:00",
            "meta_site_name": "Courier",
            "source_url": "https://courier.example",
        },
    ]
    for answer in answers:
        documents, errors = read(json.dumps(answer), "json")
        assert errors == []
        assert [(found.data, found.metadata) for found in documents] == [
            (LONG, Metadata(url, title, "Courier", byline, day))
        ]


def test_answers_without_texts_are_addresses_to_be_fetched() -> None:
    url = "https://courier.example/ferry"
    found = list(
        rows(
            io.BytesIO(
                json.dumps(
                    {
                        "response": {
                            "docs": [
                                {
                                    "web_url": url,
                                    "headline": {"main": "Ferry aground", "kicker": None},
                                    "byline": {"original": "By Lena Marsh", "person": []},
                                    "source": "The Courier",
                                    "pub_date": "2025-03-04T10:00:00+0000",
                                },
                                {"headline": {"main": "No address"}},
                            ]
                        }
                    }
                ).encode()
            ),
            "json",
            "news",
        )
    )
    assert found[0] == Link(url, Metadata(url, "Ferry aground", "The Courier", "Lena Marsh", "2025-03-04"))
    assert str(found[1]) == "news#2: no text in this row, and no address to fetch it from"
    (link,) = rows(io.BytesIO(b"url\nhttps://courier.example/ferry\n"), "csv", "news")
    assert link == Link(url, Metadata(url))
    (error,) = rows(io.BytesIO(b'{"name": "a tool", "url": "https://tool.example/"}'), "json", "news")
    assert "no column is called as texts are" in str(error), "any object may have an address"


def test_an_answer_longer_than_any_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.reading.formats.tables.json_rows._LONGEST_ROW", 3000)
    found = [{"web_url": "u", "body": f"{STORY} {n}", "tags": [{"n": 1}]} for n in range(100)]
    answer = json.dumps({"status": "ok", "facets": [{"n": 1}], "response": {"docs": found, "meta": {"hits": 100}}})
    assert texts(answer, "json") == [row["body"] for row in found]
    documents, errors = read(answer[:8000], "json")
    assert len(documents) > 30
    assert errors == [f"news: cut short after {len(documents)} rows; what was read before stays"]
    assert read(json.dumps({"text": "a" * 300_000}), "json")[1] == [
        "news#1: longer than any article, or never closed; the rest is not read"
    ]


def test_a_nested_column_that_is_named() -> None:
    hit = {"_id": "1", "_source": {"corpus": STORY, "meta": {"paper": "Courier"}}}
    for text in ("_source.corpus", "corpus"):
        (found,), errors = read(json.dumps(hit), "json", text=text, outlet="_source.meta.paper")
        assert (found.data, found.metadata.outlet, errors) == (STORY, "Courier", [])


def test_a_text_that_its_service_cut_is_read_so_far_and_told() -> None:
    cut = [{"content": f"{STORY[:40]}… [+1234 chars]"}, {"content": STORY}, {"content": "“We knew [+5 chars]"}]
    documents, errors = read(json.dumps({"articles": cut}), "json")
    assert [found.data for found in documents] == [STORY[:40], STORY, "“We knew"]
    assert errors == ["news: 2 of 3 texts are cut by who sent them ([+... chars]); their beginnings are read"]


def test_a_row_where_the_usual_column_is_empty_takes_the_next_one() -> None:
    content = (
        "text,title,headline,outlet,source,url,link,source_url,date,created\n"
        f'"{STORY}",,Ferry aground,null,Courier,,https://courier.example/1,https://courier.example,soon,2025-03-04\n'
        f'"{STORY}",A,B,C,D,,,https://courier.example,2025-03-05,2025-03-04\n'
    )
    documents, errors = read(content)
    assert [found.metadata for found in documents] == [
        Metadata("https://courier.example/1", "Ferry aground", "Courier", None, "2025-03-04"),
        Metadata(None, "A", "C", None, "2025-03-05"),
    ], "the address of a site is none of an article"
    assert errors == []


# Parquet


def parquet(path: Path, **columns: Any) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table(columns), path)
    return path


def test_parquet(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "a.parquet",
        body=["one", None, "three"],
        authors=[["Lena Marsh", "Ewan Tait"], [], None],
        date=[datetime(2025, 3, 4, 10, tzinfo=UTC), None, datetime(2025, 3, 5)],
        source=[{"name": "Courier"}, None, {"name": None}],
        views=[1, 2, 3],
    )
    for given in (path, io.BytesIO(path.read_bytes())):
        documents, errors = parted(rows(given, "parquet", "a.parquet"))
        assert errors == ["a.parquet#2: no text in this row"]
        assert documents == [
            Document(
                "a.parquet#1",
                "one",
                "text",
                Metadata(outlet="Courier", byline="Lena Marsh, Ewan Tait", published="2025-03-04"),
            ),
            Document("a.parquet#3", "three", "text", Metadata(published="2025-03-05")),
        ]


def test_parquet_with_other_sorts_of_columns(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    path = parquet(
        tmp_path / "a.parquet",
        text=pa.array([["We knew.", "He said."], ["No."]]),
        published=pa.array([1741082400123456789, None], pa.timestamp("ns", "Mars/Phobos")),
        outlet=pa.array(["Courier", "Courier"]).dictionary_encode(),
        title=pa.array(["Ferry", None], pa.large_string()),
        url=pa.array([b"https://courier.example/1", None], pa.binary()),
    )
    documents, errors = parted(rows(path, "parquet", "a"))
    assert errors == []
    assert documents[0] == Document(
        "a#1",
        "We knew.\n\nHe said.",
        "text",
        Metadata("https://courier.example/1", "Ferry", "Courier", None, "2025-03-04"),
    )
    assert documents[1].data == "No."


def test_broken_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", text=[f"{STORY} {n}" for n in range(5000)])
    whole = path.read_bytes()
    for data in (b"", b"PAR1", whole[: len(whole) // 2], b"PAR1" + bytes(100) + b"PAR1", STORY.encode()):
        path.write_bytes(data)
        documents, errors = parted(rows(path, "parquet", "a"))
        assert documents == [] and len(errors) == 1
        assert "no Parquet file" in errors[0]
    path.write_bytes(whole[:1000] + bytes(2000) + whole[3000:])
    documents, errors = parted(rows(path, "parquet", "a"))
    assert len(errors) == 1


def test_an_empty_parquet_file(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    path = parquet(tmp_path / "a.parquet", text=pa.array([], pa.string()))
    assert parted(rows(path, "parquet", "a")) == ([], ["a: no rows in this table"])


def table_of(kind: str, tmp_path: Path, found: list[dict[str, Any]]) -> Any:
    """A table with these rows, as `rows` takes it."""
    names = list(found[0])
    if kind == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(found)
        return io.BytesIO(out.getvalue().encode())
    if kind == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(found), tmp_path / "news.parquet")
        return tmp_path / "news.parquet"
    if kind == "sqlite":
        with sqlite3.connect(tmp_path / "news.db") as db:
            db.execute(f"CREATE TABLE news ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            db.executemany(f"INSERT INTO news VALUES ({marks})", [tuple(row.values()) for row in found])
        return tmp_path / "news.db"
    return io.BytesIO((json.dumps(found) if kind == "json" else "\n".join(map(json.dumps, found))).encode())


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet", "sqlite"])
def test_a_row_whose_likeliest_column_is_empty(kind: Any, tmp_path: Path) -> None:
    """news-please leaves `text` empty and fills `maintext`."""
    found: list[dict[str, Any]] = [
        {"text": None, "maintext": LONG, "article": "17"},
        {"text": "We knew.", "maintext": LONG, "article": "18"},
        {"text": " ", "maintext": "null", "article": "19"},
        {"text": "nan", "maintext": "", "article": LONG},
    ]
    documents, errors = parted(rows(table_of(kind, tmp_path, found), kind, "news"))
    assert [(one.source, one.data) for one in documents] == [("news#1", LONG), ("news#2", "We knew."), ("news#4", LONG)]
    assert errors == ["news#3: no text in this row"], "a number is no story"


def test_a_column_that_is_named_is_the_only_one() -> None:
    documents, errors = read(json.dumps({"text": "", "body": LONG}) + "\n", "jsonl", text="text")
    assert (documents, errors) == ([], ["news#1: no text in this row"])


def test_a_column_that_holds_no_text_gives_way() -> None:
    assert texts(json.dumps({"text": {"html": None}, "body": LONG}), "jsonl") == [LONG]
    assert read(json.dumps({"text": 5}), "jsonl")[1] == ["news#1: no text in this row but the value 5"]
    found = texts(json.dumps({"html": None, "raw_html": "<p>We knew.</p>"}), "jsonl")
    assert found == ["<p>We knew.</p>"]


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert read(b"PAR1", "parquet")[1] == ["news: Parquet needs pyarrow; pip install 'quotes[parquet]'"]


# SQLite


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news # 100% ?.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE outlets(id, name, text);
        CREATE TABLE "my ""articles"(id, body, title, published, "source");
        CREATE TABLE "select"(a, b);
        CREATE VIEW latest AS SELECT body AS text, 'from a view' AS title FROM "my ""articles" WHERE id = 1;
        CREATE VIRTUAL TABLE search USING fts5(text, title, url, published, byline);
        INSERT INTO "my ""articles" VALUES (1, 'one', 'Ferry', 1741082400, 'Courier'), (2, NULL, 'b', NULL, NULL),
            (3, CAST(x'636166e9' AS TEXT), NULL, '2025-03-04', x'436F'), (4, 12, NULL, NULL, NULL);
        INSERT INTO outlets VALUES (1, 'Courier', 'A paper.');
        """
    )
    connection.commit()
    connection.close()
    return path


def test_the_table_with_the_articles(database: Path) -> None:
    before = database.read_bytes()
    for given in (database, io.BytesIO(before)):
        documents, errors = parted(rows(given, "sqlite", "news.db"))
        assert documents == [
            Document("news.db#1", "one", "text", Metadata(title="Ferry", outlet="Courier", published="2025-03-04")),
            Document("news.db#3", "café", "text", Metadata(outlet="Co", published="2025-03-04")),
        ]
        assert errors == ["news.db#2: no text in this row", "news.db#4: no text in this row but the value 12"]
    assert database.read_bytes() == before
    assert list(database.parent.iterdir()) == [database]


def test_a_table_that_is_named(database: Path) -> None:
    def named(table: str, **mapping: str) -> tuple[list[Document], list[str]]:
        return parted(rows(database.with_name(f"{database.name}#{table}"), "sqlite", f"news.db#{table}", mapping))

    assert named("outlets")[0][0].data == "A paper."
    assert named("Latest")[0] == [
        Document("news.db#latest#1".replace("l", "L", 1), "one", "text", Metadata(title="from a view"))
    ]
    assert named("none")[1][0].startswith("news.db#none: no table 'none'; there are latest, my \"articles")
    assert named("select")[1][0].endswith("there are a, b")
    assert named("outlets", title="headline")[1] == ["news.db#outlets: no column 'headline'; there are id, name, text"]


def test_several_tables_that_may_hold_the_articles(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE a(text, title); CREATE TABLE b(body, headline); CREATE TABLE c(text)")
    connection.close()
    assert parted(rows(path, "sqlite", "news.db"))[1] == [
        "news.db: several tables may hold articles; name one as news.db#a: are a, b"
    ]


def test_a_database_that_is_locked_is_read(database: Path) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert len(parted(rows(database, "sqlite", "news.db"))[0]) == 2
    connection.close()


def test_what_is_in_a_write_ahead_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE articles(text)")
    connection.execute("INSERT INTO articles VALUES ('one')")
    connection.commit()
    assert [found.data for found in parted(rows(path, "sqlite", "news.db"))[0]] == ["one"]
    connection.close()
    # Closed properly, the log is gone, and the file says that it had one.
    assert [found.data for found in parted(rows(io.BytesIO(path.read_bytes()), "sqlite", "news.db"))[0]] == ["one"]


def test_what_is_no_database(database: Path) -> None:
    whole = database.read_bytes()
    for data in (b"\x8a\x01" * 3000, whole[:16] + b"\xa7" * 5000, STORY.encode() * 10, whole[:5000]):
        database.write_bytes(data)
        for given in (database, io.BytesIO(data)):
            documents, errors = parted(rows(given, "sqlite", "news.db"))
            assert documents == [] and len(errors) == 1
            assert "no SQLite database" in errors[0]


def test_a_database_without_articles(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    assert parted(rows(path, "sqlite", "news.db"))[1] == [
        "news.db: no table has a column that is called as texts are; there are none"
    ]
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a(b)")
    connection.close()
    assert parted(rows(path, "sqlite", "news.db"))[1][0].endswith("there are a")
    assert len(parted(rows(io.BytesIO(b""), "sqlite", "news.db"))[1]) == 1


def test_a_schema_that_calls_for_more_than_reading(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE articles(text, title AS (upper(text))); INSERT INTO articles VALUES ('one');"
            "CREATE VIEW endless AS WITH RECURSIVE n(text) AS (SELECT 'a' UNION ALL SELECT text FROM n) SELECT * FROM n"
        )
    connection.close()
    assert [found.metadata.title for found in parted(rows(path, "sqlite", "news.db"))[0]] == ["ONE"]


def test_a_text_in_a_database_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles(text)")
        connection.executemany("INSERT INTO articles VALUES (?)", [("a" * 3_000_000,), ("one",)])
    connection.close()
    documents, errors = parted(rows(path, "sqlite", "news.db"))
    assert [found.data for found in documents] == ["one"]
    assert errors == ["news.db#1: larger than 2 MB, too large for one article"]


# Excel


def book(*sheets: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, found in enumerate(sheets):
        sheet = made.create_sheet(f"s{number}")
        for cells in found:
            sheet.append(cells)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_excel_sheets_with_a_title_above_the_header() -> None:
    data = book(
        [["Search results of 4 March", None], [], ["Headline", "Body", "Publication", "Date"],
         ["Ferry aground", STORY, "Courier", datetime(2025, 3, 4, 10)], [None, None],
         ["B", "We knew.", None, "2025-03-05"]],
        [["name", "value"], ["a", 1]],
        [["text"], ["Third."]],
    )  # fmt: skip
    for name in ("news.xlsx", "news.zip", "news"):
        assert kind_of(data, name) == "xlsx"
    documents, errors = read(data, "xlsx")
    assert errors == []
    assert [(one.source, one.data, one.metadata) for one in documents] == [
        ("news#1", STORY, Metadata(None, "Ferry aground", "Courier", None, "2025-03-04")),
        ("news#2", "We knew.", Metadata(None, "B", None, None, "2025-03-05")),
        ("news#3", "Third.", Metadata()),
    ], "a sheet of something else is passed over"


def test_excel_files_that_hold_no_articles() -> None:
    (error,) = read(book([["name", "value"], ["a", 1]]), "xlsx")[1]
    assert error == "news: no column is called as texts are; say which one holds them: there are name, value"
    assert read(book([["text"]]), "xlsx")[1] == ["news: no rows in this table"]
    whole = book([["text"], [STORY]])
    for broken in (whole[:200], whole[: len(whole) // 2], b"", b"PK\x03\x04"):
        (error,) = read(broken, "xlsx")[1]
        assert error.startswith("news: broken, locked, or no Excel file")


def dated(*days: str, dates: Any = None) -> list[str | None]:
    table = "text,date\n" + "".join(f'"{LONG}",{day}\n' for day in days)
    documents, _ = parted(rows(io.BytesIO(table.encode()), "csv", "news", {}, dates))
    return [document.metadata.published for document in documents]


def test_the_dates_of_a_column_tell_what_stands_first_in_all_of_them() -> None:
    assert dated("03/04/2025", "13/04/2025") == ["2025-04-03", "2025-04-13"]
    assert dated("03/04/2025", "04/13/2025") == ["2025-03-04", "2025-04-13"]


def test_a_date_that_can_be_read_in_two_ways_is_none_until_somebody_says_which() -> None:
    assert dated("03/04/2025") == dated("03/04/2025", "13/04/2025", "04/13/2025")[:1] == [None]
    assert dated("03/04/2025", dates="month-first") == ["2025-03-04"]


def test_dates_that_are_left_out_are_told() -> None:
    table = f'text,date\n"{LONG}",03/04/2025\n"{LONG}",04/04/2025\n'
    _, errors = read(table)
    assert errors == [
        "news: 1 date such as 03/04/2025 can be read in two ways: left out; --dates day-first or month-first says how"
    ]


def test_what_a_service_has_taken_back_is_no_article() -> None:
    answer = {"articles": [{"title": "[Removed]", "content": "[Removed]", "source": {"name": "[Removed]"}}]}
    documents, errors = read(json.dumps(answer), "json")
    assert (documents, errors) == ([], ["news#1: no text in this row"])


def test_a_workbook_is_one_whatever_its_name(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book, path = Workbook(), tmp_path / "news.txt"
    for cells in (("title", "text"), ("Ferry", LONG)):
        book.active.append(cells)
    book.save(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)
    documents, errors = parted(rows(path, kind_of(path.read_bytes(), path.name), "news.txt"))
    assert ([document.metadata.title for document in documents], errors) == (["Ferry"], [])
